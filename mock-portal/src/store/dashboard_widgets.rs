//! Which widgets are on a dashboard.

use rusqlite::{Connection, params};

use super::account_id::AccountId;
use crate::widgets::WidgetId;

/// Puts a widget at the end of the dashboard, unless it is there already.
pub(crate) fn add_widget(db: &Connection, account: AccountId, widget: WidgetId) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO dashboard_widget (account_id, widget, position)
         VALUES (?1, ?2, (SELECT COALESCE(MAX(position), 0) + 1 FROM dashboard_widget WHERE account_id = ?1))
         ON CONFLICT DO NOTHING",
    )?
    .execute(params![account, widget])?;
    Ok(())
}

/// Takes a widget off the dashboard.
pub(crate) fn remove_widget(db: &Connection, account: AccountId, widget: WidgetId) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM dashboard_widget WHERE account_id = ?1 AND widget = ?2")?
        .execute(params![account, widget])?;
    Ok(())
}

/// Takes all widgets off the dashboard.
pub(crate) fn clear_widgets(db: &Connection, account: AccountId) -> rusqlite::Result<()> {
    db.execute("DELETE FROM dashboard_widget WHERE account_id = ?1", [account])?;
    Ok(())
}
