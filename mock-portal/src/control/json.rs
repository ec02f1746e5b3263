//! Responses in JSON.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::json;

/// `text`, which is JSON.
pub(super) fn json_response(text: &str) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], format!("{text}\n")).into_response()
}

/// Why a request changes nothing.
pub(super) fn error_response(message: &str) -> Response {
    json_response(&json!({ "error": message }).to_string())
}
