//! What the portal remembers, in one SQLite database: the tables that several features share. A table that one feature
//! alone uses is read and written in that feature's folder; `schema.sql` has all of them.

mod account_id;
mod accounts;
mod attempts;
mod dashboard_widgets;
mod database;
mod pairings;
mod private_file;
mod sql_types;

pub(crate) use account_id::AccountId;
pub(crate) use accounts::{
    Account, NewAccount, find_account_by_mail, find_account_by_username, find_account_with_hash, insert_account,
};
pub(crate) use attempts::{Attempt, forget_attempts, is_blocked, limit_attempts, record_attempt};
pub(crate) use dashboard_widgets::{add_widget, clear_widgets, remove_widget};
pub use database::DataError;
pub(crate) use database::Database;
pub use pairings::PairingScope;
pub(crate) use pairings::{customer_ids_of, insert_pairing, offices_for};
