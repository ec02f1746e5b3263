//! One run at a time in a folder for reports.

use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;

use super::ReportError;

/// Below the folder for reports; it stays there, as removing it would let two runs in.
const FILE: &str = ".docent.lock";

/// Held by a run or a merge as long as it writes into a folder; released by the system if its process dies.
#[derive(Debug)]
#[must_use = "the folder is free again once this is dropped"]
pub(crate) struct FolderLock {
    _file: Option<File>,
}

/// Whether a run or a merge has ever written into a folder.
pub(crate) fn was_taken(folder: &Path) -> bool {
    folder.join(FILE).exists()
}

/// Takes a folder that exists, to write in it.
///
/// # Errors
/// [`ReportError::Busy`], [`ReportError::Folder`].
pub(crate) fn take(folder: &Path) -> Result<FolderLock, ReportError> {
    held(folder, File::create(folder.join(FILE)), File::try_lock)
}

/// Takes a folder to read in it, which may be write-protected: no run writes in it meanwhile.
///
/// # Errors
/// [`ReportError::Busy`], [`ReportError::Folder`].
pub(crate) fn share(folder: &Path) -> Result<FolderLock, ReportError> {
    match File::open(folder.join(FILE)) {
        // Brought from another machine, or not there at all.
        Err(why) if why.kind() == ErrorKind::NotFound => Ok(FolderLock { _file: None }),
        file => held(folder, file, File::try_lock_shared),
    }
}

fn held(
    folder: &Path,
    file: io::Result<File>,
    lock: impl FnOnce(&File) -> Result<(), TryLockError>,
) -> Result<FolderLock, ReportError> {
    let refused = |source| ReportError::Folder {
        folder: folder.to_owned(),
        source,
    };
    let file = file.map_err(refused)?;
    match lock(&file) {
        Ok(()) => Ok(FolderLock { _file: Some(file) }),
        Err(TryLockError::WouldBlock) => Err(ReportError::Busy {
            folder: folder.to_owned(),
        }),
        // Some network file systems know no locks; that is no reason not to play.
        Err(TryLockError::Error(why)) if why.kind() == ErrorKind::Unsupported => Ok(FolderLock { _file: None }),
        Err(TryLockError::Error(why)) => Err(refused(why)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_free_again_when_its_run_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let lock = take(folder.path()).unwrap();
        assert!(matches!(take(folder.path()), Err(ReportError::Busy { .. })));
        assert!(matches!(share(folder.path()), Err(ReportError::Busy { .. })));
        drop(lock);
        let readers = [share(folder.path()).unwrap(), share(folder.path()).unwrap()];
        assert!(matches!(take(folder.path()), Err(ReportError::Busy { .. })));
        drop(readers);
        drop(take(folder.path()).unwrap());
    }
}
