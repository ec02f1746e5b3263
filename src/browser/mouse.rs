//! What a mouse does, as WebDriver's actions.

use std::time::Duration;

use fantoccini::actions::{InputSource, MouseActions, PointerAction};

use crate::area::Area;

/// The one mouse there is.
pub(super) fn mouse() -> MouseActions {
    MouseActions::new("mouse".to_owned())
}

/// The middle of an area of the viewport, in CSS pixels.
pub(super) fn middle(area: Area) -> (f64, f64) {
    (area.x + area.width / 2.0, area.y + area.height / 2.0)
}

/// A move that takes this long.
pub(super) fn move_to((x, y): (f64, f64), duration: Duration) -> PointerAction {
    PointerAction::MoveTo {
        duration: Some(duration),
        x: x.floor(),
        y: y.floor(),
    }
}

/// Moves there at once, and presses a button and lets it go.
pub(super) fn press_at(at: (f64, f64), button: u64) -> MouseActions {
    let there = mouse().then(move_to(at, Duration::ZERO));
    there
        .then(PointerAction::Down { button })
        .then(PointerAction::Up { button })
}

/// As [`press_at`], twice.
pub(super) fn press_twice(at: (f64, f64), button: u64) -> MouseActions {
    press_at(at, button)
        .then(PointerAction::Down { button })
        .then(PointerAction::Up { button })
}
