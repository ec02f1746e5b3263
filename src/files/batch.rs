//! Several files of one folder that change together or not at all.
//!
//! The new files are written and synced in a hidden folder beside the old ones. Then a list of what is to be moved and
//! removed is put there: from that moment on the change is made. Then the files are moved, obsolete ones removed, and the
//! hidden folder goes. A process that dies before there is a list has changed nothing; one that dies later leaves a list.
//! [`recover`] completes the one and clears up after the other. Files whose bytes stay the same are not touched.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{FileError, read, refused};

/// The hidden folder.
pub const STAGING: &str = ".docent-accept";
/// In the hidden folder: what is to be done.
const LIST: &str = "list";
/// The list while it is written.
const LIST_PART: &str = "list.part";

/// The files can't be changed.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// Nothing was changed.
    #[error("{0}\n  what was there before is untouched")]
    File(#[from] FileError),
    /// The change is made, but not all files are in place.
    #[error(
        "the new files of {folder} are written, but not all of them could be moved into place: {source}. They are complete in \
         {staging}: free some space, or make the folder writable, and run the command again, which goes on from there",
        folder = .folder.display(), staging = .folder.join(STAGING).display()
    )]
    Unfinished {
        /// Whose files they are.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// What an interrupted process left in a folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Recovery {
    /// Nothing.
    #[default]
    Unneeded,
    /// A change that was made; it is complete now.
    Completed,
    /// A change that was not made; what there was of it is removed.
    Undone,
}

/// What a batch is about to do; tests let each of it fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    CreateFolder,
    Write,
    Rename,
    Remove,
    Sync,
}

/// Asked before every act.
type Gate<'a> = dyn FnMut(Act) -> io::Result<()> + 'a;

/// Changes to the files of one folder, to be made together.
#[derive(Debug, Default)]
pub struct Batch {
    written: Vec<(String, Vec<u8>)>,
    removed: Vec<String>,
}

/// What is left to be done once the new files are written.
#[derive(Debug, Serialize, Deserialize)]
struct List {
    moved: Vec<String>,
    removed: Vec<String>,
}

impl Batch {
    /// A file of this name is to hold these bytes.
    pub fn write(&mut self, name: &str, bytes: Vec<u8>) {
        self.written.push((name.to_owned(), bytes));
    }

    /// A file of this name is to go.
    pub fn remove(&mut self, name: &str) {
        self.removed.push(name.to_owned());
    }

    /// Makes the change, in a folder that is created if need be.
    ///
    /// # Errors
    /// [`BatchError`], which says whether anything has changed.
    pub fn commit(self, folder: &Path) -> Result<(), BatchError> {
        self.commit_through(folder, &mut |_| Ok(()))
    }

    fn commit_through(mut self, folder: &Path, gate: &mut Gate<'_>) -> Result<(), BatchError> {
        self.leave_out_unchanged(folder)?;
        if self.written.is_empty() && self.removed.is_empty() {
            return Ok(());
        }
        let list = self.stage(folder, gate).inspect_err(|_| {
            // What can't be removed now is removed by the next run.
            let _ = discard(folder, gate);
        })?;
        complete(folder, &list, gate)
    }

    fn leave_out_unchanged(&mut self, folder: &Path) -> Result<(), FileError> {
        let mut changed = Vec::new();
        for (name, bytes) in self.written.drain(..) {
            if read(&folder.join(&name))?.is_none_or(|there| there != bytes) {
                changed.push((name, bytes));
            }
        }
        self.written = changed;
        Ok(())
    }

    /// Writes everything aside, and the list last.
    fn stage(self, folder: &Path, gate: &mut Gate<'_>) -> Result<List, FileError> {
        let staging = folder.join(STAGING);
        gate(Act::CreateFolder)
            .and_then(|()| fs::create_dir_all(&staging))
            .map_err(refused("write", &staging))?;
        for (name, bytes) in &self.written {
            let path = folder.join(name);
            write_synced(&staging.join(name), bytes, gate).map_err(refused("write", &path))?;
        }
        let list = List {
            moved: self.written.into_iter().map(|(name, _)| name).collect(),
            removed: self.removed,
        };
        let path = staging.join(LIST);
        put_list(&staging, folder, &list, gate).map_err(refused("write", &path))?;
        Ok(list)
    }
}

