//! The vocabulary: what features can say. One file per subject.
//!
//! Steps speak of roles and visible names, as a person would, and work on any web page. As in Cucumber elsewhere, the
//! keyword (Given, When, Then) takes no part in matching, so each step stands here once, under the keyword it reads best with.

mod click;
mod go;
mod look;
mod target;
mod typing;
mod vocabulary;

pub use click::is_click;
pub use target::Target;
pub use vocabulary::{Entry, vocabulary};

use crate::browser::LocatorError;

/// Whether every thing that a step names is named in a way that can be looked for.
///
/// # Errors
/// [`LocatorError`] of the first that is not.
pub fn check_targets(text: &str) -> Result<(), LocatorError> {
    target::all_in(text).try_for_each(|target| target.map(drop))
}

/// An example of every step, without its keyword.
pub fn examples() -> impl Iterator<Item = String> {
    vocabulary().filter_map(|entry| entry.example.split_once(' ').map(|(_, text)| text.to_owned()))
}
