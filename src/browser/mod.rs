//! All that speaks WebDriver.

pub mod advice;
pub mod doctor;
pub mod fetch;
pub mod find;
pub mod fonts;
pub mod system;
#[cfg(test)]
mod test_programs;
pub mod version;
