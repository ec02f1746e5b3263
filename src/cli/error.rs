//! Why a command could not do its work, and the exit code that says so.

use std::process::ExitCode;

use super::editor::EditorError;
use super::preflight::PreflightError;
use crate::browser::BrowserError;
use crate::config::ConfigError;
use crate::output::say_err;
use crate::provision::FindError;
use crate::report::ReportError;
use crate::suite::plan::PlanError;
use crate::suite::plan::changed::ChangedError;
use crate::suite::record::HistoryError;
use crate::suite::run::WorkerError;
use crate::tutorial::TutorialError;
use crate::tutorial::folders::FolderError;
use crate::tutorial::publish::PublishError;

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// Settings that make no sense.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Features that can't be played.
    #[error("{}{}", .0, snippet_hint(.0))]
    Plan(#[from] PlanError),
    /// Tutorials without folders of their own.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// No browser.
    #[error(transparent)]
    Find(#[from] FindError),
    /// Browser or portal can't be started.
    #[error(transparent)]
    Worker(#[from] WorkerError),
    /// Pictures or pages can't be kept.
    #[error(transparent)]
    Tutorial(#[from] TutorialError),
    /// Training material can't be made of the accepted screenshots.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// Reports can't be written or joined.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// Git can't say what changed.
    #[error(transparent)]
    Changed(#[from] ChangedError),
    /// The previous run can't be used.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// What editors read can't be written.
    #[error(transparent)]
    Editor(#[from] EditorError),
    /// The portal can't be served.
    #[cfg(feature = "mock-portal")]
    #[error(transparent)]
    Portal(#[from] mock_portal::StartError),
    /// The portal's fixture can't be read.
    #[cfg(feature = "mock-portal")]
    #[error(transparent)]
    Fixture(#[from] mock_portal::fixture::FixtureError),
    /// The environment is not fit for a browser.
    #[error(transparent)]
    Unfit(#[from] PreflightError),
    /// The browser is to be shown, but there is nowhere to show it.
    #[error(
        "--headed shows the browser's window, but this machine has no screen: neither DISPLAY nor WAYLAND_DISPLAY is set\n  \
         leave --headed out, or provide a virtual screen: apt-get install xvfb, then run `xvfb-run -a docent …`"
    )]
    NoScreen,
    /// What was asked for can't be written where it is wanted.
    #[error("standard output did not take everything: {0}\n  free some space, or send it elsewhere")]
    Output(String),
    /// Something that was given on the command line does not fit.
    #[error("{0}")]
    Usage(String),
    /// The system refuses something basic.
    #[error("could not {what}: {source}")]
    System {
        /// What was tried.
        what: &'static str,
        /// The system's word on it.
        source: std::io::Error,
    },
}

/// The way out for those who write steps, behind all that is wrong, so that it does not hide it.
fn snippet_hint(error: &PlanError) -> String {
    let snippets: Vec<_> = error.snippets().into_iter().collect();
    if snippets.is_empty() {
        String::new()
    } else {
        format!("\n  or define the step in Rust, in src/steps:\n{}", snippets.join("\n"))
    }
}

impl CliError {
    /// Says on standard error what went wrong.
    pub fn print(&self) {
        say_err!("docent: {self}");
    }

    /// 2 for what the person wrote, 3 for the environment, 1 for a tutorial that is wrong in itself.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Config(_)
            | Self::Plan(_)
            | Self::Folder(_)
            | Self::Usage(_)
            | Self::Changed(
                ChangedError::Refused { .. }
                | ChangedError::NoCommit { .. }
                | ChangedError::NoMergeBase { .. }
                | ChangedError::Unknown { .. },
            )
            | Self::Editor(EditorError::NotJson { .. })
            | Self::History(HistoryError::None { .. } | HistoryError::Malformed { .. })
            | Self::Report(
                ReportError::Twice { .. }
                | ReportError::Foreign { .. }
                | ReportError::IntoShard { .. }
                | ReportError::OtherRun { .. }
                | ReportError::Shards(_)
                | ReportError::NoRun { .. },
            )
            | Self::Worker(WorkerError::Browser(BrowserError::DriverAddress { .. })) => ExitCode::from(2),
            #[cfg(feature = "mock-portal")]
            Self::Fixture(_) => ExitCode::from(2),
            #[cfg(feature = "mock-portal")]
            Self::Portal(_) => ExitCode::from(3),
            Self::Tutorial(error) if error.is_in_the_tutorial() => ExitCode::from(1),
            Self::History(_)
            | Self::Report(_)
            | Self::Find(_)
            | Self::NoScreen
            | Self::Changed(_)
            | Self::Unfit(_)
            | Self::Worker(_)
            | Self::Tutorial(_)
            | Self::Publish(_)
            | Self::Editor(_)
            | Self::Output(_)
            | Self::System { .. } => ExitCode::from(3),
        }
    }
}
