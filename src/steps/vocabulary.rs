//! The vocabulary as people read it. Its one source is the comments on the steps.

/// A step that features can use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// How it is written, with `{…}` for what varies.
    pub expression: String,
    /// What it does.
    pub what: String,
    /// How it is used.
    pub example: String,
    /// Where it is written, as plans and records have it: `src/steps/click.rs:12`.
    pub code: String,
}

/// Every file that holds steps.
const SOURCES: [(&str, &str); 7] = [
    ("src/steps/go.rs", include_str!("go.rs")),
    ("src/steps/look.rs", include_str!("look.rs")),
    ("src/steps/click.rs", include_str!("click.rs")),
    ("src/steps/typing.rs", include_str!("typing.rs")),
    ("src/steps/dialog.rs", include_str!("dialog.rs")),
    ("src/steps/portal.rs", include_str!("portal.rs")),
    ("src/steps/steering.rs", include_str!("steering.rs")),
];

/// All steps, in the order of their subjects.
pub fn vocabulary() -> impl Iterator<Item = Entry> {
    SOURCES.into_iter().flat_map(|(file, source)| entries(file, source))
}

fn entries(file: &str, source: &str) -> Vec<Entry> {
    let mut comment = String::new();
    let mut found = Vec::new();
    for (index, line) in source.lines().enumerate() {
        if let Some(text) = line.strip_prefix("/// ") {
            comment.push_str(text);
            comment.push(' ');
        } else if let Some(expression) = expression(line) {
            found.push(Entry {
                code: format!("{file}:{}", index + 1),
                ..entry(&comment, expression)
            });
        } else {
            comment.clear();
        }
    }
    found
}

/// The quoted part of `#[when(expr = "…")]`.
fn expression(line: &str) -> Option<&str> {
    let attribute = ["#[given(", "#[when(", "#[then("]
        .iter()
        .find_map(|start| line.strip_prefix(start))?;
    let (_, quoted) = attribute.split_once('"')?;
    quoted.rsplit_once('"').map(|(expression, _)| expression)
}

fn entry(comment: &str, expression: &str) -> Entry {
    let (what, rest) = comment.split_once("Example:").unwrap_or((comment, ""));
    Entry {
        expression: expression.to_owned(),
        what: what.trim().to_owned(),
        example: rest.split('`').nth(1).unwrap_or_default().to_owned(),
        code: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::plan::PlannedStep;
    use crate::suite::plan::tests::planned;

    #[test]
    fn every_step_says_what_it_does_and_shows_an_example() {
        for entry in vocabulary() {
            assert!(!entry.what.is_empty() && !entry.example.is_empty(), "{entry:?}");
        }
    }

    #[test]
    fn every_example_is_bound_to_one_step() {
        let mut feature = String::from("Feature: Examples\n  Scenario: All\n");
        for entry in vocabulary() {
            feature.extend(["    ", &entry.example, "\n"]);
            if entry.example.ends_with(':') {
                feature.push_str("      | widget |\n");
            }
        }
        let plan = planned(&feature, None).unwrap_or_else(|error| panic!("{error}"));
        let bound: Vec<_> = plan.scenarios[0].steps.iter().map(PlannedStep::code).collect();
        let written: Vec<_> = vocabulary().map(|entry| entry.code).collect();
        assert_eq!(bound, written);
    }
}
