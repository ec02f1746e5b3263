//! Whether two pictures of a page show the same to a person.
//!
//! One browser paints the same thing the same way, so there whatever differs by a pixel has changed (`exact`). What follows is
//! for pictures that another browser has painted.
//!
//! Browsers on two machines seldom paint the same bytes: glyph edges are smoothed otherwise, letters stand a fraction of
//! a pixel apart, and along a line of text that adds up. None of it is news to a reader. So pictures are looked at as a
//! reader does: reduced to CSS pixels, in little cells of 8×8, each of which must be found in the other picture close to
//! where it was ([`Tolerance`] says how close and how alike), in both directions, so that nothing is missing and nothing
//! is new.

mod exact;
mod patch;
mod tolerance;

use crate::area::Area;

use super::pixels::Picture;
pub use tolerance::Tolerance;

use super::perceptual::{CELL, Offset, PerceptualImage};

/// What a look at two pictures says.
#[derive(Clone, Debug, PartialEq)]
pub enum Comparison {
    /// Every pixel is equal.
    Same,
    /// Pixels differ, but not to the eye: within [`Tolerance`].
    WithinTolerance,
    /// Something was added, removed, moved or changed.
    Different(Changes),
}

/// Where two pictures differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// In CSS pixels; neighbouring changes are one region.
    pub regions: Vec<Area>,
    /// Changed part of the picture's surface, 0 to 1.
    pub share: f64,
}

/// Compares an accepted picture with one just taken, both at `scale` picture pixels per CSS pixel.
#[must_use]
pub fn compare(accepted: &Picture, taken: &Picture, scale: f64) -> Comparison {
    if accepted == taken {
        return Comparison::Same;
    }
    if (accepted.width(), accepted.height()) != (taken.width(), taken.height()) {
        return Comparison::Different(all_of(taken, scale));
    }
    let step = (scale.round() as u32).max(1);
    let columns = accepted.width().div_ceil(step).div_ceil(CELL);
    if let Some(changed) = exact::changed(accepted, taken, step) {
        return judged(changed, columns);
    }
    let (accepted, taken) = (
        PerceptualImage::new(accepted, scale),
        PerceptualImage::new(taken, scale),
    );
    let (missing, new) = std::thread::scope(|scope| {
        let missing = scope.spawn(|| Search::run(&accepted, &taken));
        let new = Search::run(&taken, &accepted);
        (
            missing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            new,
        )
    });
    let changed: Vec<bool> = missing
        .iter()
        .zip(&new)
        .map(|(missing, new)| missing.is_none() || new.is_none())
        .collect();
    judged(changed, columns)
}

fn judged(changed: Vec<bool>, columns: u32) -> Comparison {
    if changed.contains(&true) {
        Comparison::Different(changes(changed, columns))
    } else {
        Comparison::WithinTolerance
    }
}

fn all_of(picture: &Picture, scale: f64) -> Changes {
    let (width, height) = (f64::from(picture.width()) / scale, f64::from(picture.height()) / scale);
    Changes {
        regions: vec![Area {
            x: 0.0,
            y: 0.0,
            width,
            height,
        }],
        share: 1.0,
    }
}

/// The search for each cell of one picture in another.
struct Search<'a> {
    here: &'a PerceptualImage,
    there: &'a PerceptualImage,
    /// Where each cell was found, if it was.
    found: Vec<Option<Offset>>,
    /// How many cells a drift has come along to reach this one.
    steps: Vec<i32>,
}

impl<'a> Search<'a> {
    /// For each cell, row by row, the offset at which it was found.
    fn run(here: &'a PerceptualImage, there: &'a PerceptualImage) -> Vec<Option<Offset>> {
        let (columns, rows) = here.cells();
        let nearby = nearest_first();
        let find = |i| {
            nearby
                .iter()
                .copied()
                .find(|&offset| excess(here, there, (i % columns, i / columns), offset) <= 1.0)
        };
        let found: Vec<_> = (0..columns * rows).map(find).collect();
        let mut search = Self {
            here,
            there,
            steps: vec![0; found.len()],
            found,
        };
        search.follow_drift();
        search.forgive_near_misses();
        search.found
    }

    /// What was not found nearby may continue the drift of its neighbours: the end of a line whose letters stand wider.
    fn follow_drift(&mut self) {
        let mut lost: Vec<u32> = (0..self.found.len() as u32)
            .filter(|&i| self.found[i as usize].is_none())
            .collect();
        loop {
            let before = lost.len();
            lost.retain(|&cell| !self.continues_drift(cell));
            if lost.len() == before {
                return;
            }
        }
    }

