use std::fs;

use serde_json::Value;

use super::*;
use crate::report::view::samples::{HOSTILE, attempt, environment, every_verdict, failed, record, scenario};
use crate::suite::plan::feature_file::SourceFile;
use crate::suite::record::Verdict;
use crate::suite::record::event::{AttemptOutcome, Evidence, EvidenceKind};

/// All results that are written of a record, the earlier attempts first.
fn written_in(record: &Record, reports: &Path) -> Vec<Value> {
    write(record, reports).unwrap();
    let folder = reports.join(FOLDER);
    let names = files::names_in(&folder).unwrap();
    let results = names.iter().filter(|name| name.ends_with("-result.json"));
    let read = |name| serde_json::from_slice(&fs::read(folder.join(name)).unwrap()).unwrap();
    let mut results: Vec<Value> = results.map(read).collect();
    results.sort_by_key(|one| one["start"].as_i64());
    results
}

fn written(record: &Record) -> Vec<Value> {
    written_in(record, tempfile::tempdir().unwrap().path())
}

fn statuses(results: &[Value], name: &str) -> Vec<String> {
    let of_name = results.iter().filter(|one| one["name"] == name);
    let mut statuses: Vec<_> = of_name.map(|one| one["status"].as_str().unwrap().to_owned()).collect();
    statuses.sort();
    statuses
}

#[test]
fn every_verdict_has_the_status_that_allure_counts() {
    let results = written(&every_verdict());
    for (name, expected) in [
        ("Passes", ["passed"].as_slice()),
        ("Fails twice", &["failed", "failed"]),
        ("Passes at last", &["failed", "passed"]),
        ("Known", &["failed"]),
        ("Stopped", &["broken"]),
        ("Never begun", &["skipped"]),
        ("Left out", &["skipped"]),
    ] {
        assert_eq!(statuses(&results, name), expected, "{name}");
    }
    let flaky = |one: &&Value| one["statusDetails"]["flaky"] == true;
    assert_eq!(
        statuses_of(results.iter().filter(flaky)),
        [("Passes at last", "passed")]
    );
    let muted = |one: &&Value| one["statusDetails"]["muted"] == true && one["statusDetails"]["known"] == true;
    assert_eq!(statuses_of(results.iter().filter(muted)), [("Known", "failed")]);
}

fn statuses_of<'a>(results: impl Iterator<Item = &'a Value>) -> Vec<(&'a str, &'a str)> {
    let text = |one: &'a Value, name| one[name].as_str().unwrap();
    results.map(|one| (text(one, "name"), text(one, "status"))).collect()
}

#[test]
fn attempts_are_told_apart_and_belong_together() {
    let results = written(&record(vec![scenario(
        "B",
        Verdict::Failed,
        vec![failed(1), failed(2)],
    )]));
    assert_ne!(results[0]["uuid"], results[1]["uuid"]);
    assert_eq!(results[0]["historyId"], results[1]["historyId"]);
}

#[test]
fn a_failure_has_its_message_place_and_steps() {
    let results = written(&record(vec![scenario("B", Verdict::Failed, vec![failed(1)])]));
    let result = &results[0];
    let message = result["statusDetails"]["message"].as_str().unwrap();
    assert!(message.starts_with("there is no button \"Pair\""), "{message}");
    let trace = result["statusDetails"]["trace"].as_str().unwrap();
    assert!(trace.starts_with("at features/pairing.feature:13\n"), "{trace}");
    let steps = result["steps"].as_array().unwrap();
    let ended: Vec<_> = steps.iter().map(|step| step["status"].as_str().unwrap()).collect();
    assert_eq!(ended, ["passed", "failed", "skipped"]);
    assert_eq!(steps[0]["stop"].as_i64(), Some(120));
}

#[test]
fn a_failure_that_no_step_made_and_an_ended_quarantine_are_no_passes() {
    let mut broken = failed(1);
    let AttemptOutcome::Failed(failure) = &mut broken.outcome else {
        unreachable!()
    };
    failure.step = None;
    let mut expired = scenario("Expired", Verdict::Failed, vec![attempt(1, AttemptOutcome::Passed)]);
    expired.expired_quarantine = Some("quarantine expired".to_owned());
    let mut record = record(vec![scenario("Broken", Verdict::Failed, vec![broken]), expired]);
    record.unattributed_panics = vec!["a thread fell".into()];
    let results = written(&record);
    for (name, status, message) in [
        ("Broken", "broken", "there is no button"),
        ("Expired", "failed", "quarantine expired"),
        ("outside of any scenario", "broken", "a thread fell"),
    ] {
        let result = results.iter().find(|one| one["name"] == name).unwrap();
        assert_eq!(result["status"], status, "{name}");
        let text = result["statusDetails"]["message"].as_str().unwrap();
        assert!(text.starts_with(message), "{text}");
    }
}

#[test]
fn what_was_cut_short_has_not_passed_and_what_is_flaky_in_quarantine_is_muted() {
    let passed = || attempt(1, AttemptOutcome::Passed);
    let mut short = scenario("Short", Verdict::Interrupted, vec![passed()]);
    short.repeats = Some(3);
    let mut flaky = scenario("Flaky", Verdict::Quarantined, vec![passed(), failed(2)]);
    flaky.verdict = Verdict::Flaky;
    let results = written(&record(vec![short, flaky]));
    let last = |name: &str| results.iter().rfind(|one| one["name"] == name).unwrap();
    assert_eq!(last("Short")["status"], "broken");
    let muted = results
        .iter()
        .filter(|one| one["name"] == "Flaky" && one["status"] == "failed");
    let muted: Vec<_> = muted.map(|one| &one["statusDetails"]["muted"]).collect();
    assert_eq!(muted, [&Value::Bool(true)]);
}

