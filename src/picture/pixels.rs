//! A picture as pixels.

use std::ops::Range;

use crate::area::Area;

/// A decoded picture: eight bits a channel, opaque (transparency is laid on white, as a browser's page is).
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Red, green, blue and 255 for every pixel, row by row from the upper left.
    pub(super) rgba: Vec<u8>,
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

    /// What of the picture lies in an area, given in CSS pixels, at `scale` picture pixels each; at least one pixel of it.
    #[must_use]
    pub fn cut(&self, area: Area, scale: f64) -> Self {
        let px = |length: f64, limit: u32| ((length * scale).round().max(0.0) as u32).min(limit);
        let (left, top) = (
            px(area.x, self.width.saturating_sub(1)),
            px(area.y, self.height.saturating_sub(1)),
        );
        let (right, bottom) = (
            px(area.x + area.width, self.width).max(left + 1),
            px(area.y + area.height, self.height).max(top + 1),
        );
        let rows =
            (top..bottom).map(|y| &self.rgba[self.start(left, y)..self.start(left, y) + (right - left) as usize * 4]);
        Self {
            width: right - left,
            height: bottom - top,
            rgba: rows.flatten().copied().collect(),
        }
    }

    /// Pictures one below the other, with so many pixels of one colour between them.
    #[must_use]
    pub fn stacked(parts: &[Self], seam: f64, ground: [u8; 3]) -> Self {
        let seam = seam.round() as u32;
        let width = parts.iter().map(Self::width).max().unwrap_or(0);
        let heights: u32 = parts.iter().map(Self::height).sum();
        let seams = seam * (parts.len() as u32).saturating_sub(1);
        let mut whole = Self::blank(width, heights + seams, ground);
        let mut top = 0;
        for part in parts {
            whole.lay(part, 0, top);
            top += part.height + seam;
        }
        whole
    }

    /// How much of what is written or drawn a line across the picture cuts through; lengths in CSS pixels, at `scale` picture pixels each.
    #[must_use]
    pub fn ink_across(&self, y: f64, from_to: Range<f64>, scale: f64) -> usize {
        let y = to_pixel(y, self.height, scale);
        let span = to_pixel(from_to.start, self.width, scale)..to_pixel(from_to.end, self.width, scale);
        span.filter(|&x| differ(self.pixel(x, y), self.pixel(x + 1, y))).count()
    }

    /// As [`Picture::ink_across`], down the picture.
    #[must_use]
    pub fn ink_down(&self, x: f64, from_to: Range<f64>, scale: f64) -> usize {
        let x = to_pixel(x, self.width, scale);
        let span = to_pixel(from_to.start, self.height, scale)..to_pixel(from_to.end, self.height, scale);
        span.filter(|&y| differ(self.pixel(x, y), self.pixel(x, y + 1))).count()
    }

    /// Lays another picture on this one, its upper left corner at a pixel; what doesn't fit is cut off.
    pub(super) fn lay(&mut self, other: &Self, left: u32, top: u32) {
        let width = other.width.min(self.width.saturating_sub(left)) as usize * 4;
        for row in 0..other.height.min(self.height.saturating_sub(top)) {
            let (to, from) = (self.start(left, top + row), other.start(0, row));
            self.rgba[to..to + width].copy_from_slice(&other.rgba[from..from + width]);
        }
    }

    pub(super) fn start(&self, x: u32, y: u32) -> usize {
        (y as usize * self.width as usize + x as usize) * 4
    }
}

/// The pixel at a length, at most the last but one.
fn to_pixel(length: f64, limit: u32, scale: f64) -> u32 {
    ((length * scale).max(0.0) as u32).min(limit.saturating_sub(2))
}

/// Least difference of two colours, their channels' summed up, that is an edge and no step of a gradient.
pub(super) const EDGE: u32 = 24;

pub(super) fn differ(one: [u8; 3], other: [u8; 3]) -> bool {
    contrast(one, other) >= EDGE
}

pub(super) fn contrast(one: [u8; 3], other: [u8; 3]) -> u32 {
    let channels = one.into_iter().zip(other);
    channels.map(|(one, other)| u32::from(one.abs_diff(other))).sum()
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}×{})", self.width, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stacked_pictures_stand_below_each_other() {
        let whole = Picture::stacked(
            &[Picture::blank(4, 2, [1; 3]), Picture::blank(3, 2, [2; 3])],
            1.,
            [9; 3],
        );
        assert_eq!((whole.width(), whole.height()), (4, 5));
        let first = |y| whole.pixel(0, y)[0];
        assert_eq!([first(1), first(2), first(3), whole.pixel(3, 4)[0]], [1, 9, 2, 9]);
    }

    #[test]
    fn a_cut_has_the_area_s_pixels_and_never_leaves_the_picture() {
        let mut page = Picture::blank(40, 20, [255; 3]);
        page.lay(&Picture::blank(10, 6, [9; 3]), 20, 8);
        let area = |x, y, width, height| Area { x, y, width, height };
        assert_eq!(page.cut(area(10.0, 4.0, 5.0, 3.0), 2.0), Picture::blank(10, 6, [9; 3]));
        let beyond = page.cut(area(15.0, -5.0, 500.0, 500.0), 2.0);
        assert_eq!((beyond.width(), beyond.height()), (10, 20));
        assert_eq!(page.cut(area(900.0, 900.0, 1.0, 1.0), 2.0).width(), 1);
    }
}
