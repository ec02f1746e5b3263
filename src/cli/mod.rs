//! The commands. One file each; here is what they share.

mod choice;
mod doctor;
mod editor;
mod merge;
mod play;
mod preflight;
mod reporters;
mod run;
mod serve;
mod steps;
mod tutorial;

use std::process::ExitCode;

use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};

use self::editor::EditorError;
use self::preflight::UnfitError;
use crate::browser::{BrowserError, FindError};
use crate::config::ConfigError;
use crate::output::say_err;
use crate::report::ReportError;
use crate::suite::plan::PlanError;
use crate::suite::plan::changed::ChangedError;
use crate::suite::record::HistoryError;
use crate::suite::run::WorkerError;
use crate::tutorial::TutorialError;
use crate::tutorial::folders::FolderError;

/// Plays Gherkin scenarios in a real browser: an acceptance test and the pictures of a tutorial in one.
#[derive(Parser, Debug)]
#[command(
    version,
    after_help = "Exit codes: 0 all well; 1 a scenario failed, or a picture is stale under --check; \
2 usage, settings or feature file wrong; 3 the environment is not fit (no browser, a folder that can't be written); \
128+N ended by signal N."
)]
pub struct Cli {
    /// Whether text has colours: on terminals, unless `NO_COLOR` is set; always; or never
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    color: ColorChoice,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Play tutorials, keep their pictures current and publish their pages
    Tutorial(tutorial::Arguments),
    /// Play acceptance scenarios and report
    Run(run::Arguments),
    /// Join the reports of shards into one
    Merge(merge::Arguments),
    /// Serve the mock IP Portal alone
    Serve(serve::Arguments),
    /// Show what features can say
    Steps(steps::Arguments),
    /// Show which browser, driver and fonts are found, and what to do about what is not
    Doctor(doctor::Arguments),
}

/// How a command ended without an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
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
            Ending::Signal(signal) => {
                u8::try_from(crate::suite::run::interrupt::exit_code(signal)).map_or(Self::FAILURE, Self::from)
            }
        }
    }
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// Settings that make no sense.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Features that can't be played.
    #[error("{}{}", .0, teaching(.0))]
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
    /// Reports can't be written or joined.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// Git can't say what changed.
    #[error(transparent)]
    Changed(#[from] ChangedError),
    /// An earlier run can't be gone by.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// What editors read can't be written.
    #[error(transparent)]
    Editor(#[from] EditorError),
    /// The portal can't be served.
    #[error(transparent)]
    Portal(#[from] mock_portal::StartError),
    /// The portal's fixture can't be read.
    #[error(transparent)]
    Fixture(#[from] mock_portal::fixture::FixtureError),
    /// The environment is not fit for a browser.
    #[error(transparent)]
    Unfit(#[from] UnfitError),
    /// The browser is to be shown, but there is nowhere to show it.
    #[error(
        "--headed shows the browser's window, but this machine has no screen: neither DISPLAY nor WAYLAND_DISPLAY is set\n\
         Leave --headed out, or lend it a screen: apt-get install xvfb, then run `xvfb-run -a docent …`."
    )]
    NoScreen,
    /// Something that was given on the command line does not fit.
    #[error("{0}")]
    Usage(String),
    /// The system refuses something basic.
    #[error("the system refuses to {what}: {source}")]
    System {
        /// What was tried.
        what: &'static str,
        /// The system's word on it.
        source: std::io::Error,
    },
}

/// The way out for those who write steps, behind all that is wrong, so that it does not hide it.
fn teaching(error: &PlanError) -> String {
    let snippets: Vec<_> = error.snippets().into_iter().collect();
    if snippets.is_empty() {
        String::new()
    } else {
        format!(
            "\nif it is no slip, teach Docent what it does not know, in Rust, in src/steps:\n{}",
            snippets.join("\n")
        )
    }
}

impl CliError {
    /// Says on standard error what went wrong.
    pub fn tell(&self) {
        say_err!("docent: {self}");
    }

    /// 2 for what the person wrote, 3 for the environment, 1 for a tutorial that is wrong in itself.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Config(_)
            | Self::Plan(_)
            | Self::Folder(_)
            | Self::Fixture(_)
            | Self::Usage(_)
            | Self::Changed(ChangedError::Refused { .. } | ChangedError::Unknown { .. })
            | Self::Editor(EditorError::NotJson { .. })
            | Self::History(HistoryError::None { .. } | HistoryError::Malformed { .. })
            | Self::Report(ReportError::Twice { .. } | ReportError::Shards(_) | ReportError::NoRun { .. })
            | Self::Worker(WorkerError::Browser(BrowserError::DriverAddress { .. })) => ExitCode::from(2),
            Self::Tutorial(error) if error.is_in_the_tutorial() => ExitCode::from(1),
            Self::History(_)
            | Self::Report(_)
            | Self::Find(_)
            | Self::NoScreen
            | Self::Changed(_)
            | Self::Unfit(_)
            | Self::Worker(_)
            | Self::Tutorial(_)
            | Self::Portal(_)
            | Self::Editor(_)
            | Self::System { .. } => ExitCode::from(3),
        }
    }
}

/// A variable that is set to nothing counts as not set: that is how workflows and compose files leave one out. Help does not show what one
/// is set to: an address may have a password in it.
fn with_variable(argument: clap::Arg) -> clap::Arg {
    let is_empty = |name| std::env::var_os(name).is_some_and(|value| value.is_empty());
    if argument.get_env().is_some_and(is_empty) {
        argument.env(None)
    } else {
        argument.hide_env_values(true)
    }
}

/// The command with all that it takes.
fn command() -> clap::Command {
    let mut command = Cli::command();
    let names: Vec<_> = command.get_subcommands().map(|one| one.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name, |one| one.mut_args(with_variable));
    }
    command
}

impl Cli {
    /// What was asked on the command line and in the environment. Ends the process where that makes no sense, or help was asked for.
    #[must_use]
    pub fn from_surroundings() -> Self {
        let mut command = command();
        let parsed = Self::from_arg_matches_mut(&mut command.clone().get_matches());
        parsed.unwrap_or_else(|error| error.format(&mut command).exit())
    }

    /// Does what was asked.
    ///
    /// # Errors
    /// [`CliError`], which knows its exit code.
    pub fn run(self) -> Result<ExitCode, CliError> {
        match self.color {
            ColorChoice::Auto => {}
            choice => {
                console::set_colors_enabled(choice == ColorChoice::Always);
                console::set_colors_enabled_stderr(choice == ColorChoice::Always);
            }
        }
        let ending = match self.command {
            Command::Tutorial(arguments) => tutorial::tutorial(&arguments),
            Command::Run(arguments) => run::run(&arguments),
            Command::Merge(arguments) => merge::merge(&arguments),
            Command::Serve(arguments) => serve::serve(&arguments),
            Command::Steps(arguments) => steps::steps(&arguments),
            Command::Doctor(arguments) => doctor::doctor(arguments),
        };
        // A worker that was given up may still have one.
        crate::browser::kill_all();
        ending.map(ExitCode::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_shows_the_name_of_a_variable_and_not_what_it_is_set_to() {
        let command = command();
        let arguments = command.get_subcommands().flat_map(clap::Command::get_arguments);
        let mut variables = 0;
        for argument in arguments.filter(|argument| argument.get_env().is_some()) {
            variables += 1;
            assert!(argument.is_hide_env_values_set(), "{}", argument.get_id());
        }
        assert!(variables > 5);
    }
}
