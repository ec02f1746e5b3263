//! A run that is under way or was killed leaves a record of what it played, and no result of an earlier run; a rerun completes it.

use std::io::Read;
use std::sync::mpsc::{Receiver, channel};

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use docent::suite::record::history;
use docent::suite::record::{Record, Verdict};
use nix::sys::signal::Signal;

use super::support::{Kit, PATIENCE, serve};

const PASSES: &str = "Feature: A\n  Scenario: Passes\n    Given I open \"/\"\n";
const KILLED: &str = "Feature: A
  Scenario: Passes
    Given I open \"/\"
  Scenario: Fails
    Given I open \"/\"
    Then I see the link \"There\"
  Scenario: Hangs
    Given I open \"/hangs\"
  Scenario: Comes later
    Given I open \"/\"
";
const REPORTS: [&str; 4] = ["index.html", "junit.xml", "messages.ndjson", "ctrf.json"];

/// A site that says when its page "/hangs" is asked for, and never answers then.
fn site() -> (mock_portal::Portal, Receiver<()>) {
    let (sender, receiver) = channel();
    let page = get(async || Html("<!doctype html><html lang=en><title>Here</title><a href=/>Here</a></html>"));
    let hangs = get(move || {
        // The test may have ended.
        let _ = sender.send(());
        std::future::pending::<()>()
    });
    (serve(Router::new().route("/", page).route("/hangs", hangs)), receiver)
}

fn arguments(url: &str) -> [&str; 10] {
    let [run, feature, one] = ["run", "test.feature", "1"];
    [
        run,
        feature,
        "--workers",
        one,
        "--wait",
        one,
        "--step-timeout",
        "200",
        "--base-url",
        url,
    ]
}

/// Plays a suite that passes, and then kills a run of another one in its third scenario.
fn killed(url: &str, hangs: &Receiver<()>) -> Kit {
    let kit = Kit::with_feature(PASSES);
    let passed = kit.play(&arguments(url));
    assert_eq!(passed.code, Some(0), "{passed:#?}");
    kit.write("test.feature", KILLED);
    let playing = kit.start(&arguments(url));
    hangs.recv_timeout(PATIENCE).unwrap();
    playing.signal(Signal::SIGKILL);
    assert_eq!(playing.wait().code, None);
    kit
}

fn record(kit: &Kit) -> Record {
    history::load(&kit.folder.path().join("reports")).unwrap()
}

fn verdicts(kit: &Kit) -> Vec<(String, Verdict)> {
    let scenarios = record(kit).scenarios.into_iter();
    scenarios.map(|one| (one.name, one.verdict)).collect()
}

fn expected<const N: usize>(verdicts: [(&str, Verdict); N]) -> Vec<(String, Verdict)> {
    verdicts.map(|(name, verdict)| (name.to_owned(), verdict)).into()
}

#[test]
fn a_killed_run_leaves_no_older_result_and_a_record_of_what_it_played() {
    let (site, hangs) = site();
    let kit = killed(site.url(), &hangs);
    for report in REPORTS {
        let text = kit.read(&format!("reports/{report}"));
        assert!(text.contains("the run is unfinished"), "{report}: {text}");
        assert!(!text.contains("Passes"), "{report}: {text}");
    }
    let known = expected([
        ("Passes", Verdict::Passed),
        ("Fails", Verdict::Failed),
        ("Hangs", Verdict::Interrupted),
        ("Comes later", Verdict::NotPlayed),
    ]);
    assert_eq!(verdicts(&kit), known);

    let merged = kit.play(&["merge", "reports"]);
    assert_eq!(merged.code, Some(1), "{merged:#?}");
    merged.must_tell(&[
        "unfinished: the run was killed",
        "1 passed, 1 not played, 1 interrupted, 1 failed",
    ]);
    assert_eq!(verdicts(&kit), known);
    let page = kit.read("reports/index.html");
    assert!(page.contains("1 of 4 scenarios failed; unfinished"), "{page}");
    let failure = record(&kit).scenarios[1].attempts[0].clone();
    let docent::suite::record::event::AttemptOutcome::Failed(failure) = failure.outcome else {
        panic!("it failed");
    };
    assert!(!failure.evidence.is_empty());
    for evidence in &failure.evidence {
        assert!(kit.has(&format!("reports/{}", evidence.path.display())), "{evidence:?}");
    }
}

#[test]
fn a_killed_run_with_nothing_but_passes_is_not_green() {
    let (site, hangs) = site();
    let kit = Kit::with_feature(
        "Feature: A\n  Scenario: Passes\n    Given I open \"/\"\n  Scenario: Hangs\n    Given I open \"/hangs\"\n",
    );
    let playing = kit.start(&arguments(site.url()));
    hangs.recv_timeout(PATIENCE).unwrap();
    playing.signal(Signal::SIGKILL);
    playing.wait();
    let merged = kit.play(&["merge", "reports"]);
    assert_eq!(merged.code, Some(1), "{merged:#?}");
    assert!(kit.read("reports/junit.xml").contains("<error"));
}

