use std::collections::BTreeSet;
use std::sync::Arc;

use super::rerun::EarlierScenario;
use super::select::{SelectError, Selection};
use super::*;
use crate::config::Allowed;
use crate::{apply, step};

/// The plan of a file with this text, `a.feature`, as far as it has these tags.
pub(crate) fn planned(feature: &str, tags: Option<&str>) -> Result<Plan, PlanError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.feature");
    std::fs::write(&path, feature).unwrap();
    plan(&Selection {
        paths: vec![path],
        tags: tags.map(str::to_owned),
        ..Selection::default()
    })
}

/// The plan of the same file with some things allowed.
fn allowed(feature: &str, allowed: Allowed) -> Result<Plan, PlanError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.feature");
    std::fs::write(&path, feature).unwrap();
    plan(&Selection {
        paths: vec![path],
        allowed,
        ..Selection::default()
    })
}

#[track_caller]
fn refused(feature: &str) -> String {
    planned(feature, None).unwrap_err().to_string()
}

#[test]
fn an_undefined_step_is_told_with_its_line_and_the_nearest() {
    let message = refused("Feature: A\n  Scenario: B\n    Given I open \"/\"\n    When I clack the button \"X\"\n");
    assert!(
        message.contains("a.feature:4:") && message.contains("I click the button"),
        "{message}"
    );
}

#[test]
fn a_character_that_nobody_can_see_is_named() {
    for (step, message) in [
        ("I open\u{a0}\"/\"", "U+00A0 after \"Given I open\""),
        ("I\u{200b} open \"/a\u{a0}b\"", "U+200B after \"Given I\""),
        ("I\u{3000}click the button \"X\"", "U+3000 after \"Given I\""),
        ("I\topen \"/\"", "U+0009 after \"Given I\""),
    ] {
        let refused = refused(&format!("Feature: A\n  Scenario: B\n    Given {step}\n"));
        assert!(
            refused.contains(message) && refused.contains("a.feature:3:"),
            "{refused}"
        );
    }
    assert!(planned("Feature: A\n  Scenario: B\n    Given I open \"/a\u{a0}b\"\n", None).is_ok());
    let first = refused("Feature: A\n  Scenario: B\n    Given\u{a0}I\u{a0}open \"/\"\n");
    assert!(
        first.contains("a.feature:3: undefined step, because of the character U+00A0 after \"Given\""),
        "{first}"
    );
    let later = refused("Feature: A\n  Scenario: B\n    Given I open \"/\"\n    And\u{a0}I open \"/\"\n");
    assert!(
        later.contains("a.feature:4: \"And\" is a keyword only with an ordinary space"),
        "{later}"
    );
}

#[test]
fn an_unknown_kind_of_thing_is_told_with_the_nearest() {
    let message = refused("Feature: A\n  Scenario: B\n    When I click the buton \"X\"\n");
    assert!(
        message.contains("a.feature:3:") && message.contains("did you mean \"button\""),
        "{message}"
    );
}

#[test]
fn steps_that_say_the_same_share_what_they_mean_but_not_where_they_stand() {
    let message = planned(
        "@tutorial\nFeature: A\n  Scenario: B\n    Given I open \"/\"\n    And I open \"/\"\n    And I open \"/\"\n      \"\"\"\n      Home\n      \"\"\"\n",
        None,
    );
    let steps = &message.unwrap().scenarios[0].steps;
    assert!(Arc::ptr_eq(&steps[1].wording, &steps[2].wording));
    assert!(
        !Arc::ptr_eq(&steps[0].wording, &steps[1].wording),
        "their keywords differ"
    );
    assert_eq!((steps[1].line, steps[2].line), (5, 6));
    assert_eq!(
        (&steps[1].narration, steps[2].narration.as_deref()),
        (&None, Some("Home"))
    );
}

#[test]
fn a_misspelt_section_is_no_description() {
    let message = refused("Feature: A\n  Scenari: B\n    Given I open \"/\"\n");
    assert!(
        message.contains("a.feature:2: \"Scenari\" is no keyword; did you mean \"Scenario\""),
        "{message}"
    );
}

#[test]
fn a_misspelt_keyword_of_the_first_step_is_no_description() {
    let message = refused("Feature: A\n  Scenario: B\n    Givven I open \"/\"\n    Then I see the link \"X\"\n");
    assert!(
        message.contains("a.feature:3: \"Givven\" is no keyword; did you mean \"Given\""),
        "{message}"
    );
}

