//! Which account's widget shows which Office's documents.

use rusqlite::{Connection, params};

use crate::{
    PairingScope,
    accounts::attempts::{self, What},
    dashboard::{
        store,
        widget::{PAY_SUMMARY, Widget},
    },
    finance::Office,
};

/// Customer IDs of all Offices the account is paired with.
pub(crate) fn customer_ids(db: &Connection, account: i64) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached("SELECT DISTINCT customer_id FROM pairing WHERE account_id = ?1 ORDER BY customer_id")?
        .query_map([account], |row| row.get(0))?
        .collect()
}

/// Customer IDs of the Offices whose documents `widget` shows to this account: one at most when each widget is paired
/// on its own.
pub(crate) fn offices_for(
    db: &Connection,
    account: i64,
    widget: &Widget,
    scope: PairingScope,
) -> rusqlite::Result<Vec<String>> {
    match scope {
        PairingScope::Account => customer_ids(db, account),
        PairingScope::PerWidget => db
            .prepare_cached("SELECT customer_id FROM pairing WHERE account_id = ?1 AND widget = ?2")?
            .query_map(params![account, widget.id], |row| row.get(0))?
            .collect(),
    }
}

/// Pairs the widget with the Office, and forgets the wrong attempts.
pub(super) fn pair(db: &mut Connection, account: i64, widget: &Widget, office: &Office) -> rusqlite::Result<()> {
    let transaction = db.transaction()?;
    insert(&transaction, account, widget, &office.customer_id)?;
    attempts::forget(&transaction, What::Pairing, &account.to_string())?;
    transaction.commit()
}

/// Keeps a pairing. The first one opens the Office's payments as well, so it puts "WIPO Pay Summary" on the dashboard; a
/// person who takes it off again is not given it twice.
pub(crate) fn insert(db: &Connection, account: i64, widget: &Widget, customer_id: &str) -> rusqlite::Result<()> {
    if customer_ids(db, account)?.is_empty() {
        store::add(db, account, PAY_SUMMARY)?;
    }
    db.prepare_cached(
        "INSERT INTO pairing (account_id, widget, customer_id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?
    .execute(params![account, widget.id, customer_id])?;
    Ok(())
}
