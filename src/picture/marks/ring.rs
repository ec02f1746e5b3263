//! The ring that pages draw round what has the focus.

use std::ops::Range;

use crate::area::Area;
use crate::pixels::{Picture, differ};

/// A ring lies no further outside its element than this, in CSS pixels.
const FARTHEST: f64 = 10.0;
/// Some browsers draw it over the element's own edge, so far inside.
const INSIDE: f64 = 3.0;
const THICKEST_BORDER: f64 = 1.5;
/// It begins no further from it.
const NEAREST: f64 = 3.0;
/// Of one colour lies beyond a ring at least so much.
const BEYOND: f64 = 1.5;
/// Rings have round corners; further from them than this they are straight.
const CORNER: f64 = 12.0;

type Colour = [u8; 3];

/// Of a ring that is faded, so much is left.
const LEFT_OF_IT: f32 = 0.3;
/// So far from the line between two colours, their channels' summed up, a colour is no mixture of them.
const UNLIKE: f32 = 20.0;

/// From where to where a ring lies round an area, in CSS pixels outside its edges.
pub fn around(picture: &Picture, scale: f64, area: Area) -> Option<Range<f64>> {
    let Ring { steps, .. } = found(picture, scale, area).filter(|ring| ring.steps.end > 0)?;
    Some(steps.start as f64 / scale..steps.end as f64 / scale)
}

/// Fades the ring that a page draws round what has its focus, so that it does not compete with marks. Nothing else is changed.
pub fn fade(picture: &mut Picture, scale: f64, area: Area) {
    let Some(ring) = found(picture, scale, area) else {
        return;
    };
    let slack = slack(scale) as i64;
    let outer = (ring.steps.end + slack) as f64 / scale;
    let band = (ring.steps.end - ring.steps.start + 2 * slack) as u32;
    let px = |length: f64, limit: u32| ((length * scale).round().max(0.0) as u32).min(limit);
    let (left, right) = (
        px(area.x - outer, picture.width()),
        px(area.x + area.width + outer, picture.width()),
    );
    let (top, bottom) = (
        px(area.y - outer, picture.height()),
        px(area.y + area.height + outer, picture.height()),
    );
    let corner = band + (CORNER * scale).ceil() as u32;
    // Of the element itself nothing is changed, unless its ring lies over its edge.
    // Its round corners may reach a pixel into the element's box.
    let inset = (slack - ring.steps.start).max(1) as f64 / scale;
    let is_own = |x: u32, y: u32| {
        let within = |at: u32, start: f64, extent: f64| {
            ((start + inset) * scale..(start + extent - inset) * scale).contains(&(f64::from(at) + 0.5))
        };
        within(x, area.x, area.width) && within(y, area.y, area.height)
    };
    for y in top..bottom {
        for x in left..right {
            let (across, down) = ((x - left).min(right - 1 - x), (y - top).min(bottom - 1 - y));
            let may_be_ring = across.min(down) < band || across.max(down) < corner;
            if may_be_ring && !is_own(x, y) {
                let faded = faded(picture.pixel(x, y), ring.colour, ring.ground);
                let start = picture.start(x, y);
                picture.rgba[start..start + 3].copy_from_slice(&faded);
            }
        }
    }
}

/// A pixel of a ring, or of its edge, where it mixes with the ground; all others stay as they are.
fn faded(pixel: Colour, ring: Colour, ground: Colour) -> Colour {
    let from_ground = |colour: Colour| [0, 1, 2].map(|channel| f32::from(colour[channel]) - f32::from(ground[channel]));
    let (line, own) = (from_ground(ring), from_ground(pixel));
    let dot = |one: [f32; 3], other: [f32; 3]| one.iter().zip(other).map(|(one, other)| one * other).sum::<f32>();
    let share = (dot(own, line) / dot(line, line).max(1.0)).clamp(0.0, 1.0);
    let off: f32 = own.iter().zip(line).map(|(own, line)| (own - share * line).abs()).sum();
    if off > UNLIKE {
        return pixel;
    }
    [0, 1, 2].map(|channel| (f32::from(pixel[channel]) - share * (1.0 - LEFT_OF_IT) * line[channel]).round() as u8)
}

/// A ring on a picture.
struct Ring {
    /// In picture pixels outside the area's edges; below zero, inside of them.
    steps: Range<i64>,
    colour: Colour,
    /// What lies beyond it.
    ground: Colour,
}

