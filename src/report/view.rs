//! The view that every report has of a record: status of steps, reasons of verdicts, places of failures.

mod artifacts;
mod change;
mod descriptions;
mod duration;
mod facts;

pub(crate) use artifacts::{Artifact, artifacts, bytes, title};
pub(crate) use change::{RULE, change};
pub(crate) use descriptions::{Description, Descriptions, path_parts};
pub(crate) use duration::duration;
pub(crate) use facts::{Fact, Value, facts, is_web};

use std::time::Duration;

use jiff::Timestamp;

use crate::counted::counted;
use crate::suite::record::event::{AttemptFailure, AttemptOutcome};
use crate::suite::record::{Attempt, Record, ScenarioRecord, Verdict};
use crate::visible::without_colours;

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StepStatus {
    /// It did what it says.
    Passed,
    /// It did not.
    Failed,
    /// The run was interrupted while it was played.
    Interrupted,
    /// What came before it failed.
    NotReached,
}

impl StepStatus {
    /// As people read it.
    #[must_use]
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Interrupted => "interrupted",
            Self::NotReached => "not reached",
        }
    }
}

/// How an attempt's step with this index ended.
#[must_use]
pub(crate) fn status(attempt: &Attempt, step: usize) -> StepStatus {
    let began = attempt.steps.len();
    match &attempt.outcome {
        AttemptOutcome::Failed(failure) if failure.step == Some(step) => StepStatus::Failed,
        _ if step >= began => StepStatus::NotReached,
        AttemptOutcome::Interrupted if step + 1 == began => StepStatus::Interrupted,
        _ => StepStatus::Passed,
    }
}

/// How an attempt ended, as people read it.
#[must_use]
pub(crate) fn outcome_word(outcome: &AttemptOutcome) -> &'static str {
    match outcome {
        AttemptOutcome::Passed => StepStatus::Passed,
        AttemptOutcome::Failed(_) => StepStatus::Failed,
        AttemptOutcome::Interrupted => StepStatus::Interrupted,
    }
    .word()
}

/// When something ended that began then and took so long.
#[must_use]
pub(crate) fn after(began: Timestamp, took: Duration) -> Timestamp {
    began.checked_add(took).unwrap_or(began)
}

/// Why an attempt failed, if it did.
#[must_use]
pub(crate) fn failure(attempt: &Attempt) -> Option<&AttemptFailure> {
    match &attempt.outcome {
        AttemptOutcome::Failed(failure) => Some(failure),
        AttemptOutcome::Passed | AttemptOutcome::Interrupted => None,
    }
}

/// The failure to look at first: the last one.
#[must_use]
pub(crate) fn last_failure(scenario: &ScenarioRecord) -> Option<&AttemptFailure> {
    scenario.attempts.iter().rev().find_map(failure)
}

/// The line to look at in the feature file: the step that failed, or else the scenario's own.
#[must_use]
pub(crate) fn line(scenario: &ScenarioRecord, failure: Option<&AttemptFailure>) -> usize {
    let step = failure.and_then(|failure| scenario.steps.get(failure.step?));
    step.map_or(scenario.line, |step| step.line)
}

/// What else there is to know of a verdict than the failures themselves.
#[must_use]
pub(crate) fn reason(record: &Record, scenario: &ScenarioRecord) -> Option<String> {
    let quarantine = scenario.quarantine.as_ref();
    match scenario.verdict {
        Verdict::Failed => scenario.expired_quarantine.clone(),
        Verdict::Flaky => Some(passed_at(scenario)),
        Verdict::Quarantined => quarantine.map(|one| format!("owner {} has until {} to fix it", one.owner, one.until)),
        Verdict::Interrupted if scenario.is_cut_short() => {
            let (begun, repeats) = (scenario.attempts.len(), scenario.repeats.unwrap_or_default());
            Some(format!("{} at attempt {begun} of {repeats}", ended(record)))
        }
        Verdict::Interrupted => Some(format!("{} while it was running", ended(record))),
        Verdict::NotPlayed => Some(format!("{} before it started", ended(record))),
        Verdict::Skipped => Some("tagged @skip".to_owned()),
        Verdict::Passed => quarantine.map(|one| {
            format!(
                "quarantined until {}, but it passed: if it is fixed, remove the tag",
                one.until
            )
        }),
    }
}

