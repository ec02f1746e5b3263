//! Steering a portal from outside: back to its beginning, people and pairings at once, the clock, the Finance service's
//! faults. `docs/control-interface.md` describes the same over HTTP.

mod guard;
mod http;
mod seed;

use std::sync::{Arc, PoisonError};

use rusqlite::Connection;
use serde::Serialize;

pub use http::control_interface;
pub use seed::{Seed, SeedAccount};

use crate::{
    Clock, Fixture, PairingScope, StartError, accounts,
    app::App,
    clock::{self, ClockError},
    finance::{Fault, fault::Faulty},
};

/// Steers a running portal; clones steer the same.
#[derive(Clone)]
pub struct Control {
    app: App,
    finance: Arc<Faulty>,
    beginning: Arc<Beginning>,
}

struct Beginning {
    clock: Clock,
    pairing: PairingScope,
    fixture: Fixture,
    /// Whether the fixture's Offices are those that the Finance service knows.
    knows_offices: bool,
}

impl std::fmt::Debug for Control {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control").finish_non_exhaustive()
    }
}

/// How a portal stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct State {
    /// The portal's time, with its zone (RFC 9557).
    pub clock: String,
    /// Whether the time stands still.
    pub frozen: bool,
    /// What one successful pairing opens.
    pub pairing: PairingScope,
    /// What ails the Finance service.
    pub fault: Fault,
    /// How many pairings the Finance service was asked for since the fault was last set.
    pub pairings_asked: usize,
}

/// Why a portal can't be steered so.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// A moment or a length of time that is none.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// A seed that does not fit the portal; nothing of it was kept.
    #[error("{0}")]
    Seed(String),
    /// The portal itself failed.
    #[error("the portal could not do it: {0}")]
    Portal(#[from] StartError),
}

impl From<rusqlite::Error> for ControlError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Portal(error.into())
    }
}

impl Control {
    pub(crate) fn new(app: App, finance: Arc<Faulty>, fixture: Fixture, knows_offices: bool) -> Self {
        let beginning = Beginning {
            clock: app.clock.apart(),
            pairing: app.pairing(),
            fixture,
            knows_offices,
        };
        Self {
            app,
            finance,
            beginning: Arc::new(beginning),
        }
    }

    /// How the portal stands.
    #[must_use]
    pub fn state(&self) -> State {
        State {
            clock: clock::in_portal_s_place(self.app.clock.now().as_second()).to_string(),
            frozen: self.app.clock.is_frozen(),
            pairing: self.app.pairing(),
            fault: self.finance.fault(),
            pairings_asked: self.finance.pairings(),
        }
    }

    /// Back to the beginning: everybody is signed out, the fixture's people are as at first and alone, and clock and
    /// settings are as the portal was started with.
    pub fn reset(&self) -> Result<(), ControlError> {
        let people = &self.beginning.fixture.people;
        let hashes = accounts::hashes(people).map_err(StartError::from)?;
        self.app.database.with(|db| {
            let transaction = db.transaction()?;
            forget_all(&transaction)?;
            for (person, hash) in people.iter().zip(&hashes) {
                accounts::insert_person(&transaction, person, hash)?;
            }
            transaction.commit()
        })?;
        self.app.clock.set_like(&self.beginning.clock);
        self.set_pairing(self.beginning.pairing);
        self.set_fault(Fault::None);
        Ok(())
    }

    /// Moves the clock to a moment, `2024-07-02T14:27[Europe/Zurich]`; a frozen one stands still there.
    pub fn set_clock(&self, moment: &str) -> Result<(), ControlError> {
        self.app.clock.set(clock::moment(moment)?);
        Ok(())
    }

    /// Moves the clock on by a length of time, `PT15M` or `15 minutes`; back, if negative.
    pub fn advance_clock(&self, length: &str) -> Result<(), ControlError> {
        Ok(self.app.clock.advance(clock::length(length)?)?)
    }

    /// From now on this ails the Finance service.
    pub fn set_fault(&self, fault: Fault) {
        self.finance.set_fault(fault);
    }

    /// From now on one successful pairing opens this.
    pub fn set_pairing(&self, scope: PairingScope) {
        *self.app.pairing.write().unwrap_or_else(PoisonError::into_inner) = scope;
    }
}

/// Empties every table there is.
fn forget_all(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    let tables: Vec<String> = db
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    tables
        .iter()
        .try_for_each(|table| db.execute(&format!("DELETE FROM \"{table}\""), []).map(drop))
}
