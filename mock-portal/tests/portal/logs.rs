//! What the portal logs: the cause of every 5xx under the id that its page shows, and no secret.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use axum::http::StatusCode;
use mock_portal::{app_with_control, finance::Fault};
use tracing::{level_filters::LevelFilter, subscriber::DefaultGuard};

use crate::client::{Answer, Client, training};

const REPORTS: &str = "distribution-reports";

/// All that is logged on this thread, which is that of all tasks of a test.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn start() -> (Self, DefaultGuard) {
        let log = Self::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
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
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
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
        let (log, _guard) = Log::start();
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
    let (log, _guard) = Log::start();
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
    let (log, _guard) = Log::start();
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
