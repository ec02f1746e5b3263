//! Signing in and out.

use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use rusqlite::Connection;

use super::{
    Account,
    attempts::{self, What},
    find_with_hash, password, registration,
    rules::LONGEST_USERNAME,
};
use crate::{
    app::App,
    language::t,
    web::{Failure, Fields, Page, SignedInForm, Visitor, VisitorForm, html, html_with, return_address::within_portal},
};

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No such username, or another password: nobody is told which.
    Wrong,
    /// The password is right, but the link in the mail was not followed yet.
    Unconfirmed,
    Blocked,
}

const BLOCKED: &str = t("Too many wrong attempts. Wait 15 minutes before you try again.");

impl Refusal {
    fn told(self) -> &'static str {
        match self {
            Self::Wrong => t("The username or the password is wrong. Check both and try again."),
            Self::Unconfirmed => t("Your account does not work yet. Follow the link in the mail that was sent to you."),
            Self::Blocked => BLOCKED,
        }
    }

    /// For somebody who is signed in, and so has an account that works.
    pub fn told_about_current_password(self) -> &'static str {
        match self {
            Self::Wrong | Self::Unconfirmed => t("This is not your current password."),
            Self::Blocked => BLOCKED,
        }
    }
}

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
        Err(refusal) => refusal.told(),
    };
    let form = Login {
        page: visitor.page,
        username: username.to_owned(),
        return_to: return_to.to_owned(),
        error: Some(error),
    };
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &form)
}

/// The account whose username and password these are. Names that nobody has are counted and blocked like others.
///
/// An attempt counts before it is known to be wrong: guesses sent all at once must not get ahead of the count.
pub(super) async fn attempt(app: &App, username: &str, password: &str) -> Result<Result<Account, Refusal>, Failure> {
    let who = who(username);
    let now = app.clock.now().as_second();
    if app.database.with(|db| blocked_or_counted(db, &who, now))? {
        return Ok(Err(Refusal::Blocked));
    }
    let (account, hash, waiting) = app.database.with(|db| {
        let (account, hash) = find_with_hash(db, username)?.unzip();
        Ok((account, hash, registration::waiting_hash(db, username, now)?))
    })?;
    if !password::verify(password.to_owned(), hash.or(waiting)).await? {
        return Ok(Err(Refusal::Wrong));
    }
    app.database.with(|db| attempts::forget(db, What::Login, &who))?;
    Ok(account.ok_or(Refusal::Unconfirmed))
}

/// What attempts to sign in as `username` are counted under.
pub(super) fn who(username: &str) -> String {
    username.to_lowercase().chars().take(LONGEST_USERNAME).collect()
}

fn blocked_or_counted(db: &Connection, who: &str, now: i64) -> rusqlite::Result<bool> {
    let blocked = attempts::blocked(db, What::Login, who, now)?;
    if !blocked {
        attempts::remember(db, What::Login, who, now)?;
    }
    Ok(blocked)
}

/// Ends the session, everywhere it is open.
pub(crate) async fn logout(form: SignedInForm) -> Result<Response, Failure> {
    form.signed_in.session.flush().await?;
    Ok(Redirect::to("/").into_response())
}
