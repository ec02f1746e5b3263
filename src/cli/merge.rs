//! `docent merge`: joins what shards left.

use std::path::PathBuf;

use clap::Args;

use super::reporters::ReporterFlags;
use super::run::{Format, ending, keep};
use super::{CliError, Ending};
use crate::config::Flags;
use crate::report;

/// What `docent merge` takes.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Folders with the reports of shards
    #[arg(required = true)]
    folders: Vec<PathBuf>,
    /// Where the joined reports go
    #[arg(long, value_name = "DIR", default_value = "reports")]
    out: PathBuf,
    #[command(flatten)]
    reporters: ReporterFlags,
    /// The file with settings, of which `reporters` counts [default: docent.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Put what this profile of the file says, such as [profile.ci], before the rest of it
    #[arg(long, env = "DOCENT_PROFILE", value_name = "NAME")]
    profile: Option<String>,
}

pub fn merge(arguments: &Arguments) -> Result<Ending, CliError> {
    let settings = Flags {
        config: arguments.config.clone(),
        profile: arguments.profile.clone(),
        ..Flags::default()
    };
    let kinds = arguments.reporters.chosen(&settings.settings()?)?;
    let out = &arguments.out;
    let _lock = report::prepare(out)?;
    // Shards that can't be joined must not leave the reports of those that once could.
    report::mark_unfinished(out, &kinds)?;
    let record = report::merge(&arguments.folders, out)?;
    keep(&record, out, &kinds, Format::Text)?;
    Ok(ending(&record, false))
}
