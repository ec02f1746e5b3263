//! The requests to a Finance service, and why they fail.

use async_trait::async_trait;
use axum::http::StatusCode;

use super::{
    documents::{Contribution, LedgerEntry, Payment, Report},
    office::{AccessCode, CustomerId, Office},
};
use crate::language::t;

/// What the portal asks of a Finance service. The fixture is one; another can be reached over HTTP.
#[async_trait]
pub trait Finance: Send + Sync {
    /// The Office with this Customer ID and Access Code; `None` when they do not belong together, whatever the reason.
    async fn office_for(
        &self,
        customer_id: &CustomerId,
        access_code: &AccessCode,
    ) -> Result<Option<Office>, FinanceError>;
    /// The Office's Distribution Reports.
    async fn reports(&self, customer_id: &CustomerId) -> Result<Vec<Report>, FinanceError>;
    /// The invoices of the Office's Annual Contributions.
    async fn contributions(&self, customer_id: &CustomerId) -> Result<Vec<Contribution>, FinanceError>;
    /// The Office's payments in WIPO Pay.
    async fn payments(&self, customer_id: &CustomerId) -> Result<Vec<Payment>, FinanceError>;
    /// What moved on the Office's Current Account at WIPO, oldest first.
    async fn entries(&self, customer_id: &CustomerId) -> Result<Vec<LedgerEntry>, FinanceError>;
}

/// Why a request to the Finance service failed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum FinanceError {
    /// No response, or none in time.
    #[error("the Finance service does not respond: {0}")]
    Unreachable(String),
    /// A response that is not of the agreed form, or whose content is invalid.
    #[error("the Finance service gave an invalid response: {0}")]
    InvalidResponse(String),
}

impl FinanceError {
    /// The status of a page that cannot be shown for this reason.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Unreachable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::InvalidResponse(_) => StatusCode::BAD_GATEWAY,
        }
    }

    /// What a person reads who wanted to see documents.
    pub(crate) fn message(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => t("The Finance service does not answer at the moment. Try again in a few minutes."),
            Self::InvalidResponse(_) => {
                t("The Finance service gave an answer that cannot be used. Try again in a few minutes.")
            }
        }
    }
}
