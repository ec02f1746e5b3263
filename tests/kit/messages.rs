//! The official schema, parser and formatter understand `messages.ndjson`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::Router;
use axum::response::Html;
use cucumber::when;
use docent::report;
use docent::world::World;
use serde_json::Value;

use crate::made_up;
use crate::npm::node;
use crate::support::{PATIENCE, serve, with_page};

/// Docent's own steps read no doc strings.
#[when(expr = "somebody is given {string}")]
fn given(_: &mut World, what: String) {
    drop(what);
}

/// A run that is made up, with its reports and what the official formatter makes of them.
struct ScriptScene {
    envelopes: Vec<Value>,
    page: String,
}

static TOLD: LazyLock<ScriptScene> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    made_up::report_into(folder.path());
    let stream = folder.path().join(report::MESSAGES);
    let text = std::fs::read_to_string(&stream).unwrap();
    let page = folder.path().join("page.html");
    node("messages.mjs", &[stream.as_os_str(), page.as_os_str()]);
    ScriptScene {
        page: std::fs::read_to_string(&page).unwrap(),
        envelopes: text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
    }
});

fn all(kind: &str) -> impl Iterator<Item = &'static Value> {
    TOLD.envelopes.iter().filter_map(move |envelope| envelope.get(kind))
}

/// The statuses of every attempt at a scenario.
fn statuses(name: &str) -> Vec<Vec<&'static str>> {
    let pickle = all("pickle").find(|pickle| pickle["name"] == name).unwrap();
    let case = all("testCase").find(|case| case["pickleId"] == pickle["id"]).unwrap();
    let attempts = all("testCaseStarted").filter(|started| started["testCaseId"] == case["id"]);
    let of = |attempt: &Value| {
        let steps = all("testStepFinished").filter(|step| step["testCaseStartedId"] == attempt["id"]);
        steps
            .map(|step| step["testStepResult"]["status"].as_str().unwrap())
            .collect()
    };
    attempts.map(of).collect()
}

#[test]
fn every_verdict_is_told_as_statuses_of_steps() {
    for (name, expected) in [
        ("Passes at once", vec![vec!["PASSED"]]),
        (
            "Fails and passes",
            vec![vec!["PASSED", "FAILED", "SKIPPED"], vec!["PASSED"; 3]],
        ),
        ("Fails for good", vec![vec!["PASSED", "FAILED", "SKIPPED"]]),
        ("Can not begin", vec![vec!["FAILED"]]),
        ("Is skipped", vec![vec!["SKIPPED"]]),
        ("Passes but is overdue", vec![vec!["FAILED"]]),
        ("Is in quarantine", vec![vec!["PASSED", "SKIPPED", "SKIPPED"]]),
        ("Is interrupted", vec![vec!["UNKNOWN", "SKIPPED"]]),
        ("Is not reached", vec![vec!["SKIPPED"]]),
    ] {
        assert_eq!(statuses(name), expected, "{name}");
    }
    assert_eq!(all("testRunFinished").next().unwrap()["success"], false);
}

#[test]
fn a_failure_in_quarantine_says_who_looks_after_it() {
    let text = all("testStepFinished").filter_map(|step| step["testStepResult"]["message"].as_str());
    let quarantined: Vec<_> = text
        .filter(|text| text.starts_with("quarantined: owner qa has until"))
        .collect();
    assert!(
        quarantined.len() == 1 && quarantined[0].contains("there is no button"),
        "{quarantined:?}"
    );
}

#[test]
fn the_ci_job_is_named_as_the_protocol_has_it() {
    let expected = serde_json::json!({
        "name": "GitHub Actions",
        "url": "https://github.example/qa/portal/actions/runs/4711",
        "buildNumber": "4711",
        "git": {
            "remote": "https://github.example/qa/portal.git",
            "revision": "0123456789abcdef0123456789abcdef01234567",
            "branch": "main",
        },
    });
    assert_eq!(all("meta").next().unwrap()["ci"], expected);
}

