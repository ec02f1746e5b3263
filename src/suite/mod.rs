//! Selects, plans and plays scenarios.
//!
//! Everything is parsed and every step is bound before a browser starts: what is misspelt is an error with file and line,
//! never a scenario that passes without looking. Running tells of itself in [`event::Event`]s only.

pub(crate) mod bind;
pub mod changed;
pub mod environment;
pub mod event;
mod evidence;
pub mod feature_file;
pub mod handling;
pub mod history;
pub mod interrupt;
mod journal;
mod leaving;
pub mod order;
mod panics;
pub mod plan;
mod play;
mod pulse;
mod queue;
pub mod record;
mod rerun;
pub mod run_log;
pub mod select;
pub mod shard;
mod snippet;
pub mod step_match;
mod suggestion;
mod trace;
mod work;
mod worker;

pub use evidence::clear as clear_evidence;
pub use queue::Patience;
pub use rerun::repeating;
pub use trace::Tracing;
pub use work::{DriverSource, Finished, Limits, PortalSource, Run, Settings, Shots, WorkerError, run};
