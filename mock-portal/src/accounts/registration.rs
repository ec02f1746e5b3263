//! Accounts that wait for their link to be followed.

use rusqlite::{Connection, OptionalExtension, params};

use super::{
    find_by_mail, find_by_username, insert,
    links::{self, BadLink, Purpose},
};
use crate::{
    mailbox::{self, Draft},
    web::{Page, limits::MOST_REGISTRATIONS},
};

/// Somebody who wants an account; all of it follows the rules.
pub(super) struct Registration<'a> {
    pub username: &'a str,
    pub name: &'a str,
    pub mail: &'a str,
    pub password_hash: &'a str,
}

/// Keeps the registration and mails its link; `false` if somebody has the username. Where the address has an account
/// already, only its owner is told so, by mail: the form would tell everybody who has an account.
pub(super) fn keep(
    db: &mut Connection,
    new: &Registration,
    secret: &str,
    page: &Page,
    now: i64,
) -> rusqlite::Result<bool> {
    let transaction = db.transaction()?;
    transaction
        .prepare_cached("DELETE FROM registration WHERE expires_at <= ?1")?
        .execute([now])?;
    if is_taken(&transaction, new.username)? {
        return Ok(false);
    }
    let mail = if find_by_mail(&transaction, new.mail)?.is_some() {
        already_there(page, new.mail)
    } else {
        insert_registration(&transaction, new, now)?;
        let link = links::offer(&transaction, Purpose::Confirm, Some(new.username), secret, now)?;
        welcome(page, new, link)
    };
    mailbox::send(&transaction, &mail, now)?;
    transaction.commit()?;
    Ok(true)
}

fn is_taken(db: &Connection, username: &str) -> rusqlite::Result<bool> {
    let waiting = db
        .prepare_cached("SELECT 1 FROM registration WHERE username = ?1")?
        .exists([username])?;
    Ok(waiting || find_by_username(db, username)?.is_some())
}

fn insert_registration(db: &Connection, new: &Registration, now: i64) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO registration (username, name, mail, password_hash, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        new.username,
        new.name,
        new.mail,
        new.password_hash,
        now + Purpose::Confirm.lifetime()
    ])?;
    forget_surplus(db, new.username)
}

/// Forgets the registrations that have waited longest where there are too many; never `newest`.
fn forget_surplus(db: &Connection, newest: &str) -> rusqlite::Result<()> {
    db.prepare_cached(
        "DELETE FROM registration WHERE username IN (
             SELECT username FROM registration
             ORDER BY username = ?1 DESC, expires_at DESC LIMIT -1 OFFSET ?2)",
    )?
    .execute(params![newest, MOST_REGISTRATIONS])?;
    Ok(())
}

fn welcome(page: &Page, new: &Registration, link: String) -> Draft {
    Draft {
        recipient: new.mail.to_owned(),
        subject: page.t("Confirm your e-mail address").to_owned(),
        paragraphs: vec![
            page.with("Hello {},", new.name),
            page.with("You asked for a WIPO Account with the username {}.", new.username),
            page.t("Follow the link within 24 hours to make it work. If you did not ask for it, do nothing.")
                .to_owned(),
        ],
        link: Some((link, page.t("Confirm my e-mail address").to_owned())),
    }
}

fn already_there(page: &Page, mail: &str) -> Draft {
    Draft {
        recipient: mail.to_owned(),
        subject: page.t("You have a WIPO Account already").to_owned(),
        paragraphs: vec![
            page.t("Somebody, probably you, asked for a WIPO Account with this e-mail address. There can be one only, and you have it already.")
                .to_owned(),
            page.t("If you forgot its username or its password, the login page helps. If you did not ask, do nothing.")
                .to_owned(),
        ],
        link: Some(("/login".to_owned(), page.t("To the login page").to_owned())),
    }
}

/// Makes the account that `link` was sent for work.
pub(super) fn confirm(db: &mut Connection, link: &str, now: i64) -> rusqlite::Result<Result<(), BadLink>> {
    let transaction = db.transaction()?;
    let username = match links::check(&transaction, Purpose::Confirm, link, now)? {
        Ok(username) => username,
        Err(problem) => return Ok(Err(problem)),
    };
    let end = match move_to_accounts(&transaction, &username)? {
        Some(true) => Ok(()),
        // Another registration for the same address was faster.
        Some(false) => Err(BadLink::Used),
        // So many others came after it that it was forgotten.
        None => Err(BadLink::Expired),
    };
    links::use_up(&transaction, Purpose::Confirm, &username)?;
    transaction.commit()?;
    Ok(end)
}

/// Whether there was room for the account; `None` if nobody waits under this username.
fn move_to_accounts(db: &Connection, username: &str) -> rusqlite::Result<Option<bool>> {
    let waiting: Option<(String, String, String, String)> = db
        .prepare_cached("DELETE FROM registration WHERE username = ?1 RETURNING username, name, mail, password_hash")?
        .query_row([username], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    let Some((username, name, mail, password_hash)) = waiting else {
        return Ok(None);
    };
    let new = Registration {
        username: &username,
        name: &name,
        mail: &mail,
        password_hash: &password_hash,
    };
    insert(db, &new).map(Some)
}

/// The hash of the password of an account that waits for its link to be followed.
pub(super) fn waiting_hash(db: &Connection, username: &str, now: i64) -> rusqlite::Result<Option<String>> {
    db.prepare_cached("SELECT password_hash FROM registration WHERE username = ?1 AND expires_at > ?2")?
        .query_row(params![username, now], |row| row.get(0))
        .optional()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::Database;

    #[test]
    fn whoever_registers_over_and_over_fills_nothing_and_the_first_is_told_to_ask_again() {
        let register = |db: &mut Connection, number: i64| {
            let new = Registration {
                username: &format!("user{number}"),
                name: "Somebody",
                mail: &format!("user{number}@arcadia.example"),
                password_hash: "",
            };
            keep(db, &new, "secret", &Page::for_nobody(), number).unwrap()
        };
        Database::open(None)
            .unwrap()
            .with(|db| {
                assert!((0..=MOST_REGISTRATIONS).all(|number| register(db, number)));
                let waiting: i64 = db.query_row("SELECT COUNT(*) FROM registration", [], |row| row.get(0))?;
                assert_eq!(waiting, MOST_REGISTRATIONS);
                assert_eq!(confirm(db, "1-secret", MOST_REGISTRATIONS)?, Err(BadLink::Expired));
                assert_eq!(confirm(db, "2-secret", MOST_REGISTRATIONS)?, Ok(()));
                Ok(())
            })
            .unwrap();
    }
}
