//! Allure results of a scenario.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use super::labels::{labels, links};
use super::protocol::{AllureAttachment, AllureStatus, AllureStep, Label, Stage, StatusDetails, TestResult, Timing};
use crate::files::{self, FileError};
use crate::report::uuid::uuid;
use crate::report::view::{self, Artifact, Description, StepStatus, after};
use crate::suite::record::event::{AttemptFailure, AttemptOutcome};
use crate::suite::record::{Attempt, Record, ScenarioRecord, Verdict};

/// What the names of our files begin with, beside those that others may have put there for Allure.
pub(crate) const PREFIX: &str = "docent-";

/// Where evidence is, and where its copies go.
pub(crate) struct AttachmentFiles<'a> {
    pub(crate) reports: &'a Path,
    pub(crate) folder: &'a Path,
}

impl AttachmentFiles<'_> {
    /// Copies what is there; a file that was removed is left out.
    fn attach(&self, result: &str, artifact: Artifact<'_>) -> Result<Option<AllureAttachment>, FileError> {
        let Some(bytes) = view::bytes(artifact.path, self.reports) else {
            return Ok(None);
        };
        let extension = artifact.path.extension().unwrap_or_default().to_string_lossy();
        let id = uuid(&[result, &artifact.path.to_string_lossy()]);
        let source = format!("{PREFIX}{id}-attachment.{extension}");
        files::write_if_changed(&self.folder.join(&source), &bytes)?;
        Ok(Some(AllureAttachment {
            name: artifact.title,
            media_type: artifact.media_type.to_owned(),
            source,
        }))
    }

    /// What was taken after a step or attached by it, or what was taken at the end.
    fn attachments(
        &self,
        result: &str,
        attempt: &Attempt,
        step: Option<usize>,
    ) -> Result<Vec<AllureAttachment>, FileError> {
        let all = view::artifacts(attempt).into_iter();
        let of_step = all.filter(|one| one.step == step);
        let attached = of_step.map(|one| self.attach(result, one));
        attached.filter_map(Result::transpose).collect()
    }
}

/// A result for every attempt, and one for a scenario that was not played.
pub(crate) fn results(
    record: &Record,
    scenario: &ScenarioRecord,
    about: Option<&Description>,
    files: &AttachmentFiles<'_>,
) -> Result<Vec<TestResult>, FileError> {
    if scenario.attempts.is_empty() {
        return Ok(vec![not_played(record, scenario, about)]);
    }
    let last = scenario.attempts.len() - 1;
    let attempts = scenario.attempts.iter().enumerate();
    attempts
        .map(|(index, attempt)| played(record, scenario, about, attempt, index == last, files))
        .collect()
}

fn not_played(record: &Record, scenario: &ScenarioRecord, about: Option<&Description>) -> TestResult {
    let (status, stage) = match scenario.verdict {
        Verdict::Skipped => (AllureStatus::Skipped, Stage::Finished),
        Verdict::Interrupted => (AllureStatus::Broken, Stage::Pending),
        _ => (AllureStatus::Skipped, Stage::Pending),
    };
    let message = view::reason(record, scenario);
    let end = Timing {
        status,
        status_details: message.map(|message| StatusDetails {
            message: Some(message),
            ..StatusDetails::default()
        }),
        stage,
        ..end(status, record.began, Duration::ZERO)
    };
    TestResult {
        steps: (0..scenario.steps.len())
            .map(|index| step_not_reached(scenario, index, record.began))
            .collect(),
        ..result(record, scenario, about, None, end)
    }
}

fn played(
    record: &Record,
    scenario: &ScenarioRecord,
    about: Option<&Description>,
    attempt: &Attempt,
    is_last: bool,
    files: &AttachmentFiles<'_>,
) -> Result<TestResult, FileError> {
    let status = status(scenario, attempt, is_last);
    let end = Timing {
        status_details: details(record, scenario, attempt, is_last),
        stage: if attempt.outcome == AttemptOutcome::Interrupted {
            Stage::Interrupted
        } else {
            Stage::Finished
        },
        ..end(status, attempt.began, attempt.durations.total())
    };
    let result = result(record, scenario, about, Some(attempt), end);
    let steps = (0..scenario.steps.len()).map(|index| {
        Ok(AllureStep {
            attachments: files.attachments(&result.uuid, attempt, Some(index))?,
            ..step(scenario, attempt, index)
        })
    });
    Ok(TestResult {
        steps: steps.collect::<Result<_, FileError>>()?,
        attachments: files.attachments(&result.uuid, attempt, None)?,
        ..result
    })
}

/// What is the same for all attempts.
fn result(
    record: &Record,
    scenario: &ScenarioRecord,
    about: Option<&Description>,
    attempt: Option<&Attempt>,
    end: Timing,
) -> TestResult {
    let began = attempt.map_or(record.began, |attempt| attempt.began);
    let number = attempt.map_or(0, |attempt| attempt.number);
    let id = uuid(&[&scenario.key]);
    let titles = std::iter::once(&scenario.feature).chain(&scenario.rule).cloned();
    let description = about.map(|about| [&*about.feature, &about.scenario].map(str::to_owned));
    let description = description.into_iter().flatten().filter(|text| !text.is_empty());
    TestResult {
        uuid: uuid(&[&scenario.key, &began.to_string(), &number.to_string()]),
        history_id: id.clone(),
        test_case_id: id,
        full_name: scenario.key.clone(),
        title_path: view::path_parts(&scenario.path).into_iter().chain(titles).collect(),
        name: scenario.name.clone(),
        description: description.collect::<Vec<_>>().join("\n\n"),
        end,
        steps: Vec::new(),
        attachments: Vec::new(),
        parameters: about.map(parameters).unwrap_or_default(),
        labels: labels(record, scenario, attempt),
        links: links(scenario),
    }
}

