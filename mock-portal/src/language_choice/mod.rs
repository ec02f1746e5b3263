//! The language of a visitor: the one that was chosen, and until then the one that the browser prefers.

mod handlers;
mod store;

pub(crate) use handlers::{choose, form};
pub(crate) use store::of_browser;