#[test]
fn an_attempt_that_is_tried_again_says_so() {
    let retried: Vec<_> = all("testCaseFinished")
        .filter(|case| case["willBeRetried"] == true)
        .collect();
    assert_eq!(retried.len(), 1);
    assert_eq!(all("testCaseStarted").filter(|case| case["attempt"] == 1).count(), 1);
}

#[test]
fn evidence_is_attached_to_the_step_that_it_shows() {
    let attempt = all("testCaseStarted")
        .find(|case| case["attempt"] == 0 && retried(case))
        .unwrap();
    let attached = all("attachment").filter(|one| one["testCaseStartedId"] == attempt["id"]);
    let (files, steps): (Vec<_>, Vec<_>) = attached
        .map(|one| (one["fileName"].as_str().unwrap(), one["testStepId"].as_str().unwrap()))
        .unzip();
    assert_eq!(
        files,
        ["step-01.png", "page.png", "page.html.txt", "console.txt", "network.txt"]
    );
    assert!(
        steps[0] != steps[1] && steps[1..].iter().all(|step| *step == steps[1]),
        "{steps:?}"
    );
}

fn retried(started: &Value) -> bool {
    all("testCaseFinished").any(|case| case["testCaseStartedId"] == started["id"] && case["willBeRetried"] == true)
}

#[test]
fn every_step_is_told_with_its_definition_and_its_values() {
    let definitions: BTreeMap<_, _> = all("stepDefinition")
        .map(|one| (one["id"].as_str().unwrap(), &one["pattern"]))
        .collect();
    let mut own = 0;
    for step in all("testCase").flat_map(|case| case["testSteps"].as_array().unwrap()) {
        let [id] = step["stepDefinitionIds"].as_array().unwrap().as_slice() else {
            panic!("{step}");
        };
        let pattern = definitions[id.as_str().unwrap()];
        own += usize::from(pattern["type"] == "REGULAR_EXPRESSION");
    }
    assert_eq!(own, 5, "those that are given something are steps of this crate");
    let values = all("testCase")
        .flat_map(|case| case["testSteps"].as_array().unwrap())
        .flat_map(|step| {
            step["stepMatchArgumentsLists"][0]["stepMatchArguments"]
                .as_array()
                .unwrap()
        })
        .map(|argument| argument["group"]["value"].as_str().unwrap());
    assert!(
        values
            .into_iter()
            .any(|value| value == r#"the button "Pair" in the widget "Annual Contributions""#)
    );
}

#[test]
fn the_official_formatter_shows_every_scenario() {
    let site = serve(Router::new().fallback(async || Html(TOLD.page.as_str())));
    with_page(PATIENCE, async |page| {
        page.open(site.url()).await.unwrap();
        // Features that passed are closed.
        for file in ["everything", "francais"] {
            let name = format!("the button \"tests/kit/gherkin/{file}.feature\"");
            page.click(&name.parse().unwrap()).await.unwrap();
        }
        for name in SHOWN {
            let heading = format!("the heading \"{name}\"").parse().unwrap();
            page.see(&heading).await.unwrap_or_else(|error| panic!("{error}"));
        }
        let source = page.source().await.unwrap();
        for shown in [
            "the nearest is the button",
            "src/steps/click.rs:18",
            "data:image/png;base64,",
            "GET /pairing 500",
        ] {
            assert!(source.contains(shown), "{shown}");
        }
    });
}

/// What the official formatter's page must show.
const SHOWN: [&str; 17] = [
    "Feature: Verdicts",
    "Scenario: Passes at once",
    "Scenario: Fails and passes",
    "Scenario: Fails for good",
    "Scenario: Can not begin",
    "Scenario: Is skipped",
    "Scenario: Passes but is overdue",
    "Scenario: Is interrupted",
    "Scenario: Is not reached",
    "Scenario: Doc strings and tables",
    "Scenario Outline: Open <path> <twice>",
    "Rule: A rule",
    "Example: In the rule",
    "Scenario: In the other rule",
    "Fonctionnalité: Tout en français",
    "Scénario: Étape par étape",
    "Plan du scénario: Les lignes",
];
