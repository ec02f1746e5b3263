//! A step as people, other programs and records read it.

use serde::{Deserialize, Serialize};

/// A step that features can use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VocabularyEntry {
    /// How it is written, with `{…}` for what varies.
    pub expression: String,
    /// How that is to be read.
    pub(crate) kind: ExpressionKind,
    /// What it does; empty if it is not described with [`step!`](crate::step).
    pub(crate) what: String,
    /// An example; empty if there is none.
    pub(crate) example: String,
    /// Where it is written, as plans and records have it: `src/steps/click.rs:12`.
    pub code: String,
}

/// What an expression is written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ExpressionKind {
    /// A Cucumber Expression.
    #[default]
    CucumberExpression,
    /// A regular expression.
    RegularExpression,
}

/// A step definition as records keep it: reports of a run are drawn when the vocabulary is another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StepDefinition {
    /// Where it is written: `src/steps/click.rs:12`.
    pub(crate) id: String,
    /// How it is written.
    pub(crate) expression: String,
    /// How that is to be read.
    pub(crate) kind: ExpressionKind,
}

impl VocabularyEntry {
    /// What a feature may say in its words, without keyword: its example, or its expression if it has none.
    pub(crate) fn suggestion(&self) -> &str {
        match self.example.split_once(' ') {
            Some((_keyword, text)) => text,
            None => self.expression.trim_start_matches('^').trim_end_matches('$'),
        }
    }
}
