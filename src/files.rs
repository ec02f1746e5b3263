//! Files that are written whole or not at all, and left alone where nothing changes.

pub mod batch;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Before six random letters: a file that is being written.
const TEMPORARY: &str = ".docent-";

/// The system refuses to read, write or remove a file.
#[derive(Debug, thiserror::Error)]
#[error("can't {action} {path}: {source}. {hint}", path = .path.display(), hint = hint(.source))]
pub struct FileError {
    /// `read`, `write` or `remove`.
    action: &'static str,
    /// The file or folder.
    path: PathBuf,
    /// What the system says.
    source: io::Error,
}

fn hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "Make its folder writable for you, or choose another one"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "Free some space and run again",
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "A file stands where a folder should be: move it away"
        }
        io::ErrorKind::InvalidData => "Remove it and run again",
        io::ErrorKind::IsADirectory => "It is a folder: name a file",
        _ => "Mend that, and run again",
    }
}

pub(crate) fn refused(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FileError {
    move |source| FileError {
        action,
        path: path.to_owned(),
        source,
    }
}

/// A file's bytes, if there is one.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, FileError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(refused("read", path)(error)),
    }
}

/// Writes a file by way of a temporary one, and its folder where there is none; does nothing where its bytes are these.
pub fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    if read(path)?.is_some_and(|there| there == bytes) {
        return Ok(());
    }
    write_with(path, |file| file.write_all(bytes))
}

/// Writes a file bit by bit by way of a temporary one, and its folder where there is none.
pub fn write_with(path: &Path, writing: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), FileError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(refused("write", folder))?;
    let mut whole = temporary_in(folder).map_err(refused("write", path))?;
    let mut buffered = io::BufWriter::new(&mut whole);
    writing(&mut buffered)
        .and_then(|()| buffered.flush())
        .map_err(refused("write", path))?;
    drop(buffered);
    whole
        .persist(path)
        .map_err(|error| refused("write", path)(error.error))?;
    Ok(())
}

/// Temporary files are for their owner's eyes alone unless told otherwise; these become what everybody may read.
fn temporary_in(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.prefix(TEMPORARY).tempfile_in(folder)
}

/// Removes a file, if there is one.
pub fn remove(path: &Path) -> Result<(), FileError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(refused("remove", path)(error)),
        _ => Ok(()),
    }
}

/// Removes a folder, if there is one and nothing is in it.
pub fn remove_empty_folder(path: &Path) -> Result<(), FileError> {
    match fs::remove_dir(path) {
        Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::DirectoryNotEmpty) => {
            Err(refused("remove", path)(error))
        }
        _ => Ok(()),
    }
}

/// Removes all of a folder but these files and what they are in.
pub fn remove_all_but(folder: &Path, kept: &BTreeSet<PathBuf>) -> Result<(), FileError> {
    for name in names_in(folder)? {
        let path = folder.join(name);
        if kept.iter().any(|kept| kept.starts_with(&path)) {
            continue;
        }
        let removed = if path.is_dir() {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        removed.map_err(refused("remove", &path))?;
    }
    Ok(())
}

/// Removes what processes that were killed have left half written; nobody may be writing there.
pub fn sweep(folder: &Path) -> Result<(), FileError> {
    for name in names_in(folder)? {
        let path = folder.join(&name);
        if name.starts_with(TEMPORARY) && name.len() == TEMPORARY.len() + 6 && path.is_file() {
            remove(&path)?;
        }
    }
    Ok(())
}

/// Names of what is in a folder, sorted; none where there is no folder.
pub fn names_in(folder: &Path) -> Result<Vec<String>, FileError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(refused("read", folder))?,
    };
    let names = entries.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()));
    let mut names: Vec<String> = names.collect::<Result<_, _>>().map_err(refused("read", folder))?;
    names.sort();
    Ok(names)
}

/// Letters and digits, joined by hyphens: fit for a file's name.
#[must_use]
pub fn slug(text: &str) -> String {
    text.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// The beginning of a text that has no more bytes than this.
#[must_use]
pub fn shortened(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_where_a_folder_should_be_is_named_with_the_way_out() {
        let folder = tempfile::tempdir().unwrap();
        let blocked = folder.path().join("pairing");
        fs::write(&blocked, "a file").unwrap();
        let error = write_if_changed(&blocked.join("en/login.png"), b"bytes")
            .unwrap_err()
            .to_string();
        assert!(error.contains("pairing") && error.contains("move it away"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn others_may_read_what_is_written() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("login.png");
        write_if_changed(&path, b"bytes").unwrap();
        fs::File::create(folder.path().join("plain")).unwrap();
        let mode = |name| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("login.png"), mode("plain"));
    }

    #[test]
    fn nothing_but_the_file_is_left_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        write_if_changed(&folder.path().join("a/b.txt"), b"bytes").unwrap();
        write_if_changed(&folder.path().join("a/b.txt"), b"other").unwrap();
        assert_eq!(names_in(&folder.path().join("a")).unwrap(), ["b.txt"]);
    }

    #[test]
    fn what_a_killed_process_left_half_written_is_swept_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let (_, left) = temporary_in(folder.path()).unwrap().keep().unwrap();
        assert!(left.exists());
        for name in [".docent.lock", ".docent-accept.txt", "docent-abcdef"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        sweep(folder.path()).unwrap();
        let names = names_in(folder.path()).unwrap();
        assert_eq!(names, [".docent-accept.txt", ".docent.lock", "docent-abcdef"]);
        sweep(&folder.path().join("nowhere")).unwrap();
    }

    /// Reports, pictures and tutorials go through this file, and text in them through [`crate::redact`]. What else writes is named here.
    #[test]
    fn no_other_file_of_the_crate_writes_what_people_get() {
        const WRITING: [&str; 4] = ["fs::write", "File::create", "OpenOptions", "fs::copy"];
        const OTHERS: [&str; 5] = [
            // This file, and several at once.
            "files",
            // The CI job's summary; a lock without content; events, whose texts are Redacted; the browser's download.
            "report/github.rs",
            "report/lock.rs",
            "suite/record/run_log.rs",
            "provision/",
        ];
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut folders = vec![source.clone()];
        let mut wrong = Vec::new();
        while let Some(folder) = folders.pop() {
            for name in names_in(&folder).unwrap() {
                let path = folder.join(&name);
                let place = path.strip_prefix(&source).unwrap().to_string_lossy().into_owned();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "rs")
                    && !name.ends_with("tests.rs")
                    && !OTHERS.iter().any(|other| place.starts_with(other))
                {
                    let text = fs::read_to_string(&path).unwrap();
                    let product = text.split("#[cfg(test)]").next().unwrap_or_default();
                    wrong.extend(
                        WRITING
                            .iter()
                            .filter(|one| product.contains(**one))
                            .map(|one| format!("{place}: {one}")),
                    );
                }
            }
        }
        assert_eq!(wrong, [""; 0]);
    }
}
