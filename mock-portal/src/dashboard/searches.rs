//! Searches: the page that stands in for their results, and the searches that a person saves to run them again.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rusqlite::{Connection, params};

use super::{
    content,
    handlers::{Fragment, answer},
    kept::Kept,
    widget::Widget,
};
use crate::{
    app::App,
    web::{Failure, Fields, Page, SignedIn, SignedInForm, Visitor, html},
};

/// In characters. Nobody saves a longer search to run it again.
const LONGEST: usize = 500;
/// In each service: more than a person finds their way in.
const MOST: u16 = 50;

/// A saved search.
#[derive(Debug)]
pub(super) struct SavedSearch {
    /// The widget's id.
    pub service: String,
    pub id: i64,
    pub query: String,
}

/// Saves a search, once, if there is room for it.
fn save(db: &Connection, account: i64, service: &str, query: &str) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO saved_search (account_id, service, query)
         SELECT ?1, ?2, ?3 WHERE (SELECT COUNT(*) FROM saved_search WHERE account_id = ?1 AND service = ?2) < ?4
         ON CONFLICT DO NOTHING",
        params![account, service, query, MOST],
    )?;
    Ok(())
}

/// Removes a saved search, if it is this account's.
fn remove(db: &Connection, account: i64, id: &str) -> rusqlite::Result<()> {
    db.execute(
        "DELETE FROM saved_search WHERE account_id = ?1 AND id = ?2",
        params![account, id.parse::<i64>().ok()],
    )?;
    Ok(())
}

/// What can be done about saving a search.
#[derive(Debug, PartialEq, Eq)]
enum Saving {
    /// Nobody is signed in, or nothing was searched for.
    Impossible,
    TooLong,
    NoRoom,
    Possible,
    Done,
}

#[derive(Template)]
#[template(path = "dashboard/results.html")]
struct SearchResults {
    page: Page,
    service: &'static Widget,
    query: String,
    saving: Saving,
}

/// Instead of a search: what would be searched for.
pub(crate) async fn results(
    State(app): State<App>,
    Path(service): Path<String>,
    address: Uri,
    visitor: Visitor,
) -> Result<Response, Failure> {
    let service = Widget::find_search(&service).ok_or(Failure::NotFound)?;
    let query = Fields::of_query(&address).get("q").trim().to_owned();
    let saving = match &visitor.account {
        Some(account) if !query.is_empty() => {
            let mut saved = app.database.with(|db| Kept::read(db, account.id))?.searches;
            saved.retain(|search| search.service == service.id);
            saving(&query, &saved)
        }
        _ => Saving::Impossible,
    };
    html(&SearchResults {
        page: visitor.page,
        service,
        query,
        saving,
    })
}

fn saving(query: &str, saved: &[SavedSearch]) -> Saving {
    if saved.iter().any(|search| search.query == query) {
        Saving::Done
    } else if is_too_long(query) {
        Saving::TooLong
    } else if saved.len() >= MOST.into() {
        Saving::NoRoom
    } else {
        Saving::Possible
    }
}

fn is_too_long(query: &str) -> bool {
    query.chars().count() > LONGEST
}

/// Saves a search from the page with its results, or removes one from its widget.
pub(crate) async fn change_saved(
    State(app): State<App>,
    Path(service): Path<String>,
    fragment: Fragment,
    form: SignedInForm,
) -> Result<Response, Failure> {
    let SignedIn { account, page, .. } = form.signed_in;
    let service = Widget::find_search(&service).ok_or(Failure::NotFound)?;
    let query = form.fields.get("q").trim();
    if !query.is_empty() {
        if !is_too_long(query) {
            app.database.with(|db| save(db, account.id, service.id, query))?;
        }
        let query = utf8_percent_encode(query, NON_ALPHANUMERIC);
        return Ok(Redirect::to(&format!("/search/{}?q={query}", service.id)).into_response());
    }
    app.database
        .with(|db| remove(db, account.id, form.fields.get("remove")))?;
    if !fragment.is_asked_for() {
        return Ok(Redirect::to(&format!("/dashboard#{}", service.id)).into_response());
    }
    let shown = content::of(&app, account.id, service, &Fields::default(), &page).await?;
    answer(axum::http::StatusCode::OK, page, shown, &fragment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_saved_once_and_not_at_any_length() {
        let known = [SavedSearch {
            service: "patentscope".into(),
            id: 1,
            query: "solar".into(),
        }];
        assert_eq!(saving("solar", &known), Saving::Done);
        assert_eq!(saving("wind", &known), Saving::Possible);
        assert_eq!(saving(&"é".repeat(LONGEST), &known), Saving::Possible);
        assert_eq!(saving(&"é".repeat(LONGEST + 1), &known), Saving::TooLong);
    }
}
