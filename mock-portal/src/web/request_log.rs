//! What is logged of a request: its id, method, route and status, and the cause of every 5xx. Neither address nor
//! headers nor body are logged: they hold links from mails, session cookies, passwords and Access Codes. The route is
//! the pattern in `routes.rs`.

use std::{error::Error, sync::Arc};

use axum::{
    extract::{MatchedPath, Request},
    response::Response,
};
use tracing::{Span, error, error_span, info};

use super::request_context::RequestId;

/// The cause of a response with status 5xx. It travels with the response to the log.
#[derive(Clone, Debug)]
pub(crate) struct Cause(Arc<dyn Error + Send + Sync>);

impl Cause {
    pub(crate) fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(error.into().into())
    }

    /// `response`, which is an error because of this.
    pub(crate) fn attach_to(self, mut response: Response) -> Response {
        response.extensions_mut().insert(self);
        response
    }
}

/// Around all that is logged while `request` is handled.
pub(crate) fn span(id: RequestId, request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("unknown", MatchedPath::as_str);
    error_span!("request", %id, method = %request.method(), route)
}

/// Logs how the request of the current span ended.
pub(crate) fn log(response: &Response) {
    let status = response.status().as_u16();
    match response.extensions().get::<Cause>() {
        Some(Cause(cause)) => error!(status, cause = &**cause as &(dyn Error + 'static), "request failed"),
        None if response.status().is_server_error() => error!(status, "request failed without a known cause"),
        None => info!(status, "request handled"),
    }
}
