//! What the locating script answers, and what a mismatch in it means to a person.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use super::error::Trouble;
use super::locator::{self, Locator, TEXT, quoted, word_for_role};
use crate::area::Area;

/// How many similar things an error names.
const NEAREST: usize = 5;

#[derive(Deserialize)]
pub(super) struct LocateResponse {
    /// As WebDriver hands elements over; none for elements in frames.
    pub element: Option<Value>,
    #[serde(default)]
    pub role: String,
    #[serde(default)]
    pub name: String,
    #[serde(rename = "box")]
    pub area: Option<Area>,
    /// Where to press the mouse's button, in the viewport.
    pub point: Option<(f64, f64)>,
    /// What is still to be done.
    pub way: Option<Way>,
    /// Frames that are shown and that the page's scripts can't look into, as WebDriver hands elements over.
    #[serde(default)]
    pub frames: Vec<Value>,
    /// Whether a field holds something, all of which is selected.
    #[serde(default, rename = "isFilled")]
    pub is_filled: bool,
    /// What a field holds, in several readings.
    pub values: Option<Vec<String>>,
    /// Whether the page has taken away what something was done to, or is another one.
    #[serde(default, rename = "isGone")]
    pub is_gone: bool,
    /// Where a slider stands.
    pub now: Option<f64>,
    #[serde(default)]
    pub address: String,
    pub failure: Option<LocateFailure>,
    pub page: Option<PageState>,
}

/// What is still to be done with an element that is ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Way {
    /// Nothing: the page's script has set the value.
    Set,
    /// Type with keys, over what is selected.
    Keys,
    /// Give it the path of a file.
    File,
    /// Move it with the arrow keys.
    Slider,
    /// Click it to open its list, and ask again.
    Open,
    /// Click this option.
    Option,
}

#[derive(Deserialize, Default)]
pub(super) struct PageState {
    pub address: String,
    pub title: String,
    pub heading: String,
    pub alerts: Vec<String>,
    pub status: u16,
    /// Whether the browser shows a page of its own instead of the one it was to get.
    #[serde(rename = "isBrowsersOwn")]
    pub is_browsers_own: bool,
}

impl PageState {
    pub fn shown(&self) -> String {
        let heading = if self.heading.is_empty() || self.heading == self.title {
            String::new()
        } else {
            format!(" – {}", self.heading)
        };
        let status = if self.status >= 400 {
            format!(", answered with the error status {}", self.status)
        } else {
            String::new()
        };
        format!("{:?}{heading} ({}{status})", self.title, self.address)
    }
}

#[derive(Deserialize, Clone)]
pub(super) struct NamedElement {
    pub role: String,
    pub name: String,
    #[serde(default)]
    pub within: Vec<NamedElement>,
    /// How its HTML begins, for what may have no name.
    #[serde(default)]
    pub html: String,
}

impl NamedElement {
    /// As a step would name it, so that what is printed can be written: what has no word is called by its text.
    pub fn phrase(&self) -> String {
        self.phrase_as(word_of(&self.role))
    }

