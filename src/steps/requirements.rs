//! What a step's values must be, seen before anything is played: a heading can't be ticked, and there is no key called "Retrun".

use std::collections::HashMap;
use std::sync::LazyLock;

use super::keys::{self, KeyError};
use super::{Target, target, vocabulary};
use crate::browser::{Locator, LocatorError};

/// A step that can't mean what it says.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Unmeant {
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

/// Expressions by where they are written: a plan asks for one with each step that says something new.
static EXPRESSIONS: LazyLock<HashMap<String, String>> =
    LazyLock::new(|| vocabulary().map(|entry| (entry.code, entry.expression)).collect());

/// Whether what a step says can be meant. `code` is where the step is defined, as the vocabulary has it; `captured` is what its
/// expression captured.
///
/// # Errors
/// [`Unmeant`] of the first value that can't be.
pub fn check<'a>(code: &str, captured: impl Iterator<Item = &'a str>) -> Result<(), Unmeant> {
    let expression = EXPRESSIONS.get(code).map(String::as_str);
    let required = REQUIREMENTS.iter().find(|(known, _)| expression == Some(known));
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

fn check_kind(target: &Locator, kinds: &'static [&'static str], cannot: &'static str) -> Result<(), Unmeant> {
    if kinds.contains(&target.kind()) {
        return Ok(());
    }
    let target = target.to_string();
    Err(Unmeant::Kind { target, cannot, kinds })
}