fn put_list(staging: &Path, folder: &Path, list: &List, gate: &mut Gate<'_>) -> io::Result<()> {
    write_synced(&staging.join(LIST_PART), &serde_json::to_vec(list)?, gate)?;
    sync(staging, gate)?;
    sync(folder, gate)?;
    rename(&staging.join(LIST_PART), &staging.join(LIST), gate)?;
    sync(staging, gate)
}

/// Does what a list says, or what is left of it.
fn complete(folder: &Path, list: &List, gate: &mut Gate<'_>) -> Result<(), BatchError> {
    move_and_remove(folder, list, gate)
        .and_then(|()| discard(folder, gate))
        .map_err(|source| BatchError::Unfinished {
            folder: folder.to_owned(),
            source,
        })
}

fn move_and_remove(folder: &Path, list: &List, gate: &mut Gate<'_>) -> io::Result<()> {
    let staging = folder.join(STAGING);
    for name in &list.moved {
        // One that is not there was moved before.
        rename(&staging.join(name), &folder.join(name), gate).or_else(unless_missing)?;
    }
    sync(folder, gate)?;
    for name in &list.removed {
        remove(&folder.join(name), gate)?;
    }
    sync(folder, gate)
}

/// Removes the hidden folder, its list first: what is left of a change that is complete, or was never made.
fn discard(folder: &Path, gate: &mut Gate<'_>) -> io::Result<()> {
    let staging = folder.join(STAGING);
    remove(&staging.join(LIST), gate)?;
    gate(Act::Remove)?;
    fs::remove_dir_all(&staging).or_else(unless_missing)
}

/// Clears up after a process that was killed while it changed a folder's files.
///
/// # Errors
/// [`BatchError`] where the system refuses.
pub fn recover(folder: &Path) -> Result<Recovery, BatchError> {
    let staging = folder.join(STAGING);
    let path = staging.join(LIST);
    if let Some(bytes) = read(&path)? {
        let list = serde_json::from_slice(&bytes).map_err(io::Error::from);
        let list = list.and_then(only_file_names).map_err(refused("read", &path))?;
        complete(folder, &list, &mut |_| Ok(()))?;
        return Ok(Recovery::Completed);
    }
    if !staging.exists() {
        return Ok(Recovery::Unneeded);
    }
    discard(folder, &mut |_| Ok(())).map_err(refused("remove", &staging))?;
    Ok(Recovery::Undone)
}

/// A list that comes with somebody else's files must not reach beyond its folder.
fn only_file_names(list: List) -> io::Result<List> {
    let is_file_name = |name: &String| Path::new(name).file_name().is_some_and(|file| file == name.as_str());
    if list.moved.iter().chain(&list.removed).all(is_file_name) {
        Ok(list)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidData, "it names files elsewhere"))
    }
}

/// Keeps other processes that ask for it from changing a folder's files until the lock is dropped. Where there is no
/// folder yet, or the file system knows no locks, it keeps nobody.
#[must_use]
pub fn lock(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

fn write_synced(path: &Path, bytes: &[u8], gate: &mut Gate<'_>) -> io::Result<()> {
    gate(Act::Write)?;
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn rename(from: &Path, to: &Path, gate: &mut Gate<'_>) -> io::Result<()> {
    gate(Act::Rename)?;
    fs::rename(from, to)
}

fn remove(path: &Path, gate: &mut Gate<'_>) -> io::Result<()> {
    gate(Act::Remove)?;
    fs::remove_file(path).or_else(unless_missing)
}

/// What is in a folder is on the disk, too. Other systems than Unix have no such thing, or need none.
fn sync(folder: &Path, gate: &mut Gate<'_>) -> io::Result<()> {
    gate(Act::Sync)?;
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn unless_missing(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound {
        Ok(())
    } else {
        Err(error)
    }
}

#[cfg(test)]
mod tests;
