//! One pairing at a time for each account. What is submitted again while it is in progress gets the outcome of the
//! first, so that a double click asks the Finance service once and counts as one attempt.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::OwnedMutexGuard;

use super::{outcome::Outcome, request::PairingRequest};
use crate::{store::AccountId, widgets::WidgetId};

/// What was submitted last, and its outcome. It holds an Access Code, so it is dropped with the last request that waits
/// for it.
#[derive(Debug)]
struct Latest {
    widget: WidgetId,
    request: PairingRequest,
    outcome: Outcome,
}

type Slots = HashMap<AccountId, Arc<tokio::sync::Mutex<Option<Latest>>>>;

/// The accounts that are being paired at present.
#[derive(Clone, Default)]
pub(crate) struct PairingsInProgress(Arc<Mutex<Slots>>);

/// An account's lock, until it is dropped. The guard is dropped before the cleanup, which removes unused slots.
pub(super) struct Slot {
    latest: OwnedMutexGuard<Option<Latest>>,
    _cleanup: Cleanup,
}

struct Cleanup(PairingsInProgress);

impl Drop for Cleanup {
    fn drop(&mut self) {
        let mut slots = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        slots.retain(|_, slot| Arc::strong_count(slot) > 1);
    }
}

impl PairingsInProgress {
    /// Waits until no other request pairs `account`.
    pub(super) async fn lock(&self, account: AccountId) -> Slot {
        // A request that is cancelled while it waits cleans up, too.
        let cleanup = Cleanup(self.clone());
        let slot = {
            let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            slots.entry(account).or_default().clone()
        };
        Slot {
            latest: slot.lock_owned().await,
            _cleanup: cleanup,
        }
    }
}

impl Slot {
    /// The outcome of the latest request, if it was the same.
    pub(super) fn outcome_of(&self, widget: WidgetId, request: &PairingRequest) -> Option<Outcome> {
        self.latest
            .as_ref()
            .filter(|latest| latest.widget == widget && latest.request.is_same_as(request))
            .map(|latest| latest.outcome.clone())
    }

    /// Remembers the latest request for those that wait.
    pub(super) fn remember(&mut self, widget: WidgetId, request: PairingRequest, outcome: Outcome) {
        *self.latest = Some(Latest {
            widget,
            request,
            outcome,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slots(pairings: &PairingsInProgress) -> usize {
        pairings.0.lock().unwrap().len()
    }

    async fn lock(pairings: &PairingsInProgress) -> Slot {
        pairings.lock(AccountId::from(1)).await
    }

    /// Another request of the same account, which waits for the first.
    async fn waiting(pairings: &PairingsInProgress) -> tokio::task::JoinHandle<()> {
        let pairings = pairings.clone();
        let waiting = tokio::spawn(async move { drop(lock(&pairings).await) });
        tokio::task::yield_now().await;
        waiting
    }

    #[tokio::test]
    async fn nothing_is_left_once_no_request_waits() {
        let pairings = PairingsInProgress::default();
        let first = lock(&pairings).await;
        let second = waiting(&pairings).await;
        drop(first);
        second.await.unwrap();
        assert_eq!(slots(&pairings), 0);
    }

    #[tokio::test]
    async fn nothing_is_left_of_a_request_that_is_cancelled_as_it_gets_the_lock() {
        let pairings = PairingsInProgress::default();
        let first = lock(&pairings).await;
        let second = waiting(&pairings).await;
        drop(first);
        assert_eq!(slots(&pairings), 1, "the second waits");
        second.abort();
        assert!(second.await.is_err());
        assert_eq!(slots(&pairings), 0);
    }

    #[tokio::test]
    async fn an_account_that_is_still_being_paired_keeps_its_slot() {
        let pairings = PairingsInProgress::default();
        let first = lock(&pairings).await;
        let second = waiting(&pairings).await;
        assert_eq!(slots(&pairings), 1);
        second.abort();
        assert!(second.await.is_err());
        assert_eq!(slots(&pairings), 1, "the first still pairs");
        drop(first);
        assert_eq!(slots(&pairings), 0);
    }
}
