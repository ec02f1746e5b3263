//! The text twin of a picture: the accessible tree of what it shows, as text in the format of Playwright's aria snapshots.
//!
//! `scripts/twin.js` reads it from the page, [`Part`] is what comes from there, `tidy` leaves out what says nothing, `yaml` writes and
//! reads lines. A [`Twin`] holds no secret.

mod change;
mod line;
mod part;
mod tidy;
mod twin;
mod yaml;

pub use change::{Change, Difference, difference};
pub use line::Line;
pub use part::Part;
pub use twin::{Twin, TwinError};
