//! One pairing at a time for each account. What is submitted again while it is in progress gets the outcome of the
//! first, so that a double click asks the Finance service once and counts as one attempt.

use super::{outcome::Outcome, request::PairingRequest};
use crate::{
    store::AccountId,
    web::{Turn, Turns},
    widgets::WidgetId,
};

/// What was submitted last, and its outcome. It holds an Access Code, so it is dropped with the last request that waits
/// for it.
#[derive(Debug)]
struct Latest {
    widget: WidgetId,
    request: PairingRequest,
    outcome: Outcome,
}

/// The accounts that are being paired at present.
#[derive(Clone, Default)]
pub(crate) struct PairingsInProgress(Turns<AccountId, Option<Latest>>);

/// An account's turn to pair, until it is dropped.
pub(super) struct Slot(Turn<AccountId, Option<Latest>>);

impl PairingsInProgress {
    /// Waits until no other request pairs `account`.
    pub(super) async fn lock(&self, account: AccountId) -> Slot {
        Slot(self.0.take(account).await)
    }
}

impl Slot {
    /// The outcome of the latest request, if it was the same.
    pub(super) fn outcome_of(&self, widget: WidgetId, request: &PairingRequest) -> Option<Outcome> {
        self.0
            .as_ref()
            .filter(|latest| latest.widget == widget && latest.request.is_same_as(request))
            .map(|latest| latest.outcome.clone())
    }

    /// Remembers the latest request for those that wait.
    pub(super) fn remember(&mut self, widget: WidgetId, request: PairingRequest, outcome: Outcome) {
        *self.0 = Some(Latest {
            widget,
            request,
            outcome,
        });
    }
}
