//! Binds every step of every selected scenario to what it does, before anything is played.

mod check;
mod error;
mod naming;
mod step;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub use error::{Misplaced, PlanError};
use naming::{Named, Naming};
pub(super) use step::Argument;
pub use step::{PlannedStep, Wording};

use super::bind::Binder;
use super::feature_file::{FeatureFile, Located, SourceFile};
use super::handling::Handling;
use super::select::{self, Chosen, Filter, Selection};
use crate::gherkin::StepKind;
use crate::steps::Effect;
use crate::tutorial::folders::{self, Entry};
use crate::tutorial::narration;
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
    /// Lines of all scenarios of these files, selected or not, by their keys.
    pub places: BTreeMap<String, usize>,
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
            step: self.steps[scene.opens].wording.text.as_ref().into(),
            narration: self.steps[scene.opens].narration.as_deref().unwrap_or_default().into(),
            place: self.place_of(Some(scene.opens)),
        };
        Script {
            title: self.name.as_str().into(),
            introduction: self.description.as_str().into(),
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
    let mut planner = Planner {
        selection,
        filter: Filter::new(selection)?,
        binder: Binder::new(),
        known_tags: BTreeSet::new(),
        found: 0,
        wrong: Vec::new(),
        plan: Plan::default(),
    };
    for chosen in select::files(&selection.paths)? {
        match chosen {
            Ok(chosen) => planner.take(chosen)?,
            Err(error) => planner.wrong.push(error.into()),
        }
    }
    planner.finish()
}

/// A plan that is being made.
struct Planner<'a> {
    selection: &'a Selection,
    filter: Filter,
    binder: Binder,
    known_tags: BTreeSet<String>,
    /// How many scenarios the paths hold.
    found: usize,
    wrong: Vec<PlanError>,
    plan: Plan,
}

impl Planner<'_> {
    /// Plans what is selected of a file, and lets go of the rest.
    fn take(&mut self, chosen: Chosen) -> Result<(), PlanError> {
        let file = &chosen.file;
        self.wrong
            .extend(check::file(&self.binder, file, self.selection.allowed));
        let lines = chosen.wanted()?;
        let mut naming = Naming::of(&file.path);
        let mut tutorials = Vec::new();
        for located in file.scenarios() {
            let named = naming.next(&located);
            self.note_tags(&named.tags);
            self.plan.places.insert(named.key.clone(), located.line());
            if named.tags.iter().any(|tag| tag == TUTORIAL_TAG) {
                tutorials.push((located.line(), named.name.clone()));
            }
            if lines.as_ref().is_none_or(|lines| lines.contains(&located.line())) {
                self.found += 1;
                self.select(file, &located, named);
            }
        }
        self.plan.tutorials.extend(folders::entries(&file.path, &tutorials));
        let FeatureFile { path, source, .. } = chosen.file;
        let source = source.into();
        self.plan.files.push(SourceFile { path, source });
        Ok(())
    }

    fn note_tags(&mut self, tags: &[String]) {
        for tag in tags {
            if !self.known_tags.contains(tag) {
                self.known_tags.insert(tag.clone());
            }
        }
    }

    fn select(&mut self, file: &FeatureFile, located: &Located, named: Named) {
        let failed = self.selection.failed.as_ref();
        if failed.is_none_or(|failed| failed.contains(&named.key)) && self.filter.wants(&named.name, &named.tags) {
            match self.planned(file, located, named) {
                Ok(scenario) => self.plan.scenarios.push(scenario),
                Err(wrong) => self.wrong.extend(wrong),
            }
        }
    }

    fn planned(&self, file: &FeatureFile, located: &Located, named: Named) -> Result<PlannedScenario, Vec<PlanError>> {
        let (path, line) = (file.path.clone(), located.line());
        let Located {
            feature,
            rule,
            scenario,
            ..
        } = located;
        if scenario.steps.is_empty() && !self.selection.allowed.empty_scenarios {
            let name = scenario.heading.name.clone();
            return Err(vec![PlanError::Empty { path, line, name }]);
        }
        let handling = Handling::of(&named.tags).map_err(|source| {
            let path = path.clone();
            vec![PlanError::Tag { path, line, source }]
        })?;
        let is_tutorial = named.tags.iter().any(|tag| tag == TUTORIAL_TAG);
        let mut planned = PlannedScenario {
            feature: feature.heading.name.clone(),
            description: narration::written(&feature.heading.described()),
            rule: rule.map(|rule| rule.heading.name.clone()),
            name: named.name,
            line,
            key: named.key,
            tags: named.tags,
            handling,
            steps: bound(&self.binder, &path, located, is_tutorial)?,
            scenes: Vec::new(),
            path,
        };
        if is_tutorial {
            planned.scenes = divide(&planned).map_err(|error| vec![error.into()])?;
        }
        Ok(planned)
    }

    fn finish(mut self) -> Result<Plan, PlanError> {
        // A keyword that is misspelt hides what stands below it, its tags included.
        match self.wrong.len() {
            0 if self.selection.tags_are_general => {}
            0 => self.filter.check_tags(&self.known_tags)?,
            1 => return Err(self.wrong.remove(0)),
            _ => return Err(PlanError::Several(self.wrong)),
        }
        let is_empty_on_purpose = self.found == 0 && self.selection.allowed.empty_features;
        if self.plan.scenarios.is_empty() && !is_empty_on_purpose {
            return Err(PlanError::Nothing {
                paths: self.selection.paths.clone(),
                of: self.found,
                why: why_nothing(self.selection),
            });
        }
        Ok(self.plan)
    }
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

/// The steps of backgrounds and scenario, or all that is wrong with them.
fn bound(
    binder: &Binder,
    path: &Path,
    located: &Located,
    is_tutorial: bool,
) -> Result<Vec<PlannedStep>, Vec<PlanError>> {
    let mut kind = StepKind::Unknown;
    let (mut steps, mut wrong) = (Vec::new(), Vec::new());
    for (step, row) in located.steps() {
        kind = step.kind.after(kind);
        match binder.step(path, step, kind, row) {
            Ok(planned) => {
                wrong.extend(check::below(path, step, &planned, is_tutorial));
                steps.push(planned);
            }
            Err(error) => wrong.push(error),
        }
    }
    if wrong.is_empty() { Ok(steps) } else { Err(wrong) }
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
pub(crate) mod tests;