#[test]
fn prose_is_left_alone() {
    let feature = "Feature: A\n  The portal opens. Note: it is a mock.\n\n  Scenario: B\n    Given I open \"/\"\n";
    assert_eq!(planned(feature, None).unwrap().scenarios.len(), 1);
}

#[test]
fn a_scenario_without_steps_is_refused() {
    assert!(refused("Feature: A\n  Scenario: B\n").contains("a.feature:2: the scenario \"B\" has no steps"));
}

#[test]
fn tags_select_and_what_selects_nothing_is_an_error() {
    let feature =
        "@a\nFeature: A\n  @b\n  Scenario: B\n    Given I open \"/\"\n  Scenario: C\n    Given I open \"/\"\n";
    assert_eq!(planned(feature, Some("@a and not @b")).unwrap().scenarios[0].name, "C");
    assert!(matches!(
        planned(feature, Some("not @a")),
        Err(PlanError::NothingSelected { of: 2, .. })
    ));
    assert!(matches!(
        planned(feature, Some("@a and")),
        Err(PlanError::Select(SelectError::Tags { .. }))
    ));
}

#[test]
fn a_background_comes_before_every_scenario() {
    let feature = "Feature: A\n  Background:\n    Given I open \"/\"\n  Scenario: B\n    Then I see the link \"X\"\n";
    let plan = planned(feature, None).unwrap();
    let texts: Vec<_> = plan.scenarios[0].steps.iter().map(|step| &*step.wording.text).collect();
    assert_eq!(texts, ["Given I open \"/\"", "Then I see the link \"X\""]);
}

#[test]
fn a_tag_that_no_scenario_has_is_told_with_the_nearest() {
    let feature = "Feature: A\n  @smoke\n  Scenario: B\n    Given I open \"/\"\n";
    let message = planned(feature, Some("not @smoek")).unwrap_err().to_string();
    assert!(
        message.contains("@smoek") && message.contains("did you mean @smoke?"),
        "{message}"
    );
}

#[test]
fn two_scenarios_of_one_name_are_refused() {
    let twice = "Feature: A\n  Scenario: B\n    Given I open \"/\"\n  Scenario: B\n    Given I open \"/\"\n";
    assert!(refused(twice).contains("a.feature:4: duplicate scenario name \"B\": line 2 has it already"));
}

#[test]
fn rows_of_an_outline_have_names_and_keys_of_their_own() {
    let feature = "Feature: A\n  Rule: R\n    Scenario Outline: B\n      Given I open \"<x>\"\n      Examples:\n        | x |\n        | 1 |\n        | 2 |\n";
    let plan = planned(feature, None).unwrap();
    let names: Vec<_> = plan.scenarios.iter().map(|one| (one.name.as_str(), one.line)).collect();
    assert_eq!(names, [("B (example 1)", 7), ("B (example 2)", 8)]);
    assert!(plan.scenarios[1].key.ends_with("a.feature > R > B #2"));
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let message = refused(
        "Feature: A\n  Scenario: B\n    Given x y\n    Then z\n  @retries\n  Scenario: C\n    Given I open \"/\"\n",
    );
    for place in ["a.feature:3:", "a.feature:4:", "a.feature:6: invalid tag @retries"] {
        assert!(message.contains(place), "{message}");
    }
}

#[test]
fn what_is_wrong_in_several_scenarios_is_told_and_taught_once() {
    let error = planned(
        "Feature: A\n  Background:\n    Given zebras gallop 2 hours\n  Scenario: B\n    Given I open \"/\"\n  Scenario: C\n    Given zebras gallop 3 hours\n",
        None,
    )
    .unwrap_err();
    let message = error.to_string();
    assert_eq!(message.matches("a.feature:3:").count(), 1, "{message}");
    assert!(
        message.contains("a.feature:7:") && message.contains("lists all steps"),
        "{message}"
    );
    let snippets: Vec<_> = error.snippets().into_iter().collect();
    assert!(
        snippets.len() == 1 && snippets[0].contains("zebras gallop {int} hours"),
        "{snippets:?}"
    );
}

