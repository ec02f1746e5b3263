//! What the frame round every page shows.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::request_context;
use crate::{finance::CustomerId, language::Language};

/// The frame's own facts: the language, and who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub language: &'static Language,
    /// The name of the person who is signed in.
    pub person: Option<String>,
    /// Customer IDs of the Offices that the person's account is paired with.
    pub customer_ids: Vec<CustomerId>,
    /// The CSRF token of this session; empty where there is no session.
    pub csrf: String,
    /// Where a change of the language leads back to.
    pub address: String,
}

impl Page {
    /// For responses that are given without a session.
    pub(crate) fn without_session() -> Self {
        Self {
            language: request_context::language(),
            person: None,
            customer_ids: Vec::new(),
            csrf: String::new(),
            address: "/".to_owned(),
        }
    }

    /// `text` in the page's language.
    pub(crate) fn t<'a>(&self, text: &'a str) -> &'a str {
        self.language.t(text)
    }

    /// `text` in the page's language, with `{}` replaced.
    pub(crate) fn with(&self, text: &str, value: impl std::fmt::Display) -> String {
        self.language.with(text, &value.to_string())
    }

    /// The page that offers the languages, and leads back to this one.
    pub(crate) fn address_of_languages(&self) -> String {
        format!(
            "/language?return={}",
            utf8_percent_encode(&self.address, NON_ALPHANUMERIC)
        )
    }
}
