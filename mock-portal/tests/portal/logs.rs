//! What the portal logs: the cause of every 5xx under the id that its page shows, and no secret.

use std::{
    cell::RefCell,
    io::{self, Write},
    sync::{Arc, Once},
};

use async_trait::async_trait;
use axum::http::StatusCode;
use mock_portal::{
    Finance, Settings, app_with_control,
    finance::{AccessCode, Contribution, CustomerId, Fault, FinanceError, LedgerEntry, Office, Payment, Report},
};
use tracing::Metadata;
use tracing_subscriber::{
    Registry,
    filter::dynamic_filter_fn,
    fmt,
    layer::{Context, Layer, SubscriberExt},
    registry,
    util::SubscriberInitExt,
};

use crate::client::{Answer, Client, training};

const REPORTS: &str = "distribution-reports";

thread_local! {
    /// What is logged on the thread of a test, on which all of its tasks run; `None` unless the test reads it.
    static LOG: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Reads what is logged on this thread. The subscriber is the process's: one of a thread alone may miss events, for
/// which of them are logged is cached for all threads.
struct Log;

impl Log {
    fn start() -> Self {
        static SUBSCRIBE: Once = Once::new();
        SUBSCRIBE.call_once(|| {
            let is_read = |_: &Metadata<'_>, _: &Context<'_, Registry>| LOG.with_borrow(Option::is_some);
            let lines = fmt::layer().with_ansi(false).with_writer(|| Self);
            registry().with(lines.with_filter(dynamic_filter_fn(is_read))).init();
        });
        LOG.set(Some(Vec::new()));
        Self
    }

    #[allow(clippy::unused_self, reason = "only who has started it may read it")]
    fn text(&self) -> String {
        LOG.with_borrow(|log| String::from_utf8(log.clone().unwrap()).unwrap())
    }

    /// The line about the request with this id that has this text.
    fn line(&self, id: &str, text: &str) -> String {
        let log = self.text();
        let line = log
            .lines()
            .find(|line| line.contains(&format!("id={id}")) && line.contains(text));
        line.unwrap_or_else(|| panic!("no line of {id} with {text:?} in:\n{log}"))
            .to_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.as_mut().map_or(Ok(bytes.len()), |log| log.write(bytes)))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A fault of the portal itself, as far as the portal can tell.
struct Panicking;

#[async_trait]
impl Finance for Panicking {
    async fn office_for(&self, _: &CustomerId, _: &AccessCode) -> Result<Option<Office>, FinanceError> {
        panic!("a panic on purpose")
    }
    async fn reports(&self, _: &CustomerId) -> Result<Vec<Report>, FinanceError> {
        Ok(vec![])
    }
    async fn contributions(&self, _: &CustomerId) -> Result<Vec<Contribution>, FinanceError> {
        Ok(vec![])
    }
    async fn payments(&self, _: &CustomerId) -> Result<Vec<Payment>, FinanceError> {
        Ok(vec![])
    }
    async fn entries(&self, _: &CustomerId) -> Result<Vec<LedgerEntry>, FinanceError> {
        Ok(vec![])
    }
}

fn request_id(answer: &Answer) -> &str {
    let (_, rest) = answer
        .body
        .split_once("Request ID: ")
        .unwrap_or_else(|| panic!("{}", answer.body));
    &rest[..8]
}

#[tokio::test]
async fn the_cause_of_a_failed_pairing_is_logged_under_the_id_that_the_page_shows() {
    for (fault, status, cause) in [
        (
            Fault::Down,
            503,
            "the Finance service does not respond: injected fault: down",
        ),
        (
            Fault::WrongOffice,
            502,
            "the Finance service gave an invalid response: injected fault",
        ),
    ] {
        let log = Log::start();
        let (portal, control) = app_with_control(training()).unwrap();
        let mut client = Client::of(&portal);
        client.sign_in("amara").await;
        control.set_fault(fault);
        let answer = client.pair(REPORTS, "41207", "A7K2M9QX").await;
        assert_eq!(answer.status.as_u16(), status);
        let line = log.line(request_id(&answer), "request failed");
        assert!(
            line.contains("ERROR") && line.contains("POST") && line.contains("/pairing/{widget}"),
            "{line}"
        );
        assert!(
            line.contains(&format!("status={status}")) && line.contains(cause),
            "{line}"
        );
    }
}

#[tokio::test]
async fn the_cause_of_a_failed_download_is_logged_under_the_id_that_the_page_shows() {
    let log = Log::start();
    let (portal, control) = app_with_control(training()).unwrap();
    let mut client = Client::of(&portal);
    client.sign_in("chenwei").await;
    client.pair(REPORTS, "180457", "R4T8B2NZ").await;
    control.set_fault(Fault::MalformedResponse);
    let answer = client.get("/documents/distribution-reports/DR-2024-0611.pdf").await;
    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    log.line(request_id(&answer), "injected fault: malformed response");
    let dashboard = client.get("/dashboard").await;
    assert_eq!(dashboard.status, StatusCode::OK);
    assert!(log.text().contains("a widget cannot be shown"), "{}", log.text());
}

#[tokio::test]
async fn the_cause_of_a_500_is_logged_under_the_id_that_its_page_shows() {
    let log = Log::start();
    let settings = Settings {
        finance: Some(Arc::new(Panicking)),
        ..training()
    };
    let mut client = Client::signed_in(settings, "amara").await;
    let answer = client.pair(REPORTS, "41207", "A7K2M9QX").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.has("Something went wrong in the portal"));
    let line = log.line(request_id(&answer), "a panic on purpose");
    assert!(line.contains("status=500"), "{line}");
}

#[tokio::test]
async fn pages_without_a_failure_show_no_request_id() {
    let mut client = Client::signed_in(training(), "amara").await;
    let wrong = client.pair(REPORTS, "41207", "A7K2M9QY").await;
    let unknown = client.get("/nowhere").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(!wrong.has("Request ID") && !unknown.has("Request ID"));
}

/// All levels of all crates: even then no password, code, cookie, token or link from a mail.
#[tokio::test]
async fn no_secret_is_logged() {
    let log = Log::start();
    let (portal, control) = app_with_control(training()).unwrap();
    let mut client = Client::of(&portal);
    client.get("/login").await;
    client
        .post("/login", &[("username", "amara"), ("password", "Wrong2024")])
        .await;
    client.sign_in("amara").await;
    client.pair(REPORTS, "41207", "A7K2M9QY").await;
    control.set_fault(Fault::Down);
    client.pair(REPORTS, "41207", "A7K2M9QX").await;
    control.set_fault(Fault::None);
    client.pair(REPORTS, "41207", "A7K2M9QX").await;
    client
        .post("/accounts/forgotten-password", &[("mail", "amara@arcadia.example")])
        .await;
    let mail = client.get("/mailbox/1").await;
    let (_, link) = mail.body.split_once("/accounts/new-password/").unwrap();
    let link = link.split('"').next().unwrap();
    client.get(&format!("/accounts/new-password/{link}")).await;
    client.get("/search/patentscope?q=Hunter2222").await;

    let log = log.text();
    assert!(
        log.contains("/accounts/new-password/{link}") && log.contains("request handled"),
        "{log}"
    );
    let (_, secret) = link.split_once('-').unwrap();
    let session = client.cookie.split_once('=').unwrap().1;
    let secrets = [
        "Training2024",
        "Wrong2024",
        "A7K2M9QX",
        "A7K2M9QY",
        "Hunter2222",
        secret,
        session,
        &client.csrf,
    ];
    for secret in secrets {
        assert!(secret.len() >= 8 && !log.contains(secret), "{secret} in:\n{log}");
    }
}
