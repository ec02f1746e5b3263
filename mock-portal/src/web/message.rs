//! A page that says one thing.

use askama::Template;
use axum::http::StatusCode;

use super::{
    page::Page,
    request_context::{self, RequestId},
};
use crate::language::t;

/// What such a page says, in English: the page translates it.
#[derive(Clone, Copy)]
pub(crate) struct Message {
    pub status: StatusCode,
    pub heading: &'static str,
    pub text: &'static str,
}

impl Message {
    /// For an address that there is not.
    pub(crate) const NOT_FOUND: Self = Self {
        status: StatusCode::NOT_FOUND,
        heading: t("There is no such page"),
        text: t("Check the address, or start from the home page."),
    };
}

#[derive(Template)]
#[template(path = "pages/message.html")]
pub(super) struct MessagePage {
    page: Page,
    message: Message,
    /// Shown where something failed, so that it can be found in the log.
    request_id: Option<RequestId>,
}

impl MessagePage {
    pub(super) fn new(page: Page, message: Message) -> Self {
        Self {
            page,
            message,
            request_id: request_context::id().filter(|_| message.status.is_server_error()),
        }
    }
}