#[test]
fn evidence_is_copied_beside_the_results_and_named_where_it_belongs() {
    let reports = tempfile::tempdir().unwrap();
    let mut attempt = failed(1);
    let AttemptOutcome::Failed(failure) = &mut attempt.outcome else {
        unreachable!()
    };
    let elsewhere = tempfile::tempdir().unwrap();
    let outside = elsewhere.path().join("secret.txt");
    fs::write(&outside, "secret").unwrap();
    failure.evidence = [
        (EvidenceKind::Picture, Some(0), "step-01.png"),
        (EvidenceKind::Picture, None, "page.png"),
        (EvidenceKind::Console, None, "removed.txt"),
        (EvidenceKind::Console, None, outside.to_str().unwrap()),
    ]
    .map(|(kind, step, path)| Evidence {
        kind,
        step,
        path: path.into(),
    })
    .to_vec();
    for name in ["step-01.png", "page.png"] {
        fs::write(reports.path().join(name), name).unwrap();
    }
    let results = written_in(
        &record(vec![scenario("B", Verdict::Failed, vec![attempt])]),
        reports.path(),
    );
    let of_step = &results[0]["steps"][0]["attachments"][0];
    let [at_end] = &results[0]["attachments"].as_array().unwrap()[..] else {
        panic!("{}", results[0]["attachments"])
    };
    for (attachment, name, bytes) in [
        (of_step, "After step 1", "step-01.png"),
        (at_end, "At the end", "page.png"),
    ] {
        assert_eq!(attachment["name"], name);
        let source = attachment["source"].as_str().unwrap();
        assert!(source.ends_with("-attachment.png"), "{source}");
        let copied = fs::read_to_string(reports.path().join(FOLDER).join(source)).unwrap();
        assert_eq!(copied, bytes);
    }
}

#[test]
fn results_of_an_earlier_run_go_and_what_others_put_there_stays() {
    let reports = tempfile::tempdir().unwrap();
    let mut earlier = every_verdict();
    earlier.environments = vec![environment()];
    written_in(&earlier, reports.path());
    let folder = reports.path().join(FOLDER);
    for name in ["categories.json", "other-result.json"] {
        fs::write(folder.join(name), "{}").unwrap();
    }
    write(&record(Vec::new()), reports.path()).unwrap();
    let left = files::names_in(&folder).unwrap();
    assert_eq!(left, ["categories.json", ENVIRONMENT, "other-result.json"]);
}

#[test]
fn labels_links_parameters_and_the_description_are_those_of_the_feature_file() {
    const FEATURE: &str = "@issue:https://jira.example/browse/PORTAL-12 @severity:critical\nFeature: Pairing\n  Who pairs what.\n\n  \
                           Rule: One Office\n    Scenario Outline: As <who>\n      Given I open \"/\"\n\n      Examples:\n        \
                           | who |\n        | amara |\n";
    let mut row = scenario("As amara", Verdict::Passed, vec![attempt(1, AttemptOutcome::Passed)]);
    row.line = 11;
    row.tags = [
        "issue:https://jira.example/browse/PORTAL-12",
        "severity:critical",
        "link:javascript:alert(1)",
    ]
    .map(str::to_owned)
    .to_vec();
    let mut record = record(vec![row]);
    record.environments = vec![environment()];
    record.files = vec![SourceFile {
        path: "features/pairing.feature".into(),
        source: FEATURE.into(),
    }];
    let result = &written(&record)[0];
    let labels = result["labels"].as_array().unwrap();
    let label = |name: &str| {
        let found = labels.iter().find(|one| one["name"] == name);
        found.map(|one| one["value"].as_str().unwrap())
    };
    for (name, value) in [
        ("feature", "Pairing"),
        ("story", "One Office"),
        ("package", "features.pairing"),
        ("severity", "critical"),
        ("host", "runner-7"),
        ("thread", "worker 1"),
        ("tag", "issue:https://jira.example/browse/PORTAL-12"),
    ] {
        assert_eq!(label(name), Some(value), "{name}");
    }
    let links = result["links"].as_array().unwrap();
    assert_eq!(links.len(), 1, "{links:?}");
    assert_eq!(links[0]["name"], "PORTAL-12");
    assert_eq!(
        result["parameters"][0],
        serde_json::json!({ "name": "who", "value": "amara" })
    );
    assert_eq!(result["description"], "Who pairs what.");
}

#[test]
fn properties_are_ascii_on_one_line_each() {
    let mut record = record(Vec::new());
    let mut here = environment();
    here.system = format!("C:\\{HOSTILE}");
    record.environments = vec![here];
    let text = super::environment(&record);
    assert!(
        text.is_ascii()
            && text.contains("Commit=0123")
            && text.contains("CI\\ job=GitHub\\ Actions\\:")
            && text.contains("C\\:\\\\</script>"),
        "{text}"
    );
    assert_eq!(
        text.lines().filter(|line| line.contains('=')).count(),
        text.lines().count()
    );
}
