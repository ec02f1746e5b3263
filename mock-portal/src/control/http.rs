//! The control interface over HTTP: `docs/control-interface.md` in code.

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use serde::{Deserialize, de::DeserializeOwned};

use super::{
    guard,
    json::{error_response, json_response},
    portal_control::{Control, ControlError},
    seed::Seed,
};
use crate::{finance::Fault, store::PairingScope};

/// In bytes: room for a seed of thousands of accounts.
const LARGEST_BODY: usize = 1024 * 1024;

/// The control interface as a router. Serve it on a loopback address of its own, and only on request.
pub fn control_interface(control: Control) -> Router {
    Router::new()
        .route("/", get(show_state))
        .route("/reset", post(reset))
        .route("/seed", post(seed))
        .route("/clock", put(move_clock))
        .route("/finance", put(set_fault))
        .route("/pairing", put(set_pairing))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn(guard::programs_only))
        .with_state(control)
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum ClockBody {
    Set(String),
    Advance(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FinanceBody {
    fault: Fault,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PairingBody {
    scope: PairingScope,
}

/// Why a request changes nothing.
enum RequestError {
    /// The content type is not JSON's.
    NotJson,
    Body(serde_json::Error),
    Control(ControlError),
    /// The change panicked; its transaction was rolled back.
    Panicked,
}

impl From<ControlError> for RequestError {
    fn from(error: ControlError) -> Self {
        Self::Control(error)
    }
}

impl IntoResponse for RequestError {
    fn into_response(self) -> Response {
        let (status, message) = match self {
            Self::NotJson => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "send JSON, with the header Content-Type: application/json".to_owned(),
            ),
            Self::Body(error) => (StatusCode::UNPROCESSABLE_ENTITY, error.to_string()),
            Self::Control(ControlError::Portal(error)) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
            Self::Control(error) => (StatusCode::UNPROCESSABLE_ENTITY, error.to_string()),
            Self::Panicked => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "the portal panicked: that is a fault of the portal".to_owned(),
            ),
        };
        (status, error_response(&message)).into_response()
    }
}

/// Every successful request is answered with the state of the portal after it.
async fn show_state(State(control): State<Control>) -> Result<Response, RequestError> {
    let state = serde_json::to_string(&control.state()).map_err(RequestError::Body)?;
    Ok(json_response(&state))
}

async fn reset(State(control): State<Control>) -> Result<Response, RequestError> {
    run_blocking(control, |control| Ok(control.reset()?)).await
}

async fn seed(State(control): State<Control>, headers: HeaderMap, body: Bytes) -> Result<Response, RequestError> {
    let wanted: Seed = parse(&headers, &body)?;
    run_blocking(control, move |control| Ok(control.seed(&wanted)?)).await
}

async fn move_clock(State(control): State<Control>, headers: HeaderMap, body: Bytes) -> Result<Response, RequestError> {
    match parse(&headers, &body)? {
        ClockBody::Set(moment) => control.set_clock(&moment)?,
        ClockBody::Advance(duration) => control.advance_clock(&duration)?,
    }
    show_state(State(control)).await
}

async fn set_fault(State(control): State<Control>, headers: HeaderMap, body: Bytes) -> Result<Response, RequestError> {
    let FinanceBody { fault } = parse(&headers, &body)?;
    control.set_fault(fault);
    show_state(State(control)).await
}

async fn set_pairing(
    State(control): State<Control>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, RequestError> {
    let PairingBody { scope } = parse(&headers, &body)?;
    control.set_pairing(scope);
    show_state(State(control)).await
}

/// On a thread for blocking work: passwords may have to be hashed, which is meant to be slow.
async fn run_blocking(
    control: Control,
    change: impl FnOnce(&Control) -> Result<(), RequestError> + Send + 'static,
) -> Result<Response, RequestError> {
    let controlled = control.clone();
    tokio::task::spawn_blocking(move || change(&controlled))
        .await
        .map_err(|_| RequestError::Panicked)??;
    show_state(State(control)).await
}

/// The body. A web page's form cannot have the content type of JSON.
fn parse<T: DeserializeOwned>(headers: &HeaderMap, body: &Bytes) -> Result<T, RequestError> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let essence = kind.and_then(|kind| kind.split(';').next()).map(str::trim);
    if essence.is_none_or(|kind| !kind.eq_ignore_ascii_case("application/json")) {
        return Err(RequestError::NotJson);
    }
    serde_json::from_slice(body).map_err(RequestError::Body)
}
