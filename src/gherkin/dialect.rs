//! The keywords of Gherkin's languages (`languages/README.md` says where they come from).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::ast::StepKind;

/// What begins with a keyword and a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Feature,
    Rule,
    Background,
    Scenario,
    Outline,
    Examples,
}

/// The keywords of a language.
#[derive(Debug)]
pub struct Dialect {
    pub code: &'static str,
    keywords: Keywords,
    /// The longest first, for one may begin with another.
    steps: Vec<(&'static str, StepKind)>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Keywords {
    name: &'static str,
    feature: Vec<&'static str>,
    rule: Vec<&'static str>,
    background: Vec<&'static str>,
    scenario: Vec<&'static str>,
    scenario_outline: Vec<&'static str>,
    examples: Vec<&'static str>,
    given: Vec<&'static str>,
    when: Vec<&'static str>,
    then: Vec<&'static str>,
    and: Vec<&'static str>,
    but: Vec<&'static str>,
}

#[allow(clippy::unwrap_used, reason = "a constant, and tested")]
static ALL: LazyLock<BTreeMap<&'static str, Dialect>> = LazyLock::new(|| {
    let all: BTreeMap<&str, Keywords> = serde_json::from_str(include_str!("languages/keywords.json")).unwrap();
    let dialect = |(code, keywords): (&'static str, Keywords)| {
        let steps = keywords.steps();
        let dialect = Dialect { code, keywords, steps };
        (code, dialect)
    };
    all.into_iter().map(dialect).collect()
});

/// The language that a file without a header is in.
pub static ENGLISH: LazyLock<&'static Dialect> = LazyLock::new(|| &ALL["en"]);

impl Dialect {
    pub fn of(code: &str) -> Option<&'static Self> {
        ALL.get(code)
    }

    pub fn all() -> impl Iterator<Item = &'static Self> {
        ALL.values()
    }

    /// Its name in English.
    pub fn name(&self) -> &'static str {
        self.keywords.name
    }

    pub fn sections(&self, section: Section) -> &[&'static str] {
        match section {
            Section::Feature => &self.keywords.feature,
            Section::Rule => &self.keywords.rule,
            Section::Background => &self.keywords.background,
            Section::Scenario => &self.keywords.scenario,
            Section::Outline => &self.keywords.scenario_outline,
            Section::Examples => &self.keywords.examples,
        }
    }

    pub fn steps(&self) -> &[(&'static str, StepKind)] {
        &self.steps
    }
}

/// The keywords of steps in a language, without `*`; none if there is no such language.
pub fn step_keywords(language: &str) -> impl Iterator<Item = &'static str> {
    let steps = Dialect::of(language).into_iter().flat_map(Dialect::steps);
    steps
        .map(|(keyword, _)| keyword.trim_end())
        .filter(|keyword| *keyword != "*")
}

impl Keywords {
    fn steps(&self) -> Vec<(&'static str, StepKind)> {
        let kinds = [
            (StepKind::Context, &self.given),
            (StepKind::Action, &self.when),
            (StepKind::Outcome, &self.then),
            (StepKind::Conjunction, &self.and),
            (StepKind::Conjunction, &self.but),
        ];
        let mut steps: Vec<(&str, StepKind)> = Vec::new();
        for (kind, keywords) in kinds {
            for keyword in keywords {
                match steps.iter_mut().find(|(known, _)| known == keyword) {
                    Some((_, known)) => *known = StepKind::Unknown,
                    None => steps.push((keyword, kind)),
                }
            }
        }
        steps.sort_by_key(|(keyword, _)| std::cmp::Reverse(keyword.encode_utf16().count()));
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_there() {
        assert!(ALL.len() >= 80, "{}", ALL.len());
        assert_eq!(
            Dialect::of("fr").unwrap().sections(Section::Feature),
            ["Fonctionnalité"]
        );
    }

    #[test]
    fn a_word_that_stands_for_several_kinds_says_nothing() {
        let kind = |code, word| {
            let steps = Dialect::of(code).unwrap().steps();
            steps.iter().find(|(keyword, _)| *keyword == word).unwrap().1
        };
        assert_eq!(kind("en", "* "), StepKind::Unknown);
        assert_eq!(kind("en", "Then "), StepKind::Outcome);
        assert_eq!(kind("en", "But "), StepKind::Conjunction);
    }
}
