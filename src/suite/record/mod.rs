//! What happened: [`event::Event`]s are all that running and reporting share, and a [`Record`] is put together from them.
//!
//! A record is kept as `run.json` ([`history`]); while a run goes on, `run_log` keeps its events. Whether a run failed is decided
//! here and nowhere else: each scenario has a [`Verdict`].

pub(crate) mod environment;
mod error;
pub mod event;
pub mod history;
mod rerun;
pub(crate) mod run_log;
mod run_record;
mod scenario;
mod verdict;

pub(crate) use error::HistoryError;
pub(crate) use rerun::merge_rerun;
pub(crate) use run_record::MOCK_PORTAL;
pub use run_record::Record;
pub use scenario::{Attempt, ScenarioRecord, StepText, StepTime};
pub use verdict::Verdict;
