//! What previous runs left in the reports folder: the last record, and the durations of scenarios.

use std::path::Path;

use serde::de::DeserializeOwned;

use super::error::HistoryError;
use super::run_log;
use super::run_record::Record;
use crate::files;
use crate::suite::plan::shard::Timings;

const RECORD: &str = "run.json";
const TIMINGS: &str = "timings.json";

/// The record of the run whose reports are in this folder, or of the one that was killed before it could write them.
///
/// # Errors
/// [`HistoryError`].
pub fn load(folder: &Path) -> Result<Record, HistoryError> {
    let killed = run_log::read(folder)?;
    let record = killed.map_or_else(|| read(&folder.join(RECORD)), |record| Ok(Some(record)))?;
    record.ok_or_else(|| HistoryError::None {
        folder: folder.to_owned(),
    })
}

/// How long scenarios took earlier, from a file that a run or `docent merge` has left as `timings.json`; None if there is no such file.
///
/// # Errors
/// [`HistoryError::Malformed`] and [`HistoryError::File`].
pub fn load_timings(file: &Path) -> Result<Option<Timings>, HistoryError> {
    read(file)
}

/// The durations of scenarios in the last run, from this reports folder. Empty where that can't be read: they are only compared with.
#[must_use]
pub(crate) fn last_timings(folder: &Path) -> Timings {
    load_timings(&folder.join(TIMINGS)).ok().flatten().unwrap_or_default()
}

/// Saves this record for the next run. Durations of scenarios that it did not run are kept.
///
/// # Errors
/// [`HistoryError::File`].
pub fn save(folder: &Path, record: &Record) -> Result<(), HistoryError> {
    // Timings that can't be understood are of no use to the next run either.
    let mut all = last_timings(folder);
    all.extend(record.timings());
    write(&folder.join(TIMINGS), &all)?;
    write(&folder.join(RECORD), record)?;
    Ok(run_log::remove(folder)?)
}

/// Takes the record of an earlier run away.
///
/// # Errors
/// [`HistoryError::File`].
pub(crate) fn remove(folder: &Path) -> Result<(), HistoryError> {
    files::remove(&folder.join(RECORD))?;
    Ok(run_log::remove(folder)?)
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, HistoryError> {
    let parsed = files::read(path)?.map(|bytes| serde_json::from_slice(&bytes));
    parsed.transpose().map_err(|source| HistoryError::Malformed {
        path: path.to_owned(),
        source,
    })
}

fn write(path: &Path, value: &impl serde::Serialize) -> Result<(), HistoryError> {
    Ok(files::write_with(path, |out| Ok(serde_json::to_writer(out, value)?))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_known_of_a_folder_that_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let nowhere = folder.path().join("reports");
        assert_eq!(load_timings(&nowhere).unwrap(), None);
        assert!(matches!(load(&nowhere), Err(HistoryError::None { .. })));
    }

    #[test]
    fn what_can_not_be_understood_is_told_with_its_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(RECORD), "{").unwrap();
        let message = load(folder.path()).unwrap_err().to_string();
        assert!(
            message.contains("run.json") && message.contains("delete it"),
            "{message}"
        );
    }
}
