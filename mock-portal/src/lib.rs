//! A training mock of the IP Portal: home, login, dashboard, widgets and pairing.
//!
//! [`app()`] is the whole portal as a router, without a socket; [`start`] serves it, and [`serve`] serves a router that
//! was wrapped in other layers. [`app_with_control`] also gives the means to reset, seed and steer it. The table of all
//! addresses is in `routes.rs`. `ARCHITECTURE.md` says which module may use which.

#![warn(unreachable_pub)]

mod accounts;
mod app;
pub mod clock;
pub mod control;
mod dashboard;
mod documents;
mod error;
mod feedback;
pub mod finance;
pub mod fixture;
mod journal;
mod language;
mod language_choice;
mod mailbox;
mod pages;
mod pairing;
mod portal_faults;
mod routes;
mod server;
mod settings;
mod state;
mod store;
mod web;
mod widgets;

pub use accounts::{CreateAccountsError, PasswordError};
pub use app::{app, app_with_control};
pub use clock::Clock;
pub use control::Control;
pub use error::StartError;
pub use finance::Finance;
pub use fixture::Fixture;
pub use journal::{JournalEntry, RequestFilter};
pub use portal_faults::PortalFault;
pub use routes::paths;
pub use server::{Portal, serve, start};
pub use settings::Settings;
pub use store::{DataError, PairingScope};
