//! The whole portal as a router, without a socket.

use std::sync::Arc;

use axum::{Router, extract::DefaultBodyLimit, middleware};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};

use crate::{
    Clock, Finance, PairingScope, Settings, StartError, accounts,
    database::Database,
    finance::BuiltIn,
    languages, pages, pairing, routes,
    web::{security, sessions::Sessions},
};

/// Nobody types more into a form of ours.
const LONGEST_BODY: usize = 64 * 1024;

/// What every handler can ask for.
#[derive(Clone)]
pub(crate) struct App {
    pub clock: Clock,
    pub database: Database,
    pub finance: Arc<dyn Finance>,
    pub pairing: PairingScope,
    pub turns: pairing::Turns,
}

/// The whole portal: tests and the kit wrap it in layers of their own.
pub fn app(settings: Settings) -> Result<Router, StartError> {
    let database = Database::open(settings.data.as_deref())?;
    accounts::seed(&database, &settings.fixture.people)?;
    let sessions = SessionManagerLayer::new(Sessions::new(database.clone(), settings.clock.clone()))
        .with_name("portal")
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnSessionEnd)
        // Served over plain HTTP on loopback.
        .with_secure(false);
    let app = App {
        clock: settings.clock,
        database,
        finance: settings
            .finance
            .unwrap_or_else(|| Arc::new(BuiltIn::new(settings.fixture))),
        pairing: settings.pairing,
        turns: pairing::Turns::default(),
    };
    let table = routes::table()
        .into_iter()
        .fold(Router::new(), |router, (path, methods)| router.route(path, methods));
    Ok(table
        .fallback(pages::not_found)
        .method_not_allowed_fallback(pages::not_found)
        .layer(sessions)
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(middleware::map_response(security::headers))
        .layer(middleware::from_fn(languages::answer_in_language_of_browser))
        .with_state(app))
}
