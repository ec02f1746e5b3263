//! "My IP Portal Dashboard": widgets, and the panel that chooses them.

mod arrangement;
mod cities;
mod content;
mod document_list;
mod fragment;
mod handlers;
mod links;
mod moves;
mod prerendered;
mod searches;
mod select;
mod state;
mod store;
mod world_clock;

pub(crate) use handlers::{
    arrange, ask_to_clear, change_cities, change_links, change_view, clear, save_note, show, show_widget, use_template,
};
pub(crate) use searches::{change_saved, results as search_results};
