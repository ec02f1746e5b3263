//! The journal's part of the control interface.

use axum::http::Uri;
use serde::Serialize;

use crate::{
    journal::{JournalEntry, RequestFilter},
    web::Fields,
};

/// The requests that were asked about.
#[derive(Serialize)]
pub(super) struct FoundRequests {
    pub count: usize,
    pub requests: Vec<JournalEntry>,
}

/// A query about requests: a filter, and how many there should be.
pub(super) struct RequestQuery {
    pub filter: RequestFilter,
    pub times: Option<usize>,
}

impl RequestQuery {
    /// Reads `method`, `path`, `route`, `status`, `account` and `times`; every other name is that of a field.
    pub(super) fn read(address: &Uri) -> Result<Self, String> {
        let mut filter = RequestFilter::default();
        let mut times = None;
        for (name, value) in Fields::of_query(address).without_secrets() {
            match name.as_str() {
                "method" => filter.method = Some(value),
                "path" => filter.path = Some(value),
                "route" => filter.route = Some(value),
                "account" => filter.account = Some(value),
                "status" => filter.status = Some(number(&name, &value)?),
                "times" => times = Some(number(&name, &value)?),
                _ => drop(filter.fields.insert(name, value)),
            }
        }
        Ok(Self { filter, times })
    }

    /// Why these are not as many as there should be.
    pub(super) fn problem(&self, count: usize) -> Option<String> {
        let times = self.times.filter(|times| *times != count)?;
        Some(format!("{count} such requests were made; there should be {times}"))
    }
}

fn number<T: std::str::FromStr>(name: &str, value: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("{name}={value}: it is a number"))
}
