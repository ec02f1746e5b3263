//! What can keep a handler from answering, and the page that says so.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{Page, page::html_with, return_address::login_leading_to};
use crate::{accounts::PasswordError, language::t};

/// Why a request is not answered as it was meant.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Nobody is signed in; after login the person comes back to this address, if it can be asked for again.
    #[error("nobody is signed in")]
    SignedOut(Option<String>),
    /// The form's token is missing or wrong.
    #[error("the form's token is missing or wrong")]
    Forged,
    /// The form is larger than any of ours.
    #[error("the form is too large")]
    TooLarge,
    /// The form did not come in time.
    #[error("the form did not come in time")]
    TooSlow,
    /// The request's headers are larger than any browser's.
    #[error("the headers are too large")]
    HeadersTooLarge,
    /// There is no such page.
    #[error("there is no such page")]
    NotFound,
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    #[error("session: {0}")]
    Session(#[from] tower_sessions::session::Error),
    #[error("page: {0}")]
    Page(#[from] askama::Error),
    #[error("password: {0}")]
    Password(#[from] PasswordError),
    #[error("file: {0}")]
    File(String),
    #[error("a task that was not finished: {0}")]
    Task(#[from] tokio::task::JoinError),
    #[error("randomness: {0}")]
    Randomness(#[from] getrandom::Error),
}

impl From<csv::Error> for Failure {
    fn from(error: csv::Error) -> Self {
        Self::File(error.to_string())
    }
}

#[derive(Template)]
#[template(path = "pages/message.html")]
struct Message {
    page: Page,
    heading: &'static str,
    text: &'static str,
}

/// A page that says one thing.
pub(crate) fn message(
    status: StatusCode,
    page: Page,
    heading: &'static str,
    text: &'static str,
) -> Result<Response, Failure> {
    html_with(status, &Message { page, heading, text })
}

impl Failure {
    fn told(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Forged => (
                StatusCode::FORBIDDEN,
                t("This form is no longer valid"),
                t("Nothing was changed. Go back, reload the page and try again."),
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                t("That is too much"),
                t("Nothing was changed. Go back and send less text."),
            ),
            Self::TooSlow => (
                StatusCode::REQUEST_TIMEOUT,
                t("That took too long"),
                t("Nothing was changed. Check your connection, go back and try again."),
            ),
            Self::HeadersTooLarge => (
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
                t("Your browser sends too much"),
                t("Nothing was changed. Delete this site's cookies in your browser and try again."),
            ),
            Self::NotFound | Self::SignedOut(_) => not_found(),
            _ => (
                StatusCode::INTERNAL_SERVER_ERROR,
                t("Something went wrong in the portal"),
                t(
                    "This is a fault of the training portal, not yours. Try again; if it happens again, tell your trainer.",
                ),
            ),
        }
    }
}

/// What the page for an unknown address says.
pub(crate) fn not_found() -> (StatusCode, &'static str, &'static str) {
    (
        StatusCode::NOT_FOUND,
        t("There is no such page"),
        t("Check the address, or start from the home page."),
    )
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if let Self::SignedOut(address) = &self {
            return Redirect::to(&address.as_deref().map_or("/login".to_owned(), login_leading_to)).into_response();
        }
        let (status, heading, text) = self.told();
        message(status, Page::for_nobody(), heading, text).unwrap_or_else(|_| status.into_response())
    }
}
