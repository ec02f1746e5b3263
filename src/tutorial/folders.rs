//! Which folder is whose: every tutorial has one of its own, whatever is selected (decision 0011).

use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use crate::files::slug;
use crate::redact;

/// The one language that there is so far.
pub const LANGUAGE: &str = "en";
/// Long enough to tell scenarios apart, short enough for every file system.
const LONGEST: usize = 60;

/// A tutorial of a feature file that was read, whether it is selected or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The feature file.
    pub path: PathBuf,
    /// Line of the scenario, or of the outline's row.
    pub line: usize,
    /// The scenario's name.
    pub name: String,
    /// The folder's name.
    pub folder: String,
    /// The name that the folder had, or would have, if the file held one tutorial instead of several, or several instead of one.
    pub other: String,
}

impl Entry {
    fn place(&self) -> String {
        format!("{}:{}", self.path.display(), self.line)
    }
}

/// Two tutorials can't have folders of their own.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// They would have the same one.
    #[error(
        "{second}: this tutorial and that of {first} would both keep their screenshots in {folder:?}, and overwrite each other\n  {}",
        if *.same_file { "give one of the scenarios another name; the first 60 letters and digits count" } else { "give one of the feature files another name" }
    )]
    Shared {
        /// Place of the earlier tutorial.
        first: String,
        /// Place of the later one.
        second: String,
        /// The folder's name.
        folder: String,
        /// Whether they stand in one file.
        same_file: bool,
    },
    /// The file held another number of tutorials when the screenshots were accepted.
    #[error(
        "{place}: the screenshots of this tutorial belong in {folder} now, because its file {has}, but they are still in {old}\n  \
         move them: git mv {old} {folder}",
        has = if *.alone { "holds no other tutorial any more" } else { "holds several tutorials" },
        folder = .folder.display(), old = .old.display()
    )]
    Moved {
        /// Place of the tutorial.
        place: String,
        /// Where its screenshots belong.
        folder: PathBuf,
        /// Where they are.
        old: PathBuf,
        /// Whether it is the only one in its file.
        alone: bool,
    },
}

/// Names the folders of all tutorials of a file, given by line and name: after the file if there is one tutorial, after file and
/// scenario if there are several.
#[must_use]
pub fn entries(path: &Path, tutorials: &[(usize, String)]) -> Vec<Entry> {
    let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let alone = tutorials.len() == 1;
    let entry = |(line, name): &(usize, String)| {
        let own: String = slug(name).chars().take(LONGEST).collect();
        let own = format!("{file}-{}", own.trim_end_matches('-'));
        let (folder, other) = if alone {
            (file.clone(), own)
        } else {
            (own, file.clone())
        };
        Entry {
            path: path.to_owned(),
            line: *line,
            name: name.clone(),
            folder,
            other,
        }
    };
    tutorials.iter().map(entry).collect()
}

/// Whether every tutorial has a folder of its own, and the screenshots that were accepted are in it.
///
/// # Errors
/// [`FolderError`] of the first that is wrong.
pub fn check(tutorials: &[Entry], screenshots: &Path) -> Result<(), FolderError> {
    for (index, entry) in tutorials.iter().enumerate() {
        // Some file systems take capitals and small letters for the same.
        let same = |earlier: &&Entry| earlier.folder.to_lowercase() == entry.folder.to_lowercase();
        if let Some(earlier) = tutorials[..index].iter().find(same) {
            return Err(FolderError::Shared {
                first: earlier.place(),
                second: entry.place(),
                folder: entry.folder.clone(),
                same_file: earlier.path == entry.path,
            });
        }
    }
    tutorials
        .iter()
        .try_for_each(|entry| check_not_moved(entry, tutorials, screenshots))
}

fn check_not_moved(entry: &Entry, tutorials: &[Entry], screenshots: &Path) -> Result<(), FolderError> {
    let [folder, old] = [&entry.folder, &entry.other].map(|name| screenshots.join(name));
    let is_of_another = tutorials.iter().any(|other| other.folder == entry.other);
    if folder.exists() || is_of_another {
        return Ok(());
    }
    let name = redact::text(&entry.name);
    let is_ours = Manifest::load(&old.join(LANGUAGE)).is_ok_and(|manifest| manifest.title == *name);
    if is_ours {
        let place = entry.place();
        let alone = entry.other.len() > entry.folder.len();
        return Err(FolderError::Moved {
            place,
            folder,
            old,
            alone,
        });
    }
    Ok(())
}

