//! What differs between two pictures that one browser has painted: there whatever is the same is so to the pixel.
//!
//! A browser paints the same thing the same way, at another place, too, if it is away by whole pixels. So each cell of the one
//! picture is looked for in the other, pixel by pixel; and where two things have moved past each other within a cell, each of its
//! pixels may have moved as something beside it has. If nearly all that is not blank is found so, the rest has changed, even if
//! it is one letter of a small text. The exception is what stands away by a part of a pixel and is painted anew: [`Patch`].

use std::ops::Range;

use super::super::perceptual::CELL;
use super::super::pixels::Picture;
use super::patch::Patch;
use super::tolerance::Tolerance;

/// Part of the cells with something in them that must be found for the pictures to be one browser's. Of a page of text in two
/// renderings about half was found, of a page with a changed line 92 % and more.
const ONE_BROWSER: f64 = 0.85;
/// Channels that differ by no more than this are the same: rounding.
const SAME: u8 = 2;
/// Channels that differ by more than this within a cell mean that there is something in it.
const INK: u8 = 16;
/// What painting anew may change, as a part of the contrast, at scale 1 and above. Measured on pages that Chromium 156 painted: text
/// that had moved by a part of a pixel changed by up to 0.075 and 0.059; of 14 letters changed for similar ones, 12 by 0.1 and 0.15 and
/// more. An l for an i, as wide, is 0.063 and 0.104; a comma for a full stop 0.046, which is not seen, and 0.067.
const REPAINTED: f32 = 0.085;
const REPAINTED_FINELY: f32 = 0.065;
/// The same for a cell whose neighbours have not changed. Letters that another hinting painted anew: up to 0.047 and 0.037.
const REPAINTED_LETTER: f32 = 0.055;
/// How many cells a cell's neighbours are away at most: a button's label tells how its edge has moved.
const NEAR: i32 = 6;
/// Within so many cells on either side a letter's neighbours are found where it has changed and its width has not.
const LETTER: i32 = 3;

/// A move in picture pixels.
type Motion = (i32, i32);

/// Which cells have changed, row by row; none if only some stand away by a part of a pixel; None if this can't be told, because
/// the pictures are painted differently all over.
pub(super) fn changed(accepted: &Picture, taken: &Picture, step: u32) -> Option<Vec<bool>> {
    let (missing, new) = std::thread::scope(|scope| {
        let missing = scope.spawn(|| Search::run(accepted, taken, step));
        let new = Search::run(taken, accepted, step);
        (
            missing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            new,
        )
    });
    let (missing, new) = (missing?, new?);
    let is_repainted = missing.is_repainted() && new.is_repainted();
    let cells = missing.found.iter().zip(&new.found);
    let changed = |(missing, new): (&Option<Motion>, &Option<Motion>)| missing.is_none() || new.is_none();
    Some(cells.map(|cell| !is_repainted && changed(cell)).collect())
}

/// The search for each cell of one picture in another.
struct Search<'a> {
    here: &'a Picture,
    there: &'a Picture,
    /// Picture pixels per CSS pixel.
    step: i32,
    columns: i32,
    rows: i32,
    /// Whether there is something in the cell.
    ink: Vec<bool>,
    /// How each cell has moved, if it was found.
    found: Vec<Option<Motion>>,
}

impl<'a> Search<'a> {
    fn run(here: &'a Picture, there: &'a Picture, step: u32) -> Option<Self> {
        let cell = CELL * step;
        let (columns, rows) = (here.width.div_ceil(cell) as i32, here.height.div_ceil(cell) as i32);
        let mut search = Self {
            here,
            there,
            step: step as i32,
            columns,
            rows,
            ink: Vec::new(),
            found: Vec::new(),
        };
        let cells = 0..columns * rows;
        search.ink = cells.clone().map(|cell| search.has_ink(cell)).collect();
        search.found = search.find_all();
        search.piece_together();
        search.is_of_one_browser().then_some(search)
    }

    /// Most have not moved at all, or as the one before has.
    fn find_all(&self) -> Vec<Option<Motion>> {
        let motions = self.motions();
        let mut last = (0, 0);
        let find = |cell| {
            let mut tried = [(0, 0), last].into_iter().chain(motions.iter().copied());
            let found = tried.find(|&motion| self.has_moved(cell, motion));
            last = found.filter(|_| self.ink[cell as usize]).unwrap_or(last);
            found
        };
        (0..self.columns * self.rows).map(find).collect()
    }

    /// Everything may have moved a little; the nearest first.
    fn motions(&self) -> Vec<Motion> {
        let reach = Tolerance::MOVED * self.step;
        let mut motions: Vec<Motion> = (-reach..=reach)
            .flat_map(|y| (-reach..=reach).map(move |x| (x, y)))
            .collect();
        motions.sort_by_key(|(x, y)| x.pow(2) + y.pow(2));
        motions
    }

