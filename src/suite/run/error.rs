//! Why a worker can't work.

use std::time::Duration;

use crate::browser::BrowserError;
use crate::portal::StartError;

/// A worker could not do its work at all.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// Its runtime could not be made.
    #[error("no worker could be started: {0}")]
    Runtime(#[from] std::io::Error),
    /// Driver or browser could not be started.
    #[error(transparent)]
    Browser(#[from] BrowserError),
    /// The browser did not come up.
    #[error("the browser did not start within {} s\n  run `docent doctor` to check browser and driver", limit.as_secs())]
    BrowserTimeout {
        /// How long it was waited for.
        limit: Duration,
    },
    /// The scenario's own portal could not be started.
    #[error("{0}")]
    Portal(StartError),
    /// A worker broke down.
    #[error("a worker crashed, which is a bug in Docent: {0}")]
    Crashed(String),
}

impl WorkerError {
    /// Whether another try may go well: something ran and failed.
    pub(super) fn is_transient(&self) -> bool {
        match self {
            Self::Browser(error) => !matches!(
                error,
                BrowserError::DriverStart { .. } | BrowserError::DriverAddress { .. } | BrowserError::NoSession { .. }
            ),
            Self::BrowserTimeout { .. } => true,
            Self::Runtime(_) | Self::Portal(_) | Self::Crashed(_) => false,
        }
    }
}
