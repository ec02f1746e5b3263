//! Those who tell of a run: each consumes [`Event`]s and never sees a world.

pub mod terminal;

use crate::suite::event::Event;
use crate::suite::plan::Plan;

/// Someone who tells of a run.
pub trait Reporter {
    /// Something happened.
    fn hear(&mut self, plan: &Plan, event: &Event);
}
