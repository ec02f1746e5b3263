//! Which language somebody reads the portal in: the one they chose, and until then the one their browser asks for.

mod handlers;
mod store;

pub(crate) use handlers::{answer_in_language_of_browser, choose, form};
pub(crate) use store::{of_account, of_browser};
