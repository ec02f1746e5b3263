//! Reads a feature file, and finds the scenarios in it: each scenario is one, and each row of an outline.

use std::borrow::Cow;
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::gherkin::{
    self, Document, EncodingError, Examples, Feature, Heading, Row, Rule, Scenario, Step, SyntaxError,
};

/// A feature file as it was when it was played.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceFile {
    /// As it was found.
    pub path: PathBuf,
    /// All of its text, which plan and record share.
    pub source: Arc<str>,
}

/// A feature file can't be read.
#[derive(Debug, thiserror::Error)]
pub enum FeatureFileError {
    /// The system does not let us.
    #[error("{} can't be read: {source}\n  give the path of a feature file or of a folder that holds some", path.display())]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is not text.
    #[error("{}:{source}", path.display())]
    Encoding {
        /// The file.
        path: PathBuf,
        /// Where, and what is wrong.
        source: EncodingError,
    },
    /// It is not Gherkin.
    #[error("{}", errors.iter().map(|error| format!("{}:{}: {error}", path.display(), error.position.line)).collect::<Vec<_>>().join("\n"))]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Everything that is wrong with it.
        errors: Vec<SyntaxError>,
    },
}

/// A feature file that was read.
#[derive(Debug, Clone)]
pub(crate) struct FeatureFile {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// All of its text.
    pub(crate) source: String,
    /// What it says.
    pub(crate) document: Document,
}

/// A scenario, or a row of an outline, with all that it stands in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Located<'a> {
    /// The feature.
    pub(crate) feature: &'a Feature,
    /// The rule, if it stands in one.
    pub(crate) rule: Option<&'a Rule>,
    /// As it is written, placeholders and all.
    pub(crate) scenario: &'a Scenario,
    /// The row and the examples that have it, if it is one of an outline.
    pub(crate) example: Option<Example<'a>>,
}

/// A row of an outline.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Example<'a> {
    /// The examples that it stands in.
    pub(crate) examples: &'a Examples,
    /// The row.
    pub(crate) row: Row<'a>,
    /// Which of all rows of its outline it is, from 1.
    pub(crate) number: usize,
}

impl FeatureFile {
    /// Reads a file.
    ///
    /// # Errors
    /// [`FeatureFileError::Unreadable`], [`FeatureFileError::Encoding`] and [`FeatureFileError::Syntax`].
    pub(crate) fn read(path: &Path) -> Result<Self, FeatureFileError> {
        let bytes = fs::read(path).map_err(|source| FeatureFileError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        let source = gherkin::decode(bytes).map_err(|source| FeatureFileError::Encoding {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(path, source)
    }

    /// Reads a file's text.
    ///
    /// # Errors
    /// [`FeatureFileError::Syntax`].
    pub(crate) fn parse(path: &Path, source: String) -> Result<Self, FeatureFileError> {
        let path = path.to_owned();
        match gherkin::parse(&source) {
            Ok(document) => Ok(Self { path, source, document }),
            Err(errors) => Err(FeatureFileError::Syntax { path, errors }),
        }
    }

    /// Every scenario and every row of an outline, in the order of the file.
    #[must_use]
    pub(crate) fn scenarios(&self) -> Vec<Located<'_>> {
        self.written().flat_map(Located::rows).collect()
    }

    /// Every scenario and every outline, in the order of the file.
    pub(crate) fn written(&self) -> impl Iterator<Item = Located<'_>> {
        self.document.feature.iter().flat_map(|feature| {
            let rules = feature.rules.iter().map(|rule| (Some(rule), rule.scenarios.as_slice()));
            let parts = std::iter::once((None, feature.scenarios.as_slice())).chain(rules);
            parts.flat_map(move |(rule, scenarios)| {
                scenarios.iter().map(move |scenario| Located {
                    feature,
                    rule,
                    scenario,
                    example: None,
                })
            })
        })
    }

    /// Every heading that has a description, in the order of the file.
    pub(crate) fn headings(&self) -> impl Iterator<Item = &Heading> {
        self.document.feature.iter().flat_map(|feature| {
            let rules = feature.rules.iter();
            let of_rules = rules.flat_map(|rule| {
                let background = rule.background.iter().map(|background| &background.heading);
                std::iter::once(&rule.heading)
                    .chain(background)
                    .chain(of_scenarios(&rule.scenarios))
            });
            let background = feature.background.iter().map(|background| &background.heading);
            let own = std::iter::once(&feature.heading).chain(background);
            own.chain(of_scenarios(&feature.scenarios)).chain(of_rules)
        })
    }

    /// The scenarios that a line of the file means: a row means itself, an outline all its rows, a rule all in it, and
    /// what stands above the first scenario means all.
    #[must_use]
    pub(crate) fn at_line(&self, line: usize) -> Vec<Located<'_>> {
        let all = self.scenarios();
        let choose = |wanted: &dyn Fn(&Located) -> bool| all.iter().filter(|one| wanted(one)).copied().collect();
        let beginnings: Vec<usize> = self.beginnings();
        let narrower: [&dyn Fn(&Located) -> bool; 3] = [
            &|one| one.example.is_some() && one.line() == line,
            &|one| one.example.is_some_and(|example| example.lines().contains(&line)),
            &|one| one.lines(&beginnings).contains(&line),
        ];
        for wanted in narrower {
            let chosen: Vec<_> = choose(wanted);
            if !chosen.is_empty() {
                return chosen;
            }
        }
        let rules = self.document.feature.iter().flat_map(|feature| &feature.rules);
        let rule = rules.map(|rule| rule.heading.position).rfind(|rule| rule.line <= line);
        choose(&|one| rule.is_none() || one.rule.map(|rule| rule.heading.position) == rule)
    }

