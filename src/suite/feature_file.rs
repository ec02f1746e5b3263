//! Reads a feature file: its Gherkin with outlines expanded, and where each scenario stands in it.

use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cucumber::feature::Ext;
use cucumber::gherkin::{Examples, Feature, GherkinEnv, Rule, Scenario};
use serde::{Deserialize, Serialize};

use super::keywords;
use super::select::SelectError;

/// English keywords of what is played once for each row.
const OUTLINES: [&str; 2] = ["Scenario Outline", "Scenario Template"];

/// A feature file as it was when it was played.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceFile {
    /// As it was found.
    pub path: PathBuf,
    /// All of its text, which plan and record share.
    pub source: Arc<str>,
}

/// A feature file that was read.
#[derive(Debug, Clone)]
pub struct FeatureFile {
    /// Where it is.
    pub path: PathBuf,
    /// All of its text.
    pub source: String,
    /// What it says, outlines not expanded.
    pub feature: Feature,
    /// Every scenario, a row of an outline counting as one, in the order of the file.
    pub scenarios: Vec<Located>,
}

/// A scenario with where it stands.
#[derive(Debug, Clone)]
pub struct Located {
    /// Ready to be played: no placeholder is left.
    pub scenario: Scenario,
    /// Index of its rule in the feature.
    pub rule: Option<usize>,
    /// The line that names it: its own, or its row's.
    pub line: usize,
    /// Which row of its outline it is, from 1.
    pub row: Option<usize>,
    /// Line of `Scenario:` or `Scenario Outline:`.
    heading: usize,
    /// Lines that mean it: tags, heading and steps; of an outline, these of all its rows.
    lines: RangeInclusive<usize>,
    /// Lines from `Examples:` to the last row.
    examples: Option<RangeInclusive<usize>>,
}

