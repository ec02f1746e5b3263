//! Sessions, kept in the portal's own database and ended by the portal's own clock.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, params};
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

use super::limits::{MOST_SESSIONS_OF_ACCOUNT, MOST_SESSIONS_OF_NOBODY};
use crate::{Clock, database::Database};

/// Where a session says whose it is.
pub(super) const ACCOUNT: &str = "account";

/// A session ends so many seconds after it last changed: a working day.
const LIFETIME: i64 = 12 * 60 * 60;

#[derive(Clone, Debug)]
pub(crate) struct Sessions {
    database: Database,
    clock: Clock,
}

impl Sessions {
    pub fn new(database: Database, clock: Clock) -> Self {
        Self { database, clock }
    }

    fn now(&self) -> i64 {
        self.clock.now().as_second()
    }

    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>) -> Result<T> {
        self.database
            .with(work)
            .map_err(|error| Error::Backend(error.to_string()))
    }
}

/// Ends every session of the account but the one with the id `kept`.
pub(crate) fn end_all_of(db: &Connection, account: i64, kept: Option<&str>) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM session WHERE json_extract(record, ?1) = ?2 AND id IS NOT ?3")?
        .execute(params![format!("$.data.{ACCOUNT}"), account, kept])?;
    Ok(())
}

/// Ends the account's oldest sessions, or nobody's if `account` is `None`, where there are too many; never `newest`.
fn end_surplus(db: &Connection, account: Option<i64>, newest: &str) -> rusqlite::Result<()> {
    let most = account.map_or(MOST_SESSIONS_OF_NOBODY, |_| MOST_SESSIONS_OF_ACCOUNT);
    db.prepare_cached(
        "DELETE FROM session WHERE id IN (
             SELECT id FROM session WHERE json_extract(record, ?1) IS ?2
             ORDER BY id = ?3 DESC, expires_at DESC LIMIT -1 OFFSET ?4)",
    )?
    .execute(params![format!("$.data.{ACCOUNT}"), account, newest, most])?;
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
        let text = serde_json::to_string(record).map_err(|error| Error::Encode(error.to_string()))?;
        let expires_at = self.now() + LIFETIME;
        let id = record.id.to_string();
        let account = record.data.get(ACCOUNT).and_then(serde_json::Value::as_i64);
        self.with(|db| {
            db.prepare_cached(
                "INSERT INTO session (id, record, expires_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (id) DO UPDATE SET record = excluded.record, expires_at = excluded.expires_at",
            )?
            .execute(params![id, text, expires_at])?;
            end_surplus(db, account, &id)
        })?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let now = self.now();
        let text: Option<String> = self.with(|db| {
            db.prepare_cached("SELECT record FROM session WHERE id = ?1 AND expires_at > ?2")?
                .query_row(params![id.to_string(), now], |row| row.get(0))
                .optional()
        })?;
        text.map(|text| serde_json::from_str(&text).map_err(|error| Error::Decode(error.to_string())))
            .transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.with(|db| {
            db.prepare_cached("DELETE FROM session WHERE id = ?1")?
                .execute([id.to_string()])
        })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn record(id: i64) -> Record {
        Record {
            id: Id(i128::from(id)),
            data: HashMap::new(),
            expiry_date: tower_sessions::cookie::time::OffsetDateTime::UNIX_EPOCH,
        }
    }

    #[tokio::test]
    async fn whoever_opens_the_login_form_over_and_over_fills_nothing() {
        let sessions = Sessions::new(Database::open(None).unwrap(), Clock::training());
        for id in 0..=MOST_SESSIONS_OF_NOBODY {
            sessions.save(&record(id)).await.unwrap();
        }
        let kept: i64 = sessions
            .with(|db| db.query_row("SELECT COUNT(*) FROM session", [], |row| row.get(0)))
            .unwrap();
        assert_eq!(kept, MOST_SESSIONS_OF_NOBODY);
        assert!(
            sessions
                .load(&Id(i128::from(MOST_SESSIONS_OF_NOBODY)))
                .await
                .unwrap()
                .is_some()
        );
    }
}
