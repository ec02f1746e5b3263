//! The control interface over HTTP: `docs/control-interface.md` in code.

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest, Path, Request, State},
    http::{StatusCode, Uri, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tokio::time::timeout;

use super::{
    guard,
    json::{error_response, json_response},
    portal_control::{Control, ControlError},
    requests::{FoundRequests, RequestQuery},
    seed::Seed,
};
use crate::{finance::Fault, portal_faults::PortalFault, store::PairingScope, web::limits::BODY_TIMEOUT};

/// In bytes: room for a seed of thousands of accounts.
const LARGEST_BODY: usize = 1024 * 1024;

/// The control interface as a router. Serve it on a loopback address of its own, and only on request.
pub fn control_interface(control: Control) -> Router {
    Router::new()
        .route("/", get(show_state))
        .route("/health", get(async || json_response(r#"{"status": "alive"}"#)))
        .route("/ready", get(ready))
        .route(
            "/accounts",
            get(async |State(control): State<Control>| to_json(&control.accounts()?)),
        )
        .route("/accounts/{username}", get(show_account))
        .route(
            "/blocks",
            get(async |State(control): State<Control>| to_json(&control.blocks()?)),
        )
        .route(
            "/mails",
            get(async |State(control): State<Control>| to_json(&control.mails()?)),
        )
        .route(
            "/faults",
            get(async |State(control): State<Control>| to_json(&control.portal_faults())).put(set_faults),
        )
        .route("/requests", get(show_requests).delete(forget_requests))
        .route("/reset", post(reset))
        .route("/seed", post(seed))
        .route("/clock", put(move_clock))
        .route("/finance", put(set_fault))
        .route("/pairing", put(set_pairing))
        .fallback(async || RequestError::NoSuchAddress)
        .method_not_allowed_fallback(async || RequestError::WrongMethod)
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
    NoSuchAddress,
    NoSuchAccount(String),
    WrongMethod,
    /// What is asked cannot be understood.
    Query(String),
    /// There are other requests than there should be.
    Unexpected(String),
    /// The portal cannot answer at present.
    NotReady(ControlError),
    /// The content type is not JSON's.
    NotJson,
    TooLarge,
    /// It ended before its end, or took too long.
    Incomplete,
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
            Self::NoSuchAddress => (
                StatusCode::NOT_FOUND,
                "there is no such address; docs/control-interface.md has all of them".to_owned(),
            ),
            Self::NoSuchAccount(username) => (
                StatusCode::NOT_FOUND,
                format!("no account has the username {username:?}; GET /accounts has all of them"),
            ),
            Self::Query(problem) => (StatusCode::UNPROCESSABLE_ENTITY, problem),
            Self::Unexpected(problem) => (StatusCode::CONFLICT, problem),
            Self::NotReady(error) => (StatusCode::SERVICE_UNAVAILABLE, error.to_string()),
            Self::WrongMethod => (
                StatusCode::METHOD_NOT_ALLOWED,
                "this address has other methods: the header Allow says which".to_owned(),
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("a body has at most {LARGEST_BODY} bytes; send it in parts"),
            ),
            Self::Incomplete => (StatusCode::BAD_REQUEST, "the body did not arrive".to_owned()),
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

/// Every change is answered with the state of the portal after it.
async fn show_state(State(control): State<Control>) -> Result<Response, RequestError> {
    to_json(&control.state())
}

fn to_json(answer: &impl Serialize) -> Result<Response, RequestError> {
    let text = serde_json::to_string(answer).map_err(RequestError::Body)?;
    Ok(json_response(&text))
}

async fn ready(State(control): State<Control>) -> Result<Response, RequestError> {
    control.is_ready().map_err(RequestError::NotReady)?;
    Ok(json_response(r#"{"status": "ready"}"#))
}

async fn show_account(State(control): State<Control>, Path(username): Path<String>) -> Result<Response, RequestError> {
    match control.account(&username)? {
        Some(account) => to_json(&account),
        None => Err(RequestError::NoSuchAccount(username)),
    }
}

async fn show_requests(State(control): State<Control>, address: Uri) -> Result<Response, RequestError> {
    let query = RequestQuery::read(&address).map_err(RequestError::Query)?;
    let requests = control.requests(&query.filter);
    let count = requests.len();
    match query.problem(count) {
        Some(problem) => Err(RequestError::Unexpected(problem)),
        None => to_json(&FoundRequests { count, requests }),
    }
}

async fn forget_requests(State(control): State<Control>) -> Result<Response, RequestError> {
    control.forget_requests();
    show_state(State(control)).await
}

async fn reset(State(control): State<Control>) -> Result<Response, RequestError> {
    run_blocking(control, |control| Ok(control.reset()?)).await
}

async fn seed(State(control): State<Control>, Json(wanted): Json<Seed>) -> Result<Response, RequestError> {
    run_blocking(control, move |control| Ok(control.seed(&wanted)?)).await
}

async fn move_clock(State(control): State<Control>, Json(change): Json<ClockBody>) -> Result<Response, RequestError> {
    match change {
        ClockBody::Set(moment) => control.set_clock(&moment)?,
        ClockBody::Advance(duration) => control.advance_clock(&duration)?,
    }
    show_state(State(control)).await
}

async fn set_fault(
    State(control): State<Control>,
    Json(FinanceBody { fault }): Json<FinanceBody>,
) -> Result<Response, RequestError> {
    control.set_fault(fault);
    show_state(State(control)).await
}

async fn set_faults(
    State(control): State<Control>,
    Json(faults): Json<Vec<PortalFault>>,
) -> Result<Response, RequestError> {
    control.set_portal_faults(faults)?;
    show_state(State(control)).await
}

async fn set_pairing(
    State(control): State<Control>,
    Json(PairingBody { scope }): Json<PairingBody>,
) -> Result<Response, RequestError> {
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

/// A body in JSON. A web page's form cannot have the content type of JSON.
struct Json<T>(T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = RequestError;

    async fn from_request(request: Request, state: &S) -> Result<Self, RequestError> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let essence = kind
            .and_then(|kind| kind.to_str().ok()?.split(';').next())
            .map(str::trim);
        if essence.is_none_or(|kind| !kind.eq_ignore_ascii_case("application/json")) {
            return Err(RequestError::NotJson);
        }
        let body = timeout(BODY_TIMEOUT, Bytes::from_request(request, state))
            .await
            .map_err(|_| RequestError::Incomplete)?
            .map_err(|refused| match refused.status() {
                StatusCode::PAYLOAD_TOO_LARGE => RequestError::TooLarge,
                _ => RequestError::Incomplete,
            })?;
        serde_json::from_slice(&body).map(Self).map_err(RequestError::Body)
    }
}
