//! Plans, runs and records suites of scenarios.
//!
//! Three rooms, whose imports point one way: [`run`] → [`record`] → [`plan`]. [`plan`] finds out what will run and that every step means
//! something; [`run`] runs it and emits events; [`record`] puts the events together, and all reports are made of its records.

pub mod plan;
pub mod record;
pub(crate) mod run;
