//! Reporters. The terminal shows events as they come; the other reports are rendered from the [`Record`] when the run is over.

mod allure;
mod ctrf;
mod error;
pub(crate) mod github;
pub(crate) mod json_lines;
pub(crate) mod junit;
mod kind;
mod lock;
mod merge;
mod messages;
pub mod page;
pub(crate) mod terminal;
mod uuid;
mod view;

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

pub(crate) use error::ReportError;
pub use kind::{ReportKind, ReportKinds};
pub(crate) use lock::FolderLock;
pub(crate) use merge::{check_apart, merge, read_shards};
pub use messages::FILE as MESSAGES;
pub(crate) use page::FILE as PAGE;

use crate::files;
use crate::suite::plan::Plan;
use crate::suite::record::event::Event;
use crate::suite::record::{HistoryError, Record, history};
use merge::EVIDENCE;

/// Reports a run while it goes on.
pub(crate) trait Reporter {
    /// Called for every event.
    fn on_event(&mut self, plan: &Plan, event: &Event);
}

/// Makes sure, before anything runs, that reports can be written afterwards, and that no other run writes there meanwhile.
///
/// # Errors
/// [`ReportError::Folder`], [`ReportError::Busy`].
pub(crate) fn prepare(folder: &Path) -> Result<FolderLock, ReportError> {
    fs::create_dir_all(folder).map_err(|source| ReportError::Folder {
        folder: folder.to_owned(),
        source,
    })?;
    check_ours(folder)?;
    let lock = lock::take(folder)?;
    // Half written by a run that was killed.
    for below in [folder.to_owned(), folder.join(ReportKind::Allure.file())] {
        files::sweep(&below)?;
    }
    Ok(lock)
}

/// What has the names of reports, in a folder in which no run has ever written, belongs to somebody else.
fn check_ours(folder: &Path) -> Result<(), ReportError> {
    let has_record = !matches!(history::load(folder), Err(HistoryError::None { .. }));
    if lock::was_taken(folder) || has_record {
        return Ok(());
    }
    let kinds = ReportKind::value_variants().iter().map(|kind| kind.file());
    let names = kinds.chain([EVIDENCE]).filter(|name| folder.join(name).exists());
    match names.collect::<Vec<_>>() {
        names if names.is_empty() => Ok(()),
        names => Err(ReportError::Foreign {
            folder: folder.to_owned(),
            names,
        }),
    }
}

/// Writes reports that say no more than that there are none yet, over those of an earlier run: whatever ends this one, an old result is
/// not taken for its own.
///
/// # Errors
/// [`ReportError::File`].
pub(crate) fn mark_unfinished(folder: &Path, kinds: &ReportKinds) -> Result<(), ReportError> {
    let why = format!(
        "it is under way, or it was killed: `docent merge {0} --out {0}` shows what it played",
        folder.display()
    );
    kind::render(&nothing_but(why), folder, kinds)
}

/// Takes away what an earlier run left, where a new one can't even say that it is under way: there may be no room for a word of it.
/// Says whether there was anything.
pub(crate) fn remove(folder: &Path) -> bool {
    let had_run = !matches!(history::load(folder), Err(HistoryError::None { .. }));
    // What can't be removed either is said where it was tried first.
    let _ = kind::remove_all(folder);
    let _ = history::remove(folder);
    had_run
}

/// Reports say that shards are being joined, and nothing of what an earlier merge came to. What a run has left stays until then.
///
/// # Errors
/// [`ReportError`].
pub fn mark_joining(out: &Path, folders: &[PathBuf], kinds: &ReportKinds) -> Result<(), ReportError> {
    const WHY: &str = "the reports of its shards are being joined, or that was interrupted: join them again";
    kind::render(&nothing_but(WHY.to_owned()), out, kinds)?;
    withdraw(out, folders, kinds, WHY)
}

/// Takes back what an earlier merge has left in `out`: reports say why there is nothing. What is to be merged, and a run, which is not of
/// these shards, stay.
///
/// # Errors
/// [`ReportError::History`], [`ReportError::File`].
pub(crate) fn withdraw(out: &Path, folders: &[PathBuf], kinds: &ReportKinds, why: &str) -> Result<(), ReportError> {
    if history::load(out).is_ok_and(|earlier| !earlier.is_merged) {
        return Ok(());
    }
    kind::render(&nothing_but(why.to_owned()), out, kinds)?;
    let is_out = |folder: &PathBuf| fs::canonicalize(folder).ok() == fs::canonicalize(out).ok();
    if !folders.iter().any(is_out) {
        history::remove(out)?;
    }
    Ok(())
}

/// A record that says no more than why there is none.
fn nothing_but(why: String) -> Record {
    let mut record = Record::begin(&Plan::default(), String::new(), None);
    record.unfinished = Some(why.into());
    record
}

/// Writes what became of tutorials into a folder of their own: a run of acceptance scenarios keeps its reports.
///
/// # Errors
/// [`ReportError`].
pub(crate) fn write_tutorials(record: &Record, folder: &Path) -> Result<(), ReportError> {
    let own = folder.join("tutorials");
    files::write_with(&own.join(page::FILE), |out| page::write(record, folder, out))?;
    files::write_with(&own.join("run.json"), |out| Ok(serde_json::to_writer(out, record)?))?;
    Ok(())
}

/// Writes these reports of a run, and removes those of an earlier one that are not among them.
///
/// # Errors
/// [`ReportError`].
pub fn write(record: &Record, folder: &Path, kinds: &ReportKinds) -> Result<(), ReportError> {
    kind::render(record, folder, kinds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_somebody_else_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(EVIDENCE)).unwrap();
        fs::write(folder.path().join("index.html"), "mine").unwrap();
        let refused = prepare(folder.path()).unwrap_err().to_string();
        assert!(refused.contains("has index.html, evidence in it"), "{refused}");
        // Reports of a run that were brought from elsewhere, where files whose names begin with a dot are left behind.
        history::save(folder.path(), &nothing_but("killed".to_owned())).unwrap();
        drop(prepare(folder.path()).unwrap());
        history::remove(folder.path()).unwrap();
        drop(prepare(folder.path()).unwrap());
    }

    #[test]
    fn what_a_killed_run_left_half_written_is_gone_before_the_next_one() {
        let folder = tempfile::tempdir().unwrap();
        let allure = folder.path().join(ReportKind::Allure.file());
        fs::create_dir_all(&allure).unwrap();
        history::save(folder.path(), &nothing_but("killed".to_owned())).unwrap();
        for below in [folder.path(), &allure] {
            fs::write(below.join(".docent-a1B2c3"), "half").unwrap();
        }
        let _lock = prepare(folder.path()).unwrap();
        for below in [folder.path(), &allure] {
            assert!(!below.join(".docent-a1B2c3").exists(), "{}", below.display());
        }
    }
}
