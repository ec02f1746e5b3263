//! Rectangles on a page: what the browser measures and what is drawn on pictures.

use serde::{Deserialize, Serialize};

/// A rectangle in the viewport, in CSS pixels from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Distance of the left edge from the viewport's.
    pub x: f64,
    /// Distance of the upper edge from the viewport's.
    pub y: f64,
    /// Extent to the right.
    pub width: f64,
    /// Extent downwards.
    pub height: f64,
}

impl Area {
    /// What two areas share; None where that is nothing.
    #[must_use]
    pub fn shared_with(self, other: Self) -> Option<Self> {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let width = (self.x + self.width).min(other.x + other.width) - x;
        let height = (self.y + self.height).min(other.y + other.height) - y;
        (width > 0. && height > 0.).then_some(Self { x, y, width, height })
    }

    /// The smallest area that holds both.
    #[must_use]
    pub fn joined_with(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self {
            x,
            y,
            width: (self.x + self.width).max(other.x + other.width) - x,
            height: (self.y + self.height).max(other.y + other.height) - y,
        }
    }

    /// It with so much more on every side.
    #[must_use]
    pub fn grown(self, by: f64) -> Self {
        Self {
            x: self.x - by,
            y: self.y - by,
            width: self.width + 2. * by,
            height: self.height + 2. * by,
        }
    }
}
