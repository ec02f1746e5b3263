//! A plan: every scenario that will run, with its steps bound.

use std::path::PathBuf;

use super::feature_file::SourceFile;
use super::rerun::FoundScenario;
use super::step::PlannedStep;
use super::tags::ScenarioOptions;
use crate::tutorial::folders::Entry;
use crate::tutorial::production::{Script, ScriptScene};
use crate::tutorial::scenes::SceneSpan;

/// Marks the scenarios that are tutorials.
pub const TUTORIAL_TAG: &str = "tutorial";

/// Everything that will run.
#[derive(Debug, Default)]
pub struct Plan {
    /// In the order in which they start.
    pub scenarios: Vec<PlannedScenario>,
    /// The files that they stand in.
    pub files: Vec<SourceFile>,
    /// What each scenario is now of the run that is repeated, if one is.
    pub found: Vec<FoundScenario>,
    /// All tutorials of these files, selected or not.
    pub tutorials: Vec<Entry>,
}

/// A scenario whose every step is bound.
#[derive(Debug)]
pub struct PlannedScenario {
    /// The feature file.
    pub(crate) path: PathBuf,
    /// The feature's name.
    pub(crate) feature: String,
    /// The feature's free description.
    pub(crate) description: String,
    /// Name of the rule that it stands in.
    pub(crate) rule: Option<String>,
    /// The scenario's name; rows of an outline that share one have their number behind it.
    pub name: String,
    /// Line of the scenario, or of its row.
    pub(crate) line: usize,
    /// Names the scenario wherever it stands in its file: `features/a.feature > Rule > Name #2`.
    pub(crate) key: String,
    /// Digest of its tags and steps: what tells it from others of its name.
    pub(crate) content: String,
    /// Tags of feature, rule and scenario, without `@`.
    pub(crate) tags: Vec<String>,
    /// How it runs, as its tags say.
    pub(crate) options: ScenarioOptions,
    /// Background and scenario.
    pub steps: Vec<PlannedStep>,
    /// Scenes, if it is a tutorial.
    pub(crate) scenes: Vec<SceneSpan>,
}

impl PlannedScenario {
    /// Whether it is a tutorial.
    #[must_use]
    pub(crate) fn is_tutorial(&self) -> bool {
        self.tags.iter().any(|tag| tag == TUTORIAL_TAG)
    }

    /// Titles and narrations, if it is a tutorial.
    #[must_use]
    pub(crate) fn script(&self) -> Script {
        let message = |scene: &SceneSpan| ScriptScene {
            step: self.steps[scene.opens].wording.text.as_ref().into(),
            narration: self.steps[scene.opens].narration.as_deref().unwrap_or_default().into(),
            place: self.place_of(Some(scene.opens)),
        };
        Script {
            title: self.name.as_str().into(),
            introduction: self.description.as_str().into(),
            scenes: self.scenes.iter().map(message).collect(),
        }
    }

    /// The scene that a step belongs to.
    #[must_use]
    pub(crate) fn scene_of(&self, step: usize) -> Option<usize> {
        self.scenes.iter().rposition(|scene| scene.opens <= step)
    }

    /// Where a step, or the scenario itself, stands: `features/x.feature:12`.
    #[must_use]
    pub(crate) fn place_of(&self, step: Option<usize>) -> String {
        let line = step
            .and_then(|step| self.steps.get(step))
            .map_or(self.line, |step| step.line);
        format!("{}:{line}", self.path.display())
    }
}
