//! Running: a plan's scenarios on workers, each attempt with a portal and a browser context of its own.
//!
//! [`run`] starts a supervisor, which starts workers and replaces those that hang (`watchdog`). A `worker` takes attempts from the `queue`;
//! `attempt` runs the steps of one. What happens leaves this room only as [`super::record::event::Event`]s and, for tutorials, [`SceneScreenshots`].

mod attempt;
mod error;
mod evidence;
pub(crate) mod interrupt;
mod panics;
mod portal;
mod queue;
mod scene_navigation;
mod settings;
mod supervisor;
mod trace;
mod watchdog;
mod worker;
mod worker_browser;

pub(crate) use error::WorkerError;
pub(crate) use evidence::clear as clear_evidence;
pub(crate) use queue::RetryPolicy;
pub(crate) use settings::{DriverSource, Limits, RunnerSettings};
pub(crate) use supervisor::{Finished, run};
pub(crate) use trace::TraceMode;
pub(crate) use worker::SceneScreenshots;
