//! What a person is told when there is no browser to play in.

use std::fmt;
use std::path::PathBuf;

use super::FoundIn;
use crate::browser::provision::fetch::FetchError;
use crate::browser::provision::version::{Unusable, Version};

/// Which of the two programs is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Shows pages.
    Browser,
    /// Takes WebDriver commands and steers the browser.
    Driver,
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Browser => "--browser (DOCENT_BROWSER)",
            Self::Driver => "--driver (DOCENT_DRIVER)",
        })
    }
}

/// Why there is no browser to play in. Each message ends with what to do.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// A setting names something that can't be used.
    #[error(
        "{setting} names {}, but {why}.\nCorrect it, or leave it out: Docent then looks for one itself.",
        path.display()
    )]
    Setting {
        /// Which setting.
        setting: Role,
        /// What it names.
        path: PathBuf,
        /// What is wrong with it.
        why: Unusable,
    },
    /// There is no pair that works.
    #[error("{missing}\n\n{advice}")]
    Missing {
        /// What was found instead.
        missing: Box<Missing>,
        /// What to do on this system.
        advice: String,
    },
    /// There is no pair that works, and none could be got.
    #[error("{missing}\nDocent could not get them either: {why}\n\n{advice}")]
    NotFetched {
        /// What was found instead.
        missing: Box<Missing>,
        /// What kept it from getting them.
        why: Box<FetchError>,
        /// What to do on this system.
        advice: String,
    },
    /// The cache has no place to be.
    #[error("there is no home directory to keep a browser in: set HOME")]
    NoHome,
}

/// What a search came upon that found no pair.
#[derive(Debug)]
pub struct Missing {
    /// The best browser there is.
    pub browser: Option<Program>,
    /// The best driver there is.
    pub driver: Option<Program>,
    /// What is there but can't be used, and why.
    pub passed_over: Vec<(PathBuf, Unusable)>,
    /// The cache that was looked into.
    pub cache: PathBuf,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let looked = format!("looked on PATH and in {}", self.cache.display());
        match (&self.browser, &self.driver) {
            (None, None) => write!(f, "There is no browser and no driver ({looked})."),
            (Some(browser), None) => write!(
                f,
                "There is a browser, {browser}, but no chromedriver for it ({looked})."
            ),
            (None, Some(driver)) => write!(f, "There is a driver, {driver}, but no browser for it ({looked})."),
            (Some(browser), Some(driver)) => write!(
                f,
                "Browser and driver don't fit together:\n    browser {browser}\n    driver  {driver}\n\
                 The numbers before the first dot must be equal."
            ),
        }?;
        self.passed_over
            .iter()
            .try_for_each(|(path, why)| write!(f, "\nPassed over {}: {why}.", path.display()))
    }
}

/// A browser or driver that told its version.
#[derive(Clone, Debug)]
pub struct Program {
    /// Its executable.
    pub path: PathBuf,
    /// What it answered.
    pub version: Version,
    /// Where it was found.
    pub found_in: FoundIn,
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (version {})", self.path.display(), self.version)
    }
}
