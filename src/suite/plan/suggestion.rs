//! Suggestions for misspelled words.

pub(crate) use crate::gherkin::nearest;

/// The end of a sentence about something unknown.
pub(crate) fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |nearest| format!("\n  did you mean {nearest}?"))
}
