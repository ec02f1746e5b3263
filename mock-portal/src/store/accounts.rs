//! Who has a WIPO Account.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{account_id::AccountId, dashboard_widgets::add_widget};
use crate::widgets::DEFAULT_WIDGETS;

/// A WIPO Account.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub id: AccountId,
    pub username: String,
    pub name: String,
    pub mail: String,
}

impl Account {
    /// From the columns `id`, `username`, `name` and `mail`, which come first.
    pub(crate) fn read(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            username: row.get(1)?,
            name: row.get(2)?,
            mail: row.get(3)?,
        })
    }
}

/// An account that is to be created; all of it follows the rules.
pub(crate) struct NewAccount<'a> {
    pub username: &'a str,
    pub name: &'a str,
    pub mail: &'a str,
    pub password_hash: &'a str,
}

/// Adds an account with the default dashboard; `false` if the username or the address has one already.
pub(crate) fn insert_account(db: &Connection, new: &NewAccount) -> rusqlite::Result<bool> {
    let added = db
        .prepare_cached(
            "INSERT INTO account (username, name, mail, password_hash) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        )?
        .execute(params![new.username, new.name, new.mail, new.password_hash])?;
    if added == 1 {
        let account = AccountId::from(db.last_insert_rowid());
        DEFAULT_WIDGETS.iter().try_for_each(|id| add_widget(db, account, *id))?;
    }
    Ok(added == 1)
}

/// The account with this username.
pub(crate) fn find_account_by_username(db: &Connection, username: &str) -> rusqlite::Result<Option<Account>> {
    Ok(find_account_with_hash(db, username)?.map(|(account, _)| account))
}

/// The account with this e-mail address.
pub(crate) fn find_account_by_mail(db: &Connection, mail: &str) -> rusqlite::Result<Option<Account>> {
    db.prepare_cached("SELECT id, username, name, mail FROM account WHERE mail = ?1")?
        .query_row([mail], Account::read)
        .optional()
}

/// The account with this username, and its password's hash.
pub(crate) fn find_account_with_hash(db: &Connection, username: &str) -> rusqlite::Result<Option<(Account, String)>> {
    db.prepare_cached("SELECT id, username, name, mail, password_hash FROM account WHERE username = ?1")?
        .query_row([username], |row| Ok((Account::read(row)?, row.get(4)?)))
        .optional()
}
