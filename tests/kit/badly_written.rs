//! What is written wrongly is told with its place before anything is played, and the kit ends with 2: never a silent green.

use super::support::{Ended, Kit};

const WELL: &str = "Feature: A\n  Scenario: B\n    Given I open \"/\"\n";

/// Runs a feature that can't be played.
#[track_caller]
fn refused(feature: &str, message: &[&str]) -> Ended {
    refused_with(&Kit::with_feature(feature), &["run", "test.feature"], message)
}

#[track_caller]
fn refused_with(kit: &Kit, arguments: &[&str], message: &[&str]) -> Ended {
    let ended = kit.play(arguments);
    assert_eq!(ended.code, Some(2), "{ended:#?}");
    ended.must_tell(message);
    assert!(!kit.has("reports/run.json"), "nothing was played");
    kit.must_leave_nothing();
    ended
}

fn scenario(lines: &str) -> String {
    format!("Feature: A\n  Scenario: B\n    {lines}\n")
}

#[test]
fn an_undefined_step() {
    refused(
        &scenario("When I clack the button \"Login\""),
        &[
            "test.feature:3:",
            "I click the button",
            "#[when(expr = \"I clack {target}\")]",
        ],
    );
}

#[test]
fn every_undefined_step_at_once() {
    refused(
        &scenario("Given x\n    When y"),
        &["test.feature:3:", "test.feature:4:"],
    );
}

#[test]
fn a_no_break_space() {
    refused(
        &scenario("Given I\u{a0}open \"/\""),
        &["test.feature:3:", "U+00A0 after \"Given I\"", "ordinary space"],
    );
}

#[test]
fn a_misspelt_step_keyword() {
    refused(
        &scenario("Given I open \"/\"\n    Thn I see the link \"X\""),
        &["test.feature:4:", "did you mean \"Then\"?"],
    );
}

#[test]
fn a_misspelt_first_step_that_would_pass_for_a_description() {
    refused(
        &scenario("Gven I open \"/\"\n    Then I see the link \"X\""),
        &["test.feature:3:", "did you mean \"Given\"?"],
    );
}

#[test]
fn a_misspelt_section() {
    refused(
        "Feature: A\n  Scenaro: B\n    Given I open \"/\"\n",
        &["test.feature:2:", "did you mean \"Scenario\"?"],
    );
}

#[test]
fn a_scenario_without_steps() {
    refused("Feature: A\n  Scenario: B\n", &["test.feature:2:", "has no steps"]);
}

#[test]
fn an_outline_without_rows() {
    refused(
        "Feature: A\n  Scenario Outline: B\n    Given I open \"<x>\"\n    Examples:\n      | x |\n",
        &["test.feature:2:", "no examples"],
    );
}

#[test]
fn an_outline_without_examples() {
    refused(
        "Feature: A\n  Scenario Outline: B\n    Given I open \"<x>\"\n",
        &["test.feature:2:", "no examples", "Examples:"],
    );
}

#[test]
fn a_placeholder_that_nearly_names_a_column() {
    refused(
        "Feature: A\n  Scenario Outline: B\n    Given I open \"<pahe>\"\n    Examples:\n      | page |\n      | 1 |\n",
        &["test.feature:3:", "<pahe>", "did you mean <page>?"],
    );
}

#[test]
fn a_row_that_is_longer_or_shorter_than_its_heading() {
    refused(
        "Feature: A\n  Scenario Outline: B\n    Given I open \"<x>\"\n    Examples:\n      | x |\n      | / | /help |\n",
        &["test.feature:6:", "2 cells", "line 5 has 1"],
    );
    refused(
        &scenario("Then I see just these, in this order:\n      | link | button |\n      | A |"),
        &["test.feature:5:", "1 cell", "line 4 has 2"],
    );
}