    /// Whether a cell is in the other picture after a motion. What has come from beyond the edge, or has gone there, can't be told.
    fn has_moved(&self, cell: i32, (right, down): Motion) -> bool {
        let (columns, rows) = self.span(cell);
        let columns = columns.start.max(-right)..columns.end.min(self.here.width as i32 - right);
        let rows = rows.start.max(-down)..rows.end.min(self.here.height as i32 - down);
        let line = |picture: &'a Picture, from: i32, y: i32| {
            let start = picture.start(from as u32, y as u32);
            &picture.rgba[start..start + columns.len() * 4]
        };
        columns.is_empty()
            || rows.into_iter().all(|y| {
                let here = line(self.here, columns.start, y);
                let there = line(self.there, columns.start + right, y + down);
                here == there || is_same(here, there, SAME)
            })
    }

    /// Whether each pixel of a cell is in the other picture after one of the motions.
    fn fits(&self, cell: i32, motions: &[Motion]) -> bool {
        self.pixels(cell).all(|(x, y)| {
            let pixel = self.here.pixel(x as u32, y as u32);
            motions.iter().any(|(right, down)| {
                let there = pixel_at(self.there, x + right, y + down);
                there.is_none_or(|there| is_same(&pixel, &there, SAME))
            })
        })
    }

    /// Where the cells around have moved in several ways, a cell may hold something of each.
    fn piece_together(&mut self) {
        let lost = (0..self.columns * self.rows).filter(|&cell| self.found[cell as usize].is_none());
        let pieced: Vec<_> = lost
            .filter_map(|cell| {
                let motions = self.motions_around(cell);
                self.fits(cell, &motions).then_some((cell, motions[0]))
            })
            .collect();
        for (cell, motion) in pieced {
            self.found[cell as usize] = Some(motion);
        }
    }

    fn motions_around(&self, cell: i32) -> Vec<Motion> {
        let around = (-NEAR..=NEAR).flat_map(|down| (-NEAR..=NEAR).map(move |right| (right, down)));
        let mut motions = vec![(0, 0)];
        for (right, down) in around {
            let near = self.beside(cell, right, down).filter(|&near| self.ink[near]);
            if let Some(motion) = near.and_then(|near| self.found[near])
                && !motions.contains(&motion)
            {
                motions.push(motion);
            }
        }
        motions
    }

    fn beside(&self, cell: i32, right: i32, down: i32) -> Option<usize> {
        let (column, row) = (cell % self.columns + right, cell / self.columns + down);
        let inside = (0..self.columns).contains(&column) && (0..self.rows).contains(&row);
        inside.then_some((row * self.columns + column) as usize)
    }

    fn is_of_one_browser(&self) -> bool {
        let inked = self.ink.iter().filter(|ink| **ink).count();
        let found = self
            .ink
            .iter()
            .zip(&self.found)
            .filter(|(ink, found)| **ink && found.is_some());
        inked > 0 && found.count() as f64 >= ONE_BROWSER * inked as f64
    }

    /// Whether all that was not found is there still, a part of a pixel away.
    fn is_repainted(&self) -> bool {
        let mut lost = (0..self.columns * self.rows).filter(|&cell| self.found[cell as usize].is_none());
        lost.all(|cell| {
            let limit = match self.step {
                _ if self.is_one_letter(cell) => REPAINTED_LETTER,
                1 => REPAINTED,
                _ => REPAINTED_FINELY,
            };
            self.is_nearly_there(cell, limit)
        })
    }

    /// A letter that has changed has neighbours that have not; what has moved by part of a pixel has done so as a whole.
    fn is_one_letter(&self, cell: i32) -> bool {
        let is_found = |right| {
            let beside = self.beside(cell, right, 0);
            beside.is_some_and(|beside| self.ink[beside] && self.found[beside].is_some())
        };
        (-LETTER..0).any(is_found) && (1..=LETTER).any(is_found)
    }

    fn is_nearly_there(&self, cell: i32, limit: f32) -> bool {
        let (left, top) = self.corner(cell);
        let (side, reach) = (CELL as i32 * self.step, Tolerance::MOVED * self.step);
        let here = Patch::of(self.here, (left, top), side, 0);
        here.is_in(&Patch::of(self.there, (left, top), side, reach), reach, limit)
    }

    fn has_ink(&self, cell: i32) -> bool {
        let (columns, rows) = self.span(cell);
        let first = self.here.pixel(columns.start as u32, rows.start as u32);
        rows.into_iter().any(|y| {
            let start = self.here.start(columns.start as u32, y as u32);
            let line = &self.here.rgba[start..start + columns.len() * 4];
            line.chunks_exact(4).any(|pixel| !is_same(&first, pixel, INK))
        })
    }

    fn corner(&self, cell: i32) -> (i32, i32) {
        let side = CELL as i32 * self.step;
        (cell % self.columns * side, cell / self.columns * side)
    }

    /// Columns and rows of a cell's pixels; the last cells reach beyond the picture.
    fn span(&self, cell: i32) -> (Range<i32>, Range<i32>) {
        let (left, top) = self.corner(cell);
        let side = CELL as i32 * self.step;
        (
            left..(left + side).min(self.here.width as i32),
            top..(top + side).min(self.here.height as i32),
        )
    }

    fn pixels(&self, cell: i32) -> impl Iterator<Item = (i32, i32)> + use<> {
        let (columns, rows) = self.span(cell);
        rows.flat_map(move |y| columns.clone().map(move |x| (x, y)))
    }
}

fn pixel_at(picture: &Picture, x: i32, y: i32) -> Option<[u8; 3]> {
    let inside = (0..picture.width as i32).contains(&x) && (0..picture.height as i32).contains(&y);
    inside.then(|| picture.pixel(x as u32, y as u32))
}

fn is_same(one: &[u8], other: &[u8], within: u8) -> bool {
    one.iter().zip(other).all(|(one, other)| one.abs_diff(*other) <= within)
}
