//! The page as a step finds it, for the report of its failure.
//!
//! A step that finds at once what it names pays nothing for it, and has no picture. One that has to wait has it taken while it waits.

use std::time::Duration;

use super::concealed::Snapshot;
use super::page::Page;
use crate::secrets::SecretValues;

/// A thing that is not there after this long is worth a picture of the page without it.
const AT_ONCE: Duration = Duration::from_millis(250);

/// What is kept of the page as the step found it.
#[derive(Debug, Default)]
pub(super) enum Before {
    /// Nothing, and nothing shall be.
    #[default]
    Unwanted,
    /// Nothing yet. A picture shows where these texts stand.
    Wanted(SecretValues),
    /// This.
    Kept(Snapshot),
}

impl Page {
    /// A step begins; the page as it finds it shall be kept until the next, where any of these texts must not be told.
    pub fn keep_what_is_found(&mut self, secrets: SecretValues) {
        self.before = Before::Wanted(secrets);
    }

    /// The page as the step found it, as far as it was kept.
    pub fn what_was_found(&mut self) -> Option<Snapshot> {
        match std::mem::take(&mut self.before) {
            Before::Kept(snapshot) => Some(snapshot),
            Before::Unwanted | Before::Wanted(_) => None,
        }
    }

    /// How long to wait before the page is worth a picture; None if there is no need of one.
    pub(super) fn patience(&self) -> Option<Duration> {
        (matches!(self.before, Before::Wanted(_)) && self.wait > AT_ONCE).then_some(AT_ONCE)
    }

    /// The step waits: this is how it found the page.
    pub(super) async fn keep_before(&mut self) {
        if let Before::Wanted(secrets) = std::mem::take(&mut self.before)
            // Before the first page there is nothing to see.
            && !self.address.is_empty()
            // A page that can't be taken just now is no reason for the step to fail.
            && let Ok(snapshot) = self.snapshot(&secrets).await
        {
            self.before = Before::Kept(snapshot);
        }
    }

    /// The step acts, perhaps without a picture having been taken: one that is taken later would not show how it found the page.
    pub(super) fn forgo_before(&mut self) {
        if matches!(self.before, Before::Wanted(_)) {
            self.before = Before::Unwanted;
        }
    }
}
