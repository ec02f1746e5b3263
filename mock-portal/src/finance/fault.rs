//! A Finance service that can be made to misbehave.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Contribution, Entry, Finance, FinanceError, Office, Patience, Payment, Report};

/// What ails the Finance service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// Nothing: it answers as it does.
    #[default]
    None,
    /// It refuses every request at once.
    Down,
    /// It answers after the portal has given up waiting ([`Patience::answer`] in real time).
    Slow,
    /// Its answers are not of the form agreed on.
    NonsenseForm,
    /// Its answers have the right form and say what cannot be.
    NonsenseContent,
    /// It refuses the first of every two pairings. Documents, which are asked for again, come.
    Flapping,
}

/// Passes on what is asked to a service, as far as the fault lets it, and counts pairings.
pub(crate) struct Faulty {
    service: Arc<dyn Finance>,
    fault: Mutex<Fault>,
    pairings: AtomicUsize,
}

impl Faulty {
    pub fn new(service: Arc<dyn Finance>) -> Self {
        Self {
            service,
            fault: Mutex::default(),
            pairings: AtomicUsize::new(0),
        }
    }

    pub fn fault(&self) -> Fault {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on this ails the service; pairings are counted anew.
    pub fn set_fault(&self, fault: Fault) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = fault;
        self.pairings.store(0, Ordering::Relaxed);
    }

    /// How many pairings were asked for since the fault was set.
    pub fn pairings(&self) -> usize {
        self.pairings.load(Ordering::Relaxed)
    }

    async fn trouble(&self, is_refused_by_turns: bool) -> Result<(), FinanceError> {
        let unreachable = |what: &str| Err(FinanceError::Unreachable(what.to_owned()));
        let nonsense = |what: &str| Err(FinanceError::Nonsense(what.to_owned()));
        match self.fault() {
            Fault::Down => unreachable("it is down"),
            Fault::Slow => {
                tokio::time::sleep(Patience::default().answer).await;
                unreachable("it is slow")
            }
            Fault::NonsenseForm => nonsense("not the JSON that was expected"),
            Fault::NonsenseContent => nonsense("another Office than asked for"),
            Fault::Flapping if is_refused_by_turns => unreachable("it is flapping"),
            Fault::Flapping | Fault::None => Ok(()),
        }
    }
}

#[async_trait]
impl Finance for Faulty {
    async fn office_for(&self, customer_id: &str, access_code: &str) -> Result<Option<Office>, FinanceError> {
        let earlier = self.pairings.fetch_add(1, Ordering::Relaxed);
        self.trouble(earlier.is_multiple_of(2)).await?;
        self.service.office_for(customer_id, access_code).await
    }

    async fn reports(&self, customer_id: &str) -> Result<Vec<Report>, FinanceError> {
        self.trouble(false).await?;
        self.service.reports(customer_id).await
    }

    async fn contributions(&self, customer_id: &str) -> Result<Vec<Contribution>, FinanceError> {
        self.trouble(false).await?;
        self.service.contributions(customer_id).await
    }

    async fn payments(&self, customer_id: &str) -> Result<Vec<Payment>, FinanceError> {
        self.trouble(false).await?;
        self.service.payments(customer_id).await
    }

    async fn entries(&self, customer_id: &str) -> Result<Vec<Entry>, FinanceError> {
        self.trouble(false).await?;
        self.service.entries(customer_id).await
    }
}
