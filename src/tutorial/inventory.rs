//! What is missing or left over, found without a browser: baselines and scenes, citations of pictures, labels that narrations quote.

use std::fmt;
use std::path::{Path, PathBuf};

use super::TutorialError;
use super::baseline_folder::{BaselineFolder, twin_name};
use super::folders::Folders;
use super::manifest::{Manifest, ManifestError};
use super::production::{Script, picture_names};
use super::quotes;
use crate::aria::{Line, Twin};
use crate::files;
use crate::redact::Redacted;

/// Something that does not fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// A scene that has no baseline.
    NoBaseline {
        /// `features/x.feature:12`.
        place: String,
        /// The file that is not there.
        path: PathBuf,
    },
    /// A baseline or a text twin that no scene makes.
    NoScene {
        /// The file.
        path: PathBuf,
    },
    /// A baseline without a text twin.
    NoTwin {
        /// Of the baseline.
        path: PathBuf,
    },
    /// A manifest or a text twin that can't be read, and why.
    Unreadable(String),
    /// Two baselines that show and mark the same.
    Equal {
        /// The earlier one.
        first: PathBuf,
        /// The later one.
        second: PathBuf,
    },
    /// A narration quotes what its picture does not say.
    UnknownLabel {
        /// `features/x.feature:12`.
        place: String,
        /// The sentence that quotes it.
        sentence: Redacted,
        /// What is quoted.
        label: Redacted,
        /// The most similar label on the picture.
        nearest: Option<Redacted>,
    },
    /// A page cites a picture that is not there.
    NoPicture {
        /// `docs/x.md:12`.
        place: String,
        /// As it is cited.
        cited: String,
    },
}

/// What is missing or left over of one tutorial.
///
/// # Errors
/// [`TutorialError`] where the system refuses.
pub fn inventory(script: &Script, folders: &Folders) -> Result<Vec<Gap>, TutorialError> {
    let folder = &folders.screenshots;
    let names = picture_names(script);
    let mut gaps = Vec::new();
    let manifest = match Manifest::load(folder) {
        Ok(manifest) => Some(manifest),
        Err(ManifestError::Missing(_)) => None,
        Err(error) => {
            gaps.push(Gap::Unreadable(error.to_string()));
            None
        }
    };
    let there = files::names_in(folder)?;
    let mut twins = Vec::new();
    for (name, scene) in names.iter().zip(&script.scenes) {
        let path = folder.join(name);
        if !there.contains(name) {
            let place = scene.place.clone();
            gaps.push(Gap::NoBaseline { place, path });
            twins.push(None);
            continue;
        }
        twins.push(twin(folder, name, &mut gaps)?);
    }
    let made: Vec<String> = names.iter().flat_map(|name| [name.clone(), twin_name(name)]).collect();
    gaps.extend(left_over(folder, &there, &made)?);
    gaps.extend(equal(folder, &names, manifest.as_ref())?);
    gaps.extend(unknown_labels(script, &twins));
    Ok(gaps)
}

fn twin(folder: &Path, name: &str, gaps: &mut Vec<Gap>) -> Result<Option<Twin>, TutorialError> {
    let path = folder.join(twin_name(name));
    let Some(bytes) = files::read(&path)? else {
        let path = folder.join(name);
        gaps.push(Gap::NoTwin { path });
        return Ok(None);
    };
    let parsed = Twin::parse(&bytes).map_err(|error| format!("{} is {error}", path.display()));
    Ok(parsed.map_err(|reason| gaps.push(Gap::Unreadable(reason))).ok())
}

/// Files that belong to no scene, but for candidates.
fn left_over(folder: &Path, there: &[String], made: &[String]) -> Result<Vec<Gap>, TutorialError> {
    let pictures = BaselineFolder::open(folder).pictures()?;
    let is_twin = |name: &&String| name.ends_with(".aria.yml") && !name.ends_with(".new.aria.yml");
    let twins = there.iter().filter(is_twin).cloned();
    let left_over = pictures.into_iter().chain(twins).filter(|name| !made.contains(name));
    Ok(left_over
        .map(|name| Gap::NoScene {
            path: folder.join(name),
        })
        .collect())
}

fn equal(folder: &Path, names: &[String], manifest: Option<&Manifest>) -> Result<Vec<Gap>, TutorialError> {
    let mut seen: Vec<(Vec<u8>, &String)> = Vec::new();
    let mut gaps = Vec::new();
    let targets = |name: &str| {
        manifest
            .and_then(|manifest| manifest.scene(name))
            .map(|scene| &scene.targets)
    };
    for name in names {
        let Some(bytes) = files::read(&folder.join(name))? else {
            continue;
        };
        let twin = seen
            .iter()
            .find(|(earlier, first)| *earlier == bytes && targets(first) == targets(name));
        if let Some((_, first)) = twin {
            let [first, second] = [*first, name].map(|name| folder.join(name));
            gaps.push(Gap::Equal { first, second });
        }
        seen.push((bytes, name));
    }
    Ok(gaps)
}

/// A narration may speak of the page that comes next, or the one that was before.
fn unknown_labels(script: &Script, twins: &[Option<Twin>]) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for (index, scene) in script.scenes.iter().enumerate() {
        let near = &twins[index.saturating_sub(1)..(index + 2).min(twins.len())];
        let (Some(own), true) = (&twins[index], near.iter().all(Option::is_some)) else {
            // What is not known can't be compared.
            continue;
        };
        let is_known = |label: &str| near.iter().flatten().any(|twin| quotes::says(twin, label));
        for label in quotes::quoted(&scene.narration)
            .into_iter()
            .filter(|label| !is_known(label))
        {
            gaps.push(Gap::UnknownLabel {
                place: quotes::place_of(&scene.place, label),
                sentence: quotes::sentence_of(&scene.narration, label).into(),
                label: label.into(),
                nearest: nearest(own, label).map(Redacted::from),
            });
        }
    }
    gaps
}

fn nearest<'a>(twin: &'a Twin, label: &str) -> Option<&'a str> {
    /// How much alike, of 1.
    const ALIKE: f64 = 0.6;
    let labels = twin.lines().iter().map(Line::label);
    let scored = labels.map(|one| (strsim::normalized_damerau_levenshtein(one, label), one));
    let best = scored.max_by(|(one, _), (other, _)| one.total_cmp(other));
    best.filter(|(alike, _)| *alike >= ALIKE).map(|(_, one)| one)
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoBaseline { place, path } => write!(
                f,
                "{place}: this scene has no baseline: {}\n  take it: docent tutorial",
                path.display()
            ),
            Self::NoScene { path } => write!(
                f,
                "{}: no scene makes this file\n  remove it, or the baselines of all scenes that are gone: docent tutorial --accept",
                path.display()
            ),
            Self::NoTwin { path } => write!(
                f,
                "{}: this baseline has no text twin\n  add it: docent tutorial",
                path.display()
            ),
            Self::Unreadable(reason) => f.write_str(reason),
            Self::Equal { first, second } => write!(
                f,
                "{}: shows and marks the same as {}",
                second.display(),
                first.display()
            ),
            Self::UnknownLabel {
                place,
                sentence,
                label,
                nearest,
            } => {
                write!(f, "{place}: the picture does not say “{label}”: {sentence}")?;
                match nearest {
                    Some(nearest) => write!(f, "\n  did you mean “{nearest}”?"),
                    None => Ok(()),
                }
            }
            Self::NoPicture { place, cited } => write!(f, "{place}: there is no picture {cited}"),
        }
    }
}

#[cfg(test)]
mod tests;