    /// The first lines of all scenarios and rules, tags included.
    fn beginnings(&self) -> Vec<usize> {
        let rules = self.document.feature.iter().flat_map(|feature| &feature.rules);
        let scenarios = self.written().map(|one| one.scenario.heading.first_line());
        let mut lines: Vec<_> = scenarios.chain(rules.map(|rule| rule.heading.first_line())).collect();
        lines.sort_unstable();
        lines
    }

    /// How many lines it has.
    #[must_use]
    pub(crate) fn length(&self) -> usize {
        self.source.lines().count()
    }
}

fn of_scenarios(scenarios: &[Scenario]) -> impl Iterator<Item = &Heading> {
    scenarios.iter().flat_map(|scenario| {
        let examples = scenario.examples.iter().map(|examples| &examples.heading);
        std::iter::once(&scenario.heading).chain(examples)
    })
}

impl<'a> Located<'a> {
    /// Itself, or each of its rows if it has examples.
    fn rows(self) -> Vec<Self> {
        let examples = &self.scenario.examples;
        if examples.is_empty() {
            return vec![self];
        }
        let rows = examples.iter().flat_map(|examples| {
            let indexes = 0..examples.rows().len();
            indexes.filter_map(move |index| Some((examples, Row::of(examples, index)?)))
        });
        let located = (1..).zip(rows).map(|(number, (examples, row))| Self {
            example: Some(Example { examples, row, number }),
            ..self
        });
        located.collect()
    }

    /// The line that names it: its own, or its row's.
    #[must_use]
    pub(crate) fn line(&self) -> usize {
        let own = self.scenario.heading.position;
        self.example.map_or(own, |example| example.row.row.position).line
    }

    /// A text of it with the row's values in place of placeholders.
    #[must_use]
    pub(crate) fn fill<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.example
            .map_or(Cow::Borrowed(text), |example| example.row.fill(text))
    }

    /// What it has its tags from: feature, rule, scenario and examples.
    pub(crate) fn headings(&self) -> impl Iterator<Item = &'a Heading> {
        let rule = self.rule.map(|rule| &rule.heading);
        let examples = self.example.map(|example| &example.examples.heading);
        let all = [
            Some(&self.feature.heading),
            rule,
            Some(&self.scenario.heading),
            examples,
        ];
        all.into_iter().flatten()
    }

    /// The steps of backgrounds and its own, each with the row that fills its placeholders. Without steps of its own it has
    /// none.
    pub(crate) fn steps(&self) -> impl Iterator<Item = (&'a Step, Option<Row<'a>>)> {
        let rule = self.rule.and_then(|rule| rule.background.as_ref());
        let backgrounds = [self.feature.background.as_ref(), rule];
        let backgrounds = backgrounds
            .into_iter()
            .flatten()
            .filter(|_| !self.scenario.steps.is_empty());
        let before = backgrounds
            .flat_map(|background| &background.steps)
            .map(|step| (step, None));
        let row = self.example.map(|example| example.row);
        before.chain(self.scenario.steps.iter().map(move |step| (step, row)))
    }

    /// Lines that mean it: from its tags to what begins next.
    fn lines(&self, beginnings: &[usize]) -> RangeInclusive<usize> {
        let first = self.scenario.heading.first_line();
        let next = beginnings.iter().find(|line| **line > first);
        first..=next.map_or(usize::MAX, |next| next - 1)
    }
}

impl Example<'_> {
    /// From the tags of its examples to their last row.
    fn lines(&self) -> RangeInclusive<usize> {
        let heading = &self.examples.heading;
        let last = self.examples.rows().last().map_or(heading.position, |row| row.position);
        heading.first_line()..=last.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> FeatureFile {
        FeatureFile::parse(Path::new("a.feature"), source.to_owned()).unwrap()
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
    @big
    Examples: big
      | what |
      | four |
  Rule: R
    Scenario: Last
      Given five
";

    fn names_at(line: usize) -> Vec<String> {
        let file = read(OUTLINE);
        let located = file.at_line(line).into_iter();
        located
            .map(|one| one.fill(&one.scenario.steps[0].text).into_owned())
            .collect()
    }

    #[test]
    fn rows_stand_where_they_stand_whatever_lies_between() {
        let file = read(OUTLINE);
        let row = |one: &Located| (one.line(), one.example.map(|example| example.number));
        let lines: Vec<_> = file.scenarios().iter().map(row).collect();
        assert_eq!(
            lines,
            [(2, None), (13, Some(1)), (15, Some(2)), (19, Some(3)), (21, None)]
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
            (16, &["four"]),
            (19, &["four"]),
            (20, &["five"]),
            (22, &["five"]),
        ] {
            assert_eq!(names_at(line), means, "line {line}");
        }
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_line() {
        let source = "Feature: A\n  Scenario: B\n    Given c\n    Whenn d\n  @\n  Scenario: E\n    Given f\n";
        let message = FeatureFile::parse(Path::new("a.feature"), source.to_owned())
            .unwrap_err()
            .to_string();
        assert!(
            message.contains("a.feature:4: \"Whenn\" is no keyword; did you mean \"When\""),
            "{message}"
        );
        assert!(message.contains("\na.feature:5: an @ without a name"), "{message}");
    }
}
