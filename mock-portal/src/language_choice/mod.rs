//! Which language somebody reads the portal in: the one they chose, and until then the one their browser asks for.

mod handlers;
mod store;

pub(crate) use handlers::{choose, form};
pub(crate) use store::of_browser;
