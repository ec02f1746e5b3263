//! The pairing form.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use tracing::Instrument;

use super::{
    attempt::attempt_one_at_a_time,
    in_progress::PairingsInProgress,
    outcome::Outcome,
    request::{PairingFormErrors, PairingRequest},
};
use crate::{
    finance::CustomerId,
    state::AppState,
    store::offices_for,
    web::{
        Failure, Page, SignedIn, SignedInForm, html, html_with,
        request_context::{self, RequestId},
        request_log::Cause,
    },
    widgets::Widget,
};

#[derive(Template)]
#[template(path = "pairing/form.html")]
struct PairingPage {
    page: Page,
    widget: &'static Widget,
    paired_with: Vec<CustomerId>,
    /// As it was typed.
    customer_id: String,
    errors: PairingFormErrors,
    /// What is said above the fields.
    message: Option<&'static str>,
    /// Shown where something failed, so that it can be found in the log.
    request_id: Option<RequestId>,
}

/// The form that pairs `widget`.
pub(crate) async fn form(
    State(state): State<AppState>,
    Path(widget): Path<String>,
    signed_in: SignedIn,
) -> Result<Response, Failure> {
    let widget = pairable(&widget)?;
    let paired_with = state
        .database
        .with(|db| offices_for(db, signed_in.account.id, widget.id, state.pairing_scope()))?;
    html(&PairingPage {
        page: signed_in.page,
        widget,
        paired_with,
        customer_id: String::new(),
        errors: PairingFormErrors::default(),
        message: None,
        request_id: None,
    })
}

/// Pairs `widget`, or shows the form again. The Access Code goes to the Finance service and nowhere else.
pub(crate) async fn submit(
    State(state): State<AppState>,
    State(pairings): State<PairingsInProgress>,
    Path(widget): Path<String>,
    form: SignedInForm,
) -> Result<Response, Failure> {
    let SignedInForm { signed_in, fields } = form;
    let widget = pairable(&widget)?;
    let customer_id = fields.get("customer_id").trim().to_owned();
    let form_again = |errors, message| PairingPage {
        page: signed_in.page,
        widget,
        paired_with: Vec::new(),
        customer_id,
        errors,
        message,
        request_id: None,
    };
    let request = match PairingRequest::parse(&fields) {
        Ok(request) => request,
        Err(errors) => return html_with(StatusCode::UNPROCESSABLE_ENTITY, &form_again(errors, None)),
    };
    // A task of its own: a double click drops the first connection, and its attempt is finished all the same.
    let attempt = attempt_one_at_a_time(state, pairings, signed_in.account.id, widget.id, request);
    let outcome = tokio::spawn(attempt.in_current_span()).await??;
    let Some((status, message)) = outcome.message() else {
        return Ok(Redirect::to("/dashboard").into_response());
    };
    let form = form_again(PairingFormErrors::default(), Some(message));
    match outcome {
        Outcome::Failed(error) => {
            let failed = PairingPage {
                request_id: request_context::id(),
                ..form
            };
            Ok(Cause::new(error).attach_to(html_with(status, &failed)?))
        }
        Outcome::PairedWithAnother(paired_with) => html_with(status, &PairingPage { paired_with, ..form }),
        _ => html_with(status, &form),
    }
}

fn pairable(id: &str) -> Result<&'static Widget, Failure> {
    Widget::find(id)
        .filter(|widget| widget.is_pairable())
        .ok_or(Failure::NotFound)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tower_sessions::Session;

    use super::*;
    use crate::{
        clock::Clock,
        fixture::{Fixture, FixtureFinance},
        store::{Account, AccountId, Database, PairingScope},
        web::{Fields, sessions::Sessions},
    };

    /// Submits a form to a portal whose database lacks the tables that pairing needs.
    async fn submit_without_tables(form: &str) -> Result<Response, Failure> {
        let database = Database::open(None).unwrap();
        let drop_tables = "DROP TABLE pairing; DROP TABLE failed_attempt;";
        database.with(|db| db.execute_batch(drop_tables)).unwrap();
        let finance = Arc::new(FixtureFinance::new(Fixture::built_in()));
        let clock = Clock::training();
        let sessions = Sessions::new(database.clone(), clock.clone());
        let state = AppState::new(clock, database, finance, PairingScope::PerWidget);
        let signed_in = SignedIn {
            account: Account {
                id: AccountId::from(1),
                username: "amara".into(),
                name: "Amara Diallo".into(),
                mail: "amara@arcadia.example".into(),
            },
            page: Page::without_session(),
            session: Session::new(None, Arc::new(sessions), None),
        };
        let form = SignedInForm {
            signed_in,
            fields: Fields::parse(form.as_bytes()),
        };
        let widget = Path("distribution-reports".to_owned());
        submit(State(state), State(PairingsInProgress::default()), widget, form).await
    }

    #[tokio::test]
    async fn a_malformed_form_is_answered_without_the_database() {
        let malformed = "customer_id=4120&access_code=A7K2M9QX";
        let response = submit_without_tables(malformed).await.unwrap();
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let well_formed = "customer_id=41207&access_code=A7K2M9QX";
        let failure = submit_without_tables(well_formed).await.unwrap_err();
        assert!(failure.to_string().contains("no such table"), "{failure}");
    }
}
