//! A dashboard as it is kept: which widgets, in which order, and what was written into them.

use rusqlite::{Connection, TransactionBehavior, params};

use super::{kept::Kept, moves::Move, widget::DEFAULT};

/// Gives a new account the default dashboard.
pub(crate) fn lay_out(db: &Connection, account: i64) -> rusqlite::Result<()> {
    DEFAULT.iter().try_for_each(|id| add(db, account, id))
}

/// Puts a widget at the end of the dashboard, unless it is there already.
pub(crate) fn add(db: &Connection, account: i64, widget: &str) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO dashboard_widget (account_id, widget, position)
         VALUES (?1, ?2, (SELECT COALESCE(MAX(position), 0) + 1 FROM dashboard_widget WHERE account_id = ?1))
         ON CONFLICT DO NOTHING",
    )?
    .execute(params![account, widget])?;
    Ok(())
}

/// Takes a widget off the dashboard.
pub(super) fn remove(db: &Connection, account: i64, widget: &str) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM dashboard_widget WHERE account_id = ?1 AND widget = ?2")?
        .execute(params![account, widget])?;
    Ok(())
}

/// Takes all widgets off the dashboard.
pub(crate) fn clear(db: &Connection, account: i64) -> rusqlite::Result<()> {
    db.execute("DELETE FROM dashboard_widget WHERE account_id = ?1", [account])?;
    Ok(())
}

/// Moves one of the widgets that are on the dashboard. It only ever changes places: what another tab has taken off stays
/// off, and what it has added stays.
pub(super) fn rearrange(db: &mut Connection, account: i64, shift: &Move) -> rusqlite::Result<()> {
    // The order must not change between being read and being written, not even by another process.
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let widgets = Kept::read(&transaction, account)?.widgets;
    let order = shift.of(widgets.iter().map(|widget| widget.id).collect());
    for (position, widget) in (1_i64..).zip(order) {
        transaction
            .prepare_cached("UPDATE dashboard_widget SET position = ?3 WHERE account_id = ?1 AND widget = ?2")?
            .execute(params![account, widget, position])?;
    }
    transaction.commit()
}

/// Keeps how the dashboard is shown.
pub(super) fn set_view(db: &Connection, account: i64, view: &str) -> rusqlite::Result<()> {
    db.execute("UPDATE account SET view = ?2 WHERE id = ?1", params![account, view])?;
    Ok(())
}

/// What stands in the Notepad.
#[derive(Debug, Default)]
pub(super) struct Note {
    pub text: String,
    /// How often it was changed. A form says which version it shows, so that nobody writes over what they have not seen.
    pub version: i64,
}

/// Keeps what was written by somebody who saw version `seen`, if that is still there; returns what stands there now.
pub(super) fn save_note(db: &Connection, account: i64, text: &str, seen: Option<i64>) -> rusqlite::Result<Note> {
    db.prepare_cached(
        "UPDATE account SET note = ?2, note_version = note_version + 1
         WHERE id = ?1 AND note_version = ?3 AND note <> ?2",
    )?
    .execute(params![account, text, seen])?;
    Ok(Kept::read(db, account)?.note)
}

/// More than a person finds their way in.
const MOST_LINKS: i64 = 50;

/// A link of "Quick Links".
#[derive(Debug)]
pub(super) struct QuickLink {
    pub id: i64,
    pub address: String,
}

/// Keeps a link, once; `false` if there is no room for it.
pub(super) fn add_link(db: &Connection, account: i64, address: &str) -> rusqlite::Result<bool> {
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
pub(super) fn remove_link(db: &Connection, account: i64, id: &str) -> rusqlite::Result<()> {
    db.execute(
        "DELETE FROM quick_link WHERE account_id = ?1 AND id = ?2",
        params![account, id.parse::<i64>().ok()],
    )?;
    Ok(())
}
