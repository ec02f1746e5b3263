//! The portal that one scenario runs against.

use jiff::Timestamp;

use super::error::WorkerError;
use crate::portal::{Control, OwnPortal, PortalSource};

/// The portal of one scenario.
pub(super) struct ScenarioPortal {
    /// None for a portal elsewhere.
    own: Option<Box<dyn OwnPortal>>,
    /// Without a slash at its end.
    pub(crate) url: String,
}

impl ScenarioPortal {
    /// Starts one, whose clock stands still at a moment if there is one; a portal elsewhere is there already.
    pub(crate) async fn start(source: &PortalSource, frozen_at: Option<Timestamp>) -> Result<Self, WorkerError> {
        Ok(match source {
            PortalSource::At(url) => Self {
                own: None,
                url: url.trim_end_matches('/').to_owned(),
            },
            PortalSource::Own(portals) => {
                let own = portals.start(frozen_at).await.map_err(WorkerError::Portal)?;
                Self {
                    url: own.address().to_owned(),
                    own: Some(own),
                }
            }
        })
    }

    /// What steps set it by; nothing sets a portal elsewhere.
    pub(crate) fn control(&self) -> Option<Control> {
        self.own.as_ref().map(|own| own.control())
    }

    /// The requests that it has answered, a line each; nothing is known of a portal elsewhere.
    pub(crate) fn requests(&self) -> String {
        self.own.as_ref().map(|own| own.requests()).unwrap_or_default()
    }

    /// Ends the scenario's own.
    pub(crate) async fn stop(self) {
        if let Some(own) = self.own {
            own.stop().await;
        }
    }
}
