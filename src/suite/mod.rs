//! Plans, runs and records suites of scenarios.
//!
//! Three rooms, whose imports point one way: `run` → [`record`] → [`plan`]. [`plan`] selects what will run and binds every step;
//! `run` runs it and emits events; [`record`] puts the events together, and all reports are made of its records.

pub mod plan;
pub mod record;
pub(crate) mod run;
