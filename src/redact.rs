//! Takes secrets out of what this process writes.
//!
//! Every secret that is declared ([`crate::secrets::Secrets::declare`]) is added to one list of the process. [`Redacted`] is text from
//! outside (a failure's message, a page's source, a panic, a narration) that has passed it: events, records, manifests and artifacts
//! hold no other, and the terminal is written through [`text`]. A panic hook, a worker's thread and a report have no settings at hand;
//! a list of the process reaches them all (decision 0014).

mod forms;

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::{Arc, LazyLock, OnceLock, PoisonError, RwLock};

use regex::Regex;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::{Url, form_urlencoded};

/// Stands in the place of a secret.
pub const REPLACEMENT: &str = "[secret]";

static PROTECTED: LazyLock<RwLock<Arc<Redactor>>> = LazyLock::new(RwLock::default);

/// Finds the values of secrets in a text, however they are encoded there.
#[derive(Default)]
struct Redactor {
    values: Vec<SecretString>,
    /// Made when it is first needed: secrets are declared one by one. None where there is nothing to find.
    pattern: OnceLock<Option<Regex>>,
}

impl Redactor {
    fn new(values: Vec<SecretString>) -> Self {
        Self {
            values,
            pattern: OnceLock::new(),
        }
    }

    fn redact<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let pattern = self
            .pattern
            .get_or_init(|| forms::pattern(self.values.iter().map(ExposeSecret::expose_secret)));
        match pattern {
            Some(pattern) => pattern.replace_all(text, REPLACEMENT),
            None => Cow::Borrowed(text),
        }
    }
}

/// From now on this value is taken out of everything that is written. An empty one is no secret.
pub(crate) fn protect(value: &SecretString) {
    let mut protected = PROTECTED.write().unwrap_or_else(PoisonError::into_inner);
    let exposed = value.expose_secret();
    if exposed.is_empty() || protected.values.iter().any(|one| one.expose_secret() == exposed) {
        return;
    }
    let mut values = protected.values.clone();
    values.push(value.clone());
    *protected = Arc::new(Redactor::new(values));
}

/// From now on the password in an address is taken out of everything that is written.
pub(crate) fn protect_address(address: &str) {
    let Ok(url) = Url::parse(address) else { return };
    // In a form, these two would mean something else.
    let password = url
        .password()
        .unwrap_or_default()
        .replace('+', "%2B")
        .replace('&', "%26");
    for (plain, _) in form_urlencoded::parse(password.as_bytes()) {
        protect(&SecretString::from(plain.into_owned()));
    }
}

/// The text without any declared secret in it.
#[must_use]
pub fn text(text: &str) -> Cow<'_, str> {
    let protected = Arc::clone(&PROTECTED.read().unwrap_or_else(PoisonError::into_inner));
    protected.redact(text)
}

/// Whether a declared secret stands in these bytes as it is.
pub(crate) fn is_in(bytes: &[u8]) -> bool {
    let protected = PROTECTED.read().unwrap_or_else(PoisonError::into_inner);
    let values = protected.values.iter().map(|value| value.expose_secret().as_bytes());
    values
        .into_iter()
        .any(|value| bytes.windows(value.len()).any(|part| part == value))
}

/// A text that is shared, without any declared secret in it.
pub(crate) fn shared(shared: &Arc<str>) -> Arc<str> {
    match text(shared) {
        Cow::Borrowed(_) => Arc::clone(shared),
        Cow::Owned(redacted) => redacted.into(),
    }
}

/// Text without any secret in it that was declared when it was made.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String")]
pub struct Redacted(String);

impl From<String> for Redacted {
    fn from(unredacted: String) -> Self {
        match text(&unredacted) {
            Cow::Borrowed(_) => Self(unredacted),
            Cow::Owned(redacted) => Self(redacted),
        }
    }
}

impl From<&str> for Redacted {
    fn from(unredacted: &str) -> Self {
        Self(text(unredacted).into_owned())
    }
}

impl Deref for Redacted {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Redacted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

impl std::fmt::Debug for Redacted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&self.0, f)
    }
}

impl PartialEq<str> for Redacted {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Redacted {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redactor(values: &[&str]) -> Redactor {
        Redactor::new(values.iter().map(|value| SecretString::from(*value)).collect())
    }

    #[test]
    fn every_occurrence_goes_and_the_longer_secret_first() {
        let redactor = redactor(&["A7K2M9QX", "Training2024", "A7K2M9QX-and-more"]);
        let redacted = redactor.redact("x A7K2M9QX y Training2024 z A7K2M9QX-and-more");
        assert_eq!(redacted, "x [secret] y [secret] z [secret]");
    }

    #[test]
    fn the_password_of_an_address_goes_however_it_is_written() {
        for (address, password) in [
            ("https://me:address+Value&41@portal.example/a", "address+Value&41"),
            ("https://me:address%40Value-42@portal.example", "address@Value-42"),
        ] {
            protect_address(address);
            let shown = text(address);
            assert!(shown.contains("[secret]@portal.example"), "{shown}");
            assert_eq!(text(password), REPLACEMENT);
        }
        protect_address("https://portal.example");
        assert_eq!(text("https://portal.example"), "https://portal.example");
    }

    #[test]
    fn a_text_without_secrets_is_left_alone() {
        for values in [&[][..], &["Hunter2222"]] {
            assert!(matches!(
                redactor(values).redact("nothing here"),
                Cow::Borrowed("nothing here")
            ));
        }
    }

    #[test]
    fn what_is_declared_is_taken_out_of_every_redacted_text() {
        assert_eq!(Redacted::from("uncommon-Value-17"), "uncommon-Value-17");
        protect(&SecretString::from("uncommon-Value-17"));
        assert_eq!(Redacted::from("is uncommon-Value-17!"), "is [secret]!");
        assert_eq!(Redacted::from("is uncommon-Value-17!".to_owned()), "is [secret]!");
        let read: Redacted = serde_json::from_str("\"uncommon-Value-17\"").unwrap();
        assert_eq!(read, REPLACEMENT);
        let shared: Arc<str> = "uncommon-Value-17".into();
        assert_eq!(&*super::shared(&shared), REPLACEMENT);
    }
}
