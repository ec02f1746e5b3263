//! A run while it is under way: what it set out to play, and a line for everything that happens.
//!
//! The log is in the folder for reports from before the first scenario until the record is written. Where it is found, the run
//! that wrote it was killed, and whatever record lies beside it is another run's: its record is restored from the log.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Zoned;

use super::error::HistoryError;
use super::event::{Event, EventKind};
use super::run_record::Record;
use crate::files::{self, FileError};

const FILE: &str = "unfinished.ndjson";
/// What a record says that is put together from a log.
const KILLED: &str = "the run was killed, or its machine failed; what it played until then is shown";

/// The log of a run that is under way.
#[derive(Debug)]
pub(crate) struct RunLog {
    path: PathBuf,
    /// None once it could not be written: a log with a hole in it would say what is not true.
    file: Option<File>,
}

impl RunLog {
    /// Begins the log of a run with its record, of which nothing has run yet.
    ///
    /// # Errors
    /// [`FileError`].
    pub(crate) fn begin(folder: &Path, record: &Record) -> Result<Self, FileError> {
        let path = folder.join(FILE);
        files::write_with(&path, |out| {
            serde_json::to_writer(&mut *out, record)?;
            out.write_all(b"\n")
        })?;
        let file = OpenOptions::new().append(true).open(&path);
        Ok(Self {
            file: Some(file.map_err(files::refused("write", &path))?),
            path,
        })
    }

    /// Writes down what happened.
    ///
    /// # Errors
    /// [`FileError`], once; nothing more is written then.
    pub(crate) fn write(&mut self, event: &Event) -> Result<(), FileError> {
        let written = self.file.as_mut().map_or(Ok(()), |file| append(file, event));
        written.map_err(|error| {
            self.file = None;
            files::refused("write", &self.path)(error)
        })
    }
}

/// Each line is written at once; the result of a scenario survives the machine, too.
fn append(file: &mut File, event: &Event) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(event)?;
    line.push(b'\n');
    file.write_all(&line)?;
    match event.kind {
        EventKind::Finished { .. } => file.sync_data(),
        _ => Ok(()),
    }
}

/// The record of the run that was killed in this folder, if one was.
pub(super) fn read(folder: &Path) -> Result<Option<Record>, HistoryError> {
    let path = folder.join(FILE);
    let Some(bytes) = files::read(&path)? else {
        return Ok(None);
    };
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let mut record: Record = serde_json::from_slice(lines.next().unwrap_or_default())
        .map_err(|source| HistoryError::Malformed { path, source })?;
    // The last line may have been cut off.
    let events = lines.map_while(|line| serde_json::from_slice::<Event>(line).ok());
    // A rerun's record began when the run that it repeats did.
    let mut moments: Option<(SystemTime, SystemTime)> = None;
    for event in events {
        moments = Some((moments.map_or(event.at, |(first, _)| first), event.at));
        record.on_event(&event);
    }
    let took = moments.and_then(|(first, last)| last.duration_since(first).ok());
    let took = took.unwrap_or_default();
    record.end(took, None, Vec::new(), Zoned::now().date());
    record.unfinished = Some(KILLED.into());
    Ok(Some(record))
}

/// Takes the log away: the record is written.
pub(super) fn remove(folder: &Path) -> Result<(), FileError> {
    files::remove(&folder.join(FILE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::plan::tests::planned;
    use crate::suite::record::Verdict;
    use crate::suite::record::event::{AttemptOutcome, PhaseDurations};

    const FEATURE: &str = "Feature: A\n  Scenario: Played\n    Given I open \"/\"\n  Scenario: Begun\n    Given I open \"/\"\n  \
                           Scenario: Never\n    Given I open \"/\"\n  @skip\n  Scenario: Left out\n    Given I open \"/\"\n";

    fn event(id: usize, kind: EventKind) -> Event {
        let at = SystemTime::now();
        Event { id, at, kind }
    }

    /// A log that ends as if its run were killed in the second scenario.
    fn log(folder: &Path) {
        let record = Record::begin(&planned(FEATURE, None).unwrap(), "defined".to_owned(), None);
        let mut log = RunLog::begin(folder, &record).unwrap();
        let (outcome, durations) = (AttemptOutcome::Passed, PhaseDurations::default());
        for (id, kind) in [
            (0, EventKind::Started { attempt: 1, worker: 0 }),
            (0, EventKind::Finished { outcome, durations }),
            (1, EventKind::Started { attempt: 1, worker: 0 }),
        ] {
            log.write(&event(id, kind)).unwrap();
        }
    }

    fn verdicts(folder: &Path) -> Vec<Verdict> {
        let record = read(folder).unwrap().unwrap();
        assert!(record.unfinished.is_some() && record.has_failed());
        record.scenarios.iter().map(|one| one.verdict).collect()
    }

    #[test]
    fn what_was_played_is_known_and_that_the_rest_was_not() {
        let folder = tempfile::tempdir().unwrap();
        log(folder.path());
        let expected = [
            Verdict::Passed,
            Verdict::Interrupted,
            Verdict::NotPlayed,
            Verdict::Skipped,
        ];
        assert_eq!(verdicts(folder.path()), expected);
        remove(folder.path()).unwrap();
        assert_eq!(read(folder.path()).unwrap(), None);
    }

    #[test]
    fn a_line_that_was_cut_off_hides_nothing_before_it() {
        let folder = tempfile::tempdir().unwrap();
        log(folder.path());
        let whole = std::fs::read(folder.path().join(FILE)).unwrap();
        let begun = whole.len() - 5;
        std::fs::write(folder.path().join(FILE), &whole[..begun]).unwrap();
        assert_eq!(verdicts(folder.path())[..2], [Verdict::Passed, Verdict::NotPlayed]);
    }
}