impl FeatureFile {
    /// Reads a file.
    ///
    /// # Errors
    /// [`SelectError::Unreadable`], [`SelectError::NotGherkin`] and [`SelectError::NoRows`].
    pub fn read(path: &Path) -> Result<Self, SelectError> {
        let source = fs::read_to_string(path).map_err(|source| SelectError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(path, source)
    }

    /// Takes a file's text apart.
    ///
    /// # Errors
    /// [`SelectError::NotGherkin`] and [`SelectError::NoRows`].
    pub fn parse(path: &Path, source: String) -> Result<Self, SelectError> {
        let mut feature = Feature::parse(&source, GherkinEnv::default())
            .map_err(|error| not_gherkin(path, &source, &chain(&error)))?;
        feature.path = Some(path.to_owned());
        feature.description = feature
            .description
            .map(|text| with_paragraphs(&source, feature.position.line, &text));
        let scenarios = located(path, &source, &feature)?;
        Ok(Self {
            path: path.to_owned(),
            source,
            feature,
            scenarios,
        })
    }

    /// The rule that a scenario belongs to.
    #[must_use]
    pub fn rule_of(&self, scenario: &Located) -> Option<&Rule> {
        scenario.rule.and_then(|rule| self.feature.rules.get(rule))
    }

    /// A scenario as it is written, placeholders and all.
    #[must_use]
    pub fn heading_of<'a>(&'a self, located: &'a Located) -> &'a Scenario {
        let rules = self.feature.rules.iter().flat_map(|rule| &rule.scenarios);
        let mut written = self.feature.scenarios.iter().chain(rules);
        let heading = written.find(|scenario| scenario.position.line == located.heading);
        heading.unwrap_or(&located.scenario)
    }

    /// The scenarios that a line of the file means: a row means itself, an outline all its rows, a rule all in it, and
    /// what stands above the first scenario means all.
    #[must_use]
    pub fn at_line(&self, line: usize) -> Vec<&Located> {
        let choose = |wanted: &dyn Fn(&Located) -> bool| self.scenarios.iter().filter(|one| wanted(one)).collect();
        let narrower: [&dyn Fn(&Located) -> bool; 3] = [
            &|one| one.row.is_some() && one.line == line,
            &|one| one.examples.as_ref().is_some_and(|lines| lines.contains(&line)),
            &|one| one.lines.contains(&line),
        ];
        for wanted in narrower {
            let chosen: Vec<_> = choose(wanted);
            if !chosen.is_empty() {
                return chosen;
            }
        }
        let rules = self.feature.rules.iter().enumerate();
        let rule = rules.rev().find(|(_, rule)| rule.position.line <= line);
        choose(&|one| rule.is_none_or(|(index, _)| one.rule == Some(index)))
    }

    /// How many lines it has.
    #[must_use]
    pub fn length(&self) -> usize {
        self.source.lines().count()
    }
}

fn located(path: &Path, source: &str, feature: &Feature) -> Result<Vec<Located>, SelectError> {
    let lines: Vec<&str> = source.lines().collect();
    let outside = feature.scenarios.iter().map(|scenario| (None, scenario));
    let inside = feature
        .rules
        .iter()
        .enumerate()
        .flat_map(|(index, rule)| rule.scenarios.iter().map(move |scenario| (Some(index), scenario)));
    let mut all: Vec<(Option<usize>, &Scenario)> = outside.chain(inside).collect();
    all.sort_by_key(|(_, scenario)| scenario.position.line);
    let rules = feature.rules.iter().map(|rule| rule.position.line);
    let mut headings: Vec<usize> = all.iter().map(|(_, one)| one.position.line).chain(rules).collect();
    headings.sort_unstable();
    let mut found = Vec::new();
    for (rule, scenario) in all {
        let heading = scenario.position.line;
        let next = headings.iter().find(|line| **line > heading);
        let end = next.map_or(lines.len(), |next| with_tags(&lines, *next) - 1);
        let own = with_tags(&lines, heading)..=end;
        found.extend(expanded(path, &lines, feature, rule, scenario, &own)?);
    }
    Ok(found)
}

/// A scenario, or the rows of an outline.
fn expanded(
    path: &Path,
    lines: &[&str],
    feature: &Feature,
    rule: Option<usize>,
    scenario: &Scenario,
    own: &RangeInclusive<usize>,
) -> Result<Vec<Located>, SelectError> {
    let alone = Feature {
        scenarios: vec![scenario.clone()],
        rules: Vec::new(),
        ..feature.clone()
    };
    let scenarios = alone
        .expand_examples()
        .map_err(|error| SelectError::NotGherkin {
            path: path.to_owned(),
            line: Some(scenario.position.line),
            reason: format!("the outline has no column for <{}>", error.name),
        })?
        .scenarios;
    // Without examples there is nothing to put in place of its placeholders.
    let is_outline = !scenario.examples.is_empty() || OUTLINES.contains(&scenario.keyword.as_str());
    let rows: Vec<_> = scenario
        .examples
        .iter()
        .flat_map(|examples| rows(lines, examples))
        .collect();
    if is_outline && rows.is_empty() {
        return Err(SelectError::NoRows {
            path: path.to_owned(),
            line: scenario.position.line,
            name: scenario.name.clone(),
        });
    }
    let row_of = |index: usize| rows.get(index).cloned();
    let heading = scenario.position.line;
    let located = scenarios.into_iter().enumerate().map(|(index, mut scenario)| {
        let (line, examples) =
            row_of(index).map_or((scenario.position.line, None), |(line, block)| (line, Some(block)));
        scenario.position.line = line;
        Located {
            scenario,
            rule,
            line,
            row: is_outline.then_some(index + 1),
            heading,
            lines: own.clone(),
            examples,
        }
    });
    Ok(located.collect())
}

/// The line of every row below the heading, with the lines of its table. The parser counts neither comments nor blank lines.
fn rows(lines: &[&str], examples: &Examples) -> Vec<(usize, RangeInclusive<usize>)> {
    let rows = examples.table.as_ref().map_or(0, |table| table.rows.len());
    let keyword = examples.position.line;
    let is_row = |line: &usize| {
        lines
            .get(line - 1)
            .is_some_and(|text| text.trim_start().starts_with('|'))
    };
    let found: Vec<usize> = (keyword..=lines.len()).filter(is_row).take(rows).collect();
    let last = found.last().copied().unwrap_or(keyword);
    found.into_iter().skip(1).map(|line| (line, keyword..=last)).collect()
}

/// The first of the lines that belong to a heading: tags stand above it.
fn with_tags(lines: &[&str], heading: usize) -> usize {
    let above = (1..heading).rev();
    let belongs = |line: &usize| {
        lines
            .get(line - 1)
            .is_some_and(|text| text.trim_start().starts_with('@'))
    };
    above.take_while(belongs).last().unwrap_or(heading)
}

/// The parser says `Error at LINE:COLUMN` of where it gave up, which is the offending line or the one after it.
fn not_gherkin(path: &Path, source: &str, said: &str) -> SelectError {
    if let Some((line, language)) = unknown_language(source) {
        return SelectError::NotGherkin {
            path: path.to_owned(),
            line: Some(line),
            reason: format!("Gherkin is not spoken in {language:?}; write, for instance, # language: fr"),
        };
    }
    let gave_up = said
        .rsplit("Error at ")
        .next()
        .and_then(|rest| rest.split(':').next()?.parse::<usize>().ok());
    let offending = gave_up.and_then(|line| {
        let before = source.lines().enumerate().take(line).skip(line.saturating_sub(2));
        before
            .filter_map(|(index, text)| Some((index + 1, misspelt(text)?)))
            .last()
    });
    let (line, reason) = match offending {
        Some((line, (word, keyword))) => (Some(line), format!("{word:?} is no keyword; did you mean {keyword:?}?")),
        None => (
            gave_up,
            "nothing that can stand here; look at this line and the one before".to_owned(),
        ),
    };
    SelectError::NotGherkin {
        path: path.to_owned(),
        line,
        reason,
    }
}

/// The line of a `# language:` header that names no language of Gherkin's, and the language.
fn unknown_language(source: &str) -> Option<(usize, &str)> {
    let (index, language) = source.lines().enumerate().find_map(|(index, line)| {
        let (name, language) = line.trim_start().strip_prefix('#')?.split_once(':')?;
        (name.trim() == "language").then_some((index, language.trim()))
    })?;
    GherkinEnv::new(language).is_err().then_some((index + 1, language))
}

/// A line's first word and the keyword that it is likely to stand for.
fn misspelt(line: &str) -> Option<(&str, &'static str)> {
    let word = line.split([' ', ':']).find(|word| !word.is_empty())?;
    let all = [keywords::SECTIONS.as_slice(), keywords::STEPS.as_slice()].concat();
    keywords::nearest(&all, word)
        .filter(|keyword| *keyword != word)
        .map(|keyword| (word, keyword))
}

/// The parser drops empty lines from descriptions, and with them the paragraphs: here they come back from the source.
fn with_paragraphs(source: &str, feature_line: usize, description: &str) -> String {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let all = words(description).len();
    let mut seen = 0;
    let written = source.lines().skip(feature_line);
    let lines = written
        .filter(|line| !line.trim_start().starts_with('#'))
        .take_while(|line| {
            let goes_on = seen < all;
            seen += words(line).len();
            goes_on
        });
    lines.map(str::trim).collect::<Vec<_>>().join("\n")
}

/// An error with all that lies under it: the parser keeps line and column in its source.
fn chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> FeatureFile {
        FeatureFile::parse(Path::new("a.feature"), source.to_owned()).unwrap()
    }

