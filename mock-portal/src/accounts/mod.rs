//! WIPO Accounts: creating one, signing in and out, forgotten usernames and passwords.

pub(crate) mod create;
pub(crate) mod forgotten;
mod hashing;
mod links;
pub(crate) mod login;
pub(crate) mod new_password;
pub(crate) mod overview;
mod password;
mod people;
mod registration;
pub(crate) mod result_page;
mod rules;
mod visible;

pub use hashing::PasswordError;
pub(crate) use login::LoginsInProgress;

pub use people::CreateAccountsError;
pub(crate) use people::{create_missing, insert_person, password_hashes, validate_person};