fn parameters(about: &Description) -> Vec<Label> {
    let row = about.row.iter().cloned();
    row.map(|(name, value)| Label { name, value }).collect()
}

fn end(status: AllureStatus, began: Timestamp, took: Duration) -> Timing {
    Timing {
        status,
        status_details: None,
        stage: Stage::Finished,
        start: began.as_millisecond(),
        stop: after(began, took).as_millisecond(),
    }
}

/// Only the last attempt answers for a quarantine that has ended.
fn status(scenario: &ScenarioRecord, attempt: &Attempt, is_last: bool) -> AllureStatus {
    match &attempt.outcome {
        AttemptOutcome::Passed if is_last && scenario.verdict == Verdict::Failed => AllureStatus::Failed,
        AttemptOutcome::Passed if is_last && scenario.verdict == Verdict::Interrupted => AllureStatus::Broken,
        AttemptOutcome::Passed => AllureStatus::Passed,
        AttemptOutcome::Failed(failure) if failure.step.is_some() => AllureStatus::Failed,
        AttemptOutcome::Failed(_) | AttemptOutcome::Interrupted => AllureStatus::Broken,
    }
}

fn details(record: &Record, scenario: &ScenarioRecord, attempt: &Attempt, is_last: bool) -> Option<StatusDetails> {
    let failure = view::failure(attempt);
    let reason = is_last.then(|| view::reason(record, scenario)).flatten();
    let message: Vec<_> = reason.into_iter().chain(failure.map(view::message)).collect();
    let is_quarantined = failure.is_some() && scenario.is_in_quarantine();
    let details = StatusDetails {
        message: (!message.is_empty()).then(|| message.join("\n")),
        trace: failure.map(|failure| view::place_of(scenario, failure).join("\n")),
        flaky: is_last && scenario.verdict == Verdict::Flaky,
        known: is_quarantined,
        muted: is_quarantined,
    };
    (details != StatusDetails::default()).then_some(details)
}

fn step(scenario: &ScenarioRecord, attempt: &Attempt, index: usize) -> AllureStep {
    let Some(time) = attempt.steps.get(index) else {
        let last = attempt.steps.last();
        let ended = last.map_or(attempt.began, |last| after(last.began, last.took));
        return step_not_reached(scenario, index, ended);
    };
    let failure = || view::failure(attempt).map(|failure| step_details(scenario, failure));
    let (status, status_details) = match view::status(attempt, index) {
        StepStatus::Passed => (AllureStatus::Passed, None),
        StepStatus::Failed => (AllureStatus::Failed, failure()),
        StepStatus::Interrupted => (AllureStatus::Broken, None),
        StepStatus::NotReached => (AllureStatus::Skipped, None),
    };
    AllureStep {
        name: scenario.steps[index].text.to_string(),
        end: Timing {
            status_details,
            ..end(status, time.began, time.took)
        },
        attachments: Vec::new(),
    }
}

fn step_details(scenario: &ScenarioRecord, failure: &AttemptFailure) -> StatusDetails {
    StatusDetails {
        message: Some(view::message(failure)),
        trace: Some(view::place_of(scenario, failure).join("\n")),
        ..StatusDetails::default()
    }
}

fn step_not_reached(scenario: &ScenarioRecord, index: usize, at: Timestamp) -> AllureStep {
    AllureStep {
        name: scenario.steps[index].text.to_string(),
        end: Timing {
            stage: Stage::Pending,
            ..end(AllureStatus::Skipped, at, Duration::ZERO)
        },
        attachments: Vec::new(),
    }
}

/// What fails the run beside its scenarios; else Allure would show it as passed.
pub(crate) fn outside_of_scenarios(record: &Record) -> Option<TestResult> {
    const NAME: &str = "outside of any scenario";
    let texts = view::run_errors(record);
    (!texts.is_empty()).then(|| TestResult {
        uuid: uuid(&[NAME, &record.began.to_string()]),
        history_id: uuid(&[NAME]),
        test_case_id: uuid(&[NAME]),
        full_name: NAME.to_owned(),
        title_path: Vec::new(),
        name: NAME.to_owned(),
        description: String::new(),
        end: Timing {
            status_details: Some(StatusDetails {
                message: Some(texts.join("\n")),
                ..StatusDetails::default()
            }),
            ..end(AllureStatus::Broken, record.began, record.took)
        },
        steps: Vec::new(),
        attachments: Vec::new(),
        parameters: Vec::new(),
        labels: vec![Label {
            name: "framework".to_owned(),
            value: "docent".to_owned(),
        }],
        links: Vec::new(),
    })
}
