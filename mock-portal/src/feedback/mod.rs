//! "Give us feedback": a small form, whose mail lands in the mailbox.

mod handlers;

pub(crate) use handlers::{form, sent, submit};
