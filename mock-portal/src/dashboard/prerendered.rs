//! Parts of a dashboard that are the same for everybody, rendered once in each language: most of a page is made of
//! them.

use std::{collections::HashMap, sync::LazyLock};

use askama::Template;

use super::{
    cities::City,
    content::{Content, ShownWidget},
    world_clock,
};
use crate::{
    language::Language,
    web::Page,
    widgets::{CATEGORIES, Category, DashboardTemplate, TEMPLATES, Widget, WidgetId},
};

/// The prerendered parts in one language: their number depends on the widgets alone, and they never change.
#[derive(Debug)]
pub(super) struct Prerendered {
    /// Headings and tools, by the widget's id.
    heads: HashMap<WidgetId, String>,
    /// By the widget's id.
    widgets: HashMap<WidgetId, String>,
    /// The boxes of each category.
    pub panel: Vec<(&'static Category, Vec<PanelBox>)>,
    /// The list of templates in the panel.
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
    pub(super) fn html(&self, is_ticked: bool) -> &str {
        if is_ticked { &self.ticked } else { &self.unticked }
    }
}

static IN_LANGUAGES: LazyLock<askama::Result<HashMap<&str, Prerendered>>> = LazyLock::new(|| {
    Language::all()
        .iter()
        .map(|language| Ok((language.code, Prerendered::render(language)?)))
        .collect()
});

#[derive(Template)]
#[template(path = "dashboard/head.html")]
struct HeadTemplate<'a> {
    page: &'a Page,
    widget: &'static Widget,
}

#[derive(Template)]
#[template(path = "dashboard/city.html")]
struct CityTemplate<'a> {
    page: &'a Page,
    city: &'static City,
}

#[derive(Template)]
#[template(path = "dashboard/box.html")]
struct PanelBoxTemplate<'a> {
    page: &'a Page,
    widget: &'static Widget,
    is_ticked: bool,
}

#[derive(Template)]
#[template(path = "dashboard/templates.html")]
struct TemplatesTemplate<'a> {
    page: &'a Page,
    templates: &'static [DashboardTemplate],
}

#[derive(Template)]
#[template(path = "dashboard/widget.html")]
pub(super) struct WidgetTemplate<'a> {
    pub prerendered: &'a Prerendered,
    pub page: Page,
    pub shown: ShownWidget,
}

impl Prerendered {
    /// The parts in `language`.
    pub(super) fn for_language(language: &Language) -> askama::Result<&'static Self> {
        let all = IN_LANGUAGES.as_ref().map_err(|_| askama::Error::Fmt)?;
        all.get(language.code).ok_or(askama::Error::Fmt)
    }

    /// The widget, unless its content is its reader's own.
    pub(super) fn widget(&self, shown: &ShownWidget) -> Option<&str> {
        let html = self.widgets.get(&shown.widget.id)?;
        shown.content.is_common().then_some(html)
    }

    /// The widget's heading and tools.
    pub(super) fn head(&self, widget: &Widget) -> &str {
        self.heads.get(&widget.id).map_or("", String::as_str)
    }

    fn render(language: &'static Language) -> askama::Result<Self> {
        let page = Page {
            language,
            ..Page::without_session()
        };
        let head = |widget: &'static Widget| Ok((widget.id, HeadTemplate { page: &page, widget }.render()?));
        let option = |city| Ok((city, CityTemplate { page: &page, city }.render()?));
        let boxes = |category: &'static Category| {
            let boxes = category.widgets.iter().map(|widget| panel_box(&page, widget));
            Ok((category, boxes.collect::<askama::Result<_>>()?))
        };
        let templates = TemplatesTemplate {
            page: &page,
            templates: &TEMPLATES,
        };
        let mut prerendered = Self {
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
                let one = WidgetTemplate {
                    prerendered: &prerendered,
                    page: page.clone(),
                    shown: ShownWidget { widget, content },
                };
                let html = one.render()?;
                prerendered.widgets.insert(widget.id, html);
            }
        }
        Ok(prerendered)
    }
}

fn panel_box(page: &Page, widget: &'static Widget) -> askama::Result<PanelBox> {
    let html = |is_ticked| {
        PanelBoxTemplate {
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
