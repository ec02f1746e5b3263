//! Allure's own reader and the official schema of the Common Test Report Format understand what is written for them; CI jobs are named as
//! Cucumber's own tools name them.

use serde_json::{Value, json};

use crate::made_up;
use crate::npm::node;
use crate::support::Kit;

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

/// The variables of a job, as the documentation of each service has them.
fn jobs(event: &str) -> Value {
    json!([
        {
            "GITHUB_ACTIONS": "true",
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_REPOSITORY": "qa/portal",
            "GITHUB_RUN_ID": "4711",
            "GITHUB_WORKFLOW": "Acceptance",
            "GITHUB_EVENT_NAME": "pull_request",
            "GITHUB_EVENT_PATH": event,
            "GITHUB_HEAD_REF": "fix",
            "GITHUB_REF": "refs/pull/7/merge",
            "GITHUB_SHA": "merged",
        },
        {
            "GITHUB_ACTIONS": "true",
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_REPOSITORY": "qa/portal",
            "GITHUB_RUN_ID": "4712",
            "GITHUB_EVENT_NAME": "push",
            "GITHUB_REF": "refs/tags/v1",
            "GITHUB_SHA": "tagged",
        },
        {
            "GITLAB_CI": "true",
            "CI_JOB_ID": "12",
            "CI_JOB_NAME": "acceptance",
            "CI_JOB_URL": "https://gitlab.example/qa/portal/-/jobs/12",
            "CI_COMMIT_SHA": "abc",
            "CI_COMMIT_BRANCH": "main",
            "CI_REPOSITORY_URL": "https://gitlab-ci-token:s3cret@gitlab.example/qa/portal.git",
        },
        {
            "JENKINS_URL": "https://jenkins.example/",
            "BUILD_URL": "https://jenkins.example/job/portal/7/",
            "BUILD_NUMBER": "7",
            "JOB_NAME": "portal",
            "GIT_COMMIT": "def",
            "GIT_LOCAL_BRANCH": "main",
            "GIT_URL": "https://git.example/qa/portal.git",
        },
    ])
}

#[test]
fn ci_jobs_are_named_as_cucumber_names_them() {
    let kit = Kit::with_feature("Feature: A\n  @skip\n  Scenario: B\n    Given I open \"/\"\n");
    let event = kit.folder.path().join("event.json");
    std::fs::write(&event, r#"{"pull_request": {"head": {"sha": "head"}}}"#).unwrap();
    let jobs = jobs(event.to_str().unwrap());
    let sets = kit.folder.path().join("jobs.json");
    std::fs::write(&sets, jobs.to_string()).unwrap();
    let theirs: Value = serde_json::from_str(&node("ci.mjs", &[sets.as_os_str()])).unwrap();
    for (job, theirs) in jobs.as_array().unwrap().iter().zip(theirs.as_array().unwrap()) {
        let mut command = kit.command(&["run", "test.feature"]);
        for name in ["GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "GITHUB_STEP_SUMMARY"] {
            command.env_remove(name);
        }
        let variables = job.as_object().unwrap().iter();
        command.envs(variables.map(|(name, value)| (name, value.as_str().unwrap())));
        assert_eq!(command.output().unwrap().status.code(), Some(0));
        let messages = kit.read("reports/messages.ndjson");
        let meta: Value = serde_json::from_str(messages.lines().next().unwrap()).unwrap();
        assert_eq!(&meta["meta"]["ci"], theirs);
    }
}

#[test]
fn only_reports_that_are_wanted_are_written_and_no_other_stays() {
    const REPORTS: [&str; 5] = [
        "allure-results",
        "ctrf.json",
        "index.html",
        "junit.xml",
        "messages.ndjson",
    ];
    let kit = Kit::with_feature("Feature: A\n  @skip\n  Scenario: B\n    Given I open \"/\"\n");
    let written = |arguments: &[&str]| {
        let ended = kit.play(arguments);
        assert_eq!(ended.code, Some(0), "{ended:#?}");
        assert!(kit.has("reports/run.json"));
        let there = |name: &&str| kit.has(&format!("reports/{name}"));
        REPORTS.into_iter().filter(there).collect::<Vec<_>>()
    };
    let run = ["run", "test.feature"];
    assert_eq!(written(&run), REPORTS);
    kit.write("docent.toml", "reporters = [\"junit\"]\n[profile.ci]\nreporters = []\n");
    assert_eq!(written(&run), ["junit.xml"]);
    assert_eq!(written(&["merge", "reports"]), ["junit.xml"]);
    assert_eq!(written(&[&run[..], &["--profile", "ci"]].concat()), [""; 0]);
    let flags = ["--reporter", "html", "--reporter", "ctrf"];
    assert_eq!(written(&[&run[..], &flags].concat()), ["ctrf.json", "index.html"]);
    assert_eq!(
        written(&[&["merge", "reports"][..], &flags].concat()),
        ["ctrf.json", "index.html"]
    );

    kit.write("docent.toml", "reporters = [\"html\", \"xunit\"]\n");
    let refused = kit.play(&run);
    assert_eq!(refused.code, Some(2), "{refused:#?}");
    refused.must_tell(&["\"xunit\"", "html, junit, messages, allure, ctrf"]);
    let refused = kit.play(&[&run[..], &["--reporter", "xunit"]].concat());
    assert_eq!(refused.code, Some(2), "{refused:#?}");
    refused.must_tell(&["'xunit'", "html, junit, messages, allure, ctrf"]);
    assert!(kit.has("reports/ctrf.json"), "nothing was played, and nothing changed");
}
