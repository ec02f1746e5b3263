//! Who may use the control interface: programs on this machine, and no web page that is open in a browser here.

use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::json::error_response;

/// Passes on the requests that no page in a browser could have sent.
pub(super) async fn programs_only(request: Request, next: Next) -> Response {
    match refusal(request.headers()) {
        Some(reason) => (StatusCode::FORBIDDEN, error_response(reason)).into_response(),
        None => next.run(request).await,
    }
}

fn refusal(headers: &HeaderMap) -> Option<&'static str> {
    if !is_loopback(headers) {
        // A name that an attacker's server gives out for 127.0.0.1 (DNS rebinding) stands here as it is.
        Some("the control interface answers to 127.0.0.1, [::1] and localhost only: use one of these names")
    } else if headers.contains_key(header::ORIGIN) || is_from_page(headers) {
        Some("the control interface is for programs: web pages may not use it")
    } else {
        None
    }
}

fn is_loopback(headers: &HeaderMap) -> bool {
    headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok()?.parse::<Authority>().ok())
        .is_some_and(|host| matches!(host.host(), "127.0.0.1" | "[::1]" | "localhost"))
}

/// Browsers mark the requests of pages (Fetch Metadata); an address that a person typed has "none".
fn is_from_page(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site != "none")
}
