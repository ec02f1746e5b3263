//! Which reports a command writes: as its flags say, or the file with settings.

use clap::Args;

use super::CliError;
use super::setting_names::parse_setting;
use crate::config::Settings;
use crate::report::{ReportKind, ReportKinds};

/// The flag of commands that write reports.
#[derive(Args, Debug, Default)]
pub(crate) struct ReporterFlags {
    /// Write only this report; may be given several times [default: all]
    #[arg(long = "reporter", help_heading = "Reports", value_enum, value_name = "NAME")]
    named: Vec<ReportKind>,
}

impl ReporterFlags {
    /// Which reports are written beside the record.
    ///
    /// # Errors
    /// [`CliError::Usage`] if the file names one that there is not.
    pub(crate) fn chosen(&self, settings: &Settings) -> Result<ReportKinds, CliError> {
        if !self.named.is_empty() {
            return Ok(self.named.iter().copied().collect());
        }
        match &settings.run.reporters {
            Some(names) => names.iter().map(|name| parse_setting("reporters", name)).collect(),
            None => Ok(ReportKind::all()),
        }
    }
}
