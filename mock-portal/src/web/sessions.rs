//! Sessions, kept in the portal's own database and ended by the portal's own clock.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, params};
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

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
        self.with(|db| {
            db.prepare_cached(
                "INSERT INTO session (id, record, expires_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (id) DO UPDATE SET record = excluded.record, expires_at = excluded.expires_at",
            )?
            .execute(params![record.id.to_string(), text, expires_at])
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
