//! All that speaks WebDriver; nothing outside this folder does.

pub mod advice;
pub mod doctor;
mod driver;
mod error;
pub mod fetch;
pub mod find;
pub mod fonts;
mod locator;
mod page;
mod scripts;
mod session;
pub mod system;
#[cfg(test)]
mod test_programs;
pub mod version;

pub use doctor::Report;
pub use driver::{Driver, Health, kill_all};
pub use error::{BrowserError, Mismatch, PageError, Trouble};
pub use fetch::{Progress, for_stderr as progress_for_stderr};
pub use find::{FindError, Installed, Wanted, cache_folder, find_or_fetch};
pub use locator::{Locator, LocatorError};
pub use page::{Described, Page, Proof, Property, Seen, ShutterTerms};
pub use session::{Options, Session};
