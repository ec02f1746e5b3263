//! The vocabulary: what features can say. One file per subject.
//!
//! Steps speak of roles and visible names, as a person would, and work on any web page. As in Cucumber elsewhere, the
//! keyword (Given, When, Then) takes no part in matching, so each step stands here once, under the keyword it reads best with.

mod click;
mod go;
mod look;
mod portal;
mod steering;
mod target;
mod typing;
mod vocabulary;

pub use click::is_click;
pub use target::Target;
pub use vocabulary::{Entry, vocabulary};

use crate::browser::LocatorError;

/// Whether every thing that a step names, among what its expression captured, is named in a way that can be looked for.
///
/// # Errors
/// [`LocatorError`] of the first that is not.
pub fn check_targets<'a>(captured: impl Iterator<Item = &'a str>) -> Result<(), LocatorError> {
    captured
        .filter(|text| target::is_phrase(text))
        .try_for_each(|phrase| phrase.parse::<Target>().map(drop))
}

/// An example of every step, without its keyword.
pub fn examples() -> impl Iterator<Item = String> {
    vocabulary().filter_map(|entry| entry.example.split_once(' ').map(|(_, text)| text.to_owned()))
}
