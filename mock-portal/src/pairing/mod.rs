//! Pairing a WIPO Account with an Office, which opens the Office's financial documents.

mod attempt;
mod handlers;
mod in_progress;
mod outcome;
mod request;

pub(crate) use handlers::{form, submit};
pub(crate) use in_progress::PairingsInProgress;
