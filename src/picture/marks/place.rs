//! Where marks go, so that they hide neither a target nor, if it can be helped, anything else. All in CSS pixels.

use std::ops::Range;

use crate::area::Area;
use crate::pixels::{EDGE, Picture, contrast};

use super::mark::Mark;
use super::ring;
use super::sizes::{BADGE_RADIUS, HALO, POINTER_HEIGHT, POINTER_WIDTH, STROKE};

/// Between a target's edge and the middle of its outline: the widest that hides least of a label close by.
const GAPS: [f64; 4] = [5.0, 4.0, 3.0, NARROWEST];
const NARROWEST: f64 = STROKE / 2.0 + HALO;
/// Higher targets are parts of the page, which are numbered at a corner.
const HIGH: f64 = 64.0;
/// A column of which more than this part differs from the next belongs to a line, not to letters.
const LINE: f64 = 0.55;
/// Least contrast of letters; borders have less.
const OF_LETTERS: u32 = 150;

/// Where marks go on a picture.
pub struct Placed {
    /// Round targets.
    pub outlines: Vec<Outline>,
    /// Numbers.
    pub badges: Vec<Badge>,
    /// At what is clicked.
    pub pointers: Vec<Pointer>,
}

/// The middle of an outline's stroke; its corners are round about those of the target.
#[derive(Clone, Copy)]
pub struct Outline {
    /// From stroke to stroke.
    pub area: Area,
    /// Of its corners.
    pub radius: f64,
}

/// A number on a disc, by the disc's middle.
pub struct Badge {
    /// The number.
    pub number: u32,
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// An arrow by its tip; `mirrored`, it lies to the left of it.
pub struct Pointer {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Whether it lies to the left.
    pub mirrored: bool,
}

/// Finds a place for all marks of a picture of `scale` picture pixels per CSS pixel.
#[must_use]
pub fn place(picture: &Picture, scale: f64, marks: &[Mark]) -> Placed {
    let mut ground = Ground {
        picture,
        scale,
        targets: marks.iter().map(|mark| mark.area).collect(),
        placed: Vec::new(),
    };
    let outlines: Vec<_> = marks.iter().map(|mark| ground.outline(mark, marks)).collect();
    let badges = marks
        .iter()
        .filter_map(|mark| ground.badge(mark.number?, mark.area))
        .collect();
    let pointers = marks
        .iter()
        .filter(|mark| mark.clicked)
        .filter_map(|mark| ground.pointer(pointed_at(mark)))
        .collect();
    Placed {
        outlines,
        badges,
        pointers,
    }
}

/// Where a pointer goes: to the target's edge, near its words.
fn pointed_at(mark: &Mark) -> Area {
    mark.words.map_or(mark.area, |words| Area {
        x: words.x,
        width: words.width,
        ..mark.area
    })
}

/// What a mark hides.
struct Cover {
    whole: Area,
    /// Without the corners of a square that a disc leaves free.
    core: Area,
    /// For a badge, its own target: of that it may hide what is blank. The line of a border it may hide anywhere: of a badge that is
    /// moved away for it, nobody knows what it belongs to.
    own: Option<Area>,
}

/// The picture with what must stay visible on it.
struct Ground<'a> {
    picture: &'a Picture,
    scale: f64,
    targets: Vec<Area>,
    /// Every badge and pointer, as it is placed.
    placed: Vec<Area>,
}