    /// As [`NamedElement::phrase`], with the word that a step uses for it.
    fn phrase_as(&self, word: &str) -> String {
        if self.name.is_empty() && !self.html.is_empty() {
            return self.html.clone();
        }
        if self.name.is_empty() {
            return format!("{word} without a name");
        }
        let own = locator::phrase(word, &self.name);
        match self.within.iter().find(|outer| !outer.name.is_empty()) {
            Some(outer) => format!("{own} in {}", outer.phrase()),
            None => own,
        }
    }
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Reason {
    Missing {
        candidates: Vec<NamedElement>,
        /// Names of frames that no script of ours can look into.
        frames: Vec<String>,
    },
    Several {
        matches: Vec<NamedElement>,
    },
    Hidden,
    Concealed,
    Present,
    Covered {
        by: NamedElement,
    },
    Disabled,
    ReadOnly,
    Unclickable,
    Distorted,
    Moving,
    NotAField {
        role: String,
    },
    NoFileField,
    NotAValue {
        r#type: String,
        example: String,
    },
    NotAccepted {
        file: String,
        accept: String,
    },
    Inapplicable {
        property: String,
        role: String,
    },
    NoOption {
        options: Vec<String>,
    },
    Unexpected {
        property: String,
        actual: String,
        masked: bool,
    },
}

#[derive(Deserialize)]
pub(super) struct LocateFailure {
    /// How many surroundings outwards the trouble is.
    #[serde(default)]
    pub depth: usize,
    #[serde(flatten)]
    pub reason: Reason,
}

/// The element that is so many surroundings outwards.
pub(super) fn surroundings(target: &Locator, depth: usize) -> &Locator {
    match target.within() {
        Some(within) if depth > 0 => surroundings(within, depth - 1),
        _ => target,
    }
}

pub(super) fn trouble(reason: Reason, target: &Locator, request: &Value) -> Trouble {
    match reason {
        Reason::Missing { candidates, frames } => Trouble::Missing {
            nearest: nearest(target, candidates),
            elsewhere: frames.iter().map(|frame| closed_frame(frame)).collect(),
        },
        Reason::Several { matches } => {
            let phrase = |thing: &NamedElement| {
                thing.phrase_as(if target.is_kind(&thing.role) {
                    target.kind()
                } else {
                    TEXT
                })
            };
            Trouble::Several(matches.iter().map(phrase).collect())
        }
        Reason::Hidden => Trouble::Hidden,
        Reason::Concealed => Trouble::Concealed,
        Reason::Present => Trouble::Present,
        Reason::Covered { by } => Trouble::Covered(by.phrase()),
        Reason::Disabled => Trouble::Disabled,
        Reason::ReadOnly => Trouble::ReadOnly,
        Reason::Unclickable => Trouble::Unclickable,
        Reason::Distorted => Trouble::Distorted,
        Reason::Moving => Trouble::Moving,
        Reason::NotAField { role } => Trouble::NotAField(word_of(&role).to_owned()),
        Reason::NoFileField => Trouble::NoFileField,
        Reason::NotAValue { r#type, example } => Trouble::NotAValue {
            text: request["text"].as_str().unwrap_or_default().into(),
            field: r#type,
            example,
        },
        Reason::NotAccepted { file, accept } => Trouble::NotAccepted { file, accept },
        Reason::Inapplicable { property, role } => Trouble::Inapplicable {
            property,
            role: word_of(&role).to_owned(),
        },
        Reason::NoOption { options } => Trouble::NoOption {
            wanted: request["choose"].as_str().unwrap_or_default().to_owned(),
            options,
        },
        Reason::Unexpected {
            property,
            actual,
            masked,
        } => {
            let expected = request["expect"]["value"].as_str().unwrap_or_default();
            Trouble::Unexpected {
                property,
                expected: if masked {
                    "•".repeat(expected.chars().count()).into()
                } else {
                    expected.into()
                },
                actual: actual.into(),
            }
        }
    }
}

fn word_of(role: &str) -> &'static str {
    word_for_role(role).unwrap_or(TEXT)
}

fn closed_frame(name: &str) -> String {
    format!(
        "the frame {} is of another origin: no step can look into it",
        quoted(name)
    )
}

/// The things most like the one looked for: of the same kind first, then those with a similar name.
fn nearest(target: &Locator, candidates: Vec<NamedElement>) -> Vec<String> {
    let mut scored: Vec<(f64, NamedElement)> = candidates
        .into_iter()
        .map(|thing| {
            let alike = strsim::jaro_winkler(&thing.name.to_lowercase(), &target.name().to_lowercase());
            let same_kind = if target.is_kind(&thing.role) { 1. } else { 0. };
            // What has just these words is meant, whatever it is.
            let exact = if thing.name == target.name() { 2. } else { 0. };
            (alike + same_kind + exact, thing)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.name.cmp(&b.1.name)));
    // A thing and the text on it are one to a reader.
    let mut names = BTreeSet::new();
    let each_once = scored.into_iter().filter(|(_, thing)| names.insert(thing.name.clone()));
    each_once.take(NEAREST).map(|(_, thing)| thing.phrase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_of_a_page_can_be_written_with_what_it_is_in() {
        for role in ["button", "textbox", "region", "main", "math", "generic", ""] {
            let things = serde_json::json!({
                "role": role,
                "name": "Say \"yes\"",
                "within": [{ "role": "generic", "name": "" }, { "role": "main", "name": "C:\\" }],
            });
            let thing: NamedElement = serde_json::from_value(things).unwrap();
            let written: Locator = thing.phrase().parse().unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(written.name(), "Say \"yes\"");
            assert_eq!(written.within().map(Locator::name), Some("C:\\"));
            let several = format!("{} in \"…\"", thing.phrase());
            assert!(several.parse::<Locator>().is_ok(), "{several}");
        }
    }
}
