//! The dashboard's pages and forms. A script asks for the part of the page that changes; without script the whole page
//! comes again.

use askama::Template;
use axum::{
    extract::{FromRequestParts, Path, State},
    http::{StatusCode, Uri, request::Parts},
    response::{IntoResponse, Redirect, Response},
};

use super::{
    arrangement::Arrangement,
    cities,
    content::{self, Content, Shown},
    kept::Kept,
    links,
    ready::Ready,
    store,
    widget::{TEMPLATES, Widget},
};
use crate::{
    app::App,
    language::t,
    web::{Failure, Fields, Page, SignedIn, SignedInForm, html, html_with},
};

const DASHBOARD: &str = "/dashboard";
const DASHBOARD_WITH_PANEL: &str = "/dashboard?panel=open";
const NO_WEB_ADDRESS: &str = t("Enter a web address that begins with http:// or https://.");

const NO_ROOM: &str = t("There is no room for more links. Remove one first.");

/// Whether a script asks for a part of the page.
pub(crate) struct Fragment(bool);

impl Fragment {
    pub fn is_asked_for(&self) -> bool {
        self.0
    }
}

impl FromRequestParts<App> for Fragment {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.headers.contains_key("x-fragment")))
    }
}

#[derive(Template)]
#[template(path = "dashboard/dashboard.html")]
struct Dashboard {
    page: Page,
    widgets: Vec<Shown>,
    view: String,
    panel_is_open: bool,
    ready: &'static Ready,
}

impl Dashboard {
    fn has(&self, widget: &Widget) -> bool {
        self.widgets.iter().any(|shown| std::ptr::eq(shown.widget, widget))
    }
}

/// "My IP Portal Dashboard".
pub(crate) async fn show(
    State(app): State<App>,
    address: Uri,
    SignedIn { account, page, .. }: SignedIn,
) -> Result<Response, Failure> {
    let (view, widgets) = content::all(&app, account.id, &page).await?;
    let panel_is_open = Fields::of_query(&address).get("panel") == "open";
    html(&Dashboard {
        ready: Ready::of(page.language)?,
        page,
        widgets,
        view,
        panel_is_open,
    })
}

#[derive(Template)]
#[template(path = "dashboard/widget.html")]
pub(super) struct OneWidget<'a> {
    pub ready: &'a Ready,
    pub page: Page,
    pub shown: Shown,
}

#[derive(Template)]
#[template(path = "dashboard/single.html")]
struct SinglePage {
    ready: &'static Ready,
    page: Page,
    shown: Shown,
}

/// One widget: alone where a script asks, else on a page of its own.
pub(super) fn answer(status: StatusCode, page: Page, shown: Shown, fragment: &Fragment) -> Result<Response, Failure> {
    let ready = Ready::of(page.language)?;
    if fragment.0 {
        html_with(status, &OneWidget { ready, page, shown })
    } else {
        html_with(status, &SinglePage { ready, page, shown })
    }
}

/// One widget with its selects as asked for.
pub(crate) async fn show_widget(
    State(app): State<App>,
    Path(id): Path<String>,
    address: Uri,
    fragment: Fragment,
    SignedIn { account, page, .. }: SignedIn,
) -> Result<Response, Failure> {
    let widget = Widget::find(&id).ok_or(Failure::NotFound)?;
    let shown = content::of(&app, account.id, widget, &Fields::of_query(&address), &page).await?;
    answer(StatusCode::OK, page, shown, &fragment)
}

/// Adds, removes or moves widgets.
pub(crate) async fn arrange(
    State(app): State<App>,
    fragment: Fragment,
    form: SignedInForm,
) -> Result<Response, Failure> {
    let SignedIn { account, page, .. } = form.signed_in;
    let change = Arrangement::read(&form.fields).ok_or(Failure::NotFound)?;
    app.database.with(|db| change.apply(db, account.id))?;
    match change {
        Arrangement::Add(id) if fragment.0 => {
            let widget = Widget::find(id).ok_or(Failure::NotFound)?;
            let shown = content::of(&app, account.id, widget, &Fields::default(), &page).await?;
            answer(StatusCode::OK, page, shown, &fragment)
        }
        // What is on the dashboard now: a tab that shows something else follows.
        _ if fragment.0 => {
            let widgets = app.database.with(|db| Kept::read(db, account.id))?.widgets;
            let ids: Vec<_> = widgets.iter().map(|widget| widget.id).collect();
            Ok(ids.join(" ").into_response())
        }
        Arrangement::Move(_) | Arrangement::Remove(_) => Ok(Redirect::to(DASHBOARD).into_response()),
        Arrangement::Add(_) | Arrangement::Apply { .. } => Ok(Redirect::to(DASHBOARD_WITH_PANEL).into_response()),
    }
}

#[derive(Template)]
#[template(path = "dashboard/clear.html")]
struct AskToClear {
    page: Page,
}

/// "Clear Dashboard" asks first.
pub(crate) async fn ask_to_clear(SignedIn { page, .. }: SignedIn) -> Result<Response, Failure> {
    html(&AskToClear { page })
}

