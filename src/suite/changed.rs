//! Which feature files differ from a commit, as git knows it.

use std::collections::BTreeSet;
use std::io;
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
}

/// Files below the working folder that were added or changed since a commit, be it committed or not. What was removed has no scenario.
///
/// # Errors
/// [`ChangedError`].
pub fn since(reference: &str) -> Result<BTreeSet<PathBuf>, ChangedError> {
    since_in(Path::new("."), reference)
}

fn since_in(folder: &Path, reference: &str) -> Result<BTreeSet<PathBuf>, ChangedError> {
    let changed = [
        "diff",
        "--name-only",
        "-z",
        "--relative",
        "--diff-filter=d",
        "--end-of-options",
        reference,
        "--",
    ];
    let added = ["ls-files", "-z", "--others", "--exclude-standard"];
    let mut files = BTreeSet::new();
    for arguments in [&changed[..], &added] {
        let output = Command::new("git").args(arguments).current_dir(folder).output()?;
        files.extend(names(reference, &output)?);
    }
    Ok(files)
}

fn names(reference: &str, output: &Output) -> Result<Vec<PathBuf>, ChangedError> {
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(ChangedError::Refused {
            reference: reference.to_owned(),
            said: said.lines().next().unwrap_or("nothing").to_owned(),
        });
    }
    let names = output.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    Ok(names
        .map(|name| PathBuf::from(String::from_utf8_lossy(name).into_owned()))
        .collect())
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
        std::fs::create_dir(&folder).unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
        for name in [
            "same.feature",
            "committed.feature",
            "changed.feature",
            "removed.feature",
        ] {
            write(name, "Feature: A");
        }
        git(repository.path(), &["init", "-q"]);
        git(repository.path(), &["add", "."]);
        git(repository.path(), &["commit", "-qm", "One"]);
        write("committed.feature", "Feature: B");
        git(repository.path(), &["commit", "-qam", "Two"]);
        write("changed.feature", "Feature: B");
        write("näw.feature", "Feature: B");
        std::fs::remove_file(folder.join("removed.feature")).unwrap();
        let changed = since_in(&folder, "HEAD~1").unwrap();
        let names: Vec<_> = changed.iter().map(|path| path.to_str().unwrap()).collect();
        assert_eq!(names, ["changed.feature", "committed.feature", "näw.feature"]);
        let refused = since_in(&folder, "nowhere").unwrap_err().to_string();
        assert!(
            refused.contains("nowhere") && refused.contains("git fetch"),
            "{refused}"
        );
        assert!(since_in(&folder, "--output=x").is_err());
    }
}
