//! Surroundings that are not fit: the kit ends with 3 and says what to do, and nothing is left.

use std::process::Command;
use std::time::Duration;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use docent::browser::Driver;

use super::support::{Ended, Kit, PATIENCE, Playing, browser, doorbell, ends_within, serve};

const PASSES: &str = "Feature: A\n  Scenario: B\n    Given I open \"/\"\n";

#[track_caller]
fn unfit(ended: &Ended, kit: &Kit, message: &[&str]) {
    assert_eq!(ended.code, Some(3), "{ended:#?}");
    ended.must_tell(message);
    kit.must_leave_nothing();
}

#[test]
fn a_folder_for_reports_that_can_not_be_written() {
    let kit = Kit::with_feature(PASSES);
    kit.write("taken", "a file");
    for folder in ["taken", "taken/below", "/proc/reports"] {
        let ended = kit.play(&["run", "test.feature", "--reports", folder]);
        unfit(&ended, &kit, &["reports can't be written", folder, "--reports"]);
        assert!(
            !ended.err.contains("passed"),
            "nothing is played for nothing: {ended:#?}"
        );
    }
}

/// Plays where the kit may write no file of more than so many blocks of 512 bytes; the browser, which somebody else runs here, may.
fn play_with_files_of(blocks: u32, kit: &Kit) -> Ended {
    let driver = Driver::start(&browser().driver).unwrap();
    let arguments = ["run", "test.feature", "--wait", "1", "--webdriver", &driver.url()];
    let mut limited = kit.command_after(&format!("ulimit -f {blocks}"), &arguments);
    Ended::from(limited.env_remove("DOCENT_DRIVER").output().unwrap())
}

#[test]
fn a_disk_that_is_full_from_the_beginning() {
    let kit = Kit::with_feature(PASSES);
    // Whatever an earlier run has left is not this one's result.
    kit.write("reports/index.html", "1 scenario passed");
    kit.write("reports/run.json", "{}");
    let ended = play_with_files_of(0, &kit);
    assert_eq!(ended.code, Some(3), "{ended:#?}");
    ended.must_tell(&[
        "can't write",
        "File too large",
        "reports: the reports of an earlier run are removed",
    ]);
    assert!(!ended.err.contains("untouched"), "{ended:#?}");
    assert!(
        !ended.err.contains("passed"),
        "nothing is played for nothing: {ended:#?}"
    );
    assert_eq!(kit.files("reports"), [".docent.lock"], "nothing is half there");
    kit.must_leave_nothing();
}

/// There is room for the record, but not for reports with pictures.
#[test]
fn a_disk_that_is_full_when_the_reports_are_written() {
    let kit =
        Kit::with_feature("Feature: A\n  Scenario: B\n    Given I open \"/\"\n    Then I see the link \"Never\"\n");
    let ended = play_with_files_of(240, &kit);
    assert_eq!(ended.code, Some(3), "{ended:#?}");
    ended.must_tell(&["failed B", "can't write", "File too large"]);
    assert!(kit.read("reports/run.json").contains("Never"), "the record is there");
    for report in ["index.html", "junit.xml", "messages.ndjson", "ctrf.json"] {
        assert!(
            kit.read(&format!("reports/{report}")).contains("unfinished"),
            "{report}"
        );
    }
    kit.must_leave_nothing();
}

#[test]
fn the_doctor_opens_a_page() {
    let kit = Kit::with_feature(PASSES);
    let well = kit.play(&["doctor"]);
    assert_eq!(well.code, Some(0), "{well:#?}");
    well.must_tell(&["Loopback IPv4", "Page     opened within", "Docent can play"]);
    kit.must_leave_nothing();
    let driver = driver_that_fails(&kit, "1) echo 'Started successfully on port 1.'; exit 1;;");
    unfit(
        &kit.play(&["doctor", "--driver", &driver]),
        &kit,
        &["Page     NOT OPENED", "Docent can't play"],
    );
}

#[test]
fn an_output_that_is_full_or_that_nobody_reads_loses_nothing() {
    let kit = Kit::with_feature(PASSES);
    let full = kit
        .command_after("exec > /dev/full 2> /dev/full", &["run", "test.feature"])
        .status();
    assert_eq!(full.unwrap().code(), Some(0));
    assert!(kit.read("reports/index.html").contains("1 scenario passed"));

    let mut playing = kit.start(&["run", "test.feature", "--reports", "unread"]);
    drop((playing.0.stdout.take(), playing.0.stderr.take()));
    assert_eq!(playing.0.wait().unwrap().code(), Some(0));
    assert!(kit.read("unread/index.html").contains("1 scenario passed"));
    kit.must_leave_nothing();
}

