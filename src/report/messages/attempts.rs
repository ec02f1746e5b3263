//! Attempts: step definitions, test cases, and the messages of every attempt.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use super::ids::Ids;
use super::protocol::{
    self, Argument, Arguments, Attachment, Envelope, Group, Location, Pattern, Pickle, PickleStep, SourceReference,
    TestCase, TestCaseFinished, TestCaseStarted, TestStep, TestStepFinished, TestStepResult, TestStepStarted,
};
use super::verdict::{self, FailedStep};
use crate::report::view::{self, Artifact, after};
use crate::steps::{ExpressionKind, StepDefinition};
use crate::suite::record::event::AttemptOutcome;
use crate::suite::record::{Attempt, Record, ScenarioRecord, StepText};

/// The steps that could be bound when the run was played, with what messages call them.
pub(crate) struct DefinitionIds<'a>(BTreeMap<&'a StepDefinition, String>);

impl<'a> DefinitionIds<'a> {
    pub(crate) fn assign(record: &'a Record, ids: &mut Ids) -> Self {
        let mut all: BTreeSet<&StepDefinition> = record.definitions.iter().map(Arc::as_ref).collect();
        let steps = record.scenarios.iter().flat_map(|scenario| &scenario.steps);
        all.extend(steps.filter_map(|step| Some(&*step.matched.as_ref()?.definition)));
        Self(all.into_iter().map(|definition| (definition, ids.next())).collect())
    }

    pub(crate) fn messages(&self) -> impl Iterator<Item = protocol::StepDefinition> {
        self.0.iter().map(|(definition, id)| protocol::StepDefinition {
            id: id.clone(),
            pattern: Pattern {
                source: definition.expression.clone(),
                kind: match definition.kind {
                    ExpressionKind::CucumberExpression => "CUCUMBER_EXPRESSION",
                    ExpressionKind::RegularExpression => "REGULAR_EXPRESSION",
                },
            },
            source_reference: reference(&definition.id),
        })
    }

    /// The test case of a scenario.
    pub(crate) fn test_case(&self, scenario: &ScenarioRecord, pickle: &Pickle, run: &str, ids: &mut Ids) -> TestCase {
        let steps = pickle.steps.iter().enumerate();
        TestCase {
            id: ids.next(),
            pickle_id: pickle.id.clone(),
            test_run_started_id: run.to_owned(),
            test_steps: steps
                .map(|(index, step)| self.test_step(scenario.steps.get(index), step, ids))
                .collect(),
        }
    }

    fn test_step(&self, recorded: Option<&StepText>, step: &PickleStep, ids: &mut Ids) -> TestStep {
        // A record whose files are not those that it was played from says nothing of their steps.
        let bound = recorded.and_then(|recorded| {
            let keyword = recorded.text.strip_suffix(step.text.as_str())?;
            Some((recorded.matched.as_ref()?, keyword.len()))
        });
        let definition = bound.and_then(|(matched, _)| self.0.get(&*matched.definition).cloned());
        let arguments = bound.map(|(matched, before)| Arguments {
            step_match_arguments: matched
                .arguments
                .iter()
                .filter_map(|value| argument(&step.text, value, before))
                .collect(),
        });
        TestStep {
            id: ids.next(),
            pickle_step_id: step.id.clone(),
            step_definition_ids: definition.into_iter().collect(),
            step_match_arguments_lists: arguments.into_iter().collect(),
        }
    }
}

/// An argument in the step's own words, which so many bytes stand before. None for a place that is not in them.
fn argument(text: &str, value: &Range<usize>, before: usize) -> Option<Argument> {
    let start = value.start.checked_sub(before)?;
    let group = Group {
        start: text.get(..start)?.encode_utf16().count(),
        value: text.get(start..value.end.checked_sub(before)?)?.to_owned(),
    };
    Some(Argument { group })
}

/// `src/steps/click.rs:12` as a reference.
fn reference(code: &str) -> SourceReference {
    let (uri, line) = code.rsplit_once(':').unwrap_or((code, ""));
    let location = line.parse().ok().map(|line| Location { line, column: None });
    SourceReference {
        uri: uri.to_owned(),
        location,
    }
}

/// A scenario that was selected, with what its messages are called.
pub(crate) struct TestCaseIds<'a> {
    scenario: &'a ScenarioRecord,
    id: String,
    steps: Vec<String>,
}

impl<'a> TestCaseIds<'a> {
    pub(crate) fn new(scenario: &'a ScenarioRecord, message: &TestCase) -> Self {
        Self {
            scenario,
            id: message.id.clone(),
            steps: message.test_steps.iter().map(|step| step.id.clone()).collect(),
        }
    }

