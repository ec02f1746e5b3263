//! What `docent run` does with scenarios that fail now and then, ask to be played alone, are known to fail, or are many.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use docent::browser::Driver;
use docent::suite::record::event::{AttemptOutcome, EvidenceKind};
use docent::suite::record::{Record, ScenarioRecord, Verdict};
use nix::sys::signal::Signal;

use super::support::{Ended, Kit, PATIENCE, browser, doorbell, doorbell_at, must_end, serve, waiting_run};

fn record(kit: &Kit) -> Record {
    serde_json::from_str(&kit.read("reports/run.json")).unwrap()
}

fn verdicts(kit: &Kit) -> Vec<(String, Verdict)> {
    record(kit)
        .scenarios
        .into_iter()
        .map(|one| (one.name, one.verdict))
        .collect()
}

fn expected(verdicts: &[(&str, Verdict)]) -> Vec<(String, Verdict)> {
    verdicts
        .iter()
        .map(|(name, verdict)| ((*name).to_owned(), *verdict))
        .collect()
}

/// A site whose page "/flaky" says "Well" only from the second time on, and always links "Here".
pub fn flaky_site() -> mock_portal::Portal {
    let asked = std::sync::Arc::new(AtomicUsize::new(0));
    let page = |word: &str| {
        Html(format!(
            "<!doctype html><html lang=en><title>{word}</title><a href=/>{word}</a></html>"
        ))
    };
    let flaky = get(async move || {
        page(if asked.fetch_add(1, Ordering::SeqCst) == 0 {
            "Ill"
        } else {
            "Well"
        })
    });
    serve(
        Router::new()
            .route("/", get(async move || page("Here")))
            .route("/flaky", flaky),
    )
}

pub const MIXED: &str = "Feature: Mixed
  Scenario: Passes
    Given I open \"/\"
    Then I see the link \"Here\"
  Scenario: Flaky
    Given I open \"/flaky\"
    Then I see the link \"Well\"
  Scenario: Fails
    Given I open \"/\"
    Then I see the link \"There\"
  @quarantine:qa:2999-12-31
  Scenario: Known
    Given I open \"/\"
    Then I see the link \"There\"
  @quarantine:qa:2020-12-31
  Scenario: Expired
    Given I open \"/\"
    Then I see the link \"Here\"
  @skip
  Scenario: Skipped
    Given I open \"/\"
";

fn run(kit: &Kit, url: &str, more: &[&str]) -> Ended {
    let arguments = ["run", "test.feature", "--wait", "2", "--scale", "1", "--base-url", url];
    kit.play(&[&arguments, more].concat())
}

#[test]
fn every_way_to_end_is_a_class_of_its_own_and_rerun_plays_what_is_open() {
    let kit = Kit::with_feature(MIXED);
    let site = flaky_site();
    let ended = run(&kit, site.url(), &["--retries", "1"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&[
        "1 passed, 1 skipped, 1 quarantined, 1 flaky, 2 failed",
        "flaky Flaky (test.feature:5), attempt 2",
        "quarantine expired on 2020-12-31 (UTC; owner: qa)",
    ]);
    let all = expected(&[
        ("Passes", Verdict::Passed),
        ("Flaky", Verdict::Flaky),
        ("Fails", Verdict::Failed),
        ("Known", Verdict::Quarantined),
        ("Expired", Verdict::Failed),
        ("Skipped", Verdict::Skipped),
    ]);
    assert_eq!(verdicts(&kit), all);
    let flaky = &record(&kit).scenarios[1];
    assert_eq!(flaky.attempts.len(), 2);
    assert!(
        matches!(&flaky.attempts[0].outcome, AttemptOutcome::Failed(failure) if failure.message.contains("\"Well\""))
    );
    kit.must_leave_nothing();

    let again = run(&kit, site.url(), &["--rerun"]);
    assert_eq!(again.code, Some(1), "{again:#?}");
    assert_eq!(verdicts(&kit), all, "what is not played again stays");
}

/// A feature with an outline of these rows: pages, and links that are to be there.
fn rows(rows: &[(&str, &str)]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|(page, link)| format!("      | {page} | {link} |\n"))
        .collect();
    let rows = rows.concat();
    format!(
        "Feature: A\n  Scenario Outline: Page\n    Given I open \"<page>\"\n    Then I see the link \"<link>\"\n    Examples:\n      | page | link |\n{rows}"
    )
}

