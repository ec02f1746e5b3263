//! The message that says what a feature file contains.

use super::ids::Ids;
use super::protocol::{
    Background, Child, Comment, DataTable, DocString, Examples, Feature, GherkinDocument, Location, Rule, Scenario,
    Step, TableCell, TableRow, Tag,
};
use crate::gherkin::{self, Position, StepKind};
use crate::suite::plan::feature_file::FeatureFile;

/// Tells what a feature file contains and where.
pub(crate) fn document(file: &FeatureFile, ids: &mut Ids) -> GherkinDocument {
    let feature = file.document.feature.as_ref();
    let comment = |comment: &gherkin::Comment| Comment {
        location: comment.position.into(),
        text: comment.text.clone(),
    };
    GherkinDocument {
        uri: file.path.display().to_string(),
        feature: feature.map(|feature| IdAssigner { ids }.feature(feature)),
        comments: file.document.comments.iter().map(comment).collect(),
    }
}

impl From<Position> for Location {
    fn from(Position { line, column }: Position) -> Self {
        let column = Some(column);
        Self { line, column }
    }
}

/// Gives a name to all that has one.
struct IdAssigner<'a> {
    ids: &'a mut Ids,
}

impl IdAssigner<'_> {
    fn feature(&mut self, feature: &gherkin::Feature) -> Feature {
        let heading = &feature.heading;
        let tags = self.tags(&heading.tags);
        let mut children = self.children(feature.background.as_ref(), &feature.scenarios);
        children.extend(feature.rules.iter().map(|rule| Child::Rule(self.rule(rule))));
        Feature {
            tags,
            location: heading.position.into(),
            language: feature.language.clone(),
            keyword: heading.keyword.clone(),
            name: heading.name.clone(),
            description: heading.described(),
            children,
        }
    }

    fn rule(&mut self, rule: &gherkin::Rule) -> Rule {
        let heading = &rule.heading;
        Rule {
            tags: self.tags(&heading.tags),
            location: heading.position.into(),
            keyword: heading.keyword.clone(),
            name: heading.name.clone(),
            description: heading.described(),
            children: self.children(rule.background.as_ref(), &rule.scenarios),
            id: self.ids.next(),
        }
    }

    fn children(&mut self, background: Option<&gherkin::Background>, scenarios: &[gherkin::Scenario]) -> Vec<Child> {
        let background = background.map(|one| Child::Background(self.background(one)));
        let mut children: Vec<_> = background.into_iter().collect();
        children.extend(scenarios.iter().map(|one| Child::Scenario(self.scenario(one))));
        children
    }

    fn background(&mut self, background: &gherkin::Background) -> Background {
        let heading = &background.heading;
        Background {
            location: heading.position.into(),
            keyword: heading.keyword.clone(),
            name: heading.name.clone(),
            description: heading.described(),
            steps: background.steps.iter().map(|step| self.step(step)).collect(),
            id: self.ids.next(),
        }
    }

    fn scenario(&mut self, scenario: &gherkin::Scenario) -> Scenario {
        let heading = &scenario.heading;
        Scenario {
            tags: self.tags(&heading.tags),
            location: heading.position.into(),
            keyword: heading.keyword.clone(),
            name: heading.name.clone(),
            description: heading.described(),
            steps: scenario.steps.iter().map(|step| self.step(step)).collect(),
            examples: scenario.examples.iter().map(|one| self.examples(one)).collect(),
            id: self.ids.next(),
        }
    }

    fn examples(&mut self, examples: &gherkin::Examples) -> Examples {
        let heading = &examples.heading;
        Examples {
            tags: self.tags(&heading.tags),
            location: heading.position.into(),
            keyword: heading.keyword.clone(),
            name: heading.name.clone(),
            description: heading.described(),
            table_header: examples.header().map(|row| self.row(row)),
            table_body: examples.rows().iter().map(|row| self.row(row)).collect(),
            id: self.ids.next(),
        }
    }

    fn step(&mut self, step: &gherkin::Step) -> Step {
        let rows = step.table.iter().flat_map(|table| &table.rows);
        let rows: Vec<_> = rows.map(|row| self.row(row)).collect();
        let first = rows.first().map(|row| row.location);
        Step {
            location: step.position.into(),
            keyword: step.keyword.clone(),
            keyword_type: keyword_type(step.kind),
            text: step.text.clone(),
            doc_string: step.doc_string.as_ref().map(doc_string),
            data_table: first.map(|location| DataTable { location, rows }),
            id: self.ids.next(),
        }
    }

    fn tags(&mut self, tags: &[gherkin::Tag]) -> Vec<Tag> {
        let tag = |tag: &gherkin::Tag| Tag {
            location: tag.position.into(),
            name: tag.name.clone(),
            id: self.ids.next(),
        };
        tags.iter().map(tag).collect()
    }

    fn row(&mut self, row: &gherkin::TableRow) -> TableRow {
        let cell = |cell: &gherkin::TableCell| TableCell {
            location: cell.position.into(),
            value: cell.text.clone(),
        };
        TableRow {
            location: row.position.into(),
            cells: row.cells.iter().map(cell).collect(),
            id: self.ids.next(),
        }
    }
}

fn doc_string(doc_string: &gherkin::DocString) -> DocString {
    DocString {
        location: doc_string.position.into(),
        media_type: doc_string.media_type.clone(),
        content: doc_string.content.clone(),
        delimiter: doc_string.delimiter,
    }
}

fn keyword_type(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Context => "Context",
        StepKind::Action => "Action",
        StepKind::Outcome => "Outcome",
        StepKind::Conjunction => "Conjunction",
        StepKind::Unknown => "Unknown",
    }
}
