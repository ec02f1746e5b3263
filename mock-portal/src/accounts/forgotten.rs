//! "Forgot your username?" and "Forgot your password?". Known and unknown addresses get the same response after the
//! same work: a mail is sent in either case, and says what the page does not.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use rusqlite::Connection;

use super::{
    links::{self, Purpose},
    rules::validate_mail,
};
use crate::{
    clock::Now,
    language::t,
    mailbox::{self, Draft},
    state::AppState,
    store::{Account, find_account_by_mail},
    web::{Failure, Page, Visitor, VisitorForm, html, html_with},
};

#[derive(Clone, Copy)]
enum Forgotten {
    Username,
    Password,
}

impl Forgotten {
    fn path(self) -> &'static str {
        match self {
            Self::Username => "forgotten-username",
            Self::Password => "forgotten-password",
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Self::Username => t("Forgot your username?"),
            Self::Password => t("Forgot your password?"),
        }
    }

    fn lead(self) -> &'static str {
        match self {
            Self::Username => t("Enter the e-mail address of your WIPO Account. The username is sent there."),
            Self::Password => {
                t("Enter the e-mail address of your WIPO Account. A link for a new password is sent there.")
            }
        }
    }
}

#[derive(Template)]
#[template(path = "accounts/forgotten.html")]
struct ForgottenPage {
    page: Page,
    forgotten: Forgotten,
    mail: String,
    error: Option<&'static str>,
}

/// "Forgot your username?".
pub(crate) async fn username_form(visitor: Visitor) -> Result<Response, Failure> {
    form(visitor, Forgotten::Username).await
}

/// "Forgot your password?".
pub(crate) async fn password_form(visitor: Visitor) -> Result<Response, Failure> {
    form(visitor, Forgotten::Password).await
}

async fn form(mut visitor: Visitor, forgotten: Forgotten) -> Result<Response, Failure> {
    visitor.prepare_form().await?;
    html(&ForgottenPage {
        page: visitor.page,
        forgotten,
        mail: String::new(),
        error: None,
    })
}

/// Mails the username.
pub(crate) async fn mail_username(State(state): State<AppState>, form: VisitorForm) -> Result<Response, Failure> {
    submit(&state, form, Forgotten::Username)
}

/// Mails a link for a new password.
pub(crate) async fn mail_password_link(State(state): State<AppState>, form: VisitorForm) -> Result<Response, Failure> {
    submit(&state, form, Forgotten::Password)
}

fn submit(state: &AppState, form: VisitorForm, forgotten: Forgotten) -> Result<Response, Failure> {
    let page = form.visitor.page;
    let mail = form.fields.get("mail").trim();
    let error = validate_mail(mail);
    if error.is_some() {
        let form = ForgottenPage {
            page,
            forgotten,
            mail: mail.to_owned(),
            error,
        };
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &form);
    }
    let secret = links::new_secret()?;
    let now = state.now();
    state.database.with(|db| match forgotten {
        Forgotten::Username => mail_the_username(db, mail, &page, now),
        Forgotten::Password => mail_link_for_new_password(db, mail, &secret, &page, now),
    })?;
    Ok(Redirect::to(&format!("/accounts/sent/{}", forgotten.path())).into_response())
}

fn mail_the_username(db: &mut Connection, mail: &str, page: &Page, now: Now) -> rusqlite::Result<()> {
    let transaction = db.transaction()?;
    let account = find_account_by_mail(&transaction, mail)?;
    let draft = Draft {
        recipient: mail.to_owned(),
        subject: page.t("Your username").to_owned(),
        paragraphs: account.map_or_else(
            || unknown_address(page),
            |account| {
                vec![
                    page.with("Hello {},", &account.name),
                    page.with("The username of your WIPO Account is {}.", &account.username),
                ]
            },
        ),
        link: Some(("/login".to_owned(), page.t("To the login page").to_owned())),
    };
    mailbox::send(&transaction, &draft, now.shown)?;
    transaction.commit()
}

/// A link is made for an unknown address, too, so that it takes as long; but it does not work and is not sent.
fn mail_link_for_new_password(
    db: &mut Connection,
    mail: &str,
    secret: &str,
    page: &Page,
    now: Now,
) -> rusqlite::Result<()> {
    let transaction = db.transaction()?;
    let account = find_account_by_mail(&transaction, mail)?;
    let username = account.as_ref().map(|account| account.username.as_str());
    let link = links::insert(&transaction, Purpose::Password, username, secret, now.counted)?;
    let (paragraphs, link) = match account {
        Some(account) => (how_to_choose(page, &account), (link, page.t("Choose a new password"))),
        None => (
            unknown_address(page),
            ("/login".to_owned(), page.t("To the login page")),
        ),
    };
    let draft = Draft {
        recipient: mail.to_owned(),
        subject: page.t("A new password").to_owned(),
        paragraphs,
        link: Some((link.0, link.1.to_owned())),
    };
    mailbox::send(&transaction, &draft, now.shown)?;
    transaction.commit()
}

fn how_to_choose(page: &Page, account: &Account) -> Vec<String> {
    vec![
        page.with("Hello {},", &account.name),
        page.t("Follow the link within one hour to choose a new password. If you did not ask for it, do nothing.")
            .to_owned(),
    ]
}

fn unknown_address(page: &Page) -> Vec<String> {
    vec![
        page.t("Somebody, probably you, asked about the WIPO Account of this e-mail address. There is none, or its link was not followed yet.")
            .to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{accounts::people::create_missing, fixture::Fixture, store::Database};

    /// Rows written for a request about `mail`: what takes the time.
    fn cost(mail: &str, request: impl Fn(&mut Connection, &str, &Page) -> rusqlite::Result<()>) -> u64 {
        let database = Database::open(None).unwrap();
        create_missing(&database, &Fixture::default().people).unwrap();
        database
            .with(|db| {
                let before = db.total_changes();
                request(db, mail, &Page::without_session())?;
                Ok(db.total_changes() - before)
            })
            .unwrap()
    }

    #[test]
    fn known_and_unknown_addresses_cost_the_same_work() {
        let username = |db: &mut Connection, mail: &str, page: &Page| mail_the_username(db, mail, page, Now::at(0));
        let password = |db: &mut Connection, mail: &str, page: &Page| {
            mail_link_for_new_password(db, mail, "secret", page, Now::at(0))
        };
        assert_eq!(cost("amara@arcadia.example", username), 1);
        assert_eq!(cost("nobody@arcadia.example", username), 1);
        assert_eq!(cost("amara@arcadia.example", password), 2);
        assert_eq!(cost("nobody@arcadia.example", password), 2);
    }
}
