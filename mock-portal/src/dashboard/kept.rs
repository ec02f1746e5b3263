//! All that an account keeps on its dashboard, read in one statement: for a few rows each, statements cost more than what they
//! read, and whoever else asks waits for the database meanwhile.

use rusqlite::{Connection, Row};

use super::{
    cities::{self, City},
    searches::SavedSearch,
    store::{Note, QuickLink},
    widget::Widget,
};

const ALL: &str = "SELECT 'account', view, note, note_version FROM account WHERE id = ?1
     UNION ALL SELECT 'widget', widget, '', position FROM dashboard_widget WHERE account_id = ?1
     UNION ALL SELECT 'city', city, '', id FROM clock_city WHERE account_id = ?1
     UNION ALL SELECT 'link', address, '', id FROM quick_link WHERE account_id = ?1
     UNION ALL SELECT 'search', service, query, id FROM saved_search WHERE account_id = ?1";

/// What an account keeps on its dashboard.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// How the dashboard is shown: "grid" or "list".
    pub view: String,
    /// What stands in the Notepad.
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

impl Kept {
    /// What `account` keeps.
    pub fn read(db: &Connection, account: i64) -> rusqlite::Result<Self> {
        let mut kept = Self::default();
        let (mut widgets, mut cities) = (Vec::new(), Vec::new());
        let mut statement = db.prepare_cached(ALL)?;
        let mut rows = statement.query([account])?;
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(3)?;
            match text(row, 0)? {
                "account" => {
                    kept.view = row.get(1)?;
                    kept.note = Note {
                        text: row.get(2)?,
                        version: number,
                    };
                }
                "widget" => widgets.extend(Widget::find(text(row, 1)?).map(|widget| (number, widget))),
                "city" => cities.extend(cities::find(text(row, 1)?).map(|city| (number, city))),
                "link" => kept.links.push(QuickLink {
                    id: number,
                    address: row.get(1)?,
                }),
                _ => kept.searches.push(SavedSearch {
                    id: number,
                    service: row.get(1)?,
                    query: row.get(2)?,
                }),
            }
        }
        // Quicker here than for SQLite, which would prepare for more rows than there are.
        widgets.sort_unstable_by_key(|(position, widget)| (*position, widget.id));
        kept.widgets = widgets.into_iter().map(|(_, widget)| widget).collect();
        cities.sort_unstable_by_key(|(id, _)| *id);
        kept.cities = cities.into_iter().map(|(_, city)| city).collect();
        kept.links.sort_unstable_by_key(|link| link.id);
        kept.searches.sort_unstable_by_key(|search| search.id);
        Ok(kept)
    }
}

fn text<'a>(row: &'a Row, column: usize) -> rusqlite::Result<&'a str> {
    Ok(row.get_ref(column)?.as_str()?)
}
