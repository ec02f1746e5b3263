//! From the shots of a played tutorial to accepted pictures, manifest and pages.

use std::path::{Path, PathBuf};
use std::thread;

use super::camera::{Marked, Shot};
use super::manifest::{Manifest, ManifestError, Scene, Target, Viewport};
use super::{TutorialError, alt, publish};
use crate::area::Area;
use crate::files::slug;
use crate::picture::gallery::{Gallery, Judgement};
use crate::picture::{Picture, difference};

/// The one language that there is so far.
pub const LANGUAGE: &str = "en";
/// Boxes that differ by no more than this, in CSS pixels, are the same to the eye.
const SAME_PLACE: f64 = 2.;

/// What to do about pictures that differ from the accepted ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acceptance {
    /// Lay them beside the accepted ones for the person to judge.
    Ask,
    /// Take them as accepted.
    Accept,
    /// Write nothing; only tell.
    Check,
}

/// Where a tutorial's files go, such as `screenshots/pairing/en` and `tutorials/pairing/en`.
#[derive(Debug, Clone)]
pub struct Folders {
    /// Accepted clean pictures and manifest.
    pub screenshots: PathBuf,
    /// Pages and marked pictures.
    pub pages: PathBuf,
}

impl Folders {
    /// The folders of the tutorial that a feature file tells.
    #[must_use]
    pub fn of(feature: &Path, screenshots: &Path, pages: &Path) -> Self {
        let name = feature
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        Self {
            screenshots: screenshots.join(&name).join(LANGUAGE),
            pages: pages.join(&name).join(LANGUAGE),
        }
    }
}

/// What became of a tutorial's pictures.
#[derive(Debug, Default)]
pub struct Report {
    /// Pictures of scenes that had none.
    pub new: Vec<String>,
    /// Pictures that differ from the accepted ones, with where the new one and the difference lie.
    pub changed: Vec<(String, Vec<PathBuf>)>,
    /// Accepted pictures that no scene takes any more.
    pub obsolete: Vec<String>,
    /// Whether the manifest says something else than before.
    pub manifest_changed: bool,
    /// The page to open; None if nothing was published.
    pub page: Option<PathBuf>,
}

impl Report {
    /// Whether what is committed no longer shows what was played.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.manifest_changed || !(self.new.is_empty() && self.changed.is_empty() && self.obsolete.is_empty())
    }
}

/// What a tutorial tells, scene by scene.
#[derive(Debug, Clone)]
pub struct Script {
    /// The scenario's name.
    pub title: String,
    /// The feature's free description.
    pub introduction: String,
    /// In the order they are played.
    pub scenes: Vec<Told>,
}

/// What a scene tells.
#[derive(Debug, Clone)]
pub struct Told {
    /// The narrated step with its keyword.
    pub step: String,
    /// What the learner is told.
    pub narration: String,
    /// `features/x.feature:12`.
    pub place: String,
}

/// A scene's picture, ready to be judged.
struct Developed {
    picture: Picture,
    png: Vec<u8>,
}

/// Judges the pictures, keeps what is to be kept, and publishes.
///
/// # Errors
/// [`TutorialError`]; nothing is written if the tutorial is wrong in itself.
pub fn produce(
    script: &Script,
    shots: &[Shot],
    viewport: Viewport,
    folders: &Folders,
    acceptance: Acceptance,
) -> Result<Report, TutorialError> {
    let developed = develop(shots)?;
    check_twins(script, shots, &developed)?;
    let mut manifest = manifest_of(script, shots, viewport);
    let gallery = Gallery::open(&folders.screenshots);
    let accepted = match Manifest::load(&folders.screenshots) {
        Ok(manifest) => Some(manifest),
        Err(ManifestError::Missing(_)) => None,
        Err(error) => return Err(error.into()),
    };

    let mut report = Report::default();
    for (scene, developed) in manifest.scenes.iter_mut().zip(&developed) {
        judge(
            scene,
            developed,
            viewport,
            accepted.as_ref(),
            &gallery,
            acceptance,
            &mut report,
        )?;
    }
    let taken: Vec<&str> = manifest.scenes.iter().map(|scene| scene.picture.as_str()).collect();
    report.obsolete = gallery.obsolete(&taken)?;
    report.manifest_changed = accepted.as_ref() != Some(&manifest);
    if acceptance == Acceptance::Check {
        return Ok(report);
    }
    if acceptance == Acceptance::Accept {
        report.obsolete.iter().try_for_each(|name| gallery.remove(name))?;
    }
    manifest.save(&folders.screenshots)?;
    let published = publish::publish(&manifest, &folders.screenshots, &folders.pages)?;
    report.page = Some(published.page);
    Ok(report)
}

/// Decodes and encodes, on all cores.
fn develop(shots: &[Shot]) -> Result<Vec<Developed>, TutorialError> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = shots.len().div_ceil(cores).max(1);
    thread::scope(|scope| {
        let workers: Vec<_> = shots
            .chunks(share)
            .map(|shots| scope.spawn(|| shots.iter().map(develop_one).collect::<Vec<_>>()))
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|_| vec![Err(TutorialError::Darkroom)]))
            .collect()
    })
}

