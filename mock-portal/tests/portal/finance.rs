//! A Finance service that fails, and how many requests it gets.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use axum::http::StatusCode;
use mock_portal::{
    Finance, Fixture, Settings,
    finance::{AccessCode, Contribution, CustomerId, FinanceError, LedgerEntry, Office, Payment, Report},
    fixture::FixtureFinance,
};

use tokio::sync::Notify;

use crate::client::{Client, training};

/// Fails always, with this error.
struct Broken(FinanceError);

#[async_trait]
impl Finance for Broken {
    async fn office_for(&self, _: &CustomerId, _: &AccessCode) -> Result<Option<Office>, FinanceError> {
        Err(self.0.clone())
    }
    async fn reports(&self, _: &CustomerId) -> Result<Vec<Report>, FinanceError> {
        Err(self.0.clone())
    }
    async fn contributions(&self, _: &CustomerId) -> Result<Vec<Contribution>, FinanceError> {
        Err(self.0.clone())
    }
    async fn payments(&self, _: &CustomerId) -> Result<Vec<Payment>, FinanceError> {
        Err(self.0.clone())
    }
    async fn entries(&self, _: &CustomerId) -> Result<Vec<LedgerEntry>, FinanceError> {
        Err(self.0.clone())
    }
}

/// Responds, lets other tasks run first, and counts pairings.
struct Counting(FixtureFinance, AtomicUsize);

#[async_trait]
impl Finance for Counting {
    async fn office_for(
        &self,
        customer_id: &CustomerId,
        access_code: &AccessCode,
    ) -> Result<Option<Office>, FinanceError> {
        self.1.fetch_add(1, Ordering::SeqCst);
        tokio::task::yield_now().await;
        self.0.office_for(customer_id, access_code).await
    }
    async fn reports(&self, customer_id: &CustomerId) -> Result<Vec<Report>, FinanceError> {
        self.0.reports(customer_id).await
    }
    async fn contributions(&self, customer_id: &CustomerId) -> Result<Vec<Contribution>, FinanceError> {
        self.0.contributions(customer_id).await
    }
    async fn payments(&self, customer_id: &CustomerId) -> Result<Vec<Payment>, FinanceError> {
        self.0.payments(customer_id).await
    }
    async fn entries(&self, customer_id: &CustomerId) -> Result<Vec<LedgerEntry>, FinanceError> {
        self.0.entries(customer_id).await
    }
}

fn with(finance: impl Finance + 'static) -> Settings {
    Settings {
        finance: Some(Arc::new(finance)),
        ..training()
    }
}

#[tokio::test]
async fn a_broken_service_pairs_nothing_says_so_and_is_no_wrong_attempt() {
    for (error, status, text) in [
        (
            FinanceError::Unreachable("refused".into()),
            StatusCode::SERVICE_UNAVAILABLE,
            "does not answer at the moment",
        ),
        (
            FinanceError::InvalidResponse("<html>".into()),
            StatusCode::BAD_GATEWAY,
            "an answer that cannot be used",
        ),
    ] {
        let mut client = Client::signed_in(with(Broken(error)), "amara").await;
        for _ in 0..9 {
            let answer = client.pair("distribution-reports", "41207", "A7K2M9QX").await;
            assert_eq!(answer.status, status);
            assert!(answer.has(text) && answer.has("Nothing was paired.") && answer.has("value=\"41207\""));
        }
        assert!(
            client
                .get("/pairing/distribution-reports")
                .await
                .has(">Submit</button>")
        );
    }
}

#[tokio::test]
async fn a_broken_service_breaks_its_own_widgets_only() {
    let folder = tempfile::tempdir().unwrap();
    let data = Some(folder.path().join("portal.sqlite"));
    let mut client = Client::signed_in(
        Settings {
            data: data.clone(),
            ..training()
        },
        "amara",
    )
    .await;
    client.pair("distribution-reports", "41207", "A7K2M9QX").await;
    drop(client);
    let broken = Broken(FinanceError::Unreachable("refused".into()));
    let mut client = Client::signed_in(Settings { data, ..with(broken) }, "amara").await;
    let dashboard = client.get("/dashboard").await;
    assert_eq!(dashboard.status, StatusCode::OK);
    assert!(
        dashboard
            .widget("wipo-pay-summary")
            .unwrap()
            .contains("The Finance service does not answer")
    );
    assert!(dashboard.widget("patentscope").unwrap().contains("Search for patents"));
}

