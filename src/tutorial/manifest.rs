//! `manifest.json`: everything about a tutorial that is not a pixel.
//!
//! Together with the clean pictures beside it, it is all that publishing needs: marks, numbers and pages are drawn from
//! it without a browser. It holds no times, and its order is that of the feature file, so equal runs give equal bytes. Texts from
//! features and pages are [`Redacted`] in it, and so they are on all that is made of it.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::area::Area;
use crate::files::{self, FileError};
use crate::redact::Redacted;

/// The manifest's file name, beside the pictures.
pub const FILE_NAME: &str = "manifest.json";
/// The format that is written, and the newest that is understood. A field more is a new version: an earlier Docent refuses what it does not
/// know, and is to say that it is too old. Version 2 brought `focused`.
const VERSION: u32 = 2;

/// A manifest that can't be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// There is none.
    #[error("there is no {path}. Play the tutorial once to make it", path = .0.display())]
    Missing(PathBuf),
    /// Version control left two versions in it.
    #[error(
        "{path}, line {line}: this is a merge-conflict marker. Resolve the conflict, or replace manifest and screenshots by what \
         is played now: docent tutorial --accept",
        path = .path.display()
    )]
    Conflict {
        /// Of the manifest.
        path: PathBuf,
        /// Line of the first marker.
        line: usize,
    },
    /// A later Docent wrote it.
    #[error(
        "{path} has the version {version}, but this Docent knows manifests up to version {VERSION} only: update Docent",
        path = .path.display()
    )]
    Newer {
        /// Of the manifest.
        path: PathBuf,
        /// Its version.
        version: u32,
    },
    /// It is no manifest.
    #[error(
        "{path}, line {line}: {source}. Restore the file from version control, or replace manifest and screenshots by what is \
         played now: docent tutorial --accept",
        path = .path.display(), line = .source.line()
    )]
    Malformed {
        /// Of the manifest.
        path: PathBuf,
        /// What is wrong, and where.
        source: serde_json::Error,
    },
    /// The system refuses.
    #[error(transparent)]
    File(#[from] FileError),
}

/// One tutorial in one language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Of the manifest's format; the first manifests had none, and are of version 1.
    #[serde(default = "first_version")]
    pub version: u32,
    /// The scenario's name, as the tutorial's title.
    pub title: Redacted,
    /// The feature's free description: what the tutorial teaches, and to whom.
    pub introduction: Redacted,
    /// BCP 47 tag of the language, such as `en`.
    pub language: String,
    /// What the pictures were taken with.
    pub viewport: Viewport,
    /// In the order they are played.
    pub scenes: Vec<Scene>,
    /// Screenshots of earlier scenes that are still in the folder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub obsolete: Vec<String>,
}

fn first_version() -> u32 {
    1
}

impl Manifest {
    /// A manifest of the version that is written now, without scenes yet.
    #[must_use]
    pub fn new(title: &str, introduction: &str, language: &str, viewport: Viewport) -> Self {
        Self {
            version: VERSION,
            title: title.into(),
            introduction: introduction.into(),
            language: language.to_owned(),
            viewport,
            scenes: Vec::new(),
            obsolete: Vec::new(),
        }
    }

    /// Reads the manifest of a folder of pictures.
    pub fn load(folder: &Path) -> Result<Self, ManifestError> {
        let path = folder.join(FILE_NAME);
        let bytes = files::read(&path)?.ok_or_else(|| ManifestError::Missing(path.clone()))?;
        if let Some(version) = version_in(&bytes).filter(|version| *version > VERSION) {
            return Err(ManifestError::Newer { path, version });
        }
        serde_json::from_slice(&bytes).map_err(|source| match conflict_in(&bytes) {
            Some(line) => ManifestError::Conflict { path, line },
            None => ManifestError::Malformed { path, source },
        })
    }

    /// What its file holds; equal manifests give equal bytes.
    ///
    /// # Errors
    /// As `serde_json` says.
    pub fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The scene whose screenshot has this file name.
    #[must_use]
    pub fn scene(&self, picture: &str) -> Option<&Scene> {
        self.scenes.iter().find(|scene| scene.picture == picture)
    }

    /// File names of all screenshots that the manifest knows, those of earlier scenes included.
    pub fn pictures(&self) -> impl Iterator<Item = &str> {
        let of_scenes = self.scenes.iter().map(|scene| &scene.picture);
        of_scenes.chain(&self.obsolete).map(String::as_str)
    }
}

/// The version alone: all the rest may be otherwise in a later one.
fn version_in(bytes: &[u8]) -> Option<u32> {
    #[derive(Deserialize)]
    struct Versioned {
        version: u32,
    }
    serde_json::from_slice(bytes).ok().map(|Versioned { version }| version)
}

