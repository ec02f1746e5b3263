//! "Create WIPO Account", and the link that makes it work.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{
    links::{self, Purpose},
    password,
    registration::{self, Registration},
    rules::{Entry, Problems, USERNAME_TAKEN},
    told::{LOGIN, bad_link, told},
};
use crate::{
    app::App,
    language::t,
    web::{Failure, Page, Visitor, VisitorForm, html, html_with},
};

#[derive(Template)]
#[template(path = "accounts/create.html")]
struct Create {
    page: Page,
    name: String,
    mail: String,
    username: String,
    problems: Problems,
}

impl Create {
    /// What was typed, but for the password.
    fn with(page: Page, entry: &Entry, problems: Problems) -> Self {
        Self {
            page,
            name: entry.name.to_owned(),
            mail: entry.mail.to_owned(),
            username: entry.username.to_owned(),
            problems,
        }
    }
}

/// The empty form.
pub(crate) async fn form(mut visitor: Visitor) -> Result<Response, Failure> {
    visitor.prepare_form().await?;
    let empty = Entry {
        name: "",
        mail: "",
        username: "",
        password: "",
    };
    html(&Create::with(visitor.page, &empty, Problems::default()))
}

/// Sends the link, or shows the form again with what was typed.
pub(crate) async fn submit(State(app): State<App>, form: VisitorForm) -> Result<Response, Failure> {
    let VisitorForm { visitor, fields } = form;
    let entry = Entry::of(&fields);
    let problems = match entry.problems() {
        problems if problems != Problems::default() => problems,
        _ if register(&app, &entry, &visitor.page).await? => {
            return Ok(Redirect::to("/accounts/sent/new").into_response());
        }
        _ => Problems {
            username: Some(USERNAME_TAKEN),
            ..Problems::default()
        },
    };
    let form = Create::with(visitor.page, &entry, problems);
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &form)
}

async fn register(app: &App, entry: &Entry<'_>, page: &Page) -> Result<bool, Failure> {
    let password_hash = password::hash(entry.password.to_owned()).await?;
    let secret = links::new_secret()?;
    let new = Registration {
        username: entry.username,
        name: entry.name,
        mail: entry.mail,
        password_hash: &password_hash,
    };
    let now = app.clock.now().as_second();
    Ok(app
        .database
        .with(|db| registration::keep(db, &new, &secret, page, now))?)
}

/// The link in the mail: from now on the account works.
pub(crate) async fn confirm(
    State(app): State<App>,
    Path(link): Path<String>,
    visitor: Visitor,
) -> Result<Response, Failure> {
    let now = app.clock.now().as_second();
    match app.database.with(|db| registration::confirm(db, &link, now))? {
        Ok(()) => told(
            visitor.page,
            (
                StatusCode::OK,
                t("Your account is ready"),
                t("Your e-mail address is confirmed. Login with the username and the password you chose."),
            ),
            LOGIN,
        ),
        Err(problem) => bad_link(visitor.page, Purpose::Confirm, problem),
    }
}

/// Programs that check links in mails ask only for the head, and must not use a link up.
pub(crate) async fn look_at_link() {}
