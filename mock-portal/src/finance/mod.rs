//! What the portal knows of Offices, their codes and their documents, it asks of a Finance service.

mod built_in;
pub(crate) mod fault;
mod over_http;
mod sense;

use async_trait::async_trait;
use axum::http::StatusCode;
use jiff::civil::Date;
use serde::Deserialize;

use crate::language::t;

pub use built_in::BuiltIn;
pub use fault::Fault;
pub use over_http::{AddressError, OverHttp, Patience};
pub(crate) use sense::Sense;

/// The Finance service, as the portal sees it.
#[async_trait]
pub trait Finance: Send + Sync {
    /// The Office with this Customer ID and Access Code; `None` when they do not belong together, whatever the reason.
    async fn office_for(&self, customer_id: &str, access_code: &str) -> Result<Option<Office>, FinanceError>;
    /// The Office's Distribution Reports.
    async fn reports(&self, customer_id: &str) -> Result<Vec<Report>, FinanceError>;
    /// The invoices of the Office's Annual Contributions.
    async fn contributions(&self, customer_id: &str) -> Result<Vec<Contribution>, FinanceError>;
    /// The Office's payments in WIPO Pay.
    async fn payments(&self, customer_id: &str) -> Result<Vec<Payment>, FinanceError>;
    /// What moved on the Office's Current Account at WIPO, oldest first.
    async fn entries(&self, customer_id: &str) -> Result<Vec<Entry>, FinanceError>;
}

/// Why the Finance service could not be asked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum FinanceError {
    /// No answer, or none in time.
    #[error("the Finance service does not answer: {0}")]
    Unreachable(String),
    /// An answer that makes no sense.
    #[error("the Finance service gave an answer that makes no sense: {0}")]
    Nonsense(String),
}

impl FinanceError {
    /// What a person is told who wanted to read something.
    pub(crate) fn told(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Unreachable(_) => (
                StatusCode::SERVICE_UNAVAILABLE,
                t("The Finance service does not answer at the moment. Try again in a few minutes."),
            ),
            Self::Nonsense(_) => (
                StatusCode::BAD_GATEWAY,
                t("The Finance service gave an answer that cannot be used. Try again in a few minutes."),
            ),
        }
    }
}

/// An Office, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Office {
    /// 5 or 6 digits; text, for leading zeros count.
    pub customer_id: String,
    /// "Patent Office of Ruritania".
    pub name: String,
}

/// A sum of money: `amount` in the smallest unit of `currency` (1250 CHF is CHF 12.50).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Money {
    /// In hundredths.
    pub amount: i64,
    /// ISO 4217, "CHF".
    pub currency: String,
}

/// A Distribution Report: what was distributed to an Office for one month.
#[derive(Clone, Debug, Deserialize)]
pub struct Report {
    /// The document's own number.
    pub number: String,
    /// One of the types that [`REPORT_TYPES`] lists.
    #[serde(rename = "type")]
    pub kind: String,
    /// The year it is about.
    pub year: i16,
    /// The month it is about, 1 to 12.
    pub month: i8,
    /// What was distributed.
    #[serde(flatten)]
    pub sum: Money,
    /// What the sum is made of; a report without lines has its sum alone.
    #[serde(default)]
    pub lines: Vec<Line>,
}

/// A part of a document's sum.
#[derive(Clone, Debug, Deserialize)]
pub struct Line {
    /// What it is for.
    pub text: String,
    /// In hundredths of the sum's currency.
    pub amount: i64,
}

/// The types of Distribution Reports, as the widget offers them.
pub const REPORT_TYPES: [&str; 2] = [t("Hague, Lisbon & Madrid"), t("PCT")];
/// The organizations that ask for Annual Contributions.
pub const ORGANIZATIONS: [&str; 2] = [t("WIPO"), t("UPOV")];

/// An invoice of an Annual Contribution.
#[derive(Clone, Debug, Deserialize)]
pub struct Contribution {
    /// The invoice's own number.
    pub number: String,
    /// One of [`ORGANIZATIONS`].
    pub organization: String,
    /// When it was issued.
    pub date: Date,
    /// What is to be paid.
    #[serde(flatten)]
    pub sum: Money,
    /// What the sum is made of; an invoice without lines has its sum alone.
    #[serde(default)]
    pub lines: Vec<Line>,
}

/// Something paid, or to be paid, with WIPO Pay.
#[derive(Clone, Debug, Deserialize)]
pub struct Payment {
    /// What it is for.
    pub subject: String,
    /// When it was asked for.
    pub date: Date,
    /// How far it is.
    pub status: PaymentStatus,
    /// How much it is.
    #[serde(flatten)]
    pub sum: Money,
}

/// How far a payment is: the four tiles of "WIPO Pay Summary".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PaymentStatus {
    /// Asked for, and nothing done yet.
    Unpaid,
    /// Put into the basket.
    Basket,
    /// Paid, and not yet confirmed.
    Pending,
    /// Paid and confirmed.
    Paid,
}

impl PaymentStatus {
    /// As its tile calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Unpaid => t("Unpaid"),
            Self::Basket => t("Basket"),
            Self::Pending => t("Pending"),
            Self::Paid => t("Paid"),
        }
    }
}

/// A line of a Current Account at WIPO.
#[derive(Clone, Debug, Deserialize)]
pub struct Entry {
    /// What moved.
    pub text: String,
    /// When it moved.
    pub date: Date,
    /// Paid in if positive, taken if negative.
    #[serde(flatten)]
    pub sum: Money,
}