#[test]
fn after_a_killed_run_rerun_plays_what_failed_and_what_was_never_played() {
    let (site, hangs) = site();
    let kit = killed(site.url(), &hangs);
    let listed = kit.play(&["run", "test.feature", "--rerun", "--dry-run"]);
    listed.must_tell(&["Fails", "Hangs", "Comes later", "3 scenarios"]);

    let name = |pattern| [&arguments(site.url())[..], &["--rerun", "--name", pattern]].concat();
    let again = kit.play(&name("later"));
    assert_eq!(again.code, Some(1), "the others are still open: {again:#?}");
    again.must_tell(&["including the previous run: 2 passed, 1 interrupted, 1 failed"]);
    let known = expected([
        ("Passes", Verdict::Passed),
        ("Fails", Verdict::Failed),
        ("Hangs", Verdict::Interrupted),
        ("Comes later", Verdict::Passed),
    ]);
    assert_eq!(verdicts(&kit), known);
    let evidence: Vec<_> = record(&kit).artifacts().map(std::path::Path::to_owned).collect();
    assert!(!evidence.is_empty(), "of what failed before");
    for path in evidence {
        assert!(kit.has(&format!("reports/{}", path.display())), "{path:?}");
    }

    // The same names, in other places, and now they all pass.
    kit.write(
        "test.feature",
        &KILLED.replace("/hangs", "/").replace("\"There\"", "\"Here\"\n"),
    );
    let mended = kit.play(&[&arguments(site.url())[..], &["--rerun"]].concat());
    assert_eq!(mended.code, Some(0), "{mended:#?}");
    mended.must_tell(&["including the previous run: 4 passed"]);
    let page = kit.read("reports/index.html");
    assert!(
        page.contains("All 4 scenarios passed") && page.contains("Reruns"),
        "{page}"
    );
    assert!(kit.read("reports/messages.ndjson").contains("\"success\":true"));
    assert_eq!(kit.files("reports/evidence"), [""; 0], "all have passed");
}

#[test]
fn a_second_run_into_the_same_folder_is_refused_and_changes_nothing() {
    let (site, hangs) = site();
    let kit = Kit::with_feature("Feature: A\n  Scenario: Hangs\n    Given I open \"/hangs\"\n");
    let playing = kit.start(&arguments(site.url()));
    hangs.recv_timeout(PATIENCE).unwrap();
    let log = kit.read("reports/unfinished.ndjson");
    for second in [&arguments(site.url())[..], &["merge", "reports"]] {
        let refused = kit.play(second);
        assert_eq!(refused.code, Some(3), "{refused:#?}");
        refused.must_tell(&["another run is writing its reports to reports", "--reports"]);
    }
    let merged = kit.play(&["merge", "reports", "--out", "elsewhere"]);
    assert_eq!(merged.code, Some(3), "{merged:#?}");
    merged.must_tell(&["another run is writing its reports to reports"]);
    assert_eq!(kit.read("reports/unfinished.ndjson"), log);
    playing.signal(Signal::SIGKILL);
    playing.wait();
}

#[test]
fn shards_that_can_not_be_joined_leave_no_older_result() {
    let (site, _hangs) = site();
    let kit = Kit::with_feature(PASSES);
    kit.play(&arguments(site.url()));
    let page = kit.read("reports/index.html");
    let misspelt = kit.play(&["merge", "nowhere"]);
    assert_eq!(misspelt.code, Some(2), "{misspelt:#?}");
    assert_eq!(kit.read("reports/index.html"), page, "that of a run is no merge's");
    assert_eq!(verdicts(&kit), expected([("Passes", Verdict::Passed)]));
    assert_eq!(kit.play(&["merge", "reports"]).code, Some(0));
    let into_one = kit.play(&["merge", "reports", "nowhere"]);
    into_one.must_tell(&["reports is one of the shards"]);
    let merged = kit.play(&["merge", "nowhere"]);
    assert_eq!(merged.code, Some(2), "{merged:#?}");
    for report in REPORTS {
        let text = kit.read(&format!("reports/{report}"));
        assert!(
            text.contains("the run is unfinished: there is no run in nowhere"),
            "{report}: {text}"
        );
    }
}

#[test]
fn the_signal_that_ended_a_shard_is_not_that_of_its_merge() {
    let mut record = super::report_page::record(1);
    record.signal = Some(15);
    let kit = Kit::with_feature(PASSES);
    history::save(&kit.folder.path().join("shard"), &record).unwrap();
    let merged = kit.play(&["merge", "shard"]);
    assert_eq!(merged.code, Some(1), "{merged:#?}");
    assert!(kit.read("reports/index.html").contains("Interrupted by signal 15"));
}

/// A reader that reads no more holds up what is told, but no report.
#[test]
fn reports_are_written_before_a_reader_is_told() {
    let mut record = super::report_page::record(2_000);
    for scenario in &mut record.scenarios {
        // More than a pipe takes.
        scenario.name = "x".repeat(1_000);
    }
    let kit = Kit::with_feature(PASSES);
    history::save(&kit.folder.path().join("shard"), &record).unwrap();
    let mut merging = kit.start(&["merge", "shard"]);
    let mut message = merging.0.stdout.take().unwrap();
    message.read_exact(&mut [0]).unwrap();
    for report in REPORTS {
        let text = kit.read(&format!("reports/{report}"));
        assert!(!text.contains("the run is unfinished"), "{report}");
    }
    assert_eq!(verdicts(&kit).len(), 2_000);
    merging.0.kill().unwrap();
    merging.0.wait().unwrap();
}

#[test]
fn a_run_without_a_browser_leaves_no_older_result() {
    let (site, _hangs) = site();
    let kit = Kit::with_feature(PASSES);
    kit.play(&arguments(site.url()));
    let broken = kit.play(&[&arguments(site.url())[..], &["--driver", "/nowhere"]].concat());
    assert_eq!(broken.code, Some(3), "{broken:#?}");
    for report in REPORTS {
        let text = kit.read(&format!("reports/{report}"));
        assert!(text.contains("the run is unfinished"), "{report}: {text}");
        assert!(
            text.contains("/nowhere") && !text.contains("killed"),
            "{report}: {text}"
        );
    }
    assert_eq!(verdicts(&kit), expected([("Passes", Verdict::NotPlayed)]));
    let merged = kit.play(&["merge", "reports"]);
    assert_eq!(merged.code, Some(1), "{merged:#?}");
    merged.must_tell(&["/nowhere"]);
}
