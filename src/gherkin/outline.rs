//! What a row of an outline puts in place of placeholders.

use std::borrow::Cow;

use super::ast::{Examples, Position, Scenario, Step, TableRow};
use super::error::{Problem, SyntaxError};
use super::misspelling;

/// A row of an outline.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    header: &'a TableRow,
    /// The row itself.
    pub row: &'a TableRow,
}

impl<'a> Row<'a> {
    /// A row of examples, from 0.
    #[must_use]
    pub fn of(examples: &'a Examples, index: usize) -> Option<Self> {
        let header = examples.header()?;
        let row = examples.rows().get(index)?;
        Some(Self { header, row })
    }

    /// A text with the row's values in place of `<column>`. What is no column stays as it is.
    #[must_use]
    pub fn fill<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut filled = Cow::Borrowed(text);
        if !text.contains('<') {
            return filled;
        }
        for (name, value) in self.header.cells.iter().zip(&self.row.cells) {
            let placeholder = format!("<{}>", name.text);
            if filled.contains(&placeholder) {
                filled = Cow::Owned(filled.replace(&placeholder, &value.text));
            }
        }
        filled
    }
}

/// Placeholders that no column has but one nearly has. Others are text, as `<b>` is.
pub fn check(scenario: &Scenario) -> Vec<SyntaxError> {
    let headers = scenario.examples.iter().filter_map(Examples::header);
    let columns: Vec<&str> = headers
        .flat_map(|row| &row.cells)
        .map(|cell| cell.text.as_str())
        .collect();
    if columns.is_empty() {
        return Vec::new();
    }
    let name = [(scenario.heading.position, scenario.heading.name.as_str())];
    let texts = name.into_iter().chain(scenario.steps.iter().flat_map(texts));
    let placed = texts.flat_map(|(position, text)| placeholders(text).map(move |name| (position, name)));
    let misspelt = placed.filter_map(|(position, name)| {
        let column = misspelling::of_column(name, &columns)?;
        let (name, column) = (name.to_owned(), column.to_owned());
        Some(Problem::Placeholder { name, column }.at(position))
    });
    misspelt.collect()
}

/// All of a step in which a placeholder may stand.
fn texts(step: &Step) -> impl Iterator<Item = (Position, &str)> {
    let doc_string = step.doc_string.iter().flat_map(|doc_string| {
        let lines = (doc_string.position.line + 1..).zip(doc_string.content.lines());
        lines.map(|(line, text)| (Position { line, column: 1 }, text))
    });
    let rows = step.table.iter().flat_map(|table| &table.rows);
    let cells = rows
        .flat_map(|row| &row.cells)
        .map(|cell| (cell.position, cell.text.as_str()));
    std::iter::once((step.position, step.text.as_str()))
        .chain(doc_string)
        .chain(cells)
}

/// The names between `<` and `>`, as far as they could be a column's.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let opened = text.split('<').skip(1);
    opened.filter_map(|rest| rest.split_once('>').map(|(name, _)| name))
}
