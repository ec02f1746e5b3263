//! The parameter `{corner}`: a part of the window, as steps name it.

use std::convert::Infallible;
use std::str::FromStr;

use cucumber::Parameter;

/// `in the upper right corner`, `at the lower centre of the window`: one of nine parts.
#[derive(Debug, Clone, Parameter)]
#[param(
    name = "corner",
    regex = "(?:in|at) the (?:upper|middle|lower) (?:left|centre|right)(?: corner| of the window)?"
)]
pub(super) struct Corner(String);

impl Corner {
    /// `upper right`.
    pub(crate) fn words(&self) -> &str {
        &self.0
    }
}

impl FromStr for Corner {
    type Err = Infallible;

    fn from_str(phrase: &str) -> Result<Self, Infallible> {
        let words = phrase.split(' ').skip(2).take(2);
        Ok(Self(words.collect::<Vec<_>>().join(" ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corner_is_two_words_however_it_is_said() {
        for (phrase, words) in [
            ("in the upper right corner", "upper right"),
            ("at the middle left", "middle left"),
            ("at the lower centre of the window", "lower centre"),
        ] {
            assert_eq!(phrase.parse::<Corner>().unwrap().words(), words);
        }
    }
}
