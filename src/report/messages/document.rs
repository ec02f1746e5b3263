//! The message that says what a feature file contains.

use std::ops::RangeInclusive;

use cucumber::gherkin::{self, StepType};

use super::ids::Ids;
use super::lines::{Lines, Placed};
use super::protocol::{
    Background, Child, DataTable, Examples, Feature, GherkinDocument, Location, Rule, Scenario, Step, TableCell,
    TableRow, Tag,
};
use crate::suite::feature_file::FeatureFile;

/// Tells what a feature file contains and where.
pub fn document(file: &FeatureFile, ids: &mut Ids) -> GherkinDocument {
    let lines = Lines::of(&file.source);
    let mut reader = Reader {
        lines: &lines,
        ids,
        doc_strings: Vec::new(),
    };
    let feature = reader.feature(&file.feature);
    GherkinDocument {
        uri: file.path.display().to_string(),
        feature,
        comments: lines.comments(&reader.doc_strings),
    }
}

struct Reader<'a> {
    lines: &'a Lines<'a>,
    ids: &'a mut Ids,
    /// Lines of doc strings, where `#` is no comment.
    doc_strings: Vec<RangeInclusive<usize>>,
}

/// What every heading has.
struct Heading {
    location: Location,
    description: String,
}

impl Reader<'_> {
    fn feature(&mut self, feature: &gherkin::Feature) -> Feature {
        let heading = self.heading(feature.position, &feature.keyword, feature.description.as_ref());
        let tags = self.tags(&heading, &feature.tags);
        let mut children = self.children(feature.background.as_ref(), &feature.scenarios);
        children.extend(feature.rules.iter().map(|rule| Child::Rule(self.rule(rule))));
        Feature {
            tags,
            location: heading.location,
            language: self.lines.language(),
            keyword: feature.keyword.clone(),
            name: feature.name.clone(),
            description: heading.description,
            children,
        }
    }

    fn rule(&mut self, rule: &gherkin::Rule) -> Rule {
        let heading = self.heading(rule.position, &rule.keyword, rule.description.as_ref());
        Rule {
            tags: self.tags(&heading, &rule.tags),
            location: heading.location,
            keyword: rule.keyword.clone(),
            name: rule.name.clone(),
            description: heading.description,
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
        let heading = self.heading(
            background.position,
            &background.keyword,
            background.description.as_ref(),
        );
        Background {
            location: heading.location,
            keyword: background.keyword.clone(),
            name: background.name.clone(),
            description: heading.description,
            steps: background.steps.iter().map(|step| self.step(step)).collect(),
            id: self.ids.next(),
        }
    }

    fn scenario(&mut self, scenario: &gherkin::Scenario) -> Scenario {
        let heading = self.heading(scenario.position, &scenario.keyword, scenario.description.as_ref());
        Scenario {
            tags: self.tags(&heading, &scenario.tags),
            location: heading.location,
            keyword: scenario.keyword.clone(),
            name: scenario.name.clone(),
            description: heading.description,
            steps: scenario.steps.iter().map(|step| self.step(step)).collect(),
            examples: scenario.examples.iter().map(|one| self.examples(one)).collect(),
            id: self.ids.next(),
        }
    }

    fn examples(&mut self, examples: &gherkin::Examples) -> Examples {
        let heading = self.heading(examples.position, &examples.keyword, examples.description.as_ref());
        let mut rows = self.rows(heading.location.line, examples.table.as_ref()).into_iter();
        Examples {
            tags: self.tags(&heading, &examples.tags),
            location: heading.location,
            keyword: examples.keyword.clone(),
            name: examples.name.clone().unwrap_or_default(),
            description: heading.description,
            table_header: rows.next(),
            table_body: rows.collect(),
            id: self.ids.next(),
        }
    }

    fn step(&mut self, step: &gherkin::Step) -> Step {
        let location = self.lines.keyword(step.position.line, &step.keyword);
        let mut last = location.line;
        let doc_string = step.docstring.as_ref().and_then(|_| {
            let (doc_string, lines) = self.lines.doc_string(location.line)?;
            last = *lines.end();
            self.doc_strings.push(lines);
            Some(doc_string)
        });
        let rows = self.rows(last, step.table.as_ref());
        let first = rows.first().map(|row| row.location);
        Step {
            location,
            keyword: step.keyword.clone(),
            text: step.value.clone(),
            doc_string,
            data_table: first.map(|location| DataTable { location, rows }),
            id: self.ids.next(),
            kind: kind(step),
        }
    }

    fn heading(&self, position: gherkin::LineCol, keyword: &str, description: Option<&String>) -> Heading {
        let location = self.lines.keyword(position.line, keyword);
        Heading {
            location,
            description: self.lines.description(location.line, description.map(String::as_str)),
        }
    }

    fn tags(&mut self, heading: &Heading, tags: &[String]) -> Vec<Tag> {
        let placed = self.lines.tags(heading.location.line, tags.len());
        let tag = |(location, name)| Tag {
            location,
            name,
            id: self.ids.next(),
        };
        placed.into_iter().map(tag).collect()
    }

    fn rows(&mut self, below: usize, table: Option<&gherkin::Table>) -> Vec<TableRow> {
        let count = table.map_or(0, |table| table.rows.len());
        let cell = |(location, value): Placed| TableCell { location, value };
        let row = |(location, cells): (Location, Vec<Placed>)| TableRow {
            location,
            cells: cells.into_iter().map(cell).collect(),
            id: self.ids.next(),
        };
        self.lines.rows(below, count).into_iter().map(row).collect()
    }
}

/// As pickles have it: the parser has already given And and But the type of the step before (after `*`, that of Given).
fn kind(step: &gherkin::Step) -> &'static str {
    match step.ty {
        _ if step.keyword.starts_with('*') => "Unknown",
        StepType::Given => "Context",
        StepType::When => "Action",
        StepType::Then => "Outcome",
    }
}
