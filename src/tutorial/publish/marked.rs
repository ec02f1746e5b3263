//! The marked pictures and their close-ups.

use std::path::Path;

use crate::area::Area;
use crate::files;
use crate::picture::{Mark, Picture, draw_marks};
use crate::tutorial::manifest::Viewport;

use super::close_up::{self, Edge, Panel};
use super::each::for_each;
use super::error::PublishError;
use super::screenshot::Screenshot;
use super::step::{CloseUp, Step};

/// Of what parts two panels: the page's lines.
const SEAM_COLOUR: [u8; 3] = [0xd3, 0xda, 0xe3];

/// Draws every step's picture and, only if all could be drawn, writes them; the first that can't be is the error.
pub fn write_all(steps: &[Step<'_>], viewport: Viewport, pictures: &Path, folder: &Path) -> Result<(), PublishError> {
    for (step, drawn) in for_each(steps, |step| draw(step, viewport, pictures))? {
        files::write_if_changed(&folder.join(&step.picture), &drawn.whole)?;
        if let (Some(close_up), Some(bytes)) = (&step.close_up, drawn.close_up) {
            files::write_if_changed(&folder.join(&close_up.picture), &bytes)?;
        }
    }
    Ok(())
}

/// A step's picture and the part of it for narrow screens, as PNG.
struct Drawn {
    whole: Vec<u8>,
    close_up: Option<Vec<u8>>,
}

fn draw(step: &Step<'_>, viewport: Viewport, pictures: &Path) -> Result<Drawn, PublishError> {
    let Screenshot { png, picture, marks } = Screenshot::read(step, viewport, pictures)?;
    if marks.is_empty() {
        return Ok(Drawn {
            whole: png,
            close_up: None,
        });
    }
    let close_up = |close_up: &CloseUp| draw_panels(&picture, viewport, &marks, &close_up.panels).encode();
    Ok(Drawn {
        whole: draw_marks(&picture, viewport.scale, &marks).encode(),
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
