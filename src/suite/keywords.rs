//! Gherkin's English keywords, for telling what a misspelt one was meant to be.

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

/// The keyword that a word is likely to stand for: at least six of ten letters agree.
pub fn nearest(keywords: &[&'static str], word: &str) -> Option<&'static str> {
    let alike = |keyword: &&'static str| strsim::normalized_damerau_levenshtein(keyword, word);
    let nearest = keywords.iter().max_by(|a, b| alike(a).total_cmp(&alike(b)))?;
    (alike(nearest) >= 0.6).then_some(*nearest)
}
