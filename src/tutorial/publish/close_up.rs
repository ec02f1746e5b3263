//! What of a picture a narrow screen shows: the targets and what is round them, nearly as large as on the page itself.
//!
//! What stands far apart is shown in several panels, one below the other.

use crate::area::Area;
use crate::tutorial::manifest::{Target, Viewport};

/// Round the targets, in CSS pixels: room for marks, and for what tells the learner where on the page this is.
const MARGIN: f64 = 48.0;
/// Where a target needs nearly all of a panel, there is at least so much round it.
const LEAST_MARGIN: f64 = 35.0;
/// A panel is at least as wide as a narrow screen, which therefore never shows it larger than life.
pub const WIDTH: f64 = 360.0;
/// A wider one could not be read there: of a wider target it shows where it begins.
const WIDEST: f64 = 480.0;
const HEIGHT: f64 = 240.0;
/// Of one of several panels.
const LOW: f64 = 160.0;
const HIGHEST: f64 = 480.0;
/// So many panels are still a picture.
const MOST: usize = 4;
/// Between two panels.
pub const SEAM: f64 = 6.0;

/// A part of the picture that is shown, and which of the targets, by their places in the list, are marked on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    pub area: Area,
    pub targets: Vec<usize>,
}

/// The parts of the picture to show, all of one width; none where there are no targets or they are in too many places, or
/// where the window was as narrow as a phone.
pub fn panels(targets: &[Target], viewport: Viewport) -> Vec<Panel> {
    let mut groups: Vec<Group> = Vec::new();
    for (place, target) in targets.iter().enumerate() {
        let seen = beginning(target.focus.unwrap_or(target.area));
        join(
            &mut groups,
            Group {
                seen,
                targets: vec![place],
            },
        );
    }
    let (width, height) = (f64::from(viewport.width), f64::from(viewport.height));
    if groups.len() > MOST || width <= WIDEST {
        return Vec::new();
    }
    let widest = groups.iter().map(|group| group.seen.width).fold(0.0, f64::max);
    let across = (widest + 2.0 * MARGIN).clamp(WIDTH, WIDEST);
    let low = if groups.len() > 1 { LOW } else { HEIGHT };
    let panel = |group: Group| {
        let down = (group.seen.height + 2.0 * MARGIN).clamp(low, HIGHEST);
        let (x, across) = stretch(group.seen.x, group.seen.width, across, width);
        let (y, down) = stretch(group.seen.y, group.seen.height, down, height);
        Panel {
            area: Area {
                x,
                y,
                width: across,
                height: down,
            },
            targets: group.targets,
        }
    };
    groups.into_iter().map(panel).collect()
}

/// Width and height of the panels below each other, in CSS pixels.
pub fn size(panels: &[Panel]) -> (f64, f64) {
    let width = panels.iter().map(|panel| panel.area.width).fold(0.0, f64::max);
    let heights: f64 = panels.iter().map(|panel| panel.area.height).sum();
    let seams: f64 = panels.iter().skip(1).map(|_| SEAM).sum();
    (width, heights + seams)
}

/// Targets that one panel shows.
struct Group {
    seen: Area,
    targets: Vec<usize>,
}

/// Adds a group to the first with which it fits into one panel, and so on with what has become of both.
fn join(groups: &mut Vec<Group>, group: Group) {
    let fits = |other: &Group| {
        let both = other.seen.joined_with(group.seen);
        both.width <= WIDEST - 2.0 * LEAST_MARGIN && both.height <= HIGHEST - 2.0 * LEAST_MARGIN
    };
    match groups.iter().position(fits) {
        None => groups.push(group),
        Some(at) => {
            let mut both = groups.remove(at);
            both.seen = both.seen.joined_with(group.seen);
            both.targets.extend(group.targets);
            both.targets.sort_unstable();
            join(groups, both);
            groups.sort_by_key(|group| group.targets[0]);
        }
    }
}

/// What of a target fits into a panel.
fn beginning(area: Area) -> Area {
    Area {
        width: area.width.min(WIDEST - 2.0 * LEAST_MARGIN),
        height: area.height.min(HIGHEST - 2.0 * LEAST_MARGIN),
        ..area
    }
}

/// Moves a panel a little to where its edges cut through the least: `ink` counts what a line cuts, across the picture or down it.
pub fn settled(panel: Area, whole: Viewport, ink: impl Fn(Edge) -> usize) -> Area {
    let (width, height) = (f64::from(whole.width), f64::from(whole.height));
    let best = |least: f64, most: f64, cut: &dyn Fn(f64) -> usize| {
        let steps = (-SHIFT..=SHIFT).filter(|&by| (least..=most).contains(&f64::from(by)));
        f64::from(steps.min_by_key(|&by| (cut(f64::from(by)), by.abs())).unwrap_or(0))
    };
    let down = best(-panel.y, height - panel.y - panel.height, &|by| {
        let (from, to) = (panel.x, panel.x + panel.width);
        [panel.y + by, panel.y + by + panel.height]
            .map(|at| ink(Edge::Across { at, from, to }))
            .iter()
            .sum()
    });
    let y = panel.y + down;
    let across = best(-panel.x, width - panel.x - panel.width, &|by| {
        let (from, to) = (y, y + panel.height);
        [panel.x + by, panel.x + by + panel.width]
            .map(|at| ink(Edge::Down { at, from, to }))
            .iter()
            .sum()
    });
    Area {
        x: panel.x + across,
        y,
        ..panel
    }
}

