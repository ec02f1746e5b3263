//! `docent new`: a project for a site, with a feature and a tutorial that pass on its first page.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use askama::Template;
use clap::Args;
use url::Url;

use super::CliError;
use super::exit_status::ExitStatus;
use super::run_plan::{LOCALE, TIME_ZONE, find_browser};
use super::{editor, preflight};
use crate::browser::{Driver, Locator, Options, Page, Session};
use crate::config::{Flags, Settings};
use crate::files;
use crate::output::say;
use crate::provision::{Installed, progress_for_stderr};
use crate::suite::run::WorkerError;
use crate::tutorial::TutorialError;

/// What `docent new` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
docent new shop-tests --base-url https://shop.example     asks nothing\n  \
docent new .                                              in this folder, which is empty; asks for the address\n\n\
Docent opens the address once, and writes a feature and a tutorial that are true of the page that it sees there.")]
pub(crate) struct NewArguments {
    /// Folder of the project; it is made, or must be empty
    folder: PathBuf,
    #[command(flatten)]
    flags: Flags,
}

/// A page that builds itself up shows something within this time.
const WAIT: Duration = Duration::from_secs(5);
/// More things of a page are not tried.
const TRIED: usize = 20;
/// What a first page is known by, best first.
const KNOWN_BY: [&str; 4] = ["the heading ", "the link ", "the button ", "the text "];

#[derive(Template)]
#[template(path = "project/docent.toml", escape = "none")]
struct SettingsFile<'a> {
    base_url: &'a str,
}

#[derive(Template)]
#[template(path = "project/README.md", escape = "none")]
struct Readme<'a> {
    base_url: &'a str,
}

#[derive(Template)]
#[template(path = "project/acceptance.feature", escape = "none")]
struct AcceptanceFeature<'a> {
    path: &'a str,
    see: String,
}

#[derive(Template)]
#[template(path = "project/tutorial.feature", escape = "none")]
struct TutorialFeature<'a> {
    path: &'a str,
    look: String,
}

const IGNORED: &str = include_str!("../../templates/project/gitignore");
const WORKFLOW: &str = include_str!("../../templates/project/workflow.yml");

pub(crate) fn new(arguments: &NewArguments) -> Result<ExitStatus, CliError> {
    let folder = &arguments.folder;
    check_empty(folder)?;
    let mut flags = arguments.flags.clone();
    if flags.base_url.is_none() {
        flags.base_url = Some(asked_address()?);
    }
    let settings = flags.settings()?;
    let site = Site::of(settings.base_url.as_deref().unwrap_or_default())?;
    let seen = first_sight(&settings, &site)?;
    write(folder, &site, seen.as_deref())?;
    say!("made: {}", folder.display());
    say!("next:");
    if folder != Path::new(".") {
        say!("  cd {}", folder.display());
    }
    say!("  docent run          plays features/acceptance/first-page.feature");
    say!("  docent tutorial     plays features/tutorials/first-steps.feature, and keeps its screenshot");
    say!("  docent steps        lists what features can say");
    Ok(ExitStatus::Success)
}

/// Nothing that is there is overwritten. A repository that was just made is empty.
fn check_empty(folder: &Path) -> Result<(), CliError> {
    let names = files::names_in(folder).map_err(TutorialError::from)?;
    match names.iter().find(|name| *name != ".git") {
        Some(name) => Err(CliError::Usage(format!(
            "{} is not empty: {name} is in it\n  name a folder that is not there yet",
            folder.display()
        ))),
        None => Ok(()),
    }
}

fn asked_address() -> Result<String, CliError> {
    let missing = || {
        CliError::Usage(
            "the address of the site is missing\n  give it: docent new FOLDER --base-url https://…".to_owned(),
        )
    };
    if !std::io::stdin().is_terminal() {
        return Err(missing());
    }
    // An answer is read whether or not the question could be shown.
    let _ = write!(std::io::stderr(), "Address of the site to test (https://…): ");
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer);
    read.map_err(|source| CliError::System {
        what: "read the answer",
        source,
    })?;
    match answer.trim() {
        "" => Err(missing()),
        address => Ok(address.to_owned()),
    }
}

/// A site by its first page.
#[derive(Debug, PartialEq, Eq)]
struct Site {
    /// Scheme, host and port.
    base_url: String,
    /// Of the first page.
    path: String,
}

impl Site {
    fn of(address: &str) -> Result<Self, CliError> {
        let url = Url::parse(address).map_err(|error| CliError::Usage(format!("{address}: {error}")))?;
        Ok(Self {
            base_url: url.origin().ascii_serialization(),
            path: url.path().to_owned(),
        })
    }

    fn address(&self) -> String {
        format!("{}{}", self.base_url, self.path)
    }
}

