//! Step screenshots, which show what led to a failure.

use super::evidence::{ArtifactFolder, RedactedScreenshot};
use crate::browser::Snapshot;
use crate::suite::record::event::Evidence;
use crate::world::World;

/// When step screenshots are taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum TraceMode {
    /// Never; only of the page at the end of a failed scenario
    Off,
    /// After the step that fails, and before it if it had to wait; after every step of a retry
    #[default]
    Retries,
    /// After every step; a screenshot takes about as long as a step
    On,
}

impl TraceMode {
    /// The steps of this attempt, counted from 1, of which screenshots are taken.
    fn for_attempt(self, attempt: usize) -> TracedSteps {
        match (self, attempt) {
            (Self::Off, _) => TracedSteps::None,
            (Self::Retries, ..2) => TracedSteps::Failed,
            (Self::Retries | Self::On, _) => TracedSteps::All,
        }
    }
}

/// The steps of an attempt of which screenshots are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TracedSteps {
    None,
    Failed,
    All,
}

/// The screenshots of one attempt; kept in memory, for most scenarios pass.
#[derive(Debug)]
pub(super) struct Trace {
    traced: TracedSteps,
    /// Each with the step that it was taken after.
    pictures: Vec<(usize, Snapshot)>,
}

impl Trace {
    pub(crate) fn new(tracing: TraceMode, attempt: usize) -> Self {
        Self {
            traced: tracing.for_attempt(attempt),
            pictures: Vec::new(),
        }
    }

    /// A step begins.
    pub(crate) fn before(&self, world: &mut World) {
        if self.traced == TracedSteps::Failed {
            world.page.arm_wait_snapshot(world.secrets.values());
        }
    }

    /// Takes a picture of the page after a step.
    pub(crate) async fn after(&mut self, step: usize, world: &World) {
        if self.traced != TracedSteps::All {
            return;
        }
        // A page that can't be taken just now is no reason for the scenario to fail.
        if let Ok(picture) = world.page.snapshot(&world.secrets.values()).await {
            self.pictures.push((step, picture));
        }
    }

    /// The step failed: as it found the page, the step before it left it.
    pub(crate) fn failed(&mut self, step: usize, world: &mut World) {
        self.pictures
            .extend(step.checked_sub(1).zip(world.page.take_wait_snapshot()));
    }

    /// Writes the pictures down.
    pub(crate) fn keep(self, folder: &ArtifactFolder) -> Vec<Evidence> {
        let kept = self
            .pictures
            .into_iter()
            .filter_map(|(step, snapshot)| folder.keep_picture(Some(step), &RedactedScreenshot::from(snapshot)?));
        kept.collect()
    }
}
