//! A scene's screenshot with what is to be drawn on it.

use std::path::Path;

use super::error::PublishError;
use super::step::Step;
use crate::files;
use crate::picture::marks::{Placed, place_marks};
use crate::picture::{Mark, Picture, fade_focus_ring};
use crate::tutorial::manifest::{Target, Viewport};

/// A clean screenshot, as it was accepted.
pub(super) struct Screenshot {
    /// The file.
    pub png: Vec<u8>,
    /// Its pixels; where something is annotated, the page's own focus ring is faded, so that it does not compete.
    pub picture: Picture,
    pub marks: Vec<Mark>,
}

impl Screenshot {
    /// # Errors
    /// [`PublishError::Missing`], [`PublishError::Damaged`] and the system's.
    pub fn read(step: &Step<'_>, viewport: Viewport, pictures: &Path) -> Result<Self, PublishError> {
        let path = pictures.join(&step.scene.picture);
        let Some(png) = files::read(&path)? else {
            return Err(PublishError::Missing(path));
        };
        let mut picture = Picture::decode(&png).map_err(|source| PublishError::Damaged { path, source })?;
        let marks = marks(&step.scene.targets);
        if let Some(focused) = step.scene.focused
            && !marks.is_empty()
        {
            fade_focus_ring(&mut picture, viewport.scale, focused);
        }
        Ok(Self { png, picture, marks })
    }

    /// Where outlines, numbers and pointers go, in CSS pixels.
    pub fn placed(&self, viewport: Viewport) -> Placed {
        place_marks(&self.picture, viewport.scale, &self.marks)
    }

    /// The clean screenshot as it is shown below annotations.
    pub fn clean_png(&self, step: &Step<'_>) -> Vec<u8> {
        match step.scene.focused {
            Some(_) if !self.marks.is_empty() => self.picture.encode(),
            _ => self.png.clone(),
        }
    }
}

/// Numbered only where there are several.
fn marks(targets: &[Target]) -> Vec<Mark> {
    let number = |number| (targets.len() > 1).then_some(number);
    let mark = |(n, target): (u32, &Target)| Mark {
        area: target.area,
        number: number(n),
        words: target.focus.and_then(|focus| focus.shared_with(target.area)),
        clicked: target.clicked,
    };
    (1..).zip(targets).map(mark).collect()
}
