//! A new password: by a link that was sent by mail, or in "My WIPO account". Either ends the account's other sessions.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use rusqlite::{Connection, params};

use super::{
    links::{self, BadLink, Purpose},
    login::{self, LoginsInProgress},
    password,
    result_page::{LOGIN, bad_link_page, result_page},
    rules::validate_password,
};
use crate::{
    clock::Now,
    language::t,
    mailbox::{self, Draft},
    state::AppState,
    store::{Account, Attempt, find_account_by_username, forget_attempts},
    web::{Failure, Message, Page, SignedIn, SignedInForm, Visitor, VisitorForm, html, html_with, sessions},
};

#[derive(Template)]
#[template(path = "accounts/new_password.html")]
struct NewPasswordPage {
    page: Page,
    link: String,
    username: String,
    error: Option<&'static str>,
}

/// Where the link from the mail leads.
pub(crate) async fn form(
    State(state): State<AppState>,
    Path(link): Path<String>,
    mut visitor: Visitor,
) -> Result<Response, Failure> {
    match check_link(&state, &link)? {
        Ok(username) => {
            visitor.prepare_form().await?;
            html(&NewPasswordPage {
                page: visitor.page,
                link,
                username,
                error: None,
            })
        }
        Err(reason) => bad_link_page(visitor.page, Purpose::Password, reason),
    }
}

/// Sets the password and uses the link up.
pub(crate) async fn submit(
    State(state): State<AppState>,
    Path(link): Path<String>,
    form: VisitorForm,
) -> Result<Response, Failure> {
    let VisitorForm { visitor, fields } = form;
    let page = visitor.page;
    let username = match check_link(&state, &link)? {
        Ok(username) => username,
        Err(reason) => return bad_link_page(page, Purpose::Password, reason),
    };
    let chosen = fields.get("new_password");
    let error = validate_password(chosen, &username);
    if error.is_some() {
        let page = NewPasswordPage {
            page,
            link,
            username,
            error,
        };
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let hash = password::hash(chosen).await?;
    match state
        .database
        .with(|db| set_by_link(db, &link, &hash, &page, state.now()))?
    {
        Ok(()) => result_page(
            page,
            Message {
                status: StatusCode::OK,
                heading: t("Your password is changed"),
                text: t("Login with your new password. Wherever you were logged in, you are logged out."),
            },
            LOGIN,
        ),
        Err(reason) => bad_link_page(page, Purpose::Password, reason),
    }
}

fn check_link(state: &AppState, link: &str) -> rusqlite::Result<Result<String, BadLink>> {
    state
        .database
        .with(|db| links::check(db, Purpose::Password, link, state.now().counted))
}

/// Of two requests at once with the same link, the second is refused.
fn set_by_link(
    db: &mut Connection,
    link: &str,
    hash: &str,
    page: &Page,
    now: Now,
) -> rusqlite::Result<Result<(), BadLink>> {
    let transaction = db.transaction()?;
    let username = match links::check(&transaction, Purpose::Password, link, now.counted)? {
        Ok(username) => username,
        Err(reason) => return Ok(Err(reason)),
    };
    let Some(account) = find_account_by_username(&transaction, &username)? else {
        return Ok(Err(BadLink::Unknown));
    };
    set(&transaction, &account, hash, None, page, now)?;
    transaction.commit()?;
    Ok(Ok(()))
}

/// Sets the password, ends all sessions of the account except `session`, revokes its links, forgets its wrong attempts,
/// and sends the owner a mail.
fn set(
    db: &Connection,
    account: &Account,
    hash: &str,
    session: Option<&str>,
    page: &Page,
    now: Now,
) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE account SET password_hash = ?1 WHERE id = ?2")?
        .execute(params![hash, account.id])?;
    sessions::end_all_except(db, account.id, session)?;
    links::use_up(db, Purpose::Password, &account.username)?;
    forget_attempts(db, Attempt::Login, &login::attempt_key(&account.username))?;
    let draft = Draft {
        recipient: account.mail.clone(),
        subject: page.t("Your password was changed").to_owned(),
        paragraphs: vec![
            page.with("Hello {},", &account.name),
            page.t("The password of your WIPO Account was changed. If it was not you, choose a new one at once.")
                .to_owned(),
        ],
        link: Some((
            "/accounts/forgotten-password".to_owned(),
            page.t("Ask for a new password").to_owned(),
        )),
    };
    mailbox::send(db, &draft, now.shown)
}

#[derive(Template)]
#[template(path = "accounts/change_password.html")]
struct ChangePasswordPage {
    page: Page,
    current_error: Option<&'static str>,
    new_error: Option<&'static str>,
}

/// "Change password" in "My WIPO account".
pub(crate) async fn change_form(signed_in: SignedIn) -> Result<Response, Failure> {
    html(&ChangePasswordPage {
        page: signed_in.page,
        current_error: None,
        new_error: None,
    })
}

/// Changes the password, if the current one is right.
pub(crate) async fn change(
    State(state): State<AppState>,
    State(logins): State<LoginsInProgress>,
    form: SignedInForm,
) -> Result<Response, Failure> {
    let SignedInForm { signed_in, fields } = form;
    let SignedIn { account, page, session } = signed_in;
    let chosen = fields.get("new_password");
    let new_error = validate_password(chosen, &account.username);
    // Guessing here counts as it does at login; what cannot succeed anyway is no guess.
    let current_error = if new_error.is_some() {
        None
    } else {
        login::attempt(&state, &logins, &account.username, fields.get("current_password"))
            .await?
            .err()
            .map(login::Refusal::message_about_current_password)
    };
    if current_error.is_some() || new_error.is_some() {
        let page = ChangePasswordPage {
            page,
            current_error,
            new_error,
        };
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let hash = password::hash(chosen).await?;
    let now = state.now();
    let session = session.id().map(|id| id.to_string());
    state.database.with(|db| {
        let transaction = db.transaction()?;
        set(&transaction, &account, &hash, session.as_deref(), &page, now)?;
        transaction.commit()
    })?;
    result_page(
        page,
        Message {
            status: StatusCode::OK,
            heading: t("Your password is changed"),
            text: t("Wherever else you were logged in, you are logged out."),
        },
        ("/account", t("My WIPO account")),
    )
}
