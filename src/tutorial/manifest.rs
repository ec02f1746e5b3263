//! `manifest.json`: everything about a tutorial that is not a pixel.
//!
//! Together with the clean pictures beside it, it is all that publishing needs: marks, numbers and pages are drawn from
//! it without a browser. It holds no times, and its order is that of the feature file, so equal runs give equal bytes.

use serde::{Deserialize, Serialize};

use crate::area::Area;

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
    /// Whether the learner clicks it, so that a pointer is drawn.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clicked: bool,
}
