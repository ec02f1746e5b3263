//! Getting a browser: found in settings, on PATH or in the kit's cache, or else fetched; and a doctor who tells what there is.

pub mod advice;
pub mod doctor;
pub mod fetch;
pub mod find;
pub mod fonts;
pub mod install;
mod progress;
pub mod surroundings;
pub mod system;
#[cfg(test)]
pub(crate) mod test_programs;
pub mod version;

pub use doctor::Report;
pub use find::{FindError, Installed, Wanted, cache_folder};
pub use install::find_or_fetch;
pub use progress::{Progress, for_stderr as progress_for_stderr};
pub use surroundings::Surroundings;
