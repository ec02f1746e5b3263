//! Dragging one thing onto another with the mouse.

use std::time::Duration;

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};

use super::error::{PageError, refused};
use super::locator::Locator;
use super::page::Page;
use crate::area::Area;

impl Page {
    /// Presses the mouse's button on one element, moves to another and lets go there. Both must be in view together.
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn drag(&mut self, what: &Locator, onto: &Locator) -> Result<(), PageError> {
        self.look_at(onto).await?;
        let from = self.look_at(what).await?.area;
        let to = self.see(onto).await?.area;
        self.forgo_before();
        self.session
            .client()
            .perform_actions(drag(from, to))
            .await
            .map_err(refused("drag"))?;
        self.settle(None).await
    }
}

/// On the way the mouse passes the point halfway: the browser begins a drag when the pressed mouse moves, not when it arrives.
fn drag(from: Area, to: Area) -> MouseActions {
    let (start, end) = (middle(from), middle(to));
    let halfway = (f64::midpoint(start.0, end.0), f64::midpoint(start.1, end.1));
    MouseActions::new("mouse".to_owned())
        .then(move_to(start))
        .then(PointerAction::Down {
            button: MOUSE_BUTTON_LEFT,
        })
        .then(move_to(halfway))
        .then(move_to(end))
        .then(PointerAction::Up {
            button: MOUSE_BUTTON_LEFT,
        })
}

fn middle(area: Area) -> (f64, f64) {
    (area.x + area.width / 2.0, area.y + area.height / 2.0)
}

fn move_to((x, y): (f64, f64)) -> PointerAction {
    PointerAction::MoveTo {
        duration: Some(Duration::ZERO),
        x: x.floor(),
        y: y.floor(),
    }
}
