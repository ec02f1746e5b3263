//! Merges the records of shards into one, and their artifacts into one folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::error::ReportError;
use super::lock::{self, FolderLock};
use crate::files;
use crate::suite::plan::shard::check_whole;
use crate::suite::plan::step_match;
use crate::suite::record::environment::{self, CiJob, Environment};
use crate::suite::record::event::artifact_path;
use crate::suite::record::history;
use crate::suite::record::{Attempt, HistoryError, Record};

/// Before the number of a shard: the folder for its evidence.
const SHARD: &str = "shard-";
/// Below the folder for reports, and below that of a shard.
pub(super) const EVIDENCE: &str = "evidence";

/// The records that are to be joined, which are fit for it. Nobody writes into their folders meanwhile.
#[derive(Debug)]
pub struct Shards {
    records: Vec<(PathBuf, Record)>,
    _locks: Vec<FolderLock>,
}

/// Reads the records of shards, and makes sure that they can be joined; `out` is locked already. Runs that were played of another commit,
/// in another build or on another portal are no shards of one run, unless that is allowed.
///
/// # Errors
/// [`ReportError`].
pub(crate) fn read_shards(folders: &[PathBuf], out: &Path, allows_different_runs: bool) -> Result<Shards, ReportError> {
    let locks = lock_others(folders, out)?;
    let records = folders.iter().map(|folder| match history::load(folder) {
        Err(HistoryError::None { folder }) => Err(ReportError::NoRun { folder }),
        record => Ok((folder.clone(), record?)),
    });
    let records = records.collect::<Result<Vec<_>, ReportError>>()?;
    check_once(&records)?;
    let runs: Vec<_> = records
        .iter()
        .map(|(folder, record)| (folder.as_path(), record.shard.as_ref(), record.scenarios.len()))
        .collect();
    check_whole(&runs)?;
    if !allows_different_runs {
        check_one_run(&records)?;
    }
    Ok(Shards { records, _locks: locks })
}

/// One folder that is merged alone, as after a run that was killed, may be merged into itself.
///
/// # Errors
/// [`ReportError::IntoShard`].
pub(crate) fn check_apart(folders: &[PathBuf], out: &Path) -> Result<(), ReportError> {
    let out_itself = fs::canonicalize(out).ok();
    let is_out = |folder: &PathBuf| out_itself.is_some() && fs::canonicalize(folder).ok() == out_itself;
    if folders.len() > 1 && folders.iter().any(is_out) {
        return Err(ReportError::IntoShard { out: out.to_owned() });
    }
    Ok(())
}

fn check_once(records: &[(PathBuf, Record)]) -> Result<(), ReportError> {
    let mut played_in: BTreeMap<&str, &Path> = BTreeMap::new();
    for (folder, record) in records {
        for scenario in &record.scenarios {
            if let Some(one) = played_in.insert(&scenario.key, folder) {
                return Err(ReportError::Twice {
                    key: scenario.key.clone(),
                    one: one.to_owned(),
                    other: folder.clone(),
                });
            }
        }
    }
    Ok(())
}

/// A folder that is kept may still have the shard of an earlier run, with the same plan.
fn check_one_run(records: &[(PathBuf, Record)]) -> Result<(), ReportError> {
    let Some(((one, first), others)) = records.split_first() else {
        return Ok(());
    };
    let expected = identity(first);
    for (other, record) in others {
        for ((what, values), (_, found)) in expected.iter().zip(identity(record)) {
            if *values != found {
                let shown = |values: &BTreeSet<String>| values.iter().cloned().collect::<Vec<_>>().join(", ");
                return Err(ReportError::OtherRun {
                    what,
                    one: one.clone(),
                    one_value: shown(values),
                    other: other.clone(),
                    other_value: shown(&found),
                });
            }
        }
    }
    Ok(())
}

/// What all shards of one run share. Environments of records of earlier versions name no pipeline; their build is another in each job.
fn identity(record: &Record) -> [(&'static str, BTreeSet<String>); 3] {
    let unknown = || "none".to_owned();
    let commit = |one: &Environment| {
        one.commit
            .as_ref()
            .map_or_else(unknown, |commit| commit.revision.clone())
    };
    let build = |one: &Environment| {
        let pipeline = |ci: &CiJob| format!("{} {}", ci.service, ci.pipeline.as_deref().unwrap_or_default());
        one.ci.as_ref().map_or_else(unknown, pipeline)
    };
    let all = |of: &dyn Fn(&Environment) -> String| record.environments.iter().map(of).collect();
    let portal = record.base_url.clone().unwrap_or_else(|| "a mock portal".to_owned());
    [
        ("commit", all(&commit)),
        ("CI build", all(&build)),
        ("base URL", BTreeSet::from([portal])),
    ]
}

/// Joins the records of shards, and brings their evidence together in `out`; that of earlier merges goes.
///
/// # Errors
/// [`ReportError`].
pub fn merge(shards: Shards, out: &Path) -> Result<Record, ReportError> {
    let is_several = shards.records.len() > 1;
    let mut joined: Option<Record> = None;
    for (index, (folder, mut record)) in shards.records.into_iter().enumerate() {
        record.shard = None;
        let shard = if is_several {
            format!("{SHARD}{}", index + 1)
        } else {
            String::new()
        };
        bring_artifacts(&mut record, &folder, out, &shard)?;
        joined = Some(match joined {
            Some(earlier) => join(earlier, record),
            None => record,
        });
    }
    let mut record = joined.ok_or_else(|| ReportError::NoRun { folder: out.to_owned() })?;
    record.is_merged = true;
    record.sort();
    clear_artifacts(&record, out)?;
    Ok(record)
}

/// Takes the evidence away that an earlier merge, of other shards, has brought.
fn clear_artifacts(record: &Record, out: &Path) -> Result<(), ReportError> {
    let shown: BTreeSet<PathBuf> = record.artifacts().map(|path| out.join(path)).collect();
    for name in files::names_in(out)? {
        let number = name.strip_prefix(SHARD).map(str::parse::<usize>);
        if number.is_some_and(|number| number.is_ok()) {
            let (folder, evidence) = (out.join(&name), out.join(&name).join(EVIDENCE));
            files::remove_all_but(&evidence, &shown)?;
            files::remove_empty_folder(&evidence)?;
            files::remove_empty_folder(&folder)?;
        }
    }
    Ok(())
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
        let Some(file) = artifact_path(from, path) else {
            continue;
        };
        let bytes = files::read(&file)?;
        *path = Path::new(shard).join(&path);
        let brought = to.join(path);
        match bytes {
            Some(bytes) => files::write_if_changed(&brought, &bytes)?,
            // A file that was removed is no reason to lose the rest; what an earlier merge has left in its place is another's.
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
    one.reruns = one.reruns.max(other.reruns);
    one.add_base_url(other.base_url.as_deref());
    one.unattributed_panics.extend(other.unattributed_panics);
    environment::merge_environments(&mut one.environments, other.environments);
    step_match::merge_definitions(&mut one.definitions, other.definitions);
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
mod tests;
