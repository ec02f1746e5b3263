//! The pairing form, and what becomes of it.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{
    rules::{Entry, Problems},
    store,
};
use crate::{
    accounts::attempts::{self, What},
    app::App,
    dashboard::widget::Widget,
    finance::FinanceError,
    language::t,
    web::{Failure, Page, SignedIn, SignedInForm, html, html_with},
};

/// What a wrong ID, a wrong code and another Office's code are all told.
const WRONG: &str = t("This Office Customer ID and this Access Code do not belong together. Check both and try again.");
const BLOCKED: &str =
    t("Pairing is blocked after several wrong attempts. Wait 15 minutes, or ask the Finance Infoline.");
const UNREACHABLE: &str =
    t("The Finance service does not answer at the moment. Nothing was paired. Try again in a few minutes.");
const NONSENSE: &str =
    t("The Finance service gave an answer that cannot be used. Nothing was paired. Try again in a few minutes.");

#[derive(Template)]
#[template(path = "pairing/form.html")]
struct PairingForm {
    page: Page,
    widget: &'static Widget,
    paired_with: Vec<String>,
    customer_id: String,
    problems: Problems,
    error: Option<&'static str>,
}

/// The form that pairs `widget`.
pub(crate) async fn form(
    State(app): State<App>,
    Path(widget): Path<String>,
    signed_in: SignedIn,
) -> Result<Response, Failure> {
    let widget = pairable(&widget)?;
    let paired_with = offices(&app, signed_in.account.id, widget)?;
    html(&PairingForm {
        page: signed_in.page,
        widget,
        paired_with,
        customer_id: String::new(),
        problems: Problems::default(),
        error: None,
    })
}

/// Pairs `widget`, or shows the form again. The Access Code goes to the Finance service and nowhere else.
pub(crate) async fn submit(
    State(app): State<App>,
    Path(widget): Path<String>,
    form: SignedInForm,
) -> Result<Response, Failure> {
    let SignedInForm { signed_in, fields } = form;
    let widget = pairable(&widget)?;
    let entry = Entry::new(fields.get("customer_id"), fields.get("access_code"));
    let asked = Asked {
        widget: widget.id,
        customer_id: entry.customer_id.to_owned(),
        access_code: entry.access_code.to_owned(),
    };
    // A task of its own: whoever clicks twice drops the first connection, and what was begun is finished all the same.
    let outcome = tokio::spawn(in_turn(app, signed_in.account.id, widget, asked)).await??;
    let Some((status, error)) = outcome.told() else {
        return Ok(Redirect::to("/dashboard").into_response());
    };
    let form = PairingForm {
        page: signed_in.page,
        widget,
        paired_with: Vec::new(),
        customer_id: entry.customer_id.to_owned(),
        problems: entry.problems(),
        error,
    };
    html_with(status, &form)
}

/// What was submitted; kept only while it is under way.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Asked {
    widget: &'static str,
    customer_id: String,
    access_code: String,
}

/// Pairs when it is this account's turn; what was asked while waiting for the same has its answer already.
async fn in_turn(app: App, account: i64, widget: &'static Widget, asked: Asked) -> Result<Outcome, Failure> {
    let mut turn = app.turns.of(account).await;
    if let Some((_, outcome)) = turn.last.as_ref().filter(|(before, _)| *before == asked) {
        return Ok(outcome.clone());
    }
    let outcome = if offices(&app, account, widget)?.is_empty() {
        let entry = Entry::new(&asked.customer_id, &asked.access_code);
        attempt(&app, account, widget, &entry).await?
    } else {
        Outcome::Paired
    };
    *turn.last = Some((asked, outcome.clone()));
    Ok(outcome)
}

/// How an attempt to pair ends.
#[derive(Clone)]
pub(super) enum Outcome {
    Paired,
    Malformed,
    Wrong,
    Blocked,
    Failed(FinanceError),
}

impl Outcome {
    /// The answer's status and what it says above the fields; `None` when the widget is paired.
    fn told(&self) -> Option<(StatusCode, Option<&'static str>)> {
        match self {
            Self::Paired => None,
            Self::Malformed => Some((StatusCode::UNPROCESSABLE_ENTITY, None)),
            Self::Wrong => Some((StatusCode::UNPROCESSABLE_ENTITY, Some(WRONG))),
            Self::Blocked => Some((StatusCode::TOO_MANY_REQUESTS, Some(BLOCKED))),
            Self::Failed(FinanceError::Unreachable(_)) => Some((StatusCode::SERVICE_UNAVAILABLE, Some(UNREACHABLE))),
            Self::Failed(FinanceError::Nonsense(_)) => Some((StatusCode::BAD_GATEWAY, Some(NONSENSE))),
        }
    }
}

async fn attempt(app: &App, account: i64, widget: &Widget, entry: &Entry<'_>) -> Result<Outcome, Failure> {
    if entry.problems() != Problems::default() {
        return Ok(Outcome::Malformed);
    }
    let (who, now) = (account.to_string(), app.clock.now().as_second());
    let blocked = || app.database.with(|db| attempts::blocked(db, What::Pairing, &who, now));
    if blocked()? {
        return Ok(Outcome::Blocked);
    }
    match app.finance.office_for(entry.customer_id, entry.access_code).await {
        Ok(Some(office)) => {
            app.database.with(|db| store::pair(db, account, widget, &office))?;
            Ok(Outcome::Paired)
        }
        Ok(None) => {
            app.database
                .with(|db| attempts::remember(db, What::Pairing, &who, now))?;
            Ok(if blocked()? { Outcome::Blocked } else { Outcome::Wrong })
        }
        Err(error) => Ok(Outcome::Failed(error)),
    }
}

fn pairable(id: &str) -> Result<&'static Widget, Failure> {
    Widget::find(id)
        .filter(|widget| widget.is_pairable())
        .ok_or(Failure::NotFound)
}

fn offices(app: &App, account: i64, widget: &Widget) -> Result<Vec<String>, Failure> {
    Ok(app
        .database
        .with(|db| store::offices_for(db, account, widget, app.pairing()))?)
}