fn found(picture: &Picture, scale: f64, area: Area) -> Option<Ring> {
    let inside = (INSIDE * scale) as i64;
    let steps = -inside..(FARTHEST * scale) as i64;
    let frames: Vec<_> = steps
        .map(|step| frame(picture, scale, area, (step as f64 + 0.5) / scale))
        .collect();
    let (slack, beyond) = (slack(scale), (BEYOND * scale).ceil() as usize);
    let ring = |run: Range<usize>| {
        let colour = frames[run.start]?;
        let ground = ground_beyond(&frames[run.end..], slack, beyond).filter(|&ground| differ(ground, colour))?;
        let steps = run.start as i64 - inside..run.end as i64 - inside;
        Some(Ring { steps, colour, ground })
    };
    let is_near = |ring: &Ring| ring.steps.start <= (NEAREST * scale) as i64 + slack as i64;
    // Within an element its own border is no ring.
    let is_thick =
        |ring: &Ring| ring.steps.start >= 0 || (ring.steps.end - ring.steps.start) as f64 >= THICKEST_BORDER * scale;
    // What begins the furthest inside is what the element is filled with.
    let runs = runs(&frames).into_iter().skip(1);
    let mut rings = runs.filter_map(ring).filter(|ring| is_near(ring) && is_thick(ring));
    let first = rings.next()?;
    // Between an element and a ring off it the ground is seen, which is no ring.
    let second = rings.next().filter(|second| second.ground == first.colour);
    Some(second.unwrap_or(first))
}

/// The one colour of what lies beyond a ring, after some pixels in which both are.
fn ground_beyond(frames: &[Option<Colour>], slack: usize, beyond: usize) -> Option<Colour> {
    let start = frames.iter().take(slack + 1).position(Option::is_some)?;
    let outside = frames.get(start..start + beyond)?;
    outside.iter().all(|frame| *frame == outside[0]).then_some(outside[0])?
}

/// Browsers draw rings at whole pixels, though elements stand between them: a ring may be off by so many picture pixels.
fn slack(scale: f64) -> usize {
    scale.ceil() as usize + 1
}

/// Where frames, one outside the other, are of the same colour.
fn runs(frames: &[Option<Colour>]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (step, frame) in frames.iter().enumerate() {
        match runs.last_mut().filter(|run| frames[run.start] == *frame) {
            Some(run) => run.end = step + 1,
            None => runs.push(step..step + 1),
        }
    }
    runs
}

/// The one colour of all that lies at this distance round an area; None if it has several, or lies outside the picture.
fn frame(picture: &Picture, scale: f64, area: Area, distance: f64) -> Option<Colour> {
    let (left, top) = (area.x - distance, area.y - distance);
    let (right, bottom) = (area.x + area.width + distance, area.y + area.height + distance);
    let between = |from: f64, to: f64| {
        let (from, to) = (from + CORNER, to - CORNER);
        (0..=(to - from).max(0.0) as u32).map(move |step| from + f64::from(step))
    };
    let across = between(left, right).flat_map(|x| [(x, top), (x, bottom)]);
    let down = between(top, bottom).flat_map(|y| [(left, y), (right, y)]);
    let colours: Option<Vec<_>> = across.chain(down).map(|point| pixel(picture, scale, point)).collect();
    let colours = colours?;
    let first = *colours.first()?;
    colours.iter().all(|colour| *colour == first).then_some(first)
}

