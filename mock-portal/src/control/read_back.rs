//! What a portal holds, for a test to look at: accounts with all that belongs to them, blocks, and mails.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params};
use serde::Serialize;

use super::portal_control::{Control, ControlError};
use crate::{
    clock,
    journal::{JournalEntry, RequestFilter},
    store::{Attempt, is_blocked},
};

/// An account, and all that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountReport {
    /// What is typed at login.
    pub username: String,
    /// The name that is shown.
    pub name: String,
    /// The e-mail address.
    pub mail: String,
    /// The language that the person chose; before they do, their browser's.
    pub language: Option<String>,
    /// "grid" or "list".
    pub view: String,
    /// The ids of the widgets on the dashboard, in order.
    pub dashboard: Vec<String>,
    /// Widgets, and the Customer IDs of the Offices they are paired with.
    pub pairings: BTreeMap<String, String>,
    /// The text of the Notepad.
    pub note: String,
    /// The addresses of "Quick Links", oldest first.
    pub links: Vec<String>,
    /// The saved searches, oldest first.
    pub searches: Vec<SearchReport>,
    /// The ids of the cities of "World Clock", in order.
    pub cities: Vec<String>,
    /// In how many browsers the person is signed in.
    pub sessions: i64,
}

/// A saved search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SearchReport {
    /// The id of the widget.
    pub service: String,
    /// What is searched for.
    pub query: String,
}

/// Wrong attempts of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BlockReport {
    /// "login" or "pairing".
    pub what: String,
    /// Who attempted it; at login also a username that no account has.
    pub username: String,
    /// How many attempts were wrong lately.
    pub wrong_attempts: i64,
    /// Whether the next one has to wait.
    pub blocked: bool,
}

/// A mail in the mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MailReport {
    /// In its address, `/mailbox/ID`.
    pub id: i64,
    /// To whom it was sent.
    pub recipient: String,
    /// What it is about.
    pub subject: String,
    /// Its paragraphs, a line each.
    pub text: String,
    /// The address in the portal that its link leads to.
    pub link: Option<String>,
    /// When, by the portal's clock, with its zone (RFC 9557).
    pub sent_at: String,
}

impl Control {
    /// All accounts that work, in the order in which they were added.
    pub fn accounts(&self) -> Result<Vec<AccountReport>, ControlError> {
        let now = self.state.now().counted;
        Ok(self.state.database.with(|db| {
            let ids: Vec<i64> = values(db, "SELECT id FROM account WHERE ?1 ORDER BY id", 1, |row| row.get(0))?;
            ids.into_iter().map(|id| account(db, id, now)).collect()
        })?)
    }

    /// The account with this username.
    pub fn account(&self, username: &str) -> Result<Option<AccountReport>, ControlError> {
        let all = self.accounts()?;
        Ok(all
            .into_iter()
            .find(|account| account.username.eq_ignore_ascii_case(username)))
    }

    /// Everybody with wrong attempts that may block.
    pub fn blocks(&self) -> Result<Vec<BlockReport>, ControlError> {
        let now = self.state.now().counted;
        Ok(self.state.database.with(|db| blocks(db, now))?)
    }

    /// All mails, newest first.
    pub fn mails(&self) -> Result<Vec<MailReport>, ControlError> {
        const ALL: &str =
            "SELECT id, recipient, subject, text, link_address, sent_at FROM mail WHERE ?1 ORDER BY id DESC";
        Ok(self.state.database.with(|db| {
            values(db, ALL, 1, |row| {
                Ok(MailReport {
                    id: row.get(0)?,
                    recipient: row.get(1)?,
                    subject: row.get(2)?,
                    text: row.get(3)?,
                    link: row.get(4)?,
                    sent_at: clock::in_portal_zone(row.get(5)?).to_string(),
                })
            })
        })?)
    }

    /// The latest requests to the portal that `filter` takes, oldest first.
    #[must_use]
    pub fn requests(&self, filter: &RequestFilter) -> Vec<JournalEntry> {
        self.state.journal.find(filter)
    }

    /// Forgets all requests so far.
    pub fn forget_requests(&self) {
        self.state.journal.clear();
    }

    /// Whether the portal can answer: its database can be read.
    pub fn is_ready(&self) -> Result<(), ControlError> {
        Ok(self
            .state
            .database
            .with(|db| db.query_row("SELECT COUNT(*) FROM account", [], |_| Ok(())))?)
    }
}

/// What `sql` finds of one account.
fn values<T>(
    db: &Connection,
    sql: &str,
    account: i64,
    read: impl FnMut(&Row) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    db.prepare_cached(sql)?.query_map([account], read)?.collect()
}

fn account(db: &Connection, id: i64, now: i64) -> rusqlite::Result<AccountReport> {
    let texts = |sql| values(db, sql, id, |row| row.get(0));
    let pairings = "SELECT widget, customer_id FROM pairing WHERE account_id = ?1";
    let searches = "SELECT service, query FROM saved_search WHERE account_id = ?1 ORDER BY id";
    let mut report = db.query_row(
        "SELECT username, name, mail, language, view, note,
             (SELECT COUNT(*) FROM session WHERE account_id = account.id AND expires_at > ?2)
         FROM account WHERE id = ?1",
        params![id, now],
        from_row,
    )?;
    report.dashboard = texts("SELECT widget FROM dashboard_widget WHERE account_id = ?1 ORDER BY position, widget")?;
    report.pairings = values(db, pairings, id, |row| Ok((row.get(0)?, row.get(1)?)))?
        .into_iter()
        .collect();
    report.links = texts("SELECT address FROM quick_link WHERE account_id = ?1 ORDER BY id")?;
    report.searches = values(db, searches, id, |row| {
        Ok(SearchReport {
            service: row.get(0)?,
            query: row.get(1)?,
        })
    })?;
    report.cities = texts("SELECT city FROM clock_city WHERE account_id = ?1 ORDER BY id")?;
    Ok(report)
}

/// What stands in the account's own row.
fn from_row(row: &Row) -> rusqlite::Result<AccountReport> {
    Ok(AccountReport {
        username: row.get(0)?,
        name: row.get(1)?,
        mail: row.get(2)?,
        language: row.get(3)?,
        view: row.get(4)?,
        note: row.get(5)?,
        sessions: row.get(6)?,
        dashboard: Vec::new(),
        pairings: BTreeMap::new(),
        links: Vec::new(),
        searches: Vec::new(),
        cities: Vec::new(),
    })
}

/// Pairings are counted under the number of the account, logins under the username that was typed.
fn blocks(db: &Connection, now: i64) -> rusqlite::Result<Vec<BlockReport>> {
    let mut statement = db.prepare_cached(
        "SELECT what, who, COUNT(*), username
         FROM failed_attempt LEFT JOIN account ON what = 'pairing' AND CAST(account.id AS TEXT) = who
         GROUP BY what, who ORDER BY what, who",
    )?;
    let mut rows = statement.query([])?;
    let mut reports = Vec::new();
    while let Some(row) = rows.next()? {
        let (what, who): (String, String) = (row.get(0)?, row.get(1)?);
        let attempt = if what == "login" {
            Attempt::Login
        } else {
            Attempt::Pairing
        };
        reports.push(BlockReport {
            blocked: is_blocked(db, attempt, &who, now)?,
            wrong_attempts: row.get(2)?,
            username: row.get::<_, Option<String>>(3)?.unwrap_or(who),
            what,
        });
    }
    Ok(reports)
}
