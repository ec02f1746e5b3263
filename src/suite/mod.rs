//! Selects, plans and plays scenarios.
//!
//! Everything is parsed and every step is bound before a browser starts: what is misspelt is an error with file and line,
//! never a scenario that passes without looking. Running tells of itself in [`event::Event`]s only.

pub mod event;
mod evidence;
pub mod interrupt;
mod keywords;
mod panics;
pub mod plan;
mod play;
pub mod select;
mod work;

pub use evidence::slug;
pub use work::{PortalSource, Run, Settings, Shots, WorkerError, run};
