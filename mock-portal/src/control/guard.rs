//! Who may use the control interface: programs on this machine, and no web page that is open in a browser here.

use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::json::error_response;
use crate::web::host::{self, HostError};

/// Passes on the requests that no page in a browser could have sent.
pub(super) async fn programs_only(request: Request, next: Next) -> Response {
    match refusal(&request) {
        Some((status, reason)) => (status, error_response(reason)).into_response(),
        None => next.run(request).await,
    }
}

fn refusal(request: &Request) -> Option<(StatusCode, &'static str)> {
    let headers = request.headers();
    match host::check(request) {
        Err(HostError::Malformed) => Some((
            StatusCode::BAD_REQUEST,
            "a request names the host that it is for, and names it once",
        )),
        Err(HostError::Foreign) => Some((
            StatusCode::FORBIDDEN,
            "the control interface answers to 127.0.0.1, [::1] and localhost only: use one of these names",
        )),
        Ok(()) if headers.contains_key(header::ORIGIN) || is_from_page(headers) => Some((
            StatusCode::FORBIDDEN,
            "the control interface is for programs: web pages may not use it",
        )),
        Ok(()) => None,
    }
}

/// Browsers mark the requests of pages (Fetch Metadata); an address that a person typed has "none".
fn is_from_page(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site != "none")
}
