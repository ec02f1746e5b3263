//! Pairing a WIPO Account with an Office, which opens the Office's financial documents.

mod handlers;
pub(crate) mod rules;
pub(crate) mod store;
mod turns;

pub(crate) use handlers::{form, submit};
pub(crate) use store::{customer_ids, offices_for};
pub(crate) use turns::Turns;
