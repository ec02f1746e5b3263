//! Merges a rerun into the record of the run that it repeats.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::run_record::Record;
use super::scenario::ScenarioRecord;
use crate::suite::plan::Plan;
use crate::suite::plan::rerun::FoundScenario;
use crate::suite::plan::step_match;

/// Behind the key of a scenario that is lost, where another one has that key now.
const LOST: &str = " (no longer there)";

/// Merges an empty record of `plan` into that of the run whose open scenarios it reruns: what is not rerun stays as it was, and so does
/// what fails the run beside scenarios.
///
/// A scenario that passed and is no longer there goes; one that was left open and is not found stays, and fails the run. One that was
/// moved or renamed is what it is now. Scenarios of the plan stay in front, since events count them so.
#[must_use]
pub(crate) fn merge_rerun(earlier: Record, plan: &Plan, mut record: Record) -> Record {
    record.began = earlier.began;
    record.took = earlier.took;
    record.environments.splice(0..0, earlier.environments);
    record.shard = earlier.shard;
    record.fails_on_flaky |= earlier.fails_on_flaky;
    record.unattributed_panics = earlier.unattributed_panics;
    let base_url = std::mem::replace(&mut record.base_url, earlier.base_url);
    record.add_base_url(base_url.as_deref());
    step_match::merge_definitions(&mut record.definitions, earlier.definitions);
    record.reruns = earlier.reruns + 1;
    let again: BTreeSet<String> = record.scenarios.iter().map(|one| one.key.clone()).collect();
    let mut lost = Vec::new();
    for (mut kept, found) in earlier.scenarios.into_iter().zip(&plan.found) {
        match found {
            FoundScenario::Gone => continue,
            FoundScenario::Here { key, .. } if again.contains(key) => continue,
            FoundScenario::Here { key, name, line } => {
                kept.key.clone_from(key);
                kept.name.clone_from(name);
                kept.line = *line;
                kept.is_lost = false;
            }
            FoundScenario::NotChosen => {}
            FoundScenario::Lost => {
                kept.is_lost = true;
                lost.push(kept);
                continue;
            }
        }
        record.scenarios.push(kept);
    }
    add_lost(&mut record, lost);
    let planned: BTreeSet<PathBuf> = plan.files.iter().map(|file| file.path.clone()).collect();
    let elsewhere = earlier.files.into_iter().filter(|file| !planned.contains(&file.path));
    record.files.extend(elsewhere);
    record
}

