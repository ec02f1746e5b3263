//! The latest requests to the portal, for a test to ask about: which came, how often, and with what in their forms.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;

/// Requests remembered; one more takes the place of the oldest.
const MOST: usize = 1000;

/// A request that was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JournalEntry {
    /// "POST"
    pub method: String,
    /// Without its query; where it holds the secret of a link, the route.
    pub path: String,
    /// The pattern of its address, `/pairing/{widget}`, or "unknown".
    pub route: String,
    /// Of the response.
    pub status: u16,
    /// The username of the person who was signed in.
    pub account: Option<String>,
    /// The values of its query and of its form; those of secrets are "(hidden)". Of a name that was sent several times,
    /// the last.
    pub fields: BTreeMap<String, String>,
}

/// Which requests are asked about. What is `None` or missing does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestFilter {
    /// "POST", in any case.
    pub method: Option<String>,
    /// `/pairing/distribution-reports`
    pub path: Option<String>,
    /// `/pairing/{widget}`
    pub route: Option<String>,
    /// Of the response.
    pub status: Option<u16>,
    /// A username, in any case.
    pub account: Option<String>,
    /// Names and values of the query or the form.
    pub fields: BTreeMap<String, String>,
}

impl RequestFilter {
    fn takes(&self, entry: &JournalEntry) -> bool {
        let is_same = |wanted: &Option<String>, found: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(found))
        };
        let is = |wanted: &Option<String>, found: &str| wanted.as_ref().is_none_or(|wanted| wanted == found);
        is_same(&self.method, &entry.method)
            && is(&self.path, &entry.path)
            && is(&self.route, &entry.route)
            && self.status.is_none_or(|status| status == entry.status)
            && is_same(&self.account, entry.account.as_deref().unwrap_or_default())
            && self
                .fields
                .iter()
                .all(|(name, value)| entry.fields.get(name) == Some(value))
    }
}

/// The latest requests; clones share them.
#[derive(Clone, Default)]
pub(crate) struct Journal(Arc<Mutex<VecDeque<JournalEntry>>>);

impl Journal {
    fn entries(&self) -> MutexGuard<'_, VecDeque<JournalEntry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn record(&self, entry: JournalEntry) {
        let mut entries = self.entries();
        if entries.len() >= MOST {
            entries.pop_front();
        }
        entries.push_back(entry);
    }

    /// Oldest first.
    pub(crate) fn find(&self, filter: &RequestFilter) -> Vec<JournalEntry> {
        self.entries()
            .iter()
            .filter(|entry| filter.takes(entry))
            .cloned()
            .collect()
    }

    pub(crate) fn clear(&self) {
        self.entries().clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(status: u16) -> JournalEntry {
        JournalEntry {
            method: "POST".into(),
            path: "/pairing/distribution-reports".into(),
            route: "/pairing/{widget}".into(),
            status,
            account: Some("amara".into()),
            fields: [("customer_id".to_owned(), "41207".to_owned())].into(),
        }
    }

    #[test]
    fn the_newest_requests_are_kept() {
        let journal = Journal::default();
        for status in 0..1003 {
            journal.record(entry(status));
        }
        let kept = journal.find(&RequestFilter::default());
        assert_eq!((kept.len(), kept[0].status, kept[999].status), (1000, 3, 1002));
    }

    #[test]
    fn every_part_of_a_filter_counts() {
        let takes = |change: fn(&mut RequestFilter)| {
            let mut filter = RequestFilter::default();
            change(&mut filter);
            filter.takes(&entry(303))
        };
        assert!(takes(|_| {}));
        assert!(
            takes(|filter| filter.method = Some("post".into())) && !takes(|filter| filter.method = Some("GET".into()))
        );
        assert!(takes(|filter| filter.status = Some(303)) && !takes(|filter| filter.status = Some(422)));
        assert!(
            takes(|filter| filter.account = Some("Amara".into()))
                && !takes(|filter| filter.account = Some("bogdan".into()))
        );
        assert!(
            takes(|filter| filter.route = Some("/pairing/{widget}".into()))
                && !takes(|filter| filter.route = Some("/".into()))
        );
        assert!(!takes(
            |filter| filter.path = Some("/pairing/annual-contributions".into())
        ));
        assert!(takes(|filter| drop(
            filter.fields.insert("customer_id".into(), "41207".into())
        )));
        assert!(!takes(|filter| drop(
            filter.fields.insert("customer_id".into(), "41208".into())
        )));
        assert!(!takes(|filter| drop(
            filter.fields.insert("office".into(), "41207".into())
        )));
    }
}
