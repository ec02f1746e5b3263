//! Those who tell of a run. The terminal hears its events as they come; reports are drawn from its [`Record`] when it is over.

mod allure;
mod ctrf;
pub mod github;
pub mod json_lines;
pub mod junit;
mod kind;
mod lock;
mod messages;
pub mod page;
mod reading;
pub mod terminal;
mod uuid;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

pub use kind::{ReportKind, ReportKinds};
pub use lock::FolderLock;

use crate::files::{self, FileError};
use crate::suite::plan::Plan;
use crate::suite::plan::shard::{ShardsError, check_whole};
use crate::suite::plan::step_match;
use crate::suite::record::HistoryError;
use crate::suite::record::environment;
use crate::suite::record::event::{Event, file_in};
use crate::suite::record::history;
use crate::suite::record::{Attempt, Record};

/// The report for people, in the folder for reports.
pub const PAGE: &str = page::FILE;

/// The stream of Cucumber Messages, in the folder for reports.
pub const MESSAGES: &str = "messages.ndjson";

/// Someone who tells of a run while it goes on.
pub trait Reporter {
    /// Something happened.
    fn hear(&mut self, plan: &Plan, event: &Event);
}

/// Reports can't be written or joined.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The records of shards.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// The folder for reports is not fit.
    #[error("reports can't be written to {}: {source}\n  make it writable for you, or choose another with --reports", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The system's word on it.
        source: std::io::Error,
    },
    /// Another process writes there.
    #[error(
        "another run is writing its reports to {0}: wait until it is over, or choose another folder with --reports",
        folder.display()
    )]
    Busy {
        /// The folder.
        folder: PathBuf,
    },
    /// There is nothing to join.
    #[error("there is no run in {}\n  name folders that `docent run --reports` has written", folder.display())]
    NoRun {
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// They are not all shards of one plan.
    #[error(transparent)]
    Shards(#[from] ShardsError),
    /// A scenario stands in two of the records that are to be joined.
    #[error("{key} was played in {} and in {}: these are not shards of one run", one.display(), other.display())]
    Twice {
        /// The scenario.
        key: String,
        /// A folder.
        one: PathBuf,
        /// Another.
        other: PathBuf,
    },
}

/// Makes sure, before anything is played, that reports can be written afterwards, and by nobody else meanwhile.
///
/// # Errors
/// [`ReportError::Folder`], [`ReportError::Busy`].
pub fn prepare(folder: &Path) -> Result<FolderLock, ReportError> {
    fs::create_dir_all(folder).map_err(|source| ReportError::Folder {
        folder: folder.to_owned(),
        source,
    })?;
    lock::take(folder)
}

/// Writes reports that say no more than that there are none yet, over those of an earlier run: whatever ends this one, nobody reads
/// an old result as its own.
///
/// # Errors
/// [`ReportError::File`].
pub fn mark_unfinished(folder: &Path, kinds: &ReportKinds) -> Result<(), ReportError> {
    let why = format!(
        "it is under way, or it was killed: `docent merge {0} --out {0}` shows what it played",
        folder.display()
    );
    kind::draw(&nothing_but(why), folder, kinds)
}

/// Takes back what an earlier merge has left in `out`: reports say why there is nothing. What is to be merged stays.
///
/// # Errors
/// [`ReportError::History`], [`ReportError::File`].
pub fn withdraw(out: &Path, folders: &[PathBuf], kinds: &ReportKinds, why: &str) -> Result<(), ReportError> {
    kind::draw(&nothing_but(why.to_owned()), out, kinds)?;
    let is_out = |folder: &PathBuf| fs::canonicalize(folder).ok() == fs::canonicalize(out).ok();
    if !folders.iter().any(is_out) {
        history::forget(out)?;
    }
    Ok(())
}

/// A record that says no more than why there is none.
fn nothing_but(why: String) -> Record {
    let mut record = Record::begin(&Plan::default(), String::new(), None);
    record.unfinished = Some(why.into());
    record
}

/// Writes these reports of a run, and removes those of an earlier one that are not among them.
///
/// # Errors
/// [`ReportError`].
pub fn write(record: &Record, folder: &Path, kinds: &ReportKinds) -> Result<(), ReportError> {
    kind::draw(record, folder, kinds)
}

/// Joins the records of shards, and brings their evidence together in `out`.
///
/// # Errors
/// [`ReportError`].
pub fn merge(folders: &[PathBuf], out: &Path) -> Result<Record, ReportError> {
    let mut joined: Option<Record> = None;
    let mut played_in: Vec<(String, PathBuf)> = Vec::new();
    let _locks = lock_others(folders, out)?;
    let records = folders.iter().map(|folder| match history::record(folder) {
        Err(HistoryError::None { folder }) => Err(ReportError::NoRun { folder }),
        record => Ok((folder, record?)),
    });
    let records = records.collect::<Result<Vec<_>, ReportError>>()?;
    for (folder, record) in &records {
        for scenario in &record.scenarios {
            if let Some((key, one)) = played_in.iter().find(|(key, _)| *key == scenario.key) {
                return Err(ReportError::Twice {
                    key: key.clone(),
                    one: one.clone(),
                    other: (*folder).clone(),
                });
            }
            played_in.push((scenario.key.clone(), (*folder).clone()));
        }
    }
    let runs: Vec<_> = records
        .iter()
        .map(|(folder, record)| (folder.as_path(), record.shard.as_ref(), record.scenarios.len()))
        .collect();
    check_whole(&runs)?;
    for (index, (folder, mut record)) in records.into_iter().enumerate() {
        record.shard = None;
        let shard = (folders.len() > 1).then(|| format!("shard-{}", index + 1));
        bring_artifacts(&mut record, folder, out, &shard.unwrap_or_default())?;
        joined = Some(match joined {
            Some(earlier) => join(earlier, record),
            None => record,
        });
    }
    let mut record = joined.ok_or_else(|| ReportError::NoRun { folder: out.to_owned() })?;
    record.sort();
    Ok(record)
}

/// What is still being written is not joined. `out` is locked already.
fn lock_others(folders: &[PathBuf], out: &Path) -> Result<Vec<FolderLock>, ReportError> {
    let mut known = BTreeSet::from([fs::canonicalize(out).ok()]);
    let others = folders.iter().filter(|folder| {
        let whole = fs::canonicalize(folder).ok();
        whole.is_some() && known.insert(whole)
    });
    others.map(|folder| lock::share(folder)).collect()
}

/// Evidence and attachments of every shard go to a folder of its own.
fn bring_artifacts(record: &mut Record, from: &Path, to: &Path, shard: &str) -> Result<(), ReportError> {
    let attempts = record.scenarios.iter_mut().flat_map(|scenario| &mut scenario.attempts);
    for path in attempts.flat_map(Attempt::artifacts_mut) {
        let Some(file) = file_in(from, path) else {
            continue;
        };
        let bytes = files::read(&file)?;
        *path = Path::new(shard).join(&path);
        let brought = to.join(path);
        match bytes {
            Some(bytes) => files::write_if_changed(&brought, &bytes)?,
            // One that somebody has removed is no reason to lose the rest; what an earlier merge has left in its place is another's.
            None => files::remove(&brought)?,
        }
    }
    Ok(())
}

fn join(mut one: Record, mut other: Record) -> Record {
    tell_workers_apart(&one, &mut other);
    one.began = one.began.min(other.began);
    one.took = one.took.max(other.took);
    one.signal = one.signal.or(other.signal);
    one.unfinished = one.unfinished.or(other.unfinished);
    one.fails_on_flaky |= other.fails_on_flaky;
    one.stray.extend(other.stray);
    environment::join(&mut one.environments, other.environments);
    step_match::join(&mut one.definitions, other.definitions);
    let known = one.files.clone();
    let new = other.files.into_iter().filter(|file| !known.contains(file));
    one.files.extend(new);
    one.scenarios.extend(other.scenarios);
    one
}

/// Each shard counts its workers from 0.
fn tell_workers_apart(one: &Record, other: &mut Record) {
    let known = one.scenarios.iter().flat_map(|scenario| &scenario.attempts);
    let first = known.map(|attempt| attempt.worker + 1).max().unwrap_or_default();
    for attempt in other.scenarios.iter_mut().flat_map(|scenario| &mut scenario.attempts) {
        attempt.worker += first;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::reading::samples::{failed, record, scenario};
    use super::*;
    use crate::steps::{ExpressionKind, StepDefinition};
    use crate::suite::plan::feature_file::SourceFile;
    use crate::suite::record::Verdict;
    use crate::suite::record::event::{Attachment, Evidence, EvidenceKind, Outcome};

    /// With the scenario in the line that the sample has.
    const FEATURE: &str =
        "Feature: Pairing\n\n\n\n\n\n\n\n\n  Scenario: B\n    Given I open \"/\"\n    And I open \"/\"\n";

    #[test]
    fn joined_shards_have_the_definitions_of_all() {
        let former = Arc::new(StepDefinition {
            id: "src/steps/go.rs:1".to_owned(),
            expression: "I went to {string}".to_owned(),
            kind: ExpressionKind::CucumberExpression,
        });
        let (one, mut other) = (record(Vec::new()), record(Vec::new()));
        other.definitions = vec![Arc::clone(&former)];
        let joined = join(one.clone(), other);
        assert_eq!(joined.definitions.len(), one.definitions.len() + 1);
        assert!(joined.definitions.contains(&former));
    }

    #[test]
    fn workers_of_joined_shards_are_told_apart() {
        let shard = |name: &str, workers: [usize; 2]| {
            let attempts = workers.map(|worker| Attempt { worker, ..failed(1) });
            record(vec![scenario(name, Verdict::Failed, attempts.to_vec())])
        };
        let joined = join(shard("A", [0, 1]), shard("B", [1, 0]));
        let joined = join(joined, shard("C", [0, 0]));
        let workers = joined.scenarios.iter().flat_map(|one| &one.attempts);
        assert!(workers.map(|attempt| attempt.worker).eq([0, 1, 3, 2, 4, 4]));
    }

    #[test]
    fn what_one_shard_fails_for_fails_all() {
        let shard = |name: &str, fails_on_flaky| Record {
            fails_on_flaky,
            ..record(vec![scenario(name, Verdict::Flaky, vec![failed(1)])])
        };
        assert!(join(shard("A", false), shard("B", true)).is_bad());
        assert!(!join(shard("A", false), shard("B", false)).is_bad());
    }

    #[test]
    fn a_merge_that_fails_leaves_no_earlier_result_but_what_was_to_be_merged() {
        let folder = tempfile::tempdir().unwrap();
        let (shard, out) = (folder.path().join("shard"), folder.path().join("out"));
        let passed = record(vec![scenario("A", Verdict::Passed, vec![failed(1)])]);
        for folder in [&shard, &out] {
            history::leave(folder, &passed).unwrap();
            write(&passed, folder, &ReportKind::all()).unwrap();
        }
        let folders = [shard.clone()];
        withdraw(&out, &folders, &ReportKind::all(), "shard 2/2 is missing").unwrap();
        let page = fs::read_to_string(out.join(PAGE)).unwrap();
        assert!(page.contains("shard 2/2 is missing"), "{page}");
        assert!(matches!(history::record(&out), Err(HistoryError::None { .. })));
        withdraw(&shard, &folders, &ReportKind::all(), "shard 2/2 is missing").unwrap();
        assert_eq!(history::record(&shard).unwrap(), passed);
    }

    #[test]
    fn a_file_that_is_gone_from_a_shard_is_not_replaced_by_one_of_an_earlier_merge() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let shards = ["one", "two"].map(|name| folder.path().join(name));
        for (name, from) in ["A", "B"].into_iter().zip(&shards) {
            let mut attempt = failed(1);
            attempt.attachments = vec![Attachment {
                step: 0,
                name: "Log".into(),
                media_type: "text/plain".to_owned(),
                path: "evidence/log.txt".into(),
            }];
            history::leave(from, &record(vec![scenario(name, Verdict::Failed, vec![attempt])])).unwrap();
        }
        for there in ["evidence", "shard-1/evidence"] {
            fs::create_dir_all(out.join(there)).unwrap();
            fs::write(out.join(there).join("log.txt"), "of an earlier run").unwrap();
        }
        let merged = merge(&shards, &out).unwrap();
        assert_eq!(merged.artifacts().filter(|path| out.join(path).exists()).count(), 0);
    }

    #[test]
    fn a_record_from_elsewhere_brings_no_file_from_outside_of_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let (from, out) = (folder.path().join("from"), folder.path().join("out"));
        fs::create_dir_all(from.join("evidence")).unwrap();
        for (path, text) in [
            ("secret.txt", "what it says"),
            ("from/evidence/console.txt", "what it says"),
            ("from/evidence/log.txt", "what was logged"),
        ] {
            fs::write(folder.path().join(path), text).unwrap();
        }
        let outside = folder.path().join("secret.txt");
        let mut attempt = failed(1);
        if let Outcome::Failed(failure) = &mut attempt.outcome {
            let paths = ["evidence/console.txt", "../secret.txt", outside.to_str().unwrap()];
            failure.evidence = paths
                .map(|path| Evidence {
                    kind: EvidenceKind::Console,
                    step: None,
                    path: path.into(),
                })
                .to_vec();
        }
        let attachments = ["evidence/log.txt", "../secret.txt"].map(|path| Attachment {
            step: 0,
            name: "Log".into(),
            media_type: "text/plain".to_owned(),
            path: path.into(),
        });
        attempt.attachments = attachments.to_vec();
        let mut record = record(vec![scenario("B", Verdict::Failed, vec![attempt])]);
        record.files = vec![SourceFile {
            path: "features/pairing.feature".into(),
            source: FEATURE.into(),
        }];
        history::leave(&from, &record).unwrap();
        let merged = merge(&[from], &out).unwrap();
        write(&merged, &out, &ReportKind::all()).unwrap();
        assert!(out.join("evidence/console.txt").exists());
        for report in [PAGE, MESSAGES] {
            let text = fs::read_to_string(out.join(report)).unwrap();
            for shown in ["what it says", "what was logged"] {
                assert_eq!(text.matches(shown).count(), 1, "{report}: {shown}");
            }
        }
    }
}
