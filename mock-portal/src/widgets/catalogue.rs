//! The catalogue of widgets: what there is, in which category, under which names.

use super::widget::{Category, DashboardTemplate, Widget, WidgetId, WidgetKind};
use crate::language::t;

/// The widget that an Office's first pairing brings along.
pub(crate) const PAY_SUMMARY: WidgetId = WidgetId::new("wipo-pay-summary");
pub(crate) const DISTRIBUTION_REPORTS: WidgetId = WidgetId::new("distribution-reports");
pub(crate) const ANNUAL_CONTRIBUTIONS: WidgetId = WidgetId::new("annual-contributions");
pub(crate) const WORLD_CLOCK: WidgetId = WidgetId::new("world-clock");
pub(crate) const QUICK_LINKS: WidgetId = WidgetId::new("quick-links");
pub(crate) const NOTEPAD: WidgetId = WidgetId::new("notepad");

/// A new account's dashboard, in this order.
pub(crate) const DEFAULT_WIDGETS: &[WidgetId] = &[
    WidgetId::new("patentscope"),
    WidgetId::new("global-brand-database"),
    WidgetId::new("global-design-database"),
    WORLD_CLOCK,
    QUICK_LINKS,
    NOTEPAD,
];

pub(crate) static TEMPLATES: [DashboardTemplate; 4] = [
    DashboardTemplate {
        id: "default",
        name: t("Default dashboard"),
        widgets: DEFAULT_WIDGETS,
    },
    DashboardTemplate {
        id: "patents",
        name: t("Patents and law"),
        widgets: &[
            WidgetId::new("patentscope"),
            WidgetId::new("ipc-publication"),
            WidgetId::new("epct"),
            WidgetId::new("wipo-lex"),
        ],
    },
    DashboardTemplate {
        id: "brands-and-designs",
        name: t("Brands and designs"),
        widgets: &[
            WidgetId::new("global-brand-database"),
            WidgetId::new("madrid-monitor"),
            WidgetId::new("global-design-database"),
            WidgetId::new("hague-express"),
            WidgetId::new("lisbon-express"),
        ],
    },
    DashboardTemplate {
        id: "office-finance",
        name: t("Office finance"),
        widgets: &[
            PAY_SUMMARY,
            WidgetId::new("current-account-summary"),
            DISTRIBUTION_REPORTS,
            ANNUAL_CONTRIBUTIONS,
        ],
    },
];

pub(crate) static CATEGORIES: [Category; 7] = [
    Category {
        id: "patents",
        name: t("Patents"),
        widgets: &[
            search(
                "patentscope",
                "PATENTSCOPE",
                t("Search for patents"),
                t("Search in the front page of the patent documents."),
            ),
            search(
                "ipc-publication",
                t("International Patent Classification"),
                t("Search the classification"),
                t("Search by a technical term or a symbol, such as H02S 20/32."),
            ),
            service(
                "epct",
                t("ePCT"),
                t("File international patent applications under the PCT, and follow them."),
                t("Open ePCT"),
                "https://www.wipo.int/pct",
            ),
        ],
    },
    Category {
        id: "trademarks",
        name: t("Trademarks"),
        widgets: &[
            search(
                "global-brand-database",
                t("Global Brand Database"),
                t("Search Global Brand Database"),
                t("Search by Brand name, Applicant/Holder name, Application/Registration number"),
            ),
            search(
                "madrid-monitor",
                t("Madrid Monitor"),
                t("Search Madrid Monitor"),
                t("Search by mark, holder or international registration number."),
            ),
            search(
                "nice-classification",
                t("Nice Classification"),
                t("Search goods and services"),
                t("Search by a name of goods or services, or a class number."),
            ),
            service(
                "emadrid",
                t("eMadrid"),
                t("File and manage international registrations of marks under the Madrid System."),
                t("Open eMadrid"),
                "https://www.wipo.int/madrid",
            ),
        ],
    },
    Category {
        id: "designs",
        name: t("Designs"),
        widgets: &[
            search(
                "global-design-database",
                t("Global Design Database"),
                t("Search Global Design Database"),
                t("Search by Product Indication, Holder name, Application/Design number."),
            ),
            search(
                "hague-express",
                t("Hague Express"),
                t("Search Hague Express"),
                t("Search by holder or international registration number."),
            ),
            search(
                "locarno-classification",
                t("Locarno Classification"),
                t("Search products"),
                t("Search by a product indication or a class number."),
            ),
            service(
                "ehague",
                t("eHague"),
                t("File and manage international registrations of designs under the Hague System."),
                t("Open eHague"),
                "https://www.wipo.int/hague",
            ),
        ],
    },
    Category {
        id: "geographical-indications",
        name: t("Geographical Indications"),
        widgets: &[
            search(
                "lisbon-express",
                t("Lisbon Express"),
                t("Search Lisbon Express"),
                t("Search by appellation of origin, geographical indication or holder."),
            ),
            service(
                "elisbon",
                t("eLisbon"),
                t("File and manage international registrations of geographical indications under the Lisbon System."),
                t("Open eLisbon"),
                "https://www.wipo.int/lisbon",
            ),
        ],
    },
    Category {
        id: "payments",
        name: t("Payments"),
        widgets: &[
            widget(PAY_SUMMARY, t("WIPO Pay Summary"), WidgetKind::PaySummary),
            widget(
                WidgetId::new("current-account-summary"),
                t("Current Account at WIPO Summary"),
                WidgetKind::AccountSummary,
            ),
            widget(
                WidgetId::new("wipo-pay-details"),
                t("WIPO Pay Details"),
                WidgetKind::PayDetails,
            ),
            widget(
                WidgetId::new("current-account-details"),
                t("Current Account at WIPO Details"),
                WidgetKind::AccountDetails,
            ),
            Widget {
                id: DISTRIBUTION_REPORTS,
                name: t("Distribution Reports"),
                title: t("Distribution Reports (IP Offices)"),
                kind: WidgetKind::Reports,
            },
            Widget {
                id: ANNUAL_CONTRIBUTIONS,
                name: t("Annual Contributions"),
                title: t("Annual Contributions (WIPO - UPOV Members)"),
                kind: WidgetKind::Contributions,
            },
        ],
    },
    Category {
        id: "wipo-lex",
        name: t("WIPO Lex"),
        widgets: &[
            search(
                "wipo-lex",
                t("WIPO Lex"),
                t("Search WIPO Lex"),
                t("Search laws, treaties and judgments on intellectual property."),
            ),
            search(
                "wipo-lex-judgments",
                t("WIPO Lex Judgments"),
                t("Search judgments"),
                t("Search leading judgments by court, subject or party."),
            ),
        ],
    },
    Category {
        id: "general",
        name: t("General"),
        widgets: &[
            widget(WORLD_CLOCK, t("World Clock"), WidgetKind::WorldClock),
            widget(QUICK_LINKS, t("Quick Links"), WidgetKind::QuickLinks),
            widget(NOTEPAD, t("Notepad"), WidgetKind::Notepad),
        ],
    },
];

