//! What the journal holds of a request.

use axum::{
    extract::{MatchedPath, Request},
    http::StatusCode,
};

use super::{
    fields::Fields,
    request_context::{self, Sender},
};
use crate::journal::JournalEntry;

/// What is known of `request` before it is handled.
pub(crate) fn begin(request: &Request) -> JournalEntry {
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("unknown", MatchedPath::as_str).to_owned();
    JournalEntry {
        method: request.method().to_string(),
        // The secret of a link opens an account to everybody who has it.
        path: if route.contains("{link}") {
            route.clone()
        } else {
            request.uri().path().to_owned()
        },
        route,
        status: 0,
        account: None,
        fields: Fields::of_query(request.uri()).without_secrets().into_iter().collect(),
    }
}

/// The entry of the request that has been handled.
pub(crate) fn end(mut entry: JournalEntry, status: StatusCode) -> JournalEntry {
    let Sender { account, fields } = request_context::sender();
    entry.status = status.as_u16();
    entry.account = account;
    entry.fields.extend(fields);
    entry
}
