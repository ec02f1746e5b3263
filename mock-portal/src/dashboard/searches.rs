//! Searches: the page that stands in for their results, and the searches that a person saves to run them again.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    content,
    fragment::{Fragment, widget_response},
    state::{DashboardState, SavedSearch},
    store::{MOST_SEARCHES, remove_search, save_search},
};
use crate::{
    state::AppState,
    web::{Failure, Fields, Page, SignedIn, SignedInForm, Visitor, html},
    widgets::Widget,
};

/// In characters.
const LONGEST: usize = 500;
/// What can be done about saving a search.
#[derive(Debug, PartialEq, Eq)]
enum Saving {
    /// Not signed in, or no search.
    Impossible,
    TooLong,
    NoRoom,
    Possible,
    Done,
}

#[derive(Template)]
#[template(path = "dashboard/results.html")]
struct SearchResultsPage {
    page: Page,
    service: &'static Widget,
    query: String,
    saving: Saving,
}

/// Instead of a search: what would be searched for.
pub(crate) async fn results(
    State(state): State<AppState>,
    Path(service): Path<String>,
    address: Uri,
    visitor: Visitor,
) -> Result<Response, Failure> {
    let service = Widget::find_search(&service).ok_or(Failure::NotFound)?;
    let query = Fields::of_query(&address).get("q").trim().to_owned();
    let saving = match &visitor.account {
        Some(account) if !query.is_empty() => {
            let mut saved = state.database.with(|db| DashboardState::read(db, account.id))?.searches;
            saved.retain(|search| search.service == service.id.as_str());
            saving(&query, &saved)
        }
        _ => Saving::Impossible,
    };
    html(&SearchResultsPage {
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
    } else if saved.len() >= MOST_SEARCHES.into() {
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
    State(state): State<AppState>,
    Path(service): Path<String>,
    fragment: Fragment,
    form: SignedInForm,
) -> Result<Response, Failure> {
    let SignedIn { account, page, .. } = form.signed_in;
    let service = Widget::find_search(&service).ok_or(Failure::NotFound)?;
    let query = form.fields.get("q").trim();
    if !query.is_empty() {
        if !is_too_long(query) {
            state
                .database
                .with(|db| save_search(db, account.id, service.id, query))?;
        }
        let query = utf8_percent_encode(query, NON_ALPHANUMERIC);
        return Ok(Redirect::to(&format!("/search/{}?q={query}", service.id)).into_response());
    }
    state
        .database
        .with(|db| remove_search(db, account.id, form.fields.get("remove")))?;
    if !fragment.is_requested() {
        return Ok(Redirect::to(&format!("/dashboard#{}", service.id)).into_response());
    }
    let shown = content::show_one(&state, account.id, service, &Fields::default(), &page).await?;
    widget_response(StatusCode::OK, page, shown, &fragment)
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
