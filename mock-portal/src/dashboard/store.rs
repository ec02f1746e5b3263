//! Changes of a dashboard: the order of its widgets, and what is written into them.

use rusqlite::{Connection, TransactionBehavior, params};

use super::{
    moves::Move,
    state::{DashboardState, Note},
};
use crate::{store::AccountId, widgets::WidgetId};

/// Moves one of the widgets that are on the dashboard. It only ever changes places: what another tab has taken off
/// stays off, and what it has added stays.
pub(super) fn rearrange(db: &mut Connection, account: AccountId, shift: Move) -> rusqlite::Result<()> {
    // The order must not change between being read and being written, not even by another process.
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let widgets = DashboardState::read(&transaction, account)?.widgets;
    let order = shift.apply_to(widgets.iter().map(|widget| widget.id).collect());
    for (position, widget) in (1_i64..).zip(order) {
        transaction
            .prepare_cached("UPDATE dashboard_widget SET position = ?3 WHERE account_id = ?1 AND widget = ?2")?
            .execute(params![account, widget, position])?;
    }
    transaction.commit()
}

/// Stores how the dashboard is shown.
pub(super) fn set_view(db: &Connection, account: AccountId, view: &str) -> rusqlite::Result<()> {
    db.execute("UPDATE account SET view = ?2 WHERE id = ?1", params![account, view])?;
    Ok(())
}

/// Stores `text` if version `seen` is still the current one; returns the note as it is now.
pub(super) fn save_note(db: &Connection, account: AccountId, text: &str, seen: Option<i64>) -> rusqlite::Result<Note> {
    db.prepare_cached(
        "UPDATE account SET note = ?2, note_version = note_version + 1
         WHERE id = ?1 AND note_version = ?3 AND note <> ?2",
    )?
    .execute(params![account, text, seen])?;
    Ok(DashboardState::read(db, account)?.note)
}

/// More than a person can keep an overview of.
const MOST_LINKS: i64 = 50;

/// Adds a link, once; `false` if there are too many.
pub(super) fn add_link(db: &Connection, account: AccountId, address: &str) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "INSERT INTO quick_link (account_id, address)
         SELECT ?1, ?2 WHERE (SELECT COUNT(*) FROM quick_link WHERE account_id = ?1) < ?3
         ON CONFLICT DO NOTHING",
    )?
    .execute(params![account, address, MOST_LINKS])?;
    db.prepare_cached("SELECT 1 FROM quick_link WHERE account_id = ?1 AND address = ?2")?
        .exists(params![account, address])
}

/// Removes a link, if it is this account's.
pub(super) fn remove_link(db: &Connection, account: AccountId, id: &str) -> rusqlite::Result<()> {
    db.execute(
        "DELETE FROM quick_link WHERE account_id = ?1 AND id = ?2",
        params![account, id.parse::<i64>().ok()],
    )?;
    Ok(())
}

/// In each service: more than a person can keep an overview of.
pub(super) const MOST_SEARCHES: u16 = 50;

/// Saves a search, once, unless there are too many.
pub(super) fn save_search(db: &Connection, account: AccountId, service: WidgetId, query: &str) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO saved_search (account_id, service, query)
         SELECT ?1, ?2, ?3 WHERE (SELECT COUNT(*) FROM saved_search WHERE account_id = ?1 AND service = ?2) < ?4
         ON CONFLICT DO NOTHING",
        params![account, service, query, MOST_SEARCHES],
    )?;
    Ok(())
}

/// Removes a saved search, if it is this account's.
pub(super) fn remove_search(db: &Connection, account: AccountId, id: &str) -> rusqlite::Result<()> {
    db.execute(
        "DELETE FROM saved_search WHERE account_id = ?1 AND id = ?2",
        params![account, id.parse::<i64>().ok()],
    )?;
    Ok(())
}
