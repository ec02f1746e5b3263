//! The form, and the page after it.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    language::t,
    mailbox::{self, Draft},
    state::AppState,
    store::Account,
    web::{Failure, Page, Visitor, VisitorForm, html, html_with},
};

/// Characters.
const LONGEST: usize = 2000;
/// Who reads it: nobody, for the portal sends nothing.
const RECIPIENT: &str = "feedback@portal.example";

#[derive(Template)]
#[template(path = "feedback/form.html")]
struct FeedbackPage {
    page: Page,
    text: String,
    error: Option<&'static str>,
}

/// The empty form; nobody needs to sign in for it.
pub(crate) async fn form(mut visitor: Visitor) -> Result<Response, Failure> {
    visitor.prepare_form().await?;
    html(&FeedbackPage {
        page: visitor.page,
        text: String::new(),
        error: None,
    })
}

/// Mails the feedback, or shows the form again with what was written.
pub(crate) async fn submit(State(state): State<AppState>, form: VisitorForm) -> Result<Response, Failure> {
    let Visitor { page, account, .. } = form.visitor;
    let text = form.fields.get("text").trim();
    let error = validate(text);
    if error.is_some() {
        let text = text.to_owned();
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &FeedbackPage { page, text, error });
    }
    let draft = draft(&page, account.as_ref(), text);
    let now = state.now().shown;
    state.database.with(|db| mailbox::send(db, &draft, now))?;
    Ok(Redirect::to("/feedback/sent").into_response())
}

fn validate(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some(t("Write what you would like to say."))
    } else if text.replace("\r\n", "\n").chars().count() > LONGEST {
        Some(t("Feedback has at most 2000 characters."))
    } else {
        None
    }
}

fn draft(page: &Page, account: Option<&Account>, text: &str) -> Draft {
    let sender = account.map_or_else(
        || page.t("From a visitor who is not logged in").to_owned(),
        |account| page.with("From {}", format!("{} <{}>", account.name, account.mail)),
    );
    Draft {
        recipient: RECIPIENT.to_owned(),
        subject: page.t("Feedback on the IP Portal").to_owned(),
        paragraphs: [sender].into_iter().chain(text.lines().map(str::to_owned)).collect(),
        link: None,
    }
}

#[derive(Template)]
#[template(path = "feedback/sent.html")]
struct FeedbackSentPage {
    page: Page,
}

/// "Thank you", and where the mail is.
pub(crate) async fn sent(visitor: Visitor) -> Result<Response, Failure> {
    html(&FeedbackSentPage { page: visitor.page })
}
