//! Names and keys of scenarios.

use std::collections::HashMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::feature_file::{FeatureFile, Located};
use super::scenario::TUTORIAL_TAG;
use crate::gherkin::{Heading, Position};
use crate::redact;

/// A scenario of a parsed file, or a row of an outline, with its names.
pub(super) struct NamedScenario<'a> {
    pub(crate) located: Located<'a>,
    /// Names it wherever it stands in its file: `features/a.feature > Rule > Name #2`.
    pub(crate) key: String,
    /// As people read it.
    pub(crate) name: String,
    /// Tags of feature, rule, scenario and examples, in this order, without `@`.
    pub(crate) tags: Vec<String>,
}

impl NamedScenario<'_> {
    /// Digest of its tags and steps, with what stands under them. It stands in records, so that secrets take no part in it.
    pub fn content(&self) -> String {
        let mut digest = Sha256::new();
        let mut add = |text: &str| {
            digest.update(redact::text(text).as_bytes());
            digest.update([0]);
        };
        self.tags.iter().for_each(|tag| add(tag));
        for (step, row) in self.located.steps() {
            let fill = |text: &str| row.map_or_else(|| text.to_owned(), |row| row.fill(text).into_owned());
            add(&fill(&format!("{}{}", step.keyword, step.text)));
            if let Some(doc_string) = &step.doc_string {
                add(&fill(&doc_string.content));
            }
            for cells in step.table.iter().flat_map(|table| &table.rows) {
                cells.cells.iter().for_each(|cell| add(&fill(&cell.text)));
                add("");
            }
        }
        digest.finalize()[..8].iter().fold(String::new(), |mut text, byte| {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// Whether it is a tutorial.
    pub(crate) fn is_tutorial(&self) -> bool {
        self.tags.iter().any(|tag| tag == TUTORIAL_TAG)
    }
}

/// Names the scenarios of a parsed file, in its order.
pub(super) fn named(file: &FeatureFile) -> impl Iterator<Item = NamedScenario<'_>> {
    let path = file.path.display().to_string();
    let mut keys = Unique::default();
    // Of one rule, or outside of rules.
    let mut names = Unique::default();
    let mut current_rule: Option<Position> = None;
    file.scenarios().into_iter().map(move |located| {
        let rule = located.rule.map(|rule| rule.heading.position);
        if rule != current_rule {
            current_rule = rule;
            names = Unique::default();
        }
        NamedScenario {
            key: keys.unique(key_of(&path, &located)),
            name: names.unique(name_of(&located)),
            tags: tags_of(&located),
            located,
        }
    })
}

fn tags_of(located: &Located) -> Vec<String> {
    let names = located.headings().flat_map(Heading::tag_names);
    names.map(str::to_owned).collect()
}

/// Rows of an outline whose name has no placeholder share it; their number distinguishes them. One without a name needs one, too.
fn name_of(located: &Located) -> String {
    let written = match located.scenario.heading.name.as_str() {
        "" => "(unnamed)",
        name => name,
    };
    let name = located.fill(written).into_owned();
    match located.example {
        Some(example) if name == written => format!("{name} (example {})", example.number),
        _ => name,
    }
}

fn key_of(path: &str, located: &Located) -> String {
    let rule = located
        .rule
        .map(|rule| format!("{} > ", rule.heading.name))
        .unwrap_or_default();
    let row = located
        .example
        .map(|example| format!(" #{}", example.number))
        .unwrap_or_default();
    format!("{path} > {rule}{}{row}", located.scenario.heading.name)
}

/// Makes names unique.
#[derive(Default)]
struct Unique(HashMap<String, usize>);

impl Unique {
    /// The name, with the number of its use behind it from the second on.
    fn unique(&mut self, name: String) -> String {
        let uses = self.0.entry(name.clone()).or_default();
        *uses += 1;
        if *uses == 1 {
            return name;
        }
        // Somebody may have numbered names by hand.
        let numbered = format!("{name} #{uses}");
        self.unique(numbered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_even_from_numbered_ones() {
        let mut names = Unique::default();
        let message: Vec<_> = ["A", "A #2", "A", "A", "B"]
            .map(|name| names.unique(name.to_owned()))
            .into();
        assert_eq!(message, ["A", "A #2", "A #2 #2", "A #3", "B"]);
    }
}
