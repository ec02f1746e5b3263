//! The whole portal as a router, without a socket.

use std::{convert::Infallible, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tower::{Layer, Service};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};
use tracing::Instrument;

use crate::{
    accounts::{self, CreateAccountsError},
    control::Control,
    error::StartError,
    finance::FaultInjector,
    fixture::FixtureFinance,
    journal::Journal,
    language_choice, pages,
    routes::{self, RouterState},
    settings::Settings,
    state::AppState,
    store::{Database, limit_attempts},
    web::{
        Failure, fault_injection, host, journaling, limits,
        request_context::{self, RequestId},
        request_log, security,
        sessions::Sessions,
    },
};

/// The whole portal: tests and the kit wrap it in layers of their own.
pub fn app(settings: Settings) -> Result<Router, StartError> {
    Ok(router(new_state(settings)?.0))
}

/// The whole portal, and what controls it. Its clock moves no other portal's.
pub fn app_with_control(settings: Settings) -> Result<(Router, Control), StartError> {
    let settings = Settings {
        clock: settings.clock.detached(),
        ..settings
    };
    let fixture = settings.fixture.clone();
    let knows_offices = settings.finance.is_none();
    let (state, finance) = new_state(settings)?;
    let control = Control::new(state.clone(), finance, fixture, knows_offices);
    Ok((router(state), control))
}

fn new_state(settings: Settings) -> Result<(AppState, Arc<FaultInjector>), StartError> {
    let database = Database::open(settings.data.as_deref())?;
    database
        .with(|db| limit_attempts(db, settings.clock.moment().counted))
        .map_err(CreateAccountsError::from)?;
    accounts::create_missing(&database, &settings.fixture.people)?;
    let finance = settings
        .finance
        .unwrap_or_else(|| Arc::new(FixtureFinance::new(settings.fixture)));
    let finance = Arc::new(FaultInjector::new(finance));
    let state = AppState::new(settings.clock, database, finance.clone(), settings.pairing);
    Ok((state, finance))
}

fn router(state: AppState) -> Router {
    let sessions = SessionManagerLayer::new(Sessions::new(state.database.clone(), state.clock.clone()))
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnSessionEnd)
        // Served over plain HTTP on loopback.
        .with_secure(false);
    let table = routes::table()
        .into_iter()
        .fold(Router::new(), |router, (path, methods)| router.route(path, methods));
    table
        .fallback(pages::not_found)
        .method_not_allowed_fallback(pages::wrong_method)
        .layer(middleware::from_fn_with_state(sessions, with_session))
        .layer(middleware::from_fn_with_state(
            state.faults.clone(),
            fault_injection::inject,
        ))
        .layer(middleware::from_fn_with_state(state.journal.clone(), respond))
        .with_state(RouterState::new(state))
}

/// Around every request: it is for this machine, it has an id in the log, its language is the browser's until the session is known, its headers
/// have a limit, and every response has the security headers.
async fn respond(State(journal): State<Journal>, request: Request, next: Next) -> Response {
    let id = RequestId::random();
    let language = language_choice::of_browser(request.headers());
    let span = request_log::span(id, &request);
    let entry = journaling::begin(&request);
    let respond = async {
        let response = match refusal(&request) {
            Some(failure) => failure.into_response(),
            None => next.run(request).await,
        };
        request_log::log(&response);
        journal.record(journaling::end(entry, response.status()));
        security::with_headers(response)
    };
    request_context::scope(id, language, respond).instrument(span).await
}

/// The session's cookie is called after the port that the request was sent to.
async fn with_session(
    State(sessions): State<SessionManagerLayer<Sessions>>,
    request: Request,
    next: Next,
) -> Result<Response, Infallible> {
    let name = host::cookie_name("portal", request.headers());
    sessions.with_name(name).layer(next).call(request).await
}

/// Why a request is not handled at all.
fn refusal(request: &Request) -> Option<Failure> {
    let too_large = || limits::are_too_large(request.headers()).then_some(Failure::HeadersTooLarge);
    host::check(request).err().map(Failure::from).or_else(too_large)
}
