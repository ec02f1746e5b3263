//! Every sentence of the vocabulary that works on any page, on pages where it is true and on pages where it is false.

use std::collections::BTreeMap;
use std::future::pending;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::response::Html;
use axum::routing::get;
use docent::steps::vocabulary;
use docent::suite::record::{Record, Verdict};

use super::support::{Kit, serve};
use failing::FALSE;
use passing::TRUE;

mod drawing;
mod failing;
mod pages;
mod passing;
mod states;

/// What stands in the page's body, and the step that is played on it.
type Case = (&'static str, &'static str);

/// Steps whose sentence is about the mock portal, or that can't be false.
const NOT_HERE: &[&str] = &["I open {string}", "I press the key {string}"];

fn feature(cases: &[Case], folder: &str) -> String {
    let scenario = |(index, (_, step)): (usize, &Case)| {
        format!("  Scenario: {index}\n    Given I open \"/{folder}/{index}\"\n    Then {step}\n")
    };
    let scenarios: String = cases.iter().enumerate().map(scenario).collect();
    format!("Feature: Sentences\n{scenarios}")
}

fn site(cases: &'static [Case], folder: &str) -> mock_portal::Portal {
    const DOT: &str =
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9' fill='red'/></svg>";

    let page = |body: &str| {
        Html(format!(
            "<!doctype html><html lang=en><meta charset=utf-8><title>Page</title><body>{body}"
        ))
    };
    let late = || async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        "Too late"
    };
    let after = |ms, kind: &'static str, content: &'static str| {
        get(async move || {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            ([(CONTENT_TYPE, kind)], content)
        })
    };
    let own = Router::new()
        .route("/dot.svg", after(0, "image/svg+xml", DOT))
        .route("/late.svg", after(100, "image/svg+xml", DOT))
        .route("/late.js", after(100, "text/javascript", "1"))
        .route("/late.css", after(100, "text/css", "p {}"))
        .route("/later.html", after(300, "text/html", "<p>Sorry</p>"))
        .route("/late", get(late))
        .route("/never", get(pending::<()>));
    let site = cases.iter().enumerate().fold(own, |site, (index, (body, _))| {
        site.route(&format!("/{folder}/{index}"), get(async move || page(body)))
    });
    serve(site)
}

/// Each test keeps four browsers busy: more at once only make each other late.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Plays every sentence on its page; those that come to something else than this.
fn others(cases: &'static [Case], folder: &str, verdict: Verdict) -> Vec<String> {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let kit = Kit::with_feature(&feature(cases, folder));
    let site = site(cases, folder);
    let ended = kit.play(&[
        "run",
        "test.feature",
        "--wait",
        // What is false is waited for to the end.
        if verdict == Verdict::Failed { "0.5" } else { "3" },
        "--step-timeout",
        "10",
        // Most of the time of what is false is waiting.
        "--workers",
        "4",
        "--base-url",
        site.url(),
    ]);
    assert_ne!(ended.code, Some(2), "{ended:#?}");
    let record: Record = serde_json::from_str(&kit.read("reports/run.json")).unwrap();
    let verdicts: BTreeMap<_, _> = record.scenarios.iter().map(|one| (one.name.clone(), one)).collect();
    let wrong = cases.iter().enumerate().filter_map(|(index, (body, step))| {
        let scenario = verdicts[&index.to_string()];
        let outcome = scenario.attempts.last().map(|attempt| &attempt.outcome);
        let said = format!("{outcome:?}");
        // A browser that does not answer any more says nothing of the page.
        (scenario.verdict != verdict || said.contains("hangs")).then(|| format!("{step}\n    on {body}\n    {said}"))
    });
    wrong.collect()
}

#[test]
fn what_is_true_passes() {
    let wrong = others(TRUE, "true", Verdict::Passed);
    assert!(wrong.is_empty(), "true, but did not pass:\n{}", wrong.join("\n"));
}

#[test]
fn what_is_true_of_states_passes() {
    let wrong = others(states::TRUE, "states", Verdict::Passed);
    assert!(wrong.is_empty(), "true, but did not pass:\n{}", wrong.join("\n"));
}

#[test]
fn what_is_false_of_states_fails() {
    let wrong = others(states::FALSE, "states", Verdict::Failed);
    assert!(wrong.is_empty(), "false, but did not fail:\n{}", wrong.join("\n"));
}

#[test]
fn what_is_true_of_drawing_passes() {
    let wrong = others(drawing::TRUE, "drawing", Verdict::Passed);
    assert!(wrong.is_empty(), "true, but did not pass:\n{}", wrong.join("\n"));
}

#[test]
fn what_is_false_of_drawing_fails() {
    let wrong = others(drawing::FALSE, "drawing", Verdict::Failed);
    assert!(wrong.is_empty(), "false, but did not fail:\n{}", wrong.join("\n"));
}

#[test]
fn what_is_false_fails() {
    let wrong = others(FALSE, "false", Verdict::Failed);
    assert!(wrong.is_empty(), "false, but did not fail:\n{}", wrong.join("\n"));
}

#[test]
fn every_sentence_about_pages_is_played_both_ways() {
    let general = vocabulary().filter(|entry| !entry.code.contains("portal.rs") && !entry.code.contains("steering.rs"));
    for entry in general.filter(|entry| !NOT_HERE.contains(&entry.expression.as_str())) {
        let words = |text: &str| {
            let plain = regex_free(text);
            plain.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
        };
        let expression = words(&entry.expression);
        for cases in [[TRUE, states::TRUE], [FALSE, states::FALSE]] {
            let says = |step: &str| expression.iter().all(|word| words(step).contains(word));
            assert!(
                cases.iter().flat_map(|cases| cases.iter()).any(|(_, step)| says(step)),
                "no case of {}",
                entry.expression
            );
        }
    }
}

/// An expression, or a step, without what varies.
fn regex_free(text: &str) -> String {
    let without_names: String = text.split('"').step_by(2).collect();
    let mut plain = String::new();
    let mut depth = 0;
    for letter in without_names.chars() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        if depth == 0 && letter != '}' {
            plain.push(letter);
        }
    }
    plain
}

#[test]
fn what_can_not_be_meant_is_refused_before_anything_is_played() {
    const REFUSED: &[(&str, &str)] = &[
        ("the heading \"States\" is not ticked", "can't be ticked"),
        ("the button \"Bold\" is ticked", "can't be ticked"),
        ("I tick the link \"Terms\"", "can't be ticked"),
        ("the heading \"States\" holds \"x\"", "can't hold a value"),
        ("the paragraph \"States\" is empty", "can't hold a value"),
        ("I press the key \"Retrun\"", "did you mean"),
        ("I press the key \"Controll+S\"", "did you mean \"Control\""),
        ("I see the rowheader \"Cake\"", "did you mean \"row header\""),
    ];
    let steps: Vec<_> = REFUSED.iter().map(|(step, _)| format!("    Then {step}\n")).collect();
    let kit = Kit::with_feature(&format!("Feature: A\n  Scenario: B\n{}", steps.concat()));
    let ended = kit.play(&["run", "test.feature"]);
    assert_eq!(ended.code, Some(2), "{ended:#?}");
    for (index, (step, why)) in REFUSED.iter().enumerate() {
        let place = format!("test.feature:{}:", index + 3);
        assert!(
            ended.err.contains(&place) && ended.err.contains(why),
            "{step}: {}",
            ended.err
        );
    }
}
