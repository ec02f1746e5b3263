//! The documents and sums that a Finance service knows of an Office.

use jiff::civil::Date;
use serde::Deserialize;

use crate::language::{Language, t};

/// A sum of money: `amount` in the smallest unit of `currency` (1250 CHF is CHF 12.50).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Money {
    /// In hundredths.
    pub amount: i64,
    /// ISO 4217, "CHF".
    pub currency: String,
}

impl Money {
    /// "CHF 12.50", as `language` writes it.
    pub(crate) fn format(&self, language: &Language) -> String {
        language.money(self.amount, &self.currency)
    }
}

/// A Distribution Report: what was distributed to an Office for one month.
#[derive(Clone, Debug, Deserialize)]
pub struct Report {
    /// The document's own number.
    pub number: String,
    /// One of the types that [`REPORT_TYPES`] lists.
    #[serde(rename = "type")]
    pub kind: String,
    /// The year whose fees were distributed.
    pub year: i16,
    /// The month whose fees were distributed, 1 to 12.
    pub month: i8,
    /// What was distributed.
    #[serde(flatten)]
    pub sum: Money,
    /// What the sum is made of; a report without lines has its sum alone.
    #[serde(default)]
    pub lines: Vec<DocumentLine>,
}

/// A part of a document's sum.
#[derive(Clone, Debug, Deserialize)]
pub struct DocumentLine {
    /// What it is for.
    pub text: String,
    /// In hundredths of the sum's currency.
    pub amount: i64,
}

/// The types of Distribution Reports, as the widget offers them.
pub const REPORT_TYPES: [&str; 2] = [t("Hague, Lisbon & Madrid"), t("PCT")];
/// The organizations that invoice Annual Contributions.
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
    pub lines: Vec<DocumentLine>,
}

/// Something paid, or to be paid, with WIPO Pay.
#[derive(Clone, Debug, Deserialize)]
pub struct Payment {
    /// What it is for.
    pub subject: String,
    /// When it was requested.
    pub date: Date,
    /// Its status, one of four.
    pub status: PaymentStatus,
    /// How much it is.
    #[serde(flatten)]
    pub sum: Money,
}

/// The status of a payment: the four tiles of "WIPO Pay Summary".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PaymentStatus {
    /// Requested, and not paid.
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

/// An entry of a Current Account at WIPO.
#[derive(Clone, Debug, Deserialize)]
pub struct LedgerEntry {
    /// What it was for.
    pub text: String,
    /// When it moved.
    pub date: Date,
    /// Paid in if positive, taken if negative.
    #[serde(flatten)]
    pub sum: Money,
}
