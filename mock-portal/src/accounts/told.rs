//! The page at the end of a step: what has happened, and where to go next.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};

use super::links::{BadLink, Purpose};
use crate::{
    language::t,
    web::{Failure, Page, Visitor, html_with},
};

/// Address and label of a link.
pub(super) type Next = (&'static str, &'static str);

pub(super) const LOGIN: Next = ("/login", t("Login"));
const MAILBOX: Next = ("/mailbox", t("Open the mailbox"));

#[derive(Template)]
#[template(path = "accounts/told.html")]
struct Told {
    page: Page,
    heading: &'static str,
    text: &'static str,
    next: Next,
}

/// Says what has happened.
pub(super) fn told(
    page: Page,
    (status, heading, text): (StatusCode, &'static str, &'static str),
    next: Next,
) -> Result<Response, Failure> {
    html_with(
        status,
        &Told {
            page,
            heading,
            text,
            next,
        },
    )
}

/// Says why a link leads nowhere, and where a new one comes from.
pub(super) fn bad_link(page: Page, purpose: Purpose, problem: BadLink) -> Result<Response, Failure> {
    let next = match (purpose, problem) {
        (Purpose::Confirm, BadLink::Used) => LOGIN,
        (Purpose::Confirm, _) => ("/accounts/new", t("Create WIPO Account")),
        (Purpose::Password, _) => ("/accounts/forgotten-password", t("Ask for a new link")),
    };
    told(page, problem.told(), next)
}

/// What is said once a mail has been sent, by what was asked for.
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
pub(crate) async fn sent(Path(what): Path<String>, visitor: Visitor) -> Result<Response, Failure> {
    let (_, text) = SENT
        .into_iter()
        .find(|(known, _)| *known == what)
        .ok_or(Failure::NotFound)?;
    told(
        visitor.page,
        (StatusCode::OK, t("Look into your mailbox"), text),
        MAILBOX,
    )
}
