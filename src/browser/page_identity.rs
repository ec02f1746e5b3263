//! Which page the browser shows, so that it is known whether a step has left it.

use serde::Deserialize;
use serde_json::{Value, json};

use super::error::PageError;
use super::page::Page;
use super::scripts::Call;

/// A page among all that a browser shows one after the other.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PageIdentity {
    /// When its document was begun, which no other was.
    document: f64,
    /// Its address without what only selects something on it.
    pub path: String,
}

impl Page {
    /// The page that is shown now. Whether it is being left is watched from here on, for [`Page::identity_after`].
    ///
    /// # Errors
    /// [`PageError`] if the page breaks down.
    pub async fn identity(&mut self) -> Result<PageIdentity, PageError> {
        self.visits += 1;
        self.call("say where it is", Call::PageIdentity, &json!(self.visits))
            .await
    }

    /// The page that is shown once what was under way since [`Page::spot`] has come.
    ///
    /// # Errors
    /// [`PageError`] if the page does not come, or breaks down.
    pub async fn identity_after(&mut self) -> Result<PageIdentity, PageError> {
        self.settle(Some(self.visits)).await?;
        self.call("say where it is", Call::PageIdentity, &Value::Null).await
    }
}
