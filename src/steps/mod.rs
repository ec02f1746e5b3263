//! The vocabulary: what features can say. One file per subject.
//!
//! Steps speak of roles and visible names, as a person would, and work on any web page. As in Cucumber elsewhere, the
//! keyword (Given, When, Then) takes no part in matching, so each step stands here once, under the keyword it reads best with.

mod below;
mod click;
mod dialog;
mod effect;
mod go;
mod keys;
mod look;
mod portal;
mod requirements;
mod steering;
mod target;
mod typing;
mod vocabulary;

pub(crate) use below::{Below, below_of};
pub use effect::Effect;
pub(crate) use effect::effect_of;
pub use target::Target;
pub use vocabulary::{Entry, vocabulary};

use cucumber::Parameter;

use steering::{Length, Mood};

pub use requirements::{Unmeant, check};

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
