//! Allure's own reader and the official schema of the Common Test Report Format understand what is written for them.

use serde_json::Value;

use crate::made_up;
use crate::npm::node;

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

#[test]
fn allure_reads_every_attempt_with_its_steps_labels_and_attachments() {
    let folder = tempfile::tempdir().unwrap();
    made_up::report_into(folder.path());
    let read = node("allure.mjs", &[folder.path().join("allure-results").as_os_str()]);
    let read: Value = serde_json::from_str(&read).unwrap();
    let results = read["results"].as_array().unwrap();
    let named = |name: &str| {
        let mut attempts: Vec<_> = results.iter().filter(|one| one["name"] == name).collect();
        attempts.sort_by_key(|one| one["start"].as_i64());
        attempts
    };
    for (name, statuses) in [
        ("Passes at once", ["passed"].as_slice()),
        ("Fails and passes", &["failed", "passed"]),
        ("Fails for good", &["failed"]),
        ("Can not begin", &["broken"]),
        ("Is skipped", &["skipped"]),
        ("Passes but is overdue", &["failed"]),
        ("Is in quarantine", &["failed"]),
        ("Is interrupted", &["broken"]),
        ("Is not reached", &["skipped"]),
    ] {
        let attempts = named(name);
        let found: Vec<_> = attempts.iter().map(|one| text(one, "status")).collect();
        assert_eq!(found, statuses, "{name}");
        assert!(attempts.iter().all(|one| one["historyId"] == attempts[0]["historyId"]));
    }
    let flaky = named("Fails and passes");
    assert_eq!([&flaky[0]["flaky"], &flaky[1]["flaky"]], [false, true]);
    let quarantined = named("Is in quarantine")[0];
    assert_eq!([&quarantined["muted"], &quarantined["known"]], [true, true]);

    let steps = flaky[0]["steps"].as_array().unwrap();
    let kinds: Vec<_> = steps.iter().map(|step| text(step, "type")).collect();
    assert_eq!(
        kinds,
        [
            "step",
            "step",
            "step",
            "attachment",
            "attachment",
            "attachment",
            "attachment"
        ]
    );
    assert_eq!(
        text(&steps[0]["steps"][0], "type"),
        "attachment",
        "the picture after the step"
    );
    assert!(text(&steps[1], "message").contains("the nearest is the button"));
    let metadata = &read["metadata"];
    let environment = metadata["allure_environment"].as_array().unwrap();
    let values: Vec<_> = environment
        .iter()
        .map(|one| (text(one, "name"), one["values"][0].as_str().unwrap()))
        .collect();
    assert!(values.contains(&("Browser", "chrome 138.0")), "{values:?}");
    assert_eq!(text(&metadata["allure2_executor"], "type"), "github");
}

#[test]
fn ctrf_is_valid_and_its_summary_counts_its_tests() {
    let folder = tempfile::tempdir().unwrap();
    made_up::report_into(folder.path());
    node("ctrf.mjs", &[folder.path().join("ctrf.json").as_os_str()]);
}
