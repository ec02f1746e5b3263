//! Why a portal does not start.

use std::net::SocketAddr;

use crate::{accounts::CreateAccountsError, store::DataError};

/// Why a portal does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address cannot be listened on.
    #[error("the portal cannot listen on {address}: {source}; choose another port, or 0 for any free one")]
    Address {
        /// The address that was requested.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The data file cannot be used.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The fixture's people cannot be given their accounts.
    #[error(transparent)]
    Accounts(#[from] CreateAccountsError),
}
