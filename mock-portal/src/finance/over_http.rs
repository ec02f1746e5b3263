//! The Finance service over HTTP, as `docs/finance-service.md` describes it.

use std::time::Duration;

use async_trait::async_trait;
use backon::{ExponentialBuilder, Retryable};
use reqwest::{Client, RequestBuilder, StatusCode, Url, redirect};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

use super::{Contribution, Entry, Finance, FinanceError, Office, Payment, Report, Sense};

/// An answer is read no further than this: it is thousands of documents.
const LONGEST_ANSWER: usize = 1024 * 1024;

/// How long the Finance service is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// The time a whole answer may take.
    pub answer: Duration,
    /// How often documents are asked for before the service counts as down. A pairing is asked for once.
    pub tries: usize,
    /// Before the second try; it doubles with each, give or take.
    pub pause: Duration,
}

impl Default for Patience {
    /// A person who reads waits 6.3 seconds at most (10 seconds is where people lose the thread: Nielsen, "Response
    /// Times"), a person who pairs 2.
    fn default() -> Self {
        Self {
            answer: Duration::from_secs(2),
            tries: 3,
            pause: Duration::from_millis(100),
        }
    }
}

/// Why an address is not that of a Finance service.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    /// It is no web address.
    #[error("the Finance service's address {0:?} is no web address; write it like http://127.0.0.1:9000")]
    Malformed(String),
    /// It is not spoken to over plain HTTP.
    #[error(
        "the Finance service's address {0:?} is not plain http, which is all that is spoken here; put a proxy before it"
    )]
    Scheme(String),
    /// The HTTP client cannot be made.
    #[error("the HTTP client for the Finance service cannot be made: {0}")]
    Client(#[from] reqwest::Error),
}

/// A Finance service that is asked over HTTP.
pub struct OverHttp {
    client: Client,
    base: Url,
    patience: Patience,
}

impl OverHttp {
    /// The service at `base`, `http://HOST:PORT` with or without a path.
    pub fn new(base: &str, patience: Patience) -> Result<Self, AddressError> {
        let url = Url::parse(base).map_err(|_| AddressError::Malformed(base.to_owned()))?;
        if url.scheme() != "http" {
            return Err(AddressError::Scheme(base.to_owned()));
        }
        let client = Client::builder()
            .timeout(patience.answer)
            // Access Codes go to the service and to nobody it or the environment points at.
            .redirect(redirect::Policy::none())
            .no_proxy()
            // A connection that is kept may be dead, and what is sent on it is sent again behind our back.
            .pool_max_idle_per_host(0)
            .retry(reqwest::retry::never())
            .build()?;
        Ok(Self {
            client,
            base: url,
            patience,
        })
    }

    fn address(&self, path: &[&str]) -> Url {
        let mut address = self.base.clone();
        // Every http address can have a path.
        if let Ok(mut segments) = address.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        address
    }

    /// Asks for an Office's documents; again, when there is no answer.
    async fn documents<T: DeserializeOwned + Sense>(&self, office: &str, what: &str) -> Result<Vec<T>, FinanceError> {
        let address = self.address(&["offices", office, what]);
        let pauses = ExponentialBuilder::new()
            .with_min_delay(self.patience.pause)
            .with_max_times(self.patience.tries.saturating_sub(1))
            .with_jitter();
        let answer: Documents<T> = (|| answer_to(self.client.get(address.clone())))
            .retry(pauses)
            .when(|error| matches!(error, FinanceError::Unreachable(_)))
            .await?;
        if answer.customer_id != office {
            let problem = format!("asked for {office}, it answered for {:?}", answer.customer_id);
            return Err(FinanceError::Nonsense(problem));
        }
        match answer.documents.iter().find_map(Sense::problem) {
            Some(problem) => Err(FinanceError::Nonsense(problem)),
            None => Ok(answer.documents),
        }
    }
}

#[derive(Deserialize)]
struct Documents<T> {
    customer_id: String,
    documents: Vec<T>,
}

/// `office` must be there, and be null when ID and code do not belong together: an empty object says nothing.
#[derive(Deserialize)]
struct Pairing {
    #[serde(deserialize_with = "Option::deserialize")]
    office: Option<Office>,
}

#[async_trait]
impl Finance for OverHttp {
    async fn office_for(&self, customer_id: &str, access_code: &str) -> Result<Option<Office>, FinanceError> {
        let asked = json!({ "customer_id": customer_id, "access_code": access_code });
        let answer: Pairing = answer_to(self.client.post(self.address(&["pairings"])).json(&asked)).await?;
        match answer.office {
            Some(office) if office.customer_id != customer_id => {
                let problem = format!("asked for {customer_id}, it answered for {:?}", office.customer_id);
                Err(FinanceError::Nonsense(problem))
            }
            office => Ok(office),
        }
    }

    async fn reports(&self, customer_id: &str) -> Result<Vec<Report>, FinanceError> {
        self.documents(customer_id, "reports").await
    }

    async fn contributions(&self, customer_id: &str) -> Result<Vec<Contribution>, FinanceError> {
        self.documents(customer_id, "contributions").await
    }

    async fn payments(&self, customer_id: &str) -> Result<Vec<Payment>, FinanceError> {
        self.documents(customer_id, "payments").await
    }

    async fn entries(&self, customer_id: &str) -> Result<Vec<Entry>, FinanceError> {
        self.documents(customer_id, "entries").await
    }
}

/// Sends the request once. Errors say neither what was sent nor what came: it may hold an Access Code.
async fn answer_to<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, FinanceError> {
    let unreachable = |error: reqwest::Error| FinanceError::Unreachable(error.without_url().to_string());
    let mut response = request.send().await.map_err(unreachable)?;
    match response.status() {
        StatusCode::OK => {}
        status if is_passing(status) => return Err(FinanceError::Unreachable(format!("status {status}"))),
        status => return Err(FinanceError::Nonsense(format!("status {status}"))),
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        body.extend_from_slice(&chunk);
        if body.len() > LONGEST_ANSWER {
            return Err(FinanceError::Nonsense(format!("more than {LONGEST_ANSWER} bytes")));
        }
    }
    serde_json::from_slice(&body).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        FinanceError::Nonsense(format!(
            "not the JSON that was expected, at line {line}, column {column}"
        ))
    })
}

/// Whether the same request may be answered well a moment later.
fn is_passing(status: StatusCode) -> bool {
    status.is_server_error() || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_one_step_of_the_path_and_the_base_may_have_a_path() {
        for (base, address) in [
            ("http://127.0.0.1:9", "http://127.0.0.1:9/offices/a%2F..%3Fb/reports"),
            (
                "http://127.0.0.1:9/finance/",
                "http://127.0.0.1:9/finance/offices/a%2F..%3Fb/reports",
            ),
        ] {
            let service = OverHttp::new(base, Patience::default()).unwrap();
            assert_eq!(service.address(&["offices", "a/..?b", "reports"]).as_str(), address);
        }
    }

    #[test]
    fn addresses_that_cannot_be_asked_are_refused_with_what_to_write() {
        let told = |base| OverHttp::new(base, Patience::default()).err().unwrap().to_string();
        assert!(told("finance").contains("write it like http://127.0.0.1:9000"));
        assert!(told("https://finance.example").contains("is not plain http"));
    }
}
