//! Binds every step of every selected scenario to what it does, before anything is played.

use std::path::{Path, PathBuf};

use cucumber::codegen::LocalBoxFuture;
use cucumber::gherkin::tagexpr::TagOperation;
use cucumber::gherkin::{Feature, Rule, Scenario, Step, StepType};
use cucumber::{World as _, step};

use super::keywords;
use super::select::SelectError;
use crate::browser::LocatorError;
use crate::steps;
use crate::tutorial::scenes::{self, Played, SceneError, SceneSpan};
use crate::world::World;

/// Marks the scenarios that are tutorials.
pub const TUTORIAL_TAG: &str = "tutorial";
/// A step that begins so is played but not shown.
const OFF_CAMERA: &str = "off camera, ";

/// All that is going to be played.
#[derive(Debug)]
pub struct Plan {
    /// In the order of files and lines.
    pub scenarios: Vec<PlannedScenario>,
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
    /// The scenario's name.
    pub name: String,
    /// Line of the scenario.
    pub line: usize,
    /// Tags of feature, rule and scenario, without `@`.
    pub tags: Vec<String>,
    /// Background and scenario.
    pub steps: Vec<PlannedStep>,
    /// Scenes, if it is a tutorial.
    pub scenes: Vec<SceneSpan>,
}

/// A step with what it does.
#[derive(Debug)]
pub struct PlannedStep {
    /// As the feature file has it, keyword first.
    pub text: String,
    /// Line of the feature file.
    pub line: usize,
    /// The doc string.
    pub narration: Option<String>,
    /// Whether it is played without being shown.
    pub off_camera: bool,
    action: step::Step<World>,
    context: step::Context,
}

/// Why nothing is played.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// Files or tags.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// No scenario is left to play.
    #[error("no scenario is selected: of {of} in {}, none {why}", paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "))]
    Nothing {
        /// Where they were looked for.
        paths: Vec<PathBuf>,
        /// How many scenarios there are.
        of: usize,
        /// What they were selected by.
        why: String,
    },
    /// Nothing is known that the step could mean.
    #[error("{}:{line}: nothing is known that this step could mean:\n    {step}{}", path.display(), suggestion(nearest))]
    Undefined {
        /// The feature file.
        path: PathBuf,
        /// Line of the step.
        line: usize,
        /// As the feature file has it.
        step: String,
        /// The most similar steps of the vocabulary.
        nearest: Vec<String>,
    },
    /// A keyword is misspelt, so that Gherkin takes its line for mere description.
    #[error("{}:{line}: {word:?} is no keyword; did you mean {nearest:?}?", path.display())]
    Keyword {
        /// The feature file.
        path: PathBuf,
        /// The line.
        line: usize,
        /// As the feature file has it.
        word: String,
        /// The keyword.
        nearest: &'static str,
    },
    /// The step could mean several things.
    #[error("{}:{line}: this step could mean several things:\n    {step}\n  {}", path.display(), meanings.join("\n  "))]
    Ambiguous {
        /// The feature file.
        path: PathBuf,
        /// Line of the step.
        line: usize,
        /// As the feature file has it.
        step: String,
        /// The steps of the vocabulary.
        meanings: Vec<String>,
    },
    /// The step names something in a way that can't be looked for.
    #[error("{}:{line}: {source}\n    {step}", path.display())]
    Target {
        /// The feature file.
        path: PathBuf,
        /// Line of the step.
        line: usize,
        /// As the feature file has it.
        step: String,
        /// What is wrong with the name.
        source: LocatorError,
    },
    /// A scenario without steps would pass without looking.
    #[error("{}:{line}: the scenario {name:?} has no steps", path.display())]
    Empty {
        /// The feature file.
        path: PathBuf,
        /// Line of the scenario.
        line: usize,
        /// Its name.
        name: String,
    },
    /// A tutorial's scenes.
    #[error(transparent)]
    Scene(#[from] SceneError),
}

fn suggestion(nearest: &[String]) -> String {
    if nearest.is_empty() {
        String::new()
    } else {
        format!("\n  similar steps are:\n    {}", nearest.join("\n    "))
    }
}

impl PlannedStep {
    /// What the step does.
    pub(super) fn act<'a>(&self, world: &'a mut World) -> LocalBoxFuture<'a, ()> {
        (self.action)(world, self.context.clone())
    }
}

