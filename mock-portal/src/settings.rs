//! What a portal can be told before it starts.

use std::{path::PathBuf, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{Clock, Finance, Fixture};

/// Everything a portal can be told before it starts. The default is a portal for one scenario: in memory, with the
/// built-in fixture, each widget paired on its own, and the real time.
#[derive(Clone, Default)]
pub struct Settings {
    /// The time the portal shows and reckons with.
    pub clock: Clock,
    /// The SQLite file that keeps the portal's state; without one, all is in memory and gone with the portal.
    pub data: Option<PathBuf>,
    /// People, Offices and documents.
    pub fixture: Fixture,
    /// What one successful pairing opens.
    pub pairing: PairingScope,
    /// Whom to ask about Offices, codes and documents; without one, the fixture answers.
    pub finance: Option<Arc<dyn Finance>>,
}

/// What one successful pairing opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PairingScope {
    /// The widget whose "Pair" was clicked.
    #[default]
    PerWidget,
    /// All widgets that can be paired.
    Account,
}
