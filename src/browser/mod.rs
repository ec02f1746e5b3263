//! All that speaks WebDriver; nothing outside this folder does.

mod driver;
mod error;
mod locator;
mod page;
mod scripts;
mod session;

pub use driver::{Driver, Health, kill_all};
pub use error::{BrowserError, Mismatch, PageError, Trouble};
pub use locator::{Locator, LocatorError};
pub use page::{Page, Proof, Property, Seen, ShutterTerms};
pub use session::{Options, Session};
