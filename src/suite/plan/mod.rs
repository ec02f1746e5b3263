//! What will run: feature files are found and parsed, scenarios selected and named, and every step bound, before a browser starts.
//!
//! It is one pipeline, each stage of which returns what the next one takes: [`select`] gives a `SelectedFile` (a parsed
//! [`feature_file::FeatureFile`] and the lines that were asked for), `naming` its `NamedScenario`s, `bind` each one's `PlannedStep`s, and
//! `planner` the [`PlannedScenario`]s of the [`Plan`]. `check` refuses what Gherkin allows but would pass without testing anything;
//! `PlanError` is everything that can be wrong with the files. [`shard`] and `order` divide and sort a plan, and `rerun` finds the
//! scenarios of an earlier run in edited files.

pub(crate) mod bind;
pub(crate) mod changed;
mod check;
mod error;
pub mod feature_file;
mod naming;
pub(crate) mod order;
mod planner;
pub(crate) mod quarantine;
pub mod rerun;
mod scenario;
pub mod select;
pub mod shard;
mod snippet;
mod step;
pub(crate) mod step_match;
mod suggestion;
pub(crate) mod tags;

pub(crate) use error::{LOST, PlanError};
pub use planner::{check_for, plan};
pub use scenario::{Plan, PlannedScenario, TUTORIAL_TAG};
pub(crate) use step::PlannedStep;

#[cfg(test)]
pub(crate) mod tests;
