//! The record of one scenario, made from its events.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::event::{Attachment, AttemptOutcome, Event, EventKind, Evidence, PhaseDurations};
use super::verdict::Verdict;
use crate::redact;
use crate::suite::plan::quarantine::Quarantine;
use crate::suite::plan::step_match::StepMatch;
use crate::suite::plan::{PlannedScenario, PlannedStep};
use crate::tutorial::scene_report::SceneReport;

/// The results of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScenarioRecord {
    /// Its file.
    pub path: PathBuf,
    /// Its line, or its row's.
    pub line: usize,
    /// Names it wherever it stands in its file.
    pub key: String,
    /// Digest of its tags and steps; empty in records of earlier versions.
    #[serde(default)]
    pub content: String,
    /// Whether a rerun did not find it any more: what it came to before stands.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_lost: bool,
    /// Name of the feature.
    pub feature: String,
    /// Name of the rule that it stands in.
    pub rule: Option<String>,
    /// Its own name.
    pub name: String,
    /// Without `@`.
    pub tags: Vec<String>,
    /// Its quarantine, if it is known to fail.
    pub quarantine: Option<Quarantine>,
    /// Background and scenario.
    pub steps: Vec<StepText>,
    /// How often it was to be played, where every scenario was repeated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<usize>,
    /// Every attempt; none if it did not run.
    pub attempts: Vec<Attempt>,
    /// The result of all attempts.
    pub verdict: Verdict,
    /// Why it fails whatever its attempts came to: its quarantine has expired.
    #[serde(rename = "expired")]
    pub expired_quarantine: Option<String>,
    /// How long its last attempt took in the previous run, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<Duration>,
    /// What became of a tutorial's scenes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scenes: Vec<SceneReport>,
}

/// A step as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepText {
    /// Keyword first.
    pub text: Arc<str>,
    /// Line in the file.
    pub line: usize,
    /// What it was bound to; None in records of earlier versions.
    #[serde(default, rename = "match", skip_serializing_if = "Option::is_none")]
    pub matched: Option<Arc<StepMatch>>,
}

/// One time a scenario was played.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// From 1.
    pub number: usize,
    /// Index of the worker that ran it.
    pub worker: usize,
    /// When it began.
    pub began: Timestamp,
    /// Steps that began, in order; those that follow were not reached.
    pub steps: Vec<StepTime>,
    /// How it ended.
    pub outcome: AttemptOutcome,
    /// Durations of its phases.
    #[serde(rename = "spent")]
    pub durations: PhaseDurations,
    /// What its steps attached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// When a step was played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepTime {
    /// When it began.
    pub began: Timestamp,
    /// How long it took.
    pub took: Duration,
}

impl Attempt {
    /// What shows the state that everything was in when it failed.
    #[must_use]
    pub(crate) fn evidence(&self) -> &[Evidence] {
        match &self.outcome {
            AttemptOutcome::Failed(failure) => &failure.evidence,
            AttemptOutcome::Passed | AttemptOutcome::Interrupted => &[],
        }
    }

    /// Paths of its evidence and attachments, below the folder for reports.
    pub(crate) fn artifacts(&self) -> impl Iterator<Item = &Path> {
        let evidence = self.evidence().iter().map(|one| one.path.as_path());
        evidence.chain(self.attachments.iter().map(|one| one.path.as_path()))
    }

    /// As [`Attempt::artifacts`], to bring them elsewhere.
    pub(crate) fn artifacts_mut(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let evidence = match &mut self.outcome {
            AttemptOutcome::Failed(failure) => failure.evidence.as_mut_slice(),
            AttemptOutcome::Passed | AttemptOutcome::Interrupted => &mut [],
        };
        let evidence = evidence.iter_mut().map(|one| &mut one.path);
        evidence.chain(self.attachments.iter_mut().map(|one| &mut one.path))
    }
}

