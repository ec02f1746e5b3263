//! Binds every step of every selected scenario to what it does, before anything is played.

mod check;
mod error;
mod naming;
mod step;

use std::collections::BTreeSet;
use std::path::PathBuf;

use cucumber::gherkin::{Background, Rule};

pub use error::PlanError;
use naming::{key_of, name_of, tags_of, tutorials_of};
pub(super) use step::Argument;
pub use step::{PlannedStep, Wording};

use super::bind::{Binder, unindent};
use super::feature_file::{FeatureFile, Located, SourceFile};
use super::handling::Handling;
use super::select::{self, Filter, Selection};
use crate::steps::Effect;
use crate::tutorial::folders::Entry;
use crate::tutorial::production::{Script, Told};
use crate::tutorial::scenes::{self, Played, SceneError, SceneSpan};

/// Marks the scenarios that are tutorials.
pub const TUTORIAL_TAG: &str = "tutorial";

/// All that is going to be played.
#[derive(Debug, Default)]
pub struct Plan {
    /// In the order in which they are taken up.
    pub scenarios: Vec<PlannedScenario>,
    /// The files that they stand in.
    pub files: Vec<SourceFile>,
    /// All tutorials of these files, selected or not.
    pub tutorials: Vec<Entry>,
}

/// A scenario whose every step is bound.
#[derive(Debug)]
pub struct PlannedScenario {
    /// The feature file.
    pub path: PathBuf,
    /// The feature's name.
    pub feature: String,
    /// The feature's free description.
    pub description: String,
    /// Name of the rule that it stands in.
    pub rule: Option<String>,
    /// The scenario's name; rows of an outline that share one are told apart by their number.
    pub name: String,
    /// Line of the scenario, or of its row.
    pub line: usize,
    /// Names the scenario wherever it stands in its file: `features/a.feature > Rule > Name #2`.
    pub key: String,
    /// Tags of feature, rule and scenario, without `@`.
    pub tags: Vec<String>,
    /// What the tags ask for.
    pub handling: Handling,
    /// Background and scenario.
    pub steps: Vec<PlannedStep>,
    /// Scenes, if it is a tutorial.
    pub scenes: Vec<SceneSpan>,
}

impl PlannedScenario {
    /// Whether it is a tutorial.
    #[must_use]
    pub fn is_tutorial(&self) -> bool {
        self.tags.iter().any(|tag| tag == TUTORIAL_TAG)
    }

    /// What it tells, if it is a tutorial.
    #[must_use]
    pub fn script(&self) -> Script {
        let told = |scene: &SceneSpan| Told {
            step: self.steps[scene.opens].wording.text.to_string(),
            narration: self.steps[scene.opens].narration.clone().unwrap_or_default(),
            place: self.place_of(Some(scene.opens)),
        };
        Script {
            title: self.name.clone(),
            introduction: self.description.clone(),
            scenes: self.scenes.iter().map(told).collect(),
        }
    }

    /// The scene that a step belongs to.
    #[must_use]
    pub fn scene_of(&self, step: usize) -> Option<usize> {
        self.scenes.iter().rposition(|scene| scene.opens <= step)
    }

    /// Where a step, or the scenario itself, stands: `features/x.feature:12`.
    #[must_use]
    pub fn place_of(&self, step: Option<usize>) -> String {
        let line = step
            .and_then(|step| self.steps.get(step))
            .map_or(self.line, |step| step.line);
        format!("{}:{line}", self.path.display())
    }
}

impl Plan {
    /// Whether all of it can be played on a portal elsewhere.
    ///
    /// # Errors
    /// [`PlanError::Steering`] of every step that can't.
    pub fn check_for(&self, portal: &str) -> Result<(), PlanError> {
        check::steering(&self.scenarios, portal)
    }
}

