//! What of a picture a narrow screen shows: the targets and what is round them, nearly as large as on the page itself.

use crate::area::Area;
use crate::tutorial::manifest::{Target, Viewport};

/// Round the targets, in CSS pixels: room for marks, and for what tells the learner where on the page this is.
const MARGIN: f64 = 48.0;
/// A close-up is at least as wide as a narrow screen, which therefore never shows it larger than life.
const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 240.0;
/// Wider than this part of the picture it would show little larger than the whole.
const MOST: f64 = 0.7;

/// The part of the picture to show; `None` where there are no targets or they need the whole of it.
pub fn around(targets: &[Target], viewport: Viewport) -> Option<Area> {
    let areas: Vec<_> = targets
        .iter()
        .map(|target| target.focus.unwrap_or(target.area))
        .collect();
    around_all(&areas, viewport)
}

fn around_all(areas: &[Area], viewport: Viewport) -> Option<Area> {
    let areas = || areas.iter().copied();
    let (width, height) = (f64::from(viewport.width), f64::from(viewport.height));
    let least = |edge: fn(Area) -> f64| areas().map(edge).reduce(f64::min);
    let most = |edge: fn(Area) -> f64| areas().map(edge).reduce(f64::max);
    let (left, right) = (least(|area| area.x)?, most(|area| area.x + area.width)?);
    let (top, bottom) = (least(|area| area.y)?, most(|area| area.y + area.height)?);
    let (x, across) = stretch(left, right, WIDTH, width);
    let (y, down) = stretch(top, bottom, HEIGHT, height);
    (across <= MOST * width).then_some(Area {
        x,
        y,
        width: across,
        height: down,
    })
}

/// Start and length of a stretch with `from..to` in its middle, no shorter than `least`, that lies within `0..whole`.
fn stretch(from: f64, to: f64, least: f64, whole: f64) -> (f64, f64) {
    let length = (to - from + 2.0 * MARGIN).max(least).min(whole);
    let start = f64::midpoint(from, to) - length / 2.0;
    (start.clamp(0.0, whole - length), length)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Viewport = Viewport {
        width: 1280,
        height: 800,
        scale: 2.0,
    };

    fn around_areas(areas: &[(f64, f64, f64, f64)]) -> Option<(f64, f64, f64, f64)> {
        let target = |&(x, y, width, height): &_| Target {
            role: "button".into(),
            name: "Pair".into(),
            area: Area { x, y, width, height },
            focus: None,
            clicked: false,
        };
        let targets: Vec<_> = areas.iter().map(target).collect();
        around(&targets, PAGE).map(|area| (area.x, area.y, area.width, area.height))
    }

    #[test]
    fn a_small_target_stands_in_the_middle_of_what_a_phone_shows() {
        assert_eq!(
            around_areas(&[(600.0, 380.0, 80.0, 40.0)]),
            Some((460.0, 280.0, 360.0, 240.0))
        );
    }

    #[test]
    fn at_the_edge_it_is_still_as_large() {
        assert_eq!(
            around_areas(&[(1150.0, 30.0, 106.0, 36.0)]),
            Some((920.0, 0.0, 360.0, 240.0))
        );
    }

    #[test]
    fn several_targets_are_all_on_it_with_their_margin() {
        let both = [(100.0, 100.0, 50.0, 20.0), (500.0, 400.0, 50.0, 20.0)];
        assert_eq!(around_areas(&both), Some((52.0, 52.0, 546.0, 416.0)));
    }

    #[test]
    fn a_field_is_shown_with_its_label_and_of_a_wide_button_the_words() {
        let close_up = |area, focus| {
            let target = Target {
                role: "button".into(),
                name: "Pair".into(),
                area,
                focus: Some(focus),
                clicked: false,
            };
            around(&[target], PAGE).map(|area| (area.x, area.width))
        };
        let area = |x, width| Area {
            x,
            y: 300.0,
            width,
            height: 40.0,
        };
        assert_eq!(close_up(area(300.0, 260.0), area(40.0, 520.0)), Some((0.0, 616.0)));
        assert_eq!(close_up(area(40.0, 1200.0), area(50.0, 160.0)), Some((0.0, 360.0)));
    }

    #[test]
    fn where_all_is_needed_or_nothing_is_pointed_at_there_is_none() {
        assert_eq!(around_areas(&[(24.0, 100.0, 900.0, 300.0)]), None);
        assert_eq!(around_areas(&[]), None);
    }
}
