//! `docent run`: plays acceptance scenarios and reports.

use std::path::PathBuf;

use clap::Args;

use super::play::play;
use super::{CliError, Ending};
use crate::config::Flags;
use crate::suite::plan::plan;

/// What `docent run` takes.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Feature files, or folders that hold some
    #[arg(default_value = "features")]
    paths: Vec<PathBuf>,
    /// Play only scenarios whose tags fit, such as "@smoke and not @slow"
    #[arg(long, value_name = "EXPRESSION")]
    tags: Option<String>,
    #[command(flatten)]
    flags: Flags,
}

pub fn run(arguments: Arguments) -> Result<Ending, CliError> {
    let settings = arguments.flags.settings()?;
    let plan = plan(&arguments.paths, arguments.tags.as_deref())?;
    let (_, played) = play(plan, &settings)?;
    println!(
        "{} passed, {} failed, {} interrupted, in {:.1} s",
        played.tally.passed,
        played.tally.failed,
        played.tally.interrupted,
        played.took.as_secs_f32()
    );
    Ok(played.ending())
}
