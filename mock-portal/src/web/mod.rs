//! What every page needs: who sent the request, what was sent, and pages and failures as responses. Features use it; it
//! knows none of them.

pub(crate) mod assets;
pub(crate) mod escape;
mod failure;
pub(crate) mod fault_injection;
mod fields;
pub(crate) mod host;
mod html;
pub(crate) mod journaling;
pub(crate) mod limits;
mod message;
mod page;
pub(crate) mod request_context;
pub(crate) mod request_log;
pub(crate) mod return_address;
pub(crate) mod security;
pub(crate) mod sessions;
mod turns;
mod visitor;

pub(crate) use failure::Failure;
pub(crate) use fields::Fields;
pub(crate) use html::{html, html_with, message_page};
pub(crate) use message::Message;
pub(crate) use page::Page;
pub(crate) use turns::{Turn, Turns};
pub(crate) use visitor::{SignedIn, SignedInForm, Visitor, VisitorForm};
