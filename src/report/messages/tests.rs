use std::sync::Arc;

use serde_json::Value;

use super::*;
use crate::steps::{ExpressionKind, StepDefinition};
use crate::suite::plan::step_match::StepMatch;
use crate::suite::plan::tests::planned;

const FEATURE: &str = "Feature: A\n  Scenario Outline: B\n    Given I open \"/über\"\n    When off camera, I click the button \"<n>\"\n\n    \
                       Examples:\n      | n |\n      | x |\n";

fn record() -> Record {
    Record::begin(&planned(FEATURE, None).unwrap(), "defined".to_owned(), None)
}

fn messages(record: &Record) -> Vec<Value> {
    let mut out = Vec::new();
    write(record, Path::new("reports"), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The expressions of all definitions, and of each step the expression that it was bound to and its arguments.
fn bound(record: &Record) -> (Vec<String>, Vec<String>) {
    let messages = messages(record);
    let all = |kind: &'static str| messages.iter().filter_map(move |message| message.get(kind));
    let expression = |one: &Value| one["pattern"]["source"].as_str().unwrap().to_owned();
    let step = |step: &Value| {
        let ids = step["stepDefinitionIds"].as_array().unwrap();
        let definition = all("stepDefinition").find(|one| ids.contains(&one["id"]));
        let arguments = step["stepMatchArgumentsLists"][0]["stepMatchArguments"].as_array();
        let group = |one: &Value| format!(" {}:{}", one["group"]["start"], one["group"]["value"].as_str().unwrap());
        let arguments: String = arguments.into_iter().flatten().map(group).collect();
        definition.map(expression).unwrap_or_default() + &arguments
    };
    let steps = all("testCase").flat_map(|case| case["testSteps"].as_array().unwrap());
    (
        all("stepDefinition").map(expression).collect(),
        steps.map(step).collect(),
    )
}

#[test]
fn all_steps_that_could_be_bound_are_told_and_each_step_with_its_own() {
    let (definitions, steps) = bound(&record());
    assert_eq!(definitions.len(), crate::steps::entries().count());
    assert_eq!(
        steps,
        ["I open {string} 8:/über", "I click {target} 20:the button \"x\"",]
    );
}

#[test]
fn what_a_record_says_of_its_steps_counts_whatever_the_vocabulary_is_today() {
    let mut record = record();
    let former = Arc::new(StepDefinition {
        id: "src/steps/go.rs:1".to_owned(),
        expression: "^I open (.*)$".to_owned(),
        kind: ExpressionKind::RegularExpression,
    });
    record.definitions = vec![Arc::clone(&former)];
    for step in &mut record.scenarios[0].steps {
        step.matched = Some(Arc::new(StepMatch {
            definition: Arc::clone(&former),
            arguments: std::iter::once(13..21).collect(),
        }));
    }
    let (definitions, steps) = bound(&record);
    assert_eq!(definitions, ["^I open (.*)$"]);
    assert_eq!(steps, ["^I open (.*)$ 7:\"/über\"", "^I open (.*)$ 8:ra, I cl"]);
}

#[test]
fn a_record_that_says_nothing_of_definitions_has_none() {
    let mut json = serde_json::to_value(record()).unwrap();
    json.as_object_mut().unwrap().remove("definitions");
    for step in json["scenarios"][0]["steps"].as_array_mut().unwrap() {
        step.as_object_mut().unwrap().remove("match");
    }
    let earlier: Record = serde_json::from_value(json).unwrap();
    assert_eq!(bound(&earlier), (Vec::new(), vec![String::new(); 2]));
}

#[test]
fn a_step_that_has_changed_since_it_was_played_is_told_without_its_definition() {
    let mut record = record();
    record.files[0].source = FEATURE.replace("über", "unter").into();
    let (_, steps) = bound(&record);
    assert_eq!(steps, ["", "I click {target} 20:the button \"x\""]);
}

#[test]
fn a_secret_that_a_row_completes_is_not_told() {
    crate::redact::protect(&"completed-Value-88".into());
    let feature = "Feature: A\n  Scenario Outline: B completed-<n>\n    Given I open \"completed-<n>\"\n\n    Examples:\n      | n |\n      | Value-88 |\n";
    let record = Record::begin(&planned(feature, None).unwrap(), "defined".to_owned(), None);
    let message = format!("{:?}", messages(&record));
    assert!(
        !message.contains("completed-Value-88") && message.contains("B [secret]"),
        "{message}"
    );
}
