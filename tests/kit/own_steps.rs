//! Steps that somebody wrote badly: whatever they do, their scenario fails, with the reason and its place, and the next one is
//! played. The steps are this binary's own; it plays them in a process of their own.
#![allow(
    clippy::unused_async,
    reason = "steps are async, and these are as bad as they can be"
)]

use std::process::{Command, ExitCode, Stdio};
use std::sync::Barrier;
use std::time::Duration;

use clap::Parser;
use cucumber::codegen::{WorldInventory, inventory};
use cucumber::given;
use docent::cli::Cli;
use docent::suite::record::event::AttemptOutcome;
use docent::suite::record::{Record, Verdict};
use docent::world::{StepError, World};
use docent::{apply, step};

use super::support::{Ended, Kit};

const ARGUMENTS: &str = "DOCENT_TEST_ARGUMENTS";

#[given("a step that never returns")]
async fn never_returns(_: &mut World) {
    std::future::pending::<()>().await;
}

#[given("a step that blocks its thread")]
async fn blocks(_: &mut World) {
    // Nobody wakes it.
    loop {
        std::thread::park();
    }
}

#[given("a step that spins")]
async fn spins(_: &mut World) {
    loop {
        std::hint::spin_loop();
    }
}

#[given("a step that panics")]
async fn panics(_: &mut World) {
    panic!("the step panics over Training2024");
}

#[given("a step that asserts in a task")]
async fn asserts_in_a_task(_: &mut World) {
    let task = tokio::spawn(async { assert_eq!(1, 2, "in a task") });
    // Whoever forgets to look at the result.
    drop(task.await);
}

#[given("a step that asserts in a task nobody waits for")]
async fn asserts_unseen(_: &mut World) {
    tokio::spawn(async { panic!("unseen") });
}

#[given("a step that panics on a thread of the runtime")]
async fn panics_on_a_pool_thread(_: &mut World) {
    drop(tokio::task::spawn_blocking(|| panic!("on a pool thread")).await);
}

#[given("a step that panics on a thread of its own")]
async fn panics_on_a_thread(_: &mut World) {
    drop(std::thread::spawn(|| panic!("on a thread of its own")).join());
}

/// Two scenarios meet here.
static MEETING: Barrier = Barrier::new(2);

async fn meet() {
    tokio::task::spawn_blocking(|| MEETING.wait()).await.unwrap();
}

#[given("a step that panics on a thread of its own beside another scenario")]
async fn panics_beside(_: &mut World) {
    meet().await;
    drop(std::thread::spawn(|| panic!("beside another")).join());
    meet().await;
}

#[given("a step that is played beside it")]
async fn is_beside(_: &mut World) {
    meet().await;
    meet().await;
}

#[given("a step that leaves a task behind")]
async fn leaves_a_task(_: &mut World) {
    tokio::spawn(async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        panic!("out of its time");
    });
}

#[given("a step that fails with no words")]
async fn fails_wordless(_: &mut World) -> Result<(), StepError> {
    Err(StepError::Invalid(String::new()))
}

#[given("a step that fails beside a task")]
async fn fails_beside_a_task(_: &mut World) -> Result<(), StepError> {
    let task = tokio::spawn(async { panic!("unheard") });
    drop(task.await);
    Err(StepError::Invalid("its own words".to_owned()))
}

#[given("a step that passes late")]
async fn passes_late(_: &mut World) {
    // Longer than its scenario may take, and less than it is let off.
    tokio::time::sleep(Duration::from_millis(1200)).await;
}

const CHART: &[u8] = include_bytes!("../../screenshots/pairing/en/click-the-button-login.png");

