//! A run as a stream of JSON objects, one per line, for programs that watch it. `docs/events.md` is its documentation.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::view;
use crate::output::say_json;
use crate::redact;
use crate::suite::plan::{Plan, PlannedScenario};
use crate::suite::record::event::{AttemptOutcome, Event, EventKind};
use crate::suite::record::{Record, Verdict};

/// Writes that the run starts.
pub(crate) fn begin(plan: &Plan, record: &Record) {
    say_json!(begun(plan, record));
}

/// Writes an event, if the stream has it.
pub(crate) fn on_event(plan: &Plan, event: &Event) {
    if let Some(line) = happened(plan, event) {
        say_json!(line);
    }
}

/// Writes the results of the run.
pub(crate) fn end(record: &Record) {
    say_json!(ended(record));
}

/// Names a scenario as the stream does, to list it.
#[must_use]
pub(crate) fn listed(scenario: &PlannedScenario) -> String {
    let mut line = named("scenario", scenario);
    let tags = scenario.tags.iter().map(|tag| redact::text(tag));
    line["tags"] = tags.collect();
    line["skipped"] = json!(scenario.options.skip);
    line.to_string()
}

fn begun(plan: &Plan, record: &Record) -> Value {
    json!({
        "event": "run-started",
        // That of a rerun is when the run began that it repeats.
        "at": Timestamp::now().to_string(),
        "docent": record.version,
        "scenarios": plan.scenarios.len(),
        "order": record.order,
    })
}

fn named(event: &str, scenario: &PlannedScenario) -> Value {
    json!({
        "event": event,
        "scenario": redact::text(&scenario.key),
        "file": scenario.path.display().to_string(),
        "line": scenario.line,
        "name": redact::text(&scenario.name),
    })
}

fn happened(plan: &Plan, event: &Event) -> Option<Value> {
    let scenario = plan.scenarios.get(event.id)?;
    let of_step = |event: &str, step: usize| {
        let planned = scenario.steps.get(step)?;
        let mut line = named(event, scenario);
        line["line"] = json!(planned.line);
        line["step"] = json!(redact::text(&planned.wording.text));
        Some(line)
    };
    let step = |step: usize, status: &str| {
        let mut line = of_step("step-finished", step)?;
        line["status"] = json!(status);
        Some(line)
    };
    let mut line = match &event.kind {
        EventKind::BrowserStarted { .. } | EventKind::SceneStarted { .. } | EventKind::StepStarted { .. } => {
            return None;
        }
        EventKind::Started { attempt, worker } => {
            let mut line = named("scenario-started", scenario);
            line["attempt"] = json!(attempt);
            line["worker"] = json!(worker);
            line
        }
        EventKind::StepPassed { step: index, remark } => {
            let mut line = step(*index, "passed")?;
            if let Some(remark) = remark {
                line["remark"] = json!(remark);
            }
            line
        }
        EventKind::StepFailed { step: index } => step(*index, "failed")?,
        EventKind::FileAttached(attachment) => {
            let mut line = of_step("file-attached", attachment.step)?;
            line["attachment"] = json!({
                "name": attachment.name,
                "media-type": attachment.media_type,
                "path": attachment.path.display().to_string(),
            });
            line
        }
        EventKind::Finished { outcome, durations } => {
            let mut line = named("scenario-finished", scenario);
            line["seconds"] = json!(durations.total().as_secs_f64());
            outcome_into(&mut line, scenario, outcome);
            line
        }
    };
    line["at"] = json!(Timestamp::try_from(event.at).ok()?.to_string());
    Some(line)
}

fn outcome_into(line: &mut Value, scenario: &PlannedScenario, outcome: &AttemptOutcome) {
    line["status"] = json!(view::outcome_word(outcome));
    if let (AttemptOutcome::Passed, Some(expired)) = (outcome, scenario.options.expired_quarantine()) {
        line["status"] = json!(view::StepStatus::Failed.word());
        line["message"] = json!(expired);
    }
    if let AttemptOutcome::Failed(failure) = outcome {
        line["message"] = json!(failure.message);
        line["at-line"] = json!(
            failure
                .step
                .and_then(|step| scenario.steps.get(step))
                .map(|step| step.line)
        );
        let evidence = failure.evidence.iter().map(|one| one.path.display().to_string());
        line["evidence"] = evidence.collect();
    }
}