impl ScenarioRecord {
    pub(super) fn not_run(planned: &PlannedScenario) -> Self {
        let text = |text: &str| redact::text(text).into_owned();
        let step = |step: &PlannedStep| {
            let wording = &step.wording;
            let text = redact::shared(&wording.text);
            StepText {
                matched: Some(wording.matched.after_redaction(&wording.text, &text)),
                text,
                line: step.line,
            }
        };
        Self {
            path: planned.path.clone(),
            line: planned.line,
            key: text(&planned.key),
            content: planned.content.clone(),
            is_lost: false,
            feature: text(&planned.feature),
            rule: planned.rule.as_deref().map(text),
            name: text(&planned.name),
            tags: planned.tags.iter().map(|tag| text(tag)).collect(),
            quarantine: planned.options.quarantine.clone(),
            steps: planned.steps.iter().map(step).collect(),
            repeats: None,
            // Most run once; an empty list would make room for four.
            attempts: Vec::with_capacity(1),
            verdict: if planned.options.skip {
                Verdict::Skipped
            } else {
                Verdict::NotPlayed
            },
            expired_quarantine: None,
            earlier: None,
            scenes: Vec::new(),
        }
    }

    /// Where it stands: `features/x.feature:12`.
    #[must_use]
    pub(crate) fn place(&self) -> String {
        format!("{}:{}", self.path.display(), self.line)
    }

    pub(super) fn on_event(&mut self, event: &Event) {
        let at = timestamp(event.at);
        match &event.kind {
            EventKind::Started { attempt, worker } => self.attempts.push(Attempt {
                number: *attempt,
                worker: *worker,
                began: at,
                steps: Vec::with_capacity(self.steps.len()),
                outcome: AttemptOutcome::Interrupted,
                durations: PhaseDurations::default(),
                attachments: Vec::new(),
            }),
            EventKind::StepStarted { .. } => {
                let began = StepTime {
                    began: at,
                    took: Duration::ZERO,
                };
                if let Some(attempt) = self.attempts.last_mut() {
                    attempt.steps.push(began);
                }
            }
            EventKind::StepPassed { .. } | EventKind::StepFailed { .. } => self.end_step(at),
            EventKind::BrowserStarted { .. } | EventKind::SceneStarted { .. } => {}
            EventKind::FileAttached(attachment) => {
                if let Some(attempt) = self.attempts.last_mut() {
                    attempt.attachments.push(attachment.clone());
                }
            }
            EventKind::Finished { outcome, durations } => {
                if let Some(attempt) = self.attempts.last_mut() {
                    attempt.outcome = outcome.clone();
                    attempt.durations = *durations;
                }
            }
        }
    }

    fn end_step(&mut self, at: Timestamp) {
        if let Some(step) = self.attempts.last_mut().and_then(|attempt| attempt.steps.last_mut()) {
            step.took = at.duration_since(step.began).try_into().unwrap_or_default();
        }
    }

    /// Whether its failures do not fail the run.
    #[must_use]
    pub(crate) fn is_in_quarantine(&self) -> bool {
        self.quarantine.is_some() && self.expired_quarantine.is_none()
    }

    /// Whether it passed in one attempt and failed in another.
    fn passed_and_failed(&self) -> bool {
        let any = |what: fn(&AttemptOutcome) -> bool| self.attempts.iter().any(|attempt| what(&attempt.outcome));
        any(|outcome| *outcome == AttemptOutcome::Passed) && any(|outcome| matches!(outcome, AttemptOutcome::Failed(_)))
    }

    /// Whether the run ended before it was played as often as was asked for.
    #[must_use]
    pub(crate) fn is_cut_short(&self) -> bool {
        let begun = self.attempts.len();
        begun > 0 && self.repeats.is_some_and(|repeats| begun < repeats)
    }

    /// Its verdict when the run is over.
    pub(super) fn final_verdict(&self) -> Verdict {
        let Some(last) = self.attempts.last() else {
            return self.verdict;
        };
        match &last.outcome {
            AttemptOutcome::Interrupted => Verdict::Interrupted,
            // An expired quarantine fails the run, even where the scenario passes.
            _ if self.expired_quarantine.is_some() => Verdict::Failed,
            _ if self.passed_and_failed() => Verdict::Flaky,
            AttemptOutcome::Passed if self.is_cut_short() => Verdict::Interrupted,
            AttemptOutcome::Passed => Verdict::Passed,
            AttemptOutcome::Failed(_) if self.quarantine.is_some() => Verdict::Quarantined,
            AttemptOutcome::Failed(_) => Verdict::Failed,
        }
    }
}

/// A moment that the calendar does not reach, which no clock shows, is the beginning of all.
fn timestamp(at: SystemTime) -> Timestamp {
    at.try_into().unwrap_or(Timestamp::UNIX_EPOCH)
}