/// Their keys may be others' now; each key is there once.
fn add_lost(record: &mut Record, lost: Vec<ScenarioRecord>) {
    let mut keys: BTreeSet<String> = record.scenarios.iter().map(|one| one.key.clone()).collect();
    for mut scenario in lost {
        while !keys.insert(scenario.key.clone()) {
            scenario.key.push_str(LOST);
        }
        record.scenarios.push(scenario);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;
    use std::time::{Duration, SystemTime};

    use jiff::Zoned;

    use super::*;
    use crate::steps::{ExpressionKind, StepDefinition};
    use crate::suite::plan::plan;
    use crate::suite::plan::select::Selection;
    use crate::suite::record::Verdict;
    use crate::suite::record::environment::Environment;
    use crate::suite::record::event::{Event, EventKind};

    const EARLIER: &str = "Feature: A\n  Scenario: Open\n    Given I open \"/\"\n  Scenario: Passed\n    Given I open \"/\"\n  \
                           Scenario: Gone\n    Given I open \"/\"\n";
    const NOW: &str =
        "Feature: A\n\n  Scenario: Open\n    Given I open \"/\"\n  Scenario: Passed\n    Given I open \"/\"\n";

    fn planned(file: &Path, feature: &str, earlier: Option<&Record>) -> Plan {
        std::fs::write(file, feature).unwrap();
        plan(&Selection {
            paths: vec![file.to_owned()],
            earlier: earlier.map(Record::to_rerun),
            ..Selection::default()
        })
        .unwrap()
    }

    fn record(plan: &Plan) -> Record {
        Record::begin(plan, "defined".to_owned(), None)
    }

    #[test]
    fn what_is_not_played_again_stays_and_what_is_gone_goes() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.feature");
        let mut earlier = record(&planned(&file, EARLIER, None));
        earlier.took = Duration::from_secs(3);
        earlier.scenarios[0].verdict = Verdict::Failed;
        let former = Arc::new(StepDefinition {
            id: "src/steps/go.rs:1".to_owned(),
            expression: "I went to {string}".to_owned(),
            kind: ExpressionKind::CucumberExpression,
        });
        earlier.definitions.push(Arc::clone(&former));
        earlier.scenarios[1].verdict = Verdict::Passed;
        earlier.scenarios[2].verdict = Verdict::Passed;
        let plan = planned(&file, NOW, Some(&earlier));
        let joined = merge_rerun(earlier.clone(), &plan, record(&plan));
        let scenarios: Vec<_> = joined
            .scenarios
            .iter()
            .map(|one| (one.name.as_str(), one.line, one.verdict))
            .collect();
        assert_eq!(
            scenarios,
            [("Open", 3, Verdict::NotPlayed), ("Passed", 5, Verdict::Passed)]
        );
        assert_eq!(
            (joined.began, joined.took, joined.reruns),
            (earlier.began, earlier.took, 1)
        );
        assert_eq!(joined.files, plan.files);
        assert!(joined.definitions.contains(&former), "{:?}", joined.definitions);
    }

    fn on(system: &str, browsers: &[&str]) -> Environment {
        Environment {
            system: system.to_owned(),
            browsers: browsers.iter().map(|one| (*one).to_owned()).collect(),
            ..Environment::default()
        }
    }

    /// What is known of where a run and its rerun on this system were played.
    fn environments(rerun_on: &str) -> Vec<Environment> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.feature");
        let mut earlier = record(&planned(&file, NOW, None));
        let plan = planned(&file, NOW, Some(&earlier));
        earlier.environments = vec![on("a", &["chrome 138.0"])];
        let mut rerun = record(&plan);
        rerun.environments = vec![on(rerun_on, &[])];
        let mut joined = merge_rerun(earlier, &plan, rerun);
        let browser = "chrome 138.0".to_owned();
        joined.on_event(&Event {
            id: 0,
            at: SystemTime::now(),
            kind: EventKind::BrowserStarted { browser },
        });
        joined.end(Duration::ZERO, None, Vec::new(), Zoned::now().date());
        joined.environments
    }

    #[test]
    fn a_rerun_elsewhere_is_known_beside_the_run_that_it_repeats() {
        let browser = ["chrome 138.0"];
        assert_eq!(environments("a"), [on("a", &browser)]);
        assert_eq!(environments("b"), [on("a", &browser), on("b", &browser)]);
    }

    #[test]
    fn what_failed_and_is_no_longer_there_stays_and_fails_the_run() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.feature");
        let outline = |rows: &str| {
            format!(
                "Feature: A\n  Scenario Outline: Page\n    Given I open \"<page>\"\n    Examples:\n      | page |\n{rows}"
            )
        };
        let rows = outline("      | /bad?1 |\n      | /good |\n      | /bad?2 |\n");
        let mut earlier = record(&planned(&file, &rows, None));
        earlier.fails_on_flaky = true;
        earlier.unattributed_panics = vec!["a panic".into()];
        for (scenario, verdict) in earlier
            .scenarios
            .iter_mut()
            .zip([Verdict::Failed, Verdict::Passed, Verdict::Flaky])
        {
            scenario.verdict = verdict;
        }
        let plan = planned(&file, &outline("      | /good |\n      | /bad?2 |\n"), Some(&earlier));
        assert_eq!(plan.scenarios.len(), 1);
        let mut joined = merge_rerun(earlier, &plan, record(&plan));
        joined.sort();
        let text = |one: &ScenarioRecord| {
            format!(
                "{} {} {:?} {}",
                one.line,
                one.key.rsplit(" > ").next().unwrap(),
                one.verdict,
                one.is_lost
            )
        };
        let scenarios: Vec<_> = joined.scenarios.iter().map(text).collect();
        let expected = [
            "6 Page #1 Passed false",
            "6 Page #1 (no longer there) Failed true",
            "7 Page #2 NotPlayed false",
        ];
        assert_eq!(scenarios, expected);
        assert!(joined.fails_on_flaky && joined.unattributed_panics.len() == 1);
        joined.end(Duration::ZERO, None, Vec::new(), Zoned::now().date());
        assert!(joined.has_failed() && joined.unattributed_panics.len() == 1);
    }
}
