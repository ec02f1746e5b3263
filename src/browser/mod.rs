//! All that speaks WebDriver; nothing outside this folder does.

mod act;
mod answer;
mod before;
mod concealed;
mod devtools;
mod drag;
mod driver;
mod error;
mod finding;
mod frames;
mod kept;
mod locator;
mod log;
mod look;
mod page;
pub mod provision;
mod remote;
mod scripts;
mod session;
mod shutter;
mod spot;

pub use concealed::Snapshot;
pub use driver::{Driver, Health, kill, kill_all};
pub use error::{BrowserError, Mismatch, PageError, Trouble};
pub use finding::Allowance;
pub use kept::KeptBrowser;
pub use locator::{Locator, LocatorError, word_for_role};
pub use look::{Described, Property, Seen};
pub use page::{Answer, Page};
pub use provision::doctor::Report;
pub use provision::fetch::{Progress, for_stderr as progress_for_stderr};
pub use provision::find::{FindError, Installed, Wanted, cache_folder, find_or_fetch};
pub use provision::surroundings::Surroundings;
pub use session::{Options, Session};
pub use shutter::{Proof, Setting, ShutterTerms};
pub use spot::Spot;