fn develop_one(shot: &Shot) -> Result<Developed, TutorialError> {
    let picture = Picture::decode(&shot.png)?;
    let png = picture.encode();
    Ok(Developed { picture, png })
}

/// Two scenes that show the same and mark the same: one of them shows nothing of its own.
fn check_twins(script: &Script, shots: &[Shot], developed: &[Developed]) -> Result<(), TutorialError> {
    for (second, (shot, picture)) in shots.iter().zip(developed).enumerate() {
        let twin = shots[..second]
            .iter()
            .zip(developed)
            .position(|(earlier, before)| before.png == picture.png && earlier.marked == shot.marked);
        if let Some(first) = twin {
            return Err(TutorialError::Twins {
                first: first + 1,
                second: second + 1,
                place: script.scenes[shot.scene].place.clone(),
            });
        }
    }
    Ok(())
}

fn manifest_of(script: &Script, shots: &[Shot], viewport: Viewport) -> Manifest {
    let mut names = Vec::new();
    let scenes = shots
        .iter()
        .map(|shot| {
            let told = &script.scenes[shot.scene];
            let targets: Vec<Target> = shot.marked.iter().map(target).collect();
            Scene {
                picture: file_name(&told.step, &mut names),
                step: told.step.clone(),
                alt: alt::alt_text(&told.narration, &targets),
                narration: told.narration.clone(),
                targets,
            }
        })
        .collect();
    Manifest {
        title: script.title.clone(),
        introduction: script.introduction.clone(),
        language: LANGUAGE.to_owned(),
        viewport,
        scenes,
    }
}

fn target(marked: &Marked) -> Target {
    Target {
        role: marked.role.clone(),
        name: marked.name.clone(),
        area: marked.area,
        focus: marked.focus,
        clicked: marked.clicked,
    }
}

/// Named after the step, not numbered: a scene put in between must not make every picture after it new.
fn file_name(step: &str, taken: &mut Vec<String>) -> String {
    /// Long enough to tell steps apart, short enough for every file system and eye.
    const LONGEST: usize = 60;
    let words = step.split_once(' ').map_or(step, |(_keyword, words)| words);
    let name: String = slug(words.trim_start_matches("I ")).chars().take(LONGEST).collect();
    let name = name.trim_end_matches('-').to_owned();
    taken.push(name.clone());
    match taken.iter().filter(|earlier| **earlier == name).count() {
        1 => format!("{name}.png"),
        times => format!("{name}-{times}.png"),
    }
}

fn judge(
    scene: &mut Scene,
    developed: &Developed,
    viewport: Viewport,
    accepted: Option<&Manifest>,
    gallery: &Gallery,
    acceptance: Acceptance,
    report: &mut Report,
) -> Result<(), TutorialError> {
    let name = scene.picture.clone();
    let before = accepted.and_then(|manifest| manifest.scenes.iter().find(|scene| scene.picture == name));
    match gallery.judge(&name, &developed.png, &developed.picture, viewport.scale)? {
        Judgement::New => {
            report.new.push(name.clone());
            if acceptance != Acceptance::Check {
                gallery.accept(&name, &developed.png)?;
            }
        }
        Judgement::Same | Judgement::Alike => {
            keep_places(scene, before);
            if acceptance != Acceptance::Check {
                gallery.clear(&name)?;
            }
        }
        Judgement::Different { accepted: old, changes } => match acceptance {
            Acceptance::Accept => {
                gallery.accept(&name, &developed.png)?;
                report.changed.push((name, Vec::new()));
            }
            Acceptance::Ask | Acceptance::Check => {
                let seen = difference(&old, &developed.picture, viewport.scale, &changes).encode();
                let files = gallery.keep_beside(&name, &developed.png, &seen)?;
                report.changed.push((name, files.to_vec()));
                // The marks belong to the picture that stays.
                if let Some(before) = before {
                    scene.targets.clone_from(&before.targets);
                    scene.alt.clone_from(&before.alt);
                }
            }
        },
    }
    Ok(())
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
}

fn same_place(a: Area, b: Area) -> bool {
    [(a.x, b.x), (a.y, b.y), (a.width, b.width), (a.height, b.height)]
        .iter()
        .all(|(a, b)| (a - b).abs() <= SAME_PLACE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_named_after_their_steps_and_no_name_comes_twice() {
        let mut taken = Vec::new();
        let names: Vec<_> = [
            "When I click the button \"Pair\" in \"Distribution Reports\"",
            "Then I see the heading \"Überblick\"",
            "When I click the button \"Pair\" in \"Distribution Reports\"",
        ]
        .iter()
        .map(|step| file_name(step, &mut taken))
        .collect();
        assert_eq!(
            names,
            [
                "click-the-button-pair-in-distribution-reports.png",
                "see-the-heading-überblick.png",
                "click-the-button-pair-in-distribution-reports-2.png"
            ]
        );
    }

    #[test]
    fn folders_are_named_after_the_feature_file() {
        let folders = Folders::of(
            Path::new("features/tutorials/pairing.feature"),
            Path::new("screenshots"),
            Path::new("tutorials"),
        );
        assert_eq!(folders.screenshots, Path::new("screenshots/pairing/en"));
        assert_eq!(folders.pages, Path::new("tutorials/pairing/en"));
    }
}
