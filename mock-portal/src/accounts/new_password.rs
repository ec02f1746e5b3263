//! A new password: by the link that a forgetful person was sent, or in "My WIPO account". Either ends the account's
//! other sessions.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use rusqlite::{Connection, params};

use super::{
    Account,
    attempts::{self, What},
    find_by_username,
    links::{self, BadLink, Purpose},
    login, password,
    rules::password_problem,
    told::{LOGIN, bad_link, told},
};
use crate::{
    app::App,
    language::t,
    mailbox::{self, Draft},
    web::{Failure, Page, SignedIn, SignedInForm, Visitor, VisitorForm, html, html_with, sessions},
};

#[derive(Template)]
#[template(path = "accounts/new_password.html")]
struct ByLink {
    page: Page,
    link: String,
    username: String,
    problem: Option<&'static str>,
}

/// Where the link from the mail leads.
pub(crate) async fn form(
    State(app): State<App>,
    Path(link): Path<String>,
    mut visitor: Visitor,
) -> Result<Response, Failure> {
    match working(&app, &link)? {
        Ok(username) => {
            visitor.prepare_form().await?;
            html(&ByLink {
                page: visitor.page,
                link,
                username,
                problem: None,
            })
        }
        Err(problem) => bad_link(visitor.page, Purpose::Password, problem),
    }
}

/// Sets the password and uses the link up.
pub(crate) async fn submit(
    State(app): State<App>,
    Path(link): Path<String>,
    form: VisitorForm,
) -> Result<Response, Failure> {
    let VisitorForm { visitor, fields } = form;
    let page = visitor.page;
    let username = match working(&app, &link)? {
        Ok(username) => username,
        Err(problem) => return bad_link(page, Purpose::Password, problem),
    };
    let chosen = fields.get("new_password");
    let problem = password_problem(chosen);
    if problem.is_some() {
        let form = ByLink {
            page,
            link,
            username,
            problem,
        };
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &form);
    }
    let hash = password::hash(chosen.to_owned()).await?;
    let now = app.clock.now().as_second();
    match app.database.with(|db| set_by_link(db, &link, &hash, &page, now))? {
        Ok(()) => told(
            page,
            (
                StatusCode::OK,
                t("Your password is changed"),
                t("Login with your new password. Wherever you were logged in, you are logged out."),
            ),
            LOGIN,
        ),
        Err(problem) => bad_link(page, Purpose::Password, problem),
    }
}

fn working(app: &App, link: &str) -> rusqlite::Result<Result<String, BadLink>> {
    let now = app.clock.now().as_second();
    app.database.with(|db| links::check(db, Purpose::Password, link, now))
}

/// Of two that come at once with the same link, the second comes too late.
fn set_by_link(
    db: &mut Connection,
    link: &str,
    hash: &str,
    page: &Page,
    now: i64,
) -> rusqlite::Result<Result<(), BadLink>> {
    let transaction = db.transaction()?;
    let username = match links::check(&transaction, Purpose::Password, link, now)? {
        Ok(username) => username,
        Err(problem) => return Ok(Err(problem)),
    };
    let Some(account) = find_by_username(&transaction, &username)? else {
        return Ok(Err(BadLink::Unknown));
    };
    set(&transaction, &account, hash, None, page, now)?;
    transaction.commit()?;
    Ok(Ok(()))
}

/// Sets the password, ends all sessions of the account but `kept`, takes back what was sent or counted for the old
/// password, and tells the owner.
fn set(
    db: &Connection,
    account: &Account,
    hash: &str,
    kept: Option<&str>,
    page: &Page,
    now: i64,
) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE account SET password_hash = ?1 WHERE id = ?2")?
        .execute(params![hash, account.id])?;
    sessions::end_all_of(db, account.id, kept)?;
    links::use_up(db, Purpose::Password, &account.username)?;
    attempts::forget(db, What::Login, &login::who(&account.username))?;
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
    mailbox::send(db, &draft, now)
}

#[derive(Template)]
#[template(path = "accounts/change_password.html")]
struct Change {
    page: Page,
    current_problem: Option<&'static str>,
    new_problem: Option<&'static str>,
}

/// "Change password" in "My WIPO account".
pub(crate) async fn change_form(signed_in: SignedIn) -> Result<Response, Failure> {
    html(&Change {
        page: signed_in.page,
        current_problem: None,
        new_problem: None,
    })
}

/// Changes the password of somebody who knows the current one.
pub(crate) async fn change(State(app): State<App>, form: SignedInForm) -> Result<Response, Failure> {
    let SignedInForm { signed_in, fields } = form;
    let SignedIn { account, page, session } = signed_in;
    let chosen = fields.get("new_password");
    let new_problem = password_problem(chosen);
    // Guessing here counts as it does at login; what cannot succeed anyway is no guess.
    let current_problem = if new_problem.is_some() {
        None
    } else {
        login::attempt(&app, &account.username, fields.get("current_password"))
            .await?
            .err()
            .map(login::Refusal::told_about_current_password)
    };
    if current_problem.is_some() || new_problem.is_some() {
        let form = Change {
            page,
            current_problem,
            new_problem,
        };
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &form);
    }
    let hash = password::hash(chosen.to_owned()).await?;
    let now = app.clock.now().as_second();
    let kept = session.id().map(|id| id.to_string());
    app.database.with(|db| {
        let transaction = db.transaction()?;
        set(&transaction, &account, &hash, kept.as_deref(), &page, now)?;
        transaction.commit()
    })?;
    told(
        page,
        (
            StatusCode::OK,
            t("Your password is changed"),
            t("Wherever else you were logged in, you are logged out."),
        ),
        ("/account", t("My WIPO account")),
    )
}