impl Ground<'_> {
    fn outline(&self, mark: &Mark, marks: &[Mark]) -> Outline {
        let most = room_beside(mark.area, marks);
        let at = |gap: f64| Outline {
            area: inside(
                grown_by(mark.area, most.map(|most| gap.min(most))),
                self.size(),
                STROKE / 2.0 + HALO,
            ),
            radius: gap + 0.5,
        };
        if let Some(ring) = ring::around(self.picture, self.scale, mark.area) {
            return at(over(&ring));
        }
        let outlines = GAPS.map(at);
        let [widest, ..] = outlines;
        outlines.into_iter().fold(widest, |best, outline| {
            if self.busyness_under(&outline.area) < self.busyness_under(&best.area) {
                outline
            } else {
                best
            }
        })
    }

    /// What an outline of these edges would hide, one side with another.
    fn busyness_under(&self, outline: &Area) -> f64 {
        let (left, top, right, bottom) = edges(*outline);
        let half = STROKE / 2.0;
        let across = |y| Area {
            x: left,
            y: y - half,
            width: right - left,
            height: STROKE,
        };
        let down = |x| Area {
            x: x - half,
            y: top,
            width: STROKE,
            height: bottom - top,
        };
        [across(top), across(bottom), down(left), down(right)]
            .map(|side| self.busyness(side))
            .iter()
            .sum()
    }

    /// On the outline, but off the target: beside a row, a field or a button; at a corner of what is higher.
    fn badge(&mut self, number: u32, target: Area) -> Option<Badge> {
        let (left, top, right, bottom) = edges(target);
        let middle = f64::midpoint(top, bottom);
        let off = BADGE_RADIUS + 2.0 * HALO;
        // So far from a corner, both ways, the disc touches it.
        let corner = BADGE_RADIUS * std::f64::consts::FRAC_1_SQRT_2;
        let sides = [(left - off, middle), (right + off, middle)];
        let corners = [
            (left - corner, top - corner),
            (left + off, top - off),
            (right + corner, top - corner),
            (right - off, top - off),
            (left - corner, bottom + corner),
            (right + corner, bottom + corner),
        ];
        let mut candidates = if target.height < HIGH {
            [&sides[..], &corners].concat()
        } else {
            [&corners[..], &sides].concat()
        };
        candidates.extend([(right - 1.5 * off, middle), (left + off, top + off)]);
        let disc = |&(x, y): &(f64, f64)| Cover {
            whole: grown(point(x, y), BADGE_RADIUS + HALO),
            core: grown(point(x, y), corner),
            own: Some(target),
        };
        let (x, y) = self.best(&candidates, disc)?;
        Some(Badge { number, x, y })
    }

    /// The tip touches the target's edge from outside, so that the arrow lies beside what it points at.
    fn pointer(&mut self, target: Area) -> Option<Pointer> {
        let (left, top, right, bottom) = edges(target);
        let (middle, centre) = (f64::midpoint(top, bottom), f64::midpoint(left, right));
        let inset = (target.width * 0.15).min(12.0);
        let candidates = [
            (right - inset, bottom, false),
            // Clear of what ends where the target does, such as a menu's edge.
            ((right - inset - POINTER_WIDTH).max(centre), bottom, false),
            (centre, bottom, false),
            (left + inset, bottom, true),
            (right, middle, false),
            (left, middle, true),
            (right - 2.0 * POINTER_WIDTH, bottom - 2.0 * POINTER_HEIGHT, false),
            (centre, middle, false),
        ];
        let body = |&(x, y, mirrored): &(f64, f64, bool)| {
            let whole = Area {
                x: if mirrored { x - POINTER_WIDTH } else { x },
                y,
                width: POINTER_WIDTH,
                height: POINTER_HEIGHT,
            };
            Cover {
                whole,
                core: whole,
                own: None,
            }
        };
        let (x, y, mirrored) = self.best(&candidates, body)?;
        Some(Pointer { x, y, mirrored })
    }

    /// The first of the candidates that hide least, whose place is taken from then on.
    fn best<T: Copy>(&mut self, candidates: &[T], covers: impl Fn(&T) -> Cover) -> Option<T> {
        let best = candidates
            .iter()
            .min_by_key(|candidate| self.cost(&covers(candidate)))?;
        self.placed.push(covers(best).whole);
        Some(*best)
    }

    /// Leaving the picture is worse than hiding a target or another mark, which is worse than hiding what else is there.
    fn cost(&self, cover: &Cover) -> i64 {
        let surface = cover.whole.width * cover.whole.height;
        let of_target = |&target: &Area| {
            if cover.own == Some(target) {
                5.0 * shared(cover.core, target)
            } else {
                100.0 * shared(cover.whole, target)
            }
        };
        let of_targets: f64 = self.targets.iter().map(of_target).sum();
        let of_marks: f64 = self.placed.iter().map(|&placed| shared(cover.whole, placed)).sum();
        let outside = surface - shared(cover.whole, self.size());
        let busy = if cover.own.is_some() {
            self.writing(cover.whole)
        } else {
            self.busyness(cover.whole)
        };
        let cost = (of_targets + 100.0 * of_marks + 1000.0 * outside) / surface + busy;
        // Whole numbers, so that neither rounding errors nor a few pixels outweigh the order of preference.
        cost.round() as i64
    }

    /// Part of an area's pixels, 0 to 50, that differ to the eye from the one to their right: letters, icons, edges, but no shadows.
    fn busyness(&self, area: Area) -> f64 {
        self.part(area, EDGE, 1.0)
    }

    /// As [`Ground::busyness`], of letters and icons alone.
    fn writing(&self, area: Area) -> f64 {
        self.part(area, OF_LETTERS, LINE)
    }

    /// Part of an area's pixels, 0 to 50, with so much contrast to the next, but for columns of which more than `most` have it.
    fn part(&self, area: Area, least: u32, most: f64) -> f64 {
        let (left, top, right, bottom) = edges(area);
        let px = |length: f64, limit: u32| ((length * self.scale).max(0.0) as u32).min(limit.saturating_sub(1));
        let (left, right) = (px(left, self.picture.width()), px(right, self.picture.width()));
        let (top, bottom) = (px(top, self.picture.height()), px(bottom, self.picture.height()));
        let counts = |x, y| contrast(self.picture.pixel(x, y), self.picture.pixel(x + 1, y)) >= least;
        let in_column = |x| (top..bottom).filter(|&y| counts(x, y)).count() as f64;
        let rows = f64::from(bottom.saturating_sub(top)).max(1.0);
        let counted: f64 = (left..right).map(in_column).filter(|&count| count <= most * rows).sum();
        50.0 * counted / (rows * f64::from(right.saturating_sub(left)).max(1.0))
    }

    fn size(&self) -> Area {
        let (width, height) = (
            f64::from(self.picture.width()) / self.scale,
            f64::from(self.picture.height()) / self.scale,
        );
        Area {
            x: 0.0,
            y: 0.0,
            width,
            height,
        }
    }
}

