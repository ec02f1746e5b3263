//! The ring that pages draw round what has the focus.

use std::ops::Range;

use crate::area::Area;
use crate::picture::Picture;

use super::place::differ;

/// A ring lies no further outside its element than this, in CSS pixels.
const FARTHEST: f64 = 8.0;
/// It begins no further from it.
const NEAREST: f64 = 3.0;
/// Of one colour lies beyond a ring at least so much.
const BEYOND: f64 = 1.5;
/// Rings have round corners.
const CORNER: f64 = 6.0;

type Colour = [u8; 3];

/// From where to where a ring lies round an area, in CSS pixels outside its edges.
pub fn around(picture: &Picture, scale: f64, area: Area) -> Option<Range<f64>> {
    let steps = (FARTHEST * scale) as usize;
    let frames: Vec<_> = (0..steps)
        .map(|step| frame(picture, scale, area, (step as f64 + 0.5) / scale))
        .collect();
    let nearest = (NEAREST * scale) as usize;
    let ring = runs(&frames)
        .into_iter()
        .find(|run| run.start <= nearest && is_ring(&frames, run, (BEYOND * scale).ceil() as usize))?;
    Some(ring.start as f64 / scale..ring.end as f64 / scale)
}

/// Whether something of another colour lies outside the run, after a pixel in which both may mix.
fn is_ring(frames: &[Option<Colour>], run: &Range<usize>, beyond: usize) -> bool {
    let Some(own) = frames[run.start] else {
        return false;
    };
    let Some(outside) = frames.get(run.end + 1..run.end + 1 + beyond) else {
        return false;
    };
    outside
        .iter()
        .all(|frame| frame.is_some_and(|colour| differ(colour, own)) && *frame == outside[0])
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