#[test]
fn a_slip_in_a_heading_is_no_description_but_prose_is() {
    refused(
        "Feature: A\n  Scenari Outline: B\n    Given I open \"<x>\"\n    Examples:\n      | x |\n      | / |\n",
        &["test.feature:2:", "did you mean \"Scenario Outline\"?"],
    );
    let prose = "Feature: A\n  Role: newcomer\n  Sample: 3\n  Rules for helpers.\n  Scenario: B\n    Features: none\n    Given I open \"/\"\n";
    let ended = Kit::with_feature(prose).play(&["run", "test.feature", "--dry-run"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
}

#[test]
fn every_fault_of_a_file_at_once() {
    refused(
        "Feature: A\n  @b c\n  Scenario: B\n    Given I open \"/\"\n    nothing\n    Whne I open \"/\"\n      \"\"\"\n      no end\n",
        &[
            "test.feature:2:",
            "test.feature:5:",
            "test.feature:6:",
            "test.feature:7:",
            "never closed",
        ],
    );
}

#[test]
fn two_scenarios_of_one_name() {
    refused(
        &format!("{WELL}  Scenario: B\n    Given I open \"/help\"\n"),
        &["test.feature:4:", "line 2 has it already"],
    );
}

#[test]
fn an_unknown_kind_of_thing() {
    refused(
        &scenario("When I click the buton \"X\""),
        &["test.feature:3:", "did you mean \"button\""],
    );
}

#[test]
fn a_table_or_a_doc_string_that_no_step_reads() {
    refused(
        &scenario("Given I open \"/\"\n      | x |"),
        &[
            "test.feature:4: this step takes no table",
            "I open \"/\"",
            "remove the table",
        ],
    );
    refused(
        &scenario("Given I open \"/\"\n      \"\"\"\n      x\n      \"\"\""),
        &["test.feature:4: this step takes no doc string", "remove the doc string"],
    );
}

#[test]
fn tags_that_can_not_be_followed() {
    for (tag, message) in [
        ("@timeout:soon", "@timeout:30s"),
        ("@retries", "@retries:2"),
        ("@quarantine:qa:2027-02-30", "@quarantine:OWNER:2027-01-31"),
        ("@retrise:2", "did you mean @retries:2?"),
        ("@window:wide", "@window:390x844"),
    ] {
        let feature = format!("Feature: A\n  {tag}\n  Scenario: B\n    Given I open \"/\"\n");
        refused(&feature, &["test.feature:3:", message]);
    }
}

#[test]
fn a_file_that_is_no_feature() {
    for feature in [
        "",
        "Hello\n",
        "Scenario: B\n  Given I open \"/\"\n",
        "Feature: A\n  Scenario: B\n    Given I open \"/\"\n      \"\"\"\n      no end\n",
    ] {
        refused(feature, &["test.feature"]);
    }
}

#[test]
fn a_feature_without_scenarios() {
    refused(
        "Feature: A\n",
        &["test.feature:1:", "no scenario", "allow-empty-features"],
    );
    refused("Feature: A\n  Background:\n    Given I open \"/\"\n", &["no scenario"]);
}

#[test]
fn what_other_suites_have_can_be_allowed() {
    let kit = Kit::with_feature(&format!("{WELL}  Scenario: B\n"));
    kit.write("empty.feature", "Feature: C\n");
    kit.write(
        "docent.toml",
        "allow-empty-features = true\nallow-empty-scenarios = true\nallow-duplicate-names = true\n",
    );
    let ended = kit.play(&["run", ".", "--dry-run"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    ended.must_tell(&["2 scenarios, 1 step;", "B #2"]);
}

#[test]
fn a_language_that_gherkin_does_not_have() {
    refused(&format!("# language: xx\n{WELL}"), &["test.feature:1"]);
}

#[test]
fn a_file_that_is_no_text() {
    let kit = Kit::with_feature("");
    std::fs::write(kit.folder.path().join("test.feature"), b"Feature: \xff\xfe\n").unwrap();
    refused_with(&kit, &["run", "test.feature"], &["test.feature", "UTF-8"]);
    // As older editors save it.
    std::fs::write(kit.folder.path().join("test.feature"), b"Feature: Caf\xe9\n").unwrap();
    refused_with(
        &kit,
        &["run", "test.feature"],
        &["test.feature:1: column 13", "# encoding: iso-8859-1"],
    );
}

#[test]
fn a_selection_of_nothing() {
    for (arguments, message) in [
        (["--tags", "@smok"].as_slice(), ["@smok", "did you mean @smoke?"]),
        (&["--tags", "not @smoke"], ["no scenario is selected", "not @smoke"]),
        (
            &["--tags", "@smoke and"],
            ["not a tag expression", "@smoke and not @slow"],
        ),
        (&["--name", "Nobody"], ["no scenario is selected", "is called Nobody"]),
        (&["--name", "("], ["not a regular expression", "("]),
        (&["--shard", "3/2"], ["--shard", "2/3"]),
        (&["--order", "random:x"], ["not a seed", "random:42"]),
        (&["--rerun"], ["no previous run", "without --rerun"]),
        (&["--wait", "-1"], ["--wait", "-1"]),
        (&["--wait", "30"], ["--step-timeout", "--wait"]),
        (&["--webdriver", "ftp://grid"], ["ftp://grid", "http://"]),
        (
            &["--base-url", "portal.example"],
            ["\"portal.example\"", "--base-url https://portal.example"],
        ),
        (&["--base-url", "ftp://portal"], ["\"ftp://portal\"", "http://"]),
        (
            &["--fail-fast", "--max-failures", "2"],
            ["--fail-fast", "--max-failures"],
        ),
    ] {
        let kit = Kit::with_feature("Feature: A\n  @smoke\n  Scenario: B\n    Given I open \"/\"\n");
        refused_with(&kit, &[&["run", "test.feature"], arguments].concat(), &message);
    }
}

#[test]
fn a_path_or_line_that_is_not_there() {
    let kit = Kit::with_feature(WELL);
    kit.write("empty/notes.txt", "");
    refused_with(&kit, &["run", "nowhere.feature"], &["nowhere.feature", "feature file"]);
    refused_with(&kit, &["run", "empty"], &["no feature file", "empty"]);
    refused_with(
        &kit,
        &["run", "test.feature:9"],
        &["no scenario at test.feature:9", "3 lines"],
    );
}

#[test]
fn settings_that_are_unknown() {
    let kit = Kit::with_feature(WELL);
    kit.write("docent.toml", "wait = 2\nworkrs = 3\n");
    refused_with(&kit, &["run", "test.feature"], &["docent.toml", "line 2", "workrs"]);
}

#[test]
fn a_dry_run_tells_what_is_wrong_as_a_run_does_and_lists_what_is_right() {
    refused_with(
        &Kit::with_feature(&scenario("Given x")),
        &["run", "test.feature", "--dry-run"],
        &["test.feature:3:"],
    );
    let ended = Kit::with_feature(WELL).play(&["run", "test.feature", "--dry-run"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    ended.must_tell(&["test.feature:2: B", "1 scenario, 1 step;"]);
    let ended = Kit::with_feature(&format!("{WELL}  @skip\n  Scenario: C\n    Given I open \"/\"\n")).play(&[
        "run",
        "test.feature",
        "--dry-run",
    ]);
    ended.must_tell(&["2 scenarios, 1 skipped, 2 steps;"]);
}
