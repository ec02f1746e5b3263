//! Compares screenshots with their baselines, and changes what is committed all at once.

use std::path::PathBuf;

use super::TutorialError;
use super::baseline_folder::{BaselineFolder, BaselineMatch, Candidate, twin_name};
use super::folders::Folders;
use super::manifest::{self, Manifest, Scene, Viewport};
use super::quotes;
use super::render::RenderedScreenshot;
use super::scene_report::SceneReport;
use super::verdict::{Pixels, SceneText, SceneVerdict, former, verdict};
use crate::area::Area;
use crate::aria::Twin;
use crate::files;
use crate::files::batch::Batch;
use crate::picture::{Picture, difference};

/// Boxes that differ by no more than this, in CSS pixels, are the same to the eye.
const SAME_PLACE: f64 = 2.;

/// What to do about screenshots that differ from their baselines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acceptance {
    /// Lay them beside the baselines for the person to judge.
    Ask,
    /// Make them the baselines.
    Accept,
    /// Change nothing that is committed; only report.
    Check,
}

/// What became of a tutorial's screenshots.
#[derive(Debug, Default)]
pub struct Report {
    /// The verdict on every scene, and on every baseline that no scene has any more.
    pub scenes: Vec<SceneReport>,
    /// Screenshots of scenes that had none.
    pub new: Vec<String>,
    /// Screenshots that differ from their baselines, with where candidate and difference are, if they could be written.
    pub changed: Vec<(String, Vec<PathBuf>)>,
    /// How many text twins were added to baselines of an earlier Docent, or would be without `--check`.
    pub added_twins: usize,
    /// Baselines and twins that can't be read, and why; only where nothing is to be changed.
    pub unreadable: Vec<(String, String)>,
    /// Baselines that no scene takes any more.
    pub obsolete: Vec<String>,
    /// PNG files in the folder that no manifest has named; they are left alone.
    pub foreign: Vec<String>,
    /// Whether the manifest says something else than before.
    pub manifest_changed: bool,
    /// The baselines' viewport, if the tutorial was played in another one and nothing could be compared.
    pub other_viewport: Option<Viewport>,
    /// The page to open; None if nothing was published.
    pub page: Option<PathBuf>,
}

impl Report {
    /// Whether what is committed no longer shows what was played, or could not be compared with it.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        let unchanged = self.new.is_empty() && self.changed.is_empty() && self.unreadable.is_empty();
        self.manifest_changed || self.other_viewport.is_some() || !(unchanged && self.obsolete.is_empty())
    }
}

/// The text twin of a baseline.
enum AcceptedTwin {
    /// There is none: an earlier Docent took the baseline.
    Missing,
    /// This.
    Kept(Twin),
    /// Something else stands in its file.
    Unreadable(String),
}

impl AcceptedTwin {
    fn kept(&self) -> Option<&Twin> {
        match self {
            Self::Kept(twin) => Some(twin),
            Self::Missing | Self::Unreadable(_) => None,
        }
    }
}

/// The comparison of a tutorial's screenshots with its baselines.
pub(super) struct Comparing<'a> {
    accepted: Option<Manifest>,
    baselines: BaselineFolder,
    /// Where screenshots that differ are laid.
    candidates: BaselineFolder,
    folders: &'a Folders,
    acceptance: Acceptance,
    batch: Batch,
    report: Report,
}

impl<'a> Comparing<'a> {
    pub fn new(accepted: Option<Manifest>, folders: &'a Folders, acceptance: Acceptance) -> Self {
        let beside = match acceptance {
            Acceptance::Check => &folders.candidates,
            Acceptance::Ask | Acceptance::Accept => &folders.screenshots,
        };
        Self {
            accepted,
            baselines: BaselineFolder::open(&folders.screenshots),
            candidates: BaselineFolder::open(beside),
            folders,
            acceptance,
            batch: Batch::default(),
            report: Report::default(),
        }
    }

    /// Compares and, unless this is a check, changes what is committed; gives what the manifest says now.
    pub fn all(
        mut self,
        mut manifest: Manifest,
        rendered: &[RenderedScreenshot],
        places: &[&str],
    ) -> Result<(Manifest, Report), TutorialError> {
        let scale = manifest.viewport.scale;
        for ((scene, rendered), place) in manifest.scenes.iter_mut().zip(rendered).zip(places) {
            self.compare(scene, rendered, place, scale)?;
        }
        self.find_left_over(&mut manifest)?;
        self.judge_left_over(&manifest, rendered, places)?;
        // A new version alone changes no file.
        let says_the_same = |accepted: &Manifest| {
            let version = manifest.version;
            Manifest {
                version,
                ..accepted.clone()
            } == manifest
        };
        self.report.manifest_changed = !self.accepted.as_ref().is_some_and(says_the_same);
        if self.acceptance != Acceptance::Check {
            self.change(&manifest)?;
        }
        Ok((manifest, self.report))
    }