#[test]
fn a_rerun_plays_what_failed_wherever_it_is_now_or_stays_red() {
    let kit = Kit::with_feature(&rows(&[("/?1", "There"), ("/?2", "Here"), ("/?3", "There")]));
    let site = flaky_site();
    assert_eq!(run(&kit, site.url(), &[]).code, Some(1));
    // A row more above, and one that is mended.
    kit.write(
        "test.feature",
        &rows(&[("/?0", "Here"), ("/?1", "There"), ("/?2", "Here"), ("/?3", "Here")]),
    );
    let moved = run(&kit, site.url(), &["--rerun"]);
    assert_eq!(moved.code, Some(1), "{moved:#?}");
    let verdicts_of = |kit: &Kit| {
        let scenarios = record(kit).scenarios.into_iter();
        scenarios
            .map(|one| (one.steps[0].text.to_string(), one.verdict))
            .collect::<Vec<_>>()
    };
    let opened = |verdicts: &[(&str, Verdict)]| {
        let step = |(page, verdict): &(&str, Verdict)| (format!("Given I open \"{page}\""), *verdict);
        verdicts.iter().map(step).collect::<Vec<_>>()
    };
    // The new row may be the one that was mended, so it runs, too.
    let known = [
        ("/?0", Verdict::Passed),
        ("/?1", Verdict::Failed),
        ("/?2", Verdict::Passed),
        ("/?3", Verdict::Passed),
    ];
    assert_eq!(verdicts_of(&kit), opened(&known));
    // The row that fails is gone: nothing can be played in its place.
    kit.write("test.feature", &rows(&[("/?0", "Here"), ("/?2", "Here")]));
    let gone = run(&kit, site.url(), &["--rerun"]);
    assert_eq!(gone.code, Some(2), "{gone:#?}");
    gone.must_tell(&["test.feature > Page #2: no longer there", "without --rerun"]);
    assert_eq!(verdicts_of(&kit), opened(&known), "the record stays as it was");
}

