//! `docent doctor`: what is found, and what to do about what is not.

use clap::Args;

use super::{CliError, Ending};
use crate::browser::{Report, Wanted, cache_folder};
use crate::config::Flags;
use crate::output::say_all;

/// What `docent doctor` takes.
#[derive(Args, Debug)]
pub struct Arguments {
    #[command(flatten)]
    flags: Flags,
}

pub fn doctor(arguments: Arguments) -> Result<Ending, CliError> {
    let settings = arguments.flags.settings()?;
    let report = Report::on_this_machine(&Wanted {
        browser: settings.browser,
        driver: settings.driver,
        with_window: false,
        cache: cache_folder()?,
    });
    say_all!("{report}");
    Ok(if report.ok() { Ending::Well } else { Ending::Unfit })
}