const fn widget(id: WidgetId, name: &'static str, kind: WidgetKind) -> Widget {
    Widget {
        id,
        name,
        title: name,
        kind,
    }
}

const fn search(id: &'static str, name: &'static str, placeholder: &'static str, hint: &'static str) -> Widget {
    widget(WidgetId::new(id), name, WidgetKind::Search { placeholder, hint })
}

const fn service(
    id: &'static str,
    name: &'static str,
    purpose: &'static str,
    link: &'static str,
    address: &'static str,
) -> Widget {
    widget(WidgetId::new(id), name, WidgetKind::Service { purpose, link, address })
}

impl WidgetId {
    /// `text` as the id of a widget that there is.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Widget::find(text).map(|widget| widget.id)
    }
}

impl Widget {
    /// The widget with this id.
    pub(crate) fn find(id: &str) -> Option<&'static Self> {
        Self::all().find(|widget| widget.id.as_str() == id)
    }

    /// As [`Self::find`]; `None` only for an id that the catalogue has not, which a test excludes.
    pub(crate) fn by_id(id: WidgetId) -> Option<&'static Self> {
        Self::find(id.as_str())
    }

    /// Every widget there is.
    pub(crate) fn all() -> impl Iterator<Item = &'static Self> {
        CATEGORIES.iter().flat_map(|category| category.widgets)
    }

    /// The widget with this id, or with this name in the panel.
    pub(crate) fn find_by_id_or_name(text: &str) -> Option<&'static Self> {
        Self::all().find(|widget| widget.id.as_str() == text || widget.name == text)
    }

    /// The search with this id; none if it is another kind of widget.
    pub(crate) fn find_search(id: &str) -> Option<&'static Self> {
        Self::find(id).filter(|widget| matches!(widget.kind, WidgetKind::Search { .. }))
    }
}

impl DashboardTemplate {
    /// The names of its widgets.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.widgets.iter().filter_map(|id| Some(Widget::by_id(*id)?.name))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_are_unique_and_every_category_holds_a_widget() {
        let ids: Vec<_> = CATEGORIES
            .iter()
            .flat_map(|category| category.widgets)
            .map(|widget| widget.id)
            .collect();
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
        assert!(CATEGORIES.iter().all(|category| !category.widgets.is_empty()));
    }

    #[test]
    fn templates_and_the_default_dashboard_name_widgets_that_exist() {
        for id in TEMPLATES.iter().flat_map(|template| template.widgets).chain(&[
            PAY_SUMMARY,
            DISTRIBUTION_REPORTS,
            ANNUAL_CONTRIBUTIONS,
            WORLD_CLOCK,
            QUICK_LINKS,
            NOTEPAD,
        ]) {
            assert!(Widget::by_id(*id).is_some(), "{id}");
        }
    }
}
