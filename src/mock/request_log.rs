//! The request log of a scenario's mock portal: it is there even when the browser is gone.

use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;

/// Requests with their answers, one line each.
#[derive(Debug, Clone, Default)]
pub(super) struct RequestLog(Arc<Mutex<String>>);

impl RequestLog {
    /// Adds the logging layer to the portal.
    pub(crate) fn keep(&self, portal: Router) -> Router {
        let request_log = self.clone();
        portal.layer(from_fn(move |request: Request, next: Next| {
            let request_log = request_log.clone();
            async move { request_log.pass(request, next).await }
        }))
    }

    /// All lines so far.
    pub(crate) fn text(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn pass(&self, request: Request, next: Next) -> Response {
        let asked = format!("{} {}", request.method(), request.uri());
        let began = Instant::now();
        let response = next.run(request).await;
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (status, took) = (response.status().as_u16(), began.elapsed().as_millis());
        // Writing to a string does not fail.
        let _ = writeln!(lines, "{asked}: {status}, {took} ms");
        response
    }
}
