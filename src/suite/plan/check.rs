//! What a feature file must not say, though Gherkin would have it.

use cucumber::gherkin::Feature;

use super::{PlanError, PlannedScenario};
use crate::steps::Effect;
use crate::suite::bind::Binder;
use crate::suite::feature_file::FeatureFile;

/// Reports and `--rerun` know scenarios by their names.
pub(super) fn names(file: &FeatureFile) -> Result<(), PlanError> {
    let mut seen: Vec<(Option<usize>, &str, usize)> = Vec::new();
    for located in file.scenarios.iter().filter(|one| one.row.is_none_or(|row| row == 1)) {
        let heading = file.heading_of(located);
        let (name, line) = (heading.name.as_str(), heading.position.line);
        if let Some((_, _, earlier)) = seen
            .iter()
            .find(|(rule, earlier, _)| (*rule, *earlier) == (located.rule, name))
        {
            return Err(PlanError::Duplicate {
                path: file.path.clone(),
                line,
                name: name.to_owned(),
                earlier: *earlier,
            });
        }
        seen.push((located.rule, name, line));
    }
    Ok(())
}

/// Descriptions may say anything; a line that would be a step or a section but for its first word is no description.
pub(super) fn keywords(binder: &Binder, feature: &Feature) -> Result<(), PlanError> {
    let path = feature.path.clone().unwrap_or_default();
    let rules = feature.rules.iter().map(|rule| (rule.position.line, &rule.description));
    let inside = feature.rules.iter().flat_map(|rule| &rule.scenarios);
    let scenarios = feature.scenarios.iter().chain(inside);
    let scenarios = scenarios.map(|scenario| (scenario.position.line, &scenario.description));
    let all = std::iter::once((feature.position.line, &feature.description))
        .chain(rules)
        .chain(scenarios);
    for (line, description) in all {
        let lines = description.iter().flat_map(|text| text.lines());
        for (below, text) in lines.enumerate() {
            if let Some((word, nearest)) = binder.misspelt_keyword(text.trim()) {
                let (path, line, word) = (path.clone(), line + below + 1, word.to_owned());
                return Err(PlanError::Keyword {
                    path,
                    line,
                    word,
                    nearest,
                });
            }
        }
    }
    Ok(())
}

/// A portal elsewhere can't be steered.
pub(super) fn steering(scenarios: &[PlannedScenario], portal: &str) -> Result<(), PlanError> {
    let steps = scenarios
        .iter()
        .flat_map(|one| one.steps.iter().map(move |step| (one, step)));
    let steering = steps.filter(|(_, step)| step.effect() == Effect::Steers);
    let mut wrong: Vec<_> = steering
        .map(|(scenario, step)| PlanError::Steering {
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
