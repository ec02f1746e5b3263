//! The state of an account's dashboard, read in one statement: for a few rows each, statements cost more than what they
//! read, and other requests wait for the database meanwhile.

use rusqlite::{Connection, Row};

use super::cities::{self, City};
use crate::{store::AccountId, widgets::Widget};

const ALL: &str = "SELECT 'account', view, note, note_version FROM account WHERE id = ?1
     UNION ALL SELECT 'widget', widget, '', position FROM dashboard_widget WHERE account_id = ?1
     UNION ALL SELECT 'city', city, '', id FROM clock_city WHERE account_id = ?1
     UNION ALL SELECT 'link', address, '', id FROM quick_link WHERE account_id = ?1
     UNION ALL SELECT 'search', service, query, id FROM saved_search WHERE account_id = ?1";

/// The text of the Notepad.
#[derive(Debug, Default)]
pub(super) struct Note {
    pub text: String,
    /// Incremented by each change. A form has the version that it shows, so that nobody overwrites a text unseen.
    pub version: i64,
}

/// A link of "Quick Links".
#[derive(Debug)]
pub(super) struct QuickLink {
    pub id: i64,
    pub address: String,
}

#[derive(Debug)]
pub(super) struct SavedSearch {
    /// The widget's id.
    pub service: String,
    pub id: i64,
    pub query: String,
}

/// The state of an account's dashboard.
#[derive(Debug, Default)]
pub(super) struct DashboardState {
    /// How the dashboard is shown: "grid" or "list".
    pub view: String,
    pub note: Note,
    /// In the order of the dashboard.
    pub widgets: Vec<&'static Widget>,
    /// In the order in which they were added.
    pub cities: Vec<&'static City>,
    /// Oldest first.
    pub links: Vec<QuickLink>,
    /// In all services, oldest first.
    pub searches: Vec<SavedSearch>,
}

impl DashboardState {
    pub(super) fn read(db: &Connection, account: AccountId) -> rusqlite::Result<Self> {
        let mut state = Self::default();
        let (mut widgets, mut cities) = (Vec::new(), Vec::new());
        let mut statement = db.prepare_cached(ALL)?;
        let mut rows = statement.query([account])?;
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(3)?;
            match text(row, 0)? {
                "account" => {
                    state.view = row.get(1)?;
                    state.note = Note {
                        text: row.get(2)?,
                        version: number,
                    };
                }
                "widget" => widgets.extend(Widget::find(text(row, 1)?).map(|widget| (number, widget))),
                "city" => cities.extend(cities::find(text(row, 1)?).map(|city| (number, city))),
                "link" => state.links.push(QuickLink {
                    id: number,
                    address: row.get(1)?,
                }),
                _ => state.searches.push(SavedSearch {
                    id: number,
                    service: row.get(1)?,
                    query: row.get(2)?,
                }),
            }
        }
        // Quicker here than for SQLite, which would prepare for more rows than there are.
        widgets.sort_unstable_by_key(|(position, widget)| (*position, widget.id));
        state.widgets = widgets.into_iter().map(|(_, widget)| widget).collect();
        cities.sort_unstable_by_key(|(id, _)| *id);
        state.cities = cities.into_iter().map(|(_, city)| city).collect();
        state.links.sort_unstable_by_key(|link| link.id);
        state.searches.sort_unstable_by_key(|search| search.id);
        Ok(state)
    }
}

fn text<'a>(row: &'a Row, column: usize) -> rusqlite::Result<&'a str> {
    Ok(row.get_ref(column)?.as_str()?)
}
