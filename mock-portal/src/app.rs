//! The whole portal as a router, without a socket.

use std::sync::{Arc, PoisonError, RwLock};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};

use crate::{
    Clock, Control, Finance, PairingScope, Settings, StartError, accounts,
    database::Database,
    finance::{BuiltIn, fault::Faulty},
    language::Language,
    languages, pages, pairing, routes,
    web::{Failure, limits, security, sessions::Sessions},
};

/// What every handler can ask for.
#[derive(Clone)]
pub(crate) struct App {
    pub clock: Clock,
    pub database: Database,
    pub finance: Arc<dyn Finance>,
    pub pairing: Arc<RwLock<PairingScope>>,
    pub turns: pairing::Turns,
}

impl App {
    /// What one successful pairing opens at present.
    pub fn pairing(&self) -> PairingScope {
        *self.pairing.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The whole portal: tests and the kit wrap it in layers of their own.
pub fn app(settings: Settings) -> Result<Router, StartError> {
    Ok(routed(made(settings)?.0))
}

/// The whole portal, and what steers it. Its clock moves no other portal's.
pub fn steered(settings: Settings) -> Result<(Router, Control), StartError> {
    let settings = Settings {
        clock: settings.clock.apart(),
        ..settings
    };
    let fixture = settings.fixture.clone();
    let knows_offices = settings.finance.is_none();
    let (app, finance) = made(settings)?;
    let control = Control::new(app.clone(), finance, fixture, knows_offices);
    Ok((routed(app), control))
}

fn made(settings: Settings) -> Result<(App, Arc<Faulty>), StartError> {
    let database = Database::open(settings.data.as_deref())?;
    accounts::seed(&database, &settings.fixture.people)?;
    let finance = settings
        .finance
        .unwrap_or_else(|| Arc::new(BuiltIn::new(settings.fixture)));
    let finance = Arc::new(Faulty::new(finance));
    let app = App {
        clock: settings.clock,
        database,
        finance: finance.clone(),
        pairing: Arc::new(RwLock::new(settings.pairing)),
        turns: pairing::Turns::default(),
    };
    Ok((app, finance))
}

fn routed(app: App) -> Router {
    let sessions = SessionManagerLayer::new(Sessions::new(app.database.clone(), app.clock.clone()))
        .with_name("portal")
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnSessionEnd)
        // Served over plain HTTP on loopback.
        .with_secure(false);
    let table = routes::table()
        .into_iter()
        .fold(Router::new(), |router, (path, methods)| router.route(path, methods));
    table
        .fallback(pages::not_found)
        .method_not_allowed_fallback(pages::not_found)
        .layer(sessions)
        .layer(DefaultBodyLimit::max(limits::LONGEST_BODY))
        .layer(middleware::from_fn(answer))
        .with_state(app)
}

/// What goes for every request: until it is known who asks, what their browser says is their language; headers have a limit, and
/// no answer goes out without those that protect it.
async fn answer(request: Request, next: Next) -> Response {
    let language = languages::of_browser(request.headers());
    let answer = async {
        if limits::are_too_large(request.headers()) {
            Failure::HeadersTooLarge.into_response()
        } else {
            next.run(request).await
        }
    };
    security::with_headers(Language::while_answering(language, answer).await)
}
