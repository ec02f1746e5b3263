//! Events: the only contract between running and reporting.

use std::path::{Component, Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::redact::Redacted;

/// Index of a scenario in its plan.
pub(crate) type ScenarioId = usize;

/// An event in a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// In which scenario.
    pub id: ScenarioId,
    /// When.
    pub at: SystemTime,
    /// What.
    #[serde(rename = "what")]
    pub kind: EventKind,
}

/// The kinds of events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// An attempt starts.
    Started {
        /// 1, or more for a retry.
        attempt: usize,
        /// Index of the worker.
        worker: usize,
    },
    /// A browser was started for it, and is kept for those that follow.
    BrowserStarted {
        /// Name and version, as the driver says.
        browser: String,
    },
    /// A scene of a tutorial begins.
    SceneStarted {
        /// Index of the scene.
        scene: usize,
    },
    /// A step begins.
    StepStarted {
        /// Index of the step.
        step: usize,
    },
    /// A step did what it says.
    StepPassed {
        /// Index of the step.
        step: usize,
        /// What it did that it does not say, without any secret.
        remark: Option<Redacted>,
    },
    /// A step failed; `Finished` says why.
    StepFailed {
        /// Index of the step.
        step: usize,
    },
    /// A step attached a file.
    FileAttached(Attachment),
    /// It is over, for this attempt.
    Finished {
        /// How it ended.
        outcome: AttemptOutcome,
        /// Durations of its phases.
        #[serde(rename = "spent")]
        durations: PhaseDurations,
    },
}

/// How an attempt at a scenario ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttemptOutcome {
    /// Every step did what it says.
    Passed,
    /// A step did not.
    Failed(AttemptFailure),
    /// The run was interrupted before the scenario was over.
    Interrupted,
}

/// Why and where a scenario failed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptFailure {
    /// Index of the step; None if the scenario could not begin.
    pub step: Option<usize>,
    /// Index of the scene that was being played, in tutorials.
    pub scene: Option<usize>,
    /// What happened, without any secret.
    pub message: Redacted,
    /// `file:line` in a step's own code, where it says so.
    pub code: Option<Redacted>,
    /// What shows the state that everything was in.
    pub evidence: Vec<Evidence>,
}

/// A file that shows what was the matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What it shows.
    pub kind: EvidenceKind,
    /// Index of the step it was taken after; None for the end.
    pub step: Option<usize>,
    /// Where it is, below the folder for reports.
    pub path: PathBuf,
}

/// A file that a step attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Attachment {
    /// Index of the step.
    pub(crate) step: usize,
    /// What the step calls it, without any secret.
    pub name: Redacted,
    /// What it is, as mail and the web name it: `image/png`.
    pub(crate) media_type: String,
    /// Where it is, below the folder for reports.
    pub path: PathBuf,
}

/// The file of evidence or of an attachment in this folder for reports; None for a path that leads out of it, as a record that comes
/// from elsewhere may have.
#[must_use]
pub(crate) fn artifact_path(reports: &Path, path: &Path) -> Option<PathBuf> {
    let mut parts = path.components();
    parts
        .all(|part| matches!(part, Component::Normal(_)))
        .then(|| reports.join(path))
}

/// What a file of evidence shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// The page, as PNG.
    Picture,
    /// The page's source.
    Source,
    /// What the page's scripts wrote to the console.
    Console,
    /// Requests of the browser, with their responses.
    Network,
    /// Requests that the mock portal got, with its responses.
    #[serde(rename = "journal")]
    RequestLog,
}

/// The durations of the phases of an attempt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhaseDurations {
    /// Starting driver, browser and portal.
    pub starting: Duration,
    /// Playing steps.
    pub steps: Duration,
    /// Proving and taking pictures.
    pub pictures: Duration,
    /// Ending browser and portal; gathering evidence.
    pub ending: Duration,
}

impl PhaseDurations {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.starting + self.steps + self.pictures + self.ending
    }
}

impl std::ops::AddAssign for PhaseDurations {
    fn add_assign(&mut self, more: Self) {
        self.starting += more.starting;
        self.steps += more.steps;
        self.pictures += more.pictures;
        self.ending += more.ending;
    }
}
