//! The mailbox of the mock: all mails of the portal arrive here.

mod handlers;
mod store;

pub(crate) use handlers::{list, show};
pub(crate) use store::{Draft, send};