/// Opens the first page and gives the step's name of something that is seen there, if anything has a name.
fn first_sight(settings: &Settings, site: &Site) -> Result<Option<String>, CliError> {
    preflight::check_environment(settings)?;
    let installed = find_browser(settings, progress_for_stderr().as_ref())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|source| CliError::System {
        what: "start a runtime",
        source,
    })?;
    let driver = Driver::start(&installed.driver).map_err(WorkerError::from)?;
    runtime.block_on(look(&driver, &options(settings, &installed), site))
}

async fn look(driver: &Driver, options: &Options, site: &Site) -> Result<Option<String>, CliError> {
    let session = Session::open(driver, options).await.map_err(WorkerError::from)?;
    let mut page = Page::new(session, WAIT);
    let unfit = |error: &dyn std::fmt::Display| CliError::Usage(format!("{}: {error}", site.address()));
    page.open(&site.address()).await.map_err(|error| unfit(&error))?;
    let offered = page.offered().await.map_err(|error| unfit(&error))?;
    let mut seen = None;
    for phrase in best_first(&offered).take(TRIED) {
        let Ok(target) = phrase.parse::<Locator>() else {
            continue;
        };
        // What is not there once, at rest and with nothing over it, is nothing to know a page by.
        if page.look_at(&target).await.is_ok() {
            seen = Some(phrase.to_owned());
            break;
        }
    }
    page.close().await.map_err(WorkerError::from)?;
    Ok(seen)
}

fn best_first(offered: &[String]) -> impl Iterator<Item = &str> {
    let of_kind = |kind: &'static str| offered.iter().filter(move |phrase| phrase.starts_with(kind));
    KNOWN_BY.into_iter().flat_map(of_kind).map(String::as_str)
}

fn options(settings: &Settings, installed: &Installed) -> Options {
    Options {
        browser: Some(installed.browser.clone()),
        headless_shell: installed.headless_shell,
        headed: settings.headed,
        window: (settings.window.width, settings.window.height),
        scale: 1.,
        time_zone: TIME_ZONE.to_owned(),
        locale: LOCALE.to_owned(),
        frozen_at: None,
        touch: settings.touch,
    }
}

fn write(folder: &Path, site: &Site, seen: Option<&str>) -> Result<(), CliError> {
    let Site { base_url, path } = site;
    // Where nothing has a name, the address is what there is to know the page by.
    let known_by = |verb: &str| seen.map_or_else(|| format!("I am at \"{path}\""), |seen| format!("I {verb} {seen}"));
    let texts = [
        ("docent.toml", SettingsFile { base_url }.render()),
        ("README.md", Readme { base_url }.render()),
        (
            "features/acceptance/first-page.feature",
            AcceptanceFeature {
                path,
                see: known_by("see"),
            }
            .render(),
        ),
        (
            "features/tutorials/first-steps.feature",
            TutorialFeature {
                path,
                look: known_by("look at"),
            }
            .render(),
        ),
        (".gitignore", Ok(IGNORED.to_owned())),
        (".github/workflows/docent.yml", Ok(WORKFLOW.to_owned())),
    ];
    for (name, text) in texts {
        let text = text.map_err(|error| CliError::Usage(format!("{name} can't be written: {error}")))?;
        // A template's last line break is not rendered.
        let text = format!("{}\n", text.trim_end());
        files::write_if_changed(&folder.join(name), text.as_bytes()).map_err(TutorialError::from)?;
    }
    editor::write(folder, &[PathBuf::from("features")])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_its_origin_and_its_first_page_a_path() {
        let site = |address| Site::of(address).unwrap();
        let of = |base_url: &str, path: &str| Site {
            base_url: base_url.to_owned(),
            path: path.to_owned(),
        };
        assert_eq!(site("https://shop.example"), of("https://shop.example", "/"));
        assert_eq!(site("http://127.0.0.1:8080/app/"), of("http://127.0.0.1:8080", "/app/"));
    }

    #[test]
    fn a_page_is_known_by_its_heading_rather_than_by_what_may_change() {
        let offered = [
            "the text \"9\"",
            "the button \"Buy\"",
            "the check box \"A\"",
            "the heading \"Shop\"",
        ]
        .map(str::to_owned);
        let best: Vec<_> = best_first(&offered).collect();
        assert_eq!(best, ["the heading \"Shop\"", "the button \"Buy\"", "the text \"9\""]);
    }

    #[test]
    fn a_folder_with_something_in_it_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(".git")).unwrap();
        check_empty(folder.path()).unwrap();
        check_empty(&folder.path().join("new")).unwrap();
        std::fs::write(folder.path().join("notes.txt"), "").unwrap();
        let refused = check_empty(folder.path()).unwrap_err().to_string();
        assert!(refused.contains("notes.txt"), "{refused}");
    }
}
