//! Pages that say something and store nothing: home, help, and where links lead that would leave the portal.

mod guides;
mod handlers;

pub(crate) use guides::guide;
pub(crate) use handlers::{help, home, infoline, leaving, not_found, scams, tutorials, wrong_method};
