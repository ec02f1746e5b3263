//! What feature files say beyond what a record has of each scenario.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::suite::plan::feature_file::{FeatureFile, Located};
use crate::suite::record::{Record, ScenarioRecord};

/// What is written, by file and line.
pub(crate) struct Descriptions(BTreeMap<PathBuf, BTreeMap<usize, Description>>);

/// What is written of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Description {
    /// The description of its feature.
    pub(crate) feature: Arc<str>,
    /// Its own description.
    pub(crate) scenario: String,
    /// Columns and values of its row, if it is one of an outline.
    pub(crate) row: Vec<(String, String)>,
}

impl Descriptions {
    /// Reads every file of a record. One that this version of the kit can't read says nothing.
    pub(crate) fn read(record: &Record) -> Self {
        let files = record.files.iter().filter_map(|file| {
            let read = FeatureFile::parse(&file.path, file.source.to_string()).ok()?;
            Some((file.path.clone(), about(&read)))
        });
        Self(files.collect())
    }

    /// What is written of a scenario, if its file is known.
    pub(crate) fn about(&self, scenario: &ScenarioRecord) -> Option<&Description> {
        self.0.get(&scenario.path)?.get(&scenario.line)
    }
}

fn about(file: &FeatureFile) -> BTreeMap<usize, Description> {
    let feature = file.document.feature.as_ref();
    let description = feature.map(|feature| trimmed(&feature.heading.described()));
    let description: Arc<str> = description.unwrap_or_default().into();
    let about = |located: &Located| Description {
        feature: Arc::clone(&description),
        scenario: trimmed(&located.fill(&located.scenario.heading.described())),
        row: row(located),
    };
    file.scenarios().iter().map(|one| (one.line(), about(one))).collect()
}

fn row(located: &Located) -> Vec<(String, String)> {
    let cells = located.example.into_iter().flat_map(|example| {
        let columns = example.examples.header().into_iter().flat_map(|row| &row.cells);
        columns.zip(&example.row.row.cells)
    });
    cells
        .map(|(column, value)| (column.text.clone(), value.text.clone()))
        .collect()
}

/// Descriptions are indented as their file is.
fn trimmed(description: &str) -> String {
    let lines: Vec<_> = description.trim().lines().map(str::trim).collect();
    lines.join("\n")
}

/// The folders and the name of a feature file.
pub(crate) fn path_parts(path: &Path) -> Vec<String> {
    path.iter().map(|part| part.to_string_lossy().into_owned()).collect()
}
