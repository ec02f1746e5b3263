//! Records to draw reports from, in tests.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::date;

use crate::suite::plan::Plan;
use crate::suite::plan::quarantine::Quarantine;
use crate::suite::record::environment::Environment;
use crate::suite::record::event::{AttemptFailure, AttemptOutcome, PhaseDurations};
use crate::suite::record::{Attempt, Record, ScenarioRecord, StepText, StepTime, Verdict};

/// What a hostile page or feature might have put wherever text goes, in any format.
pub(crate) const HOSTILE: &str = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;]]>--><!--\u{0}\u{1b}[31m\u{fffe}\u{202e}\n::error::100%\r| `x` **y**";

/// An attempt at three steps that all began.
pub(crate) fn attempt(number: usize, outcome: AttemptOutcome) -> Attempt {
    let step = StepTime {
        began: Timestamp::UNIX_EPOCH,
        took: Duration::from_millis(120),
    };
    Attempt {
        number,
        worker: 0,
        began: Timestamp::UNIX_EPOCH,
        steps: vec![step; 3],
        outcome,
        durations: PhaseDurations {
            steps: Duration::from_millis(1500),
            ..PhaseDurations::default()
        },
        attachments: Vec::new(),
    }
}

/// An attempt that failed at the second of three steps.
pub(crate) fn failed(number: usize) -> Attempt {
    let failure = AttemptFailure {
        step: Some(1),
        message: "there is no button \"Pair\"\n  the nearest is \"Repair\"".into(),
        code: Some("src/steps/click.rs:14".into()),
        ..AttemptFailure::default()
    };
    let mut attempt = attempt(number, AttemptOutcome::Failed(failure));
    attempt.steps.truncate(2);
    attempt
}

/// A scenario of three steps at `features/pairing.feature:10`.
pub(crate) fn scenario(name: &str, verdict: Verdict, attempts: Vec<Attempt>) -> ScenarioRecord {
    let step = |(text, line): (&str, usize)| StepText {
        text: text.into(),
        line,
        matched: None,
    };
    let steps = [
        ("Given I open \"/dashboard\"", 12),
        ("When I click the button \"Pair\"", 13),
        ("Then I see \"Paired\"", 14),
    ];
    ScenarioRecord {
        path: "features/pairing.feature".into(),
        line: 10,
        key: format!("features/pairing.feature > {name}"),
        content: String::new(),
        is_lost: false,
        feature: "Pairing".to_owned(),
        rule: Some("One Office".to_owned()),
        name: name.to_owned(),
        tags: vec!["smoke".to_owned()],
        quarantine: (verdict == Verdict::Quarantined).then(|| Quarantine {
            owner: "amara".to_owned(),
            until: date(2027, 1, 31),
        }),
        steps: steps.into_iter().map(step).collect(),
        repeats: None,
        attempts,
        verdict,
        expired_quarantine: None,
        earlier: None,
        scenes: Vec::new(),
    }
}

/// A run of these.
pub(crate) fn record(scenarios: Vec<ScenarioRecord>) -> Record {
    Record {
        version: "0.1.0".to_owned(),
        began: Timestamp::UNIX_EPOCH,
        took: Duration::from_secs(12),
        scenarios,
        ..Record::begin(&Plan::default(), "defined".to_owned(), None)
    }
}

/// Where a job of GitHub Actions plays; the tests of the kit have it from the same file.
pub(crate) fn environment() -> Environment {
    serde_json::from_str(include_str!("../../../tests/kit/environment.json")).unwrap()
}

/// A run with one scenario of every verdict.
pub(crate) fn every_verdict() -> Record {
    let passed = |number| attempt(number, AttemptOutcome::Passed);
    record(vec![
        scenario("Passes", Verdict::Passed, vec![passed(1)]),
        scenario("Fails twice", Verdict::Failed, vec![failed(1), failed(2)]),
        scenario("Passes at last", Verdict::Flaky, vec![failed(1), passed(2)]),
        scenario("Known", Verdict::Quarantined, vec![failed(1)]),
        scenario(
            "Stopped",
            Verdict::Interrupted,
            vec![attempt(1, AttemptOutcome::Interrupted)],
        ),
        scenario("Never begun", Verdict::NotPlayed, Vec::new()),
        scenario("Left out", Verdict::Skipped, Vec::new()),
    ])
}