    /// Picture and text are judged together: a letter may be few pixels.
    fn compare(
        &mut self,
        scene: &mut Scene,
        rendered: &RenderedScreenshot,
        place: &str,
        scale: f64,
    ) -> Result<(), TutorialError> {
        let name = scene.picture.clone();
        let accepts = self.acceptance == Acceptance::Accept;
        let found = self.baselines.compare(&name, &rendered.png, &rendered.picture, scale)?;
        if found == BaselineMatch::New {
            self.write(&name, rendered);
            self.report.scenes.push(SceneReport::of(&name, SceneVerdict::New));
            self.report.new.push(name);
            return Ok(());
        }
        let (twin, reason) = match (self.accepted_twin(&name)?, &found) {
            (_, BaselineMatch::Unreadable(reason)) => (AcceptedTwin::Missing, Some((name.clone(), reason.clone()))),
            (AcceptedTwin::Unreadable(reason), _) => (AcceptedTwin::Missing, Some((twin_name(&name), reason))),
            (twin, _) => (twin, None),
        };
        let is_reworded = matches!(&twin, AcceptedTwin::Kept(twin) if *twin != rendered.twin);
        let is_same = matches!(found, BaselineMatch::Same | BaselineMatch::WithinTolerance) && !is_reworded;
        let pixels = match found {
            BaselineMatch::Same | BaselineMatch::WithinTolerance => Pixels::Same,
            _ => Pixels::Different,
        };
        let report = match &reason {
            Some(_) => SceneReport::of(&name, SceneVerdict::Changed),
            None => judged(
                self.before(&name).unwrap_or(scene),
                twin.kept(),
                scene,
                &rendered.twin,
                pixels,
                place,
            ),
        };
        self.report.scenes.push(report);
        match (reason, found) {
            (Some(_), _) if accepts => self.accept(&name, rendered),
            (Some(unreadable), _) => self.refuse_unreadable(unreadable)?,
            (None, _) if is_same => {
                self.add_twin(&name, &twin, rendered);
                keep_places(scene, self.before(&name));
            }
            (None, _) if accepts => self.accept(&name, rendered),
            (None, found) => {
                let seen = match found {
                    BaselineMatch::Different { accepted, changes } => {
                        Some(difference(&accepted, &rendered.picture, scale, &changes))
                    }
                    _ => None,
                };
                self.lay_beside(scene, rendered, seen.as_ref(), is_reworded)?;
            }
        }
        Ok(())
    }

    /// A scene whose step names the new label of its target has a new name: it takes the place of a baseline that is gone.
    fn judge_left_over(
        &mut self,
        manifest: &Manifest,
        rendered: &[RenderedScreenshot],
        places: &[&str],
    ) -> Result<(), TutorialError> {
        let mut gone = Vec::new();
        for name in &self.report.obsolete {
            gone.push((name.clone(), self.accepted_twin(name)?));
        }
        for ((scene, rendered), place) in manifest.scenes.iter().zip(rendered).zip(places) {
            let texts = gone.iter().filter_map(|(name, twin)| {
                let (scene, twin) = (self.before(name)?, twin.kept());
                Some(SceneText { scene, twin })
            });
            let new = SceneText {
                scene,
                twin: Some(&rendered.twin),
            };
            if self.report.new.contains(&scene.picture)
                && let Some(old) = former(new, &texts.collect::<Vec<_>>())
            {
                let report = judged(old.scene, old.twin, scene, &rendered.twin, Pixels::Different, place);
                let picture = old.scene.picture.clone();
                gone.retain(|(name, _)| *name != picture);
                let mut scenes = self.report.scenes.iter_mut();
                if let Some(earlier) = scenes.find(|earlier| earlier.picture == report.picture) {
                    *earlier = report;
                }
            }
        }
        let gone = gone.iter().map(|(name, _)| SceneReport::of(name, SceneVerdict::Gone));
        self.report.scenes.extend(gone);
        Ok(())
    }

    fn accepted_twin(&self, name: &str) -> Result<AcceptedTwin, TutorialError> {
        let bytes = files::read(&self.baselines.path(&twin_name(name)))?;
        Ok(match bytes.as_deref().map(Twin::parse) {
            None => AcceptedTwin::Missing,
            Some(Ok(twin)) => AcceptedTwin::Kept(twin),
            Some(Err(error)) => AcceptedTwin::Unreadable(error.to_string()),
        })
    }

    fn write(&mut self, name: &str, rendered: &RenderedScreenshot) {
        self.batch.write(name, rendered.png.clone());
        self.write_twin(name, rendered);
    }

    fn write_twin(&mut self, name: &str, rendered: &RenderedScreenshot) {
        self.batch
            .write(&twin_name(name), rendered.twin.text().as_bytes().to_vec());
    }

    fn accept(&mut self, name: &str, rendered: &RenderedScreenshot) {
        self.write(name, rendered);
        self.report.changed.push((name.to_owned(), Vec::new()));
    }

