//! Docent plays Gherkin scenarios in a real browser: each is an acceptance test and the script of a tutorial at once.

pub mod aria;
pub mod attachments;
pub mod browser;
mod child_process;
pub mod cli;
pub mod config;
mod counted;
pub mod files;
pub mod gherkin;
pub mod locality;
#[cfg(feature = "mock-portal")]
mod mock;
pub mod moment;
mod output;
mod portal;
pub mod provision;
pub mod redact;
pub mod report;
pub mod secrets;
pub mod steps;
pub mod suite;
pub mod tutorial;
mod visible;
pub mod world;

/// Pictures and areas of them.
pub use picture;
pub use picture::area;

/// Puts [`step!`] before a function, as an attribute.
pub use macro_rules_attribute::apply;
