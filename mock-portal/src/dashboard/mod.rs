//! "My IP Portal Dashboard": widgets, and the panel that chooses them.

mod arrangement;
mod content;
mod documents;
mod handlers;
mod links;
mod select;
pub(crate) mod store;
pub(crate) mod widget;
mod world_clock;

pub(crate) use handlers::{
    arrange, ask_to_clear, change_links, change_view, clear, save_note, show, show_widget, use_template,
};
