//! Where two pictures differ at all.

use super::pixels::Picture;
use crate::area::Area;

/// Painting the same again at another scale may give a channel that is some of 255 levels off (seen with Chromium 156 on a loaded machine).
const NOISE: u8 = 12;

impl Picture {
    /// The smallest area, in CSS pixels, that holds every pixel in which another picture of the same size differs by more than [`NOISE`];
    /// the picture is as wide as `width` of them. None where they are the same, or of different sizes.
    #[must_use]
    pub fn changed_area(&self, other: &Self, width: f64) -> Option<Area> {
        if (self.width, self.height) != (other.width, other.height) {
            return None;
        }
        let pixels = self.rgba.chunks_exact(4).zip(other.rgba.chunks_exact(4));
        let changed = (0..self.width * self.height)
            .zip(pixels)
            .filter(|(_, (one, other))| one.iter().zip(*other).any(|(a, b)| a.abs_diff(*b) > NOISE));
        let places = changed.map(|(index, _)| (index % self.width, index / self.width));
        let bounds = places.fold(None, |bounds: Option<[u32; 4]>, (x, y)| {
            let [left, top, right, bottom] = bounds.unwrap_or([x, y, x, y]);
            Some([left.min(x), top.min(y), right.max(x), bottom.max(y)])
        });
        let px = width / f64::from(self.width);
        bounds.map(|[left, top, right, bottom]| Area {
            x: f64::from(left) * px,
            y: f64::from(top) * px,
            width: f64::from(right + 1 - left) * px,
            height: f64::from(bottom + 1 - top) * px,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_holds_all_that_differs_and_nothing_more() {
        let before = Picture::blank(40, 20, [255; 3]);
        let mut after = before.clone();
        assert_eq!(before.changed_area(&after, 160.), None);
        after.lay(&Picture::blank(2, 1, [0; 3]), 10, 5);
        after.lay(&Picture::blank(1, 1, [0; 3]), 15, 9);
        let area = Area {
            x: 40.,
            y: 20.,
            width: 24.,
            height: 20.,
        };
        assert_eq!(before.changed_area(&after, 160.), Some(area));
        assert_eq!(before.changed_area(&Picture::blank(1, 1, [0; 3]), 160.), None);
    }
}
