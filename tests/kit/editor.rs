//! The Cucumber extension's language service understands what `docent steps --editor` writes.

use std::ffi::OsStr;
use std::process::Command;

use serde_json::{Value, json};

use crate::npm::node;

const FEATURE: &str = r#"Feature: A
  Scenario: B
    Given I open "/"
    When off camera, I click the button "Pair" in the widget "Annual Contributions"
    When I clack the button "Pair"
    Then I choose
"#;

#[test]
fn the_extension_knows_completes_and_finds_every_step() {
    let folder = tempfile::tempdir().unwrap();
    let ended = Command::new(env!("CARGO_BIN_EXE_docent"))
        .args(["steps", "--editor", "."])
        .current_dir(folder.path())
        .status()
        .unwrap();
    assert!(ended.success());
    std::fs::write(folder.path().join("a.feature"), FEATURE).unwrap();
    let message = node("editor.mjs", &[folder.path().as_os_str(), OsStr::new("a.feature")]);
    let message: Value = serde_json::from_str(&message).unwrap();
    assert_eq!(message["errors"], json!([]));
    let expressions = message["expressions"].as_array().unwrap();
    // Each as it is, and off camera.
    assert_eq!(expressions.len(), 2 * docent::steps::vocabulary().count());
    for entry in docent::steps::vocabulary() {
        assert!(expressions.contains(&json!(entry.expression)), "{}", entry.expression);
    }
    assert_eq!(
        message["unknown"],
        json!([r#"When I clack the button "Pair""#, "Then I choose"])
    );
    let steps = message["steps"].as_array().unwrap();
    let glue = std::fs::read_to_string(folder.path().join(".vscode/docent-steps.rs")).unwrap();
    let clicking = glue
        .lines()
        .position(|line| line.contains("\"off camera, I click {target}\""))
        .unwrap()
        + 1;
    let link = format!("file:///.vscode/docent-steps.rs:{clicking}");
    assert_eq!(steps[1]["leads_to"], json!([link]));
    let completions = steps[3]["completions"].as_array().unwrap();
    assert!(
        completions.contains(&json!("I choose {string} from {target}")),
        "{completions:?}"
    );
}
