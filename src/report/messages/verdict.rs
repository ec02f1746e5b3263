//! What each step of an attempt came to.

use super::protocol::{Exception, Status};
use crate::report::view;
use crate::suite::record::event::{AttemptFailure, AttemptOutcome};
use crate::suite::record::{Attempt, ScenarioRecord, Verdict};

/// The step at which an attempt ended before its time, and why.
pub(crate) struct FailedStep {
    /// Index of the step.
    pub(crate) step: usize,
    /// What it came to.
    pub(crate) status: Status,
    /// Why.
    pub(crate) message: String,
    /// Where the kit's own code says so.
    pub(crate) code: Option<String>,
}

impl FailedStep {
    /// None if every step did what it says. A failure of no step is blamed on the one that was reached: messages know
    /// nothing else that could fail.
    pub(crate) fn find(scenario: &ScenarioRecord, attempt: &Attempt, is_last: bool) -> Option<Self> {
        let reached = attempt.steps.len().saturating_sub(1);
        let last = scenario.steps.len().saturating_sub(1);
        match &attempt.outcome {
            AttemptOutcome::Failed(failure) => Some(Self {
                step: failure.step.unwrap_or(reached).min(last),
                // Readers fail a run for a failed step, whatever its success says.
                status: if scenario.is_in_quarantine() {
                    Status::Skipped
                } else {
                    Status::Failed
                },
                message: failure_message(scenario, failure),
                code: failure.code.as_deref().map(str::to_owned),
            }),
            AttemptOutcome::Interrupted => Some(Self {
                step: interrupted_at(attempt).min(last),
                status: Status::Unknown,
                message: "the run was interrupted".to_owned(),
                code: None,
            }),
            // Whatever was played, its quarantine has ended.
            AttemptOutcome::Passed if is_last && scenario.verdict == Verdict::Failed => {
                scenario.expired_quarantine.as_ref().map(|expired| Self {
                    step: last,
                    status: Status::Failed,
                    message: expired.clone(),
                    code: None,
                })
            }
            AttemptOutcome::Passed if is_last && scenario.verdict == Verdict::Interrupted => Some(Self {
                step: last,
                status: Status::Unknown,
                message: "the run ended before the scenario was repeated as often as was asked for".to_owned(),
                code: None,
            }),
            AttemptOutcome::Passed => None,
        }
    }

    /// The failure as readers show it.
    pub(crate) fn exception(&self) -> Option<Exception> {
        (self.status == Status::Failed).then(|| Exception {
            kind: "Failure",
            message: self.message.clone(),
            stack_trace: Some(self.full_message()),
        })
    }

    /// All of it.
    pub(crate) fn full_message(&self) -> String {
        let code = self.code.as_ref().map(|code| format!("\n    at {code}"));
        format!("{}{}", self.message, code.unwrap_or_default())
    }
}

/// With who looks after it, where its failure does not count.
fn failure_message(scenario: &ScenarioRecord, failure: &AttemptFailure) -> String {
    let message = view::message(failure);
    match &scenario.quarantine {
        Some(one) if scenario.is_in_quarantine() => {
            format!(
                "quarantined: owner {} has until {} to fix it\n{message}",
                one.owner, one.until
            )
        }
        _ => message,
    }
}

/// A step that was not over has no length.
fn interrupted_at(attempt: &Attempt) -> usize {
    let begun = attempt.steps.len();
    match attempt.steps.last() {
        Some(step) if step.took.is_zero() => begun - 1,
        _ => begun,
    }
}

/// What a step came to.
pub(crate) fn status(step: usize, attempt: &Attempt, failed_step: Option<&FailedStep>) -> Status {
    match failed_step {
        Some(failed_step) if failed_step.step == step => failed_step.status,
        _ if step < attempt.steps.len() => Status::Passed,
        _ => Status::Skipped,
    }
}
