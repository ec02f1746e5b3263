//! `docent steps`: what features can say.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::CliError;
use super::editor;
use super::exit_status::ExitStatus;
use crate::config::Flags;
use crate::output::say;
use crate::steps::{VocabularyEntry, entries};
use crate::suite::plan::select::Selection;
use crate::suite::plan::{PlannedStep, plan};

/// What `docent steps` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
docent steps                  every step, with an example\n  \
docent steps --unused         steps that no feature uses\n  \
docent steps --editor         completion in VS Code")]
pub(crate) struct StepsArguments {
    /// Feature files, or folders of them, for --unused and --editor
    #[arg(default_value = "features")]
    paths: Vec<PathBuf>,
    /// List only the steps that no feature uses
    #[arg(long, help_heading = "Output")]
    unused: bool,
    /// Write settings for step completion by the Cucumber extension of VS Code into DIR/.vscode
    #[arg(long, help_heading = "Output", value_name = "DIR", num_args = 0..=1, default_missing_value = ".", conflicts_with = "unused")]
    editor: Option<PathBuf>,
}

pub(crate) fn steps(arguments: &StepsArguments) -> Result<ExitStatus, CliError> {
    match &arguments.editor {
        _ if arguments.unused => print_unused(&arguments.paths)?,
        Some(folder) => write_editor(folder, &arguments.paths)?,
        None => print_all(),
    }
    Ok(ExitStatus::Success)
}

fn print_all() {
    say!("Begin each with Given, When, Then, And or But: the keyword takes no part in matching.");
    say!("Write \"off camera, \" before a step of a tutorial to play it without showing it.");
    say!("Write \"secret:NAME\" for a secret, which is redacted everywhere, such as \"secret:password of amara\".");
    for entry in entries() {
        say!("\n{}", entry.expression);
        say!("    {}", description(entry));
        if !entry.example.is_empty() {
            say!("    Example: {}", entry.example);
        }
    }
}

fn description(entry: &VocabularyEntry) -> String {
    if entry.what.is_empty() {
        format!("Written in {}", entry.code)
    } else {
        entry.what.clone()
    }
}

/// One step a line with where it is written, for people and for other programs; nothing if all are used.
fn print_unused(paths: &[PathBuf]) -> Result<(), CliError> {
    let plan = plan(&Selection {
        paths: paths.to_vec(),
        allowed: Flags::default().settings()?.allowed,
        ..Selection::default()
    })?;
    let steps = plan.scenarios.iter().flat_map(|scenario| &scenario.steps);
    let used: BTreeSet<&str> = steps.map(PlannedStep::code).collect();
    for entry in entries().filter(|entry| !used.contains(entry.code.as_str())) {
        say!("{}: {}", entry.code, entry.expression);
    }
    Ok(())
}

fn write_editor(folder: &Path, features: &[PathBuf]) -> Result<(), CliError> {
    let written = editor::write(folder, features)?;
    for path in &written.files {
        say!("wrote {}", path.display());
    }
    if written.lost_comments {
        say!("its comments are gone: they can't be kept where settings are added");
    }
    say!("now open the folder in VS Code with the extension \"Cucumber\" (CucumberOpen.cucumber-official)");
    Ok(())
}
