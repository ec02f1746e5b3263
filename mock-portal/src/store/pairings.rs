//! Which account's widget shows which Office's documents.

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::{account_id::AccountId, dashboard_widgets::add_widget};
use crate::{
    finance::CustomerId,
    widgets::{PAY_SUMMARY, WidgetId},
};

/// What one successful pairing opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PairingScope {
    /// The widget whose "Pair" was clicked.
    #[default]
    PerWidget,
    /// All widgets that can be paired.
    Account,
}

/// Customer IDs of all Offices the account is paired with.
pub(crate) fn customer_ids_of(db: &Connection, account: AccountId) -> rusqlite::Result<Vec<CustomerId>> {
    db.prepare_cached("SELECT DISTINCT customer_id FROM pairing WHERE account_id = ?1 ORDER BY customer_id")?
        .query_map([account], |row| row.get(0))?
        .collect()
}

/// Customer IDs of the Offices whose documents `widget` shows to this account: one at most when each widget is paired
/// on its own.
pub(crate) fn offices_for(
    db: &Connection,
    account: AccountId,
    widget: WidgetId,
    scope: PairingScope,
) -> rusqlite::Result<Vec<CustomerId>> {
    match scope {
        PairingScope::Account => customer_ids_of(db, account),
        PairingScope::PerWidget => db
            .prepare_cached("SELECT customer_id FROM pairing WHERE account_id = ?1 AND widget = ?2")?
            .query_map(params![account, widget], |row| row.get(0))?
            .collect(),
    }
}

/// Adds a pairing. The first one opens the Office's payments as well, so it puts "WIPO Pay Summary" on the dashboard; a
/// person who takes it off again is not given it twice.
pub(crate) fn insert_pairing(
    db: &Connection,
    account: AccountId,
    widget: WidgetId,
    customer_id: &CustomerId,
) -> rusqlite::Result<()> {
    if customer_ids_of(db, account)?.is_empty() {
        add_widget(db, account, PAY_SUMMARY)?;
    }
    db.prepare_cached(
        "INSERT INTO pairing (account_id, widget, customer_id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?
    .execute(params![account, widget, customer_id])?;
    Ok(())
}
