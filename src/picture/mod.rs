//! Pictures: reading, writing, comparing and marking them, and keeping the accepted ones on disk.
//!
//! Knows nothing of browsers or tutorials; it is the only place that names the PNG and drawing crates.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixel arithmetic: pictures are far smaller than any of these types' limits, and lengths are rounded on purpose"
)]

pub mod compare;
mod cover;
pub mod difference;
pub mod gallery;
pub mod marks;
pub mod png;
mod seen;

pub use compare::{Changes, Comparison, Tolerance, compare};
pub use difference::difference;
pub use marks::{Mark, draw_marks};

/// A decoded picture: eight bits a channel, opaque (transparency is laid on white, as a browser's page is).
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    /// Red, green, blue and 255 for every pixel, row by row from the upper left.
    rgba: Vec<u8>,
}

impl Picture {
    /// A picture of one colour.
    #[must_use]
    pub fn blank(width: u32, height: u32, [red, green, blue]: [u8; 3]) -> Self {
        let pixels = width as usize * height as usize;
        Self {
            width,
            height,
            rgba: [red, green, blue, 255].repeat(pixels),
        }
    }

    /// In pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// In pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Red, green and blue at a pixel.
    ///
    /// # Panics
    /// Where the pixel lies outside the picture.
    #[must_use]
    pub fn pixel(&self, x: u32, y: u32) -> [u8; 3] {
        let start = self.start(x, y);
        [self.rgba[start], self.rgba[start + 1], self.rgba[start + 2]]
    }

    /// Lays another picture on this one, its upper left corner at a pixel; what doesn't fit is cut off.
    fn lay(&mut self, other: &Self, left: u32, top: u32) {
        let width = other.width.min(self.width.saturating_sub(left)) as usize * 4;
        for row in 0..other.height.min(self.height.saturating_sub(top)) {
            let (to, from) = (self.start(left, top + row), other.start(0, row));
            self.rgba[to..to + width].copy_from_slice(&other.rgba[from..from + width]);
        }
    }

    fn start(&self, x: u32, y: u32) -> usize {
        (y as usize * self.width as usize + x as usize) * 4
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}×{})", self.width, self.height)
    }
}
