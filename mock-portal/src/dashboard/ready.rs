//! Parts of a dashboard that say the same to everybody, rendered once in each language: most of a page is made of them.

use std::{collections::HashMap, sync::LazyLock};

use askama::Template;

use super::{
    cities::City,
    content::{Content, Shown},
    handlers::OneWidget,
    widget::{self, CATEGORIES, Category, TEMPLATES, Widget},
    world_clock,
};
use crate::{language::Language, web::Page};

/// What is ready in one language: as much as there are widgets, whoever asks for whatever, and nothing that could change.
#[derive(Debug)]
pub(super) struct Ready {
    /// Headings and tools, by the widget's id.
    heads: HashMap<&'static str, String>,
    /// By the widget's id.
    widgets: HashMap<&'static str, String>,
    /// The boxes of each category.
    pub panel: Vec<(&'static Category, Vec<PanelBox>)>,
    /// What the panel says of the templates.
    pub templates: String,
    /// The cities that "World Clock" offers, in the order of their names.
    pub cities: Vec<(&'static City, String)>,
}

/// A widget's box in the panel.
#[derive(Debug)]
pub(super) struct PanelBox {
    pub widget: &'static Widget,
    ticked: String,
    unticked: String,
}

impl PanelBox {
    pub fn html(&self, is_ticked: bool) -> &str {
        if is_ticked { &self.ticked } else { &self.unticked }
    }
}

static IN_LANGUAGES: LazyLock<askama::Result<HashMap<&str, Ready>>> = LazyLock::new(|| {
    Language::all()
        .iter()
        .map(|language| Ok((language.code, Ready::render(language)?)))
        .collect()
});

#[derive(Template)]
#[template(path = "dashboard/head.html")]
struct Head<'a> {
    page: &'a Page,
    widget: &'static Widget,
}

#[derive(Template)]
#[template(path = "dashboard/city.html")]
struct CityOption<'a> {
    page: &'a Page,
    city: &'static City,
}

#[derive(Template)]
#[template(path = "dashboard/box.html")]
struct BoxOf<'a> {
    page: &'a Page,
    widget: &'static Widget,
    is_ticked: bool,
}

#[derive(Template)]
#[template(path = "dashboard/templates.html")]
struct Templates<'a> {
    page: &'a Page,
    templates: &'static [widget::Template],
}

impl Ready {
    /// What is ready in `language`.
    pub fn of(language: &Language) -> askama::Result<&'static Self> {
        let all = IN_LANGUAGES.as_ref().map_err(|_| askama::Error::Fmt)?;
        all.get(language.code).ok_or(askama::Error::Fmt)
    }

    /// The widget, unless it shows something of its reader's.
    pub fn widget(&self, shown: &Shown) -> Option<&str> {
        let html = self.widgets.get(shown.widget.id)?;
        shown.content.is_common().then_some(html)
    }

    /// The widget's heading and tools.
    pub fn head(&self, widget: &Widget) -> &str {
        self.heads.get(widget.id).map_or("", String::as_str)
    }

    fn render(language: &'static Language) -> askama::Result<Self> {
        let page = Page {
            language,
            ..Page::for_nobody()
        };
        let head = |widget: &'static Widget| Ok((widget.id, Head { page: &page, widget }.render()?));
        let option = |city| Ok((city, CityOption { page: &page, city }.render()?));
        let boxes = |category: &'static Category| {
            let boxes = category.widgets.iter().map(|widget| panel_box(&page, widget));
            Ok((category, boxes.collect::<askama::Result<_>>()?))
        };
        let templates = Templates {
            page: &page,
            templates: &TEMPLATES,
        };
        let mut ready = Self {
            heads: Widget::all().map(head).collect::<askama::Result<_>>()?,
            widgets: HashMap::new(),
            panel: CATEGORIES.iter().map(boxes).collect::<askama::Result<_>>()?,
            templates: templates.render()?,
            cities: world_clock::in_order(language)
                .into_iter()
                .map(option)
                .collect::<askama::Result<_>>()?,
        };
        for widget in Widget::all() {
            if let Some(content) = Content::common(widget) {
                let one = OneWidget {
                    ready: &ready,
                    page: page.clone(),
                    shown: Shown { widget, content },
                };
                let html = one.render()?;
                ready.widgets.insert(widget.id, html);
            }
        }
        Ok(ready)
    }
}

fn panel_box(page: &Page, widget: &'static Widget) -> askama::Result<PanelBox> {
    let html = |is_ticked| {
        BoxOf {
            page,
            widget,
            is_ticked,
        }
        .render()
    };
    Ok(PanelBox {
        widget,
        ticked: html(true)?,
        unticked: html(false)?,
    })
}