/// Selects and binds.
///
/// # Errors
/// [`PlanError`] of all that is wrong.
pub fn plan(selection: &Selection) -> Result<Plan, PlanError> {
    let filter = Filter::new(selection)?;
    let binder = Binder::new();
    let mut known_tags = BTreeSet::new();
    let mut of = 0;
    let mut wrong = Vec::new();
    let mut scenarios = Vec::new();
    let mut files = Vec::new();
    let mut tutorials = Vec::new();
    for chosen in select::files(&selection.paths)? {
        let chosen = chosen?;
        let file = &chosen.file;
        wrong.extend(check::keywords(&binder, &file.feature).err());
        wrong.extend(check::names(file).err());
        known_tags.extend(file.scenarios.iter().flat_map(|scenario| tags_of(file, scenario)));
        for located in chosen.scenarios()? {
            of += 1;
            let key = key_of(file, located);
            let tags = tags_of(file, located);
            let failed = selection.failed.as_ref().is_none_or(|failed| failed.contains(&key));
            if failed && filter.wants(&name_of(file, located), &tags) {
                match planned(&binder, file, located, key, tags) {
                    Ok(scenario) => scenarios.push(scenario),
                    Err(errors) => wrong.extend(errors),
                }
            }
        }
        tutorials.extend(tutorials_of(file));
        let FeatureFile { path, source, .. } = chosen.file;
        let source = source.into();
        files.push(SourceFile { path, source });
    }
    // A keyword that is misspelt hides what stands below it, its tags included.
    match wrong.len() {
        0 => filter.check_tags(&known_tags)?,
        1 => return Err(wrong.remove(0)),
        _ => return Err(PlanError::Several(wrong)),
    }
    if scenarios.is_empty() {
        let paths = selection.paths.clone();
        let why = why_nothing(selection);
        return Err(PlanError::Nothing { paths, of, why });
    }
    Ok(Plan {
        scenarios,
        files,
        tutorials,
    })
}

fn why_nothing(selection: &Selection) -> String {
    let tags = selection.tags.iter().map(|tags| format!("has the tags {tags}"));
    let names = (!selection.names.is_empty()).then(|| format!("is called {}", selection.names.join(" or ")));
    let failed = selection.failed.as_ref().map(|_| "failed last time".to_owned());
    let reasons: Vec<_> = tags.chain(names).chain(failed).collect();
    if reasons.is_empty() {
        "is there".to_owned()
    } else {
        reasons.join(" and ")
    }
}

fn planned(
    binder: &Binder,
    file: &FeatureFile,
    located: &Located,
    key: String,
    tags: Vec<String>,
) -> Result<PlannedScenario, Vec<PlanError>> {
    let (path, line) = (file.path.clone(), located.line);
    let scenario = &located.scenario;
    if scenario.steps.is_empty() {
        let name = scenario.name.clone();
        return Err(vec![PlanError::Empty { path, line, name }]);
    }
    let handling = Handling::of(&tags).map_err(|source| {
        let path = path.clone();
        vec![PlanError::Tag { path, line, source }]
    })?;
    let mut planned = PlannedScenario {
        feature: file.feature.name.clone(),
        description: unindent(file.feature.description.as_deref().unwrap_or_default()),
        rule: file.rule_of(located).map(|rule| rule.name.clone()),
        name: name_of(file, located),
        line,
        key,
        tags,
        handling,
        steps: bound(binder, file, located)?,
        scenes: Vec::new(),
        path,
    };
    if planned.is_tutorial() {
        planned.scenes = divide(&planned).map_err(|error| vec![error.into()])?;
    }
    Ok(planned)
}

/// The steps of backgrounds and scenario, or all that is wrong with them.
fn bound(binder: &Binder, file: &FeatureFile, located: &Located) -> Result<Vec<PlannedStep>, Vec<PlanError>> {
    let of_rule = file.rule_of(located).and_then(|rule: &Rule| rule.background.as_ref());
    let backgrounds = [file.feature.background.as_ref(), of_rule];
    let before = backgrounds
        .into_iter()
        .flatten()
        .flat_map(|one: &Background| &one.steps);
    let (steps, wrong): (Vec<_>, Vec<_>) = before
        .chain(&located.scenario.steps)
        .map(|step| binder.step(&file.path, step))
        .partition(Result::is_ok);
    let wrong: Vec<_> = wrong.into_iter().filter_map(Result::err).collect();
    if wrong.is_empty() {
        Ok(steps.into_iter().flatten().collect())
    } else {
        Err(wrong)
    }
}

