//! What the frame round every page shows.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::Failure;
use crate::language::Language;

/// The frame's own facts: the language, and who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub language: &'static Language,
    /// The name of whoever is signed in.
    pub person: Option<String>,
    /// Customer IDs of the Offices the person's account is paired with.
    pub customer_ids: Vec<String>,
    /// The token of this session's forms; empty where there is no session.
    pub csrf: String,
    /// Where whoever changes the language comes back to.
    pub address: String,
}

impl Page {
    /// For answers given before it is known who asks.
    pub fn for_nobody() -> Self {
        Self {
            language: Language::of_request(),
            person: None,
            customer_ids: Vec::new(),
            csrf: String::new(),
            address: "/".to_owned(),
        }
    }

    /// `text` in the page's language.
    pub fn t<'a>(&self, text: &'a str) -> &'a str {
        self.language.t(text)
    }

    /// The page that offers the languages, and leads back to this one.
    pub fn address_of_languages(&self) -> String {
        format!(
            "/language?return={}",
            utf8_percent_encode(&self.address, NON_ALPHANUMERIC)
        )
    }

    /// `text` in the page's language, with `{}` replaced.
    pub fn with(&self, text: &str, value: impl std::fmt::Display) -> String {
        self.language.with(text, &value.to_string())
    }
}

/// Most pages fit into so many bytes. Growing the text bit by bit copies it again and again.
const USUAL_SIZE: usize = 32 * 1024;

/// The page, answered with 200.
pub(crate) fn html(page: &impl Template) -> Result<Response, Failure> {
    html_with(StatusCode::OK, page)
}

/// The page, answered with `status`.
pub(crate) fn html_with(status: StatusCode, page: &impl Template) -> Result<Response, Failure> {
    let mut text = String::with_capacity(USUAL_SIZE);
    page.render_into(&mut text)?;
    Ok((status, Html(text)).into_response())
}
