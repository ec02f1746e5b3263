//! Covers what must not be seen.

use super::pixels::Picture;
use crate::area::Area;

/// As dark as ink: nobody takes it for a part of the page.
const INK: [u8; 3] = [38, 38, 38];
/// What a letter may stand out of its line's bounds, in CSS pixels.
const MARGIN: f64 = 3.;

impl Picture {
    /// Covers areas given in CSS pixels; the picture is as wide as `width` of them.
    pub fn cover(&mut self, areas: &[Area], width: f64) {
        let scale = f64::from(self.width) / width;
        for area in areas {
            let across = span(area.x, area.width, scale, self.width);
            let down = span(area.y, area.height, scale, self.height);
            let patch = Self::blank(across.1 - across.0, down.1 - down.0, INK);
            self.lay(&patch, across.0, down.0);
        }
    }
}

/// From where to where, in pixels of a picture that is `limit` wide or high.
fn span(start: f64, length: f64, scale: f64, limit: u32) -> (u32, u32) {
    let pixel = |css: f64| (css * scale).clamp(0., f64::from(limit));
    let (start, end) = (
        pixel(start - MARGIN).floor() as u32,
        pixel(start + length + MARGIN).ceil() as u32,
    );
    (start, end.max(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_covered_at_any_scale_and_as_far_as_it_is_in_the_picture() {
        let area = |x, y| Area {
            x,
            y,
            width: 10.,
            height: 4.,
        };
        let mut picture = Picture::blank(200, 100, [255; 3]);
        picture.cover(
            &[area(20., 20.), area(95., -20.), area(95., 48.), area(500., 500.)],
            100.,
        );
        for (x, y, covered) in [
            (40, 40, true),
            (60, 48, true),
            (30, 40, false),
            (40, 60, false),
            (199, 99, true),
            (199, 0, false),
        ] {
            assert_eq!(picture.pixel(x, y) == INK, covered, "{x}, {y}");
        }
    }
}
