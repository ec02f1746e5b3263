//! Scenarios ready to be played, as messages: backgrounds are put before them, and outlines become one for each row.

use super::ids::Ids;
use super::protocol::{
    Background, Child, Examples, GherkinDocument, Pickle, PickleArgument, PickleDocString, PickleStep, PickleTable,
    PickleTableCell, PickleTableRow, PickleTag, Scenario, Step, TableRow, Tag,
};

/// All scenarios of a document, in its order.
pub fn pickles(document: &GherkinDocument, ids: &mut Ids) -> Vec<Pickle> {
    let feature = &document.feature;
    let around = Around {
        document,
        tags: feature.tags.iter().collect(),
        steps: Vec::new(),
    };
    around.pickles(&feature.children, ids)
}

/// What a scenario has from where it stands.
#[derive(Clone)]
struct Around<'a> {
    document: &'a GherkinDocument,
    tags: Vec<&'a Tag>,
    steps: Vec<&'a Step>,
}

/// A row of an outline.
#[derive(Clone, Copy)]
struct Row<'a> {
    examples: &'a Examples,
    row: &'a TableRow,
}

impl<'a> Around<'a> {
    fn pickles(mut self, children: &'a [Child], ids: &mut Ids) -> Vec<Pickle> {
        let mut found = Vec::new();
        for child in children {
            match child {
                Child::Background(Background { steps, .. }) => self.steps.extend(steps),
                Child::Scenario(scenario) => found.extend(self.of(scenario, ids)),
                Child::Rule(rule) => {
                    let mut inside = self.clone();
                    inside.tags.extend(&rule.tags);
                    found.extend(inside.pickles(&rule.children, ids));
                }
            }
        }
        found
    }

    fn of(&self, scenario: &Scenario, ids: &mut Ids) -> Vec<Pickle> {
        if scenario.examples.is_empty() {
            return vec![self.pickle(scenario, None, ids)];
        }
        let rows = scenario
            .examples
            .iter()
            .flat_map(|examples| examples.table_body.iter().map(move |row| Row { examples, row }));
        rows.map(|row| self.pickle(scenario, Some(row), ids)).collect()
    }

    fn pickle(&self, scenario: &Scenario, row: Option<Row>, ids: &mut Ids) -> Pickle {
        let background = self.steps.iter().map(|step| pickle_step(step, None, ids));
        let mut steps: Vec<_> = background.collect();
        steps.extend(scenario.steps.iter().map(|step| pickle_step(step, row, ids)));
        let of_examples = row.map_or(&[] as &[Tag], |row| &row.examples.tags);
        let tags = self.tags.iter().copied().chain(&scenario.tags).chain(of_examples);
        Pickle {
            id: ids.next(),
            uri: self.document.uri.clone(),
            location: row.map_or(scenario.location, |row| row.row.location),
            name: filled(&scenario.name, row),
            language: self.document.feature.language.clone(),
            steps,
            tags: tags.map(pickle_tag).collect(),
            ast_node_ids: nodes(&scenario.id, row),
        }
    }
}

fn pickle_tag(tag: &Tag) -> PickleTag {
    PickleTag {
        name: tag.name.clone(),
        ast_node_id: tag.id.clone(),
    }
}

fn pickle_step(step: &Step, row: Option<Row>, ids: &mut Ids) -> PickleStep {
    PickleStep {
        id: ids.next(),
        text: filled(&step.text, row),
        kind: step.kind,
        argument: argument(step, row),
        ast_node_ids: nodes(&step.id, row),
    }
}

fn argument(step: &Step, row: Option<Row>) -> Option<PickleArgument> {
    let cells = |line: &TableRow| PickleTableRow {
        cells: line
            .cells
            .iter()
            .map(|cell| PickleTableCell {
                value: filled(&cell.value, row),
            })
            .collect(),
    };
    let table = step.data_table.as_ref().map(|table| {
        PickleArgument::DataTable(PickleTable {
            rows: table.rows.iter().map(cells).collect(),
        })
    });
    table.or_else(|| {
        let text = step.doc_string.as_ref()?;
        Some(PickleArgument::DocString(PickleDocString {
            media_type: text.media_type.as_ref().map(|kind| filled(kind, row)),
            content: filled(&text.content, row),
        }))
    })
}

fn nodes(id: &str, row: Option<Row>) -> Vec<String> {
    let row = row.map(|row| row.row.id.clone());
    std::iter::once(id.to_owned()).chain(row).collect()
}

/// A text with the row's values in place of `<…>`.
fn filled(text: &str, row: Option<Row>) -> String {
    let Some(Row { examples, row }) = row else {
        return text.to_owned();
    };
    let names = examples.table_header.iter().flat_map(|header| &header.cells);
    names.zip(&row.cells).fold(text.to_owned(), |text, (name, cell)| {
        text.replace(&format!("<{}>", name.value), &cell.value)
    })
}
