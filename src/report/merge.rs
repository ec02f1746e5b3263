//! Merges the records of shards into one, and their artifacts into one folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::ReportError;
use super::lock::{self, FolderLock};
use crate::files;
use crate::suite::plan::shard::check_whole;
use crate::suite::plan::step_match;
use crate::suite::record::environment;
use crate::suite::record::event::artifact_path;
use crate::suite::record::history;
use crate::suite::record::{Attempt, HistoryError, Record};

/// Joins the records of shards, and brings their evidence together in `out`.
///
/// # Errors
/// [`ReportError`].
pub(crate) fn merge(folders: &[PathBuf], out: &Path) -> Result<Record, ReportError> {
    let mut joined: Option<Record> = None;
    let mut played_in: Vec<(String, PathBuf)> = Vec::new();
    let _locks = lock_others(folders, out)?;
    let records = folders.iter().map(|folder| match history::load(folder) {
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
mod tests {
    use std::sync::Arc;

    use super::super::view::samples::{failed, record, scenario};
    use super::*;
    use crate::report::{MESSAGES, PAGE, ReportKind, withdraw, write};
    use crate::steps::{ExpressionKind, StepDefinition};
    use crate::suite::plan::feature_file::SourceFile;
    use crate::suite::record::Verdict;
    use crate::suite::record::event::{Attachment, AttemptOutcome, Evidence, EvidenceKind};

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
        assert!(join(shard("A", false), shard("B", true)).has_failed());
        assert!(!join(shard("A", false), shard("B", false)).has_failed());
    }

    #[test]
    fn a_merge_that_fails_leaves_no_earlier_result_but_what_was_to_be_merged() {
        let folder = tempfile::tempdir().unwrap();
        let (shard, out) = (folder.path().join("shard"), folder.path().join("out"));
        let passed = record(vec![scenario("A", Verdict::Passed, vec![failed(1)])]);
        for folder in [&shard, &out] {
            history::save(folder, &passed).unwrap();
            write(&passed, folder, &ReportKind::all()).unwrap();
        }
        let folders = [shard.clone()];
        withdraw(&out, &folders, &ReportKind::all(), "shard 2/2 is missing").unwrap();
        let page = fs::read_to_string(out.join(PAGE)).unwrap();
        assert!(page.contains("shard 2/2 is missing"), "{page}");
        assert!(matches!(history::load(&out), Err(HistoryError::None { .. })));
        withdraw(&shard, &folders, &ReportKind::all(), "shard 2/2 is missing").unwrap();
        assert_eq!(history::load(&shard).unwrap(), passed);
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
            history::save(from, &record(vec![scenario(name, Verdict::Failed, vec![attempt])])).unwrap();
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
        if let AttemptOutcome::Failed(failure) = &mut attempt.outcome {
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
        history::save(&from, &record).unwrap();
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
