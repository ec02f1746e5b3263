//! The dashboard's pages and forms. A script requests the part of the page that changes; without script the whole page
//! is loaded again.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};

use super::{
    arrangement::Arrangement,
    cities,
    content::{self, Content, ShownWidget},
    fragment::{Fragment, widget_response},
    links,
    prerendered::Prerendered,
    state::DashboardState,
    store,
};
use crate::{
    language::t,
    state::AppState,
    store::{add_widget, clear_widgets},
    web::{Failure, Fields, Page, SignedIn, SignedInForm, html},
    widgets::{NOTEPAD, QUICK_LINKS, TEMPLATES, WORLD_CLOCK, Widget},
};

const DASHBOARD: &str = "/dashboard";
const DASHBOARD_WITH_PANEL: &str = "/dashboard?panel=open";
const NO_WEB_ADDRESS: &str = t("Enter a web address that begins with http:// or https://.");

const NO_ROOM: &str = t("There is no room for more links. Remove one first.");

#[derive(Template)]
#[template(path = "dashboard/dashboard.html")]
struct DashboardPage {
    page: Page,
    widgets: Vec<ShownWidget>,
    view: String,
    panel_is_open: bool,
    prerendered: &'static Prerendered,
}

impl DashboardPage {
    fn has(&self, widget: &Widget) -> bool {
        self.widgets.iter().any(|shown| std::ptr::eq(shown.widget, widget))
    }
}

/// "My IP Portal Dashboard".
pub(crate) async fn show(
    State(state): State<AppState>,
    address: Uri,
    SignedIn { account, page, .. }: SignedIn,
) -> Result<Response, Failure> {
    let (view, widgets) = content::show_all(&state, account.id, &page).await?;
    let panel_is_open = Fields::of_query(&address).get("panel") == "open";
    html(&DashboardPage {
        prerendered: Prerendered::for_language(page.language)?,
        page,
        widgets,
        view,
        panel_is_open,
    })
}

/// One widget with the selects of the query.
pub(crate) async fn show_widget(
    State(state): State<AppState>,
    Path(id): Path<String>,
    address: Uri,
    fragment: Fragment,
    SignedIn { account, page, .. }: SignedIn,
) -> Result<Response, Failure> {
    let widget = Widget::find(&id).ok_or(Failure::NotFound)?;
    let shown = content::show_one(&state, account.id, widget, &Fields::of_query(&address), &page).await?;
    widget_response(StatusCode::OK, page, shown, &fragment)
}

/// Adds, removes or moves widgets.
pub(crate) async fn arrange(
    State(state): State<AppState>,
    fragment: Fragment,
    form: SignedInForm,
) -> Result<Response, Failure> {
    let SignedIn { account, page, .. } = form.signed_in;
    let change = Arrangement::read(&form.fields).ok_or(Failure::NotFound)?;
    state.database.with(|db| change.apply(db, account.id))?;
    match change {
        Arrangement::Add(id) if fragment.is_requested() => {
            let widget = Widget::by_id(id).ok_or(Failure::NotFound)?;
            let shown = content::show_one(&state, account.id, widget, &Fields::default(), &page).await?;
            widget_response(StatusCode::OK, page, shown, &fragment)
        }
        // What is on the dashboard now: a tab that shows something else follows.
        _ if fragment.is_requested() => {
            let widgets = state.database.with(|db| DashboardState::read(db, account.id))?.widgets;
            let ids: Vec<_> = widgets.iter().map(|widget| widget.id.as_str()).collect();
            Ok(ids.join(" ").into_response())
        }
        Arrangement::Move(_) | Arrangement::Remove(_) => Ok(Redirect::to(DASHBOARD).into_response()),
        Arrangement::Add(_) | Arrangement::Apply { .. } => Ok(Redirect::to(DASHBOARD_WITH_PANEL).into_response()),
    }
}

#[derive(Template)]
#[template(path = "dashboard/clear.html")]
struct ClearPage {
    page: Page,
}

/// "Clear Dashboard" asks first.
pub(crate) async fn ask_to_clear(SignedIn { page, .. }: SignedIn) -> Result<Response, Failure> {
    html(&ClearPage { page })
}

/// Takes all widgets off; what was written into them, and pairings, remain.
pub(crate) async fn clear(State(state): State<AppState>, form: SignedInForm) -> Result<Response, Failure> {
    state.database.with(|db| clear_widgets(db, form.signed_in.account.id))?;
    Ok(Redirect::to(DASHBOARD_WITH_PANEL).into_response())
}

