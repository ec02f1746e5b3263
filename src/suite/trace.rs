//! Pictures after every step, for seeing how it came to a failure.

use super::event::{Evidence, EvidenceKind};
use super::evidence::Folder;
use crate::world::World;

/// When a picture is taken after every step.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Tracing {
    /// Never
    Off,
    /// When a scenario that failed is tried again
    #[default]
    Retries,
    /// Always; a picture takes about as long as a step
    On,
}

impl Tracing {
    /// Whether this attempt, counted from 1, is traced.
    #[must_use]
    pub fn covers(self, attempt: usize) -> bool {
        match self {
            Self::Off => false,
            Self::Retries => attempt > 1,
            Self::On => true,
        }
    }
}

/// The pictures of one attempt; kept in memory, for most scenarios pass.
#[derive(Debug, Default)]
pub(super) struct Trace {
    on: bool,
    pictures: Vec<(usize, Vec<u8>)>,
}

impl Trace {
    pub fn new(on: bool) -> Self {
        Self {
            on,
            pictures: Vec::new(),
        }
    }

    /// Takes a picture of the page after a step, unless it would show a secret.
    pub async fn after(&mut self, step: usize, world: &World) {
        if !self.on || !matches!(world.page.reveals(&world.secrets.values()).await, Ok(false)) {
            return;
        }
        // A page that can't be taken just now is no reason for the scenario to fail.
        if let Ok(picture) = world.page.snapshot().await {
            self.pictures.push((step, picture));
        }
    }

    /// Writes the pictures down.
    pub fn keep(self, folder: &Folder) -> Vec<Evidence> {
        let pictures = self.pictures.iter();
        let kept = pictures.filter_map(|(step, picture)| folder.keep(EvidenceKind::Picture, Some(*step), picture));
        kept.collect()
    }
}