#[test]
fn a_rerun_keeps_the_run_red_for_what_is_gone_and_names_it_in_every_report() {
    let scenario = |name: &str, link: &str| {
        format!("  Scenario: {name}\n    Given I open \"/?{link}\"\n    Then I see the link \"{link}\"\n")
    };
    let kit = Kit::with_feature(&format!(
        "Feature: A\n{}{}",
        scenario("One", "There"),
        scenario("Two", "Nowhere")
    ));
    let site = flaky_site();
    assert_eq!(run(&kit, site.url(), &[]).code, Some(1));
    kit.write("test.feature", &format!("Feature: A\n{}", scenario("One", "Here")));
    let ended = run(&kit, site.url(), &["--rerun"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&["1 passed, 1 failed", "test.feature > Two: no longer there"]);
    assert_eq!(
        verdicts(&kit),
        expected(&[("One", Verdict::Passed), ("Two", Verdict::Failed)])
    );
    for report in ["index.html", "junit.xml", "ctrf.json"] {
        assert!(kit.read(&format!("reports/{report}")).contains("Two"), "{report}");
    }
    assert!(kit.read("reports/messages.ndjson").contains("\"success\":false"));
}

#[test]
fn a_rerun_plays_what_failed_the_run_as_flaky_and_keeps_failing_for_it() {
    let kit = Kit::with_feature(MIXED.split("  Scenario: Fails").next().unwrap());
    let site = flaky_site();
    let first = run(&kit, site.url(), &["--retries", "1", "--fail-on-flaky"]);
    assert_eq!(first.code, Some(1), "{first:#?}");
    let again = run(&kit, site.url(), &["--rerun", "--format", "json"]);
    assert_eq!(again.code, Some(0), "{again:#?}");
    assert_eq!(
        verdicts(&kit),
        expected(&[("Passes", Verdict::Passed), ("Flaky", Verdict::Passed)])
    );
    assert!(record(&kit).fails_on_flaky);
    let started = again.out.lines().next().unwrap();
    let first_began = record(&kit).began.to_string();
    assert!(
        started.contains("run-started") && !started.contains(&first_began),
        "{started}"
    );
    let nothing = run(&kit, site.url(), &["--rerun"]);
    assert_eq!(nothing.code, Some(2), "{nothing:#?}");
    nothing.must_tell(&["nothing to play again"]);
}

#[test]
fn a_flaky_scenario_fails_the_run_where_that_is_asked_for() {
    let feature = |retries: &str| {
        format!("Feature: A\n  {retries}\n  Scenario: B\n    Given I open \"/\"\n    Then I see the link \"Well\"\n")
    };
    for (flags, code) in [(["--trace", "retries"].as_slice(), 0), (&["--fail-on-flaky"], 1)] {
        let asked = AtomicUsize::new(0);
        let page = move || {
            let word = if asked.fetch_add(1, Ordering::SeqCst) == 0 {
                "Ill"
            } else {
                "Well"
            };
            let page = Html(format!("<!doctype html><title>{word}</title><a href=/>{word}</a>"));
            std::future::ready(page)
        };
        let page = std::sync::Arc::new(page);
        let site = serve(Router::new().route("/", get(move || page())));
        let kit = Kit::with_feature(&feature("@retries:2"));
        let ended = run(&kit, site.url(), flags);
        assert_eq!(ended.code, Some(code), "{ended:#?}");
        assert_eq!(verdicts(&kit), expected(&[("B", Verdict::Flaky)]));
        // What failed the run fails who joins its record with others.
        assert_eq!(kit.play(&["merge", "reports"]).code, Some(code));
    }
}

#[test]
fn a_retry_is_traced_step_by_step() {
    let kit = Kit::with_feature(
        "Feature: A\n  Scenario: B\n    Given I open \"/\"\n    And I see the link \"Here\"\n    And I see the link \"There\"\n",
    );
    run(&kit, flaky_site().url(), &["--retries", "1"]);
    let pictures = |attempt: usize| {
        let AttemptOutcome::Failed(failure) = &record(&kit).scenarios[0].attempts[attempt].outcome else {
            panic!("it fails");
        };
        let pictures = failure.evidence.iter().filter(|one| one.kind == EvidenceKind::Picture);
        pictures.map(|one| one.step).collect::<Vec<_>>()
    };
    assert_eq!(pictures(0), [None, Some(1)]);
    assert_eq!(pictures(1), [None, Some(0), Some(1)]);
}

#[test]
fn after_enough_failures_nothing_more_is_taken_up() {
    let scenario =
        |name: &str| format!("  Scenario: {name}\n    Given I open \"/\"\n    Then I see the link \"There\"\n");
    let kit = Kit::with_feature(&format!(
        "Feature: A\n{}{}{}",
        scenario("B"),
        scenario("C"),
        scenario("D")
    ));
    let site = flaky_site();
    let ended = run(&kit, site.url(), &["--workers", "1", "--fail-fast"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&["2 not played, 1 failed"]);
    run(&kit, site.url(), &["--workers", "1", "--max-failures", "2"]);
    assert_eq!(
        verdicts(&kit),
        expected(&[
            ("B", Verdict::Failed),
            ("C", Verdict::Failed),
            ("D", Verdict::NotPlayed)
        ])
    );
}

#[test]
fn a_quarantine_that_is_over_hides_nothing() {
    let scenario = |name: &str| {
        format!(
            "  @quarantine:qa:2020-12-31\n  Scenario: {name}\n    Given I open \"/\"\n    Then I see the link \"There\"\n"
        )
    };
    let kit = Kit::with_feature(&format!("Feature: A\n{}{}", scenario("B"), scenario("C")));
    let ended = run(&kit, flaky_site().url(), &["--workers", "1", "--fail-fast"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&["failed B (test.feature:3)"]);
    assert!(!ended.err.contains("in quarantine"), "{ended:#?}");
    assert_eq!(verdicts(&kit)[1].1, Verdict::NotPlayed, "the first failure counts");
}

#[test]
fn no_name_acts_on_the_terminal_or_on_a_reader() {
    let kit = Kit::with_feature(
        "Feature: A\n  Scenario: \u{1b}[2Jred\u{202e}\n    Given I open \"/\"\n    Then I see the link \"x\u{1b}]0;y\u{7}\u{2066}\"\n",
    );
    let site = flaky_site();
    let ended = run(&kit, site.url(), &[]);
    let dry = kit.play(&["run", "test.feature", "--dry-run"]);
    let misspelt =
        Kit::with_feature("Feature: A\n  Scenario: B\n    Given \u{1b}[2J\u{202e}\n").play(&["run", "test.feature"]);
    let listed = kit.play(&["run", "test.feature", "--list", "--format", "json"]).out;
    let scenario: serde_json::Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(scenario["name"], "\u{1b}[2Jred\u{202e}");
    assert!(!listed.contains(['\u{1b}', '\u{202e}']), "{listed:?}");
    for message in [&ended.out, &ended.err, &dry.out, &misspelt.err] {
        assert!(
            !message.contains(['\u{1b}', '\u{202e}', '\u{7}', '\u{2066}']),
            "{message:?}"
        );
        assert!(message.contains("\\u{1b}[2J"), "{message}");
    }
    let page = kit.read("reports/index.html");
    assert!(!page.contains(['\u{1b}', '\u{202e}', '\u{7}', '\u{2066}']));
    assert_eq!(
        verdicts(&kit)[0].0,
        "\u{1b}[2Jred\u{202e}",
        "other tools get the name as it is"
    );
}

#[test]
fn serial_scenarios_have_nothing_beside_them() {
    let scenario = |tag: &str, name: &str| {
        format!("  {tag}\n  Scenario: {name}\n    Given I open \"/\"\n    Then I see the link \"Here\"\n")
    };
    let kit = Kit::with_feature(&format!(
        "Feature: A\n{}{}{}{}",
        scenario("@serial", "Alone"),
        scenario("", "B"),
        scenario("", "C"),
        scenario("@serial", "Alone, too")
    ));
    let ended = run(&kit, flaky_site().url(), &["--workers", "3"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let record = record(&kit);
    let span = |scenario: &ScenarioRecord| {
        let attempt = &scenario.attempts[0];
        (attempt.began, attempt.began + attempt.durations.total())
    };
    for alone in record.scenarios.iter().filter(|one| one.tags == ["serial"]) {
        let (began, ended) = span(alone);
        for other in record.scenarios.iter().filter(|other| other.name != alone.name) {
            let (other_began, other_ended) = span(other);
            assert!(
                other_ended <= began || other_began >= ended,
                "{} beside {}",
                other.name,
                alone.name
            );
        }
    }
}

#[test]
fn shards_are_all_of_it_and_merge_into_one_report() {
    let scenario = |name: &str, link: &str| {
        format!("  Scenario: {name}\n    Given I open \"/\"\n    Then I see the link \"{link}\"\n")
    };
    let feature = format!(
        "Feature: A\n{}{}{}",
        scenario("B", "Here"),
        scenario("C", "There"),
        scenario("D", "Here")
    );
    let kit = Kit::with_feature(&feature);
    let site = flaky_site();
    let one = run(&kit, site.url(), &["--shard", "1/2", "--reports", "one"]);
    let two = run(&kit, site.url(), &["--shard", "2/2", "--reports", "two"]);
    assert_eq!(
        [one.code, two.code].iter().flatten().sum::<i32>(),
        1,
        "{one:#?} {two:#?}"
    );
    let merged = kit.play(&["merge", "one", "two"]);
    assert_eq!(merged.code, Some(1), "{merged:#?}");
    merged.must_tell(&["2 passed, 1 failed"]);
    let [here] = &record(&kit).environments[..] else {
        panic!(
            "both shards were played on one machine: {:?}",
            record(&kit).environments
        )
    };
    assert!(here.browsers.iter().all(|one| one.contains("chrom")) && !here.browsers.is_empty());
    let record = record(&kit);
    let names: Vec<_> = record.scenarios.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["B", "C", "D"]);
    let AttemptOutcome::Failed(failure) = &record.scenarios[1].attempts[0].outcome else {
        panic!("C fails");
    };
    for evidence in &failure.evidence {
        assert!(kit.has(&format!("reports/{}", evidence.path.display())), "{evidence:?}");
    }
    let twice = kit.play(&["merge", "one", "one"]);
    assert_eq!(twice.code, Some(2), "{twice:#?}");
    twice.must_tell(&["merge only shards of one run"]);
    let half = kit.play(&["merge", "one"]);
    assert_eq!(half.code, Some(2), "{half:#?}");
    half.must_tell(&["missing shards: 2/2"]);
    let into_one = kit.play(&["merge", "one", "two", "--out", "one"]);
    assert_eq!(into_one.code, Some(2), "{into_one:#?}");
    into_one.must_tell(&["one is one of the shards", "--out"]);
    let again = kit.play(&["merge", "one", "two"]);
    assert_eq!(again.code, Some(1), "the shards are as they were: {again:#?}");
    let other = run(
        &kit,
        site.url(),
        &["--shard", "2/2", "--name", "B|C", "--reports", "other"],
    );
    assert_eq!(other.code, Some(1), "{other:#?}");
    let mixed = kit.play(&["merge", "one", "other"]);
    assert_eq!(mixed.code, Some(2), "{mixed:#?}");
    let nothing = kit.play(&["merge", "nowhere"]);
    assert_eq!(nothing.code, Some(2), "{nothing:#?}");
    nothing.must_tell(&["there is no run in nowhere", "docent run --reports"]);
    assert!(!nothing.err.contains("--rerun"), "{nothing:#?}");
}

#[test]
fn a_shard_without_scenarios_is_a_shard() {
    let kit = Kit::with_feature(MIXED);
    let site = flaky_site();
    for (shard, folder) in [("1/2", "one"), ("2/2", "two")] {
        let flags = ["--name", "^Passes$", "--shard", shard, "--reports", folder];
        let ended = run(&kit, site.url(), &flags);
        assert_eq!(ended.code, Some(0), "{ended:#?}");
    }
    let merged = kit.play(&["merge", "one", "two"]);
    assert_eq!(merged.code, Some(0), "{merged:#?}");
    merged.must_tell(&["1 passed, 0 failed"]);
}

#[test]
fn a_rerun_repeats_as_often_as_the_run_that_it_repeats() {
    let kit = Kit::with_feature(
        "Feature: A\n  Scenario: Flaky\n    Given I open \"/flaky\"\n    Then I see the link \"Well\"\n",
    );
    let site = flaky_site();
    let ended = run(&kit, site.url(), &["--repeat-each", "2"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert!(kit.read("reports/ctrf.json").contains("passed in 1 of 2 attempts"));
    let again = run(&kit, site.url(), &["--rerun"]);
    assert_eq!(again.code, Some(0), "{again:#?}");
    assert_eq!(record(&kit).scenarios[0].attempts.len(), 2);
}

#[test]
fn every_scenario_is_in_one_shard_whatever_earlier_runs_have_left() {
    let scenario = |number: usize| format!("  Scenario: S{number}\n    Given I open \"/\"\n");
    let feature: String = (0..121).map(scenario).collect();
    let kit = Kit::with_feature(&format!("Feature: A\n{feature}"));
    let listed = |more: &[&str]| {
        let ended = kit.play(&[&["run", "test.feature", "--dry-run"], more].concat());
        assert_eq!(ended.code, Some(0), "{ended:#?}");
        let lines = ended.out.lines().filter(|line| line.starts_with("test.feature:"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let timings = |seed: usize| {
        let entry = |number: usize| {
            let seconds = (number * 31 + seed * 17) % 19;
            format!("\"test.feature > S{number}\": {{\"secs\": {seconds}, \"nanos\": 0}}")
        };
        format!("{{{}}}", (0..121).map(entry).collect::<Vec<_>>().join(","))
    };
    let mut all = listed(&[]);
    all.sort();
    for round in 0..3 {
        kit.write("timings.json", &timings(round));
        for common in [&[][..], &["--timings", "timings.json"]] {
            let mut parts = Vec::new();
            for (index, shard) in ["1/3", "2/3", "3/3"].into_iter().enumerate() {
                // Each folder knows its own runs only.
                let folder = format!("shard-{index}");
                kit.write(&format!("{folder}/timings.json"), &timings(round * 3 + index));
                parts.extend(listed(&[&["--shard", shard, "--reports", &folder], common].concat()));
            }
            parts.sort();
            assert_eq!(parts, all, "round {round}, {common:?}");
        }
    }
}

#[test]
fn an_order_that_was_drawn_is_told_and_can_be_had_again() {
    let scenario = |name: char| format!("  Scenario: {name}\n    Given I open \"/\"\n");
    let feature: String = ('B'..='G').map(scenario).collect();
    let kit = Kit::with_feature(&format!("Feature: A\n{feature}"));
    let listed = kit
        .play(&["run", "test.feature", "--dry-run", "--order", "random:7"])
        .out;
    assert_eq!(
        kit.play(&["run", "test.feature", "--dry-run", "--order", "random:7"])
            .out,
        listed
    );
    assert_ne!(kit.play(&["run", "test.feature", "--dry-run"]).out, listed);
    let ended = run(&kit, flaky_site().url(), &["--order", "random"]);
    assert!(record(&kit).order.starts_with("random:"));
    ended.must_tell(&[&format!("--order {}", record(&kit).order)]);
}

#[test]
fn tags_set_window_scale_language_and_time_zone() {
    let page = "<!doctype html><html lang=en><title>Here</title><p id=p></p><script>
        p.textContent = [innerWidth, innerHeight, devicePixelRatio, navigator.language,
            Intl.DateTimeFormat().resolvedOptions().timeZone].join(' ')</script>";
    let site = serve(Router::new().route("/", get(async move || Html(page))));
    let kit = Kit::with_feature(
        "Feature: A
  @window:390x844 @scale:3 @locale:fr-CH @time-zone:Asia/Tokyo
  Scenario: Tags
    Given I open \"/\"
    Then I see the text \"390 844 3 fr-CH Asia/Tokyo\"
  Scenario: Flags
    Given I open \"/\"
    Then I see the text \"1280 800 1 de-AT America/Lima\"
",
    );
    let ended = run(&kit, site.url(), &["--locale", "de-AT", "--time-zone", "America/Lima"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
}

#[test]
fn a_language_or_time_zone_that_there_is_not_is_refused_before_anything_is_played() {
    let kit = Kit::with_feature("Feature: A\n  Scenario: B\n    Given I open \"/\"\n");
    for (flag, advice) in [("--locale", "fr-CH"), ("--time-zone", "Asia/Tokyo")] {
        let ended = kit.play(&["run", "test.feature", flag, "no such"]);
        assert_eq!(ended.code, Some(2), "{ended:#?}");
        ended.must_tell(&["\"no such\"", advice]);
    }
}

#[test]
fn a_window_that_nobody_could_see_is_not_opened() {
    let kit = Kit::with_feature("Feature: A\n  Scenario: B\n    Given I open \"/\"\n");
    let mut command = kit.command(&["run", "test.feature", "--headed"]);
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    let ended = Ended::from(command.output().unwrap());
    assert_eq!(ended.code, Some(3), "{ended:#?}");
    ended.must_tell(&["no screen", "xvfb-run"]);
}

#[test]
fn a_driver_elsewhere_is_used_and_no_session_of_ours_stays_on_it() {
    let kit =
        Kit::with_feature("Feature: A\n  Scenario: B\n    Given I open \"/\"\n    Then I see the link \"Never\"\n");
    let driver = Driver::start(&browser().driver).unwrap();
    let program = browser().browser.display().to_string();
    let url = driver.url();
    let elsewhere = ["--webdriver", &url, "--browser", &program];
    let ended = run(&kit, flaky_site().url(), &elsewhere);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&["the link \"Never\" is not on the page"]);
    must_have_no_browser(&driver);

    let (site, visited) = doorbell("<p>Nothing here");
    let playing = kit.start(&[&waiting_run(site.url())[..], &elsewhere].concat());
    visited.recv_timeout(PATIENCE).unwrap();
    playing.signal(Signal::SIGINT);
    assert_eq!(playing.wait().code, Some(130));
    must_have_no_browser(&driver);
}

/// Browsers end a moment after their sessions.
fn must_have_no_browser(driver: &Driver) {
    let browsers = super::support::descendants(driver.pid().unwrap());
    for browser in browsers {
        super::support::must_end_soon(browser.pid);
    }
}

#[test]
fn ctrl_c_leaves_whole_reports_and_so_do_two_at_once() {
    let feature = "Feature: A
  Scenario: Passes
    Given I open \"/\"
  Scenario: Waits
    Given I open \"/\"
    When I open \"/ring\"
    Then I see the link \"Never\"
  Scenario: Comes later
    Given I open \"/\"
";
    let kit = Kit::with_feature(feature);
    let (site, rung) = doorbell_at("/ring", "<p>Nothing here");
    let arguments = [&waiting_run(site.url())[..], &["--workers", "1"]].concat();
    let playing = kit.start(&arguments);
    rung.recv_timeout(PATIENCE).unwrap();
    let family = playing.family();
    playing.signal(Signal::SIGINT);
    let ended = playing.wait();
    assert_eq!(ended.code, Some(130), "{ended:#?}");
    must_end(&family);
    assert_eq!(
        verdicts(&kit),
        expected(&[
            ("Passes", Verdict::Passed),
            ("Waits", Verdict::Interrupted),
            ("Comes later", Verdict::NotPlayed)
        ])
    );
    let step = record(&kit).scenarios[1].attempts[0].steps.len();
    assert_eq!(step, 2, "what was known is told");
    kit.must_leave_nothing();

    let playing = kit.start(&arguments);
    rung.recv_timeout(PATIENCE).unwrap();
    let family = playing.family();
    // As GNU timeout does: to its child, and to the group that this is in.
    playing.signal(Signal::SIGINT);
    playing.signal(Signal::SIGTERM);
    let ended = playing.wait();
    assert!(matches!(ended.code, Some(130 | 143)), "{ended:#?}");
    must_end(&family);
    assert!(!kit.has("reports/unfinished.ndjson"), "the reports are whole");
    kit.must_leave_nothing();
}

#[test]
fn a_scenario_that_is_repeated_is_flaky_if_it_does_not_always_come_to_the_same() {
    let kit = Kit::with_feature(
        "Feature: A\n  Scenario: Flaky\n    Given I open \"/flaky\"\n    Then I see the link \"Well\"\n  Scenario: Passes\n    Given I open \"/\"\n",
    );
    let site = flaky_site();
    let ended = run(&kit, site.url(), &["--repeat-each", "3"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert_eq!(
        verdicts(&kit),
        expected(&[("Flaky", Verdict::Flaky), ("Passes", Verdict::Passed)])
    );
    let attempts = record(&kit)
        .scenarios
        .iter()
        .map(|one| one.attempts.len())
        .collect::<Vec<_>>();
    assert_eq!(attempts, [3, 3]);
}

#[test]
fn slow_motion_gives_time_to_watch_before_each_step() {
    let kit = Kit::with_feature("Feature: A\n  Scenario: B\n    Given I open \"/\"\n    And I open \"/\"\n");
    let ended = run(&kit, flaky_site().url(), &["--slow-mo", "1"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(record(&kit).scenarios[0].attempts[0].durations.total() > Duration::from_secs(2));
}
