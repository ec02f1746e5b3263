//! What the locating script answers, and what a mismatch in it means to a person.

use serde::Deserialize;
use serde_json::Value;

use super::error::Trouble;
use super::locator::Locator;
use crate::area::Area;

/// How many similar things an error names.
const NEAREST: usize = 5;

#[derive(Deserialize)]
pub(super) struct Outcome {
    pub element: Option<Value>,
    #[serde(default)]
    pub role: String,
    #[serde(default)]
    pub name: String,
    #[serde(rename = "box")]
    pub area: Option<Area>,
    #[serde(default)]
    pub filled: bool,
    #[serde(default)]
    pub address: String,
    pub failure: Option<Failure>,
    pub page: Option<PageNow>,
}

#[derive(Deserialize, Default)]
pub(super) struct PageNow {
    pub address: String,
    pub title: String,
    pub heading: String,
    pub alerts: Vec<String>,
    pub status: u16,
    /// Whether the browser shows a page of its own instead of the one it was to get.
    #[serde(rename = "isBrowsersOwn")]
    pub is_browsers_own: bool,
}

impl PageNow {
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
pub(super) struct Thing {
    pub role: String,
    pub name: String,
    #[serde(default)]
    pub within: Vec<Thing>,
}

impl Thing {
    pub fn phrase(&self) -> String {
        let own = format!("the {} {:?}", self.role, self.name);
        match self.within.iter().find(|outer| !outer.name.is_empty()) {
            Some(outer) => format!("{own} in the {} {:?}", outer.role, outer.name),
            None => own,
        }
    }
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Reason {
    Missing {
        candidates: Vec<Thing>,
    },
    Several {
        matches: Vec<Thing>,
    },
    Hidden,
    Present,
    Covered {
        by: Thing,
    },
    Disabled,
    ReadOnly,
    Moving,
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
pub(super) struct Failure {
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
        Reason::Missing { candidates } => Trouble::Missing {
            nearest: nearest(target, candidates),
        },
        Reason::Several { matches } => Trouble::Several(matches.iter().map(Thing::phrase).collect()),
        Reason::Hidden => Trouble::Hidden,
        Reason::Present => Trouble::Present,
        Reason::Covered { by } => Trouble::Covered(by.phrase()),
        Reason::Disabled => Trouble::Disabled,
        Reason::ReadOnly => Trouble::ReadOnly,
        Reason::Moving => Trouble::Moving,
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
            let expected = if masked {
                "•".repeat(expected.chars().count())
            } else {
                expected.to_owned()
            };
            Trouble::Unexpected {
                property,
                expected,
                actual,
            }
        }
    }
}

/// The things most like the one looked for: the same kind counts as much as a similar name.
fn nearest(target: &Locator, candidates: Vec<Thing>) -> Vec<String> {
    let mut scored: Vec<(f64, String)> = candidates
        .into_iter()
        .map(|thing| {
            let alike = strsim::jaro_winkler(&thing.name.to_lowercase(), &target.name().to_lowercase());
            let same_kind = if target.is_kind(&thing.role) { 0.5 } else { 0. };
            (alike + same_kind, thing.phrase())
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored.into_iter().take(NEAREST).map(|(_, phrase)| phrase).collect()
}