/// Where a tutorial's files go, such as `screenshots/pairing/en` and `tutorials/pairing/en`.
#[derive(Debug, Clone)]
pub struct Folders {
    /// Baselines and manifest.
    pub screenshots: PathBuf,
    /// Pages and marked pictures.
    pub pages: PathBuf,
    /// Screenshots to look at only: those of a check that differ, and those of a tutorial that failed.
    pub candidates: PathBuf,
}

impl Folders {
    /// The folders of a tutorial by its folder's name.
    #[must_use]
    pub fn of(tutorial: &str, screenshots: &Path, pages: &Path, reports: &Path) -> Self {
        let own = |folder: &Path| folder.join(tutorial).join(LANGUAGE);
        Self {
            screenshots: own(screenshots),
            pages: own(pages),
            candidates: own(&reports.join("candidates")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tutorial::manifest::{FILE_NAME, Viewport};

    fn of(path: &str, names: &[&str]) -> Vec<Entry> {
        let tutorials: Vec<_> = (1..).zip(names.iter().map(|name| (*name).to_owned())).collect();
        entries(Path::new(path), &tutorials)
    }

    fn folders(entries: &[Entry]) -> Vec<&str> {
        entries.iter().map(|entry| entry.folder.as_str()).collect()
    }

    #[test]
    fn one_tutorial_has_the_name_of_its_file_and_several_that_of_their_scenario_too() {
        assert_eq!(folders(&of("a/pairing.feature", &["Pair"])), ["pairing"]);
        assert_eq!(
            folders(&of("a/pairing.feature", &["Pair", "Un-pair, again"])),
            ["pairing-pair", "pairing-un-pair-again"]
        );
    }

    #[test]
    fn tutorials_that_would_share_a_folder_are_refused_with_both_places() {
        let twice = [of("a/x.feature", &["B"]), of("b/X.feature", &["C"])].concat();
        let error = check(&twice, Path::new("/nowhere")).unwrap_err().to_string();
        for part in ["a/x.feature:1", "b/X.feature:1", "feature files another name"] {
            assert!(error.contains(part), "{error}");
        }
        let error = check(&of("x.feature", &["B!", "B?"]), Path::new("/nowhere"))
            .unwrap_err()
            .to_string();
        for part in ["x.feature:1", "x.feature:2", "scenarios another name"] {
            assert!(error.contains(part), "{error}");
        }
        let crossed = [of("x.feature", &["B", "C"]), of("x-b.feature", &["D"])].concat();
        check(&crossed, Path::new("/nowhere")).unwrap_err();
    }

    /// Screenshots of a tutorial of this name were accepted in this folder.
    fn accepted(folder: &Path, title: &str) {
        let viewport = Viewport {
            width: 10,
            height: 10,
            scale: 1.,
        };
        let manifest = Manifest::new(title, "", LANGUAGE, viewport);
        std::fs::create_dir_all(folder.join(LANGUAGE)).unwrap();
        std::fs::write(folder.join(LANGUAGE).join(FILE_NAME), manifest.to_bytes().unwrap()).unwrap();
    }

    #[test]
    fn a_file_that_gains_or_loses_a_tutorial_is_told_with_the_move_that_keeps_the_baselines() {
        let root = tempfile::tempdir().unwrap();
        accepted(&root.path().join("x"), "B");
        let error = check(&of("x.feature", &["A", "B"]), root.path())
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("x.feature:2") && error.contains("git mv") && error.ends_with("x-b"),
            "{error}"
        );
        check(&of("x.feature", &["B"]), root.path()).unwrap();

        let root = tempfile::tempdir().unwrap();
        accepted(&root.path().join("x-b"), "B");
        let error = check(&of("x.feature", &["B"]), root.path()).unwrap_err().to_string();
        assert!(
            error.contains("no other tutorial any more") && error.ends_with("/x"),
            "{error}"
        );
        check(&of("x.feature", &["A", "B"]), root.path()).unwrap();
    }
}
