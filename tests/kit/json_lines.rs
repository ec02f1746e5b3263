//! `--format json`: a run as a stream of events for programs.

use std::process::Command;

use serde_json::Value;

use super::runner::{MIXED, flaky_site};
use super::support::{Ended, Kit};

fn events(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_program_reads_a_run_line_by_line() {
    let kit = Kit::with_feature(MIXED);
    // Of digits that stand in numbers and moments, too: these must stay what they are.
    kit.write("docent.toml", "[secrets]\npin = \"20\"\nother = \"1\"\n");
    let site = flaky_site();
    let arguments = [
        "run",
        "test.feature",
        "--wait",
        "2",
        "--base-url",
        site.url(),
        "--format",
        "json",
        "--name",
        "Passes|Fails",
    ];
    let mut command = kit.command(&arguments);
    // Where it writes lines for GitHub, too.
    command.env("GITHUB_ACTIONS", "true").env_remove("GITHUB_STEP_SUMMARY");
    let ended = Ended::from(command.output().unwrap());
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert!(ended.err.contains("::error file=test.feature,line="), "{ended:#?}");
    let events = events(&ended.out);
    let names: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!((names[0], names[names.len() - 1]), ("run-started", "run-finished"));
    let of = |event: &str| names.iter().filter(|name| **name == event).count();
    assert_eq!(
        ["scenario-started", "step-finished", "scenario-finished"].map(of),
        [2, 4, 2]
    );
    assert_eq!(events[names.len() - 1]["counts"]["failed"], 1);
    assert!(ended.err.contains("[2/2] "), "{ended:#?}");

    kit.write("docent.toml", "");
    let listed = kit.play(&["run", "test.feature", "--list", "--tags", "@skip"]);
    assert_eq!(listed.out, "test.feature:20: Skipped @skip\n");
    let shard = ["--shard", "1/1", "--timings", "nowhere.json"];
    let listed = kit.play(&[&["run", "test.feature", "--list", "--tags", "@skip"][..], &shard].concat());
    assert_eq!(listed.out, "test.feature:20: Skipped @skip\n", "and nothing else");
    listed.must_tell(&["nowhere.json does not exist yet"]);
}

/// A branch on which no feature file was changed.
#[test]
fn a_run_of_nothing_begins_and_ends() {
    let kit = Kit::with_feature(MIXED);
    let commit = "git init -q && git add test.feature && git -c user.name=A -c user.email=a@example.org commit -qm A";
    let committed = Command::new("sh")
        .args(["-c", commit])
        .current_dir(kit.folder.path())
        .status();
    assert!(committed.unwrap().success());
    let ended = kit.play(&["run", "test.feature", "--only-changed", "HEAD", "--format", "json"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let events = events(&ended.out);
    let names: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(names, ["run-started", "run-finished"]);
    assert_eq!(events[0]["scenarios"], 0);
    ended.must_tell(&["nothing to run"]);
}
