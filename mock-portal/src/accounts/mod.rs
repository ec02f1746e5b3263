//! WIPO Accounts: who has one, and how they sign in.

pub(crate) mod attempts;
pub(crate) mod create;
pub(crate) mod forgotten;
mod links;
pub(crate) mod login;
pub(crate) mod new_password;
mod password;
mod registration;
mod rules;
pub(crate) mod told;

use askama::Template;
use axum::response::Response;
use rusqlite::{Connection, OptionalExtension, Row, params};
use secrecy::ExposeSecret;

pub use password::PasswordError;

use registration::Registration;

use crate::{
    dashboard,
    database::Database,
    fixture::Person,
    web::{Failure, Page, SignedIn, html},
};

/// Somebody's WIPO Account.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub id: i64,
    pub username: String,
    pub name: String,
    pub mail: String,
}

impl Account {
    /// From the columns `id`, `username`, `name` and `mail`, which come first.
    pub fn read(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            username: row.get(1)?,
            name: row.get(2)?,
            mail: row.get(3)?,
        })
    }
}

/// Gives everybody in `people` who has none yet an account with the default dashboard.
pub(crate) fn seed(database: &Database, people: &[Person]) -> Result<(), crate::StartError> {
    let hashes = hashes(people)?;
    database.with(|db| {
        let transaction = db.transaction()?;
        for (person, hash) in people.iter().zip(&hashes) {
            insert_person(&transaction, person, hash)?;
        }
        transaction.commit()
    })?;
    Ok(())
}

/// The hashes of the passwords of `people`; to be made before the database is held.
pub(crate) fn hashes(people: &[Person]) -> Result<Vec<String>, PasswordError> {
    people
        .iter()
        .map(|person| password::hash_once(person.password.expose_secret()))
        .collect()
}

/// Adds somebody's account with the default dashboard; `false` if the username or the address has one already.
pub(crate) fn insert_person(db: &Connection, person: &Person, password_hash: &str) -> rusqlite::Result<bool> {
    let account = Registration {
        username: &person.username,
        name: &person.name,
        mail: &person.mail,
        password_hash,
    };
    insert(db, &account)
}

/// What the rules for accounts say against a person, if anything.
pub(crate) fn problem_of(person: &Person) -> Option<&'static str> {
    let entry = rules::Entry {
        name: &person.name,
        mail: &person.mail,
        username: &person.username,
        password: person.password.expose_secret(),
    };
    entry.problems().first()
}

/// Adds an account with the default dashboard; `false` if the username or the address has one already.
fn insert(db: &Connection, new: &Registration) -> rusqlite::Result<bool> {
    let added = db
        .prepare_cached(
            "INSERT INTO account (username, name, mail, password_hash) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        )?
        .execute(params![new.username, new.name, new.mail, new.password_hash])?;
    if added == 1 {
        dashboard::store::lay_out(db, db.last_insert_rowid())?;
    }
    Ok(added == 1)
}

/// The account with this username.
pub(crate) fn find_by_username(db: &Connection, username: &str) -> rusqlite::Result<Option<Account>> {
    Ok(find_with_hash(db, username)?.map(|(account, _)| account))
}

fn find_by_mail(db: &Connection, mail: &str) -> rusqlite::Result<Option<Account>> {
    db.prepare_cached("SELECT id, username, name, mail FROM account WHERE mail = ?1")?
        .query_row([mail], Account::read)
        .optional()
}

/// The account with this username and its password's hash.
fn find_with_hash(db: &Connection, username: &str) -> rusqlite::Result<Option<(Account, String)>> {
    db.prepare_cached("SELECT id, username, name, mail, password_hash FROM account WHERE username = ?1")?
        .query_row([username], |row| Ok((Account::read(row)?, row.get(4)?)))
        .optional()
}

#[derive(Template)]
#[template(path = "accounts/overview.html")]
struct Overview {
    page: Page,
    account: Account,
}

/// "My WIPO account".
pub(crate) async fn overview(signed_in: SignedIn) -> Result<Response, Failure> {
    html(&Overview {
        page: signed_in.page,
        account: signed_in.account,
    })
}
