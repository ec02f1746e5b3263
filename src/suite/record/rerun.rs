//! Merges a rerun into the record of the run that it repeats.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::run_record::Record;
use crate::suite::plan::Plan;
use crate::suite::plan::step_match;

/// Merges an empty record of `plan` into that of the run whose open scenarios it reruns: what is not rerun stays as it was.
///
/// A scenario that is no longer in the files of the plan goes, and one that was moved in its file is where it is now. Scenarios of the
/// plan stay in front, since events count them so.
#[must_use]
pub(crate) fn merge_rerun(earlier: Record, plan: &Plan, mut record: Record) -> Record {
    record.began = earlier.began;
    record.took = earlier.took;
    record.environments.splice(0..0, earlier.environments);
    record.shard = earlier.shard;
    step_match::merge_definitions(&mut record.definitions, earlier.definitions);
    record.reruns = earlier.reruns + 1;
    let again: BTreeSet<&str> = plan.scenarios.iter().map(|one| one.key.as_str()).collect();
    let planned: BTreeSet<PathBuf> = plan.files.iter().map(|file| file.path.clone()).collect();
    for mut kept in earlier.scenarios {
        let place = plan.places.get(&kept.key).copied();
        let is_gone = place.is_none() && planned.contains(&kept.path);
        if is_gone || again.contains(kept.key.as_str()) {
            continue;
        }
        kept.line = place.unwrap_or(kept.line);
        record.scenarios.push(kept);
    }
    let elsewhere = earlier.files.into_iter().filter(|file| !planned.contains(&file.path));
    record.files.extend(elsewhere);
    record
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

    fn planned(file: &Path, feature: &str) -> Plan {
        std::fs::write(file, feature).unwrap();
        plan(&Selection {
            paths: vec![file.to_owned()],
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
        let mut earlier = record(&planned(&file, EARLIER));
        earlier.took = Duration::from_secs(3);
        earlier.scenarios[0].verdict = Verdict::Failed;
        let former = Arc::new(StepDefinition {
            id: "src/steps/go.rs:1".to_owned(),
            expression: "I went to {string}".to_owned(),
            kind: ExpressionKind::CucumberExpression,
        });
        earlier.definitions.push(Arc::clone(&former));
        earlier.scenarios[1].verdict = Verdict::Passed;
        let mut plan = planned(&file, NOW);
        plan.scenarios.truncate(1);
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
        let plan = planned(&folder.path().join("a.feature"), NOW);
        let mut earlier = record(&plan);
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
}
