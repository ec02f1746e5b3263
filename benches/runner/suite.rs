//! A suite of features that can be played on the stand-in and on the mock portal alike.

use std::fmt::Write;
use std::path::Path;

use tempfile::TempDir;

/// Steps of each scenario.
pub const STEPS: usize = 8;
/// Scenarios of each file.
const IN_A_FILE: usize = 10;

/// Looks, types and leaves the page once, which is what scenarios mostly do.
const SCENARIO: &str = r#"    Given I open "/login"
    Then I see the heading "Welcome to WIPO"
    And I see the button "Login"
    When I type "amara" into the text field "Username"
    Then the text field "Username" holds "amara"
    And I do not see the button "Amara Diallo"
    When I click the link "Forgot your username?"
    Then I see the heading "Forgot your username?"
"#;

/// An outline whose rows are still to come.
const OUTLINE: &str = r#"Feature: Addresses
  Scenario Outline: The address of <name>
    Given I open "/addresses"
    When I type "<name>" into the text field "Name"
    And I type "<street>" into the text field "Street"
    And I click the button "Save <number>"
    Then I see the text "<name>, <street> <number>"

    Examples:
      | name | street | number |
"#;

/// A folder with features in `features/`.
pub struct Suite(TempDir);

impl Suite {
    /// So many scenarios.
    pub fn of(scenarios: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let features = folder.path().join("features");
        std::fs::create_dir(&features).unwrap();
        let numbers: Vec<_> = (1..=scenarios).collect();
        for (file, numbers) in numbers.chunks(IN_A_FILE).enumerate() {
            let mut text = format!("Feature: Part {file} of a long suite\n");
            for number in numbers {
                write!(
                    text,
                    "\n  @smoke\n  Scenario: Somebody looks for help, {number}\n{SCENARIO}"
                )
                .unwrap();
            }
            std::fs::write(features.join(format!("part-{file:03}.feature")), text).unwrap();
        }
        Self(folder)
    }

    /// One outline with so many rows.
    pub fn outline(rows: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let features = folder.path().join("features");
        std::fs::create_dir(&features).unwrap();
        let mut text = OUTLINE.to_owned();
        for row in 1..=rows {
            writeln!(text, "      | name-{row} | Street {row} | {row} |").unwrap();
        }
        std::fs::write(features.join("outline.feature"), text).unwrap();
        Self(folder)
    }

    /// Where `docent run` is run.
    pub fn folder(&self) -> &Path {
        self.0.path()
    }
}
