//! One pairing at a time for each account. What is submitted again while it is under way gets the answer of the first,
//! so that a double click asks the Finance service once and counts as one attempt.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::OwnedMutexGuard;

use super::handlers::{Asked, Outcome};

/// What was submitted last, and how it ended; forgotten with the last request that waits for it, for it holds an Access Code.
pub(super) type Last = Option<(Asked, Outcome)>;

/// The accounts that are being paired right now.
#[derive(Clone, Default)]
pub(crate) struct Turns(Arc<Mutex<HashMap<i64, Arc<tokio::sync::Mutex<Last>>>>>);

/// An account's turn. It ends when this is dropped; the guard goes before the sweep, which drops what nobody holds.
pub(super) struct Turn {
    pub last: OwnedMutexGuard<Last>,
    _sweep: Sweep,
}

struct Sweep(Turns);

impl Drop for Sweep {
    fn drop(&mut self) {
        let mut turns = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| Arc::strong_count(turn) > 1);
    }
}

impl Turns {
    /// Waits until nobody else pairs `account`.
    pub(super) async fn of(&self, account: i64) -> Turn {
        // A request that is given up while it waits sweeps, too.
        let sweep = Sweep(self.clone());
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            turns.entry(account).or_default().clone()
        };
        Turn {
            last: turn.lock_owned().await,
            _sweep: sweep,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(turns: &Turns) -> usize {
        turns.0.lock().unwrap().len()
    }

    /// Another request of the same account, which waits for its turn.
    async fn waiting(turns: &Turns) -> tokio::task::JoinHandle<()> {
        let turns = turns.clone();
        let waiting = tokio::spawn(async move { drop(turns.of(1).await) });
        tokio::task::yield_now().await;
        waiting
    }

    #[tokio::test]
    async fn nothing_is_kept_once_nobody_waits() {
        let turns = Turns::default();
        let first = turns.of(1).await;
        let second = waiting(&turns).await;
        drop(first);
        second.await.unwrap();
        assert_eq!(kept(&turns), 0);
    }

    #[tokio::test]
    async fn nothing_is_kept_of_a_request_that_is_given_up_when_its_turn_has_come() {
        let turns = Turns::default();
        let first = turns.of(1).await;
        let second = waiting(&turns).await;
        drop(first);
        assert_eq!(kept(&turns), 1, "the second waits");
        second.abort();
        assert!(second.await.is_err());
        assert_eq!(kept(&turns), 0);
    }

    #[tokio::test]
    async fn an_account_that_is_still_being_paired_is_kept() {
        let turns = Turns::default();
        let first = turns.of(1).await;
        let second = waiting(&turns).await;
        assert_eq!(kept(&turns), 1);
        second.abort();
        assert!(second.await.is_err());
        assert_eq!(kept(&turns), 1, "the first still pairs");
        drop(first);
        assert_eq!(kept(&turns), 0);
    }
}