/// Line of the first conflict marker, as Git and Mercurial write them.
fn conflict_in(bytes: &[u8]) -> Option<usize> {
    let lines = bytes.split(|byte| *byte == b'\n');
    (1..)
        .zip(lines)
        .find(|(_, line)| line.starts_with(b"<<<<<<< "))
        .map(|(number, _)| number)
}

/// The window that pictures were taken of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Viewport {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
    /// Picture pixels per CSS pixel.
    pub scale: f64,
}

impl fmt::Display for Viewport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}×{}, scale {}", self.width, self.height, self.scale)
    }
}

/// One narrated step with the steps that follow it, and the picture of the moment a learner needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scene {
    /// Name of the clean picture's file beside the manifest, such as `click-the-button-pair.png`.
    pub picture: String,
    /// The narrated step with its keyword, such as `When I click the button "Pair"`.
    pub step: Redacted,
    /// What the learner reads: paragraphs separated by an empty line.
    pub narration: Redacted,
    /// What the picture shows, for those who don't see it.
    pub alt: Redacted,
    /// What is marked on the picture, in the order in which the steps named it.
    pub targets: Vec<Target>,
    /// What has the keyboard's focus: on the marked picture, the ring that the page draws round it is faded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focused: Option<Area>,
}

/// Something the learner looks at, fills in or clicks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// ARIA role, such as `button`.
    pub role: String,
    /// Accessible name, such as `Pair`.
    pub name: Redacted,
    /// Where it stands in the viewport.
    #[serde(rename = "box")]
    pub area: Area,
    /// What of it, or beside it, a learner must see to know it: the words of a wide button, a field with its label. None where
    /// that is the box itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focus: Option<Area>,
    /// Whether the learner clicks it, so that a pointer is drawn.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clicked: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let area = Area {
            x: 1.5,
            y: 2.0,
            width: 30.0,
            height: 14.0,
        };
        let target = Target {
            role: "button".into(),
            name: "Pair".into(),
            area,
            focus: None,
            clicked: true,
        };
        let scene = Scene {
            picture: "pair.png".into(),
            step: "When I click the button \"Pair\"".into(),
            narration: "Click Pair.".into(),
            alt: "Click Pair.".into(),
            targets: vec![target],
            focused: None,
        };
        let viewport = Viewport {
            width: 1280,
            height: 800,
            scale: 2.0,
        };
        Manifest {
            scenes: vec![scene],
            ..Manifest::new("Pairing", "", "en", viewport)
        }
    }

    fn loaded(text: &[u8]) -> Result<Manifest, ManifestError> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE_NAME), text).unwrap();
        Manifest::load(folder.path())
    }

    #[test]
    fn what_is_written_loads_again_and_ends_with_a_line_break() {
        let bytes = manifest().to_bytes().unwrap();
        assert!(bytes.ends_with(b"}\n"));
        assert_eq!(loaded(&bytes).unwrap(), manifest());
    }

    #[test]
    fn a_manifest_without_version_is_of_the_first() {
        let text = String::from_utf8(manifest().to_bytes().unwrap()).unwrap();
        let without = text.replace("  \"version\": 2,\n", "");
        assert_ne!(without, text);
        let first = Manifest {
            version: 1,
            ..manifest()
        };
        assert_eq!(loaded(without.as_bytes()).unwrap(), first);
    }

    #[test]
    fn a_manifest_of_a_later_version_is_refused_whatever_else_it_says() {
        let error = loaded(br#"{ "version": 3, "slides": [] }"#).unwrap_err().to_string();
        assert!(
            error.contains("version 3") && error.contains("update Docent"),
            "{error}"
        );
    }

    #[test]
    fn what_is_wrong_in_a_manifest_is_told_by_file_and_line() {
        let error = loaded(b"{\n  \"title\": \"Pairing\",\n  \"titel\": 1\n}")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("manifest.json, line 3") && error.contains("titel"),
            "{error}"
        );
    }

    #[test]
    fn conflict_markers_are_named_with_both_ways_out() {
        let text = b"{\n<<<<<<< HEAD\n  \"title\": \"A\"\n=======\n  \"title\": \"B\"\n>>>>>>> theirs\n}\n";
        let error = loaded(text).unwrap_err().to_string();
        for part in ["manifest.json, line 2", "merge-conflict", "--accept"] {
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn a_missing_manifest_is_told_with_the_way_to_make_it() {
        let folder = tempfile::tempdir().unwrap();
        let error = Manifest::load(folder.path()).unwrap_err().to_string();
        assert!(error.contains("Play the tutorial"), "{error}");
    }
}
