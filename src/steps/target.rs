//! The parameter `{target}`: a thing on a page, as steps name it.

use std::ops::Deref;
use std::str::FromStr;
use std::sync::LazyLock;

use cucumber::Parameter;
use regex::Regex;

use crate::browser::{Locator, LocatorError};

/// `the button "Pair" in the widget "Annual Contributions"`.
#[derive(Debug, Clone, Parameter)]
#[param(
    name = "target",
    regex = r#"the [a-z][a-z -]*? "(?:[^"\\]|\\.)*"(?: in (?:the [a-z][a-z -]*? )?"(?:[^"\\]|\\.)*")*"#
)]
pub(crate) struct Target(Locator);

impl FromStr for Target {
    type Err = LocatorError;

    fn from_str(phrase: &str) -> Result<Self, LocatorError> {
        phrase.parse().map(Self)
    }
}

impl Deref for Target {
    type Target = Locator;

    fn deref(&self) -> &Locator {
        &self.0
    }
}

/// Whether a text has the form of a target.
pub(super) fn is_phrase(text: &str) -> bool {
    static PHRASE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(&format!("^(?:{})$", <Target as Parameter>::REGEX)).ok());
    PHRASE.as_ref().is_some_and(|phrase| phrase.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_told_from_other_text() {
        assert!(is_phrase(r#"the butten "A" in "C""#));
        assert!(!is_phrase("Enter") && !is_phrase(r#"I press the key "Enter""#));
    }
}
