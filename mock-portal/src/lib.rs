//! A training mock of the IP Portal: home, login, dashboard, widgets and pairing.
//!
//! [`app`] is the whole portal as a router, without a socket; [`start`] serves it, and [`serve`]
//! serves a router that somebody wrapped; [`steered`] gives the means to move its clock and the like. The table of all addresses is in `routes.rs`.

mod accounts;
mod app;
pub mod clock;
pub mod control;
mod dashboard;
mod database;
mod documents;
pub mod finance;
pub mod fixture;
mod language;
mod languages;
mod mailbox;
mod pages;
mod pairing;
mod routes;
mod server;
mod settings;
mod web;

pub use app::{app, steered};
pub use clock::Clock;
pub use control::Control;
pub use database::DataError;
pub use finance::Finance;
pub use fixture::Fixture;
pub use routes::paths;
pub use server::{Portal, StartError, serve, start};
pub use settings::{PairingScope, Settings};
