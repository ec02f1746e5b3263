//! The marked pictures and their close-ups, drawn on as many threads as there are processors.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::area::Area;
use crate::files;
use crate::picture::{Mark, Picture, draw_marks, fade_focus_ring};
use crate::tutorial::manifest::{Target, Viewport};

use super::close_up::{self, Edge, Panel};
use super::error::PublishError;
use super::step::{CloseUp, Step};

/// Of what parts two panels: the page's lines.
const SEAM_COLOUR: [u8; 3] = [0xd3, 0xda, 0xe3];

/// Draws every step's picture and, only if all could be drawn, writes them; the first that can't be is the error.
pub fn write_all(steps: &[Step<'_>], viewport: Viewport, pictures: &Path, folder: &Path) -> Result<(), PublishError> {
    let mut drawn = draw_all(steps, |step| draw(step, viewport, pictures));
    drawn.sort_by_key(|(step, _)| step.number);
    let drawn: Vec<_> = drawn
        .into_iter()
        .map(|(step, drawn)| Ok((step, drawn?)))
        .collect::<Result<_, PublishError>>()?;
    for (step, drawn) in drawn {
        files::write_if_changed(&folder.join(&step.picture), &drawn.whole)?;
        if let (Some(close_up), Some(bytes)) = (&step.close_up, drawn.close_up) {
            files::write_if_changed(&folder.join(&close_up.picture), &bytes)?;
        }
    }
    Ok(())
}

/// Each step with what is drawn for it, in the order in which they got done.
fn draw_all<'a, T: Send>(steps: &'a [Step<'a>], draw: impl Fn(&Step<'_>) -> T + Sync) -> Vec<(&'a Step<'a>, T)> {
    let next = AtomicUsize::new(0);
    let draw_some = || {
        let undrawn = std::iter::from_fn(|| steps.get(next.fetch_add(1, Ordering::Relaxed)));
        undrawn.map(|step| (step, draw(step))).collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, Into::into);
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(draw_some)).collect();
        let drawn = |worker: thread::ScopedJoinHandle<'_, Vec<_>>| {
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        workers.into_iter().flat_map(drawn).collect()
    })
}

/// A step's picture and the part of it for narrow screens, as PNG.
struct Drawn {
    whole: Vec<u8>,
    close_up: Option<Vec<u8>>,
}

fn draw(step: &Step<'_>, viewport: Viewport, pictures: &Path) -> Result<Drawn, PublishError> {
    let scale = viewport.scale;
    let path = pictures.join(&step.scene.picture);
    let Some(bytes) = files::read(&path)? else {
        return Err(PublishError::Missing(path));
    };
    if step.scene.targets.is_empty() {
        return Ok(Drawn {
            whole: bytes,
            close_up: None,
        });
    }
    let mut clean = Picture::decode(&bytes).map_err(|source| PublishError::Damaged { path, source })?;
    if let Some(focused) = step.scene.focused {
        fade_focus_ring(&mut clean, scale, focused);
    }
    let marks = marks(&step.scene.targets);
    let close_up = |close_up: &CloseUp| draw_panels(&clean, viewport, &marks, &close_up.panels).encode();
    Ok(Drawn {
        whole: draw_marks(&clean, scale, &marks).encode(),
        close_up: step.close_up.as_ref().map(close_up),
    })
}

/// The panels below each other. A panel is shown as wide as the screen, so marks are drawn the larger on it the wider it is.
fn draw_panels(clean: &Picture, viewport: Viewport, marks: &[Mark], panels: &[Panel]) -> Picture {
    let scale = viewport.scale;
    let ink = |edge| match edge {
        Edge::Across { at, from, to } => clean.ink_across(at, from..to, scale),
        Edge::Down { at, from, to } => clean.ink_down(at, from..to, scale),
    };
    let parts = panels.iter().map(|panel| {
        let area = close_up::settled(panel.area, viewport, ink);
        let unit = area.width / close_up::WIDTH;
        let here = |rectangle: Area| {
            let shown = rectangle.shared_with(area)?;
            Some(Area {
                x: (shown.x - area.x) / unit,
                y: (shown.y - area.y) / unit,
                width: shown.width / unit,
                height: shown.height / unit,
            })
        };
        let mark = |&place: &usize| {
            let mark = marks[place];
            Some(Mark {
                area: here(mark.area)?,
                words: mark.words.and_then(here),
                ..mark
            })
        };
        let marks: Vec<_> = panel.targets.iter().filter_map(mark).collect();
        draw_marks(&clean.cut(area, scale), scale * unit, &marks)
    });
    Picture::stacked(&parts.collect::<Vec<_>>(), close_up::SEAM * scale, SEAM_COLOUR)
}

/// Numbered only where there are several.
fn marks(targets: &[Target]) -> Vec<Mark> {
    let number = |number| (targets.len() > 1).then_some(number);
    let mark = |(n, target): (u32, &Target)| Mark {
        area: target.area,
        number: number(n),
        words: target.focus.and_then(|focus| focus.shared_with(target.area)),
        clicked: target.clicked,
    };
    (1..).zip(targets).map(mark).collect()
}
