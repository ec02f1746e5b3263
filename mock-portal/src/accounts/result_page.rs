//! The page after an action: its result, and where to go next.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};

use super::links::{BadLink, Purpose};
use crate::{
    language::t,
    web::{Failure, Message, Page, Visitor, html_with},
};

/// Address and label of a link.
pub(super) type Next = (&'static str, &'static str);

pub(super) const LOGIN: Next = ("/login", t("Login"));
const MAILBOX: Next = ("/mailbox", t("Open the mailbox"));

#[derive(Template)]
#[template(path = "accounts/result_page.html")]
struct ResultPage {
    page: Page,
    message: Message,
    next: Next,
}

/// The result of an action, and a link to what comes next.
pub(super) fn result_page(page: Page, message: Message, next: Next) -> Result<Response, Failure> {
    html_with(message.status, &ResultPage { page, message, next })
}

/// Why a link does not work, and where a new one comes from.
pub(super) fn bad_link_page(page: Page, purpose: Purpose, reason: BadLink) -> Result<Response, Failure> {
    let next = match (purpose, reason) {
        (Purpose::Confirm, BadLink::Used) => LOGIN,
        (Purpose::Confirm, _) => ("/accounts/new", t("Create WIPO Account")),
        (Purpose::Password, _) => ("/accounts/forgotten-password", t("Ask for a new link")),
    };
    result_page(page, reason.message(), next)
}

/// What the page says after a mail was sent, by the last part of its address.
const SENT: [(&str, &str); 3] = [
    (
        "new",
        t("Your account works once you have followed the link in the mail. The link works once, for 24 hours."),
    ),
    (
        "forgotten-username",
        t("If a WIPO Account belongs to the address, the mail says its username."),
    ),
    (
        "forgotten-password",
        t(
            "If a WIPO Account belongs to the address, the mail has a link for a new password. It works once, for one hour.",
        ),
    ),
];

/// "We have sent you a mail": the same whatever the mail says.
pub(crate) async fn sent(Path(form): Path<String>, visitor: Visitor) -> Result<Response, Failure> {
    let (_, text) = SENT
        .into_iter()
        .find(|(known, _)| *known == form)
        .ok_or(Failure::NotFound)?;
    let message = Message {
        status: StatusCode::OK,
        heading: t("Look into your mailbox"),
        text,
    };
    result_page(visitor.page, message, MAILBOX)
}
