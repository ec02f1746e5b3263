//! Steps, with the tables and doc strings below them.

use super::Parser;
use crate::gherkin::ast::{DocString, Step, StepKind, Table, TableRow};
use crate::gherkin::dialect::Section;
use crate::gherkin::error::Problem;
use crate::gherkin::line::Line;
use crate::gherkin::misspelling::{self, Misspelt};
use crate::gherkin::table;

/// What can follow a step.
const AFTER_STEP: &str = "a step, a table, a doc string, examples, tags, or the next scenario or rule";

const HEADINGS: [Section; 6] = [
    Section::Background,
    Section::Examples,
    Section::Scenario,
    Section::Outline,
    Section::Rule,
    Section::Feature,
];

impl<'a> Parser<'a> {
    /// All steps up to a heading or tags.
    pub(super) fn steps(&mut self) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        while let Some(line) = self.filled() {
            if let Some((keyword, kind)) = line.step(self.dialect) {
                self.next += 1;
                steps.push(step(&line, keyword, kind));
            } else if line.is_row() {
                self.table_of(steps.last_mut());
            } else if let Some(delimiter) = line.delimiter() {
                self.doc_string_of(steps.last_mut(), &line, delimiter);
            } else if line.has_tags() || line.section(self.dialect, &HEADINGS).is_some() {
                break;
            } else if let Some(meant) = misspelling::instead_of(&line, self.dialect, &HEADINGS) {
                if meant.section.is_some() {
                    break;
                }
                self.next += 1;
                self.misspelt_step(&line, meant, &mut steps);
            } else {
                self.next += 1;
                self.error(Problem::unexpected(&line, AFTER_STEP), line.position());
            }
        }
        steps
    }

    /// Goes on as if the step had been written well, for a table or doc string may follow.
    fn misspelt_step(&mut self, line: &Line, meant: Misspelt, steps: &mut Vec<Step>) {
        let Misspelt { word, keyword, .. } = meant;
        self.error(Problem::Misspelt { word, keyword }, line.position());
        steps.push(step(line, "", StepKind::Unknown));
    }

    fn table_of(&mut self, step: Option<&mut Step>) {
        let rows = self.rows();
        let Some(first) = rows.first().map(|row| row.position) else {
            return;
        };
        match step {
            None => self.error(Problem::ArgumentWithoutStep { what: "a table" }, first),
            Some(step) if step.table.is_some() => self.error(Problem::SecondTable, first),
            Some(step) => step.table = Some(Table { rows }),
        }
    }

    /// The rows that come next; comments and empty lines may stand between them.
    pub(super) fn rows(&mut self) -> Vec<TableRow> {
        let mut rows = Vec::new();
        while let Some(line) = self.filled().filter(Line::is_row) {
            self.next += 1;
            rows.push(table::row(&line));
        }
        self.errors.extend(table::check(&rows));
        rows
    }

    fn doc_string_of(&mut self, step: Option<&mut Step>, line: &Line<'a>, delimiter: &'static str) {
        let doc_string = self.doc_string(line, delimiter);
        match step {
            None => self.error(Problem::ArgumentWithoutStep { what: "a doc string" }, line.position()),
            Some(step) if step.doc_string.is_some() => self.error(Problem::SecondDocString, line.position()),
            Some(step) => step.doc_string = Some(doc_string),
        }
    }

    fn doc_string(&mut self, opening: &Line<'a>, delimiter: &'static str) -> DocString {
        self.next += 1;
        let media_type = opening.rest(delimiter.len());
        if media_type.contains(delimiter) {
            self.error(Problem::DocStringInOneLine { delimiter }, opening.position());
            return doc_string(opening, delimiter, &[]);
        }
        let inside = &self.lines[self.next..];
        let Some(length) = inside.iter().position(|line| line.text.starts_with(delimiter)) else {
            let step = inside.iter().find(|line| self.is_outside(line)).map(|line| line.number);
            self.error(Problem::UnclosedDocString { delimiter, step }, opening.position());
            self.next = self.lines.len();
            return doc_string(opening, delimiter, &[]);
        };
        let read = doc_string(opening, delimiter, &inside[..length]);
        self.next += length + 1;
        read
    }

    /// Whether a line looks as if it stood outside of doc strings.
    fn is_outside(&self, line: &Line) -> bool {
        line.step(self.dialect).is_some() || line.section(self.dialect, &HEADINGS).is_some()
    }
}

fn step(line: &Line, keyword: &str, kind: StepKind) -> Step {
    Step {
        position: line.position(),
        keyword: keyword.to_owned(),
        kind,
        text: line.rest(keyword.len()).to_owned(),
        doc_string: None,
        table: None,
    }
}

fn doc_string(opening: &Line, delimiter: &'static str, inside: &[Line]) -> DocString {
    let media_type = opening.rest(delimiter.len());
    let escaped: String = delimiter.chars().flat_map(|mark| ['\\', mark]).collect();
    let content: Vec<_> = inside.iter().map(|line| line.outdented(opening.indent())).collect();
    DocString {
        position: opening.position(),
        delimiter,
        media_type: (!media_type.is_empty()).then(|| media_type.to_owned()),
        content: content.join("\n").replace(&escaped, delimiter),
    }
}
