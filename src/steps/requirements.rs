//! What a step's values must be, seen before anything is played: a heading can't be ticked, and there is no key called "Retrun".

use super::keys::{self, KeyError};
use super::{Target, target};
use crate::browser::{Locator, LocatorError};

/// A step that can't mean what it says.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum InvalidStepError {
    /// It names a thing in a way that can't be looked for.
    #[error(transparent)]
    Locator(#[from] LocatorError),
    /// It names no key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// It asks of a thing what things of its kind can't be.
    #[error("{target} {cannot}\n  things that can: {}", kinds.join(", "))]
    Kind {
        /// What the step names.
        target: String,
        /// What it can't be.
        cannot: &'static str,
        /// Words for things that can.
        kinds: &'static [&'static str],
    },
}

/// What is asked of a step's first target or text.
#[derive(Clone, Copy)]
enum Requirement {
    /// One of these kinds; else what it can't be.
    Kind(&'static [&'static str], &'static str),
    Key,
}

const TICKABLE: Requirement = Requirement::Kind(
    &[
        "check box",
        "radio button",
        "switch",
        "menu item",
        "option",
        "element with the test id",
    ],
    "can't be ticked or not ticked",
);

const VALUED: Requirement = Requirement::Kind(
    &[
        "text field",
        "field",
        "password field",
        "search field",
        "number field",
        "date field",
        "time field",
        "file field",
        "selection list",
        "list",
        "slider",
        "progress bar",
        "meter",
        "button",
        "field with the placeholder",
        "element with the test id",
    ],
    "can't hold a value or be empty",
);

/// By the expressions of steps.
const REQUIREMENTS: [(&str, Requirement); 7] = [
    ("I tick {target}", TICKABLE),
    ("I untick {target}", TICKABLE),
    ("{target} is ticked", TICKABLE),
    ("{target} is not ticked", TICKABLE),
    ("{target} holds {string}", VALUED),
    ("{target} is empty", VALUED),
    ("I press the key {string}", Requirement::Key),
];

/// Whether what a step says can be meant. `expression` is its definition's, `captured` is what that captured.
///
/// # Errors
/// [`Unmeant`] of the first value that can't be.
pub(crate) fn validate<'a>(expression: &str, captured: impl Iterator<Item = &'a str>) -> Result<(), InvalidStepError> {
    let required = REQUIREMENTS.iter().find(|(known, _)| *known == expression);
    // Of a text's two ways to be quoted one has captured nothing.
    for text in captured.filter(|text| !text.is_empty()) {
        let target = target::is_phrase(text).then(|| text.parse::<Target>()).transpose()?;
        match (required, target) {
            (Some((_, Requirement::Kind(kinds, cannot))), Some(target)) => check_kind(&target, kinds, cannot)?,
            (Some((_, Requirement::Key)), None) => keys::codes(text).map(drop)?,
            _ => {}
        }
    }
    Ok(())
}

fn check_kind(target: &Locator, kinds: &'static [&'static str], cannot: &'static str) -> Result<(), InvalidStepError> {
    if kinds.contains(&target.kind()) {
        return Ok(());
    }
    let target = target.to_string();
    Err(InvalidStepError::Kind { target, cannot, kinds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_requirement_is_that_of_a_step_and_names_kinds_that_there_are() {
        for (expression, requirement) in REQUIREMENTS {
            let mut known = crate::steps::vocabulary().map(|entry| entry.expression.as_str());
            assert!(known.any(|known| known == expression), "{expression}");
            if let Requirement::Kind(kinds, _) = requirement {
                for kind in kinds {
                    Locator::new(kind, "", None).unwrap_or_else(|error| panic!("{error}"));
                }
            }
        }
    }
}
