//! From the shots of a played tutorial to baselines, manifest and pages.

use std::path::{Path, PathBuf};

use super::baselines::{Acceptance, Comparing, Report};
use super::camera::{Marked, Shot};
use super::folders::{Folders, LANGUAGE};
use super::manifest::{Manifest, ManifestError, Scene, Target, Viewport};
use super::publish::Format;
use super::render::{RenderedScreenshot, render};
use super::{TutorialError, alt, publish};
use crate::files::batch::{self, Recovery};
use crate::files::{self, slug};
use crate::redact::Redacted;

/// What a tutorial tells, scene by scene.
#[derive(Debug, Clone)]
pub struct Script {
    /// The scenario's name.
    pub title: Redacted,
    /// The feature's free description.
    pub introduction: Redacted,
    /// In the order they are played.
    pub scenes: Vec<ScriptScene>,
}

/// What a scene tells.
#[derive(Debug, Clone)]
pub struct ScriptScene {
    /// The narrated step with its keyword.
    pub step: Redacted,
    /// What the learner reads.
    pub narration: Redacted,
    /// `features/x.feature:12`.
    pub place: String,
}

/// Puts in order what an interrupted run left half done in a folder of baselines.
///
/// # Errors
/// [`TutorialError::Batch`] where the system refuses.
pub fn recover(screenshots: &Path) -> Result<Recovery, TutorialError> {
    let _lock = batch::lock(screenshots);
    Ok(batch::recover(screenshots)?)
}

/// Compares the screenshots with their baselines, keeps what is to be kept, all at once, and publishes.
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
    let rendered = render(shots)?;
    check_twins(script, shots, &rendered)?;
    let places: Vec<&str> = shots
        .iter()
        .map(|shot| script.scenes[shot.scene].place.as_str())
        .collect();
    let played = manifest_of(script, shots, viewport);
    let _lock = batch::lock(&folders.screenshots);
    // Another run may have been killed while this one played.
    batch::recover(&folders.screenshots)?;
    let accepted = accepted(&folders.screenshots, acceptance)?;
    if let Some(accepted) = &accepted {
        check_same_tutorial(accepted, &played, folders)?;
    }
    let (manifest, mut report) = match accepted {
        Some(accepted) if accepted.viewport != viewport && acceptance != Acceptance::Accept => {
            let other_viewport = Some(accepted.viewport);
            (
                accepted,
                Report {
                    other_viewport,
                    ..Report::default()
                },
            )
        }
        accepted => Comparing::new(accepted, folders, acceptance).all(played, &rendered, &places)?,
    };
    if acceptance != Acceptance::Check {
        let (from, to) = (&folders.screenshots, &folders.pages);
        let published = publish::publish(&manifest, from, to, &Format::DEFAULT, &mut |_| ())?;
        report.page = published.into_iter().next();
    }
    Ok(report)
}

/// Keeps the screenshots of a tutorial that failed, to be looked at only; gives their paths.
///
/// # Errors
/// [`TutorialError`] if they can't be decoded or written.
pub fn keep_drafts(script: &Script, shots: &[Shot], folders: &Folders) -> Result<Vec<PathBuf>, TutorialError> {
    let mut names = Vec::new();
    let keep = |(shot, rendered): (&Shot, RenderedScreenshot)| {
        let name = file_name(&script.scenes[shot.scene].step, &mut names);
        let path = folders.candidates.join(format!("draft-{:02}-{name}", shot.scene + 1));
        files::write_if_changed(&path, &rendered.png)?;
        Ok(path)
    };
    shots.iter().zip(render(shots)?).map(keep).collect()
}

/// The manifest that was accepted; one that can't be read does not stand in the way of a new one.
fn accepted(folder: &Path, acceptance: Acceptance) -> Result<Option<Manifest>, ManifestError> {
    match Manifest::load(folder) {
        Ok(manifest) => Ok(Some(manifest)),
        Err(ManifestError::Missing(_)) => Ok(None),
        Err(ManifestError::Malformed { .. } | ManifestError::Conflict { .. }) if acceptance == Acceptance::Accept => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Another tutorial's screenshots are not to be replaced, not even on demand: there was no talk of them.
fn check_same_tutorial(accepted: &Manifest, played: &Manifest, folders: &Folders) -> Result<(), TutorialError> {
    let shared = accepted.pictures().any(|picture| played.scene(picture).is_some());
    if shared || accepted.title == played.title || accepted.scenes.is_empty() {
        return Ok(());
    }
    Err(TutorialError::OtherTutorial {
        folder: folders.screenshots.clone(),
        there: accepted.title.to_string(),
        played: played.title.to_string(),
    })
}

/// Two scenes that show the same and mark the same: one of them shows nothing of its own.
fn check_twins(script: &Script, shots: &[Shot], rendered: &[RenderedScreenshot]) -> Result<(), TutorialError> {
    for (second, (shot, picture)) in shots.iter().zip(rendered).enumerate() {
        let twin = shots[..second]
            .iter()
            .zip(rendered)
            .position(|(earlier, before)| before.png == picture.png && earlier.marked == shot.marked);
        if let Some(first) = twin {
            return Err(TutorialError::DuplicateScreenshot {
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
            let scene = &script.scenes[shot.scene];
            let targets: Vec<Target> = shot.marked.iter().map(target).collect();
            Scene {
                picture: file_name(&scene.step, &mut names),
                step: scene.step.clone(),
                alt: alt::alt_text(&scene.narration, &targets).into(),
                narration: scene.narration.clone(),
                targets,
                focused: shot.focused,
            }
        })
        .collect();
    Manifest {
        scenes,
        ..Manifest::new(&script.title, &script.introduction, LANGUAGE, viewport)
    }
}

fn target(marked: &Marked) -> Target {
    Target {
        role: marked.role.clone(),
        name: marked.name.as_str().into(),
        area: marked.area,
        focus: marked.focus,
        clicked: marked.clicked,
    }
}

/// File names of the screenshots of all scenes.
pub(super) fn picture_names(script: &Script) -> Vec<String> {
    let mut taken = Vec::new();
    let scenes = script.scenes.iter();
    scenes.map(|scene| file_name(&scene.step, &mut taken)).collect()
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

#[cfg(test)]
mod twin_tests;

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
}
