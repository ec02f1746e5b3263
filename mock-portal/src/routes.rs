//! All addresses of the portal, in one table.

use axum::{
    extract::FromRef,
    routing::{MethodRouter, get, post},
};

use crate::{
    accounts::{self, LoginsInProgress},
    dashboard, documents, feedback, language_choice, mailbox, pages,
    pairing::{self, PairingsInProgress},
    state::AppState,
    web::assets,
};

/// The state that the router gives to its handlers: what all features share, and what one feature alone has.
#[derive(Clone)]
pub(crate) struct RouterState {
    state: AppState,
    logins_in_progress: LoginsInProgress,
    pairings_in_progress: PairingsInProgress,
}

impl RouterState {
    pub(crate) fn new(state: AppState) -> Self {
        Self {
            state,
            logins_in_progress: LoginsInProgress::default(),
            pairings_in_progress: PairingsInProgress::default(),
        }
    }
}

impl FromRef<RouterState> for AppState {
    fn from_ref(router: &RouterState) -> Self {
        router.state.clone()
    }
}

impl FromRef<RouterState> for LoginsInProgress {
    fn from_ref(router: &RouterState) -> Self {
        router.logins_in_progress.clone()
    }
}

impl FromRef<RouterState> for PairingsInProgress {
    fn from_ref(router: &RouterState) -> Self {
        router.pairings_in_progress.clone()
    }
}

/// Each address with its handlers.
pub(crate) fn table() -> Vec<(&'static str, MethodRouter<RouterState>)> {
    vec![
        ("/", get(pages::home)),
        // Accounts
        ("/login", get(accounts::login::form).post(accounts::login::submit)),
        ("/logout", post(accounts::login::logout)),
        ("/account", get(accounts::overview::show)),
        (
            "/account/password",
            get(accounts::new_password::change_form).post(accounts::new_password::change),
        ),
        (
            "/accounts/new",
            get(accounts::create::form).post(accounts::create::submit),
        ),
        (
            "/accounts/confirm/{link}",
            get(accounts::create::confirm).head(accounts::create::confirm_head),
        ),
        (
            "/accounts/forgotten-username",
            get(accounts::forgotten::username_form).post(accounts::forgotten::mail_username),
        ),
        (
            "/accounts/forgotten-password",
            get(accounts::forgotten::password_form).post(accounts::forgotten::mail_password_link),
        ),
        (
            "/accounts/new-password/{link}",
            get(accounts::new_password::form).post(accounts::new_password::submit),
        ),
        ("/accounts/sent/{what}", get(accounts::result_page::sent)),
        // The mock's own mailbox
        ("/mailbox", get(mailbox::list)),
        ("/mailbox/{mail}", get(mailbox::show)),
        // Dashboard
        ("/dashboard", get(dashboard::show)),
        ("/dashboard/arrange", post(dashboard::arrange)),
        ("/dashboard/clear", get(dashboard::ask_to_clear).post(dashboard::clear)),
        ("/dashboard/view", post(dashboard::change_view)),
        ("/dashboard/templates/{template}", post(dashboard::use_template)),
        ("/dashboard/widgets/{widget}", get(dashboard::show_widget)),
        ("/dashboard/note", post(dashboard::save_note)),
        ("/dashboard/links", post(dashboard::change_links)),
        ("/dashboard/cities", post(dashboard::change_cities)),
        ("/search/{service}", get(dashboard::search_results)),
        ("/search/{service}/saved", post(dashboard::change_saved)),
        // Pairing
        ("/pairing/{widget}", get(pairing::form).post(pairing::submit)),
        // An Office's documents
        ("/documents/{widget}/{file}", get(documents::download)),
        // Help, and where links lead that would leave the portal
        ("/language", get(language_choice::form).post(language_choice::choose)),
        ("/help", get(pages::help)),
        ("/feedback", get(feedback::form).post(feedback::submit)),
        ("/feedback/sent", get(feedback::sent)),
        ("/finance-infoline", get(pages::infoline)),
        ("/tutorials", get(pages::tutorials)),
        ("/scam-awareness", get(pages::scams)),
        ("/guides/{guide}", get(pages::guide)),
        ("/leaving", get(pages::leaving)),
        ("/assets/{*file}", get(assets::serve)),
    ]
}

/// The addresses of the whole portal, as patterns: `/pairing/{widget}`.
#[must_use]
pub fn paths() -> Vec<&'static str> {
    table().into_iter().map(|(path, _)| path).collect()
}
