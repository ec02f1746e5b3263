//! `manifest.json`: everything about a tutorial that is not a pixel.
//!
//! Together with the clean pictures beside it, it is all that publishing needs: marks, numbers and pages are drawn from
//! it without a browser. It holds no times, and its order is that of the feature file, so equal runs give equal bytes.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::area::Area;
use crate::files::{self, FileError};

/// The manifest's file name, beside the pictures.
pub const FILE_NAME: &str = "manifest.json";

/// A manifest that can't be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// There is none.
    #[error("there is no {path}. Play the tutorial once to make it", path = .0.display())]
    Missing(PathBuf),
    /// It is no manifest.
    #[error(
        "{path}, line {line}: {source}. Restore the file from version control, or delete it and play the tutorial again",
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
    /// The scenario's name, as the tutorial's title.
    pub title: String,
    /// The feature's free description: what the tutorial teaches, and to whom.
    pub introduction: String,
    /// BCP 47 tag of the language, such as `en`.
    pub language: String,
    /// What the pictures were taken with.
    pub viewport: Viewport,
    /// In the order they are played.
    pub scenes: Vec<Scene>,
}

impl Manifest {
    /// Reads the manifest of a folder of pictures.
    pub fn load(folder: &Path) -> Result<Self, ManifestError> {
        let path = folder.join(FILE_NAME);
        let bytes = files::read(&path)?.ok_or_else(|| ManifestError::Missing(path.clone()))?;
        serde_json::from_slice(&bytes).map_err(|source| ManifestError::Malformed { path, source })
    }

    /// Writes the manifest into a folder of pictures: equal manifests give equal bytes, which then are left alone.
    pub fn save(&self, folder: &Path) -> Result<(), ManifestError> {
        let path = folder.join(FILE_NAME);
        let mut bytes = serde_json::to_vec_pretty(self).map_err(|source| ManifestError::Malformed {
            path: path.clone(),
            source,
        })?;
        bytes.push(b'\n');
        Ok(files::write_if_changed(&path, &bytes)?)
    }
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

/// One narrated step with the steps that follow it, and the picture of the moment a learner needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scene {
    /// Name of the clean picture's file beside the manifest, such as `click-the-button-pair.png`.
    pub picture: String,
    /// The narrated step with its keyword, such as `When I click the button "Pair"`.
    pub step: String,
    /// What the learner is told: paragraphs separated by an empty line.
    pub narration: String,
    /// What the picture shows, for those who don't see it.
    pub alt: String,
    /// What is marked on the picture, in the order in which the steps named it.
    pub targets: Vec<Target>,
}

/// Something the learner looks at, fills in or clicks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// ARIA role, such as `button`.
    pub role: String,
    /// Accessible name, such as `Pair`.
    pub name: String,
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
        };
        Manifest {
            title: "Pairing".into(),
            introduction: String::new(),
            language: "en".into(),
            viewport: Viewport {
                width: 1280,
                height: 800,
                scale: 2.0,
            },
            scenes: vec![scene],
        }
    }

    #[test]
    fn what_is_saved_loads_again_and_ends_with_a_line_break() {
        let folder = tempfile::tempdir().unwrap();
        manifest().save(folder.path()).unwrap();
        assert_eq!(Manifest::load(folder.path()).unwrap(), manifest());
        assert!(
            std::fs::read_to_string(folder.path().join(FILE_NAME))
                .unwrap()
                .ends_with("}\n")
        );
    }

    #[test]
    fn what_is_wrong_in_a_manifest_is_told_by_file_and_line() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join(FILE_NAME),
            "{\n  \"title\": \"Pairing\",\n  \"titel\": 1\n}",
        )
        .unwrap();
        let error = Manifest::load(folder.path()).unwrap_err().to_string();
        assert!(
            error.contains("manifest.json, line 3") && error.contains("titel"),
            "{error}"
        );
    }

    #[test]
    fn a_missing_manifest_is_told_with_the_way_to_make_it() {
        let folder = tempfile::tempdir().unwrap();
        let error = Manifest::load(folder.path()).unwrap_err().to_string();
        assert!(error.contains("Play the tutorial"), "{error}");
    }
}
