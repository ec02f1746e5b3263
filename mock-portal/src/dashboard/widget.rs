//! The catalogue of widgets: what there is, in which category, under which names.

use crate::language::t;

/// A widget that can be on a dashboard.
#[derive(Debug)]
pub(crate) struct Widget {
    /// In addresses and in the database.
    pub id: &'static str,
    /// In the panel.
    pub name: &'static str,
    /// On the dashboard.
    pub title: &'static str,
    pub kind: Kind,
}

/// What a widget does.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Search {
        placeholder: &'static str,
        hint: &'static str,
    },
    /// An online service of WIPO's: what it is for, what its link says, and where that leads.
    Service {
        purpose: &'static str,
        link: &'static str,
        address: &'static str,
    },
    WorldClock,
    QuickLinks,
    Notepad,
    PaySummary,
    PayDetails,
    AccountSummary,
    AccountDetails,
    Reports,
    Contributions,
}

/// A disclosure group of the panel.
#[derive(Debug)]
pub(crate) struct Category {
    pub id: &'static str,
    pub name: &'static str,
    pub widgets: &'static [Widget],
}

/// A named set of widgets.
#[derive(Debug)]
pub(crate) struct Template {
    pub id: &'static str,
    pub name: &'static str,
    pub widgets: &'static [&'static str],
}

/// The widget that an Office's first pairing brings along.
pub(crate) const PAY_SUMMARY: &str = "wipo-pay-summary";

/// A new account's dashboard, in this order.
pub(crate) const DEFAULT: &[&str] = &[
    "patentscope",
    "global-brand-database",
    "global-design-database",
    "world-clock",
    "quick-links",
    "notepad",
];

pub(crate) static TEMPLATES: [Template; 4] = [
    Template {
        id: "default",
        name: t("Default dashboard"),
        widgets: DEFAULT,
    },
    Template {
        id: "patents",
        name: t("Patents and law"),
        widgets: &["patentscope", "ipc-publication", "epct", "wipo-lex"],
    },
    Template {
        id: "brands-and-designs",
        name: t("Brands and designs"),
        widgets: &[
            "global-brand-database",
            "madrid-monitor",
            "global-design-database",
            "hague-express",
            "lisbon-express",
        ],
    },
    Template {
        id: "office-finance",
        name: t("Office finance"),
        widgets: &[
            PAY_SUMMARY,
            "current-account-summary",
            "distribution-reports",
            "annual-contributions",
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
            widget(PAY_SUMMARY, t("WIPO Pay Summary"), Kind::PaySummary),
            widget(
                "current-account-summary",
                t("Current Account at WIPO Summary"),
                Kind::AccountSummary,
            ),
            widget("wipo-pay-details", t("WIPO Pay Details"), Kind::PayDetails),
            widget(
                "current-account-details",
                t("Current Account at WIPO Details"),
                Kind::AccountDetails,
            ),
            Widget {
                id: "distribution-reports",
                name: t("Distribution Reports"),
                title: t("Distribution Reports (IP Offices)"),
                kind: Kind::Reports,
            },
            Widget {
                id: "annual-contributions",
                name: t("Annual Contributions"),
                title: t("Annual Contributions (WIPO - UPOV Members)"),
                kind: Kind::Contributions,
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
            widget("world-clock", t("World Clock"), Kind::WorldClock),
            widget("quick-links", t("Quick Links"), Kind::QuickLinks),
            widget("notepad", t("Notepad"), Kind::Notepad),
        ],
    },
];

const fn widget(id: &'static str, name: &'static str, kind: Kind) -> Widget {
    Widget {
        id,
        name,
        title: name,
        kind,
    }
}

const fn search(id: &'static str, name: &'static str, placeholder: &'static str, hint: &'static str) -> Widget {
    widget(id, name, Kind::Search { placeholder, hint })
}

const fn service(
    id: &'static str,
    name: &'static str,
    purpose: &'static str,
    link: &'static str,
    address: &'static str,
) -> Widget {
    widget(id, name, Kind::Service { purpose, link, address })
}

impl Widget {
    /// The widget with this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        Self::all().find(|widget| widget.id == id)
    }

    /// Every widget there is.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        CATEGORIES.iter().flat_map(|category| category.widgets)
    }

    /// The widget with this id or, as the panel calls it, this name.
    pub fn called(text: &str) -> Option<&'static Self> {
        Self::all().find(|widget| widget.id == text || widget.name == text)
    }

    /// The search with this id; none if it is another kind of widget.
    pub fn find_search(id: &str) -> Option<&'static Self> {
        Self::find(id).filter(|widget| matches!(widget.kind, Kind::Search { .. }))
    }

    /// Whether it shows an Office's documents, and so has to be paired first.
    pub fn is_pairable(&self) -> bool {
        matches!(self.kind, Kind::Reports | Kind::Contributions)
    }
}

impl Template {
    /// The names of its widgets.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.widgets.iter().filter_map(|id| Some(Widget::find(id)?.name))
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
        for id in TEMPLATES
            .iter()
            .flat_map(|template| template.widgets)
            .chain([&PAY_SUMMARY])
        {
            assert!(Widget::find(id).is_some(), "{id}");
        }
    }
}
