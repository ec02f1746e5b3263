//! "Create WIPO Account", and the link that makes it work.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use rusqlite::Connection;

use super::{
    links::{self, Purpose},
    password, registration,
    result_page::{LOGIN, bad_link_page, result_page},
    rules::{AccountForm, AccountFormErrors, USERNAME_TAKEN},
};
use crate::{
    language::t,
    state::AppState,
    store::NewAccount,
    web::{Failure, Message, Page, Visitor, VisitorForm, html, html_with},
};

#[derive(Template)]
#[template(path = "accounts/create.html")]
struct CreatePage {
    page: Page,
    name: String,
    mail: String,
    username: String,
    errors: AccountFormErrors,
}

impl CreatePage {
    /// With what was typed, except the password.
    fn new(page: Page, form: &AccountForm, errors: AccountFormErrors) -> Self {
        Self {
            page,
            name: form.name.to_owned(),
            mail: form.mail.to_owned(),
            username: form.username.to_owned(),
            errors,
        }
    }
}

/// The empty form.
pub(crate) async fn form(mut visitor: Visitor) -> Result<Response, Failure> {
    visitor.prepare_form().await?;
    html(&CreatePage::new(
        visitor.page,
        &AccountForm::default(),
        AccountFormErrors::default(),
    ))
}

/// Sends the link, or shows the form again with what was typed.
pub(crate) async fn submit(State(state): State<AppState>, form: VisitorForm) -> Result<Response, Failure> {
    let VisitorForm { visitor, fields } = form;
    let form = AccountForm::read(&fields);
    let errors = match form.validate() {
        errors if errors != AccountFormErrors::default() => errors,
        _ if register(&state, &form, &visitor.page).await? => {
            return Ok(Redirect::to("/accounts/sent/new").into_response());
        }
        _ => AccountFormErrors {
            username: Some(USERNAME_TAKEN),
            ..AccountFormErrors::default()
        },
    };
    let page = CreatePage::new(visitor.page, &form, errors);
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// `false` if the username is taken.
async fn register(state: &AppState, form: &AccountForm<'_>, page: &Page) -> Result<bool, Failure> {
    let password_hash = password::hash(form.password).await?;
    let secret = links::new_secret()?;
    let new = NewAccount {
        username: form.username,
        name: form.name,
        mail: form.mail,
        password_hash: &password_hash,
    };
    Ok(state
        .database
        .with(|db| registration::insert(db, &new, &secret, page, state.now()))?)
}

/// The link in the mail: from now on the account works.
pub(crate) async fn confirm(
    State(state): State<AppState>,
    Path(link): Path<String>,
    visitor: Visitor,
) -> Result<Response, Failure> {
    match state
        .database
        .with(|db| registration::confirm(db, &link, state.now().counted))?
    {
        Ok(()) => result_page(
            visitor.page,
            Message {
                status: StatusCode::OK,
                heading: t("Your account is ready"),
                text: t("Your e-mail address is confirmed. Login with the username and the password you chose."),
            },
            LOGIN,
        ),
        Err(reason) => bad_link_page(visitor.page, Purpose::Confirm, reason),
    }
}

/// Programs that check links in mails request only the head, and must not use a link up.
pub(crate) async fn confirm_head(
    State(state): State<AppState>,
    Path(link): Path<String>,
    visitor: Visitor,
) -> Result<Response, Failure> {
    let now = state.now().counted;
    let check = |db: &mut Connection| links::check(db, Purpose::Confirm, &link, now);
    match state.database.with(check)? {
        Ok(_) => Ok(StatusCode::OK.into_response()),
        Err(reason) => bad_link_page(visitor.page, Purpose::Confirm, reason),
    }
}
