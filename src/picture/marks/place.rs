//! Where marks go, so that they hide neither a target nor, if it can be helped, anything else. All in CSS pixels.

use std::ops::Range;

use crate::area::Area;
use crate::picture::Picture;

use super::Mark;
use super::draw::{BADGE_RADIUS, HALO, POINTER_HEIGHT, POINTER_WIDTH, STROKE};
use super::ring;

/// Between a target's edge and the middle of its outline: the widest that hides least of a label close by.
const GAPS: [f64; 4] = [5.0, 4.0, 3.0, NARROWEST];
const NARROWEST: f64 = STROKE / 2.0 + HALO;

pub struct Placed {
    pub outlines: Vec<Outline>,
    pub badges: Vec<Badge>,
    pub pointers: Vec<Pointer>,
}

/// The middle of an outline's stroke; its corners are round about those of the target.
#[derive(Clone, Copy)]
pub struct Outline {
    pub area: Area,
    pub radius: f64,
}

pub struct Badge {
    pub number: u32,
    pub x: f64,
    pub y: f64,
}

/// An arrow by its tip; `mirrored`, it lies to the left of it.
pub struct Pointer {
    pub x: f64,
    pub y: f64,
    pub mirrored: bool,
}

pub fn place(picture: &Picture, scale: f64, marks: &[Mark]) -> Placed {
    let mut ground = Ground {
        picture,
        scale,
        taken: marks.iter().map(|mark| mark.area).collect(),
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

/// The picture with what must stay visible on it.
struct Ground<'a> {
    picture: &'a Picture,
    scale: f64,
    /// Targets first, then every badge and pointer as it is placed.
    taken: Vec<Area>,
}

impl Ground<'_> {
    fn outline(&self, mark: &Mark, marks: &[Mark]) -> Outline {
        let others = marks.iter().filter(|other| other.area != mark.area);
        let far = others
            .map(|other| distance(mark.area, other.area))
            .filter(|&far| far > 0.0);
        let most = ((far.fold(f64::MAX, f64::min) - STROKE - 0.5) / 2.0).max(NARROWEST);
        let at = |gap: f64| Outline {
            area: inside(grown(mark.area, gap), self.size(), STROKE / 2.0 + HALO),
            radius: gap + 0.5,
        };
        if let Some(ring) = ring::around(self.picture, self.scale, mark.area) {
            return at(over(&ring).min(most));
        }
        let outlines = GAPS.map(|gap| at(gap.min(most)));
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

    /// Corners first, pushed outwards so far that the disc clears the target; then the sides.
    fn badge(&mut self, number: u32, target: Area) -> Option<Badge> {
        let (left, top, right, bottom) = edges(target);
        let (middle, centre, away) = (
            f64::midpoint(top, bottom),
            f64::midpoint(left, right),
            BADGE_RADIUS + GAPS[0],
        );
        let near = BADGE_RADIUS + HALO;
        let corners = [
            (left - near, top - near),
            (right + near, top - near),
            (left - near, bottom + near),
            (right + near, bottom + near),
        ];
        let sides = [
            (left - away, middle),
            (right + away, middle),
            (right - near, top - away),
            (centre, top - away),
            (centre, bottom + away),
        ];
        // Beside a check box, a corner would lie between two rows.
        let small = target.height < 2.0 * BADGE_RADIUS;
        let mut candidates = if small {
            [&sides[..], &corners].concat()
        } else {
            [&corners[..], &sides].concat()
        };
        candidates.push((left + away, top + away));
        let disc = |&(x, y): &(f64, f64)| {
            grown(
                Area {
                    x,
                    y,
                    width: 0.0,
                    height: 0.0,
                },
                BADGE_RADIUS + HALO,
            )
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
        let body = |&(x, y, mirrored): &(f64, f64, bool)| Area {
            x: if mirrored { x - POINTER_WIDTH } else { x },
            y,
            width: POINTER_WIDTH,
            height: POINTER_HEIGHT,
        };
        let (x, y, mirrored) = self.best(&candidates, body)?;
        Some(Pointer { x, y, mirrored })
    }

    /// The first of the candidates that hide least, whose place is taken from then on.
    fn best<T: Copy>(&mut self, candidates: &[T], covers: impl Fn(&T) -> Area) -> Option<T> {
        let best = candidates.iter().min_by_key(|candidate| self.cost(covers(candidate)))?;
        self.taken.push(covers(best));
        Some(*best)
    }

    /// Leaving the picture is worse than hiding a target or another mark, which is worse than hiding what else is there.
    fn cost(&self, area: Area) -> i64 {
        let surface = area.width * area.height;
        let hidden: f64 = self.taken.iter().map(|&taken| shared(area, taken)).sum();
        let outside = surface - shared(area, self.size());
        let cost = 100.0 * hidden / surface + 1000.0 * outside / surface + self.busyness(area);
        // Whole numbers, so that neither rounding errors nor a few pixels outweigh the order of preference.
        cost.round() as i64
    }

    /// Part of an area's pixels, 0 to 50, that differ to the eye from the one to their right: letters, icons, edges, but no shadows.
    fn busyness(&self, area: Area) -> f64 {
        let (left, top, right, bottom) = edges(area);
        let px = |length: f64, limit: u32| ((length * self.scale).max(0.0) as u32).min(limit.saturating_sub(1));
        let (left, right) = (px(left, self.picture.width()), px(right, self.picture.width()));
        let (top, bottom) = (px(top, self.picture.height()), px(bottom, self.picture.height()));
        let pairs = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
        let (all, busy) = pairs.fold((0_u32, 0_u32), |(all, busy), (x, y)| {
            (
                all + 1,
                busy + u32::from(differ(self.picture.pixel(x, y), self.picture.pixel(x + 1, y))),
            )
        });
        50.0 * f64::from(busy) / f64::from(all.max(1))
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

/// Least difference of two colours, their channels' summed up, that is an edge and no step of a gradient.
const EDGE: u32 = 24;

pub fn differ(one: [u8; 3], other: [u8; 3]) -> bool {
    let channels = one.into_iter().zip(other);
    channels.map(|(one, other)| u32::from(one.abs_diff(other))).sum::<u32>() >= EDGE
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

fn grown(area: Area, by: f64) -> Area {
    Area {
        x: area.x - by,
        y: area.y - by,
        width: area.width + 2.0 * by,
        height: area.height + 2.0 * by,
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

/// Between the nearest edges of two areas, along the axis on which they are further apart; 0 where they overlap.
fn distance(one: Area, other: Area) -> f64 {
    let (left, top, right, bottom) = edges(one);
    let (other_left, other_top, other_right, other_bottom) = edges(other);
    let across = (other_left - right).max(left - other_right);
    let down = (other_top - bottom).max(top - other_bottom);
    across.max(down).max(0.0)
}

/// Surface that two areas share.
fn shared(one: Area, other: Area) -> f64 {
    let both = inside(one, other, 0.0);
    both.width.max(0.0) * both.height.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(x: f64, y: f64, width: f64, height: f64) -> Area {
        Area { x, y, width, height }
    }

    fn numbered(areas: &[Area]) -> Vec<Mark> {
        (1..)
            .zip(areas)
            .map(|(number, &area)| Mark {
                area,
                number: Some(number),
                words: None,
                clicked: true,
            })
            .collect()
    }

    #[test]
    fn outlines_of_fields_eight_pixels_apart_do_not_touch() {
        let page = Picture::blank(400, 300, [255; 3]);
        let placed = place(
            &page,
            1.0,
            &numbered(&[area(50.0, 50.0, 200.0, 34.0), area(50.0, 92.0, 200.0, 34.0)]),
        );
        let [Outline { area: upper, .. }, Outline { area: lower, .. }] = placed.outlines[..] else {
            panic!("two outlines")
        };
        assert!(upper.y + upper.height + STROKE <= lower.y, "{upper:?} {lower:?}");
    }

    #[test]
    fn badges_stay_inside_and_clear_of_targets_and_each_other() {
        let page = Picture::blank(400, 300, [255; 3]);
        let targets = [
            area(0.0, 0.0, 80.0, 20.0),
            area(320.0, 280.0, 80.0, 20.0),
            area(100.0, 100.0, 14.0, 14.0),
            area(100.0, 127.0, 14.0, 14.0),
        ];
        let placed = place(&page, 1.0, &numbered(&targets));
        let away = |badge: &Badge, area: Area| {
            distance(
                area,
                Area {
                    x: badge.x,
                    y: badge.y,
                    width: 0.0,
                    height: 0.0,
                },
            )
        };
        for (i, badge) in placed.badges.iter().enumerate() {
            let room = grown(area(0.0, 0.0, 400.0, 300.0), -BADGE_RADIUS);
            assert!(away(badge, room) <= 0.0, "badge {i} leaves the picture");
            for target in targets {
                let (across, down) = (
                    badge.x.clamp(target.x, target.x + target.width),
                    badge.y.clamp(target.y, target.y + target.height),
                );
                assert!(
                    (badge.x - across).hypot(badge.y - down) >= BADGE_RADIUS,
                    "badge {i} hides {target:?}"
                );
            }
            for other in &placed.badges[i + 1..] {
                assert!(
                    (badge.x - other.x).hypot(badge.y - other.y) >= 2.0 * BADGE_RADIUS,
                    "badge {i} hides another"
                );
            }
        }
    }

    #[test]
    fn a_badge_avoids_what_is_written() {
        let mut page = Picture::blank(400, 300, [255; 3]);
        for x in (20..100).step_by(2) {
            page.lay(&Picture::blank(1, 30, [0; 3]), x, 70);
        }
        let placed = place(&page, 1.0, &numbered(&[area(80.0, 100.0, 100.0, 30.0)]));
        assert!(placed.badges[0].x > 180.0, "the upper left corner is written on");
    }

    #[test]
    fn the_pointer_of_a_wide_target_stands_at_its_words() {
        let page = Picture::blank(1000, 300, [255; 3]);
        let wide = Mark {
            area: area(40.0, 50.0, 900.0, 40.0),
            number: None,
            words: Some(area(50.0, 60.0, 150.0, 18.0)),
            clicked: true,
        };
        let placed = place(&page, 1.0, &[wide]);
        let Pointer { x, y, .. } = placed.pointers[0];
        assert!((50.0..=200.0).contains(&x) && y >= 90.0, "at {x},{y}");
    }

    #[test]
    fn an_outline_lies_over_the_page_s_own_ring_or_outside_of_it() {
        let target = area(50.0, 50.0, 200.0, 30.0);
        for (thickness, gap) in [(2, 2.25), (4, 2.25), (5, 7.25)] {
            let mut page = Picture::blank(400, 300, [255; 3]);
            let ring = Picture::blank(200 + 2 * thickness, 30 + 2 * thickness, [0, 90, 200]);
            page.lay(&ring, 50 - thickness, 50 - thickness);
            page.lay(&Picture::blank(200, 30, [255; 3]), 50, 50);
            let outline = place(&page, 1.0, &numbered(&[target])).outlines[0].area;
            assert!((outline.x - (50.0 - gap)).abs() < 0.3, "{thickness}: {outline:?}");
        }
    }

    #[test]
    fn a_pointer_in_a_menu_covers_neither_the_next_entry_nor_the_menu_s_edge() {
        let mut page = Picture::blank(400, 300, [255; 3]);
        let (menu, next) = (area(100.0, 50.0, 240.0, 38.0), area(116.0, 92.0, 134.0, 30.0));
        for x in (116..250).step_by(2) {
            page.lay(&Picture::blank(1, 30, [0; 3]), x, 92);
        }
        page.lay(&Picture::blank(1, 150, [100; 3]), 340, 40);
        // A shadow, which only hides an entry if it is taken for writing.
        for (x, grey) in (341..360).zip(200..) {
            page.lay(&Picture::blank(1, 150, [grey; 3]), x, 40);
        }
        let clicked = Mark {
            area: menu,
            number: None,
            words: None,
            clicked: true,
        };
        let placed = place(&page, 1.0, &[clicked]);
        let pointer = &placed.pointers[0];
        let body = area(pointer.x, pointer.y, POINTER_WIDTH, POINTER_HEIGHT);
        assert!(
            !pointer.mirrored && shared(body, next) <= 0.0,
            "at {},{}",
            pointer.x,
            pointer.y
        );
        assert!(pointer.x + POINTER_WIDTH < 340.0, "at {},{}", pointer.x, pointer.y);
    }
}
