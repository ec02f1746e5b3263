//! The control interface over HTTP: `docs/control-interface.md` in code.

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State as Handle},
    http::{HeaderMap, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

use super::{Control, ControlError, Seed, guard};
use crate::{PairingScope, finance::Fault};

/// A seed of thousands of accounts has room.
const LONGEST_BODY: usize = 1024 * 1024;

/// The control interface as a router. Serve it on a loopback address of its own, and only if somebody asks for it.
pub fn control_interface(control: Control) -> Router {
    Router::new()
        .route("/", get(state))
        .route("/reset", post(reset))
        .route("/seed", post(seed))
        .route("/clock", put(move_clock))
        .route("/finance", put(set_fault))
        .route("/pairing", put(set_pairing))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(middleware::from_fn(guard::programs_only))
        .with_state(control)
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Move {
    Set(String),
    Advance(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Finance {
    fault: Fault,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pairing {
    scope: PairingScope,
}

/// Why a request changes nothing.
enum Refused {
    NoJson,
    Body(serde_json::Error),
    Control(ControlError),
    /// The work was given up half-way, which its transaction undid.
    Broken,
}

impl From<ControlError> for Refused {
    fn from(error: ControlError) -> Self {
        Self::Control(error)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, told) = match self {
            Self::NoJson => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "send JSON, with the header Content-Type: application/json".to_owned(),
            ),
            Self::Body(error) => (StatusCode::UNPROCESSABLE_ENTITY, error.to_string()),
            Self::Control(ControlError::Portal(error)) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
            Self::Control(error) => (StatusCode::UNPROCESSABLE_ENTITY, error.to_string()),
            Self::Broken => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "the portal broke down over it: that is a fault of the portal".to_owned(),
            ),
        };
        (status, problem(&told)).into_response()
    }
}

pub(super) fn problem(told: &str) -> impl IntoResponse + use<> {
    json_text(&json!({ "error": told }).to_string())
}

fn json_text(text: &str) -> ([(header::HeaderName, &'static str); 1], String) {
    ([(header::CONTENT_TYPE, "application/json")], format!("{text}\n"))
}

/// Every request is answered with how the portal stands then.
async fn state(Handle(control): Handle<Control>) -> Result<Response, Refused> {
    let state = serde_json::to_string(&control.state()).map_err(Refused::Body)?;
    Ok(json_text(&state).into_response())
}

async fn reset(Handle(control): Handle<Control>) -> Result<Response, Refused> {
    changed(control, |control| Ok(control.reset()?)).await
}

async fn seed(Handle(control): Handle<Control>, headers: HeaderMap, body: Bytes) -> Result<Response, Refused> {
    let wanted: Seed = sent(&headers, &body)?;
    changed(control, move |control| Ok(control.seed(&wanted)?)).await
}

async fn move_clock(Handle(control): Handle<Control>, headers: HeaderMap, body: Bytes) -> Result<Response, Refused> {
    match sent(&headers, &body)? {
        Move::Set(moment) => control.set_clock(&moment)?,
        Move::Advance(length) => control.advance_clock(&length)?,
    }
    state(Handle(control)).await
}

async fn set_fault(Handle(control): Handle<Control>, headers: HeaderMap, body: Bytes) -> Result<Response, Refused> {
    let Finance { fault } = sent(&headers, &body)?;
    control.set_fault(fault);
    state(Handle(control)).await
}

async fn set_pairing(Handle(control): Handle<Control>, headers: HeaderMap, body: Bytes) -> Result<Response, Refused> {
    let Pairing { scope } = sent(&headers, &body)?;
    control.set_pairing(scope);
    state(Handle(control)).await
}

/// Passwords may have to be hashed, which is meant to be slow: on a thread of its own.
async fn changed(
    control: Control,
    change: impl FnOnce(&Control) -> Result<(), Refused> + Send + 'static,
) -> Result<Response, Refused> {
    let steered = control.clone();
    tokio::task::spawn_blocking(move || change(&steered))
        .await
        .map_err(|_| Refused::Broken)??;
    state(Handle(control)).await
}

/// What was sent. A form of a web page can't say that it is JSON.
fn sent<T: DeserializeOwned>(headers: &HeaderMap, body: &Bytes) -> Result<T, Refused> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let essence = kind.and_then(|kind| kind.split(';').next()).map(str::trim);
    if essence.is_none_or(|kind| !kind.eq_ignore_ascii_case("application/json")) {
        return Err(Refused::NoJson);
    }
    serde_json::from_slice(body).map_err(Refused::Body)
}
