//! The report for people, as a file in a real browser: 1,000 scenarios are searched and filtered, by keys alone, and nothing is asked
//! of anybody.

use std::path::Path;
use std::time::Duration;

use docent::browser::{Locator, Page};
use docent::report::page;
use docent::suite::plan::Plan;
use docent::suite::record::event::{AttemptFailure, AttemptOutcome, PhaseDurations};
use docent::suite::record::{Attempt, Record, ScenarioRecord, StepText, StepTime, Verdict};
use serde_json::{Value, json};

use super::axe;
use super::locating::the;
use super::support::{PATIENCE, with_window};

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";

/// Every twentieth fails.
fn scenario(number: usize) -> ScenarioRecord {
    let fails = number.is_multiple_of(20);
    let failure = AttemptFailure {
        step: Some(1),
        message: format!("the button \"Pair {number}\" is not on the page").into(),
        ..AttemptFailure::default()
    };
    let steps = ["Given I open \"/\"", "Then I see the button \"Pair\""];
    let step = |(index, text): (usize, &&str)| StepText {
        text: (*text).into(),
        line: index,
        matched: None,
    };
    let began = "2026-07-02T08:00:00Z".parse().unwrap();
    let time = StepTime {
        began,
        took: Duration::from_millis(80),
    };
    let attempt = Attempt {
        number: 1,
        worker: 0,
        began,
        steps: vec![time; 2],
        outcome: if fails {
            AttemptOutcome::Failed(failure)
        } else {
            AttemptOutcome::Passed
        },
        durations: PhaseDurations::default(),
        attachments: Vec::new(),
    };
    ScenarioRecord {
        path: "features/pairing.feature".into(),
        line: number,
        key: format!("features/pairing.feature > Case {number}"),
        content: String::new(),
        is_lost: false,
        feature: "Pairing".to_owned(),
        rule: None,
        name: format!("Case {number}"),
        tags: if number.is_multiple_of(3) {
            vec!["smoke".to_owned()]
        } else {
            Vec::new()
        },
        quarantine: None,
        steps: steps.iter().enumerate().map(step).collect(),
        repeats: None,
        attempts: vec![attempt],
        verdict: if fails { Verdict::Failed } else { Verdict::Passed },
        expired_quarantine: None,
        earlier: None,
        scenes: Vec::new(),
    }
}

pub fn record(scenarios: usize) -> Record {
    Record {
        began: "2026-07-02T08:00:00Z".parse().unwrap(),
        took: Duration::from_secs(12),
        scenarios: (1..=scenarios).map(scenario).collect(),
        ..Record::begin(&Plan::default(), "defined".to_owned(), None)
    }
}

fn write(record: &Record, file: &Path) {
    let mut out = std::fs::File::create(file).unwrap();
    page::write(record, file.parent().unwrap(), &mut out).unwrap();
}

/// Opens a report of so many scenarios from the disk.
fn with_report(scenarios: usize, doing: impl AsyncFnOnce(&mut Page)) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(page::FILE);
    write(&record(scenarios), &file);
    with_window((1280, 800), Duration::from_secs(30), async |page| {
        page.open(&format!("file://{}", file.display())).await.unwrap();
        doing(page).await;
    });
}

/// Names of the scenarios that are shown, in their order.
async fn shown(page: &Page) -> Vec<String> {
    let script = "return [...document.querySelectorAll('.scenario h3')].filter((name) => name.checkVisibility()).map((name) => name.textContent)";
    serde_json::from_value(page.evaluate(script, &Value::Null).await.unwrap()).unwrap()
}

async fn said(page: &Page) -> String {
    let said = page
        .evaluate("return document.querySelector('output').textContent", &Value::Null)
        .await;
    said.unwrap().as_str().unwrap().to_owned()
}

async fn shown_address(page: &Page) -> String {
    let address = page.evaluate("return location.href", &Value::Null).await.unwrap();
    address.as_str().unwrap().to_owned()
}

fn search() -> Locator {
    the("search field \"Search\"")
}

