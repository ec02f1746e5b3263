//! Names and keys of scenarios.

use std::collections::HashMap;
use std::path::Path;

use crate::gherkin::{Heading, Position};
use crate::suite::feature_file::Located;

/// What a scenario is called.
pub(super) struct Named {
    /// Names it wherever it stands in its file: `features/a.feature > Rule > Name #2`.
    pub key: String,
    /// As people read it.
    pub name: String,
    /// Tags of feature, rule, scenario and examples, in this order, without `@`.
    pub tags: Vec<String>,
}

/// Names the scenarios of a file, in its order.
pub(super) struct Naming {
    path: String,
    rule: Option<Position>,
    keys: Unique,
    /// Of one rule, or outside of rules.
    names: Unique,
}

impl Naming {
    pub fn of(path: &Path) -> Self {
        Self {
            path: path.display().to_string(),
            rule: None,
            keys: Unique::default(),
            names: Unique::default(),
        }
    }

    pub fn next(&mut self, located: &Located) -> Named {
        let rule = located.rule.map(|rule| rule.heading.position);
        if rule != self.rule {
            self.rule = rule;
            self.names = Unique::default();
        }
        Named {
            key: self.keys.unique(key_of(&self.path, located)),
            name: self.names.unique(name_of(located)),
            tags: tags_of(located),
        }
    }
}

fn tags_of(located: &Located) -> Vec<String> {
    let names = located.headings().flat_map(Heading::tag_names);
    names.map(str::to_owned).collect()
}

/// Rows of an outline whose name has no placeholder share it; their number tells them apart. One without a name has to be told, too.
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

/// Tells apart what has one name.
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
        let told: Vec<_> = ["A", "A #2", "A", "A", "B"]
            .map(|name| names.unique(name.to_owned()))
            .into();
        assert_eq!(told, ["A", "A #2", "A #2 #2", "A #3", "B"]);
    }
}
