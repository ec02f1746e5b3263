//! The Finance service over HTTP, as `docs/finance-service.md` describes it.

use std::time::Duration;

use async_trait::async_trait;
use backon::{ExponentialBuilder, Retryable};
use reqwest::{Client, RequestBuilder, StatusCode, Url, redirect};
use secrecy::ExposeSecret;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

use super::{
    documents::{Contribution, LedgerEntry, Payment, Report},
    office::{AccessCode, CustomerId, Office},
    service::{Finance, FinanceError},
    validate::{Validate, problem_of_all},
};

/// In bytes: room for thousands of documents. A longer response is refused.
const LARGEST_RESPONSE: usize = 1024 * 1024;

/// Timeout and retries of requests to the Finance service.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// Timeout of one request, its whole response included.
    pub response: Duration,
    /// Attempts to get documents before the service counts as down. A pairing is requested once.
    pub attempts: usize,
    /// Delay before the second attempt; it doubles with each further one, with jitter.
    pub backoff: Duration,
}

impl Default for Timeouts {
    /// A person who reads documents waits 6.3 seconds at most (10 seconds is where people lose the thread: Nielsen,
    /// "Response Times"), a person who pairs 2.
    fn default() -> Self {
        Self {
            response: Duration::from_secs(2),
            attempts: 3,
            backoff: Duration::from_millis(100),
        }
    }
}

/// Why an address is not that of a Finance service.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    /// It is no URL.
    #[error("the Finance service's address {0:?} is not a URL; write it like http://127.0.0.1:9000")]
    Malformed(String),
    /// It is not plain HTTP.
    #[error(
        "the Finance service's address {0:?} is not plain http, which is all that is spoken here; put a proxy before it"
    )]
    Scheme(String),
    /// The HTTP client cannot be made.
    #[error("the HTTP client for the Finance service cannot be made: {0}")]
    Client(#[from] reqwest::Error),
}

/// A Finance service that is reached over HTTP.
pub struct HttpFinance {
    client: Client,
    base: Url,
    timeouts: Timeouts,
}

impl HttpFinance {
    /// The service at `base`, `http://HOST:PORT` with or without a path.
    pub fn new(base: &str, timeouts: Timeouts) -> Result<Self, AddressError> {
        let url = Url::parse(base).map_err(|_| AddressError::Malformed(base.to_owned()))?;
        if url.scheme() != "http" {
            return Err(AddressError::Scheme(base.to_owned()));
        }
        let client = Client::builder()
            .timeout(timeouts.response)
            // Access Codes go to the service only: not to a redirect, and not to a proxy of the environment.
            .redirect(redirect::Policy::none())
            .no_proxy()
            // A pooled connection may be dead, and the client would then send the request again by itself.
            .pool_max_idle_per_host(0)
            .retry(reqwest::retry::never())
            .build()?;
        Ok(Self {
            client,
            base: url,
            timeouts,
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

    /// Requests an Office's documents, again when there is no response.
    async fn documents<T: DeserializeOwned + Validate>(
        &self,
        office: &CustomerId,
        kind: &str,
    ) -> Result<Vec<T>, FinanceError> {
        let address = self.address(&["offices", office.as_str(), kind]);
        let backoff = ExponentialBuilder::new()
            .with_min_delay(self.timeouts.backoff)
            .with_max_times(self.timeouts.attempts.saturating_sub(1))
            .with_jitter();
        let response: DocumentsResponse<T> = (|| send(self.client.get(address.clone())))
            .retry(backoff)
            .when(|error| matches!(error, FinanceError::Unreachable(_)))
            .await?;
        if response.customer_id != *office {
            return Err(wrong_office(office, &response.customer_id));
        }
        match problem_of_all(&response.documents) {
            Some(problem) => Err(FinanceError::InvalidResponse(problem)),
            None => Ok(response.documents),
        }
    }
}

#[derive(Deserialize)]
struct DocumentsResponse<T> {
    customer_id: CustomerId,
    documents: Vec<T>,
}

/// `office` must be there, and be null when ID and code do not belong together: an empty object says nothing.
#[derive(Deserialize)]
struct PairingResponse {
    #[serde(deserialize_with = "Option::deserialize")]
    office: Option<Office>,
}

#[async_trait]
impl Finance for HttpFinance {
    async fn office_for(
        &self,
        customer_id: &CustomerId,
        access_code: &AccessCode,
    ) -> Result<Option<Office>, FinanceError> {
        let request = json!({ "customer_id": customer_id.as_str(), "access_code": access_code.expose_secret() });
        let response: PairingResponse = send(self.client.post(self.address(&["pairings"])).json(&request)).await?;
        match response.office {
            Some(office) if office.customer_id != *customer_id => Err(wrong_office(customer_id, &office.customer_id)),
            office => Ok(office),
        }
    }

    async fn reports(&self, customer_id: &CustomerId) -> Result<Vec<Report>, FinanceError> {
        self.documents(customer_id, "reports").await
    }

    async fn contributions(&self, customer_id: &CustomerId) -> Result<Vec<Contribution>, FinanceError> {
        self.documents(customer_id, "contributions").await
    }

    async fn payments(&self, customer_id: &CustomerId) -> Result<Vec<Payment>, FinanceError> {
        self.documents(customer_id, "payments").await
    }

    async fn entries(&self, customer_id: &CustomerId) -> Result<Vec<LedgerEntry>, FinanceError> {
        self.documents(customer_id, "entries").await
    }
}

fn wrong_office(requested: &CustomerId, answered: &CustomerId) -> FinanceError {
    FinanceError::InvalidResponse(format!("requested the Office {requested}, got {answered}"))
}

/// Sends the request once. Errors say neither what was sent nor what was received: either may hold an Access Code.
async fn send<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, FinanceError> {
    let unreachable = |error: reqwest::Error| FinanceError::Unreachable(error.without_url().to_string());
    let mut response = request.send().await.map_err(unreachable)?;
    match response.status() {
        StatusCode::OK => {}
        status if is_transient(status) => return Err(FinanceError::Unreachable(format!("status {status}"))),
        status => return Err(FinanceError::InvalidResponse(format!("status {status}"))),
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST_RESPONSE {
            return Err(FinanceError::InvalidResponse(format!(
                "more than {LARGEST_RESPONSE} bytes"
            )));
        }
    }
    serde_json::from_slice(&body).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        FinanceError::InvalidResponse(format!(
            "not the JSON that was expected, at line {line}, column {column}"
        ))
    })
}

/// Whether the same request may succeed a moment later.
fn is_transient(status: StatusCode) -> bool {
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
            let service = HttpFinance::new(base, Timeouts::default()).unwrap();
            assert_eq!(service.address(&["offices", "a/..?b", "reports"]).as_str(), address);
        }
    }

    #[test]
    fn addresses_that_cannot_be_asked_are_refused_with_what_to_write() {
        let message = |base| HttpFinance::new(base, Timeouts::default()).err().unwrap().to_string();
        assert!(message("finance").contains("write it like http://127.0.0.1:9000"));
        assert!(message("https://finance.example").contains("is not plain http"));
    }
}
