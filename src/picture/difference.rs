//! Two pictures beside each other with what changed outlined, for people to judge.

use crate::area::Area;

use super::compare::Changes;
use super::{Mark, Picture, draw_marks};

/// The ground that shows between and below the two pictures: a grey that no page is likely to have at its edge.
const GROUND: [u8; 3] = [0x6b, 0x6b, 0x6b];

/// Between the two pictures, in CSS pixels.
const GUTTER: f64 = 16.0;

/// Accepted on the left, taken on the right, every changed region outlined on both.
#[must_use]
pub fn difference(accepted: &Picture, taken: &Picture, scale: f64, changes: &Changes) -> Picture {
    let outlined = |picture| draw_marks(picture, scale, &changes.regions.iter().map(outline).collect::<Vec<_>>());
    let gutter = (GUTTER * scale).round() as u32;
    let mut both = Picture::blank(
        accepted.width() + gutter + taken.width(),
        accepted.height().max(taken.height()),
        GROUND,
    );
    both.lay(&outlined(accepted), 0, 0);
    both.lay(&outlined(taken), accepted.width() + gutter, 0);
    both
}

/// A region ends where the change does: the mark keeps off, so that what is around the change can be read.
fn outline(region: &Area) -> Mark {
    const MARGIN: f64 = 10.0;
    let area = Area {
        x: region.x - MARGIN,
        y: region.y - MARGIN,
        width: region.width + 2.0 * MARGIN,
        height: region.height + 2.0 * MARGIN,
    };
    Mark {
        area,
        number: None,
        words: None,
        clicked: false,
    }
}
