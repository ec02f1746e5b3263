//! The key of an account.

use serde::{Deserialize, Serialize};

/// The key of an account in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub(crate) struct AccountId(i64);

impl AccountId {
    pub(crate) fn as_i64(self) -> i64 {
        self.0
    }
}

impl From<i64> for AccountId {
    fn from(id: i64) -> Self {
        Self(id)
    }
}