/// Shows the dashboard as a grid or as a list, whichever the button promised: another tab may have changed it
/// meanwhile.
pub(crate) async fn change_view(
    State(state): State<AppState>,
    fragment: Fragment,
    form: SignedInForm,
) -> Result<Response, Failure> {
    let view = Some(form.fields.get("view")).filter(|view| ["grid", "list"].contains(view));
    let view = view.ok_or(Failure::NotFound)?;
    state
        .database
        .with(|db| store::set_view(db, form.signed_in.account.id, view))?;
    Ok(saved(&fragment, DASHBOARD_WITH_PANEL))
}

/// Adds the template's widgets that are missing; nothing is taken away.
pub(crate) async fn use_template(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedInForm,
) -> Result<Response, Failure> {
    let template = TEMPLATES
        .iter()
        .find(|template| template.id == id)
        .ok_or(Failure::NotFound)?;
    state.database.with(|db| {
        let transaction = db.transaction()?;
        template
            .widgets
            .iter()
            .try_for_each(|id| add_widget(&transaction, form.signed_in.account.id, *id))?;
        transaction.commit()
    })?;
    Ok(Redirect::to(DASHBOARD_WITH_PANEL).into_response())
}

/// Saves the text of the Notepad, unless it was changed meanwhile: then both texts are shown, and the person decides. A
/// script gets the new version, for the next change.
pub(crate) async fn save_note(
    State(state): State<AppState>,
    fragment: Fragment,
    form: SignedInForm,
) -> Result<Response, Failure> {
    let SignedIn { account, page, .. } = form.signed_in;
    // Browsers send line ends as CRLF.
    let text = form.fields.get("note").replace("\r\n", "\n");
    let seen = form.fields.get("version").parse().ok();
    let note = state
        .database
        .with(|db| store::save_note(db, account.id, &text, seen))?;
    if note.text != text {
        let widget = Widget::by_id(NOTEPAD).ok_or(Failure::NotFound)?;
        let content = Content::Notepad {
            note,
            typed: Some(text),
        };
        return widget_response(StatusCode::CONFLICT, page, ShownWidget { widget, content }, &fragment);
    }
    if fragment.is_requested() {
        return Ok(note.version.to_string().into_response());
    }
    Ok(Redirect::to(DASHBOARD).into_response())
}

/// The change is saved: a script shows that by itself, without one the page is loaded again.
fn saved(fragment: &Fragment, page: &str) -> Response {
    if fragment.is_requested() {
        StatusCode::NO_CONTENT.into_response()
    } else {
        Redirect::to(page).into_response()
    }
}

/// Adds a link to "Quick Links" or removes one.
pub(crate) async fn change_links(
    State(state): State<AppState>,
    fragment: Fragment,
    form: SignedInForm,
) -> Result<Response, Failure> {
    let SignedInForm {
        signed_in: SignedIn { account, page, .. },
        fields,
    } = form;
    let typed = fields.get("address");
    let error = match (fields.get("remove"), links::web_address(typed)) {
        ("", Some(address)) => state
            .database
            .with(|db| store::add_link(db, account.id, &address))
            .map(|has_room| (!has_room).then_some(NO_ROOM))?,
        ("", None) => Some(NO_WEB_ADDRESS),
        (id, _) => state
            .database
            .with(|db| store::remove_link(db, account.id, id))
            .map(|()| None)?,
    };
    if error.is_none() && !fragment.is_requested() {
        return Ok(Redirect::to(DASHBOARD).into_response());
    }
    let links = state.database.with(|db| DashboardState::read(db, account.id))?.links;
    let typed = if error.is_some() {
        typed.to_owned()
    } else {
        String::new()
    };
    let widget = Widget::by_id(QUICK_LINKS).ok_or(Failure::NotFound)?;
    let status = if error.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    widget_response(
        status,
        page,
        ShownWidget {
            widget,
            content: Content::QuickLinks { links, typed, error },
        },
        &fragment,
    )
}

/// Adds a city to "World Clock" or removes one.
pub(crate) async fn change_cities(
    State(state): State<AppState>,
    fragment: Fragment,
    form: SignedInForm,
) -> Result<Response, Failure> {
    let SignedIn { account, page, .. } = form.signed_in;
    match form.fields.get("remove") {
        "" => {
            let city = cities::find(form.fields.get("city")).ok_or(Failure::NotFound)?;
            state.database.with(|db| cities::add(db, account.id, city))?;
        }
        id => state.database.with(|db| cities::remove(db, account.id, id))?,
    }
    if !fragment.is_requested() {
        return Ok(Redirect::to(DASHBOARD).into_response());
    }
    let widget = Widget::by_id(WORLD_CLOCK).ok_or(Failure::NotFound)?;
    let shown = content::show_one(&state, account.id, widget, &Fields::default(), &page).await?;
    widget_response(StatusCode::OK, page, shown, &fragment)
}
