//! Getting a browser: found in settings, on PATH or in the kit's cache, or else fetched; and a doctor who tells what there is.

pub mod advice;
pub mod doctor;
pub mod fetch;
pub mod find;
pub mod fonts;
pub mod surroundings;
pub mod system;
#[cfg(test)]
pub(super) mod test_programs;
pub mod version;
