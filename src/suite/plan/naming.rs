//! How a scenario is called, and told from others.

use super::TUTORIAL_TAG;
use crate::suite::feature_file::{FeatureFile, Located};
use crate::tutorial::folders::{self, Entry};

/// The tutorials of a file, with the folders that are theirs.
pub(super) fn tutorials_of(file: &FeatureFile) -> Vec<Entry> {
    let is_tutorial = |located: &&Located| tags_of(file, located).iter().any(|tag| tag == TUTORIAL_TAG);
    let tutorials = file.scenarios.iter().filter(is_tutorial);
    let named: Vec<_> = tutorials
        .map(|located| (located.line, name_of(file, located)))
        .collect();
    folders::entries(&file.path, &named)
}

/// Tags of feature, rule and scenario, in this order.
pub(super) fn tags_of(file: &FeatureFile, located: &Located) -> Vec<String> {
    let of_rule = file
        .rule_of(located)
        .map(|rule| rule.tags.as_slice())
        .unwrap_or_default();
    let tags = file.feature.tags.iter().chain(of_rule).chain(&located.scenario.tags);
    tags.cloned().collect()
}

/// Rows of an outline whose name has no placeholder share it; their number tells them apart.
pub(super) fn name_of(file: &FeatureFile, located: &Located) -> String {
    let name = &located.scenario.name;
    match located.row {
        Some(row) if *name == file.heading_of(located).name => format!("{name} (example {row})"),
        _ => name.clone(),
    }
}

/// Names a scenario wherever it stands in its file.
pub(super) fn key_of(file: &FeatureFile, located: &Located) -> String {
    let path = file.path.display().to_string();
    let rule = file.rule_of(located).map(|rule| rule.name.clone());
    let row = located.row.map(|row| format!(" #{row}")).unwrap_or_default();
    let name = format!("{}{row}", file.heading_of(located).name);
    [Some(path), rule, Some(name)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" > ")
}
