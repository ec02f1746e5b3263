//! Faults of the portal itself, as a test sets them: by route, for all requests or for the next ones.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

/// How requests to the portal fail. What is `None` matches every request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PortalFault {
    /// "POST", in any case.
    pub method: Option<String>,
    /// The pattern of an address, `/pairing/{widget}`, or one address, `/pairing/distribution-reports`.
    pub route: Option<String>,
    /// Milliseconds before anything else happens, of real time.
    #[serde(default)]
    pub delay_ms: u64,
    /// The status of the response, 400 to 599; the request itself is not handled.
    pub status: Option<u16>,
    /// Whether the connection is cut within the response; the request itself is not handled.
    #[serde(default)]
    pub cut: bool,
    /// How many requests fail; without it, all do.
    pub times: Option<u32>,
}

/// Longer delays are a typing error: no client waits for them.
const LONGEST_DELAY_MS: u64 = 10 * 60 * 1000;

impl PortalFault {
    /// What is invalid in it, and what would be valid.
    pub(crate) fn problem(&self) -> Option<String> {
        if let Some(status) = self.status.filter(|status| !(400..=599).contains(status)) {
            return Some(format!("status = {status}: a fault has a status of 400 to 599"));
        }
        if self.delay_ms > LONGEST_DELAY_MS {
            return Some(format!("delay_ms = {}: at most {LONGEST_DELAY_MS}", self.delay_ms));
        }
        if self.route.as_ref().is_some_and(|route| !route.starts_with('/')) {
            return Some(format!("route = {:?}: write it like /pairing/{{widget}}", self.route));
        }
        let is_none = self.delay_ms == 0 && self.status.is_none() && !self.cut;
        (is_none || self.times == Some(0)).then(|| "it changes nothing: give it delay_ms, status or cut".to_owned())
    }

    fn strikes(&self, method: &str, route: &str, path: &str) -> bool {
        let method_fits = self
            .method
            .as_ref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
        method_fits
            && self
                .route
                .as_ref()
                .is_none_or(|wanted| wanted == route || wanted == path)
    }
}

/// The faults in force; clones share them.
#[derive(Clone, Default)]
pub(crate) struct PortalFaults(Arc<Mutex<Vec<PortalFault>>>);

impl PortalFaults {
    fn faults(&self) -> MutexGuard<'_, Vec<PortalFault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn all(&self) -> Vec<PortalFault> {
        self.faults().clone()
    }

    pub(crate) fn set(&self, faults: Vec<PortalFault>) {
        *self.faults() = faults;
    }

    /// The first fault that strikes this request, which counts as one of its times.
    pub(crate) fn strike(&self, method: &str, route: &str, path: &str) -> Option<PortalFault> {
        let mut faults = self.faults();
        let at = faults.iter().position(|fault| fault.strikes(method, route, path))?;
        let struck = faults[at].clone();
        match &mut faults[at].times {
            Some(1) => drop(faults.remove(at)),
            Some(times) => *times -= 1,
            None => {}
        }
        Some(struck)
    }
}
