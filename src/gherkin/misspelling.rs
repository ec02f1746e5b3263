//! What a misspelt word was likely meant to be.

use super::dialect::{Dialect, Section};
use super::line::Line;

/// How much alike, of 1, two words are where nothing but a keyword could stand.
const ALIKE: f64 = 0.6;
/// A shorter keyword is easily found in an ordinary word.
const LONG: usize = 6;
/// Still shorter ones have no likely misspelling.
const SHORTEST: usize = 4;

/// The most similar of several, if at least six of ten letters agree.
pub fn nearest<'a>(all: impl Iterator<Item = &'a str>, word: &str) -> Option<&'a str> {
    all.map(|one| (strsim::normalized_damerau_levenshtein(one, word), one))
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .filter(|(alike, _)| *alike >= ALIKE)
        .map(|(_, one)| one)
}

/// The keyword that a line was meant to begin with, where no free text may stand.
pub fn instead_of(line: &Line, dialect: &Dialect, sections: &[Section]) -> Option<Misspelt> {
    let text = line.trimmed();
    if let Some((word, _)) = text.split_once(':') {
        let section = |section: &Section| {
            let keyword = nearest(dialect.sections(*section).iter().copied(), word)?;
            Some((strsim::normalized_damerau_levenshtein(keyword, word), *section, keyword))
        };
        let all = sections.iter().filter_map(section);
        let best = all.max_by(|(a, ..), (b, ..)| a.total_cmp(b));
        if let Some((_, section, keyword)) = best {
            return Some(Misspelt::new(word, keyword, Some(section)));
        }
    }
    let word = text.split_whitespace().next()?;
    let steps = dialect.steps().iter().map(|(keyword, _)| keyword.trim_end());
    let keyword = nearest(steps.filter(|keyword| *keyword != "*"), word)?;
    Some(Misspelt::new(word, keyword, None))
}

/// The keyword that a line of a description was likely meant to begin with. Free text may say anything: only what is
/// hardly a word, and a keyword but for a slip, counts. `Role: newcomer` and `Features: none` do not.
pub fn in_description(text: &str, is_followed_by_step: bool, dialect: &Dialect) -> Option<Misspelt> {
    let (word, _) = text.trim().split_once(':')?;
    let sections = [
        Section::Background,
        Section::Scenario,
        Section::Outline,
        Section::Examples,
        Section::Rule,
    ];
    let keywords = sections.into_iter().flat_map(|section| {
        let keywords = dialect.sections(section).iter();
        keywords.map(move |keyword| (section, *keyword))
    });
    if keywords.clone().any(|(_, keyword)| keyword == word) {
        return None;
    }
    let meant =
        keywords.filter(|(_, keyword)| is_slip(word, keyword) || (is_followed_by_step && is_other_form(word, keyword)));
    let (section, keyword) = meant.min_by_key(|(_, keyword)| distance(word, keyword))?;
    Some(Misspelt::new(word, keyword, Some(section)))
}

/// The column that a placeholder was likely meant to name.
pub fn of_column<'a>(name: &str, columns: &[&'a str]) -> Option<&'a str> {
    if columns.contains(&name) {
        return None;
    }
    let folded = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
    let alike = |column: &&&str| {
        folded(column) == folded(name) || (length(column) >= SHORTEST && distance(name, column) <= allowed(column))
    };
    columns.iter().find(alike).copied()
}

/// A word that stands where a keyword was meant.
pub struct Misspelt {
    pub word: String,
    pub keyword: &'static str,
    /// None for a step's.
    pub section: Option<Section>,
}

impl Misspelt {
    fn new(word: &str, keyword: &'static str, section: Option<Section>) -> Self {
        let word = word.to_owned();
        Self { word, keyword, section }
    }
}

/// Whether a word is a keyword with a letter or two wrong, and no other form of it.
fn is_slip(word: &str, keyword: &str) -> bool {
    let (word, keyword) = (&word.to_lowercase(), &keyword.to_lowercase());
    let off = distance(word, keyword);
    if off == 0 || is_other_form(word, keyword) || length(keyword) < SHORTEST {
        return false;
    }
    if length(keyword) < LONG {
        return off == 1
            && (length(word) < length(keyword) || is_doubled(word, keyword) || sorted(word) == sorted(keyword));
    }
    let begins_alike = word.chars().next() == keyword.chars().next() || sorted(word) == sorted(keyword);
    begins_alike && off <= allowed(keyword)
}

/// Whether a word is the keyword in small letters, or its plural.
fn is_other_form(word: &str, keyword: &str) -> bool {
    let (word, keyword) = (word.to_lowercase(), keyword.to_lowercase());
    word == keyword || word.strip_suffix('s') == Some(&keyword) || keyword.strip_suffix('s') == Some(&word)
}

fn is_doubled(word: &str, keyword: &str) -> bool {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    letters.into_iter().eq(keyword.chars())
}

fn sorted(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

fn length(word: &str) -> usize {
    word.chars().count()
}

fn distance(one: &str, other: &str) -> usize {
    strsim::damerau_levenshtein(one, other)
}

/// How many letters of a word may be wrong.
fn allowed(word: &str) -> usize {
    if length(word) < LONG { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gherkin::dialect::ENGLISH;

    fn keyword(text: &str, is_followed_by_step: bool) -> Option<&'static str> {
        in_description(text, is_followed_by_step, &ENGLISH).map(|misspelt| misspelt.keyword)
    }

    #[test]
    fn a_slip_in_a_description_is_found() {
        for (text, meant) in [
            ("Scenaro: x", "Scenario"),
            ("Scenari: x", "Scenario"),
            ("Secnario: x", "Scenario"),
            ("Csenario: x", "Scenario"),
            ("scenaro: x", "Scenario"),
            ("Scenari Outline: x", "Scenario Outline"),
            ("Scenario Outlin: x", "Scenario Outline"),
            ("ScenarioOutline: x", "Scenario Outline"),
            ("Backgroud:", "Background"),
            ("Exampels:", "Examples"),
            ("Ruel: x", "Rule"),
            ("Rulle: x", "Rule"),
        ] {
            assert_eq!(keyword(text, false), Some(meant), "{text}");
        }
    }

    #[test]
    fn free_text_is_left_alone() {
        for text in [
            "Role: newcomer",
            "Roles: two",
            "Rules: none",
            "Ruler: 30 cm",
            "Sample: 3",
            "Features: none",
            "Scenarios: three",
            "Backgrounds: grey",
            "Scenery: mountains",
            "Scenario planning took place in March.",
            "Note: x",
            "In order to pay: look",
            "background: grey",
        ] {
            assert_eq!(keyword(text, false), None, "{text}");
        }
    }

    #[test]
    fn another_form_counts_where_a_step_follows() {
        assert_eq!(keyword("scenario: x", true), Some("Scenario"));
        assert_eq!(keyword("Backgrounds: x", true), Some("Background"));
        assert_eq!(keyword("Scenarios: x", true), None, "a keyword, and no slip");
        assert_eq!(keyword("Role: newcomer", true), None);
    }

    #[test]
    fn a_placeholder_may_miss_its_column() {
        let columns = ["name", "Office ID", "x"];
        assert_eq!(of_column("nmae", &columns), Some("name"));
        assert_eq!(of_column("Name", &columns), Some("name"));
        assert_eq!(of_column("office id", &columns), Some("Office ID"));
        for text in ["name", "b", "br", "strong", "y"] {
            assert_eq!(of_column(text, &columns), None, "{text}");
        }
    }
}