fn divide(scenario: &PlannedScenario) -> Result<Vec<SceneSpan>, SceneError> {
    let played: Vec<Played> = scenario
        .steps
        .iter()
        .map(|step| Played {
            line: step.line,
            narration: step.narration.as_deref(),
            clicks: step.effect() == Effect::Clicks,
            opens: step.effect() == Effect::Opens,
            off_camera: step.wording.off_camera,
        })
        .collect();
    scenes::divide(&scenario.path, scenario.line, &played)
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::suite::select::SelectError;

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

    #[track_caller]
    fn refused(feature: &str) -> String {
        planned(feature, None).unwrap_err().to_string()
    }

    #[test]
    fn an_undefined_step_is_told_with_its_line_and_the_nearest() {
        let told = refused("Feature: A\n  Scenario: B\n    Given I open \"/\"\n    When I clack the button \"X\"\n");
        assert!(
            told.contains("a.feature:4:") && told.contains("I click the button"),
            "{told}"
        );
    }

    #[test]
    fn an_unknown_kind_of_thing_is_told_with_the_nearest() {
        let told = refused("Feature: A\n  Scenario: B\n    When I click the buton \"X\"\n");
        assert!(
            told.contains("a.feature:3:") && told.contains("did you mean \"button\""),
            "{told}"
        );
    }

    #[test]
    fn steps_that_say_the_same_share_what_they_mean_but_not_where_they_stand() {
        let told = planned(
            "Feature: A\n  Scenario: B\n    Given I open \"/\"\n    And I open \"/\"\n    And I open \"/\"\n      \"\"\"\n      Home\n      \"\"\"\n",
            None,
        );
        let steps = &told.unwrap().scenarios[0].steps;
        assert!(Arc::ptr_eq(&steps[1].wording, &steps[2].wording));
        assert!(
            !Arc::ptr_eq(&steps[0].wording, &steps[1].wording),
            "their keywords differ"
        );
        assert_eq!((steps[1].line, steps[2].line), (4, 5));
        assert_eq!(
            (&steps[1].narration, steps[2].narration.as_deref()),
            (&None, Some("Home"))
        );
    }

    #[test]
    fn a_misspelt_section_is_no_description() {
        let told = refused("Feature: A\n  Scenari: B\n    Given I open \"/\"\n");
        assert!(
            told.contains("a.feature:2: \"Scenari\" is no keyword; did you mean \"Scenario\""),
            "{told}"
        );
    }

    #[test]
    fn a_misspelt_keyword_of_the_first_step_is_no_description() {
        let told = refused("Feature: A\n  Scenario: B\n    Givven I open \"/\"\n    Then I see the link \"X\"\n");
        assert!(
            told.contains("a.feature:3: \"Givven\" is no keyword; did you mean \"Given\""),
            "{told}"
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
            Err(PlanError::Nothing { of: 2, .. })
        ));
        assert!(matches!(
            planned(feature, Some("@a and")),
            Err(PlanError::Select(SelectError::Tags { .. }))
        ));
    }

    #[test]
    fn a_background_comes_before_every_scenario() {
        let feature =
            "Feature: A\n  Background:\n    Given I open \"/\"\n  Scenario: B\n    Then I see the link \"X\"\n";
        let plan = planned(feature, None).unwrap();
        let texts: Vec<_> = plan.scenarios[0].steps.iter().map(|step| &*step.wording.text).collect();
        assert_eq!(texts, ["Given I open \"/\"", "Then I see the link \"X\""]);
    }

    #[test]
    fn a_tag_that_no_scenario_has_is_told_with_the_nearest() {
        let feature = "Feature: A\n  @smoke\n  Scenario: B\n    Given I open \"/\"\n";
        let told = planned(feature, Some("not @smoek")).unwrap_err().to_string();
        assert!(
            told.contains("@smoek") && told.contains("did you mean @smoke?"),
            "{told}"
        );
    }

    #[test]
    fn two_scenarios_of_one_name_are_refused() {
        let twice = "Feature: A\n  Scenario: B\n    Given I open \"/\"\n  Scenario: B\n    Given I open \"/\"\n";
        assert!(refused(twice).contains("a.feature:4: the scenario \"B\" stands in line 2 already"));
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
        let told = refused(
            "Feature: A\n  Scenario: B\n    Given x y\n    Then z\n  @retries\n  Scenario: C\n    Given I open \"/\"\n",
        );
        for place in ["a.feature:3:", "a.feature:4:", "a.feature:6: @retries"] {
            assert!(told.contains(place), "{told}");
        }
    }

    #[test]
    fn what_is_wrong_in_several_scenarios_is_told_and_taught_once() {
        let error = planned(
            "Feature: A\n  Background:\n    Given zebras gallop 2 hours\n  Scenario: B\n    Given I open \"/\"\n  Scenario: C\n    Given zebras gallop 3 hours\n",
            None,
        )
        .unwrap_err();
        let told = error.to_string();
        assert_eq!(told.matches("a.feature:3:").count(), 1, "{told}");
        assert!(
            told.contains("a.feature:7:") && told.contains("no step is similar"),
            "{told}"
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
        let of = |failed: &[String]| {
            plan(&Selection {
                paths: vec![path.clone()],
                failed: Some(failed.iter().cloned().collect()),
                ..Selection::default()
            })
        };
        let key = format!("{} > C", path.display());
        let names: Vec<_> = of(&[key]).unwrap().scenarios.into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["C"]);
        assert!(of(&[]).unwrap_err().to_string().contains("failed last time"));
    }
}
