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
    #[error("--only-changed {reference}: git says:\n  {}", said.replace('\n', "\n  "))]
    Refused {
        /// What was named.
        reference: String,
        /// Git's words, which may say what to do.
        said: String,
    },
    /// There is no such commit here.
    #[error(
        "--only-changed {reference}: this repository has no such commit\n  \
         name a commit, branch or tag of it; a branch of the server is fetched first: {}",
        fetch(reference)
    )]
    NoCommit {
        /// What was named.
        reference: String,
    },
    /// The commit has no ancestor in common with the one that is checked out.
    #[error(
        "--only-changed {reference}: the repository does not say where the branch leaves it, as in a clone of a part of the history\n  \
         fetch the rest: git fetch --unshallow, and {}",
        fetch(reference)
    )]
    NoMergeBase {
        /// What was named.
        reference: String,
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
    let git = |arguments: &[&str], folder: &Path| Command::new("git").args(arguments).current_dir(folder).output();
    let asked = |arguments: &[&str], folder: &Path| said(reference, git(arguments, folder)?);
    let top = asked(&["rev-parse", "--show-toplevel"], folder)?;
    let repository = whole(&path(top.strip_suffix(b"\n").unwrap_or(&top)));
    let base = branch_point(reference, &|arguments: &[&str]| git(arguments, &repository))?;
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
        &base,
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

/// Where what is checked out leaves a branch: what the branch has changed since then is no change of ours.
fn branch_point(reference: &str, git: &dyn Fn(&[&str]) -> io::Result<Output>) -> Result<String, ChangedError> {
    let reference = reference.to_owned();
    let commit = format!("{reference}^{{commit}}");
    let found = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
    let Some(commit) = hash(&found) else {
        return Err(ChangedError::NoCommit { reference });
    };
    hash(&git(&["merge-base", &commit, "HEAD"])?).ok_or(ChangedError::NoMergeBase { reference })
}

/// The commit that git has named, if it did.
fn hash(output: &Output) -> Option<String> {
    let said = String::from_utf8_lossy(&output.stdout);
    let hash = said
        .lines()
        .find(|line| line.len() >= 40 && line.bytes().all(|byte| byte.is_ascii_hexdigit()));
    hash.filter(|_| output.status.success()).map(str::to_owned)
}

/// Works in a clone of one branch, too, where `git fetch origin main` makes no `origin/main`.
fn fetch(reference: &str) -> String {
    let branch = reference.strip_prefix("origin/").unwrap_or(reference);
    format!("git fetch origin {branch}:refs/remotes/origin/{branch}")
}

fn said(reference: &str, output: Output) -> Result<Vec<u8>, ChangedError> {
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(ChangedError::Refused {
        reference: reference.to_owned(),
        said: String::from_utf8_lossy(&output.stderr).trim_end().to_owned(),
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

    #[test]
    fn what_a_branch_has_changed_since_is_no_change_of_ours() {
        let repository = tempfile::tempdir().unwrap();
        let folder = repository.path();
        let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
        git(folder, &["init", "-q"]);
        for name in ["theirs.feature", "ours.feature"] {
            write(name, "Feature: A");
        }
        git(folder, &["add", "."]);
        git(folder, &["commit", "-qm", "One"]);
        git(folder, &["checkout", "-qb", "ours"]);
        write("ours.feature", "Feature: B");
        git(folder, &["commit", "-qam", "Ours"]);
        git(folder, &["checkout", "-q", "-"]);
        write("theirs.feature", "Feature: B");
        git(folder, &["commit", "-qam", "Theirs"]);
        git(folder, &["branch", "theirs"]);
        git(folder, &["checkout", "-q", "ours"]);
        let changed = since_in(folder, "theirs").unwrap();
        let has = |name: &str| changed.has(&folder.join(name)).unwrap();
        assert_eq!(["ours.feature", "theirs.feature"].map(has), [true, false]);
        git(folder, &["checkout", "-q", "--orphan", "other"]);
        git(folder, &["commit", "-qm", "Other"]);
        let refused = since_in(folder, "theirs").unwrap_err().to_string();
        assert!(refused.contains("--unshallow"), "{refused}");
    }

    #[test]
    fn what_git_says_is_shown_whole_and_a_branch_of_the_server_is_fetched_by_its_name() {
        let nowhere = tempfile::tempdir().unwrap();
        let refused = since_in(nowhere.path(), "main").unwrap_err().to_string();
        assert!(
            refused.contains("git says:") && !refused.contains("git fetch"),
            "{refused}"
        );
        let missing = ChangedError::NoCommit {
            reference: "origin/main".to_owned(),
        }
        .to_string();
        assert!(
            missing.contains("git fetch origin main:refs/remotes/origin/main"),
            "{missing}"
        );
    }
}
