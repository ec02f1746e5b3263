//! What can be done to a running portal.

use std::sync::Arc;

use rusqlite::Connection;
use serde::Serialize;

use crate::{
    accounts::{self, CreateAccountsError},
    clock::{self, Clock, ClockError},
    finance::{Fault, FaultInjector},
    fixture::Fixture,
    portal_faults::PortalFault,
    state::AppState,
    store::PairingScope,
};

/// Controls a running portal; clones control the same.
#[derive(Clone)]
pub struct Control {
    pub(super) state: AppState,
    finance: Arc<FaultInjector>,
    pub(super) initial: Arc<InitialState>,
}

/// What a reset goes back to.
pub(super) struct InitialState {
    clock: Clock,
    pairing: PairingScope,
    pub fixture: Fixture,
    /// Whether the fixture's Offices are those that the Finance service knows.
    pub knows_offices: bool,
}

impl std::fmt::Debug for Control {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control").finish_non_exhaustive()
    }
}

/// The state of a portal, as far as it can be controlled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PortalState {
    /// The portal's time, with its zone (RFC 9557).
    pub clock: String,
    /// Whether the clock is frozen.
    pub frozen: bool,
    /// What one successful pairing opens.
    pub pairing: PairingScope,
    /// How the Finance service fails.
    pub fault: Fault,
    /// Pairing requests to the Finance service since the fault was last set.
    pub pairings_asked: usize,
}

/// Why a portal cannot be changed like this.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// A moment or a duration that is invalid.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// A seed that does not fit the portal; nothing of it was stored.
    #[error("{0}")]
    Seed(String),
    /// A fault that could not be.
    #[error("the fault cannot be set: {0}")]
    Fault(String),
    /// The portal itself failed.
    #[error("the portal could not do it: {0}")]
    Portal(#[from] CreateAccountsError),
}

impl From<rusqlite::Error> for ControlError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Portal(error.into())
    }
}

impl Control {
    pub(crate) fn new(state: AppState, finance: Arc<FaultInjector>, fixture: Fixture, knows_offices: bool) -> Self {
        let initial = InitialState {
            clock: state.clock.detached(),
            pairing: state.pairing_scope(),
            fixture,
            knows_offices,
        };
        Self {
            state,
            finance,
            initial: Arc::new(initial),
        }
    }

    /// The state of the portal.
    #[must_use]
    pub fn state(&self) -> PortalState {
        PortalState {
            clock: clock::in_portal_zone(self.state.now().shown).to_string(),
            frozen: self.state.clock.is_frozen(),
            pairing: self.state.pairing_scope(),
            fault: self.finance.fault(),
            pairings_asked: self.finance.pairing_requests(),
        }
    }

    /// Back to the initial state: nobody is signed in, only the fixture's people have accounts, and clock and settings
    /// are those that the portal was started with.
    pub fn reset(&self) -> Result<(), ControlError> {
        let people = &self.initial.fixture.people;
        let hashes = accounts::password_hashes(people).map_err(CreateAccountsError::from)?;
        self.state.database.with(|db| {
            let transaction = db.transaction()?;
            delete_all(&transaction)?;
            for (person, hash) in people.iter().zip(&hashes) {
                accounts::insert_person(&transaction, person, hash)?;
            }
            transaction.commit()
        })?;
        self.state.clock.set_to_time_of(&self.initial.clock);
        self.set_pairing(self.initial.pairing);
        self.set_fault(Fault::None);
        self.state.journal.clear();
        self.state.faults.set(Vec::new());
        Ok(())
    }

    /// Sets the clock to a moment, `2024-07-02T14:27[Europe/Zurich]`; a frozen one stays frozen there.
    pub fn set_clock(&self, moment: &str) -> Result<(), ControlError> {
        self.state.clock.set(clock::moment(moment)?);
        Ok(())
    }

    /// Moves the clock by a duration, `PT15M` or `15 minutes`; back, if negative.
    pub fn advance_clock(&self, duration: &str) -> Result<(), ControlError> {
        Ok(self.state.clock.advance(clock::duration(duration)?)?)
    }

    /// From now on the Finance service fails like this.
    pub fn set_fault(&self, fault: Fault) {
        self.finance.set_fault(fault);
    }

    /// The faults of the portal itself that are in force.
    #[must_use]
    pub fn portal_faults(&self) -> Vec<PortalFault> {
        self.state.faults.all()
    }

    /// From now on requests to the portal fail like this, by the first of the faults that matches; all of them are
    /// replaced.
    pub fn set_portal_faults(&self, faults: Vec<PortalFault>) -> Result<(), ControlError> {
        if let Some(problem) = faults.iter().find_map(PortalFault::problem) {
            return Err(ControlError::Fault(problem));
        }
        self.state.faults.set(faults);
        Ok(())
    }

    /// From now on one successful pairing opens this.
    pub fn set_pairing(&self, scope: PairingScope) {
        self.state.set_pairing_scope(scope);
    }
}

/// Empties every table there is.
fn delete_all(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    let tables: Vec<String> = db
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    tables
        .iter()
        .try_for_each(|table| db.execute(&format!("DELETE FROM \"{table}\""), []).map(drop))
}
