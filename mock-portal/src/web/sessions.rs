//! Sessions, stored in the portal's own database and expired by the time that passes on the portal's clock.

use std::collections::HashMap;

use async_trait::async_trait;
use blake2::{Blake2s256, Digest};
use rusqlite::{Connection, OptionalExtension, params, types::ValueRef};
use serde_json::Value;
use tower_sessions::{
    SessionStore,
    cookie::time::OffsetDateTime,
    session::{Id, Record},
    session_store::{Error, Result},
};

use super::limits::{MOST_ANONYMOUS_SESSIONS, MOST_SESSIONS_OF_ACCOUNT};
use crate::{
    clock::Clock,
    language::Language,
    store::{Account, AccountId, Database},
};

/// The key of a session's account.
pub(super) const ACCOUNT: &str = "account";
/// The key of its CSRF token. There are no other keys.
pub(super) const CSRF: &str = "csrf";

/// Seconds from the last change of a session to its end: a working day.
const LIFETIME: i64 = 12 * 60 * 60;

#[derive(Clone, Debug)]
pub(crate) struct Sessions {
    database: Database,
    clock: Clock,
}

impl Sessions {
    pub(crate) fn new(database: Database, clock: Clock) -> Self {
        Self { database, clock }
    }

    fn now(&self) -> i64 {
        self.clock.moment().counted
    }

    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>) -> Result<T> {
        self.database
            .with(work)
            .map_err(|error| Error::Backend(error.to_string()))
    }
}

/// What a page needs to know of a session.
#[derive(Default)]
pub(super) struct SessionData {
    pub account: Option<Account>,
    /// The language that its owner chose.
    pub chosen_language: Option<&'static Language>,
    /// The token of the session's forms; empty where it has none.
    pub csrf: String,
}

/// The session with this id, if it has not ended. Every page needs it, so this is one statement where the store's
/// `load` and a query for the account would be two.
pub(super) fn find(db: &Connection, id: &str, now: i64) -> rusqlite::Result<Option<SessionData>> {
    db.prepare_cached(
        "SELECT account.id, username, name, mail, language, csrf FROM session LEFT JOIN account ON account.id = account_id
         WHERE id_hash = ?1 AND expires_at > ?2",
    )?
    .query_row(params![hash(id), now], |row| {
        let is_signed_in = row.get_ref(0)? != ValueRef::Null;
        Ok(SessionData {
            account: is_signed_in.then(|| Account::read(row)).transpose()?,
            chosen_language: row.get_ref(4)?.as_str_or_null()?.and_then(Language::find),
            csrf: row.get(5)?,
        })
    })
    .optional()
}

/// Ends every session of the account except the one with the id `except`.
pub(crate) fn end_all_except(db: &Connection, account: AccountId, except: Option<&str>) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM session WHERE account_id = ?1 AND id_hash IS NOT ?2")?
        .execute(params![account, except.map(hash)])?;
    Ok(())
}

/// What is stored of a session's id.
fn hash(id: &str) -> [u8; 32] {
    Blake2s256::digest(id.as_bytes()).into()
}

/// Ends the account's oldest sessions, anonymous ones if `account` is `None`, where there are too many.
fn end_surplus(db: &Connection, account: Option<AccountId>) -> rusqlite::Result<()> {
    let most = account.map_or(MOST_ANONYMOUS_SESSIONS, |_| MOST_SESSIONS_OF_ACCOUNT);
    db.prepare_cached(
        "DELETE FROM session WHERE number IN (
             SELECT number FROM session WHERE account_id IS ?1 ORDER BY number DESC LIMIT -1 OFFSET ?2)",
    )?
    .execute(params![account, most])?;
    Ok(())
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let now = self.now();
        self.with(|db| db.execute("DELETE FROM session WHERE expires_at <= ?1", [now]))?;
        self.save(record).await
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let expires_at = self.now() + LIFETIME;
        let id = hash(&record.id.to_string());
        let account = record.data.get(ACCOUNT).and_then(Value::as_i64).map(AccountId::from);
        let csrf = record.data.get(CSRF).and_then(Value::as_str).unwrap_or_default();
        self.with(|db| {
            db.prepare_cached(
                "INSERT INTO session (id_hash, account_id, csrf, expires_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id_hash)
                 DO UPDATE SET account_id = excluded.account_id, csrf = excluded.csrf, expires_at = excluded.expires_at",
            )?
            .execute(params![id, account, csrf, expires_at])?;
            end_surplus(db, account)
        })?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let now = self.now();
        let found = self.with(|db| {
            db.prepare_cached(
                "SELECT account_id, csrf, expires_at FROM session WHERE id_hash = ?1 AND expires_at > ?2",
            )?
            .query_row(params![hash(&id.to_string()), now], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()
        })?;
        found
            .map(|(account, csrf, expires_at)| record(*id, account, csrf, expires_at))
            .transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.with(|db| {
            db.prepare_cached("DELETE FROM session WHERE id_hash = ?1")?
                .execute([hash(&id.to_string())])
        })?;
        Ok(())
    }
}

/// A session as `tower_sessions` has it.
fn record(id: Id, account: Option<AccountId>, csrf: String, expires_at: i64) -> Result<Record> {
    let mut data = HashMap::from([(CSRF.to_owned(), csrf.into())]);
    data.extend(account.map(|account| (ACCOUNT.to_owned(), account.as_i64().into())));
    let expiry_date =
        OffsetDateTime::from_unix_timestamp(expires_at).map_err(|error| Error::Decode(error.to_string()))?;
    Ok(Record { id, data, expiry_date })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anonymous(id: i64) -> Record {
        record(Id(i128::from(id)), None, String::new(), 0).unwrap()
    }

    #[tokio::test]
    async fn opening_the_login_form_over_and_over_does_not_fill_the_database() {
        let sessions = Sessions::new(Database::open(None).unwrap(), Clock::training());
        for id in 0..=MOST_ANONYMOUS_SESSIONS {
            sessions.save(&anonymous(id)).await.unwrap();
        }
        let stored: i64 = sessions
            .with(|db| db.query_row("SELECT COUNT(*) FROM session", [], |row| row.get(0)))
            .unwrap();
        assert_eq!(stored, MOST_ANONYMOUS_SESSIONS);
        assert!(
            sessions
                .load(&Id(i128::from(MOST_ANONYMOUS_SESSIONS)))
                .await
                .unwrap()
                .is_some()
        );
    }
}
