//! The list of mails, and one mail. Open to everybody: a learner without a session follows links from here.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::store::{self, Mail};
use crate::{
    clock,
    language::Language,
    state::AppState,
    web::{Failure, Page, Visitor, html},
};

#[derive(Template)]
#[template(path = "mailbox/list.html")]
struct MailboxPage {
    page: Page,
    mails: Vec<Mail>,
}

/// All mails, newest first.
pub(crate) async fn list(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Failure> {
    html(&MailboxPage {
        page: visitor.page,
        mails: state.database.with(|db| store::all(db))?,
    })
}

#[derive(Template)]
#[template(path = "mailbox/mail.html")]
struct MailPage {
    page: Page,
    mail: Mail,
}

/// One mail, with its link.
pub(crate) async fn show(
    State(state): State<AppState>,
    Path(id): Path<String>,
    visitor: Visitor,
) -> Result<Response, Failure> {
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    let mail = state
        .database
        .with(|db| store::find(db, id))?
        .ok_or(Failure::NotFound)?;
    html(&MailPage {
        page: visitor.page,
        mail,
    })
}

impl Mail {
    /// "2024-07-02 14:27", in the portal's own time zone.
    fn sent(&self, language: &Language) -> String {
        let sent = clock::in_portal_zone(self.sent_at);
        format!("{} {}", language.short_date(sent.date()), sent.strftime("%H:%M"))
    }
}
