//! A run that is made up: every verdict, and feature files with everything that Gherkin knows.

use std::path::Path;
use std::time::{Duration, SystemTime};

use docent::report;
use docent::suite::plan::select::Selection;
use docent::suite::plan::{Plan, plan};
use docent::suite::record::Record;
use docent::suite::record::event::{
    AttemptFailure, AttemptOutcome, Event, EventKind, Evidence, EvidenceKind, PhaseDurations,
};

/// Scenarios of which each comes to something else.
const VERDICTS: &str = r#"
Feature: Verdicts
  Scenario: Passes at once
    Given I open "/"

  Scenario: Fails and passes
    Given I open "/"
    When I click the button "Pair" in the widget "Annual Contributions"
    Then I am at "/pairing"

  Scenario: Fails for good
    Given I open "/"
    When I click the button "Pair" in the widget "Annual Contributions"
    Then I am at "/pairing"

  Scenario: Can not begin
    Given I open "/"

  @skip
  Scenario: Is skipped
    Given I open "/"

  @quarantine:qa:2026-07-01
  Scenario: Passes but is overdue
    Given I open "/"

  @quarantine:qa:2026-12-31
  Scenario: Is in quarantine
    Given I open "/"
    When I click the button "Pair" in the widget "Annual Contributions"
    Then I am at "/pairing"

  Scenario: Is interrupted
    Given I open "/"
    Then I am at "/"

  Scenario: Is not reached
    Given I open "/"
"#;

/// Writes all reports of the run into a folder.
pub fn report_into(folder: &Path) {
    let gherkin = "tests/kit/gherkin".into();
    let verdicts = folder.join("verdicts.feature");
    std::fs::write(&verdicts, VERDICTS).unwrap();
    let plan = plan(&Selection {
        paths: vec![verdicts, gherkin],
        ..Selection::default()
    })
    .unwrap_or_else(|error| panic!("{error}"));
    report::write(&played(&plan, folder), folder, &report::ReportKind::all()).unwrap();
}

/// Plays by heart: what is named above, and everything else passes.
fn played(plan: &Plan, folder: &Path) -> Record {
    let mut record = Record::begin(plan, "defined".to_owned(), None);
    record.environments = vec![serde_json::from_str(include_str!("environment.json")).unwrap()];
    let mut at = SystemTime::now();
    for (id, scenario) in plan.scenarios.iter().enumerate() {
        let steps = scenario.steps.len();
        let mut attempt = |number, passing, begun, outcome| {
            let mut tell = |kind| {
                at += Duration::from_millis(10);
                record.on_event(&Event { id, at, kind });
            };
            tell(EventKind::Started {
                attempt: number,
                worker: id % 2,
            });
            for step in 0..begun {
                tell(EventKind::StepStarted { step });
                if step < passing {
                    tell(EventKind::StepPassed { step, remark: None });
                }
            }
            let durations = PhaseDurations {
                steps: Duration::from_millis(30),
                ..PhaseDurations::default()
            };
            tell(EventKind::Finished { outcome, durations });
        };
        match scenario.name.as_str() {
            "Fails and passes" => {
                attempt(1, 1, 2, failed(folder));
                attempt(2, steps, steps, AttemptOutcome::Passed);
            }
            "Fails for good" | "Is in quarantine" => attempt(1, 1, 2, failed(folder)),
            "Can not begin" => attempt(
                1,
                0,
                0,
                AttemptOutcome::Failed(AttemptFailure {
                    message: "the browser did not start".into(),
                    ..AttemptFailure::default()
                }),
            ),
            "Is interrupted" => attempt(1, 0, 1, AttemptOutcome::Interrupted),
            "Is skipped" | "Is not reached" => {}
            _ => attempt(1, steps, steps, AttemptOutcome::Passed),
        }
    }
    let today = jiff::civil::date(2026, 7, 2);
    record.end(Duration::from_secs(3), None, Vec::new(), today);
    record
}

/// A failure of the second step with all kinds of evidence, of which one was removed.
fn failed(folder: &Path) -> AttemptOutcome {
    let kept = |kind, step, name: &str, bytes: &[u8]| {
        std::fs::write(folder.join(name), bytes).unwrap();
        Evidence {
            kind,
            step,
            path: name.into(),
        }
    };
    let picture = include_bytes!("../../screenshots/pairing/en/click-the-button-login.png").as_slice();
    let evidence = vec![
        kept(EvidenceKind::Picture, Some(0), "step-01.png", picture),
        kept(EvidenceKind::Picture, None, "page.png", picture),
        kept(EvidenceKind::Source, None, "page.html.txt", b"<p>Source & page</p>"),
        kept(EvidenceKind::Console, None, "console.txt", b"warning: hot"),
        kept(EvidenceKind::Network, None, "network.txt", b"GET /pairing 500"),
        Evidence {
            kind: EvidenceKind::RequestLog,
            step: None,
            path: "gone.txt".into(),
        },
    ];
    AttemptOutcome::Failed(AttemptFailure {
        step: Some(1),
        message: "there is no button \"Pair\"; the nearest is the button \"Pear\"".into(),
        code: Some("src/steps/click.rs:18".into()),
        evidence,
        ..AttemptFailure::default()
    })
}
