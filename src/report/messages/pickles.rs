//! Scenarios ready to be played, as messages: backgrounds are put before them, and outlines become one for each row.

use std::collections::HashMap;

use super::ids::Ids;
use super::protocol::{
    Child, GherkinDocument, Location, Pickle, PickleArgument, PickleDocString, PickleStep, PickleTable,
    PickleTableCell, PickleTableRow, PickleTag, Scenario, Step, Tag,
};
use crate::gherkin::{self, Heading, Position, Row, StepKind};
use crate::redact;
use crate::suite::plan::feature_file::{FeatureFile, Located};

/// All scenarios of a file, in its order, which refer to its document.
pub(crate) fn pickles(file: &FeatureFile, document: &GherkinDocument, ids: &mut Ids) -> Vec<Pickle> {
    let names = DocumentIds::collect(document);
    let pickle = |located: &Located| names.pickle(file, located, ids);
    file.scenarios().iter().map(pickle).collect()
}

/// What the document calls the things in it, by where they stand.
#[derive(Default)]
struct DocumentIds<'a>(HashMap<(usize, usize), &'a str>);

impl<'a> DocumentIds<'a> {
    fn collect(document: &'a GherkinDocument) -> Self {
        let mut names = Self::default();
        if let Some(feature) = &document.feature {
            names.note_tags(&feature.tags);
            names.note_children(&feature.children);
        }
        names
    }

    fn note<'b: 'a>(&mut self, things: impl IntoIterator<Item = (Location, &'b String)>) {
        let placed = things
            .into_iter()
            .map(|(place, id)| ((place.line, place.column.unwrap_or_default()), id.as_str()));
        self.0.extend(placed);
    }

    fn note_tags(&mut self, tags: &'a [Tag]) {
        self.note(tags.iter().map(|tag| (tag.location, &tag.id)));
    }

    fn note_steps(&mut self, steps: &'a [Step]) {
        self.note(steps.iter().map(|step| (step.location, &step.id)));
    }

    fn note_children(&mut self, children: &'a [Child]) {
        for child in children {
            match child {
                Child::Background(background) => self.note_steps(&background.steps),
                Child::Scenario(scenario) => self.note_scenario(scenario),
                Child::Rule(rule) => {
                    self.note_tags(&rule.tags);
                    self.note_children(&rule.children);
                }
            }
        }
    }

    fn note_scenario(&mut self, scenario: &'a Scenario) {
        self.note([(scenario.location, &scenario.id)]);
        self.note_tags(&scenario.tags);
        self.note_steps(&scenario.steps);
        for examples in &scenario.examples {
            self.note_tags(&examples.tags);
            self.note(examples.table_body.iter().map(|row| (row.location, &row.id)));
        }
    }

    fn get(&self, position: Position) -> String {
        let name = self.0.get(&(position.line, position.column)).copied();
        name.unwrap_or_default().to_owned()
    }

    fn pickle(&self, file: &FeatureFile, located: &Located, ids: &mut Ids) -> Pickle {
        let heading = &located.scenario.heading;
        let row = located.example.map(|example| example.row);
        let mut kind = StepKind::Unknown;
        let steps = located.steps().map(|(step, row)| {
            kind = step.kind.after(kind);
            self.step(step, kind, row, ids)
        });
        Pickle {
            steps: steps.collect(),
            id: ids.next(),
            uri: file.path.display().to_string(),
            location: row.map_or(heading.position, |row| row.row.position).into(),
            name: filled(&heading.name, row),
            language: located.feature.language.clone(),
            tags: self.tags(located),
            ast_node_ids: self.nodes(heading.position, row),
        }
    }

    fn tags(&self, located: &Located) -> Vec<PickleTag> {
        let tag = |tag: &gherkin::Tag| PickleTag {
            name: tag.name.clone(),
            ast_node_id: self.get(tag.position),
        };
        located
            .headings()
            .flat_map(|heading: &Heading| &heading.tags)
            .map(tag)
            .collect()
    }

    fn step(&self, step: &gherkin::Step, kind: StepKind, row: Option<Row>, ids: &mut Ids) -> PickleStep {
        PickleStep {
            id: ids.next(),
            text: filled(&step.text, row),
            kind: pickle_type(kind),
            argument: argument(step, row),
            ast_node_ids: self.nodes(step.position, row),
        }
    }

    /// What a thing is made of: its node, and its row's.
    fn nodes(&self, node: Position, row: Option<Row>) -> Vec<String> {
        let row = row.map(|row| row.row.position);
        std::iter::once(node)
            .chain(row)
            .map(|position| self.get(position))
            .collect()
    }
}

/// Redacted once more: what is a secret only with the row's part in it, the file's text does not show.
fn filled(text: &str, row: Option<Row>) -> String {
    row.map_or_else(|| text.to_owned(), |row| redact::text(&row.fill(text)).into_owned())
}

fn pickle_type(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Context => "Context",
        StepKind::Action => "Action",
        StepKind::Outcome => "Outcome",
        StepKind::Conjunction | StepKind::Unknown => "Unknown",
    }
}

/// The table and the doc string; where there are both, each with its place.
fn argument(step: &gherkin::Step, row: Option<Row>) -> Option<PickleArgument> {
    let (table, doc_string) = (step.table.as_ref(), step.doc_string.as_ref());
    let table_line = table.and_then(|table| table.rows.first()).map(|row| row.position.line);
    let both = table_line
        .zip(doc_string)
        .map(|(line, doc_string)| line < doc_string.position.line);
    let index = |is_table: bool| both.map(|table_first| if is_table == table_first { 1 } else { 2 });
    let cell = |cell: &gherkin::TableCell| PickleTableCell {
        value: filled(&cell.text, row),
    };
    let cells = |line: &gherkin::TableRow| PickleTableRow {
        cells: line.cells.iter().map(cell).collect(),
    };
    let argument = PickleArgument {
        data_table: table.map(|table| PickleTable {
            argument_index: index(true),
            rows: table.rows.iter().map(cells).collect(),
        }),
        doc_string: doc_string.map(|doc_string| PickleDocString {
            argument_index: index(false),
            media_type: doc_string.media_type.as_ref().map(|kind| filled(kind, row)),
            content: filled(&doc_string.content, row),
        }),
    };
    (table.is_some() || doc_string.is_some()).then_some(argument)
}
