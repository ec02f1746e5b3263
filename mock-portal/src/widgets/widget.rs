//! What a widget, a category of the panel and a dashboard template are.

use std::fmt;

/// The id of a widget of the catalogue, in addresses and in the database. Texts become one by
/// [`WidgetId::parse`](super::WidgetId::parse).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WidgetId(&'static str);

impl WidgetId {
    /// Only for the catalogue: an id that is not in it belongs to no widget.
    pub(super) const fn new(id: &'static str) -> Self {
        Self(id)
    }

    pub(crate) fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for WidgetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A widget that can be on a dashboard.
#[derive(Debug)]
pub(crate) struct Widget {
    pub id: WidgetId,
    /// In the panel.
    pub name: &'static str,
    /// On the dashboard.
    pub title: &'static str,
    pub kind: WidgetKind,
}

/// What a widget does.
#[derive(Clone, Copy, Debug)]
pub(crate) enum WidgetKind {
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

/// A named set of widgets: "Dashboard templates" in the panel.
#[derive(Debug)]
pub(crate) struct DashboardTemplate {
    pub id: &'static str,
    pub name: &'static str,
    pub widgets: &'static [WidgetId],
}

impl Widget {
    /// Whether it shows an Office's documents, and so has to be paired first.
    pub(crate) fn is_pairable(&self) -> bool {
        matches!(self.kind, WidgetKind::Reports | WidgetKind::Contributions)
    }
}
