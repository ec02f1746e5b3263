//! The page that offers the languages. It works without script, and every page's header leads to it.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, Uri, header},
    response::{IntoResponse, Redirect, Response},
};

use super::store;
use crate::{
    language::Language,
    state::AppState,
    web::{Failure, Fields, Page, Visitor, VisitorForm, html, return_address::within_portal},
};

#[derive(Template)]
#[template(path = "language_choice/choose.html")]
struct LanguagesPage {
    page: Page,
    offered: &'static [Language],
    return_to: String,
}

impl LanguagesPage {
    fn is_current(&self, language: &Language) -> bool {
        language.code == self.page.language.code
    }
}

/// All languages, each named in itself.
pub(crate) async fn form(mut visitor: Visitor, address: Uri) -> Result<Response, Failure> {
    visitor.prepare_form().await?;
    let return_to = return_address(&Fields::of_query(&address)).to_owned();
    visitor.page.address.clone_from(&return_to);
    html(&LanguagesPage {
        page: visitor.page,
        offered: Language::all(),
        return_to,
    })
}

/// Stores the choice and leads back; an unknown language is an unknown page.
pub(crate) async fn choose(
    State(state): State<AppState>,
    headers: HeaderMap,
    form: VisitorForm,
) -> Result<Response, Failure> {
    let VisitorForm { visitor, fields } = form;
    let language = Language::find(fields.get("language")).ok_or(Failure::NotFound)?;
    if let Some(account) = visitor.account {
        state.database.with(|db| store::save(db, account.id, language))?;
    }
    let mut response = Redirect::to(return_address(&fields)).into_response();
    if let Some(cookie) = store::cookie(language, &headers) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

fn return_address(fields: &Fields) -> &str {
    within_portal(fields.get("return")).unwrap_or("/")
}
