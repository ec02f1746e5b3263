//! Whether anything at all is drawn in an area.

use super::pixels::Picture;

/// A difference in a channel, of 255, that nobody sees.
const UNSEEN: u8 = 8;

impl Picture {
    /// Whether all of it has one colour, as far as an eye can tell.
    #[must_use]
    pub fn is_even(&self) -> bool {
        (0..3).all(|channel| {
            let values = self.rgba.iter().skip(channel).step_by(4);
            let (least, most) = values.fold((u8::MAX, u8::MIN), |(least, most), &value| {
                (least.min(value), most.max(value))
            });
            most.saturating_sub(least) <= UNSEEN
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::area::Area;

    #[test]
    fn what_has_one_colour_shows_nothing_and_one_pixel_shows_something() {
        let mut white = Picture::blank(40, 20, [255; 3]);
        assert!(white.is_even());
        let near_white = Picture::blank(4, 4, [254, 250, 248]);
        white.lay(&near_white, 8, 8);
        assert!(white.is_even(), "nobody sees that");
        let dot = Picture::blank(1, 1, [200, 255, 255]);
        white.lay(&dot, 20, 10);
        assert!(!white.is_even());
        let beside = Area {
            x: 0.,
            y: 0.,
            width: 8.,
            height: 8.,
        };
        assert!(white.cut(beside, 1.).is_even());
    }
}