    fn continues_drift(&mut self, cell: u32) -> bool {
        let columns = self.here.cells().0;
        let place = (cell % columns, cell / columns);
        let continued = self
            .drifts_beside(place)
            .into_iter()
            .find(|&(offset, _)| excess(self.here, self.there, place, offset) <= 1.0);
        if let Some((offset, steps)) = continued {
            self.found[cell as usize] = Some(offset);
            self.steps[cell as usize] = steps;
        }
        continued.is_some()
    }

    fn forgive_near_misses(&mut self) {
        let columns = self.here.cells().0;
        let nearby = nearest_first();
        let near_miss = |search: &Self, cell: u32| {
            let place = (cell % columns, cell / columns);
            let drifts = search.drifts_beside(place).into_iter().map(|(offset, _)| offset);
            nearby
                .iter()
                .copied()
                .chain(drifts)
                .find(|&at| excess(search.here, search.there, place, at) <= Tolerance::NEAR_MISS)
        };
        let lost = (0..self.found.len() as u32).filter(|&cell| self.found[cell as usize].is_none());
        let forgiven: Vec<_> = lost.filter_map(|cell| Some((cell, near_miss(self, cell)?))).collect();
        for (cell, offset) in forgiven {
            self.found[cell as usize] = Some(offset);
        }
    }

    /// Offsets that go one pixel further than, or as far as, the inked cells around: two cells (a word space) to each
    /// side, four (a line space) up and down.
    fn drifts_beside(&self, (column, row): (u32, u32)) -> Vec<(Offset, i32)> {
        let (columns, rows) = self.here.cells();
        let beside = (1..=2).flat_map(|far| [(-far, 0), (far, 0)]);
        let above = (1..=4).flat_map(|far| [(0, -far), (0, far)]);
        let mut drifts = Vec::new();
        for (right, down) in beside.chain(above) {
            let (Some(column), Some(row)) = (column.checked_add_signed(right), row.checked_add_signed(down)) else {
                continue;
            };
            if column >= columns || row >= rows || self.here.contrast(column, row) <= Tolerance::INK {
                continue;
            }
            let neighbour = (row * columns + column) as usize;
            let Some(Offset { x, y }) = self.found[neighbour] else {
                continue;
            };
            let steps = self.steps[neighbour] + 1;
            let furthest = (Tolerance::MOVED + steps).min(Tolerance::DRIFTED);
            for by in [0, -1, 1] {
                let offset = if down == 0 {
                    Offset { x: x + by, y }
                } else {
                    Offset { x, y: y + by }
                };
                if offset.x.abs() <= furthest && offset.y.abs() <= furthest {
                    drifts.push((offset, steps));
                }
            }
        }
        drifts
    }
}

/// Everything that may simply have moved, the nearest first.
fn nearest_first() -> Vec<Offset> {
    let reach = -Tolerance::MOVED..=Tolerance::MOVED;
    let mut offsets: Vec<_> = reach
        .clone()
        .flat_map(|y| reach.clone().map(move |x| Offset { x, y }))
        .collect();
    offsets.sort_by_key(|offset| offset.x.pow(2) + offset.y.pow(2));
    offsets
}

/// How unlike a cell and its like in the other picture at an offset are, as a multiple of what is tolerated.
fn excess(here: &PerceptualImage, there: &PerceptualImage, cell: (u32, u32), offset: Offset) -> f32 {
    here.distance(there, cell, offset) / (Tolerance::FLAT + Tolerance::CONTRAST * here.contrast(cell.0, cell.1))
}

/// Joins changed cells that touch, or have but one cell between them, into rectangles.
fn changes(mut changed: Vec<bool>, columns: u32) -> Changes {
    let share = changed.iter().filter(|&&changed| changed).count() as f64 / changed.len() as f64;
    let mut regions = Vec::new();
    while let Some(first) = changed.iter().position(|&changed| changed) {
        regions.push(take_region(&mut changed, columns as usize, first));
    }
    Changes { regions, share }
}

fn take_region(changed: &mut [bool], columns: usize, first: usize) -> Area {
    let (mut left, mut right, mut top, mut bottom) = (usize::MAX, 0, usize::MAX, 0);
    let mut open = vec![first];
    changed[first] = false;
    while let Some(cell) = open.pop() {
        let (column, row) = (cell % columns, cell / columns);
        (left, right, top, bottom) = (left.min(column), right.max(column), top.min(row), bottom.max(row));
        for row in row.saturating_sub(2)..=row + 2 {
            for column in column.saturating_sub(2)..(column + 3).min(columns) {
                if let Some(neighbour) = changed.get_mut(row * columns + column).filter(|changed| **changed) {
                    *neighbour = false;
                    open.push(row * columns + column);
                }
            }
        }
    }
    let css = |cells: usize| cells as f64 * f64::from(CELL);
    Area {
        x: css(left),
        y: css(top),
        width: css(right + 1 - left),
        height: css(bottom + 1 - top),
    }
}

#[cfg(test)]
mod tests;
