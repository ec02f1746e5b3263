//! Lets requests fail as a test has set it.

use std::{io, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::{MatchedPath, Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::stream;

use super::failure::Failure;
use crate::portal_faults::PortalFaults;

/// Around every request's session and handler.
pub(crate) async fn inject(State(faults): State<PortalFaults>, request: Request, next: Next) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("unknown", MatchedPath::as_str);
    let Some(fault) = faults.strike(request.method().as_str(), route, request.uri().path()) else {
        return next.run(request).await;
    };
    tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
    let status = fault.status.and_then(|status| StatusCode::from_u16(status).ok());
    match status {
        _ if fault.cut => (status.unwrap_or_default(), cut()).into_response(),
        Some(status) => Failure::Injected(status).into_response(),
        None => next.run(request).await,
    }
}

/// A body that begins, and then fails: the server cuts the connection.
fn cut() -> Body {
    let pieces = [
        Ok(Bytes::from_static(b"<!doctype html>")),
        Err(io::Error::other("injected fault: the connection is cut")),
    ];
    Body::from_stream(stream::iter(pieces))
}
