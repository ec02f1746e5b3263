//! Gets a browser and its driver where there are none.

pub mod apt;
pub mod chrome_for_testing;

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

pub use chrome_for_testing::DownloadError;

use super::progress::Progress;
use super::system::{Family, System};
use apt::AptError;

/// What kept the kit from getting a browser; reads on after a colon.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The lock on the cache can't be had.
    #[error("cannot use the cache folder {}: {why}", folder.display())]
    Cache {
        /// The cache.
        folder: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// Chrome for Testing couldn't be downloaded.
    #[error(transparent)]
    Download(#[from] DownloadError),
    /// Neither apt nor the download worked.
    #[error("{apt}\nThen: {download}")]
    AptAndDownload {
        /// What apt said.
        apt: AptError,
        /// What became of the download.
        download: DownloadError,
    },
}

/// Installs a browser and its driver in the way this system has for it, unless another process does so just now: then it
/// waits for that, and looks whether there is one now.
pub fn fetch(
    system: &System,
    cache: &Path,
    progress: &dyn Progress,
    is_found: impl Fn() -> bool,
) -> Result<(), FetchError> {
    let _lock = lock(cache, progress).map_err(|why| FetchError::Cache {
        folder: cache.to_owned(),
        why,
    })?;
    if is_found() {
        return Ok(());
    }
    let download = || chrome_for_testing::install(system, cache, progress);
    match packages(system, progress) {
        Ok(Brought::Browser) => Ok(()),
        Ok(Brought::LibrariesAtMost) => Ok(download()?),
        Err(apt) => {
            progress.say(&format!("{apt}\nTrying Chrome for Testing instead."));
            download().map_err(|download| FetchError::AptAndDownload { apt, download })
        }
    }
}

/// Whether there is a way to get a browser on this system, network permitting.
#[must_use]
pub fn can_fetch(system: &System) -> bool {
    system.platform().is_some() || (system.family() == Family::Debian && system.is_root)
}

/// How far a system's packages led.
enum Brought {
    Browser,
    /// A download is still needed.
    LibrariesAtMost,
}

/// Has apt do what it can, where we may ask it.
fn packages(system: &System, progress: &dyn Progress) -> Result<Brought, AptError> {
    match system.family() {
        Family::Debian if system.is_root => apt::install(system, progress).map(|()| Brought::Browser),
        Family::Ubuntu if system.is_root => apt::libraries(system, progress).map(|()| Brought::LibrariesAtMost),
        _ => Ok(Brought::LibrariesAtMost),
    }
}

/// Held while something is got; released when the file is closed, be it by our death.
fn lock(cache: &Path, progress: &dyn Progress) -> io::Result<File> {
    fs::create_dir_all(cache)?;
    let file = File::create(cache.join("fetch.lock"))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            progress.say("Another Docent is getting a browser; waiting for it.");
            file.lock()?;
        }
        Err(TryLockError::Error(why)) => return Err(why),
    }
    Ok(file)
}

#[cfg(test)]
mod tests;
