//! What a misspelt word was likely meant to be: Gherkin's English keywords, tags, and whatever else people write by hand.

/// Keywords of sections, each followed by a colon.
pub const SECTIONS: [&str; 6] = [
    "Feature",
    "Rule",
    "Background",
    "Scenario",
    "Scenario Outline",
    "Examples",
];
/// Keywords of steps.
pub const STEPS: [&str; 5] = ["Given", "When", "Then", "And", "But"];

/// The keyword that a word is likely to stand for.
pub fn nearest(keywords: &[&'static str], word: &str) -> Option<&'static str> {
    nearest_of(keywords.iter().copied(), word)
}

/// The one of several that a word is likely to stand for: at least six of ten letters agree.
pub fn nearest_of<'a>(all: impl Iterator<Item = &'a str>, word: &str) -> Option<&'a str> {
    all.map(|one| (strsim::normalized_damerau_levenshtein(one, word), one))
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .filter(|(alike, _)| *alike >= 0.6)
        .map(|(_, one)| one)
}

/// The end of a sentence about something unknown.
pub fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |nearest| format!("; did you mean {nearest}?"))
}