/// A job that runs what the list has would run less.
#[test]
fn a_list_that_finds_no_room_is_no_success() {
    let kit = Kit::with_feature(PASSES);
    for format in ["text", "json"] {
        let arguments = ["run", "test.feature", "--list", "--format", format];
        let list = kit.command_after("exec > /dev/full", &arguments).output();
        unfit(&list.unwrap().into(), &kit, &["standard output", "No space left"]);
        let mut unread = kit.start(&arguments);
        drop(unread.0.stdout.take());
        assert_eq!(unread.0.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn what_only_prints_does_not_succeed_where_that_finds_no_room() {
    let kit = Kit::with_feature(PASSES);
    for arguments in [
        &["steps"][..],
        &["doctor"],
        &["--help"],
        &["run", "--help"],
        &["--version"],
    ] {
        let full = kit.command_after("exec > /dev/full", arguments).output();
        unfit(&full.unwrap().into(), &kit, &["standard output", "No space left"]);
        let mut unread = kit.start(arguments);
        drop(unread.0.stdout.take());
        assert_eq!(unread.0.wait().unwrap().code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn a_summary_of_the_job_that_can_not_be_written_changes_no_result() {
    let kit = Kit::with_feature(PASSES);
    let mut command = kit.command(&["run", "test.feature"]);
    let ended = Ended::from(command.env("GITHUB_STEP_SUMMARY", "/nowhere/summary").output().unwrap());
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    ended.must_tell(&["warning:", "/nowhere/summary", "GITHUB_STEP_SUMMARY", "1 passed"]);
}

#[test]
fn programs_that_are_not_there_or_not_what_they_are_named() {
    let kit = Kit::with_feature(PASSES);
    for (flags, message) in [
        (
            ["--browser", "/nowhere/chromium"],
            ["/nowhere/chromium", "leave it out"],
        ),
        (
            ["--driver", "/nowhere/chromedriver"],
            ["/nowhere/chromedriver", "leave it out"],
        ),
        (["--browser", "/bin/true"], ["/bin/true", ""]),
        (["--driver", "/bin/true"], ["/bin/true", ""]),
    ] {
        let mut arguments = vec!["run", "test.feature"];
        arguments.extend(flags);
        unfit(&kit.play(&arguments), &kit, &message);
    }
}

/// An address at which nobody listens any more.
fn deserted() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[test]
fn a_portal_that_nobody_runs_ends_the_run_before_a_browser_starts() {
    let kit = Kit::with_feature(PASSES);
    let url = deserted();
    let ended = kit.play(&["run", "test.feature", "--base-url", &url, "--driver", "/nowhere"]);
    unfit(&ended, &kit, &[&url, "can't be reached", "--base-url"]);
    assert!(!ended.err.contains("/nowhere"), "no driver was looked for: {ended:#?}");
}

#[test]
fn a_portal_that_nobody_needs_may_be_down() {
    let kit = Kit::with_feature(PASSES);
    let url = deserted();
    let dry = kit.play(&["run", "test.feature", "--base-url", &url, "--dry-run"]);
    assert_eq!(dry.code, Some(0), "{dry:#?}");
    kit.write("test.feature", &PASSES.replace("  Scenario", "  @skip\n  Scenario"));
    let skipped = kit.play(&["run", "test.feature", "--base-url", &url]);
    assert_eq!(skipped.code, Some(0), "{skipped:#?}");
    skipped.must_tell(&["nothing is played: every scenario that was selected is tagged @skip"]);
}

#[test]
fn limits_under_which_no_browser_runs() {
    let kit = Kit::with_feature(PASSES);
    for (shell, message) in [
        ("TMPDIR=/nowhere/tmp", ["/nowhere/tmp", "TMPDIR"]),
        ("ulimit -n 64", ["only 64 files", "ulimit -n 1024"]),
        ("ulimit -v 8000000", ["ulimit -v", "unlimited"]),
        ("exec unshare -rn \"$0\" \"$@\"", ["127.0.0.1", "ip link set lo up"]),
    ] {
        // Not everybody may have a network of their own.
        let may = Command::new("unshare").args(["-rn", "true"]).status();
        if shell.contains("unshare") && !may.is_ok_and(|status| status.success()) {
            continue;
        }
        let ended = Ended::from(kit.command_after(shell, &["run", "test.feature"]).output().unwrap());
        unfit(&ended, &kit, &message);
    }
}

/// The driver, but for the times that it is started at which it does what these cases of a shell say, counted from 1.
fn driver_that_fails(kit: &Kit, cases: &str) -> String {
    let driver = browser().driver.display().to_string();
    program(
        kit,
        &format!(
            "#!/bin/sh\n[ \"$1\" != --version ] || exec '{driver}' \"$@\"\nnumber=1\nuntil mkdir \"$0.$number\" 2>/dev/null; do number=$((number + 1)); done\n\
             case $number in\n{cases}\nesac\nexec '{driver}' \"$@\"\n"
        ),
    )
}

/// A program called `driver`.
fn program(kit: &Kit, script: &str) -> String {
    let program = kit.folder.path().join("driver");
    // Written by another process: a file can't be run while a thread that starts something still has it open for writing.
    let written = Command::new("sh")
        .args(["-c", "printf %s \"$1\" > \"$0\" && chmod 700 \"$0\""])
        .args([program.as_os_str(), script.as_ref()])
        .status();
    assert!(written.unwrap().success());
    program.display().to_string()
}

#[test]
fn a_browser_is_kept_after_a_failure_and_no_button_stays_pressed() {
    const STUCK: &str = "<!doctype html><html lang=en><title>Stuck</title>\
        <button onmousedown=\"alert('Not so fast')\">One</button> <button>Other</button></html>";
    const NEXT: &str = "<!doctype html><html lang=en><title>Next</title><button>There</button><p>Not yet</p>\
        <script>onmousemove = event => document.querySelector('p').textContent = `buttons: ${event.buttons}`</script></html>";
    let site = serve(
        Router::new()
            .route("/stuck", get(async || Html(STUCK)))
            .route("/next", get(async || Html(NEXT))),
    );
    let kit = Kit::with_feature(
        "Feature: A\n  Scenario: Stuck\n    Given I open \"/stuck\"\n    When I drag the button \"One\" onto the button \"Other\"\n  \
         Scenario: Next\n    Given I open \"/next\"\n    When I point at the button \"There\"\n    Then I see the text \"buttons: 0\"\n",
    );
    let driver = driver_that_fails(&kit, "");
    let ended = kit.play(&[
        "run",
        "test.feature",
        "--base-url",
        site.url(),
        "--workers",
        "1",
        "--driver",
        &driver,
    ]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&["failed Stuck", "1 passed, 1 failed"]);
    assert!(kit.has("driver.1") && !kit.has("driver.2"), "one driver, one browser");
}

#[test]
fn a_driver_that_dies_before_the_first_step_is_started_again() {
    let kit = Kit::with_feature(PASSES);
    let driver = driver_that_fails(&kit, "1) echo 'Started successfully on port 1.'; exit 1;;");
    let ended = kit.play(&["run", "test.feature", "--driver", &driver]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    kit.must_leave_nothing();
}

/// One worker has played already when the other's driver dies, twice.
#[test]
fn a_worker_whose_driver_dies_ends_one_scenario_and_not_the_run() {
    let scenario = |name| format!("  Scenario: {name}\n    Given I open \"/\"\n");
    let feature = format!("Feature: A\n{}", ["B", "C", "D", "E"].map(scenario).concat());
    let kit = Kit::with_feature(&feature);
    let dies = "echo 'Started successfully on port 1.'; exit 1";
    let waits = "until [ -e visited ]; do sleep 0.05; done";
    let driver = driver_that_fails(&kit, &format!("2) {waits}; {dies};;\n3) {dies};;"));
    let (site, visited) = doorbell("<p>Here");
    let playing = kit.start(&[
        "run",
        "test.feature",
        "--workers",
        "2",
        "--driver",
        &driver,
        "--base-url",
        site.url(),
    ]);
    visited.recv_timeout(PATIENCE).unwrap();
    kit.write("visited", "");
    let ended = playing.wait();
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&["3 passed, 1 failed"]);
    kit.must_leave_nothing();
}

#[test]
fn a_variable_that_is_set_to_nothing_counts_as_not_set() {
    let kit = Kit::with_feature(
        "Feature: A\n  Scenario: B\n    Given I open \"/login\"\n    When I type \"secret:pin\" into the text field \"Username\"\n",
    );
    kit.write("docent.toml", "[secrets]\npin = \"1234\"\n");
    let mut command = kit.command(&["run", "test.feature"]);
    for name in ["BROWSER", "DRIVER", "BASE_URL", "WEBDRIVER", "WORKERS", "SECRET_PIN"] {
        command.env(format!("DOCENT_{name}"), "");
    }
    let ended = Ended::from(command.output().unwrap());
    assert_eq!(ended.code, Some(0), "{ended:#?}");
}

#[test]
fn a_driver_elsewhere_that_nobody_runs() {
    let kit = Kit::with_feature(PASSES);
    let mut command = kit.command(&["run", "test.feature", "--webdriver", "http://127.0.0.1:1"]);
    let ended = Ended::from(command.env_remove("DOCENT_DRIVER").output().unwrap());
    unfit(&ended, &kit, &["http://127.0.0.1:1", "--webdriver"]);
}

/// Starts a run with this driver, of which `HANGS` says that it is there and does nothing more, and waits for that.
fn with_driver_that_hangs(kit: &Kit, script: &str) -> Playing {
    let begun = kit.folder.path().join("begun");
    assert!(Command::new("mkfifo").arg(&begun).status().unwrap().success());
    let hangs = format!("{{ echo >'{}'; exec sleep 1000; }}", begun.display());
    // What it starts itself ends with its group alone, and not with its parent.
    let hangs_with_child = format!(
        "{{ echo >'{}'; (sleep 10; touch \"$0.late\"; exec sleep 1000) & wait; }}",
        begun.display()
    );
    let script = script.replace("HANGS WITH A CHILD", &hangs_with_child);
    let driver = program(kit, &script.replace("HANGS", &hangs));
    let playing = kit.start(&["run", "test.feature", "--driver", &driver]);
    std::fs::read_to_string(begun).unwrap();
    playing
}

#[test]
fn a_driver_that_hangs_when_asked_for_its_version_ends_with_the_kit() {
    let kit = Kit::with_feature(PASSES);
    let mut playing = with_driver_that_hangs(&kit, "#!/bin/sh\nHANGS\n");
    playing.0.kill().unwrap();
    playing.0.wait().unwrap();
    kit.must_leave_nothing();
}

/// The second signal ends the process without unwinding anything.
#[test]
fn a_driver_that_hangs_when_asked_for_its_version_is_not_left_by_a_second_signal() {
    let kit = Kit::with_feature(PASSES);
    let mut playing = with_driver_that_hangs(&kit, "#!/bin/sh\nHANGS WITH A CHILD\n");
    // The second one counts only a while after the first.
    while playing.0.try_wait().unwrap().is_none() {
        playing.signal(nix::sys::signal::Signal::SIGINT);
        ends_within(playing.0.id(), Duration::from_millis(100));
    }
    assert_eq!(playing.wait().code, Some(130));
    assert!(!kit.has("driver.late"));
    kit.must_leave_nothing();
}

/// Its worker is blocked until the driver has come up.
#[test]
fn a_driver_that_does_not_come_up_holds_up_no_end() {
    let kit = Kit::with_feature(PASSES);
    let driver = browser().driver.display().to_string();
    let script = format!(
        "#!/bin/sh\n[ \"$1\" != --version ] || exec '{driver}' --version\nmkdir \"$0.1\" && HANGS WITH A CHILD\nmkdir \"$0.2\"\n"
    );
    let playing = with_driver_that_hangs(&kit, &script);
    playing.signal(nix::sys::signal::Signal::SIGTERM);
    let ended = playing.wait();
    assert_eq!(ended.code, Some(143), "{ended:#?}");
    assert!(!kit.has("driver.2"), "it is not started again: {ended:#?}");
    assert!(!kit.has("driver.late"), "it is not waited for: {ended:#?}");
    kit.must_leave_nothing();
}

#[test]
fn a_port_that_is_taken() {
    let kit = Kit::with_feature(PASSES);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    unfit(
        &kit.play(&["serve", "--port", &port]),
        &kit,
        &[&port, "choose another port"],
    );
}
