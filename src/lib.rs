//! Docent plays Gherkin scenarios in a real browser: each is an acceptance test and the script of a tutorial at once.

pub mod area;
pub mod browser;
pub mod files;
pub mod picture;
pub mod tutorial;
