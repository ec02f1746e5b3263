//! `docent check`: what is missing or left over, without a browser.

use std::path::{Path, PathBuf};

use clap::Args;

use super::CliError;
use super::exit_status::ExitStatus;
use super::tutorial::{folder_of, plan_tutorials};
use crate::config::Flags;
use crate::counted::counted;
use crate::output::say;
use crate::tutorial::TutorialError;
use crate::tutorial::citations::missing_pictures;
use crate::tutorial::folders::Folders;
use crate::tutorial::inventory::inventory;

/// What `docent check` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
docent check                                        all tutorials in features/tutorials, and the pages of this folder\n  \
docent check features/tutorials/pair.feature        one of them\n  \
docent check --pages docs                           only pages below docs/\n\n\
It needs no browser and changes nothing. Exit code 1, with a list, if a scene has no baseline or text twin; a baseline or a text \
twin has no scene; two baselines show and mark the same; a Markdown or HTML file cites a picture that is not there; or a narration \
quotes (\"…\", “…” or **…**) what neither its own picture says, nor that of the scene before or after it.")]
pub(crate) struct CheckArguments {
    /// Feature files, or folders of them
    #[arg(default_value = "features/tutorials")]
    paths: Vec<PathBuf>,
    /// Where the baselines are
    #[arg(long, help_heading = "Files", value_name = "DIR", default_value = "screenshots")]
    screenshots: PathBuf,
    /// Where Markdown and HTML files are that cite pictures
    #[arg(long, help_heading = "Files", value_name = "DIR", default_value = ".")]
    pages: PathBuf,
}

pub(crate) fn check(arguments: &CheckArguments) -> Result<ExitStatus, CliError> {
    let settings = Flags::default().settings()?;
    let plan = plan_tutorials(&arguments.paths, &arguments.screenshots, settings.allowed)?;
    let (mut gaps, mut scenes) = (Vec::new(), 0);
    for scenario in &plan.scenarios {
        let folder = folder_of(&plan, scenario);
        let folders = Folders::of(folder, &arguments.screenshots, Path::new(""), &settings.reports);
        let script = scenario.script();
        scenes += script.scenes.len();
        gaps.extend(inventory(&script, &folders)?);
    }
    gaps.extend(missing_pictures(&arguments.pages).map_err(TutorialError::from)?);
    for gap in &gaps {
        say!("{gap}");
    }
    if gaps.is_empty() {
        let tutorials = counted(plan.scenarios.len(), "tutorial");
        say!("complete: {} of {tutorials}", counted(scenes, "scene"));
        return Ok(ExitStatus::Success);
    }
    say!(
        "{} in {}",
        counted(gaps.len(), "gap"),
        counted(plan.scenarios.len(), "tutorial")
    );
    Ok(ExitStatus::Failed)
}