fn pixel(picture: &Picture, scale: f64, (x, y): (f64, f64)) -> Option<Colour> {
    let inside = |length: f64, limit: u32| {
        let px = (length * scale).floor();
        (px >= 0.0 && px < f64::from(limit)).then_some(px as u32)
    };
    Some(picture.pixel(inside(x, picture.width())?, inside(y, picture.height())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELD: Area = Area {
        x: 30.,
        y: 30.,
        width: 60.,
        height: 20.,
    };

    /// A white page on which frames are drawn round the field, each from so many pixels outside it to so many.
    fn page(frames: &[(u32, u32)]) -> Picture {
        let mut page = Picture::blank(120, 80, [255; 3]);
        for &(from, to) in frames {
            page.lay(
                &Picture::blank(60 + 2 * to, 20 + 2 * to, [0, 60, 160]),
                30 - to,
                30 - to,
            );
            page.lay(
                &Picture::blank(60 + 2 * from, 20 + 2 * from, [255; 3]),
                30 - from,
                30 - from,
            );
        }
        page
    }

    #[test]
    fn a_ring_close_by_is_found() {
        assert_eq!(around(&page(&[(0, 3)]), 1., FIELD), Some(0.0..3.0));
        assert_eq!(around(&page(&[(2, 4)]), 1., FIELD), Some(2.0..4.0));
        assert_eq!(around(&page(&[(2, 6)]), 1., FIELD), Some(2.0..6.0));
    }

    #[test]
    fn a_ring_is_faded_with_its_corners_and_nothing_else_is() {
        let mut page = page(&[(2, 4)]);
        page.lay(&Picture::blank(2, 2, [200, 0, 0]), 40, 40);
        page.lay(&Picture::blank(2, 2, [200, 0, 0]), 58, 58);
        let before = page.clone();
        fade(&mut page, 1., FIELD);
        for (x, y) in [(60, 27), (27, 40), (27, 27)] {
            let [red, _, blue] = page.pixel(x, y);
            assert!(red > 150 && blue > 200, "a pale ring at {x},{y}");
        }
        let changed = |&(x, y): &(u32, u32)| page.pixel(x, y) != before.pixel(x, y);
        let all = (0..80).flat_map(|y| (0..120).map(move |x| (x, y)));
        assert_eq!(all.filter(changed).count(), 68 * 28 - 64 * 24);
    }

    #[test]
    fn a_ring_over_the_element_s_own_edge_is_faded_and_a_border_is_none() {
        for (thickness, is_ring) in [(2, true), (1, false)] {
            let mut page = page(&[]);
            page.lay(&Picture::blank(60, 20, [16; 3]), 30, 30);
            page.lay(
                &Picture::blank(60 - 2 * thickness, 20 - 2 * thickness, [255; 3]),
                30 + thickness,
                30 + thickness,
            );
            page.lay(&Picture::blank(3, 6, [16; 3]), 40, 36);
            fade(&mut page, 1., FIELD);
            assert_eq!(page.pixel(60, 30) != [16; 3], is_ring, "{thickness}");
            assert_eq!(page.pixel(41, 38), [16; 3]);
        }
    }

    #[test]
    fn a_dark_button_has_no_ring() {
        let mut page = page(&[]);
        page.lay(&Picture::blank(60, 20, [16; 3]), 30, 30);
        let before = page.clone();
        fade(&mut page, 1., FIELD);
        assert_eq!(page, before);
    }

    #[test]
    fn what_an_element_holds_is_not_faded_with_its_ring() {
        let mut page = page(&[(0, 2)]);
        page.lay(&Picture::blank(8, 8, [0, 60, 160]), 34, 36);
        fade(&mut page, 1., FIELD);
        assert_eq!(page.pixel(36, 38), [0, 60, 160]);
        assert!(page.pixel(60, 29)[0] > 150);
    }

    #[test]
    fn a_ring_that_is_off_by_a_pixel_is_found_and_faded() {
        let mut page = Picture::blank(120, 80, [255; 3]);
        page.lay(&Picture::blank(72, 32, [0, 60, 160]), 24, 25);
        page.lay(&Picture::blank(66, 26, [255; 3]), 27, 28);
        assert!(around(&page, 1., FIELD).is_some());
        fade(&mut page, 1., FIELD);
        let dark = |&(x, y): &(u32, u32)| page.pixel(x, y)[0] < 100;
        let all = (0..80).flat_map(|y| (0..120).map(move |x| (x, y)));
        assert_eq!(all.filter(dark).count(), 0);
    }

    #[test]
    fn neither_bare_ground_nor_the_edge_of_what_is_around_is_one() {
        assert_eq!(around(&page(&[]), 1., FIELD), None);
        assert_eq!(around(&page(&[(6, 7)]), 1., FIELD), None);
        let mut written = page(&[]);
        written.lay(&Picture::blank(3, 3, [0; 3]), 50, 52);
        assert_eq!(around(&written, 1., FIELD), None);
    }

    #[test]
    fn at_the_picture_s_edge_there_is_none() {
        assert_eq!(around(&page(&[(0, 3)]), 1., Area { x: 0., ..FIELD }), None);
    }
}
