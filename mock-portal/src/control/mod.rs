//! Controls a portal from outside: reset, seed, clock, and faults of the Finance service. `docs/control-interface.md`
//! describes the same over HTTP.

mod guard;
mod http;
mod json;
mod portal_control;
mod read_back;
mod requests;
mod seed;

pub use http::control_interface;
pub use portal_control::{Control, ControlError, PortalState};
pub use read_back::{AccountReport, BlockReport, MailReport, SearchReport};
pub use seed::{Seed, SeedAccount};
