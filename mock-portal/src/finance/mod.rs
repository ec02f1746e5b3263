//! The Finance service: it alone knows the Offices, their codes and their documents.

mod documents;
mod fault;
mod office;
mod over_http;
mod service;
mod validate;

pub use documents::{
    Contribution, DocumentLine, LedgerEntry, Money, ORGANIZATIONS, Payment, PaymentStatus, REPORT_TYPES, Report,
};
pub use fault::Fault;
pub(crate) use fault::FaultInjector;
pub use office::{AccessCode, CustomerId, InvalidAccessCode, InvalidCustomerId, Office};
pub use over_http::{AddressError, HttpFinance, Timeouts};
pub use service::{Finance, FinanceError};
pub(crate) use validate::Validate;
