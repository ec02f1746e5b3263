//! Surroundings that are not fit: the kit ends with 3 and says what to do, and nothing is left.

use std::process::Command;

use docent::browser::Driver;

use super::support::{Ended, Kit, browser};

const PASSES: &str = "Feature: A\n  Scenario: B\n    Given I open \"/\"\n";

#[track_caller]
fn unfit(ended: &Ended, kit: &Kit, told: &[&str]) {
    assert_eq!(ended.code, Some(3), "{ended:#?}");
    ended.must_tell(told);
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
    let docent = kit.command(&[]).get_program().to_owned();
    let limited = Command::new("sh")
        .args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")])
        .arg(docent)
        .args(["run", "test.feature", "--wait", "1", "--webdriver", &driver.url()])
        .arg("--browser")
        .arg(&browser().browser)
        .env_remove("DOCENT_DRIVER")
        .current_dir(kit.folder.path())
        .output();
    Ended::from(limited.unwrap())
}

#[test]
fn a_disk_that_is_full_from_the_beginning() {
    let kit = Kit::with_feature(PASSES);
    let ended = play_with_files_of(0, &kit);
    assert_eq!(ended.code, Some(3), "{ended:#?}");
    ended.must_tell(&["can't write", "File too large"]);
    assert!(
        !ended.err.contains("passed"),
        "nothing is played for nothing: {ended:#?}"
    );
    assert_eq!(kit.files("reports"), [".docent.lock"], "nothing is half there");
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
    for report in ["index.html", "junit.xml", "messages.ndjson"] {
        assert!(
            kit.read(&format!("reports/{report}")).contains("unfinished"),
            "{report}"
        );
    }
}

#[test]
fn programs_that_are_not_there_or_not_what_they_are_named() {
    let kit = Kit::with_feature(PASSES);
    for (flags, told) in [
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
        unfit(&kit.play(&arguments), &kit, &told);
    }
}

#[test]
fn a_driver_elsewhere_that_nobody_runs() {
    let kit = Kit::with_feature(PASSES);
    let mut command = kit.command(&["run", "test.feature", "--webdriver", "http://127.0.0.1:1"]);
    let ended = Ended::from(command.env_remove("DOCENT_DRIVER").output().unwrap());
    unfit(&ended, &kit, &["http://127.0.0.1:1"]);
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