/// The gap at which an outline lies over a ring that the page draws, or else outside of it: two rings would compete.
fn over(ring: &Range<f64>) -> f64 {
    let gap = f64::midpoint(ring.start, ring.end).max(NARROWEST);
    let reach = STROKE / 2.0 + HALO;
    if gap + reach >= ring.end {
        gap
    } else {
        ring.end + NARROWEST
    }
}

/// Left, top, right, bottom.
fn edges(area: Area) -> (f64, f64, f64, f64) {
    (area.x, area.y, area.x + area.width, area.y + area.height)
}

fn point(x: f64, y: f64) -> Area {
    Area {
        x,
        y,
        width: 0.0,
        height: 0.0,
    }
}

fn grown(area: Area, by: f64) -> Area {
    grown_by(area, [by; 4])
}

/// Grown to the left, the top, the right and the bottom.
fn grown_by(area: Area, [left, top, right, bottom]: [f64; 4]) -> Area {
    Area {
        x: area.x - left,
        y: area.y - top,
        width: area.width + left + right,
        height: area.height + top + bottom,
    }
}

/// How far an outline may lie from a target's left, upper, right and lower edge: where the next target leaves no room for a line of
/// each, one line between them serves both.
fn room_beside(target: Area, marks: &[Mark]) -> [f64; 4] {
    let (left, top, right, bottom) = edges(target);
    let mut room = [f64::MAX; 4];
    for other in marks.iter().map(|mark| mark.area).filter(|&other| other != target) {
        let (other_left, other_top, other_right, other_bottom) = edges(other);
        let is_beside = other_top < bottom && top < other_bottom;
        let is_above_or_below = other_left < right && left < other_right;
        let far = [
            left - other_right,
            top - other_bottom,
            other_left - right,
            other_top - bottom,
        ];
        let counts = [is_beside, is_above_or_below, is_beside, is_above_or_below];
        for (room, (far, counts)) in room.iter_mut().zip(far.into_iter().zip(counts)) {
            if counts && far >= -OVERLAP {
                *room = room.min(half_of(far.max(0.0)));
            }
        }
    }
    room
}

/// Boxes of neighbours may overlap by a rounding error.
const OVERLAP: f64 = 1.0;

/// The share of an outline in the room between two targets.
fn half_of(room: f64) -> f64 {
    let seam = 0.5;
    if room < 2.0 * NARROWEST + STROKE + seam {
        room / 2.0
    } else {
        (room - STROKE - seam) / 2.0
    }
}

/// What of an area lies in another, its edges kept `margin` away from the other's.
fn inside(area: Area, of: Area, margin: f64) -> Area {
    let (left, top, right, bottom) = edges(area);
    let room = grown(of, -margin);
    let (x, y) = (left.max(room.x), top.max(room.y));
    let (right, bottom) = (right.min(room.x + room.width), bottom.min(room.y + room.height));
    Area {
        x,
        y,
        width: right - x,
        height: bottom - y,
    }
}

/// Surface that two areas share.
fn shared(one: Area, other: Area) -> f64 {
    let both = inside(one, other, 0.0);
    both.width.max(0.0) * both.height.max(0.0)
}

#[cfg(test)]
mod tests;
