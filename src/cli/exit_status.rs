//! How commands end, as the shell learns it.

use std::process::ExitCode;

use crate::suite::run::interrupt::exit_code;

/// How a command ended without an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ExitStatus {
    /// All well.
    Success,
    /// A scenario failed, or a picture is stale under `--check`.
    Failed,
    /// The environment is not fit.
    EnvironmentUnfit,
    /// A signal came.
    Signal(i32),
}

impl From<ExitStatus> for ExitCode {
    fn from(ending: ExitStatus) -> Self {
        match ending {
            ExitStatus::Success => Self::SUCCESS,
            ExitStatus::Failed => Self::from(1),
            ExitStatus::EnvironmentUnfit => Self::from(3),
            ExitStatus::Signal(signal) => u8::try_from(exit_code(signal)).map_or(Self::FAILURE, Self::from),
        }
    }
}