    /// Baselines of a Docent that knew no twins stay good: what they say is what their picture, which is the same, says now.
    fn add_twin(&mut self, name: &str, twin: &AcceptedTwin, rendered: &RenderedScreenshot) {
        if matches!(twin, AcceptedTwin::Missing) {
            self.write_twin(name, rendered);
            self.report.added_twins += 1;
        }
    }

    fn refuse_unreadable(&mut self, (name, reason): (String, String)) -> Result<(), TutorialError> {
        if self.acceptance == Acceptance::Check {
            self.report.unreadable.push((name, reason));
            return Ok(());
        }
        let path = self.baselines.path(&name);
        Err(TutorialError::Unreadable { path, reason })
    }

    /// The baseline stays, and so does what is marked on it.
    fn lay_beside(
        &mut self,
        scene: &mut Scene,
        taken: &RenderedScreenshot,
        seen: Option<&Picture>,
        is_reworded: bool,
    ) -> Result<(), TutorialError> {
        let is_check = self.acceptance == Acceptance::Check;
        let name = scene.picture.clone();
        match self.before(&name) {
            Some(before) => {
                scene.targets.clone_from(&before.targets);
                scene.alt.clone_from(&before.alt);
                scene.focused = before.focused;
            }
            None if is_check => {}
            None => {
                let path = self.baselines.path(&name);
                return Err(TutorialError::Unlisted { path });
            }
        }
        let seen = seen.map(Picture::encode);
        let candidate = Candidate {
            png: &taken.png,
            difference: seen.as_deref(),
            twin: is_reworded.then_some(taken.twin.text().as_bytes()),
        };
        let files = match self.candidates.keep_beside(&name, candidate) {
            Ok(files) => files,
            // That it differs is what a check is asked for.
            Err(_) if is_check => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        self.report.changed.push((name, files));
        Ok(())
    }

    fn before(&self, picture: &str) -> Option<&Scene> {
        self.accepted.as_ref()?.scene(picture)
    }

    /// Screenshots in the folder that were not taken now: ours if a manifest has named them, foreign if none has.
    fn find_left_over(&mut self, manifest: &mut Manifest) -> Result<(), TutorialError> {
        let names = self.baselines.pictures()?.into_iter();
        let left_over = names.filter(|name| manifest.scene(name).is_none());
        let known: Vec<&str> = self.accepted.iter().flat_map(Manifest::pictures).collect();
        let (obsolete, foreign) = left_over.partition(|name| known.contains(&name.as_str()));
        (self.report.obsolete, self.report.foreign) = (obsolete, foreign);
        if self.acceptance != Acceptance::Accept {
            manifest.obsolete.clone_from(&self.report.obsolete);
        }
        Ok(())
    }

    fn change(&mut self, manifest: &Manifest) -> Result<(), TutorialError> {
        let mut batch = std::mem::take(&mut self.batch);
        if self.acceptance == Acceptance::Accept {
            for name in &self.report.obsolete {
                batch.remove(name);
                batch.remove(&twin_name(name));
            }
        }
        if self.report.manifest_changed {
            batch.write(manifest::FILE_NAME, manifest.to_bytes()?);
        }
        batch.commit(&self.folders.screenshots)?;
        let differs = |name: &str| {
            self.report
                .changed
                .iter()
                .any(|(changed, files)| changed == name && !files.is_empty())
        };
        let pictures = manifest
            .pictures()
            .chain(self.report.obsolete.iter().map(String::as_str));
        for name in pictures.filter(|name| !differs(name)) {
            self.baselines.clear(name)?;
        }
        Ok(())
    }
}

/// The verdict on a scene, with what its narration quotes in vain now.
fn judged(before: &Scene, old: Option<&Twin>, scene: &Scene, twin: &Twin, pixels: Pixels, place: &str) -> SceneReport {
    let [was, is] = [(before, old), (scene, Some(twin))].map(|(scene, twin)| SceneText { scene, twin });
    let verdict = verdict(was, is, pixels);
    SceneReport {
        stale: old.map_or_else(Vec::new, |old| {
            quotes::stale(&scene.narration, place, old, twin, &verdict)
        }),
        ..SceneReport::of(&scene.picture, verdict)
    }
}

/// Another machine may lay text out a hair differently: where the eye sees no difference, the accepted places stay.
fn keep_places(scene: &mut Scene, before: Option<&Scene>) {
    let Some(before) = before.filter(|before| before.targets.len() == scene.targets.len()) else {
        return;
    };
    for (target, old) in scene.targets.iter_mut().zip(&before.targets) {
        if same_place(target.area, old.area) {
            (target.area, target.focus) = (old.area, old.focus);
        }
    }
    if let (Some(focused), Some(old)) = (scene.focused, before.focused)
        && same_place(focused, old)
    {
        scene.focused = Some(old);
    }
}

fn same_place(a: Area, b: Area) -> bool {
    [(a.x, b.x), (a.y, b.y), (a.width, b.width), (a.height, b.height)]
        .iter()
        .all(|(a, b)| (a - b).abs() <= SAME_PLACE)
}
