//! A line of a feature file, and what its first characters make of it.

use super::ast::{Position, StepKind};
use super::dialect::{Dialect, Section};

/// What opens and closes a doc string.
const DELIMITERS: [&str; 2] = ["\"\"\"", "```"];

/// A line.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// From 1.
    pub number: usize,
    /// All of it.
    pub whole: &'a str,
    /// Without indentation.
    pub text: &'a str,
}

/// A byte order mark in the middle of a text is an invisible blank, as it is to the official parser.
pub fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{feff}'
}

impl<'a> Line<'a> {
    pub fn new(number: usize, whole: &'a str) -> Self {
        let text = whole.trim_start_matches(is_blank);
        Self { number, whole, text }
    }

    /// How many characters it is indented by.
    pub fn indent(&self) -> usize {
        self.whole[..self.whole.len() - self.text.len()].chars().count()
    }

    /// Where its text begins.
    pub fn position(&self) -> Position {
        Position {
            line: self.number,
            column: self.indent() + 1,
        }
    }

    /// Its text without the blanks behind it.
    pub fn trimmed(&self) -> &'a str {
        self.text.trim_end_matches(is_blank)
    }

    /// What follows so many bytes of its text.
    pub fn rest(&self, length: usize) -> &'a str {
        self.text[length..].trim_matches(is_blank)
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn is_comment(&self) -> bool {
        self.text.starts_with('#')
    }

    pub fn has_tags(&self) -> bool {
        self.text.starts_with('@')
    }

    pub fn is_row(&self) -> bool {
        self.text.starts_with('|')
    }

    /// The delimiter of a doc string that it begins with.
    pub fn delimiter(&self) -> Option<&'static str> {
        DELIMITERS
            .into_iter()
            .find(|delimiter| self.text.starts_with(delimiter))
    }

    /// The code in `# language: code`.
    pub fn language(&self) -> Option<&'a str> {
        let rest = self.text.strip_prefix('#')?.trim_start_matches(is_blank);
        let rest = rest.strip_prefix("language")?.trim_start_matches(is_blank);
        let code = rest.strip_prefix(':')?.trim_matches(is_blank);
        let is_code = |letter: char| letter.is_ascii_alphabetic() || letter == '-' || letter == '_';
        (!code.is_empty() && code.chars().all(is_code)).then_some(code)
    }

    /// The section that it begins, of those that may begin here, with its keyword.
    pub fn section(&self, dialect: &Dialect, may: &[Section]) -> Option<(Section, &'static str)> {
        may.iter().find_map(|section| {
            let keyword = dialect
                .sections(*section)
                .iter()
                .find(|keyword| self.has_title(keyword))?;
            Some((*section, *keyword))
        })
    }

    fn has_title(&self, keyword: &str) -> bool {
        self.text
            .strip_prefix(keyword)
            .is_some_and(|rest| rest.starts_with(':'))
    }

    /// The keyword of a step that it begins with, the longest of several.
    pub fn step(&self, dialect: &Dialect) -> Option<(&'static str, StepKind)> {
        let steps = dialect.steps().iter();
        steps.copied().find(|(keyword, _)| self.text.starts_with(keyword))
    }

    /// The line of a doc string's content, whose delimiter was indented by so many characters.
    pub fn outdented(&self, indent: usize) -> &'a str {
        if indent > self.indent() {
            return self.text;
        }
        let start = self.whole.char_indices().nth(indent);
        start.map_or("", |(start, _)| &self.whole[start..])
    }
}
