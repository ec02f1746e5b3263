//! Mails, as they were sent.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::web::limits::MOST_MAILS;

/// A mail that is to be sent. Its texts are in the language of the request that caused it.
pub(crate) struct Draft {
    pub recipient: String,
    pub subject: String,
    /// One paragraph each.
    pub paragraphs: Vec<String>,
    /// Address in the portal and label of the link below the text.
    pub link: Option<(String, String)>,
}

/// A mail that has arrived.
pub(super) struct Mail {
    pub id: i64,
    pub recipient: String,
    pub subject: String,
    pub paragraphs: Vec<String>,
    pub link: Option<(String, String)>,
    /// Seconds since 1970, by the portal's clock.
    pub sent_at: i64,
}

impl Mail {
    fn read(row: &Row) -> rusqlite::Result<Self> {
        let text: String = row.get(3)?;
        let (address, label): (Option<String>, Option<String>) = (row.get(4)?, row.get(5)?);
        Ok(Self {
            id: row.get(0)?,
            recipient: row.get(1)?,
            subject: row.get(2)?,
            paragraphs: text.lines().map(str::to_owned).collect(),
            link: address.zip(label),
            sent_at: row.get(6)?,
        })
    }
}

/// Puts the mail into the mailbox.
pub(crate) fn send(db: &Connection, draft: &Draft, now: i64) -> rusqlite::Result<()> {
    let (address, label) = draft.link.clone().unzip();
    db.prepare_cached(
        "INSERT INTO mail (recipient, subject, text, link_address, link_label, sent_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        draft.recipient,
        draft.subject,
        draft.paragraphs.join("\n"),
        address,
        label,
        now
    ])?;
    db.prepare_cached("DELETE FROM mail WHERE id <= ?1")?
        .execute([db.last_insert_rowid() - MOST_MAILS])?;
    Ok(())
}

/// All mails, newest first.
pub(super) fn all(db: &Connection) -> rusqlite::Result<Vec<Mail>> {
    db.prepare_cached(
        "SELECT id, recipient, subject, text, link_address, link_label, sent_at FROM mail ORDER BY id DESC",
    )?
    .query_map([], Mail::read)?
    .collect()
}

pub(super) fn find(db: &Connection, id: i64) -> rusqlite::Result<Option<Mail>> {
    db.prepare_cached("SELECT id, recipient, subject, text, link_address, link_label, sent_at FROM mail WHERE id = ?1")?
        .query_row([id], Mail::read)
        .optional()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Database;

    #[test]
    fn the_newest_mails_are_kept() {
        let draft = |number: i64| Draft {
            recipient: "amara@arcadia.example".into(),
            subject: number.to_string(),
            paragraphs: vec!["One".into(), "Two".into()],
            link: None,
        };
        let mails = Database::open(None)
            .unwrap()
            .with(|db| {
                for number in 0..MOST_MAILS + 3 {
                    send(db, &draft(number), number)?;
                }
                all(db)
            })
            .unwrap();
        assert_eq!(mails.len(), 500);
        assert_eq!((mails[0].subject.as_str(), mails[499].subject.as_str()), ("502", "3"));
        assert_eq!(mails[0].paragraphs, ["One", "Two"]);
    }
}
