//! Finds a browser and a driver that fit together.
//!
//! Settings come first, then `PATH`, then the kit's own cache. A program counts as found once it has reported its version.

mod error;
mod program;
mod wrapper;

use std::fs;
use std::path::{self, Path, PathBuf};

pub use error::{FindError, Missing};
pub use program::{FoundIn, Program, Role};

use super::advice;
use super::fetch::chrome_for_testing;
use super::system::System;
use super::version::{Unusable, Version, ask};
use wrapper::{behind_wrapper, is_snap};

/// Browsers looked for on `PATH`, best first: a headless shell draws the same pages in half the time.
const BROWSERS: [&str; 8] = [
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "google-chrome-beta",
    "chrome",
];

/// Drivers looked for on `PATH`.
const DRIVERS: [&str; 1] = ["chromedriver"];

/// What the settings say about the browser.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// `--browser` or `DOCENT_BROWSER`: this browser and no other.
    pub browser: Option<PathBuf>,
    /// `DOCENT_DRIVER`: this driver and no other.
    pub driver: Option<PathBuf>,
    /// Whether the browser must have a window to show, which a headless shell has not.
    pub with_window: bool,
    /// Where the kit keeps what it downloads; see [`cache_folder`].
    pub cache: PathBuf,
}

impl Wanted {
    /// Whether the choice is ours. Who names a browser or a driver has decided, and nothing is got in its place.
    #[must_use]
    pub fn names_nothing(&self) -> bool {
        self.browser.is_none() && self.driver.is_none()
    }
}

/// Docent's folder in the user's cache, by the platform's convention.
pub fn cache_folder() -> Result<PathBuf, FindError> {
    use etcetera::BaseStrategy as _;
    let strategy = etcetera::choose_base_strategy().map_err(|_| FindError::NoHome)?;
    Ok(strategy.cache_dir().join("docent"))
}

/// A browser and a driver that are there, start, and fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// The browser's own executable where a wrapper script would stand between it and us.
    pub browser: PathBuf,
    /// The driver's executable.
    pub driver: PathBuf,
    /// As the browser reports it.
    pub browser_version: Version,
    /// As the driver reports it.
    pub driver_version: Version,
    /// Whether the browser is a headless shell, which has no window and needs no `--headless`.
    pub headless_shell: bool,
    /// Where the browser was found.
    pub browser_found_in: FoundIn,
    /// Where the driver was found.
    pub driver_found_in: FoundIn,
}

/// Finds a browser and its driver. Installs nothing and uses no network.
pub fn find(wanted: &Wanted) -> Result<Installed, FindError> {
    find_on(&System::this(), wanted)
}

/// [`find`] on a system as described.
pub fn find_on(system: &System, wanted: &Wanted) -> Result<Installed, FindError> {
    let mut passed_over = Vec::new();
    let mut drivers = Vec::new();
    for candidate in candidates(Role::Driver, system, wanted) {
        drivers.extend(candidate.start(Role::Driver, &mut passed_over)?);
    }
    let mut best_browser = None;
    for candidate in candidates(Role::Browser, system, wanted) {
        let Some(browser) = candidate.start(Role::Browser, &mut passed_over)? else {
            continue;
        };
        if let Some(driver) = drivers.iter().find(|driver| driver.version.fits(browser.version)) {
            return Ok(pair(&browser, driver));
        }
        best_browser.get_or_insert(browser);
    }
    let driver = drivers.into_iter().next();
    let missing = Box::new(Missing {
        browser: best_browser,
        driver,
        passed_over,
        cache: wanted.cache.clone(),
    });
    Err(FindError::Missing {
        missing,
        advice: what_to_do(system, wanted),
    })
}

fn pair(browser: &Program, driver: &Program) -> Installed {
    Installed {
        headless_shell: is_headless_shell(&browser.path),
        browser: browser.path.clone(),
        driver: driver.path.clone(),
        browser_version: browser.version,
        driver_version: driver.version,
        browser_found_in: browser.found_in,
        driver_found_in: driver.found_in,
    }
}

fn what_to_do(system: &System, wanted: &Wanted) -> String {
    const THEN: &str = ": Docent then looks for a pair itself.";
    match (&wanted.browser, &wanted.driver) {
        (None, None) => advice::paragraph(system),
        (Some(_), None) => format!(
            "Name the driver of that browser in {}, or leave {} out{THEN}",
            Role::Driver,
            Role::Browser
        ),
        (None, Some(_)) => format!(
            "Name the browser of that driver in {}, or leave {} out{THEN}",
            Role::Browser,
            Role::Driver
        ),
        (Some(_), Some(_)) => format!(
            "Name two that fit in {} and {}, or leave both out{THEN}",
            Role::Browser,
            Role::Driver
        ),
    }
}

/// A place where a browser or driver may be.
struct Candidate {
    path: PathBuf,
    found_in: FoundIn,
}

impl Candidate {
    /// The program, once it has reported its version. One named in the settings must start, any other may be passed over.
    fn start(self, role: Role, passed_over: &mut Vec<(PathBuf, Unusable)>) -> Result<Option<Program>, FindError> {
        let Self { path, found_in } = self;
        let started = if found_in == FoundIn::Path && is_snap(&path) {
            Err(Unusable::Snap)
        } else {
            ask(&path)
        };
        match started {
            Ok(version) => {
                let path = behind_wrapper(path);
                Ok(Some(Program {
                    path,
                    version,
                    found_in,
                }))
            }
            Err(why) if found_in == FoundIn::Settings => Err(FindError::Setting {
                setting: role,
                path,
                why,
            }),
            Err(why) => {
                passed_over.push((path, why));
                Ok(None)
            }
        }
    }
}

/// Where `role` may be, in the order in which it is looked for.
fn candidates(role: Role, system: &System, wanted: &Wanted) -> Vec<Candidate> {
    let (setting, names) = match role {
        Role::Browser => (&wanted.browser, BROWSERS.as_slice()),
        Role::Driver => (&wanted.driver, DRIVERS.as_slice()),
    };
    if let Some(path) = setting {
        // Whoever starts it later may stand in another folder.
        let path = path::absolute(path).unwrap_or_else(|_| path.clone());
        return vec![Candidate {
            path,
            found_in: FoundIn::Settings,
        }];
    }
    let cached = chrome_for_testing::cached(&wanted.cache)
        .into_iter()
        .map(|files| match role {
            Role::Browser => files.browser,
            Role::Driver => files.driver,
        });
    let cached = cached.map(|path| Candidate {
        path,
        found_in: FoundIn::Cache,
    });
    let on_path = on_path(system, names).into_iter().map(|path| Candidate {
        path,
        found_in: FoundIn::Path,
    });
    let fits =
        |candidate: &Candidate| !(wanted.with_window && role == Role::Browser && is_headless_shell(&candidate.path));
    on_path.chain(cached).filter(fits).collect()
}

fn is_headless_shell(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().contains("headless"))
}

/// Executables of these names on `PATH`, each file once although several names or folders may lead to it.
fn on_path(system: &System, names: &[&str]) -> Vec<PathBuf> {
    let mut seen = Vec::new();
    let all = names
        .iter()
        .filter_map(|name| which::which_in_global(name, Some(&system.path)).ok())
        .flatten();
    all.filter(|path| {
        let file = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        let new = !seen.contains(&file);
        seen.push(file);
        new
    })
    .collect()
}

#[cfg(test)]
mod tests;
