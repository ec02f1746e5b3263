//! Why a request cannot be handled, and the page that says so.

use std::error::Error;

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};

use super::{
    host::HostError,
    message::{Message, MessagePage},
    page::Page,
    request_log::Cause,
    return_address::login_leading_to,
};
use crate::language::t;

/// Why a request cannot be handled.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// There is no signed-in session; after login the person comes back to this address, if it can be requested again.
    #[error("not signed in")]
    SignedOut(Option<String>),
    #[error("the CSRF token is missing or wrong")]
    Forged,
    #[error("the form is larger than any of the portal's")]
    TooLarge,
    #[error("the form did not arrive in time")]
    TooSlow,
    #[error("the headers are larger than any browser's")]
    HeadersTooLarge,
    /// The request names no host, or several.
    #[error("the request does not say whom it is for")]
    MalformedHost,
    /// The request names another host.
    #[error("the request is for another host")]
    ForeignHost,
    #[error("there is no such page")]
    NotFound,
    /// A fault that a test has set.
    #[error("injected fault: status {0}")]
    Injected(StatusCode),
    /// A fault of the portal itself.
    #[error(transparent)]
    Internal(Box<dyn Error + Send + Sync>),
}

impl Failure {
    /// A fault of the portal itself.
    pub(crate) fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    fn status_of_fault(&self) -> StatusCode {
        match self {
            Self::Injected(status) => *status,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> Message {
        let (status, heading, text) = match self {
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
            Self::MalformedHost => (
                StatusCode::BAD_REQUEST,
                t("This request cannot be understood"),
                t("A request says which address it is for, and says it once. Nothing was changed."),
            ),
            Self::ForeignHost => (
                StatusCode::FORBIDDEN,
                t("This is not the portal's address"),
                t("The portal answers to 127.0.0.1, [::1] and localhost only. Use one of these names."),
            ),
            Self::NotFound | Self::SignedOut(_) => return Message::NOT_FOUND,
            Self::Internal(_) | Self::Injected(_) => (
                self.status_of_fault(),
                t("Something went wrong in the portal"),
                t(
                    "This is a fault of the training portal, not yours. Try again; if it happens again, tell your trainer.",
                ),
            ),
        };
        Message { status, heading, text }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if let Self::SignedOut(address) = &self {
            return Redirect::to(&address.as_deref().map_or("/login".to_owned(), login_leading_to)).into_response();
        }
        let message = self.message();
        let response = match MessagePage::new(Page::without_session(), message).render() {
            Ok(text) => (message.status, Html(text)).into_response(),
            Err(_) => message.status.into_response(),
        };
        match self {
            Self::Internal(cause) => Cause::new(cause).attach_to(response),
            Self::Injected(_) => Cause::new(self).attach_to(response),
            _ => response,
        }
    }
}

impl From<HostError> for Failure {
    fn from(error: HostError) -> Self {
        match error {
            HostError::Malformed => Self::MalformedHost,
            HostError::Foreign => Self::ForeignHost,
        }
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::internal(error)
    }
}

impl From<tower_sessions::session::Error> for Failure {
    fn from(error: tower_sessions::session::Error) -> Self {
        Self::internal(error)
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        Self::internal(error)
    }
}

impl From<tokio::task::JoinError> for Failure {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::internal(error)
    }
}

impl From<getrandom::Error> for Failure {
    fn from(error: getrandom::Error) -> Self {
        Self::internal(error)
    }
}