#[given("a step that attaches files")]
async fn attaches(world: &mut World) -> Result<(), StepError> {
    world.log("two orders of Training2024")?;
    world.log("both are paid")?;
    world.attach("order.json", "application/json", r#"{"code": "Training2024"}"#)?;
    world.attach("chart.png", "image/png", CHART)?;
    Ok(())
}

#[given("a step that attaches too much")]
async fn attaches_too_much(world: &mut World) -> Result<(), StepError> {
    world.log("it is large")?;
    Ok(world.attach("dump", "application/octet-stream", vec![0; 11 << 20])?)
}

#[given("a step that attaches and never returns")]
async fn attaches_and_hangs(world: &mut World) -> Result<(), StepError> {
    world.log("so far")?;
    std::future::pending().await
}

#[given(regex = "^a step that two (.*)$")]
async fn two_one(_: &mut World, rest: String) {
    drop(rest);
}

#[given(regex = "^a step that (.*) know$")]
async fn two_other(_: &mut World, rest: String) {
    drop(rest);
}

/// Does what it says. Example: `Given a step that is described as "mine"`.
#[apply(step)]
#[given(expr = "a step that is described as {string}")]
fn is_described(_: &mut World, what: String) {
    drop(what);
}

/// Plays with this binary's steps.
fn play(kit: &Kit, arguments: &[&str]) -> Ended {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "own_steps::kit_with_own_steps", "--ignored", "--nocapture"])
        .current_dir(kit.folder.path())
        .envs(
            kit.command(&[])
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .env(ARGUMENTS, arguments.join("\n"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Ended::from(output)
}

/// Not a test: the kit that the tests here start, with the steps above.
#[test]
#[ignore = "started by the tests of this module"]
fn kit_with_own_steps() {
    let arguments = std::env::var(ARGUMENTS).expect("started by a test of this module");
    let ended = Cli::parse_from(std::iter::once("docent").chain(arguments.lines())).run();
    let code = ended.unwrap_or_else(|error| {
        eprintln!("docent: {error}");
        error.exit_code()
    });
    let code = (0..=u8::MAX).find(|number| ExitCode::from(*number) == code);
    std::process::exit(code.map_or(99, i32::from));
}

const BAD: [(&str, &[&str]); 11] = [
    ("never returns", &["did not end within 3 s", "@timeout:30s"]),
    ("blocks its thread", &["blocks its thread"]),
    ("spins", &["blocks its thread"]),
    ("panics", &["the step panics over [secret]"]),
    ("asserts in a task", &["a task in the background panicked", "in a task"]),
    (
        "asserts in a task nobody waits for",
        &["a task in the background panicked", "unseen"],
    ),
    (
        "panics on a thread of the runtime",
        &["a task in the background panicked", "on a pool thread"],
    ),
    ("fails with no words", &[""]),
    (
        "fails beside a task",
        &["its own words", "a task in the background panicked: unheard"],
    ),
    ("passes late", &["did not end within 1 s", "all its steps passed"]),
    ("goes on", &[]),
];

#[test]
fn steps_that_are_as_bad_as_they_can_be() {
    let scenario = |(step, _): &(&str, _)| match *step {
        "goes on" => "  Scenario: goes on\n    Given I open \"/\"\n".to_owned(),
        "passes late" => {
            "  @scenario-timeout:1s\n  Scenario: passes late\n    Given a step that passes late\n".to_owned()
        }
        step => format!("  Scenario: {step}\n    Given a step that {step}\n    And I open \"/\"\n"),
    };
    let scenarios: String = BAD.iter().map(scenario).collect();
    let kit = Kit::with_feature(&format!("Feature: Bad\n{scenarios}"));
    let ended = play(
        &kit,
        &[
            "run",
            "test.feature",
            "--workers",
            "2",
            "--wait",
            "1",
            "--step-timeout",
            "3",
        ],
    );
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    let record: Record = serde_json::from_str(&kit.read("reports/run.json")).unwrap();
    for (name, output) in BAD {
        let scenario = record.scenarios.iter().find(|one| one.name == name).unwrap();
        let AttemptOutcome::Failed(failure) = &scenario.attempts[0].outcome else {
            assert_eq!((name, scenario.verdict), ("goes on", Verdict::Passed), "{scenario:#?}");
            continue;
        };
        assert!(
            output.iter().all(|text| failure.message.contains(text)),
            "{name}: {failure:#?}"
        );
        let says_where = !failure.message.contains("did not end") && !failure.message.contains("blocks");
        assert_eq!(failure.code.is_some(), says_where, "{name}: {failure:#?}");
    }
    // Threads that are blocked for good go with the process.
    kit.must_leave_nothing();
    assert!(
        !ended.err.contains("Training2024") && !ended.out.contains("Training2024"),
        "{ended:#?}"
    );
}

#[test]
fn a_scenario_whose_time_is_over_begins_no_further_step() {
    let kit = Kit::with_feature(
        "Feature: A\n  @scenario-timeout:1s\n  Scenario: B\n    Given a step that passes late\n    And I open \"/\"\n",
    );
    let ended = play(&kit, &["run", "test.feature"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&[
        "at test.feature:5",
        "did not end within 1 s",
        "this step was not started",
    ]);
    assert!(!ended.err.contains("did not arrive"), "{ended:#?}");
}

#[test]
fn a_panic_on_a_thread_of_its_own_fails_the_only_scenario_that_is_played() {
    let kit = Kit::with_feature(
        "Feature: A\n  Scenario: B\n    Given a step that panics on a thread of its own\n    And I open \"/\"\n  Scenario: C\n    Given I open \"/\"\n",
    );
    let ended = play(&kit, &["run", "test.feature", "--workers", "1"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&["1 passed, 1 failed", "failed: test.feature:2: B"]);
    let record: Record = serde_json::from_str(&kit.read("reports/run.json")).unwrap();
    let AttemptOutcome::Failed(failure) = &record.scenarios[0].attempts[0].outcome else {
        panic!("{record:#?}");
    };
    assert_eq!(failure.step, Some(0));
    assert!(failure.message.contains("on a thread of its own"), "{failure:#?}");
    assert!(failure.code.as_ref().unwrap().contains("own_steps.rs:"), "{failure:#?}");
}

#[test]
fn a_panic_that_several_scenarios_may_answer_for_fails_the_run_and_names_them() {
    let kit = Kit::with_feature(
        "Feature: A\n  Scenario: B\n    Given a step that panics on a thread of its own beside another scenario\n  Scenario: C\n    Given a step that is played beside it\n",
    );
    let ended = play(&kit, &["run", "test.feature", "--workers", "2"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&[
        "2 passed",
        "a thread of no scenario panicked",
        "beside another",
        "own_steps.rs:",
        "test.feature:2",
        "test.feature:4",
    ]);
}

#[test]
fn a_task_does_not_reach_into_the_next_scenario() {
    let kit = Kit::with_feature(
        "Feature: A\n  Scenario: Leaves\n    Given a step that leaves a task behind\n  Scenario: Next\n    Given I open \"/\"\n    And I open \"/help\"\n    And I open \"/login\"\n",
    );
    let ended = play(&kit, &["run", "test.feature", "--workers", "1"]);
    ended.must_tell(&["passed Next"]);
}

#[test]
fn a_step_with_two_meanings_is_refused() {
    let kit = Kit::with_feature("Feature: A\n  Scenario: B\n    Given a step that two know\n");
    let ended = play(&kit, &["run", "test.feature"]);
    assert_eq!(ended.code, Some(2), "{ended:#?}");
    ended.must_tell(&["test.feature:3:", "ambiguous step", "^a step that two (.*)$"]);
}

/// How many steps Cucumber has collected of this binary.
fn collected() -> usize {
    let given = inventory::iter::<<World as WorldInventory>::Given>.into_iter().count();
    let when = inventory::iter::<<World as WorldInventory>::When>.into_iter().count();
    let then = inventory::iter::<<World as WorldInventory>::Then>.into_iter().count();
    given + when + then
}

#[test]
fn steps_of_other_crates_are_listed_like_all_that_can_be_bound() {
    let kit = Kit::with_feature("Feature: A\n");
    let ended = play(&kit, &["steps"]);
    let listed: Vec<_> = ended.out.split("\n\n").skip(1).collect();
    assert_eq!(listed.len(), collected(), "{ended:#?}");
    let shown = |expression: &str, line: &str| {
        let mut entries = listed.iter().filter(|entry| entry.starts_with(expression));
        assert!(entries.any(|entry| entry.contains(line)), "{expression}: {ended:#?}");
    };
    shown(
        "a step that is described as {string}",
        "Does what it says.\n    Example: Given a step that is described as \"mine\"",
    );
    shown("^a step that spins$", "Written in tests/kit/own_steps.rs:");
    shown(
        "{target} is {corner}",
        "Example: Then the link \"IP Portal login\" is in",
    );
}

#[test]
fn steps_of_other_crates_are_completed_and_suggested() {
    let kit = Kit::with_feature("Feature: A\n  Scenario: B\n    Given a step that is desribed as \"X\"\n");
    let ended = play(&kit, &["run", "test.feature"]);
    assert_eq!(ended.code, Some(2), "{ended:#?}");
    ended.must_tell(&["a step that is described as \"mine\""]);
    assert_eq!(play(&kit, &["steps", "--editor", "."]).code, Some(0));
    let glue = kit.read(".vscode/docent-steps.rs");
    // Each as it is, and off camera.
    assert_eq!(glue.matches("#[when(").count(), 2 * collected(), "{glue}");
    for attribute in [
        "#[when(expr = \"off camera, a step that is described as {string}\")]",
        "#[when(regex = r#\"^off camera, a step that spins$\"#)]",
    ] {
        assert!(glue.contains(attribute), "{glue}");
    }
}

#[test]
fn what_steps_attach_is_in_every_report_without_any_secret() {
    let kit = Kit::with_feature(
        "Feature: A\n  Scenario: B\n    Given a step that attaches files\n  Scenario: C\n    Given a step that attaches too much\n",
    );
    let ended = play(&kit, &["run", "test.feature", "--workers", "1"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&["\"dump\" has 11.00 MiB", "no more than 10.00 MiB"]);
    assert_eq!(kit.files_holding("Training2024"), [""; 0]);
    let record: Record = serde_json::from_str(&kit.read("reports/run.json")).unwrap();
    let attached = |scenario: usize| {
        let attachments = record.scenarios[scenario].attempts[0].attachments.iter();
        let names: Vec<_> = attachments.clone().map(|one| &*one.name).collect();
        let paths: Vec<_> = attachments.map(|one| one.path.display().to_string()).collect();
        (names, paths)
    };
    let (names, paths) = attached(0);
    assert_eq!(names, ["Log", "order.json", "chart.png"]);
    assert_eq!(attached(1).0, ["Log"], "what came before the failure");
    let kept = |index: usize| kit.bytes(&format!("reports/{}", paths[index]));
    assert_eq!(kept(0), b"two orders of [secret]\nboth are paid");
    assert_eq!(kept(1), br#"{"code": "[secret]"}"#);
    assert_eq!(kept(2), CHART);
    for (report, shown) in [
        ("index.html", "two orders of [secret]\nboth are paid"),
        ("index.html", "<summary>chart.png</summary>"),
        ("messages.ndjson", r#""mediaType":"text/x.cucumber.log+plain""#),
        ("messages.ndjson", r#""fileName":"order.json""#),
        ("ctrf.json", r#""contentType":"application/json""#),
        ("junit.xml", "-order.json]]"),
    ] {
        assert!(
            kit.read(&format!("reports/{report}")).contains(shown),
            "{report}: {shown}"
        );
    }
    let results = kit.contents("reports/allure-results");
    assert!(results.iter().any(|(_, bytes)| bytes == CHART));
}

#[test]
fn what_a_step_attached_stays_when_the_time_of_its_scenario_is_over() {
    let kit = Kit::with_feature(
        "Feature: A\n  @scenario-timeout:1s\n  Scenario: B\n    Given a step that attaches and never returns\n",
    );
    let ended = play(&kit, &["run", "test.feature"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    let record: Record = serde_json::from_str(&kit.read("reports/run.json")).unwrap();
    let [attached] = &record.scenarios[0].attempts[0].attachments[..] else {
        panic!("{record:#?}");
    };
    assert_eq!(kit.bytes(&format!("reports/{}", attached.path.display())), b"so far");
}
