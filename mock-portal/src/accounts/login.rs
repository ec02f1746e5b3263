//! Signing in and out.

use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};

use super::{
    Account,
    attempts::{self, What},
    find_with_hash, password,
};
use crate::{
    app::App,
    language::t,
    web::{Failure, Fields, Page, SignedInForm, Visitor, VisitorForm, html, html_with, return_address::within_portal},
};

/// What an unknown username and a wrong password are both told.
const WRONG: &str = t("The username or the password is wrong. Check both and try again.");
const BLOCKED: &str = t("Too many wrong attempts. Wait 15 minutes before you try again.");

/// A username longer than any is cut before it is counted, so that guessing cannot fill the memory.
const LONGEST_USERNAME: usize = 64;

#[derive(Template)]
#[template(path = "accounts/login.html")]
struct Login {
    page: Page,
    username: String,
    return_to: String,
    error: Option<&'static str>,
}

/// The login form; whoever is signed in already goes where they wanted to.
pub(crate) async fn form(mut visitor: Visitor, address: Uri) -> Result<Response, Failure> {
    let fields = Fields::of_query(&address);
    let return_to = within_portal(fields.get("return")).unwrap_or("/").to_owned();
    if visitor.account.is_some() {
        return Ok(Redirect::to(&return_to).into_response());
    }
    visitor.prepare_form().await?;
    html(&Login {
        page: visitor.page,
        username: String::new(),
        return_to,
        error: None,
    })
}

/// Signs in, or shows the form again with the username in it.
pub(crate) async fn submit(State(app): State<App>, form: VisitorForm) -> Result<Response, Failure> {
    let VisitorForm { visitor, fields } = form;
    let username = fields.get("username").trim();
    let return_to = within_portal(fields.get("return")).unwrap_or("/");
    let error = match attempt(&app, username, fields.get("password")).await? {
        Ok(account) => {
            visitor.sign_in(&account).await?;
            return Ok(Redirect::to(return_to).into_response());
        }
        Err(error) => error,
    };
    let form = Login {
        page: visitor.page,
        username: username.to_owned(),
        return_to: return_to.to_owned(),
        error: Some(error),
    };
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &form)
}

/// The account, or what the person is told. Names that nobody has are counted and blocked like others.
async fn attempt(app: &App, username: &str, password: &str) -> Result<Result<Account, &'static str>, Failure> {
    let who: String = username.to_lowercase().chars().take(LONGEST_USERNAME).collect();
    let now = app.clock.now().as_second();
    if app.database.with(|db| attempts::blocked(db, What::Login, &who, now))? {
        return Ok(Err(BLOCKED));
    }
    let (account, hash) = app.database.with(|db| find_with_hash(db, username))?.unzip();
    let right = password::verify(password.to_owned(), hash).await?;
    if let Some(account) = account.filter(|_| right) {
        app.database.with(|db| attempts::forget(db, What::Login, &who))?;
        return Ok(Ok(account));
    }
    app.database.with(|db| attempts::remember(db, What::Login, &who, now))?;
    Ok(Err(WRONG))
}

/// Ends the session, everywhere it is open.
pub(crate) async fn logout(form: SignedInForm) -> Result<Response, Failure> {
    form.signed_in.session.flush().await?;
    Ok(Redirect::to("/").into_response())
}
