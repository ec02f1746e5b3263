//! Every text of the portal in the language of its reader: catalogues, and dates, numbers and names as each language
//! writes them. English is the key of every text and needs no catalogue of its own.

mod catalogue;
mod formats;

pub(crate) use catalogue::{Language, t};
