//! The page as a step finds it, for the report of its failure.
//!
//! A step that finds at once what it names pays nothing for it, and has no picture. One that has to wait has it taken while it waits.

use std::time::Duration;

use serde_json::json;

use super::error::{BrowserError, refused};
use super::page::Page;
use super::secret_regions;
use super::session::Session;
use super::snapshot::{Snapshot, WaitSnapshot};
use crate::area::Area;
use crate::secrets::SecretValues;

/// A thing that is not there after this long is worth a picture of the page without it.
const AT_ONCE: Duration = Duration::from_millis(250);

impl Page {
    /// The window as it is, proven or not, and where it shows one of these texts.
    ///
    /// # Errors
    /// [`BrowserError`]; also if what must be covered does not keep still for long enough.
    pub async fn snapshot(&self, secrets: &SecretValues) -> Result<Snapshot, BrowserError> {
        const TRIES: usize = 3;
        for _ in 0..TRIES {
            let (width, concealed) = self.session.secret_regions(secrets).await?;
            let png = self.session.capture_screenshot().await?;
            if secrets.is_empty() || self.session.secret_regions(secrets).await?.1 == concealed {
                return Ok(Snapshot { png, width, concealed });
            }
        }
        Err(BrowserError::Refused {
            what: "show where its secrets stand",
            reason: "they do not keep still".to_owned(),
        })
    }

    /// A step begins; the page as it finds it shall be kept until the next, in which these texts must not be shown.
    pub fn arm_wait_snapshot(&mut self, secrets: SecretValues) {
        self.wait_snapshot = WaitSnapshot::Wanted(secrets);
    }

    /// The page as the step found it, as far as it was kept.
    pub fn take_wait_snapshot(&mut self) -> Option<Snapshot> {
        match std::mem::take(&mut self.wait_snapshot) {
            WaitSnapshot::Kept(snapshot) => Some(snapshot),
            WaitSnapshot::Unwanted | WaitSnapshot::Wanted(_) => None,
        }
    }

    /// How long to wait before the page is worth a picture; None if there is no need of one.
    pub(super) fn at_once_wait(&self) -> Option<Duration> {
        (matches!(self.wait_snapshot, WaitSnapshot::Wanted(_)) && self.wait > AT_ONCE).then_some(AT_ONCE)
    }

    /// The step waits: this is how it found the page.
    pub(super) async fn record_wait_snapshot(&mut self) {
        if let WaitSnapshot::Wanted(secrets) = std::mem::take(&mut self.wait_snapshot)
            // Before the first page there is nothing to see.
            && !self.address.is_empty()
            // A page that can't be taken just now is no reason for the step to fail.
            && let Ok(snapshot) = self.snapshot(&secrets).await
        {
            self.wait_snapshot = WaitSnapshot::Kept(snapshot);
        }
    }

    /// The step acts, perhaps without a picture having been taken: one that is taken later would not show how it found the page.
    pub(super) fn disarm_wait_snapshot(&mut self) {
        if matches!(self.wait_snapshot, WaitSnapshot::Wanted(_)) {
            self.wait_snapshot = WaitSnapshot::Unwanted;
        }
    }
}

impl Session {
    /// Width of the viewport, and where in it any of these texts can be read.
    async fn secret_regions(&self, secrets: &SecretValues) -> Result<(f64, Vec<Area>), BrowserError> {
        const WHAT: &str = "describe what it shows";
        let answer = self.cdp("DOMSnapshot.captureSnapshot", json!({ "computedStyles": [] }));
        let answer = answer.await.map_err(refused(WHAT))?;
        secret_regions::find(answer, secrets).map_err(|error| BrowserError::UnexpectedResponse {
            what: WHAT,
            reason: error.to_string(),
        })
    }
}
