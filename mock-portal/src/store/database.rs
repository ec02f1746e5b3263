//! The SQLite database, in memory or in a file.

use std::{
    hint,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError},
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, config::DbConfig};

use super::private_file;

const SCHEMA: &str = include_str!("schema.sql");
/// Time to wait for a portal that is just ending to release its file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(1);

/// Attempts to take the lock before going to sleep: some 50 µs, as long as a page's reads take. Being woken takes
/// longer than that, and the threads behind would wait for it, too.
const SPINS: u32 = 1000;

/// Why a data file cannot be used, and what to do instead.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// Two portals on one file would not see each other's attempts and pairings under way.
    #[error("the data file {} is in use by another portal; stop that one, or name another file", .0.display())]
    InUse(PathBuf),
    /// Not a database, or another program's.
    #[error(
        "the file {} does not hold a portal's data, and is left as it is; name another file, or one that is not there yet",
        .0.display()
    )]
    Foreign(PathBuf),
    /// The tables are not those of this portal.
    #[error(
        "the data file {} was laid out by another version of the portal, and is left as it is; use that version, or name \
         another file",
        .0.display()
    )]
    OtherVersion(PathBuf),
    /// It can be read only.
    #[error("the data file {} cannot be written; allow writing to it and its folder, or name another file", .0.display())]
    ReadOnly(PathBuf),
    /// Others can read what only its owner may.
    #[error(
        "others can read the data file {}, which holds sessions and links from mails, and that cannot be changed: {source}; \
         name another file",
        .file.display()
    )]
    Open {
        /// The path that was given.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Anything else.
    #[error("the data file {} cannot be opened: {source}; is its folder there, and can it be written?", .file.display())]
    Unusable {
        /// The path that was given.
        file: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
}

impl DataError {
    fn from_sqlite(file: &Path) -> impl Fn(rusqlite::Error) -> Self {
        move |source| match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse(file.to_owned()),
            Some(ErrorCode::NotADatabase) => Self::Foreign(file.to_owned()),
            Some(ErrorCode::ReadOnly) => Self::ReadOnly(file.to_owned()),
            _ => Self::Unusable {
                file: file.to_owned(),
                source,
            },
        }
    }
}

/// A handle on the database; clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Database(Arc<Mutex<Connection>>);

impl Database {
    /// Opens `file`, or a database in memory, and creates the missing tables.
    pub(crate) fn open(file: Option<&Path>) -> Result<Self, DataError> {
        let connection = match file {
            Some(path) => open_file(path)?,
            None => in_memory().map_err(DataError::from_sqlite(Path::new(":memory:")))?,
        };
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// Runs `work` with the connection. A poisoned lock is taken all the same: a panic rolls its transaction back.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        work(&mut self.connection())
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        for _ in 0..SPINS {
            match self.0.try_lock() {
                Ok(connection) => return connection,
                Err(TryLockError::Poisoned(poisoned)) => return poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => hint::spin_loop(),
            }
        }
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn in_memory() -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    prepare(&connection)?;
    create_tables(&mut connection)?;
    Ok(connection)
}

/// Nothing is written to a file before it is known to be ours.
fn open_file(path: &Path) -> Result<Connection, DataError> {
    let failed = DataError::from_sqlite(path);
    private_file::create(path);
    let mut connection = Connection::open(path).map_err(&failed)?;
    // One portal has the file to itself; the system lets go of it however the portal ends.
    connection
        .execute_batch("PRAGMA locking_mode = EXCLUSIVE")
        .map_err(&failed)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(&failed)?;
    let found = schema_of(&connection).map_err(&failed)?;
    let ours = in_memory().and_then(|fresh| schema_of(&fresh)).map_err(&failed)?;
    if !found.is_empty() && found != ours {
        let related = found.iter().any(|(name, _)| name == "dashboard_widget");
        let refuse = if related {
            DataError::OtherVersion
        } else {
            DataError::Foreign
        };
        return Err(refuse(path.to_owned()));
    }
    if connection.is_readonly(rusqlite::MAIN_DB).map_err(&failed)? {
        return Err(DataError::ReadOnly(path.to_owned()));
    }
    private_file::protect(path).map_err(|source| DataError::Open {
        file: path.to_owned(),
        source,
    })?;
    prepare(&connection).map_err(&failed)?;
    create_tables(&mut connection).map_err(&failed)?;
    Ok(connection)
}

/// Name and definition of every table and index.
fn schema_of(db: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    db.prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

fn prepare(db: &Connection) -> rusqlite::Result<()> {
    // What was committed to the write-ahead log survives a killed process. Waiting for the disk at every commit would
    // only add safety against a power cut, which may take the last commits but never half of one.
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;")?;
    // Otherwise SQLite, built with statistics, plans a cached statement anew for each value it is given.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// All at once, or a portal that is killed on the way would leave half of it.
fn create_tables(db: &mut Connection) -> rusqlite::Result<()> {
    let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    transaction.execute_batch(SCHEMA)?;
    transaction.commit()
}
