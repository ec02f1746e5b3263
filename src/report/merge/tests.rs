use std::sync::Arc;

use super::super::view::samples::{environment, failed, record, scenario};
use super::*;
use crate::report::{MESSAGES, PAGE, ReportKind, withdraw, write};
use crate::steps::{ExpressionKind, StepDefinition};
use crate::suite::plan::feature_file::SourceFile;
use crate::suite::record::Verdict;
use crate::suite::record::event::{Attachment, AttemptOutcome, Evidence, EvidenceKind};

/// With the scenario in the line that the sample has.
const FEATURE: &str = "Feature: Pairing\n\n\n\n\n\n\n\n\n  Scenario: B\n    Given I open \"/\"\n    And I open \"/\"\n";

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
fn a_merge_that_fails_leaves_no_earlier_merge_but_every_run() {
    let folder = tempfile::tempdir().unwrap();
    let passed = record(vec![scenario("A", Verdict::Passed, vec![failed(1)])]);
    for is_merged in [true, false] {
        let out = folder.path().join(is_merged.to_string());
        let earlier = Record {
            is_merged,
            ..passed.clone()
        };
        history::save(&out, &earlier).unwrap();
        write(&earlier, &out, &ReportKind::all()).unwrap();
        withdraw(&out, &[], &ReportKind::all(), "shard 2/2 is missing").unwrap();
        let page = fs::read_to_string(out.join(PAGE)).unwrap();
        assert_eq!(page.contains("shard 2/2 is missing"), is_merged, "{page}");
        assert_eq!(history::load(&out).is_ok(), !is_merged);
        // What is to be merged into its own folder stays, too.
        history::save(&out, &earlier).unwrap();
        withdraw(
            &out,
            std::slice::from_ref(&out),
            &ReportKind::all(),
            "shard 2/2 is missing",
        )
        .unwrap();
        assert_eq!(history::load(&out).unwrap(), earlier);
    }
}

#[test]
fn shards_of_another_commit_build_or_portal_are_refused_unless_that_is_allowed() {
    type Change<'a> = (&'a str, &'a dyn Fn(&mut Record));
    let folder = tempfile::tempdir().unwrap();
    let [one, other, out] = ["one", "other", "out"].map(|name| folder.path().join(name));
    let at = |name: &str, change: &dyn Fn(&mut Record)| {
        let mut record = record(vec![scenario(name, Verdict::Passed, vec![failed(1)])]);
        record.environments = vec![environment()];
        change(&mut record);
        record
    };
    history::save(&one, &at("A", &|_| ())).unwrap();
    let read = |change: &dyn Fn(&mut Record), is_allowed| {
        history::save(&other, &at("B", change)).unwrap();
        read_shards(&[one.clone(), other.clone()], &out, is_allowed)
    };
    // Each job of a pipeline has a machine and a number of its own.
    let job = |record: &mut Record| {
        record.environments[0].host = Some("runner-8".to_owned());
        record.environments[0].ci.as_mut().unwrap().build = Some("4712".to_owned());
    };
    read(&job, false).unwrap();
    let changes: [Change<'_>; 4] = [
        ("commit", &|record| {
            record.environments[0].commit.as_mut().unwrap().revision = "aaaa".to_owned();
        }),
        ("CI build", &|record| {
            record.environments[0].ci.as_mut().unwrap().pipeline = Some("2".to_owned());
        }),
        ("CI build", &|record| record.environments[0].ci = None),
        ("base URL", &|record| {
            record.base_url = Some("https://staging.example".to_owned());
        }),
    ];
    for (what, change) in changes {
        let refused = read(change, false).unwrap_err().to_string();
        assert!(
            refused.contains(what) && refused.contains("--allow-different-runs"),
            "{refused}"
        );
        read(change, true).unwrap();
    }
    let merged = merge(read(&changes[3].1, true).unwrap(), &out).unwrap();
    let portals = "a mock portal for each scenario; https://staging.example";
    assert_eq!(merged.base_url.as_deref(), Some(portals));
}

#[test]
fn evidence_of_an_earlier_merge_goes() {
    let folder = tempfile::tempdir().unwrap();
    let [one, two, out] = ["one", "two", "out"].map(|name| folder.path().join(name));
    for (name, from) in [("A", &one), ("B", &two)] {
        history::save(from, &record(vec![scenario(name, Verdict::Passed, Vec::new())])).unwrap();
    }
    let old = out.join("shard-2/evidence/b/attempt-1");
    let own = out.join("shard-plan");
    for folder in [&old, &own] {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join("page.png"), "").unwrap();
    }
    merge(read_shards(&[one, two], &out, false).unwrap(), &out).unwrap();
    assert!(!old.exists() && own.join("page.png").exists());
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
    let merged = merge(read_shards(&shards, &out, false).unwrap(), &out).unwrap();
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
    let merged = merge(read_shards(&[from], &out, false).unwrap(), &out).unwrap();
    write(&merged, &out, &ReportKind::all()).unwrap();
    assert!(out.join("evidence/console.txt").exists());
    for report in [PAGE, MESSAGES] {
        let text = fs::read_to_string(out.join(report)).unwrap();
        for shown in ["what it says", "what was logged"] {
            assert_eq!(text.matches(shown).count(), 1, "{report}: {shown}");
        }
    }
}
