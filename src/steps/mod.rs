//! The vocabulary: what features can say. One file per subject.
//!
//! Steps speak of roles and visible names, as a person would, and work on any web page. As in Cucumber elsewhere, the
//! keyword (Given, When, Then) takes no part in matching, so each step stands here once, under the keyword it reads best with.

mod click;
mod effect;
mod go;
mod look;
mod portal;
mod steering;
mod target;
mod typing;
mod vocabulary;

pub use effect::Effect;
pub(crate) use effect::effect_of;
pub use target::Target;
pub use vocabulary::{Entry, vocabulary};

use cucumber::Parameter;

use crate::browser::LocatorError;
use steering::{Length, Mood};

/// Whether every thing that a step names, among what its expression captured, is named in a way that can be looked for.
///
/// # Errors
/// [`LocatorError`] of the first that is not.
pub fn check_targets<'a>(captured: impl Iterator<Item = &'a str>) -> Result<(), LocatorError> {
    captured
        .filter(|text| target::is_phrase(text))
        .try_for_each(|phrase| phrase.parse::<Target>().map(drop))
}

/// The custom parameter types of the vocabulary: the name in braces, and the regular expression of what may stand there.
pub const PARAMETER_TYPES: [(&str, &str); 3] = [
    (<Target as Parameter>::NAME, <Target as Parameter>::REGEX),
    (<Mood as Parameter>::NAME, <Mood as Parameter>::REGEX),
    (<Length as Parameter>::NAME, <Length as Parameter>::REGEX),
];

/// An example of every step, without its keyword.
pub fn examples() -> impl Iterator<Item = String> {
    vocabulary().filter_map(|entry| entry.example.split_once(' ').map(|(_, text)| text.to_owned()))
}
