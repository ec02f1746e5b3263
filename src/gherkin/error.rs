//! What can be wrong with a feature file.

use super::ast::Position;
use super::line::Line;

/// Something wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct SyntaxError {
    /// Where.
    pub position: Position,
    /// What.
    pub problem: Problem,
}

/// What is wrong: what is there, what could be there, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "each says it as its message")]
pub enum Problem {
    #[error("{}", misspelt(word, keyword))]
    Misspelt { word: String, keyword: &'static str },
    #[error("{keyword:?} is a keyword in {name}\n  write in the first line: # language: {language}")]
    OtherLanguage {
        keyword: &'static str,
        name: &'static str,
        language: &'static str,
    },
    #[error("Gherkin has no language {language:?}; {}", match nearest { Some(code) => format!("did you mean {code:?}?"), None => "write, for instance, # language: fr".to_owned() })]
    UnknownLanguage {
        language: String,
        nearest: Option<&'static str>,
    },
    #[error(
        "{found:?} stands before the feature\n  begin with \"Feature: NAME\"; above it only tags and # comments may stand"
    )]
    BeforeFeature { found: String },
    #[error("a second feature begins here, but a file has one\n  move it into a file of its own")]
    SecondFeature,
    #[error(
        "a second background begins here; the first is in line {first}\n  put all steps of the background in one place"
    )]
    SecondBackground { first: usize },
    #[error("a background stands before the scenarios, not after one\n  move it above the scenario in line {scenario}")]
    LateBackground { scenario: usize },
    #[error(
        "examples belong to a Scenario Outline, and none stands above\n  write \"Scenario Outline: NAME\" and its steps first"
    )]
    ExamplesWithoutScenario,
    #[error(
        "a step can't follow the examples of its scenario\n  move it above line {examples}, or begin a new scenario"
    )]
    StepAfterExamples { examples: usize },
    #[error("tags stand above a feature, a rule, a scenario or examples, but {}\n  take them away, or write what they belong to", below(found.as_deref()))]
    TagsAboveNothing { found: Option<String> },
    #[error(
        "a tag has no blanks: {tag:?}\n  write each tag with an @, and a comment behind tags with a # after a blank"
    )]
    TagWithBlank { tag: String },
    #[error("an @ without a name is no tag\n  write the tag's name behind it, or take it away")]
    EmptyTag,
    #[error("this row has {}, but the heading in line {heading} has {wanted}{also}\n  give every row as many cells as the heading, each between two bars; write \\| for a bar in a text", cells_of(*cells))]
    CellCount {
        cells: usize,
        wanted: usize,
        heading: usize,
        also: String,
    },
    #[error("this row has no cell\n  a cell stands between two bars: | one | two |")]
    NoCell,
    #[error("{what} stands below a step, and no step stands above this one\n  write the step first")]
    ArgumentWithoutStep { what: &'static str },
    #[error("a step has one table, and this is a second one\n  write it below a step of its own")]
    SecondTable,
    #[error("a step has one doc string, and this is a second one\n  write it below a step of its own")]
    SecondDocString,
    #[error("the doc string that opens here is never closed\n  write {delimiter} in a line of its own below its last line{}", step.map(|line| format!("; line {line} looks like the next step or scenario")).unwrap_or_default())]
    UnclosedDocString {
        delimiter: &'static str,
        step: Option<usize>,
    },
    #[error(
        "a doc string has lines of its own\n  write {delimiter} in one line, the text below, and {delimiter} in a line below that"
    )]
    DocStringInOneLine { delimiter: &'static str },
    #[error(
        "{found:?} can't stand here; what can is {expected}\n  for free text, write it right below the heading, or as a comment with # before it"
    )]
    Unexpected { found: String, expected: &'static str },
    #[error("there is no column {name:?} for <{name}>; did you mean <{column}>?")]
    Placeholder { name: String, column: String },
}

impl Problem {
    /// The problem in its place.
    #[must_use]
    pub fn at(self, position: Position) -> SyntaxError {
        SyntaxError {
            position,
            problem: self,
        }
    }
}

impl Problem {
    pub(super) fn unexpected(line: &Line, expected: &'static str) -> Self {
        let found = line.trimmed().to_owned();
        Self::Unexpected { found, expected }
    }
}

/// A keyword with a tab or a no-break space behind it is none, though it looks like one.
fn misspelt(word: &str, keyword: &str) -> String {
    if word == keyword {
        format!(
            "{word:?} is a keyword only with an ordinary space behind it\n  write that, and no tab or no-break space"
        )
    } else {
        format!("{word:?} is no keyword; did you mean {keyword:?}?")
    }
}

fn cells_of(count: usize) -> String {
    format!("{count} {}", if count == 1 { "cell" } else { "cells" })
}

fn below(found: Option<&str>) -> String {
    match found {
        Some(found) => format!("below these stands {found:?}"),
        None => "below these is nothing".to_owned(),
    }
}
