//! Dragging one thing onto another with the mouse.

use std::time::Duration;

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};

use super::error::{PageError, refused};
use super::locator::Locator;
use super::mouse::{middle, mouse, move_to};
use super::page::Page;
use crate::area::Area;

/// A hand takes its time, and pages that make room for what is dragged need some of it: from start to target in so many moves …
const MOVES: u32 = 10;
/// … of this length each.
const MOVE: Duration = Duration::from_millis(20);

/// How often it is looked whether what makes way has come to rest; animations of lists take some 150 ms.
const LOOKS: u32 = 10;

impl Page {
    /// Presses the mouse's button on one element, moves to another and lets go there. Both must be in view together.
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn drag(&mut self, what: &Locator, onto: &Locator) -> Result<(), PageError> {
        self.look_at(onto).await?;
        let from = middle(self.look_at(what).await?.area);
        let to = middle(self.see(onto).await?.area);
        self.disarm_wait_snapshot();
        self.perform(grab(from, to)).await?;
        let there = self.place_to_drop(what, onto, to).await;
        self.perform(drop_at(to, there)).await?;
        self.settle_unless_asked(None).await.map(drop)
    }

    /// Where it is let go. A list that is sorted puts what is dragged in the place of the target, which makes way: to follow that would
    /// undo the move. Only a target that has moved away without it is followed. What moves gets a moment to come to rest.
    async fn place_to_drop(&mut self, what: &Locator, onto: &Locator, at: (f64, f64)) -> (f64, f64) {
        let mut there = at;
        for _ in 0..LOOKS {
            for locator in [onto, what] {
                let area = self.see(locator).await.ok().map(|seen| seen.area);
                if area.is_none_or(|area| holds(area, at)) {
                    return at;
                }
                if locator == onto {
                    there = area.map_or(at, middle);
                }
            }
            tokio::time::sleep(MOVE).await;
        }
        there
    }

    async fn perform(&self, actions: MouseActions) -> Result<(), PageError> {
        let performed = self.session.client().perform_actions(actions).await;
        performed.map_err(|error| refused("drag")(error).into())
    }
}

/// Presses the button and moves on to the target, twice over it: the browser begins a drag when the pressed mouse moves, and pages
/// look where the mouse is when it moves.
fn grab(from: (f64, f64), to: (f64, f64)) -> MouseActions {
    let down = mouse().then(move_to(from, Duration::ZERO)).then(PointerAction::Down {
        button: MOUSE_BUTTON_LEFT,
    });
    let moves = (1..=MOVES).map(|step| {
        let share = f64::from(step) / f64::from(MOVES);
        let at = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
        move_to(at, MOVE)
    });
    moves
        .fold(down, InputSource::then)
        .then(move_to((to.0 + 1., to.1 + 1.), MOVE))
}

fn drop_at(from: (f64, f64), to: (f64, f64)) -> MouseActions {
    let between = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
    [between, (to.0 + 1., to.1 + 1.), to]
        .into_iter()
        .fold(mouse(), |actions, at| actions.then(move_to(at, MOVE)))
        .then(PointerAction::Up {
            button: MOUSE_BUTTON_LEFT,
        })
}

fn holds(area: Area, (x, y): (f64, f64)) -> bool {
    (area.x..=area.x + area.width).contains(&x) && (area.y..=area.y + area.height).contains(&y)
}