#[test]
fn only_what_failed_is_planned_for_another_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.feature");
    std::fs::write(
        &path,
        "Feature: A\n  Scenario: B\n    Given I open \"/\"\n  Scenario: C\n    Given I open \"/\"\n",
    )
    .unwrap();
    let of = |open: &[&str]| {
        let earlier = open.iter().map(|name| EarlierScenario {
            path: path.clone(),
            key: format!("{} > {name}", path.display()),
            content: String::new(),
            is_open: true,
        });
        plan(&Selection {
            paths: vec![path.clone()],
            earlier: Some(earlier.collect()),
            ..Selection::default()
        })
    };
    let names: Vec<_> = of(&["C"]).unwrap().scenarios.into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["C"]);
    let nothing = of(&["D"]).unwrap_err().to_string();
    assert!(nothing.contains("> D: no longer there"), "{nothing}");
}

#[test]
fn a_tag_that_settings_leave_out_everywhere_need_not_be_in_every_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.feature");
    std::fs::write(&path, "Feature: A\n  Scenario: B\n    Given I open \"/\"\n").unwrap();
    let of = |tags: &str, tags_are_general| {
        let selection = Selection {
            paths: vec![path.clone()],
            tags: Some(tags.to_owned()),
            tags_are_general,
            ..Selection::default()
        };
        plan(&selection).map(|plan| plan.scenarios.len())
    };
    assert!(of("not @slow", false).unwrap_err().to_string().contains("@slow"));
    assert_eq!(of("not @slow", true).unwrap(), 1);
    assert!(matches!(of("@slow", true), Err(PlanError::NothingSelected { .. })));
}

#[test]
fn a_scenario_without_a_name_can_be_told() {
    let feature = "Feature: A\n  Scenario:\n    Given I open \"/\"\n  Rule: R\n    Scenario Outline:\n      Given I open \"<a>\"\n      \
                   Examples:\n        | a |\n        | / |\n";
    let plan = planned(feature, None).unwrap();
    let names: Vec<_> = plan.scenarios.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["(unnamed)", "(unnamed) (example 1)"]);
}

#[test]
fn a_feature_without_scenarios_is_refused_beside_others_and_can_be_allowed() {
    let folder = tempfile::tempdir().unwrap();
    let well = "Feature: A\n  Scenario: B\n    Given I open \"/\"\n";
    for (name, text) in [("a", well), ("b", "Feature: B\n"), ("c", "# nothing\n")] {
        std::fs::write(folder.path().join(format!("{name}.feature")), text).unwrap();
    }
    let of = |empty_features| {
        plan(&Selection {
            paths: vec![folder.path().to_owned()],
            allowed: Allowed {
                empty_features,
                ..Allowed::default()
            },
            ..Selection::default()
        })
    };
    let message = of(false).unwrap_err().to_string();
    assert!(
        message.contains("b.feature:1: this feature has no scenario"),
        "{message}"
    );
    assert!(message.contains("c.feature:1: this file has no feature"), "{message}");
    assert!(message.contains("allow-empty-features"), "{message}");
    assert_eq!(of(true).unwrap().scenarios.len(), 1);
    let empty = Allowed {
        empty_features: true,
        ..Allowed::default()
    };
    assert!(allowed("Feature: B\n", empty).unwrap().scenarios.is_empty());
}

#[test]
fn empty_scenarios_and_outlines_can_be_allowed() {
    let feature = "Feature: A\n  Background:\n    Given I open \"/\"\n  Scenario: B\n  Scenario Outline: C\n    Given <c>\n    Examples:\n      | c |\n";
    let message = refused(feature);
    assert!(
        message.contains("a.feature:4: the scenario \"B\" has no steps"),
        "{message}"
    );
    assert!(
        message.contains("a.feature:5: the scenario outline \"C\" has no examples"),
        "{message}"
    );
    let empty = Allowed {
        empty_scenarios: true,
        ..Allowed::default()
    };
    let plan = allowed(feature, empty).unwrap();
    assert_eq!(plan.scenarios.len(), 1);
    assert!(plan.scenarios[0].steps.is_empty(), "nor has it those of the background");
}

#[test]
fn duplicate_names_can_be_allowed_and_are_told_apart() {
    let scenario = "  Scenario: B\n    Given I open \"/\"\n";
    let outline = "  Scenario Outline: C\n    Given I open \"<x>\"\n    Examples:\n      | x |\n      | 1 |\n";
    let feature = format!("Feature: A\n{scenario}{outline}{scenario}{outline}  Rule: R\n{scenario}");
    let duplicate = Allowed {
        duplicate_names: true,
        ..Allowed::default()
    };
    let plan = allowed(&feature, duplicate).unwrap();
    let names: Vec<_> = plan.scenarios.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["B", "C (example 1)", "B #2", "C (example 1) #2", "B"]);
    let keys: BTreeSet<_> = plan.scenarios.iter().map(|one| &one.key).collect();
    assert_eq!(keys.len(), 5, "{keys:?}");
    assert!(plan.scenarios[2].key.ends_with("a.feature > B #2"));
}

