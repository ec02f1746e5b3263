//! What every page needs: who asks, what was sent, how a page and a failure are answered.

pub(crate) mod assets;
pub(crate) mod escape;
pub(crate) mod failure;
pub(crate) mod fields;
pub(crate) mod limits;
pub(crate) mod page;
pub(crate) mod return_address;
pub(crate) mod security;
pub(crate) mod sessions;
pub(crate) mod visitor;

pub(crate) use failure::Failure;
pub(crate) use fields::Fields;
pub(crate) use page::{Page, html, html_with};
pub(crate) use visitor::{SignedIn, SignedInForm, Visitor, VisitorForm};
