//! The widgets that a dashboard can have, and the sets that they are offered in.

mod catalogue;
mod widget;

pub(crate) use catalogue::{
    ANNUAL_CONTRIBUTIONS, CATEGORIES, DEFAULT_WIDGETS, DISTRIBUTION_REPORTS, NOTEPAD, PAY_SUMMARY, QUICK_LINKS,
    TEMPLATES, WORLD_CLOCK,
};
pub(crate) use widget::{Category, DashboardTemplate, Widget, WidgetId, WidgetKind};