/// Where every scenario was repeated, its last attempt need not be the one that passed.
fn passed_at(scenario: &ScenarioRecord) -> String {
    let attempts = scenario.attempts.len();
    if scenario.repeats.is_none() {
        return format!("passed at attempt {attempts}");
    }
    let passed = scenario
        .attempts
        .iter()
        .filter(|one| one.outcome == AttemptOutcome::Passed);
    format!("passed in {} of {attempts} attempts", passed.count())
}

/// What ended a run that did not play everything.
fn ended(record: &Record) -> String {
    match record.signal {
        Some(signal) => format!("signal {signal} ended the run"),
        None => "the run ended".to_owned(),
    }
}

/// A failure's message without the colours of a terminal.
#[must_use]
pub(crate) fn message(failure: &AttemptFailure) -> String {
    without_colours(&failure.message).into_owned()
}

/// Where a failure was: line, step and code, each in a line of its own.
#[must_use]
pub(crate) fn place_of(scenario: &ScenarioRecord, failure: &AttemptFailure) -> Vec<String> {
    let step = failure.step.and_then(|step| scenario.steps.get(step));
    let mut lines = vec![format!(
        "at {}:{}",
        scenario.path.display(),
        line(scenario, Some(failure))
    )];
    lines.extend(step.map(|step| format!("step: {}", step.text)));
    lines.extend(failure.code.iter().map(|code| format!("step definition: {code}")));
    lines
}

/// All that went wrong, in one text: the reason and the last failure.
#[must_use]
pub(crate) fn error_text(record: &Record, scenario: &ScenarioRecord) -> String {
    let message = last_failure(scenario).map(message);
    let all = reason(record, scenario).into_iter().chain(message);
    all.collect::<Vec<_>>().join("\n")
}

/// Whether the run came to its end and nothing fails it.
#[must_use]
pub(crate) fn succeeded(record: &Record) -> bool {
    record.signal.is_none() && !record.has_failed()
}

/// Why the run fails apart from failed scenarios: unattributed panics, that it is incomplete, and that scenarios
/// are flaky which passed in the end, where that is asked for.
#[must_use]
pub(crate) fn run_errors(record: &Record) -> Vec<String> {
    let unfinished = record
        .unfinished
        .iter()
        .map(|why| format!("the run is unfinished: {why}"));
    let unattributed_panics = record.unattributed_panics.iter().map(ToString::to_string);
    unattributed_panics
        .chain(unfinished)
        .chain(flaky_error(record))
        .collect()
}

/// That scenarios are flaky which passed in the end, where that fails the run.
#[must_use]
pub(crate) fn flaky_error(record: &Record) -> Option<String> {
    let flaky = Some(record.failing_as_flaky()).filter(|flaky| *flaky > 0);
    flaky.map(|flaky| format!("{} flaky, and this run fails for that", counted(flaky, "scenario")))
}

/// Names a feature and the rule in it.
#[must_use]
pub(crate) fn feature_and_rule(scenario: &ScenarioRecord) -> String {
    let names = std::iter::once(&scenario.feature).chain(&scenario.rule);
    names.cloned().collect::<Vec<_>>().join(" / ")
}

/// How long all attempts took together.
#[must_use]
pub(crate) fn took(scenario: &ScenarioRecord) -> Duration {
    scenario.attempts.iter().map(|attempt| attempt.durations.total()).sum()
}

/// The run in a few words, what matters most first: `2 of 54 scenarios failed`.
#[must_use]
pub(crate) fn headline(record: &Record) -> String {
    let (all, failed) = (record.scenarios.len(), record.count(Verdict::Failed));
    let scenarios = counted(all, "scenario");
    let open = record.count(Verdict::Interrupted) + record.count(Verdict::NotPlayed);
    let not_over = format!("{open} of {scenarios} were not played to their end");
    let flaky = record.failing_as_flaky();
    match record.signal {
        _ if failed > 0 && record.unfinished.is_some() => format!("{failed} of {scenarios} failed; unfinished"),
        _ if failed > 0 => format!("{failed} of {scenarios} failed"),
        _ if all == 0 && record.unfinished.is_some() => "Unfinished".to_owned(),
        _ if record.unfinished.is_some() => format!("Unfinished: {not_over}"),
        _ if !record.unattributed_panics.is_empty() => "Failed outside of any scenario".to_owned(),
        Some(signal) => format!("Interrupted by signal {signal}"),
        None if open > 0 => not_over,
        None if flaky > 0 => format!("{flaky} of {scenarios} flaky"),
        None if all == 1 && record.count(Verdict::Passed) == 1 => "1 scenario passed".to_owned(),
        None if record.count(Verdict::Passed) == all => format!("All {scenarios} passed"),
        None => format!("No failure in {scenarios}"),
    }
}

