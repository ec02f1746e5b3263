//! One pairing at a time for each account. What is submitted again while it is under way gets the answer of the first,
//! so that a double click asks the Finance service once and counts as one attempt.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::OwnedMutexGuard;

use super::handlers::{Asked, Outcome};

/// What was submitted last, and how it ended; forgotten once nobody waits.
pub(super) type Last = Option<(Asked, Outcome)>;

/// The accounts that are being paired right now.
#[derive(Clone, Default)]
pub(crate) struct Turns(Arc<Mutex<HashMap<i64, Arc<tokio::sync::Mutex<Last>>>>>);

impl Turns {
    /// Waits until nobody else pairs `account`; the turn ends when the guard is dropped.
    pub(super) async fn of(&self, account: i64) -> OwnedMutexGuard<Last> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            turns.retain(|_, turn| Arc::strong_count(turn) > 1);
            turns.entry(account).or_default().clone()
        };
        turn.lock_owned().await
    }
}
