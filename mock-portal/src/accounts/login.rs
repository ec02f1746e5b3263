//! Signing in and out.

use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};

use super::{password, registration, rules::LONGEST_USERNAME};
use crate::{
    language::t,
    state::AppState,
    store::{Account, Attempt, find_account_with_hash, forget_attempts, is_blocked, record_attempt},
    web::{
        Failure, Fields, Page, SignedInForm, Turns, Visitor, VisitorForm, html, html_with,
        return_address::within_portal,
    },
};

/// Why a login is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No such username, or another password: the message does not say which.
    Wrong,
    /// The password is right, but the link in the mail was not followed yet.
    Unconfirmed,
    Blocked,
}

const BLOCKED: &str = t("Too many wrong attempts. Wait 15 minutes before you try again.");

impl Refusal {
    fn message(self) -> &'static str {
        match self {
            Self::Wrong => t("The username or the password is wrong. Check both and try again."),
            Self::Unconfirmed => t("Your account does not work yet. Follow the link in the mail that was sent to you."),
            Self::Blocked => BLOCKED,
        }
    }

    /// For a person who is signed in, and so has an account that works.
    pub(super) fn message_about_current_password(self) -> &'static str {
        match self {
            Self::Wrong | Self::Unconfirmed => t("This is not your current password."),
            Self::Blocked => BLOCKED,
        }
    }
}

#[derive(Template)]
#[template(path = "accounts/login.html")]
struct LoginPage {
    page: Page,
    username: String,
    return_to: String,
    error: Option<&'static str>,
}

/// The login form; a person who is signed in already is redirected at once.
pub(crate) async fn form(mut visitor: Visitor, address: Uri) -> Result<Response, Failure> {
    let fields = Fields::of_query(&address);
    let return_to = within_portal(fields.get("return")).unwrap_or("/").to_owned();
    if visitor.account.is_some() {
        return Ok(Redirect::to(&return_to).into_response());
    }
    visitor.prepare_form().await?;
    html(&LoginPage {
        page: visitor.page,
        username: String::new(),
        return_to,
        error: None,
    })
}

/// Signs in, or shows the form again with the username in it.
pub(crate) async fn submit(
    State(state): State<AppState>,
    State(logins): State<LoginsInProgress>,
    form: VisitorForm,
) -> Result<Response, Failure> {
    let VisitorForm { visitor, fields } = form;
    let username = fields.get("username").trim();
    let return_to = within_portal(fields.get("return")).unwrap_or("/");
    let error = match attempt(&state, &logins, username, fields.get("password")).await? {
        Ok(account) => {
            visitor.sign_in(&account).await?;
            return Ok(Redirect::to(return_to).into_response());
        }
        Err(refusal) => refusal.message(),
    };
    let page = LoginPage {
        page: visitor.page,
        username: username.to_owned(),
        return_to: return_to.to_owned(),
        error: Some(error),
    };
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The usernames that are being signed in at present, as [`attempt_key`] has them.
#[derive(Clone, Default)]
pub(crate) struct LoginsInProgress(Turns<String>);

/// The account whose username and password these are. Unknown usernames are counted and blocked like others.
///
/// One attempt at a time for each username: guesses that are sent all at once do not get ahead of the count, and right
/// passwords never count. What the client abandons counts nothing, for it gets no answer either.
pub(super) async fn attempt(
    state: &AppState,
    logins: &LoginsInProgress,
    username: &str,
    password: &str,
) -> Result<Result<Account, Refusal>, Failure> {
    let key = attempt_key(username);
    let _turn = logins.0.take(key.clone()).await;
    let now = state.now().counted;
    if state.database.with(|db| is_blocked(db, Attempt::Login, &key, now))? {
        return Ok(Err(Refusal::Blocked));
    }
    let (account, hash, unconfirmed_hash) = state.database.with(|db| {
        let (account, hash) = find_account_with_hash(db, username)?.unzip();
        Ok((account, hash, registration::password_hash(db, username, now)?))
    })?;
    if !password::verify(password, hash.or(unconfirmed_hash)).await? {
        state
            .database
            .with(|db| record_attempt(db, Attempt::Login, &key, state.now().counted))?;
        return Ok(Err(Refusal::Wrong));
    }
    state.database.with(|db| forget_attempts(db, Attempt::Login, &key))?;
    Ok(account.ok_or(Refusal::Unconfirmed))
}

/// What attempts to sign in as `username` are counted under.
pub(super) fn attempt_key(username: &str) -> String {
    username.to_lowercase().chars().take(LONGEST_USERNAME).collect()
}

/// Ends the session, in all tabs.
pub(crate) async fn logout(form: SignedInForm) -> Result<Response, Failure> {
    form.signed_in.session.flush().await?;
    Ok(Redirect::to("/").into_response())
}