/// Takes all widgets off; what was written into them, and pairings, are kept.
pub(crate) async fn clear(State(app): State<App>, form: SignedInForm) -> Result<Response, Failure> {
    app.database.with(|db| store::clear(db, form.signed_in.account.id))?;
    Ok(Redirect::to(DASHBOARD_WITH_PANEL).into_response())
}

/// Shows the dashboard as a grid or as a list, whichever the button promised: another tab may have changed it meanwhile.
pub(crate) async fn change_view(
    State(app): State<App>,
    fragment: Fragment,
    form: SignedInForm,
) -> Result<Response, Failure> {
    let view = Some(form.fields.get("view")).filter(|view| ["grid", "list"].contains(view));
    let view = view.ok_or(Failure::NotFound)?;
    app.database
        .with(|db| store::set_view(db, form.signed_in.account.id, view))?;
    Ok(kept(&fragment, DASHBOARD_WITH_PANEL))
}

/// Adds the template's widgets that are missing; nothing is taken away.
pub(crate) async fn use_template(
    State(app): State<App>,
    Path(id): Path<String>,
    form: SignedInForm,
) -> Result<Response, Failure> {
    let template = TEMPLATES
        .iter()
        .find(|template| template.id == id)
        .ok_or(Failure::NotFound)?;
    app.database.with(|db| {
        let transaction = db.transaction()?;
        template
            .widgets
            .iter()
            .try_for_each(|id| store::add(&transaction, form.signed_in.account.id, id))?;
        transaction.commit()
    })?;
    Ok(Redirect::to(DASHBOARD_WITH_PANEL).into_response())
}

/// Keeps what stands in the Notepad, unless it was changed since whoever writes saw it: then both texts are shown, and the
/// person decides. A script is told the new version, for what is written next.
pub(crate) async fn save_note(
    State(app): State<App>,
    fragment: Fragment,
    form: SignedInForm,
) -> Result<Response, Failure> {
    let SignedIn { account, page, .. } = form.signed_in;
    // Browsers send line ends as CRLF.
    let text = form.fields.get("note").replace("\r\n", "\n");
    let seen = form.fields.get("version").parse().ok();
    let note = app.database.with(|db| store::save_note(db, account.id, &text, seen))?;
    if note.text != text {
        let widget = Widget::find("notepad").ok_or(Failure::NotFound)?;
        let content = Content::Notepad {
            note,
            typed: Some(text),
        };
        return answer(StatusCode::CONFLICT, page, Shown { widget, content }, &fragment);
    }
    if fragment.0 {
        return Ok(note.version.to_string().into_response());
    }
    Ok(Redirect::to(DASHBOARD).into_response())
}

/// What was sent is kept: a script shows so by itself, without one the page comes again.
fn kept(fragment: &Fragment, page: &str) -> Response {
    if fragment.0 {
        StatusCode::NO_CONTENT.into_response()
    } else {
        Redirect::to(page).into_response()
    }
}

/// Adds a link to "Quick Links" or removes one.
pub(crate) async fn change_links(
    State(app): State<App>,
    fragment: Fragment,
    form: SignedInForm,
) -> Result<Response, Failure> {
    let SignedInForm {
        signed_in: SignedIn { account, page, .. },
        fields,
    } = form;
    let typed = fields.get("address");
    let error = match (fields.get("remove"), links::web_address(typed)) {
        ("", Some(address)) => app
            .database
            .with(|db| store::add_link(db, account.id, &address))
            .map(|has_room| (!has_room).then_some(NO_ROOM))?,
        ("", None) => Some(NO_WEB_ADDRESS),
        (id, _) => app
            .database
            .with(|db| store::remove_link(db, account.id, id))
            .map(|()| None)?,
    };
    if error.is_none() && !fragment.0 {
        return Ok(Redirect::to(DASHBOARD).into_response());
    }
    let links = app.database.with(|db| Kept::read(db, account.id))?.links;
    let typed = if error.is_some() {
        typed.to_owned()
    } else {
        String::new()
    };
    let widget = Widget::find("quick-links").ok_or(Failure::NotFound)?;
    let status = if error.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    answer(
        status,
        page,
        Shown {
            widget,
            content: Content::QuickLinks { links, typed, error },
        },
        &fragment,
    )
}

/// Adds a city to "World Clock" or removes one.
pub(crate) async fn change_cities(
    State(app): State<App>,
    fragment: Fragment,
    form: SignedInForm,
) -> Result<Response, Failure> {
    let SignedIn { account, page, .. } = form.signed_in;
    match form.fields.get("remove") {
        "" => {
            let city = cities::find(form.fields.get("city")).ok_or(Failure::NotFound)?;
            app.database.with(|db| cities::add(db, account.id, city))?;
        }
        id => app.database.with(|db| cities::remove(db, account.id, id))?,
    }
    if !fragment.0 {
        return Ok(Redirect::to(DASHBOARD).into_response());
    }
    let widget = Widget::find("world-clock").ok_or(Failure::NotFound)?;
    let shown = content::of(&app, account.id, widget, &Fields::default(), &page).await?;
    answer(StatusCode::OK, page, shown, &fragment)
}
