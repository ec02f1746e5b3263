//! The size of the browser's window.

use std::str::FromStr;

use serde::Deserialize;

/// Width and height in CSS pixels, written `1280x800`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Window {
    /// In CSS pixels.
    pub(crate) width: u32,
    /// In CSS pixels.
    pub(crate) height: u32,
}

impl FromStr for Window {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let side = |side: &str| side.parse().ok().filter(|side| (200..=8000).contains(side));
        text.split_once('x')
            .and_then(|(width, height)| Some((side(width)?, side(height)?)))
            .map(|(width, height)| Self { width, height })
            .ok_or_else(|| format!("{text:?} is no size; write, for instance, 1280x800 (each side 200 to 8000)"))
    }
}

impl TryFrom<String> for Window {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}
