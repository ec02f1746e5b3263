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
pub struct Target(Locator);

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

/// Every target that a step's text names.
pub(super) fn all_in(text: &str) -> impl Iterator<Item = Result<Locator, LocatorError>> {
    static PHRASE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(<Target as Parameter>::REGEX).ok());
    PHRASE
        .iter()
        .flat_map(|phrase| phrase.find_iter(text))
        .map(|found| found.as_str().parse())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_target_of_a_step() {
        let found: Vec<_> = all_in(r#"I drag the widget "A" to the widget "B" in "C""#)
            .map(|target| target.unwrap().to_string())
            .collect();
        assert_eq!(found, [r#"the widget "A""#, r#"the widget "B" in the area "C""#]);
    }

    #[test]
    fn a_kind_that_does_not_exist_is_found_out() {
        assert!(all_in(r#"I click the butten "A""#).any(|target| target.is_err()));
    }
}
