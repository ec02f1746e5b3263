//! How commands end, as the shell learns it.

use std::process::ExitCode;

use crate::suite::run::interrupt::exit_code;

/// How a command ended without an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// All well.
    Well,
    /// A scenario failed, or a picture is stale under `--check`.
    Failed,
    /// The environment is not fit.
    Unfit,
    /// A signal came.
    Signal(i32),
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Well => Self::SUCCESS,
            Ending::Failed => Self::from(1),
            Ending::Unfit => Self::from(3),
            Ending::Signal(signal) => u8::try_from(exit_code(signal)).map_or(Self::FAILURE, Self::from),
        }
    }
}
