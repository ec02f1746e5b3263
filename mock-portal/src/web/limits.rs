//! What a request may bring along. The server itself refuses what is beyond all measure (`server.rs`).

use std::time::Duration;

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::Failure;

/// Nobody types more into a form of ours. In bytes.
pub(crate) const LONGEST_BODY: usize = 64 * 1024;
/// A form must be here in this time.
pub(super) const BODY_PATIENCE: Duration = Duration::from_secs(30);
/// In bytes, of names and values. Browsers send about one KiB.
const LARGEST_HEADERS: usize = 16 * 1024;

/// Refuses headers that are larger than a browser's, cookies of other sites on this machine for example, and says so.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let size: usize = request
        .headers()
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    if size > LARGEST_HEADERS {
        return Failure::HeadersTooLarge.into_response();
    }
    next.run(request).await
}
