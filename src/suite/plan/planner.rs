//! Makes a plan out of the selected feature files.

use std::collections::BTreeSet;
use std::path::Path;

use super::bind::Binder;
use super::check;
use super::error::PlanError;
use super::feature_file::{FeatureFile, Located, SourceFile};
use super::naming::{self, NamedScenario};
use super::rerun::{self, FoundScenario, PresentScenario};
use super::scenario::{Plan, PlannedScenario};
use super::select::{self, Filter, SelectedFile, Selection};
use super::step::PlannedStep;
use super::tags::ScenarioOptions;
use crate::gherkin::StepKind;
use crate::redact;
use crate::steps::Effect;
use crate::tutorial::folders;
use crate::tutorial::narration;
use crate::tutorial::scenes::{self, Played, SceneError, SceneSpan};

/// Selects scenarios and binds their steps.
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
        plan: Plan {
            found: selection.earlier.iter().flatten().map(rerun::not_chosen).collect(),
            ..Plan::default()
        },
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
    /// Plans what is selected of a file, and drops the parsed file.
    fn take(&mut self, selected: SelectedFile) -> Result<(), PlanError> {
        let file = &selected.file;
        self.wrong
            .extend(check::file(&self.binder, file, self.selection.allowed));
        let lines = selected.scenario_lines()?;
        let mut tutorials = Vec::new();
        let again = self.find_earlier(file);
        for (place, scenario) in naming::named(file).enumerate() {
            let line = scenario.located.line();
            self.note_tags(&scenario.tags);
            if scenario.is_tutorial() {
                tutorials.push((line, scenario.name.clone()));
            }
            if lines.as_ref().is_none_or(|lines| lines.contains(&line)) {
                self.found += 1;
                let is_wanted = again.as_ref().is_none_or(|again| again.contains(&place));
                if is_wanted && self.filter.wants(&scenario.name, &scenario.tags) {
                    self.bind(&file.path, scenario);
                }
            }
        }
        self.plan.tutorials.extend(folders::entries(&file.path, &tutorials));
        let FeatureFile { path, source, .. } = selected.file;
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

    /// Where in the file those scenarios are that an earlier run left open, if only they are wanted.
    fn find_earlier(&mut self, file: &FeatureFile) -> Option<BTreeSet<usize>> {
        let earlier = self.selection.earlier.as_ref()?;
        let (indexes, had): (Vec<_>, Vec<_>) = earlier
            .iter()
            .enumerate()
            .filter(|(_, one)| one.path == file.path)
            .unzip();
        let present: Vec<_> = naming::named(file).map(|one| present(&one)).collect();
        let found = rerun::find(&had, &present);
        for ((index, one), place) in indexes.into_iter().zip(had).zip(found.places) {
            self.plan.found[index] = match place.map(|place| present[place].clone()) {
                Some(PresentScenario { key, name, line, .. }) => FoundScenario::Here { key, name, line },
                None if one.is_open => FoundScenario::Lost,
                None => FoundScenario::Gone,
            };
        }
        Some(found.again)
    }

    fn bind(&mut self, path: &Path, scenario: NamedScenario) {
        let NamedScenario { located, .. } = &scenario;
        if located.scenario.steps.is_empty() && !self.selection.allowed.empty_scenarios {
            self.wrong.push(PlanError::EmptyScenario {
                path: path.to_owned(),
                line: located.line(),
                name: located.scenario.heading.name.clone(),
            });
            return;
        }
        match bound(&self.binder, path, scenario) {
            Ok(scenario) => self.plan.scenarios.push(scenario),
            Err(wrong) => self.wrong.extend(wrong),
        }
    }

    fn finish(mut self) -> Result<Plan, PlanError> {
        // A keyword that is misspelt hides what stands below it, its tags included.
        match self.wrong.len() {
            0 if self.selection.tags_are_general => {}
            0 => self.filter.check_tags(&self.known_tags)?,
            1 => return Err(self.wrong.remove(0)),
            _ => return Err(PlanError::Several(self.wrong)),
        }
        if let Some(earlier) = &self.selection.earlier
            && self.plan.scenarios.is_empty()
        {
            let open = earlier.iter().zip(self.plan.found).filter(|(one, _)| one.is_open);
            let open = open.map(|(one, found)| (one.key.clone(), found == FoundScenario::Lost));
            return Err(PlanError::NothingToRerun(open.collect()));
        }
        let is_empty_on_purpose = self.found == 0 && self.selection.allowed.empty_features;
        if self.plan.scenarios.is_empty() && !is_empty_on_purpose {
            return Err(PlanError::NothingSelected {
                paths: self.selection.paths.clone(),
                of: self.found,
                why: why_nothing(self.selection),
            });
        }
        Ok(self.plan)
    }
}

/// As records have it.
fn present(scenario: &NamedScenario) -> PresentScenario {
    PresentScenario {
        key: redact::text(&scenario.key).into_owned(),
        name: redact::text(&scenario.name).into_owned(),
        line: scenario.located.line(),
        content: scenario.content(),
    }
}

fn why_nothing(selection: &Selection) -> String {
    let tags = selection.tags.iter().map(|tags| format!("has the tags {tags}"));
    let names = (!selection.names.is_empty()).then(|| format!("is called {}", selection.names.join(" or ")));
    let reasons: Vec<_> = tags.chain(names).collect();
    if reasons.is_empty() {
        "is there".to_owned()
    } else {
        reasons.join(" and ")
    }
}

/// A scenario whose steps are bound and, in a tutorial, divided into scenes; or everything that is wrong with it.
fn bound(binder: &Binder, path: &Path, scenario: NamedScenario) -> Result<PlannedScenario, Vec<PlanError>> {
    let is_tutorial = scenario.is_tutorial();
    let content = scenario.content();
    let NamedScenario {
        located,
        key,
        name,
        tags,
    } = scenario;
    let line = located.line();
    let options = ScenarioOptions::from_tags(&tags).map_err(|source| {
        let path = path.to_owned();
        vec![PlanError::Tag { path, line, source }]
    })?;
    let mut planned = PlannedScenario {
        path: path.to_owned(),
        feature: located.feature.heading.name.clone(),
        description: narration::written(&located.feature.heading.described()),
        rule: located.rule.map(|rule| rule.heading.name.clone()),
        name,
        line,
        key,
        content,
        tags,
        options,
        steps: bound_steps(binder, path, &located, is_tutorial)?,
        scenes: Vec::new(),
    };
    if is_tutorial {
        planned.scenes = divide(&planned).map_err(|error| vec![error.into()])?;
    }
    Ok(planned)
}

/// The steps of backgrounds and scenario, or everything that is wrong with them.
fn bound_steps(
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

/// Makes sure that all of a plan can run against a portal elsewhere, which no step can set.
///
/// # Errors
/// [`PlanError::NeedsMockPortal`] of every step that can't.
pub fn check_for(portal: &str, plan: &Plan) -> Result<(), PlanError> {
    check::steering(&plan.scenarios, portal)
}
