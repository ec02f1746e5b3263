//! Compares screenshots with their baselines, and changes what is committed all at once.

use std::path::PathBuf;

use super::TutorialError;
use super::folders::Folders;
use super::manifest::{self, Manifest, Scene, Viewport};
use super::render::RenderedScreenshot;
use crate::area::Area;
use crate::files::batch::Batch;
use crate::picture::baseline_folder::{BaselineFolder, BaselineMatch};
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
    /// Screenshots of scenes that had none.
    pub new: Vec<String>,
    /// Screenshots that differ from their baselines, with where candidate and difference are, if they could be written.
    pub changed: Vec<(String, Vec<PathBuf>)>,
    /// Baselines that can't be read, and why; only where nothing is to be changed.
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
    ) -> Result<(Manifest, Report), TutorialError> {
        let scale = manifest.viewport.scale;
        for (scene, rendered) in manifest.scenes.iter_mut().zip(rendered) {
            self.compare(scene, rendered, scale)?;
        }
        self.find_left_over(&mut manifest)?;
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

    fn compare(&mut self, scene: &mut Scene, rendered: &RenderedScreenshot, scale: f64) -> Result<(), TutorialError> {
        let name = scene.picture.clone();
        let accepts = self.acceptance == Acceptance::Accept;
        match self.baselines.compare(&name, &rendered.png, &rendered.picture, scale)? {
            BaselineMatch::New => {
                self.batch.write(&name, rendered.png.clone());
                self.report.new.push(name);
            }
            BaselineMatch::Same | BaselineMatch::WithinTolerance => keep_places(scene, self.before(&name)),
            BaselineMatch::Different { .. } | BaselineMatch::Unreadable(_) if accepts => {
                self.batch.write(&name, rendered.png.clone());
                self.report.changed.push((name, Vec::new()));
            }
            BaselineMatch::Different { accepted, changes } => {
                self.lay_beside(
                    scene,
                    rendered,
                    &difference(&accepted, &rendered.picture, scale, &changes),
                )?;
            }
            BaselineMatch::Unreadable(reason) if self.acceptance == Acceptance::Check => {
                self.report.unreadable.push((name, reason));
            }
            BaselineMatch::Unreadable(reason) => {
                let path = self.baselines.path(&name);
                return Err(TutorialError::Unreadable { path, reason });
            }
        }
        Ok(())
    }

    /// The baseline stays, and so does what is marked on it.
    fn lay_beside(
        &mut self,
        scene: &mut Scene,
        taken: &RenderedScreenshot,
        seen: &Picture,
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
        let files = match self.candidates.keep_beside(&name, &taken.png, &seen.encode()) {
            Ok(files) => files.to_vec(),
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
            self.report.obsolete.iter().for_each(|name| batch.remove(name));
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