#[test]
fn a_thousand_scenarios_are_searched_and_filtered_without_any_network() {
    with_report(1_000, async |page| {
        let all = shown(page).await;
        assert_eq!(all.len(), 1_000);
        let failed: Vec<_> = (1..=50).map(|number| format!("Case {}", number * 20)).collect();
        assert_eq!(all[..50], failed, "failures come first");

        page.type_into("pairing 437", &search()).await.unwrap();
        assert_eq!(shown(page).await, ["Case 437"]);
        assert_eq!(said(page).await, "1 shown");
        page.type_into("\"pair 840\"", &search()).await.unwrap();
        assert_eq!(shown(page).await, ["Case 840"], "by its message");
        page.type_into("zebra", &search()).await.unwrap();
        assert_eq!(shown(page).await, [""; 0]);
        page.see(&the("text \"No scenario fits.\"")).await.unwrap();

        page.type_into("case", &search()).await.unwrap();
        page.choose("failed", &the("selection list \"Verdict\"")).await.unwrap();
        assert_eq!(shown(page).await, failed);
        page.choose("@smoke", &the("selection list \"Tag\"")).await.unwrap();
        assert_eq!(shown(page).await.len(), 16, "multiples of 60");
        assert_eq!(said(page).await, "16 shown");
        let address = shown_address(page).await;
        assert!(
            address.ends_with("index.html#words=case&verdict=failed&tag=smoke"),
            "{address}"
        );

        let asked = page.network().await.unwrap();
        let elsewhere: Vec<_> = asked
            .lines()
            .filter(|line| !line.contains("file://") && !line.contains("data:"))
            .collect();
        assert_eq!(elsewhere, [""; 0], "{asked}");

        // Whoever is mailed the address sees the same.
        page.open("about:blank").await.unwrap();
        page.open(&address).await.unwrap();
        assert_eq!(said(page).await, "16 shown");
        page.type_into("", &search()).await.unwrap();
        let address = shown_address(page).await;
        assert!(address.ends_with("index.html#verdict=failed&tag=smoke"), "{address}");
        // A place that a filter hides is shown. The page follows its address a moment after the driver has gone there.
        let place = address.replace("verdict=failed&tag=smoke", "features-pairing-feature-case-7");
        page.open(&place).await.unwrap();
        page.see(&the("text \"Case 7\"")).await.unwrap();
        assert_eq!(shown(page).await.len(), 1_000);
    });
}

/// Milliseconds until the page is loaded, and until it is laid out whole.
async fn opened(page: &mut Page, file: &Path) -> (f64, f64) {
    const LAID_OUT: &str = "document.documentElement.getBoundingClientRect(); document.body.offsetHeight; \
                            const [loaded] = performance.getEntriesByType('navigation'); \
                            return [loaded.loadEventEnd, performance.now()]";
    page.open(&format!("file://{}", file.display())).await.unwrap();
    let times = page.evaluate(LAID_OUT, &Value::Null).await.unwrap();
    serde_json::from_value(times).unwrap()
}

#[test]
#[ignore = "measures, on a machine that does nothing else"]
fn five_thousand_scenarios_open_in_three_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(page::FILE);
    let mut record = record(5_000);
    for scenario in &mut record.scenarios {
        // As long as acceptance scenarios are.
        scenario.steps = scenario.steps.iter().cycle().take(8).cloned().collect();
        for attempt in &mut scenario.attempts {
            attempt.steps = vec![attempt.steps[0]; 8];
        }
    }
    write(&record, &file);
    println!("{} bytes", std::fs::metadata(&file).unwrap().len());
    with_window((1280, 800), PATIENCE, async |page| {
        for _ in 0..3 {
            let (loaded, laid_out) = opened(page, &file).await;
            println!("loaded after {loaded:.0} ms, laid out and answering after {laid_out:.0} ms");
            assert!(laid_out < 3_000.);
        }
    });
}

#[test]
fn a_failure_is_found_and_read_by_keys_alone() {
    with_report(1_000, async |page| {
        let focused = async |page: &Page| {
            let script = "const at = document.activeElement; return at.closest('.scenario')?.querySelector('h3').textContent ?? at.id";
            page.evaluate(script, &Value::Null).await.unwrap()
        };
        // The verdicts are links; after them come the slowest scenarios, the timeline and the search.
        for _ in 0..5 {
            page.press(TAB).await.unwrap();
        }
        assert_eq!(focused(page).await, json!("words"));
        page.press("440").await.unwrap();
        assert_eq!(shown(page).await, ["Case 440"]);
        for _ in 0..3 {
            page.press(TAB).await.unwrap();
        }
        assert_eq!(focused(page).await, json!("Case 440"));
        page.press(ENTER).await.unwrap();
        let open = page
            .evaluate("return document.activeElement.closest('details').open", &Value::Null)
            .await;
        assert_eq!(open.unwrap(), json!(true));
    });
}

#[test]
fn axe_finds_nothing_grave_in_the_report() {
    for window in [(360, 800), (1280, 800)] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(page::FILE);
        write(&record(60), &file);
        with_window(window, Duration::from_secs(30), async |page| {
            page.open(&format!("file://{}", file.display())).await.unwrap();
            assert_eq!(axe::grave(page).await, [""; 0]);
        });
    }
}
