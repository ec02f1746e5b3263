//! Accounts that are created without the form: the fixture's people, and those that a test seeds.

use rusqlite::Connection;
use secrecy::ExposeSecret;

use super::{hashing::PasswordError, password, rules::AccountForm};
use crate::{
    fixture::Person,
    store::{Database, NewAccount, insert_account},
};

/// Why people cannot be given their accounts.
#[derive(Debug, thiserror::Error)]
pub enum CreateAccountsError {
    /// The accounts cannot be written.
    #[error("the accounts cannot be written: {0}; is there room on the disk?")]
    Database(#[from] rusqlite::Error),
    /// A password cannot be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
}

/// Gives everybody in `people` who has no account yet one with the default dashboard.
pub(crate) fn create_missing(database: &Database, people: &[Person]) -> Result<(), CreateAccountsError> {
    let hashes = password_hashes(people)?;
    database.with(|db| {
        let transaction = db.transaction()?;
        for (person, hash) in people.iter().zip(&hashes) {
            insert_person(&transaction, person, hash)?;
        }
        transaction.commit()
    })?;
    Ok(())
}

/// The hashes of the passwords of `people`; to be made before the database is locked.
pub(crate) fn password_hashes(people: &[Person]) -> Result<Vec<String>, PasswordError> {
    people
        .iter()
        .map(|person| password::cached_hash(person.password.expose_secret()))
        .collect()
}

/// Adds a person's account with the default dashboard; `false` if the username or the address has one already.
pub(crate) fn insert_person(db: &Connection, person: &Person, password_hash: &str) -> rusqlite::Result<bool> {
    let account = NewAccount {
        username: &person.username,
        name: &person.name,
        mail: &person.mail,
        password_hash,
    };
    insert_account(db, &account)
}

/// The first rule for accounts that `person` breaks, if any.
pub(crate) fn validate_person(person: &Person) -> Option<&'static str> {
    let form = AccountForm {
        name: &person.name,
        mail: &person.mail,
        username: &person.username,
        password: person.password.expose_secret(),
    };
    form.validate().first()
}
