//! What a mouse does, as WebDriver's actions.

use std::time::Duration;

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MOUSE_BUTTON_RIGHT, MouseActions, PointerAction};
use serde::Serialize;

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

/// How the mouse's buttons are pressed, as `locate.js` calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Press {
    Once,
    /// Twice in a row.
    Twice,
    /// The other button, once.
    Right,
}

impl Press {
    /// Moves there at once, and presses and lets go.
    pub fn at(self, at: (f64, f64)) -> MouseActions {
        let there = mouse().then(move_to(at, Duration::ZERO));
        match self {
            Self::Once => pressed(there, MOUSE_BUTTON_LEFT),
            Self::Twice => pressed(pressed(there, MOUSE_BUTTON_LEFT), MOUSE_BUTTON_LEFT),
            Self::Right => pressed(there, MOUSE_BUTTON_RIGHT),
        }
    }
}

fn pressed(before: MouseActions, button: u64) -> MouseActions {
    before
        .then(PointerAction::Down { button })
        .then(PointerAction::Up { button })
}
