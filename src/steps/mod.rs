//! The vocabulary: what features can say. One file per subject.
//!
//! Steps speak of roles and visible names, as a person would, and work on any web page. As in Cucumber elsewhere, the
//! keyword (Given, When, Then) takes no part in matching, so each step stands here once, under the keyword it reads best with.

mod below;
mod click;
mod corner;
mod definitions;
mod description;
mod dialog;
mod effect;
mod go;
mod keys;
mod look;
#[cfg(feature = "mock-portal")]
mod portal;
mod requirements;
mod state;
#[cfg(feature = "mock-portal")]
mod steering;
mod target;
mod typing;
mod vocabulary;
mod vocabulary_entry;

pub use below::Below;
pub(crate) use definitions::{Definition, Definitions};
#[doc(hidden)]
pub use description::StepDescription;
pub use effect::Effect;
pub(crate) use target::Target;
pub(crate) use vocabulary::recorded;
pub use vocabulary::{entries, vocabulary};
pub(crate) use vocabulary_entry::{ExpressionKind, StepDefinition, VocabularyEntry};

use cucumber::Parameter;

use corner::Corner;
#[cfg(feature = "mock-portal")]
use steering::{FinanceFault, TimeSpan};

pub(crate) use requirements::{InvalidStepError, validate};

/// The custom parameter types of the vocabulary: the name in braces, and the regular expression of what may stand there.
pub(crate) const PARAMETER_TYPES: &[(&str, &str)] = &[
    (<Target as Parameter>::NAME, <Target as Parameter>::REGEX),
    (<Corner as Parameter>::NAME, <Corner as Parameter>::REGEX),
    #[cfg(feature = "mock-portal")]
    (<FinanceFault as Parameter>::NAME, <FinanceFault as Parameter>::REGEX),
    #[cfg(feature = "mock-portal")]
    (<TimeSpan as Parameter>::NAME, <TimeSpan as Parameter>::REGEX),
];