/// Verdicts with how many scenarios came to them, the worst first; what nothing came to is left out.
#[must_use]
pub(crate) fn counts(record: &Record) -> Vec<(Verdict, usize)> {
    let counted = Verdict::ALL.into_iter().map(|verdict| (verdict, record.count(verdict)));
    counted.filter(|(_, count)| *count > 0).collect()
}

#[cfg(test)]
pub(super) mod samples;

#[cfg(test)]
mod tests {
    use super::samples::{attempt, failed, record, scenario};
    use super::*;

    #[test]
    fn a_step_ends_as_its_attempt_says() {
        let mut stopped = attempt(1, AttemptOutcome::Interrupted);
        stopped.steps.truncate(2);
        let statuses = |attempt: &Attempt| (0..3).map(|step| status(attempt, step).word()).collect::<Vec<_>>();
        assert_eq!(statuses(&failed(1)), ["passed", "failed", "not reached"]);
        assert_eq!(statuses(&stopped), ["passed", "interrupted", "not reached"]);
        assert_eq!(statuses(&attempt(1, AttemptOutcome::Passed)), ["passed"; 3]);
    }

    #[test]
    fn the_line_to_look_at_is_the_step_that_failed() {
        let scenario = scenario("B", Verdict::Failed, vec![failed(1)]);
        assert_eq!(line(&scenario, last_failure(&scenario)), 13);
        assert_eq!(line(&scenario, None), 10);
    }

    #[test]
    fn the_headline_says_the_worst() {
        let passed = || scenario("A", Verdict::Passed, vec![attempt(1, AttemptOutcome::Passed)]);
        let bad = scenario("B", Verdict::Failed, vec![failed(1)]);
        assert_eq!(headline(&record(vec![passed()])), "1 scenario passed");
        assert_eq!(headline(&record(vec![passed(), bad])), "1 of 2 scenarios failed");
        let mut unattributed_panics = record(vec![passed()]);
        unattributed_panics.unattributed_panics.push("a thread fell".into());
        assert_eq!(headline(&unattributed_panics), "Failed outside of any scenario");
        let skipped = scenario("C", Verdict::Skipped, Vec::new());
        let mut stopped = record(vec![passed(), skipped]);
        assert_eq!(headline(&stopped), "No failure in 2 scenarios");
        stopped.signal = Some(2);
        assert_eq!(headline(&stopped), "Interrupted by signal 2");
        let killed = |scenarios| Record {
            unfinished: Some("killed".into()),
            ..record(scenarios)
        };
        let never = || scenario("D", Verdict::NotPlayed, Vec::new());
        assert_eq!(headline(&killed(Vec::new())), "Unfinished");
        assert_eq!(
            headline(&killed(vec![passed(), never()])),
            "Unfinished: 1 of 2 scenarios were not played to their end"
        );
        let bad = scenario("B", Verdict::Failed, vec![failed(1)]);
        assert_eq!(
            headline(&killed(vec![bad, never()])),
            "1 of 2 scenarios failed; unfinished"
        );
    }

    #[test]
    fn a_run_that_flaky_scenarios_fail_says_so_everywhere() {
        let flaky = scenario("B", Verdict::Flaky, vec![failed(1), attempt(2, AttemptOutcome::Passed)]);
        let mut run = record(vec![flaky]);
        assert_eq!(
            (headline(&run).as_str(), run_errors(&run).len()),
            ("No failure in 1 scenario", 0)
        );
        run.fails_on_flaky = true;
        assert_eq!(headline(&run), "1 of 1 scenario flaky");
        assert_eq!(run_errors(&run), ["1 scenario flaky, and this run fails for that"]);
        assert!(!succeeded(&run));
    }

    #[test]
    fn a_run_that_a_signal_ended_or_that_fails_did_not_succeed() {
        let passed = || scenario("A", Verdict::Passed, vec![attempt(1, AttemptOutcome::Passed)]);
        assert!(succeeded(&record(vec![passed()])));
        let mut stopped = record(vec![passed()]);
        stopped.signal = Some(2);
        assert!(!succeeded(&stopped));
        assert!(!succeeded(&record(vec![scenario(
            "B",
            Verdict::Failed,
            vec![failed(1)]
        )])));
    }
}