    #[track_caller]
    fn refused(source: &str) -> String {
        FeatureFile::parse(Path::new("a.feature"), source.to_owned())
            .unwrap_err()
            .to_string()
    }

    const OUTLINE: &str = "\
Feature: A
  Scenario: First
    Given one

  @tag
  Scenario Outline: Rows
    Given <what>

    Examples: small
      # a comment
      | what |

      | two  |
      # another
      | three |
    Examples: big
      | what |
      | four |
  Rule: R
    Scenario: Last
      Given five
";

    fn names_at(line: usize) -> Vec<String> {
        let file = read(OUTLINE);
        let steps = file
            .at_line(line)
            .into_iter()
            .map(|one| one.scenario.steps[0].value.clone());
        steps.collect()
    }

    #[test]
    fn rows_stand_where_they_stand_whatever_lies_between() {
        let lines: Vec<_> = read(OUTLINE).scenarios.iter().map(|one| (one.line, one.row)).collect();
        assert_eq!(
            lines,
            [(2, None), (13, Some(1)), (15, Some(2)), (18, Some(3)), (20, None)]
        );
    }

    #[test]
    fn a_line_means_what_a_person_points_at_with_it() {
        let all = ["one", "two", "three", "four", "five"];
        for (line, means) in [
            (1, all.as_slice()),
            (2, &["one"]),
            (3, &["one"]),
            (5, &["two", "three", "four"]),
            (7, &["two", "three", "four"]),
            (9, &["two", "three"]),
            (13, &["two"]),
            (14, &["two", "three"]),
            (15, &["three"]),
            (18, &["four"]),
            (19, &["five"]),
            (21, &["five"]),
        ] {
            assert_eq!(names_at(line), means, "line {line}");
        }
    }

    #[test]
    fn an_outline_without_rows_would_pass_without_looking() {
        let told = refused("Feature: A\n  Scenario Outline: B\n    Given <c>\n    Examples:\n      | c |\n");
        assert!(told.contains("a.feature:2:") && told.contains("no rows"), "{told}");
    }

    #[test]
    fn a_placeholder_without_a_column_is_told() {
        let told =
            refused("Feature: A\n  Scenario Outline: B\n    Given <c>\n    Examples:\n      | d |\n      | 1 |\n");
        assert!(told.contains("a.feature:2:") && told.contains("<c>"), "{told}");
    }

    #[test]
    fn a_description_keeps_its_paragraphs() {
        let file = read("@x\nFeature: A\n  One\n  more.\n\n  Two.\n\n  Scenario: B\n    Given c\n");
        assert_eq!(file.feature.description.as_deref(), Some("One\nmore.\n\nTwo."));
    }

    #[test]
    fn a_comment_is_no_part_of_a_description() {
        let file = read("Feature: A\n  # no words of it\n  One\n  more.\n  Scenario: B\n    Given c\n");
        assert_eq!(file.feature.description.as_deref(), Some("One\nmore."));
    }

    #[test]
    fn other_languages_are_read_by_their_header() {
        let file = read("# language: fr\nFonctionnalité: A\n  Scénario: B\n    Soit c\n");
        assert_eq!(file.scenarios[0].scenario.steps[0].value, "c");
    }

    #[test]
    fn what_is_not_gherkin_is_told_with_its_line() {
        let told = refused("Feature: A\n  Scenario: B\n    Given c\n    Whenn d\n");
        assert!(
            told.contains("a.feature:4:") && told.contains("did you mean \"When\""),
            "{told}"
        );
    }
}
