//! `docent merge`: joins what shards left.

use std::path::PathBuf;

use clap::Args;

use super::CliError;
use super::exit_status::ExitStatus;
use super::reporters::ReporterFlags;
use super::run::{Format, exit_status, keep};
use crate::config::Flags;
use crate::report;

/// What `docent merge` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
docent merge reports-1 reports-2 reports-3                    into reports/\n  \
docent merge reports-* --out merged --reporter junit          one report, elsewhere")]
pub(crate) struct MergeArguments {
    /// Folders with the reports of shards
    #[arg(required = true)]
    folders: Vec<PathBuf>,
    /// Where the merged reports go
    #[arg(long, help_heading = "Reports", value_name = "DIR", default_value = "reports")]
    out: PathBuf,
    /// Merge shards, too, whose commit, CI build or base URL differ
    #[arg(long, help_heading = "Selection")]
    allow_different_runs: bool,
    #[command(flatten)]
    reporters: ReporterFlags,
    /// Settings file, of which `reporters` applies [default: docent.toml, if it exists]
    #[arg(long, help_heading = "Settings", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Apply this profile of the settings file, such as [profile.ci]
    #[arg(long, help_heading = "Settings", env = "DOCENT_PROFILE", value_name = "NAME")]
    profile: Option<String>,
}

pub(crate) fn merge(arguments: &MergeArguments) -> Result<ExitStatus, CliError> {
    let settings = Flags {
        config: arguments.config.clone(),
        profile: arguments.profile.clone(),
        ..Flags::default()
    };
    let kinds = arguments.reporters.chosen(&settings.settings()?)?;
    let out = &arguments.out;
    report::check_apart(&arguments.folders, out)?;
    let _lock = report::prepare(out)?;
    let withdraw = |why: &str| report::withdraw(out, &arguments.folders, &kinds, why);
    let read = report::read_shards(&arguments.folders, out, arguments.allow_different_runs);
    let joined = read.and_then(|shards| {
        report::mark_joining(out, &arguments.folders, &kinds)?;
        report::merge(shards, out)
    });
    let record = match joined {
        Ok(record) => record,
        Err(error) => {
            // Shards that can't be joined must not leave the result of those that once could.
            withdraw(&error.to_string())?;
            return Err(error.into());
        }
    };
    keep(&record, out, &kinds, Format::Text)?;
    Ok(match exit_status(&record) {
        // That ended the run which is merged, and not the merge.
        ExitStatus::Signal(_) => ExitStatus::Failed,
        ending => ending,
    })
}