fn ended(record: &Record) -> Value {
    let counts = Verdict::ALL
        .iter()
        .map(|verdict| (verdict.word().replace(' ', "-"), json!(record.count(*verdict))));
    let panics = record.unattributed_panics.iter().map(ToString::to_string);
    let outside = panics.chain(view::flaky_error(record));
    json!({
        "event": "run-finished",
        "seconds": record.took.as_secs_f64(),
        "counts": Value::Object(counts.collect()),
        "reruns": record.reruns,
        "signal": record.signal,
        "unfinished": record.unfinished,
        "outside": outside.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::suite::plan::tests::planned;
    use crate::suite::record::event::{Attachment, AttemptFailure, PhaseDurations};

    const FEATURE: &str =
        "Feature: A\n  @smoke\n  Scenario: B\n    Given I open \"/\"\n    Then I see the link \"C\"\n";

    #[test]
    fn every_line_says_of_which_scenario_and_where() {
        let mut plan = planned(FEATURE, None).unwrap();
        // The folder of the test is another each time.
        plan.scenarios[0].path = "a.feature".into();
        plan.scenarios[0].key = "a.feature > B".to_owned();
        let text = |kind| {
            let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
            happened(&plan, &Event { id: 0, at, kind }).map(|line| line.to_string())
        };
        let outcome = AttemptOutcome::Failed(AttemptFailure {
            step: Some(1),
            message: "the link \"C\" is not on the page".into(),
            ..AttemptFailure::default()
        });
        let durations = PhaseDurations {
            steps: Duration::from_millis(1500),
            ..PhaseDurations::default()
        };
        let lines = [
            text(EventKind::Started { attempt: 1, worker: 0 }),
            text(EventKind::StepStarted { step: 0 }),
            text(EventKind::FileAttached(Attachment {
                step: 0,
                name: "order".into(),
                media_type: "application/json".to_owned(),
                path: "evidence/b/attempt-1/attached-01-order.json".into(),
            })),
            text(EventKind::StepPassed { step: 0, remark: None }),
            text(EventKind::StepFailed { step: 1 }),
            text(EventKind::Finished { outcome, durations }),
        ];
        let lines: Vec<_> = lines.into_iter().flatten().collect();
        assert_eq!(
            lines,
            [
                r#"{"event":"scenario-started","scenario":"a.feature > B","file":"a.feature","line":3,"name":"B","attempt":1,"worker":0,"at":"1970-01-01T00:00:01Z"}"#,
                r#"{"event":"file-attached","scenario":"a.feature > B","file":"a.feature","line":4,"name":"B","step":"Given I open \"/\"","attachment":{"name":"order","media-type":"application/json","path":"evidence/b/attempt-1/attached-01-order.json"},"at":"1970-01-01T00:00:01Z"}"#,
                r#"{"event":"step-finished","scenario":"a.feature > B","file":"a.feature","line":4,"name":"B","step":"Given I open \"/\"","status":"passed","at":"1970-01-01T00:00:01Z"}"#,
                r#"{"event":"step-finished","scenario":"a.feature > B","file":"a.feature","line":5,"name":"B","step":"Then I see the link \"C\"","status":"failed","at":"1970-01-01T00:00:01Z"}"#,
                r#"{"event":"scenario-finished","scenario":"a.feature > B","file":"a.feature","line":3,"name":"B","seconds":1.5,"status":"failed","message":"the link \"C\" is not on the page","at-line":5,"evidence":[],"at":"1970-01-01T00:00:01Z"}"#,
            ]
        );
        assert_eq!(
            listed(&plan.scenarios[0]),
            r#"{"event":"scenario","scenario":"a.feature > B","file":"a.feature","line":3,"name":"B","tags":["smoke"],"skipped":false}"#
        );
    }

    #[test]
    fn a_run_that_fails_for_flakiness_says_so() {
        let plan = planned(FEATURE, None).unwrap();
        let mut record = Record::begin(&plan, "defined".to_owned(), None);
        record.fails_on_flaky = true;
        record.scenarios[0].verdict = Verdict::Flaky;
        assert_eq!(
            ended(&record)["outside"],
            json!(["1 scenario flaky, and this run fails for that"])
        );
    }

    #[test]
    fn the_end_counts_every_verdict() {
        let plan = planned(FEATURE, None).unwrap();
        let line = ended(&Record::begin(&plan, "defined".to_owned(), None)).to_string();
        assert_eq!(
            line,
            r#"{"event":"run-finished","seconds":0.0,"counts":{"failed":0,"flaky":0,"quarantined":0,"interrupted":0,"not-played":1,"skipped":0,"passed":0},"reruns":0,"signal":null,"unfinished":null,"outside":[]}"#
        );
    }
}
