//! Allure results: a folder that Allure 2 and 3 make their reports of, one file for each attempt.
//!
//! What Allure knows of a scenario is read from its key, so that its history goes on when the scenario moves in its file.

mod labels;
mod protocol;
mod result;

use std::fmt::Write;
use std::path::Path;

use self::protocol::{Executor, TestResult};
use self::result::{AttachmentFiles, PREFIX, outside_of_scenarios, results};
use super::view::{self, Descriptions};
use crate::files::{self, FileError};
use crate::suite::record::Record;
use crate::suite::record::environment::CiJob;

/// The results, in the folder for reports.
pub(crate) const FOLDER: &str = "allure-results";

const ENVIRONMENT: &str = "environment.properties";
const EXECUTOR: &str = "executor.json";

/// Writes the results in place of those of an earlier run. `reports` is where the paths of evidence begin.
///
/// # Errors
/// [`FileError`].
pub(crate) fn write(record: &Record, reports: &Path) -> Result<(), FileError> {
    let folder = reports.join(FOLDER);
    clear(&folder)?;
    let descriptions = Descriptions::read(record);
    let files = AttachmentFiles {
        reports,
        folder: &folder,
    };
    for scenario in &record.scenarios {
        for result in results(record, scenario, descriptions.about(scenario), &files)? {
            write_result(&folder, &result)?;
        }
    }
    if let Some(result) = outside_of_scenarios(record) {
        write_result(&folder, &result)?;
    }
    let environment = environment(record);
    files::write_with(&folder.join(ENVIRONMENT), |out| out.write_all(environment.as_bytes()))?;
    match record.environments.iter().find_map(|one| one.ci.as_ref()) {
        Some(ci) => files::write_with(&folder.join(EXECUTOR), |out| {
            Ok(serde_json::to_writer(out, &executor(ci))?)
        }),
        None => Ok(()),
    }
}

/// Removes the results of an earlier run, and the folder if nothing else is in it.
///
/// # Errors
/// [`FileError`].
pub(crate) fn remove(reports: &Path) -> Result<(), FileError> {
    let folder = reports.join(FOLDER);
    clear(&folder)?;
    files::remove(&folder.join(ENVIRONMENT))?;
    files::remove_empty_folder(&folder)
}

/// What other tools have put there stays: categories, and the history of earlier reports.
fn clear(folder: &Path) -> Result<(), FileError> {
    let names = files::names_in(folder)?.into_iter();
    let ours = names.filter(|name| name.starts_with(PREFIX) || name == EXECUTOR);
    ours.into_iter().try_for_each(|name| files::remove(&folder.join(name)))
}

fn write_result(folder: &Path, result: &TestResult) -> Result<(), FileError> {
    let path = folder.join(format!("{PREFIX}{}-result.json", result.uuid));
    files::write_with(&path, |out| Ok(serde_json::to_writer(out, result)?))
}

/// In the format of Java's properties.
fn environment(record: &Record) -> String {
    let mut lines = String::new();
    let mut say = |name: &str, value: &str| {
        // Writing to a string does not fail.
        let _ = writeln!(lines, "{}={}", escaped(name), escaped(value));
    };
    for fact in view::facts(record) {
        let values = fact.values.iter().map(|value| match &value.link {
            Some(link) => format!("{} {link}", value.text),
            None => value.text.clone(),
        });
        say(fact.name, &values.collect::<Vec<_>>().join("; "));
    }
    if let Some(portal) = &record.base_url {
        say("Portal", portal);
    }
    lines
}

/// Java reads properties as Latin-1, Allure 3 as UTF-8: in ASCII they are the same.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | '=' | ':' | '#' | '!' | ' ' => escaped.extend(['\\', letter]),
            ' '..='~' => escaped.push(letter),
            _ => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    let _ = write!(escaped, "\\u{unit:04x}");
                }
            }
        }
    }
    escaped
}

fn executor(ci: &CiJob) -> Executor {
    let build = ci.build.as_deref().unwrap_or_default();
    let name = ci.name.as_deref().unwrap_or(&ci.service);
    let kind = ci.service.to_lowercase();
    Executor {
        name: ci.service.clone(),
        // Allure's own words: github, gitlab, jenkins.
        kind: kind.split(' ').next().unwrap_or_default().to_owned(),
        build_order: build.parse().ok(),
        build_name: format!("{name} {build}").trim_end().to_owned(),
        build_url: ci.url.clone().filter(|url| view::is_web(url)),
    }
}

#[cfg(test)]
mod tests;
