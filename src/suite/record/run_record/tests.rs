use std::time::SystemTime;

use jiff::civil::date;

use super::*;
use crate::suite::plan::quarantine::Quarantine;
use crate::suite::record::event::{Attachment, AttemptFailure, PhaseDurations};

const TODAY: Date = date(2026, 7, 2);

fn scenario(attempts: &[AttemptOutcome], quarantine: Option<Date>) -> ScenarioRecord {
    let attempt = |outcome: &AttemptOutcome| Attempt {
        number: 1,
        worker: 0,
        began: Timestamp::UNIX_EPOCH,
        steps: Vec::new(),
        outcome: outcome.clone(),
        durations: PhaseDurations::default(),
        attachments: Vec::new(),
    };
    ScenarioRecord {
        path: "a.feature".into(),
        line: 2,
        key: "a.feature > B".to_owned(),
        content: String::new(),
        is_lost: false,
        feature: "A".to_owned(),
        rule: None,
        name: "B".to_owned(),
        tags: Vec::new(),
        quarantine: quarantine.map(|until| Quarantine {
            owner: "qa".to_owned(),
            until,
        }),
        steps: Vec::new(),
        repeats: None,
        attempts: attempts.iter().map(attempt).collect(),
        verdict: Verdict::NotPlayed,
        expired_quarantine: None,
        earlier: None,
        scenes: Vec::new(),
    }
}

fn judged(attempts: &[AttemptOutcome], quarantine: Option<Date>, signal: Option<i32>) -> Verdict {
    let mut record = record(vec![scenario(attempts, quarantine)]);
    record.end(Duration::ZERO, signal, Vec::new(), TODAY);
    record.scenarios[0].verdict
}

fn record(scenarios: Vec<ScenarioRecord>) -> Record {
    Record {
        scenarios,
        ..Record::begin(&Plan::default(), String::new(), None)
    }
}

#[test]
fn the_password_of_a_portal_is_not_kept() {
    let portal = "https://me:s3cret@portal.example/a";
    let record = Record::begin(&Plan::default(), String::new(), Some(portal));
    assert_eq!(record.base_url.as_deref(), Some("https://portal.example/a"));
}

#[test]
fn a_verdict_takes_all_attempts_together() {
    let passed = AttemptOutcome::Passed;
    let failed = AttemptOutcome::Failed(AttemptFailure::default());
    let later = Some(date(2026, 7, 2));
    let earlier = Some(date(2026, 7, 1));
    for (attempts, quarantine, signal, verdict) in [
        (vec![passed.clone()], None, None, Verdict::Passed),
        (vec![failed.clone()], None, None, Verdict::Failed),
        (vec![failed.clone(), passed.clone()], None, None, Verdict::Flaky),
        (vec![failed.clone(), failed.clone()], None, None, Verdict::Failed),
        (vec![failed.clone()], later, None, Verdict::Quarantined),
        (vec![passed.clone()], later, None, Verdict::Passed),
        (vec![passed.clone()], earlier, None, Verdict::Failed),
        (vec![failed.clone()], earlier, None, Verdict::Failed),
        (vec![AttemptOutcome::Interrupted], None, Some(2), Verdict::Interrupted),
        (
            vec![failed, AttemptOutcome::Interrupted],
            None,
            Some(2),
            Verdict::Interrupted,
        ),
        (vec![], None, Some(2), Verdict::NotPlayed),
        (vec![], None, None, Verdict::NotPlayed),
    ] {
        assert_eq!(
            judged(&attempts, quarantine, signal),
            verdict,
            "{attempts:?} {quarantine:?} {signal:?}"
        );
    }
}

#[test]
fn what_was_not_repeated_as_often_as_asked_has_not_passed() {
    let passed = [AttemptOutcome::Passed, AttemptOutcome::Passed];
    for (repeats, verdict) in [(2, Verdict::Passed), (3, Verdict::Interrupted)] {
        let mut record = record(vec![scenario(&passed, None)]);
        record.repeat_each(repeats);
        record.end(Duration::ZERO, None, Vec::new(), TODAY);
        assert_eq!(record.scenarios[0].verdict, verdict, "{repeats}");
        let open = (verdict == Verdict::Interrupted).then_some(repeats);
        assert_eq!(record.repeats_of_open(), open, "a rerun repeats as often");
    }
}

#[test]
fn what_is_flaky_fails_where_that_is_asked_for_unless_it_is_in_quarantine() {
    let attempts = [
        AttemptOutcome::Failed(AttemptFailure::default()),
        AttemptOutcome::Passed,
    ];
    let mut flaky = record(vec![
        scenario(&attempts, None),
        scenario(&attempts, Some(date(2026, 7, 2))),
    ]);
    flaky.end(Duration::ZERO, None, Vec::new(), TODAY);
    assert_eq!(flaky.count(Verdict::Flaky), 2);
    assert!(!flaky.has_failed());
    flaky.fails_on_flaky = true;
    assert_eq!((flaky.failing_as_flaky(), flaky.has_failed()), (1, true));
    flaky.scenarios.remove(0);
    assert_eq!((flaky.failing_as_flaky(), flaky.has_failed()), (0, false));
}

#[test]
fn steps_are_timed_from_their_beginning_to_their_end_and_keep_what_they_attach() {
    let at = |ms: u64| SystemTime::UNIX_EPOCH + Duration::from_millis(ms);
    let mut record = record(vec![scenario(&[], None)]);
    let attachment = Attachment {
        step: 1,
        name: "order.json".into(),
        media_type: "application/json".to_owned(),
        path: "evidence/a/order.json".into(),
    };
    for (ms, kind) in [
        (0, EventKind::Started { attempt: 1, worker: 3 }),
        (5, EventKind::StepStarted { step: 0 }),
        (12, EventKind::StepPassed { step: 0, remark: None }),
        (12, EventKind::StepStarted { step: 1 }),
        (15, EventKind::FileAttached(attachment.clone())),
        (20, EventKind::StepFailed { step: 1 }),
    ] {
        record.on_event(&Event {
            id: 0,
            at: at(ms),
            kind,
        });
    }
    let attempt = &record.scenarios[0].attempts[0];
    assert_eq!((attempt.number, attempt.worker), (1, 3));
    let took: Vec<_> = attempt.steps.iter().map(|step| step.took.as_millis()).collect();
    assert_eq!(took, [7, 8]);
    assert_eq!(attempt.attachments, [attachment]);
    assert!(record.artifacts().eq([Path::new("evidence/a/order.json")]));
}

#[test]
fn a_record_survives_being_written_down() {
    let failed = AttemptOutcome::Failed(AttemptFailure {
        message: "it \u{1b}[31mfell".into(),
        ..AttemptFailure::default()
    });
    let mut record = record(vec![scenario(&[failed], Some(TODAY))]);
    record.end(
        Duration::from_millis(1500),
        None,
        vec!["unattributed_panics".into()],
        TODAY,
    );
    let text = serde_json::to_string(&record).unwrap();
    assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), record);
}
