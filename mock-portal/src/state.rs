//! What the handlers of all features share.

use std::sync::{Arc, PoisonError, RwLock};

use crate::{
    clock::{Clock, Now},
    finance::Finance,
    journal::Journal,
    portal_faults::PortalFaults,
    store::{Database, PairingScope},
};

/// Shared by all handlers; clones share the same clock, database, service and setting.
#[derive(Clone)]
pub(crate) struct AppState {
    pub clock: Clock,
    pub database: Database,
    pub finance: Arc<dyn Finance>,
    pub journal: Journal,
    pub faults: PortalFaults,
    pairing_scope: Arc<RwLock<PairingScope>>,
}

impl AppState {
    pub(crate) fn new(
        clock: Clock,
        database: Database,
        finance: Arc<dyn Finance>,
        pairing_scope: PairingScope,
    ) -> Self {
        Self {
            clock,
            database,
            finance,
            journal: Journal::default(),
            faults: PortalFaults::default(),
            pairing_scope: Arc::new(RwLock::new(pairing_scope)),
        }
    }

    /// The portal's time.
    pub(crate) fn now(&self) -> Now {
        self.clock.moment()
    }

    /// What one successful pairing opens at present.
    pub(crate) fn pairing_scope(&self) -> PairingScope {
        *self.pairing_scope.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on one successful pairing opens this.
    pub(crate) fn set_pairing_scope(&self, scope: PairingScope) {
        *self.pairing_scope.write().unwrap_or_else(PoisonError::into_inner) = scope;
    }
}
