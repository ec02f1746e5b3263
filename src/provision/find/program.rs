//! A browser or a driver that was found, and where.

use std::fmt;
use std::path::PathBuf;

use crate::provision::version::Version;

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

/// Where a program was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundIn {
    /// Named by `--browser`, `DOCENT_BROWSER` or `DOCENT_DRIVER`.
    Settings,
    /// On `PATH`.
    Path,
    /// In the kit's own cache.
    Cache,
}

impl fmt::Display for FoundIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Settings => "named in the settings",
            Self::Path => "found on PATH",
            Self::Cache => "from Docent's cache",
        })
    }
}

/// A browser or driver that reported its version.
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
