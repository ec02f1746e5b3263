//! One request at a time for each key: for an account that is being paired, for a username that is being signed in.

use std::{
    collections::HashMap,
    hash::Hash,
    ops::{Deref, DerefMut},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::OwnedMutexGuard;

type Slots<K, T> = HashMap<K, Arc<tokio::sync::Mutex<T>>>;

/// The keys that requests use or wait for at present, each with what these requests share. Clones share it.
pub(crate) struct Turns<K: Eq + Hash, T = ()>(Arc<Mutex<Slots<K, T>>>);

/// A key's turn, until it is dropped. What is held is dropped before the cleanup, which removes unused slots.
pub(crate) struct Turn<K: Eq + Hash, T = ()> {
    held: OwnedMutexGuard<T>,
    _cleanup: Cleanup<K, T>,
}

struct Cleanup<K: Eq + Hash, T>(Turns<K, T>);

impl<K: Eq + Hash, T> Drop for Cleanup<K, T> {
    fn drop(&mut self) {
        let mut slots = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        slots.retain(|_, slot| Arc::strong_count(slot) > 1);
    }
}

impl<K: Eq + Hash, T> Clone for Turns<K, T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K: Eq + Hash, T> Default for Turns<K, T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K: Eq + Hash, T: Default> Turns<K, T> {
    /// Waits until no other request has the turn of `key`.
    pub(crate) async fn take(&self, key: K) -> Turn<K, T> {
        // A request that is cancelled while it waits cleans up, too.
        let cleanup = Cleanup(self.clone());
        let slot = {
            let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            slots.entry(key).or_default().clone()
        };
        Turn {
            held: slot.lock_owned().await,
            _cleanup: cleanup,
        }
    }
}

impl<K: Eq + Hash, T> Deref for Turn<K, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.held
    }
}

impl<K: Eq + Hash, T> DerefMut for Turn<K, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.held
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slots(turns: &Turns<u8>) -> usize {
        turns.0.lock().unwrap().len()
    }

    /// Another request with the same key, which waits for the first.
    async fn waiting(turns: &Turns<u8>) -> tokio::task::JoinHandle<()> {
        let turns = turns.clone();
        let waiting = tokio::spawn(async move { drop(turns.take(1).await) });
        tokio::task::yield_now().await;
        waiting
    }

    #[tokio::test]
    async fn nothing_is_left_once_no_request_waits() {
        let turns = Turns::default();
        let first = turns.take(1).await;
        let second = waiting(&turns).await;
        drop(first);
        second.await.unwrap();
        assert_eq!(slots(&turns), 0);
    }

    #[tokio::test]
    async fn nothing_is_left_of_a_request_that_is_cancelled_as_it_gets_its_turn() {
        let turns = Turns::default();
        let first = turns.take(1).await;
        let second = waiting(&turns).await;
        drop(first);
        assert_eq!(slots(&turns), 1, "the second waits");
        second.abort();
        assert!(second.await.is_err());
        assert_eq!(slots(&turns), 0);
    }

    #[tokio::test]
    async fn a_key_that_is_still_in_use_keeps_its_slot() {
        let turns = Turns::default();
        let first = turns.take(1).await;
        let second = waiting(&turns).await;
        assert_eq!(slots(&turns), 1);
        second.abort();
        assert!(second.await.is_err());
        assert_eq!(slots(&turns), 1, "the first still has its turn");
        drop(first);
        assert_eq!(slots(&turns), 0);
    }

    #[tokio::test]
    async fn another_key_has_a_turn_of_its_own() {
        let turns: Turns<u8> = Turns::default();
        let _first = turns.take(1).await;
        drop(turns.take(2).await);
    }
}
