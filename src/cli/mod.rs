//! The commands. One file each; here is what they share.

mod check;
mod doctor;
mod editor;
mod error;
mod exit_status;
mod merge;
mod new;
mod own_portal;
mod preflight;
mod publish;
mod reporters;
mod run;
mod run_plan;
mod run_summary;
#[cfg(feature = "mock-portal")]
mod serve;
mod setting_names;
mod steps;
mod tutorial;

use std::io::ErrorKind;
use std::process::ExitCode;

use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};

pub use error::CliError;
use exit_status::ExitStatus;

use crate::output;
use crate::suite::run::interrupt::take_size_limits_as_errors;

/// Runs Gherkin scenarios in a real browser: acceptance tests and the screenshots of tutorials in one.
#[derive(Parser, Debug)]
#[command(
    version,
    after_help = "Examples:\n  \
docent run --tags @smoke\n  \
docent tutorial --check\n  \
docent doctor\n\n\
Exit codes: 0 success; 1 a scenario failed, or a baseline is stale under --check; 2 usage, settings or a feature file is wrong; \
3 the environment does not work (no browser, a folder that can't be written); 128+N ended by signal N."
)]
pub struct Cli {
    /// Colours: auto (on terminals, unless `NO_COLOR` is set), always or never
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    color: ColorChoice,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Start a project for a site: settings, a feature, a tutorial and a CI workflow
    New(new::NewArguments),
    /// Run tutorials, compare their screenshots with the baselines and publish their pages
    Tutorial(tutorial::TutorialArguments),
    /// Make slides, handouts, demos and pages from the accepted screenshots, without a browser
    Publish(publish::PublishArguments),
    /// Find baselines without a scene, scenes without a baseline and texts that no longer fit, without a browser
    Check(check::CheckArguments),
    /// Run acceptance scenarios and write reports
    Run(run::RunArguments),
    /// Merge the reports of shards into one
    Merge(merge::MergeArguments),
    /// Serve the mock IP Portal alone
    #[cfg(feature = "mock-portal")]
    Serve(serve::ServeArguments),
    /// List the step vocabulary
    Steps(steps::StepsArguments),
    /// Show which browser, driver and fonts were found, and how to fix what is missing
    Doctor(doctor::DoctorArguments),
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
    /// What was asked on the command line and in the environment.
    ///
    /// # Errors
    /// The exit code, where that makes no sense or help was asked for, which is printed.
    pub fn from_surroundings() -> Result<Self, ExitCode> {
        let mut command = command();
        let matches = command.clone().try_get_matches();
        let parsed = matches.and_then(|mut matches| Self::from_arg_matches_mut(&mut matches));
        parsed.map_err(|error| print_message(&error.format(&mut command)))
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
        take_size_limits_as_errors().map_err(|source| CliError::System {
            what: "listen for signals",
            source,
        })?;
        let is_for_its_output = self.command.is_for_its_output();
        let ending = match self.command {
            Command::New(arguments) => new::new(&arguments),
            Command::Tutorial(arguments) => tutorial::tutorial(&arguments),
            Command::Publish(arguments) => publish::publish(&arguments),
            Command::Check(arguments) => check::check(&arguments),
            Command::Run(arguments) => run::run(&arguments),
            Command::Merge(arguments) => merge::merge(&arguments),
            #[cfg(feature = "mock-portal")]
            Command::Serve(arguments) => serve::serve(&arguments),
            Command::Steps(arguments) => steps::steps(&arguments),
            Command::Doctor(arguments) => doctor::doctor(arguments),
        };
        // A worker that was given up may still have one.
        crate::browser::kill_all();
        match output::trouble() {
            Some(why) if is_for_its_output && matches!(ending, Ok(ExitStatus::Success)) => {
                Err(CliError::Output(why.to_owned()))
            }
            _ => ending.map(ExitCode::from),
        }
    }
}

impl Command {
    /// Whether what it prints is all that it does: without that it has not succeeded.
    fn is_for_its_output(&self) -> bool {
        matches!(self, Self::Check(_) | Self::Steps(_) | Self::Doctor(_))
    }
}

/// Prints help, the version, or what is wrong with the command line. Help that finds no room is no success; a reader that has gone
/// has enough.
fn print_message(message: &clap::Error) -> ExitCode {
    match message.print() {
        Err(error) if !message.use_stderr() && error.kind() != ErrorKind::BrokenPipe => {
            let error = CliError::Output(error.to_string());
            error.print();
            error.exit_code()
        }
        _ => u8::try_from(message.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from),
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

    #[test]
    fn help_of_every_command_is_grouped_and_shows_examples() {
        for one in command().get_subcommands() {
            let name = one.get_name();
            let help = one.get_after_help().map(ToString::to_string).unwrap_or_default();
            let examples = help.matches(&format!("\n  docent {name}")).count();
            assert!((2..=4).contains(&examples), "{name}: {examples} examples");
            let flags = one.get_arguments().filter(|argument| !argument.is_positional());
            for flag in flags.filter(|flag| !["help", "color"].contains(&flag.get_id().as_str())) {
                assert!(flag.get_help_heading().is_some(), "{name} --{}", flag.get_id());
            }
        }
    }
}