#[test]
fn a_step_that_stands_under_no_scenario_is_told() {
    let message = refused("Feature: A\n  Given I open \"/\"\n  Scenario: B\n    Given I open \"/\"\n");
    assert!(
        message.contains("a.feature:2: this Given step is outside of any scenario"),
        "{message}"
    );
}

/// A step that is not of Docent's vocabulary may read what it likes.
#[cucumber::then("data stand below")]
fn data_below(_: &mut crate::world::World) {}

#[test]
fn what_no_step_reads_may_not_stand_below_it() {
    let of = |tag: &str, step: &str, below: &str| {
        let feature = format!("@{tag}\nFeature: A\n  Scenario: B\n    Given {step}\n{below}");
        planned(&feature, None).map(drop).map_err(|error| error.to_string())
    };
    let (open, just_these) = ("I open \"/\"", "I see just these, in this order:");
    let (table, words, data) = (
        "      | link |\n",
        "      \"\"\"\n      Look.\n      \"\"\"\n",
        "      \"\"\"json\n      1\n      \"\"\"\n",
    );
    for (tag, step, below, message) in [
        ("a", open, table, "a.feature:5: this step takes no table"),
        (
            "a",
            open,
            words,
            "a.feature:5: this step takes no doc string, and the scenario is not a tutorial",
        ),
        ("tutorial", open, data, "a.feature:5: this step takes no doc string\n"),
        ("a", just_these, "", "a.feature:4: this step needs a table"),
        (
            "a",
            just_these,
            &format!("{table}{data}"),
            "a.feature:6: this step takes no doc string",
        ),
    ] {
        let error = of(tag, step, below).unwrap_err();
        assert!(error.contains(message) && error.contains(step), "{error}");
    }
    assert_eq!(of("tutorial", open, words), Ok(()));
    assert_eq!(of("a", just_these, table), Ok(()));
    assert_eq!(of("a", "data stand below", &format!("{table}{data}")), Ok(()));
}

/// Presses the button at the door. Example: `When the doorbell is pressed`.
#[apply(step)]
#[when(expr = "the doorbell is pressed")]
#[effect(Clicks)]
fn doorbell(_: &mut crate::world::World) {}

#[test]
fn what_a_step_does_is_said_by_its_definition_whatever_its_words() {
    let feature = "@tutorial\nFeature: A\n  Scenario: B\n    Given the doorbell is pressed\n      \"\"\"\n      Ring.\n      \"\"\"\n    \
                   And I open \"/\"\n";
    let error = planned(feature, None).unwrap_err().to_string();
    assert!(
        error.contains("a.feature:8: this step follows the click of line 4"),
        "{error}"
    );
}

#[test]
fn only_words_for_people_open_a_scene() {
    let step = |step: &str, media_type: &str| {
        format!("    {step}\n      \"\"\"{media_type}\n      - one\n      - two\n      \"\"\"\n")
    };
    let message = step("Given I open \"/\"", "markdown");
    let data = step("Then data stand below", "json");
    let feature = format!("@tutorial\nFeature: A\n  Scenario: B\n{message}{data}");
    let plan = planned(&feature, None).unwrap();
    assert_eq!(plan.scenarios[0].scenes.len(), 1);
    assert_eq!(plan.scenarios[0].script().scenes[0].narration, "- one\n- two");
}

#[test]
fn what_is_wrong_in_several_files_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("a.feature"),
        "Feature: A\n  Scenario: B\n    Given c\n      | d |\n      | |e|\n",
    )
    .unwrap();
    std::fs::write(folder.path().join("b.feature"), "Feature: \u{fc}\n@x\n").unwrap();
    std::fs::write(folder.path().join("c.feature"), b"Feature: \xfc\n").unwrap();
    let paths = vec![folder.path().to_owned()];
    let message = plan(&Selection {
        paths,
        ..Selection::default()
    })
    .unwrap_err()
    .to_string();
    for place in [
        "a.feature:5: this row has 2 cells",
        "b.feature:2: tags stand",
        "c.feature:1: column 10 is not UTF-8",
    ] {
        assert!(message.contains(place), "{message}");
    }
}
