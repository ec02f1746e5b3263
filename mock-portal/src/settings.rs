//! What a portal can be started with.

use std::{path::PathBuf, sync::Arc};

use crate::{clock::Clock, finance::Finance, fixture::Fixture, store::PairingScope};

/// Everything a portal can be started with. The default is a portal for one scenario: in memory, with the built-in
/// fixture, each widget paired on its own, and the real time.
#[derive(Clone, Default)]
pub struct Settings {
    /// The time that the portal shows and uses.
    pub clock: Clock,
    /// The SQLite file with the portal's state; without one, all is in memory and gone with the portal.
    pub data: Option<PathBuf>,
    /// People, Offices and documents.
    pub fixture: Fixture,
    /// What one successful pairing opens.
    pub pairing: PairingScope,
    /// The service that knows Offices, codes and documents; without one, the fixture is.
    pub finance: Option<Arc<dyn Finance>>,
}