/// A line along which a picture is cut, in CSS pixels.
#[derive(Clone, Copy, Debug)]
pub enum Edge {
    Across { at: f64, from: f64, to: f64 },
    Down { at: f64, from: f64, to: f64 },
}

/// So far is a panel moved at most, in CSS pixels: its targets keep their margin.
const SHIFT: i32 = 20;

/// Start and length of a stretch with something in its middle that lies within `0..whole`.
fn stretch(start: f64, extent: f64, length: f64, whole: f64) -> (f64, f64) {
    let length = length.min(whole);
    ((start + extent / 2.0 - length / 2.0).clamp(0.0, whole - length), length)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Viewport = Viewport {
        width: 1280,
        height: 800,
        scale: 2.0,
    };

    fn target(area: Area, focus: Option<Area>) -> Target {
        Target {
            role: "button".into(),
            name: "Pair".into(),
            area,
            focus,
            clicked: false,
        }
    }

    fn area((x, y, width, height): (f64, f64, f64, f64)) -> Area {
        Area { x, y, width, height }
    }

    fn around_areas(areas: &[(f64, f64, f64, f64)]) -> Vec<(f64, f64, f64, f64)> {
        let targets: Vec<_> = areas.iter().map(|&each| target(area(each), None)).collect();
        let panels = panels(&targets, PAGE).into_iter();
        panels
            .map(|Panel { area, .. }| (area.x, area.y, area.width, area.height))
            .collect()
    }

    #[test]
    fn a_small_target_stands_in_the_middle_of_what_a_phone_shows() {
        assert_eq!(
            around_areas(&[(600.0, 380.0, 80.0, 40.0)]),
            [(460.0, 280.0, 360.0, 240.0)]
        );
    }

    #[test]
    fn at_the_edge_it_is_still_as_large() {
        assert_eq!(
            around_areas(&[(1150.0, 30.0, 106.0, 36.0)]),
            [(920.0, 0.0, 360.0, 240.0)]
        );
    }

    #[test]
    fn targets_close_by_are_on_one_panel_with_their_margin() {
        let both = [(100.0, 100.0, 50.0, 20.0), (400.0, 300.0, 50.0, 20.0)];
        assert_eq!(around_areas(&both), [(52.0, 52.0, 446.0, 316.0)]);
    }

    #[test]
    fn targets_far_apart_have_panels_of_one_width_in_their_order() {
        let far = [
            (24.0, 760.0, 97.0, 20.0),
            (700.0, 120.0, 300.0, 30.0),
            (145.0, 760.0, 53.0, 20.0),
        ];
        let targets = far.map(|each| target(area(each), None));
        let panels = panels(&targets, PAGE);
        assert_eq!(
            panels.iter().map(|panel| panel.targets.as_slice()).collect::<Vec<_>>(),
            [&[0, 2][..], &[1]]
        );
        assert_eq!(
            panels.iter().map(|panel| panel.area.width).collect::<Vec<_>>(),
            [396.0, 396.0]
        );
        assert_eq!(size(&panels), (396.0, 160.0 + SEAM + 160.0));
    }

    #[test]
    fn a_target_between_two_joins_them() {
        let row = [
            (0.0, 0.0, 60.0, 20.0),
            (420.0, 0.0, 60.0, 20.0),
            (200.0, 0.0, 60.0, 20.0),
        ];
        let shown = around_areas(&row);
        assert_eq!(shown.len(), 2, "{shown:?}");
    }

    #[test]
    fn a_field_is_shown_with_its_label_and_of_what_is_wide_the_beginning() {
        let shown = |own, focus| {
            let panels = panels(&[target(area(own), focus)], PAGE);
            (panels[0].area.x, panels[0].area.width)
        };
        let field = (300.0, 300.0, 160.0, 40.0);
        assert_eq!(shown(field, Some(area((40.0, 300.0, 420.0, 40.0)))), (5.0, 480.0));
        let wide = (40.0, 300.0, 1200.0, 40.0);
        assert_eq!(shown(wide, Some(area((50.0, 300.0, 160.0, 40.0)))), (0.0, 360.0));
        assert_eq!(shown((200.0, 100.0, 900.0, 700.0), None), (165.0, 480.0));
    }

    #[test]
    fn a_panel_moves_to_where_it_cuts_through_the_least() {
        let panel = area((100.0, 100.0, 360.0, 240.0));
        // Lines of text, 20 pixels high, every 30 pixels, and a word from 452 to 470.
        let ink = |edge| match edge {
            Edge::Across { at, .. } => usize::from(at % 30.0 < 20.0),
            Edge::Down { at, .. } => usize::from((452.0..470.0).contains(&at)),
        };
        assert_eq!(settled(panel, PAGE, ink), area((91.0, 110.0, 360.0, 240.0)));
        let at_the_edge = area((0.0, 0.0, 360.0, 240.0));
        assert_eq!(settled(at_the_edge, PAGE, |_| 1), at_the_edge);
    }

    #[test]
    fn where_nothing_is_pointed_at_or_too_much_there_are_none() {
        assert!(around_areas(&[]).is_empty());
        let many: Vec<_> = (0..5)
            .map(|n| (f64::from(n % 2) * 800.0, f64::from(n) * 150.0, 400.0, 140.0))
            .collect();
        assert!(around_areas(&many).is_empty());
    }
}