#[tokio::test]
async fn a_double_submit_asks_once_and_pairs_once() {
    let finance = Arc::new(Counting(FixtureFinance::new(Fixture::built_in()), AtomicUsize::new(0)));
    let settings = Settings {
        finance: Some(finance.clone()),
        ..training()
    };
    let mut first = Client::signed_in(settings, "amara").await;
    let mut second = first.clone();
    let (one, two) = tokio::join!(
        first.pair("distribution-reports", "41207", "A7K2M9QX"),
        second.pair("distribution-reports", "41207", "A7K2M9QX"),
    );
    assert_eq!((one.location(), two.location()), ("/dashboard", "/dashboard"));
    assert_eq!(finance.1.load(Ordering::SeqCst), 1);
}

/// Responds only when it may, signals each pairing request, and counts them.
struct Held {
    finance: Counting,
    asked: Notify,
    may_answer: Notify,
}

#[async_trait]
impl Finance for Held {
    async fn office_for(
        &self,
        customer_id: &CustomerId,
        access_code: &AccessCode,
    ) -> Result<Option<Office>, FinanceError> {
        self.finance.1.fetch_add(1, Ordering::SeqCst);
        self.asked.notify_one();
        self.may_answer.notified().await;
        self.finance.0.office_for(customer_id, access_code).await
    }
    async fn reports(&self, customer_id: &CustomerId) -> Result<Vec<Report>, FinanceError> {
        self.finance.reports(customer_id).await
    }
    async fn contributions(&self, customer_id: &CustomerId) -> Result<Vec<Contribution>, FinanceError> {
        self.finance.contributions(customer_id).await
    }
    async fn payments(&self, customer_id: &CustomerId) -> Result<Vec<Payment>, FinanceError> {
        self.finance.payments(customer_id).await
    }
    async fn entries(&self, customer_id: &CustomerId) -> Result<Vec<LedgerEntry>, FinanceError> {
        self.finance.entries(customer_id).await
    }
}

/// A Finance service that holds its answers back, and two tabs of somebody who is signed in.
async fn two_tabs() -> (Arc<Held>, Client, Client) {
    let finance = Arc::new(Held {
        finance: Counting(FixtureFinance::new(Fixture::built_in()), AtomicUsize::new(0)),
        asked: Notify::new(),
        may_answer: Notify::new(),
    });
    let settings = Settings {
        finance: Some(finance.clone()),
        ..training()
    };
    let second = Client::signed_in(settings, "amara").await;
    (finance, second.clone(), second)
}

/// Waiting would end with the time-out at once: the clock jumps when nothing else can happen.
#[tokio::test(start_paused = true)]
async fn a_malformed_form_is_answered_while_the_account_is_being_paired() {
    let (finance, mut first, mut second) = two_tabs().await;
    let pairing = tokio::spawn(async move { first.pair("distribution-reports", "41207", "A7K2M9QX").await });
    finance.asked.notified().await;
    let malformed = second.pair("distribution-reports", "4120", "onlyletters");
    let answer = tokio::time::timeout(Duration::from_mins(1), malformed).await;
    let answer = answer.unwrap_or_else(|_| panic!("the malformed form waits for the pairing in progress"));
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.has("exactly 5 or 6 digits") && answer.has("both letters and digits"));
    finance.may_answer.notify_one();
    assert_eq!(pairing.await.unwrap().location(), "/dashboard");
    assert_eq!(finance.finance.1.load(Ordering::SeqCst), 1);
}

/// A browser whose form is submitted again closes the first connection: the server drops its handler. What is submitted again meanwhile gets the first one's outcome: the clock jumps once it waits for it.
#[tokio::test(start_paused = true)]
async fn a_pairing_whose_client_disconnects_is_finished_and_not_started_again() {
    let (finance, mut first, mut second) = two_tabs().await;
    let hung_up = tokio::spawn(async move { first.pair("distribution-reports", "41207", "A7K2M9QX").await.status });
    finance.asked.notified().await;
    hung_up.abort();
    assert!(hung_up.await.unwrap_err().is_cancelled());
    let again = tokio::spawn(async move { second.pair("distribution-reports", "41207", "A7K2M9QX").await });
    tokio::time::sleep(Duration::from_millis(1)).await;
    finance.may_answer.notify_one();
    assert_eq!(again.await.unwrap().location(), "/dashboard");
    assert_eq!(finance.finance.1.load(Ordering::SeqCst), 1);
}
