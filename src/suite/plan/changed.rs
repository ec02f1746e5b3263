//! Which feature files differ from a commit, as git knows it.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Git can't say what changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangedError {
    /// It could not be run.
    #[error("--only-changed asks git, which can't be run: {0}\n  install git, or leave --only-changed out")]
    Git(#[from] io::Error),
    /// It refused.
    #[error(
        "--only-changed {reference}: git says: {said}\n  \
         name a commit, branch or tag of this repository; in CI, fetch it first (`git fetch origin {reference}`)"
    )]
    Refused {
        /// What was named.
        reference: String,
        /// Git's words.
        said: String,
    },
    /// It does not know this file.
    #[error(
        "--only-changed can't say whether {} has changed: the repository {} does not have it\n  \
         add it to that repository, or leave --only-changed out",
        file.display(),
        repository.display()
    )]
    Unknown {
        /// The file.
        file: PathBuf,
        /// The repository of the working folder.
        repository: PathBuf,
    },
}

/// What differs from a commit in the repository that the working folder belongs to.
#[derive(Debug)]
pub(crate) struct Changed {
    /// The repository's folder.
    repository: PathBuf,
    files: BTreeSet<PathBuf>,
    /// All that the last commit, or the index, has.
    tracked: BTreeSet<PathBuf>,
}

impl Changed {
    /// Whether a file was added or changed.
    ///
    /// # Errors
    /// [`ChangedError::Unknown`] if it is in another repository, such as a submodule, or in none.
    pub(crate) fn has(&self, file: &Path) -> Result<bool, ChangedError> {
        let whole = whole(file);
        if self.files.contains(&whole) {
            Ok(true)
        } else if self.tracked.contains(&whole) {
            Ok(false)
        } else {
            Err(ChangedError::Unknown {
                file: file.to_owned(),
                repository: self.repository.clone(),
            })
        }
    }
}

/// What the system calls the file, by whatever way it was named.
fn whole(file: &Path) -> PathBuf {
    file.canonicalize().unwrap_or_else(|_| file.to_owned())
}

/// Files that were added or changed since a commit, be it committed or not. What was removed has no scenario.
///
/// # Errors
/// [`ChangedError`].
pub(crate) fn since(reference: &str) -> Result<Changed, ChangedError> {
    since_in(Path::new("."), reference)
}

fn since_in(folder: &Path, reference: &str) -> Result<Changed, ChangedError> {
    let asked = |arguments: &[&str], folder: &Path| {
        let output = Command::new("git").args(arguments).current_dir(folder).output()?;
        said(reference, output)
    };
    let top = asked(&["rev-parse", "--show-toplevel"], folder)?;
    let repository = whole(&path(top.strip_suffix(b"\n").unwrap_or(&top)));
    let listed = |arguments: &[&str]| {
        let said = asked(arguments, &repository)?;
        let names = said.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        Ok::<Vec<_>, ChangedError>(names.map(|name| repository.join(path(name))).collect())
    };
    let changed = [
        "diff",
        "--name-only",
        "-z",
        "--no-relative",
        "--diff-filter=d",
        "--end-of-options",
        reference,
        "--",
    ];
    let mut files = listed(&changed)?;
    files.extend(listed(&["ls-files", "-z", "--others", "--exclude-standard"])?);
    // Git does not know whether an ignored file has changed.
    files.extend(listed(&["ls-files", "-z", "--others", "--", "*.feature"])?);
    let tracked = listed(&["ls-files", "-z"])?;
    Ok(Changed {
        files: files.iter().map(|file| whole(file)).collect(),
        tracked: tracked.into_iter().collect(),
        repository,
    })
}

fn said(reference: &str, output: Output) -> Result<Vec<u8>, ChangedError> {
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(ChangedError::Refused {
        reference: reference.to_owned(),
        said: said.lines().next().unwrap_or("nothing").to_owned(),
    })
}

/// Names of files need be no Unicode.
fn path(name: &[u8]) -> PathBuf {
    OsStr::from_bytes(name).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn git(folder: &Path, arguments: &[&str]) {
        let known = [
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.org",
            "-c",
            "init.defaultBranch=main",
        ];
        let output = Command::new("git")
            .args(known)
            .args(arguments)
            .current_dir(folder)
            .output();
        assert!(output.unwrap().status.success(), "{arguments:?}");
    }

    #[test]
    fn what_differs_from_a_commit_is_known_committed_or_not() {
        let repository = tempfile::tempdir().unwrap();
        let folder = repository.path().join("qa");
        std::fs::create_dir_all(folder.join("elsewhere")).unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
        let committed = [
            "same.feature",
            "committed.feature",
            "changed.feature",
            "removed.feature",
        ];
        for name in committed {
            write(name, "Feature: A");
        }
        write(".gitignore", "ignored.*");
        git(repository.path(), &["init", "-q"]);
        git(repository.path(), &["add", "."]);
        git(repository.path(), &["commit", "-qm", "One"]);
        write("committed.feature", "Feature: B");
        git(repository.path(), &["commit", "-qam", "Two"]);
        write("changed.feature", "Feature: B");
        write("näw.feature", "Feature: B");
        write("ignored.feature", "Feature: B");
        std::fs::remove_file(folder.join("removed.feature")).unwrap();
        // Wherever in the repository it is asked from.
        for working in [&folder, &folder.join("elsewhere")] {
            let changed = since_in(working, "HEAD~1").unwrap();
            for (name, is_changed) in [
                ("changed.feature", true),
                ("committed.feature", true),
                ("näw.feature", true),
                ("ignored.feature", true),
                ("same.feature", false),
            ] {
                assert_eq!(changed.has(&folder.join(name)).unwrap(), is_changed, "{name}");
            }
            let elsewhere = tempfile::NamedTempFile::new().unwrap();
            assert!(matches!(
                changed.has(elsewhere.path()),
                Err(ChangedError::Unknown { .. })
            ));
        }
        let refused = since_in(&folder, "nowhere").unwrap_err().to_string();
        assert!(
            refused.contains("nowhere") && refused.contains("git fetch"),
            "{refused}"
        );
        assert!(since_in(&folder, "--output=x").is_err());
    }
}
