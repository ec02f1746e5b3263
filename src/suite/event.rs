//! What happens while scenarios are played: the only contract between playing and telling.

use std::time::Duration;

/// Index of a scenario in its plan.
pub type ScenarioId = usize;

/// Something happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// A worker took up a scenario.
    ScenarioStarted {
        /// Which.
        id: ScenarioId,
    },
    /// A scene of a tutorial begins.
    SceneStarted {
        /// In which scenario.
        id: ScenarioId,
        /// Index of the scene.
        scene: usize,
    },
    /// A step was played.
    StepPassed {
        /// In which scenario.
        id: ScenarioId,
        /// Index of the step.
        step: usize,
    },
    /// A scenario is over.
    ScenarioFinished {
        /// Which.
        id: ScenarioId,
        /// How it ended.
        outcome: Outcome,
        /// What the time went into.
        spent: Spent,
    },
}

/// How a scenario ended.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// Every step did what it says.
    Passed,
    /// A step did not.
    Failed(Failure),
    /// The run was interrupted before the scenario was over.
    Interrupted,
}

/// Why and where a scenario failed.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Index of the step; None if the scenario could not begin.
    pub step: Option<usize>,
    /// Index of the scene that was being played, in tutorials.
    pub scene: Option<usize>,
    /// What happened, without any secret.
    pub message: String,
    /// Files that show the state the page was in.
    pub evidence: Vec<std::path::PathBuf>,
}

/// What a scenario's time went into.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spent {
    /// Starting driver, browser and portal.
    pub starting: Duration,
    /// Playing steps.
    pub steps: Duration,
    /// Proving and taking pictures.
    pub pictures: Duration,
    /// Ending browser and portal; gathering evidence.
    pub ending: Duration,
}

impl Spent {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.starting + self.steps + self.pictures + self.ending
    }
}

impl std::ops::AddAssign for Spent {
    fn add_assign(&mut self, more: Self) {
        self.starting += more.starting;
        self.steps += more.steps;
        self.pictures += more.pictures;
        self.ending += more.ending;
    }
}
