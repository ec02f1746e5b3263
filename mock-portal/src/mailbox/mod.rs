//! The mailbox of the mock: what the portal would send to anybody arrives here.

mod handlers;
mod store;

pub(crate) use handlers::{list, show};
pub(crate) use store::{Draft, send};
