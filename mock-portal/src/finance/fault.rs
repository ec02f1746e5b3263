//! Fault injection: stands before a Finance service and makes it fail as a test wants.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{
    documents::{Contribution, LedgerEntry, Payment, Report},
    office::{AccessCode, CustomerId, Office},
    over_http::Timeouts,
    service::{Finance, FinanceError},
};

/// How the Finance service fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// It does not fail.
    #[default]
    None,
    /// It refuses every request at once.
    Down,
    /// It responds after the portal has given up waiting ([`Timeouts::response`] in real time).
    Slow,
    /// Its responses are not the JSON that was agreed on.
    MalformedResponse,
    /// Its responses are about another Office than the requested one.
    WrongOffice,
    /// It refuses the first of every two pairing requests. Documents, which are requested again, come.
    Flapping,
}

/// Passes requests on to a service as far as the fault allows, and counts pairing requests.
pub(crate) struct FaultInjector {
    service: Arc<dyn Finance>,
    fault: Mutex<Fault>,
    pairing_requests: AtomicUsize,
}

impl FaultInjector {
    pub(crate) fn new(service: Arc<dyn Finance>) -> Self {
        Self {
            service,
            fault: Mutex::default(),
            pairing_requests: AtomicUsize::new(0),
        }
    }

    pub(crate) fn fault(&self) -> Fault {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on the service fails like this; pairing requests are counted anew.
    pub(crate) fn set_fault(&self, fault: Fault) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = fault;
        self.pairing_requests.store(0, Ordering::Relaxed);
    }

    /// Pairing requests since the fault was set.
    pub(crate) fn pairing_requests(&self) -> usize {
        self.pairing_requests.load(Ordering::Relaxed)
    }

    async fn inject(&self, is_refused_when_flapping: bool) -> Result<(), FinanceError> {
        let unreachable = |why: &str| Err(FinanceError::Unreachable(format!("injected fault: {why}")));
        let invalid = |why: &str| Err(FinanceError::InvalidResponse(format!("injected fault: {why}")));
        match self.fault() {
            Fault::Down => unreachable("down"),
            Fault::Slow => {
                tokio::time::sleep(Timeouts::default().response).await;
                unreachable("slow")
            }
            Fault::MalformedResponse => invalid("malformed response"),
            Fault::WrongOffice => invalid("another Office than the requested one"),
            Fault::Flapping if is_refused_when_flapping => unreachable("flapping"),
            Fault::Flapping | Fault::None => Ok(()),
        }
    }
}

#[async_trait]
impl Finance for FaultInjector {
    async fn office_for(
        &self,
        customer_id: &CustomerId,
        access_code: &AccessCode,
    ) -> Result<Option<Office>, FinanceError> {
        let earlier = self.pairing_requests.fetch_add(1, Ordering::Relaxed);
        self.inject(earlier.is_multiple_of(2)).await?;
        self.service.office_for(customer_id, access_code).await
    }

    async fn reports(&self, customer_id: &CustomerId) -> Result<Vec<Report>, FinanceError> {
        self.inject(false).await?;
        self.service.reports(customer_id).await
    }

    async fn contributions(&self, customer_id: &CustomerId) -> Result<Vec<Contribution>, FinanceError> {
        self.inject(false).await?;
        self.service.contributions(customer_id).await
    }

    async fn payments(&self, customer_id: &CustomerId) -> Result<Vec<Payment>, FinanceError> {
        self.inject(false).await?;
        self.service.payments(customer_id).await
    }

    async fn entries(&self, customer_id: &CustomerId) -> Result<Vec<LedgerEntry>, FinanceError> {
        self.inject(false).await?;
        self.service.entries(customer_id).await
    }
}