    /// Every time it was played. One that did not run is written as an attempt with every step skipped: readers would not
    /// show it otherwise.
    pub(crate) fn attempts(&self, record: &Record) -> Vec<AttemptMessages<'_>> {
        let last = self.scenario.attempts.len();
        let played = self
            .scenario
            .attempts
            .iter()
            .enumerate()
            .map(|(index, attempt)| AttemptMessages {
                case: self,
                attempt: Cow::Borrowed(attempt),
                is_last: index + 1 == last,
                worker: Some(attempt.worker.to_string()),
            });
        let mut all: Vec<_> = played.collect();
        if all.is_empty() {
            all.push(AttemptMessages {
                case: self,
                attempt: Cow::Owned(not_played(after(record.began, record.took))),
                is_last: true,
                worker: None,
            });
        }
        all
    }
}

fn not_played(at: Timestamp) -> Attempt {
    Attempt {
        number: 1,
        worker: 0,
        began: at,
        steps: Vec::new(),
        outcome: AttemptOutcome::Passed,
        durations: crate::suite::record::event::PhaseDurations::default(),
        attachments: Vec::new(),
    }
}

/// One time that a scenario was played.
pub(crate) struct AttemptMessages<'a> {
    case: &'a TestCaseIds<'a>,
    attempt: Cow<'a, Attempt>,
    is_last: bool,
    worker: Option<String>,
}

impl AttemptMessages<'_> {
    pub(crate) fn began(&self) -> Timestamp {
        self.attempt.began
    }

    pub(crate) fn messages(&self, folder: &Path, ids: &mut Ids) -> Vec<Envelope> {
        let id = ids.next();
        let failed_step = FailedStep::find(self.case.scenario, &self.attempt, self.is_last);
        let mut message = vec![Envelope::TestCaseStarted(TestCaseStarted {
            id: id.clone(),
            test_case_id: self.case.id.clone(),
            attempt: self.attempt.number.saturating_sub(1),
            worker_id: self.worker.clone(),
            timestamp: self.attempt.began.into(),
        })];
        for (index, step) in self.case.steps.iter().enumerate() {
            message.extend(self.step(index, step, &id, failed_step.as_ref(), folder));
        }
        message.push(Envelope::TestCaseFinished(TestCaseFinished {
            test_case_started_id: id,
            timestamp: after(self.attempt.began, self.attempt.durations.total()).into(),
            will_be_retried: !self.is_last,
        }));
        message
    }

    fn step(
        &self,
        index: usize,
        step: &str,
        case: &str,
        failed_step: Option<&FailedStep>,
        folder: &Path,
    ) -> Vec<Envelope> {
        let (began, took) = self.times(index);
        let ended = after(began, took);
        let blame = failed_step.filter(|failed_step| failed_step.step == index);
        let mut text = vec![Envelope::TestStepStarted(TestStepStarted {
            test_case_started_id: case.to_owned(),
            test_step_id: step.to_owned(),
            timestamp: began.into(),
        })];
        let artifacts = self.artifacts(index, failed_step);
        text.extend(artifacts.filter_map(|artifact| {
            let (body, content_encoding) = body(view::bytes(artifact.path, folder)?);
            Some(Envelope::Attachment(Attachment {
                body,
                content_encoding,
                media_type: artifact.media_type.to_owned(),
                file_name: artifact.file_name,
                test_case_started_id: case.to_owned(),
                test_step_id: step.to_owned(),
                timestamp: ended.into(),
            }))
        }));
        text.push(Envelope::TestStepFinished(TestStepFinished {
            test_case_started_id: case.to_owned(),
            test_step_id: step.to_owned(),
            test_step_result: TestStepResult {
                status: verdict::status(index, &self.attempt, failed_step),
                duration: took.into(),
                message: blame.map(FailedStep::full_message),
                exception: blame.and_then(FailedStep::exception),
            },
            timestamp: ended.into(),
        }));
        text
    }

    /// When a step began and how long it took; one that was not reached takes no time behind the others.
    fn times(&self, index: usize) -> (Timestamp, Duration) {
        let steps = &self.attempt.steps;
        match (steps.get(index), steps.last()) {
            (Some(step), _) => (step.began, step.took),
            (None, Some(last)) => (after(last.began, last.took), Duration::ZERO),
            (None, None) => (self.attempt.began, Duration::ZERO),
        }
    }

    /// What was taken after a step or attached by it; what was taken at the end belongs to the step that failed.
    fn artifacts(&self, index: usize, failed_step: Option<&FailedStep>) -> impl Iterator<Item = Artifact<'_>> {
        let end = failed_step.map(|failed_step| failed_step.step);
        let all = view::artifacts(&self.attempt).into_iter();
        all.filter(move |artifact| artifact.step.or(end) == Some(index))
    }
}

/// A text as it is, and everything else as Base64.
fn body(bytes: Vec<u8>) -> (String, &'static str) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, "IDENTITY"),
        Err(other) => (STANDARD.encode(other.as_bytes()), "BASE64"),
    }
}