impl PlannedScenario {
    /// Whether it is a tutorial.
    #[must_use]
    pub fn is_tutorial(&self) -> bool {
        self.tags.iter().any(|tag| tag == TUTORIAL_TAG)
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

/// Selects by a tag expression and binds.
///
/// # Errors
/// [`PlanError`] of the first thing that is wrong.
pub fn plan(paths: &[PathBuf], tags: Option<&str>) -> Result<Plan, PlanError> {
    let features = super::select::features(paths)?;
    let wanted = tags.map(tag_expression).transpose()?;
    let mut all = 0;
    let mut scenarios = Vec::new();
    let binder = Binder {
        collection: World::collection(),
    };
    for feature in &features {
        binder.check_keywords(feature)?;
        for (rule, scenario) in scenarios_of(feature) {
            all += 1;
            let tags = inherited_tags(feature, rule, scenario);
            if wanted.as_ref().is_none_or(|wanted| matches(wanted, &tags)) {
                scenarios.push(binder.scenario(feature, rule, scenario, tags)?);
            }
        }
    }
    if scenarios.is_empty() {
        return Err(PlanError::Nothing {
            paths: paths.to_owned(),
            of: all,
            why: tags.map_or_else(|| "is there".to_owned(), |tags| format!("has the tags {tags}")),
        });
    }
    Ok(Plan { scenarios })
}

fn tag_expression(expression: &str) -> Result<TagOperation, SelectError> {
    expression.parse().map_err(|error: _| SelectError::Tags {
        expression: expression.to_owned(),
        reason: format!("{error}"),
    })
}

fn matches(wanted: &TagOperation, tags: &[String]) -> bool {
    match wanted {
        TagOperation::And(left, right) => matches(left, tags) && matches(right, tags),
        TagOperation::Or(left, right) => matches(left, tags) || matches(right, tags),
        TagOperation::Not(not) => !matches(not, tags),
        TagOperation::Tag(tag) => tags.contains(tag),
    }
}

fn scenarios_of(feature: &Feature) -> impl Iterator<Item = (Option<&Rule>, &Scenario)> {
    let outside = feature.scenarios.iter().map(|scenario| (None, scenario));
    let inside = feature
        .rules
        .iter()
        .flat_map(|rule| rule.scenarios.iter().map(move |scenario| (Some(rule), scenario)));
    outside.chain(inside)
}

fn inherited_tags(feature: &Feature, rule: Option<&Rule>, scenario: &Scenario) -> Vec<String> {
    let of_rule = rule.map(|rule| rule.tags.as_slice()).unwrap_or_default();
    feature
        .tags
        .iter()
        .chain(of_rule)
        .chain(&scenario.tags)
        .cloned()
        .collect()
}

struct Binder {
    collection: step::Collection<World>,
}

impl Binder {
    fn scenario(
        &self,
        feature: &Feature,
        rule: Option<&Rule>,
        scenario: &Scenario,
        tags: Vec<String>,
    ) -> Result<PlannedScenario, PlanError> {
        let path = feature.path.clone().unwrap_or_default();
        let line = scenario.position.line;
        let background = [
            feature.background.as_ref(),
            rule.and_then(|rule| rule.background.as_ref()),
        ]
        .into_iter()
        .flatten()
        .flat_map(|background| &background.steps);
        let steps = background
            .chain(&scenario.steps)
            .map(|step| self.step(&path, step))
            .collect::<Result<Vec<_>, _>>()?;
        if scenario.steps.is_empty() {
            let name = scenario.name.clone();
            return Err(PlanError::Empty { path, line, name });
        }
        let mut planned = PlannedScenario {
            path,
            feature: feature.name.clone(),
            description: unindent(feature.description.as_deref().unwrap_or_default()),
            name: scenario.name.clone(),
            line,
            tags,
            steps,
            scenes: Vec::new(),
        };
        if planned.is_tutorial() {
            planned.scenes = divide(&planned)?;
        }
        Ok(planned)
    }

    /// Descriptions may say anything; a line that would be a step or a section but for its first word is no description.
    fn check_keywords(&self, feature: &Feature) -> Result<(), PlanError> {
        let path = feature.path.clone().unwrap_or_default();
        let rules = feature.rules.iter().map(|rule| (rule.position.line, &rule.description));
        let scenarios = scenarios_of(feature).map(|(_, scenario)| (scenario.position.line, &scenario.description));
        let all = std::iter::once((feature.position.line, &feature.description))
            .chain(rules)
            .chain(scenarios);
        for (line, description) in all {
            let lines = description.iter().flat_map(|text| text.lines());
            for (below, text) in lines.enumerate() {
                if let Some((word, nearest)) = self.misspelt_keyword(text.trim()) {
                    let (path, line, word) = (path.clone(), line + below + 1, word.to_owned());
                    return Err(PlanError::Keyword {
                        path,
                        line,
                        word,
                        nearest,
                    });
                }
            }
        }
        Ok(())
    }

    fn misspelt_keyword<'a>(&self, line: &'a str) -> Option<(&'a str, &'static str)> {
        if let Some((word, _)) = line.split_once(':') {
            return keywords::nearest(&keywords::SECTIONS, word).map(|nearest| (word, nearest));
        }
        let (word, rest) = line.split_once(' ')?;
        let step = Step::builder()
            .keyword(word.to_owned())
            .ty(StepType::Given)
            .value(rest.to_owned())
            .build();
        let is_step = !matches!(self.meanings(&step), Ok(meanings) if meanings.is_empty());
        let nearest = keywords::nearest(&keywords::STEPS, word)?;
        is_step.then_some((word, nearest))
    }

    fn step(&self, path: &Path, step: &Step) -> Result<PlannedStep, PlanError> {
        let (path, line, written) = (
            path.to_owned(),
            step.position.line,
            format!("{}{}", step.keyword, step.value),
        );
        let mut shown = step.clone();
        let off_camera = step.value.starts_with(OFF_CAMERA);
        if off_camera {
            shown.value.drain(..OFF_CAMERA.len());
        }
        let mut meanings = self.meanings(&shown).map_err(|meanings| PlanError::Ambiguous {
            path: path.clone(),
            line,
            step: written.clone(),
            meanings,
        })?;
        let Some((action, context)) = meanings.pop() else {
            let nearest = Self::nearest(&shown.value);
            return Err(PlanError::Undefined {
                path,
                line,
                step: written,
                nearest,
            });
        };
        if let Err(source) = steps::check_targets(captured(&context)) {
            return Err(PlanError::Target {
                path,
                line,
                step: written,
                source,
            });
        }
        Ok(PlannedStep {
            text: written,
            line,
            narration: step.docstring.as_deref().map(unindent),
            off_camera,
            action,
            context,
        })
    }

    /// What a step means under any keyword: none or one; Err has the expressions if there are several.
    fn meanings(&self, step: &Step) -> Result<Vec<(step::Step<World>, step::Context)>, Vec<String>> {
        let mut found = Vec::new();
        let mut expressions = Vec::new();
        for ty in [StepType::Given, StepType::When, StepType::Then] {
            let asked = Step { ty, ..step.clone() };
            match self.collection.find(&asked) {
                Ok(None) => {}
                Ok(Some((action, _, place, context))) => {
                    expressions.push(place.map_or_else(String::new, |place| format!("{}:{}", place.path, place.line)));
                    let context = step::Context {
                        step: step.clone(),
                        ..context
                    };
                    found.push((*action, context));
                }
                Err(ambiguous) => {
                    expressions.extend(
                        ambiguous
                            .possible_matches
                            .iter()
                            .map(|(expression, _)| expression.to_string()),
                    );
                }
            }
        }
        if expressions.len() > 1 {
            Err(expressions)
        } else {
            Ok(found)
        }
    }

    fn nearest(text: &str) -> Vec<String> {
        let mut scored: Vec<(f64, String)> = steps::examples()
            .map(|example| (strsim::jaro_winkler(&unquoted(&example), &unquoted(text)), example))
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        scored.into_iter().take(3).map(|(_, example)| example).collect()
    }
}

/// A step's own words, without the names that it quotes.
fn unquoted(step: &str) -> String {
    step.split('"').step_by(2).collect()
}

/// What a step's expression captured; the first match is the whole step.
fn captured(context: &step::Context) -> impl Iterator<Item = &str> {
    context.matches.iter().skip(1).map(|(_, text)| text.as_str())
}

fn divide(scenario: &PlannedScenario) -> Result<Vec<SceneSpan>, SceneError> {
    let played: Vec<Played> = scenario
        .steps
        .iter()
        .map(|step| Played {
            line: step.line,
            narration: step.narration.as_deref(),
            clicks: steps::is_click(&step.context.step.value),
            off_camera: step.off_camera,
        })
        .collect();
    scenes::divide(&scenario.path, scenario.line, &played)
}

/// Doc strings and descriptions stand indented in the file; their lines of a paragraph are joined.
fn unindent(text: &str) -> String {
    text.trim()
        .split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(feature: &str, tags: Option<&str>) -> Result<Plan, PlanError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.feature");
        std::fs::write(&path, feature).unwrap();
        plan(&[path], tags)
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
            planned(feature, Some("@c")),
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
        let texts: Vec<_> = plan.scenarios[0].steps.iter().map(|step| step.text.as_str()).collect();
        assert_eq!(texts, ["Given I open \"/\"", "Then I see the link \"X\""]);
    }
}
