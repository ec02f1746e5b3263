//! Parts of a dashboard that say the same to everybody, rendered once in each language: most of a page is made of them.

use std::{collections::HashMap, sync::LazyLock};

use askama::Template;

use super::{
    content::{Content, Shown},
    handlers::OneWidget,
    widget::{self, TEMPLATES, Widget},
};
use crate::{language::Language, web::Page};

/// What is ready in one language: as much as there are widgets, whoever asks for whatever, and nothing that could change.
#[derive(Debug)]
pub(super) struct Ready {
    /// By the widget's id.
    widgets: HashMap<&'static str, String>,
    /// The panel's boxes by the widget's id, not ticked and ticked.
    boxes: HashMap<(&'static str, bool), String>,
    /// What the panel says of the templates.
    pub templates: String,
}

static IN_LANGUAGES: LazyLock<askama::Result<HashMap<&str, Ready>>> = LazyLock::new(|| {
    Language::all()
        .iter()
        .map(|language| Ok((language.code, Ready::render(language)?)))
        .collect()
});

#[derive(Template)]
#[template(path = "dashboard/box.html")]
struct PanelBox<'a> {
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

    /// The widget's box in the panel.
    pub fn panel_box(&self, widget: &Widget, is_ticked: bool) -> &str {
        self.boxes.get(&(widget.id, is_ticked)).map_or("", String::as_str)
    }

    fn render(language: &'static Language) -> askama::Result<Self> {
        let page = Page {
            language,
            ..Page::for_nobody()
        };
        let (mut widgets, mut boxes) = (HashMap::new(), HashMap::new());
        for widget in Widget::all() {
            if let Some(content) = Content::common(widget) {
                let page = page.clone();
                let shown = Shown { widget, content };
                widgets.insert(widget.id, OneWidget { page, shown }.render()?);
            }
            for is_ticked in [false, true] {
                let page = &page;
                let html = PanelBox {
                    page,
                    widget,
                    is_ticked,
                };
                boxes.insert((widget.id, is_ticked), html.render()?);
            }
        }
        let templates = Templates {
            page: &page,
            templates: &TEMPLATES,
        };
        Ok(Self {
            widgets,
            boxes,
            templates: templates.render()?,
        })
    }
}
