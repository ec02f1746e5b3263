//! One pairing at a time for each account: a form submitted twice asks the Finance service once.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::OwnedMutexGuard;

type Turn = Arc<tokio::sync::Mutex<()>>;

/// The accounts that are being paired right now.
#[derive(Clone, Default)]
pub(crate) struct Turns(Arc<Mutex<HashMap<i64, Turn>>>);

impl Turns {
    /// Waits until nobody else pairs `account`; the turn ends when the guard is dropped.
    pub async fn of(&self, account: i64) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            turns.retain(|_, turn| Arc::strong_count(turn) > 1);
            turns.entry(account).or_default().clone()
        };
        turn.lock_owned().await
    }
}
