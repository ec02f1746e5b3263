//! Refuses what Gherkin allows but would pass without testing anything.

use std::collections::HashMap;
use std::path::Path;

use super::bind::Binder;
use super::error::{MisplacedArgument, PlanError};
use super::feature_file::FeatureFile;
use super::scenario::PlannedScenario;
use super::step::PlannedStep;
use crate::config::Allowed;
use crate::gherkin::Step;
use crate::steps::{Below, Effect};

/// All that is wrong with a file before its steps are looked at.
pub(super) fn file(binder: &Binder, file: &FeatureFile, allowed: Allowed) -> Vec<PlanError> {
    let mut wrong: Vec<_> = misspelt_steps(binder, file).collect();
    if !allowed.empty_features && wrong.is_empty() {
        wrong.extend(no_scenario(file));
    }
    if !allowed.empty_scenarios {
        wrong.extend(no_rows(file));
    }
    if !allowed.duplicate_names {
        wrong.extend(duplicate_names(file));
    }
    wrong
}

/// A feature without scenarios would pass without testing anything.
fn no_scenario(file: &FeatureFile) -> Option<PlanError> {
    let feature = file.document.feature.as_ref();
    file.written().next().is_none().then(|| PlanError::NoScenario {
        path: file.path.clone(),
        line: feature.map_or(1, |feature| feature.heading.position.line),
        what: if feature.is_some() {
            "this feature has no scenario"
        } else {
            "this file has no feature"
        },
    })
}

/// An outline without rows would pass without testing anything.
fn no_rows(file: &FeatureFile) -> impl Iterator<Item = PlanError> {
    let outlines = file.written().map(|located| located.scenario);
    let outlines = outlines.filter(|scenario| scenario.is_outline || !scenario.examples.is_empty());
    let empty = outlines.filter(|outline| outline.examples.iter().all(|examples| examples.rows().is_empty()));
    empty.map(|outline| PlanError::EmptyOutline {
        path: file.path.clone(),
        line: outline.heading.position.line,
        name: outline.heading.name.clone(),
    })
}

/// Reports and `--rerun` know scenarios by their names.
fn duplicate_names(file: &FeatureFile) -> impl Iterator<Item = PlanError> {
    let mut seen = HashMap::new();
    file.written().filter_map(move |located| {
        let rule = located.rule.map(|rule| rule.heading.position);
        let heading = &located.scenario.heading;
        let line = heading.position.line;
        let earlier = *seen.entry((rule, heading.name.as_str())).or_insert(line);
        (earlier != line).then(|| PlanError::DuplicateName {
            path: file.path.clone(),
            line,
            name: heading.name.clone(),
            earlier,
        })
    })
}

/// Descriptions may say anything; a line that would be a step but for its first word is no description.
fn misspelt_steps(binder: &Binder, file: &FeatureFile) -> impl Iterator<Item = PlanError> {
    let lines = file.headings().flat_map(|heading| &heading.description);
    let language = file
        .document
        .feature
        .as_ref()
        .map_or("en", |feature| feature.language.as_str());
    lines.filter_map(move |line| {
        let (word, nearest) = binder.misspelt_keyword(line.text.trim(), language)?;
        let text = line.text.trim();
        let behind = text[word.len()..].chars().next();
        let (path, line) = (file.path.clone(), line.line);
        let disguise = behind.filter(|letter| word == nearest && *letter != ' ');
        Some(if let Some(letter) = disguise {
            PlanError::InvisibleCharacter {
                path,
                line,
                step: text.to_owned(),
                before: word.to_owned(),
                letter,
            }
        } else if word == nearest {
            let step = word.to_owned();
            PlanError::StepOutsideScenario { path, line, step }
        } else {
            let word = word.to_owned();
            PlanError::MisspelledKeyword {
                path,
                line,
                word,
                nearest,
            }
        })
    })
}

/// A table or a doc string that no step reads would pass without testing anything.
pub(super) fn below(
    path: &Path,
    step: &Step,
    planned: &PlannedStep,
    is_tutorial: bool,
) -> impl Iterator<Item = PlanError> {
    let reads = planned.wording.definition.below;
    let table = step.table.as_ref().and_then(|table| table.rows.first());
    let table = match (table, reads) {
        (Some(row), Below::Nothing) => Some((row.position.line, MisplacedArgument::Table)),
        (None, Below::Table) => Some((planned.line, MisplacedArgument::NoTable)),
        _ => None,
    };
    let is_told = is_tutorial && planned.narration.is_some();
    let doc_string = step.doc_string.as_ref().filter(|_| reads != Below::Unknown && !is_told);
    let doc_string = doc_string.map(|doc_string| {
        let what = match planned.narration {
            Some(_) => MisplacedArgument::Narration,
            None => MisplacedArgument::Data,
        };
        (doc_string.position.line, what)
    });
    [table, doc_string]
        .into_iter()
        .flatten()
        .map(|(line, what)| PlanError::MisplacedArgument {
            path: path.to_owned(),
            line,
            what,
            step: planned.wording.text.to_string(),
        })
}

/// Steps that control the mock portal can't run against a portal elsewhere.
pub(super) fn steering(scenarios: &[PlannedScenario], portal: &str) -> Result<(), PlanError> {
    let steps = scenarios
        .iter()
        .flat_map(|one| one.steps.iter().map(move |step| (one, step)));
    let steering = steps.filter(|(_, step)| step.effect() == Effect::Steers);
    let mut wrong: Vec<_> = steering
        .map(|(scenario, step)| PlanError::NeedsMockPortal {
            path: scenario.path.clone(),
            line: step.line,
            step: step.wording.text.to_string(),
            portal: portal.to_owned(),
        })
        .collect();
    match wrong.len() {
        0 => Ok(()),
        1 => Err(wrong.remove(0)),
        _ => Err(PlanError::Several(wrong)),
    }
}
