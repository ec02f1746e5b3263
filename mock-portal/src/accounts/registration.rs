//! Registrations: accounts that are not confirmed yet.

use rusqlite::{Connection, OptionalExtension, params};

use super::links::{self, BadLink, Purpose};
use crate::{
    clock::Now,
    mailbox::{self, Draft},
    store::{NewAccount, find_account_by_mail, find_account_by_username, insert_account},
    web::{Page, limits::MOST_REGISTRATIONS},
};

/// Adds the registration and mails its link; `false` if the username is taken. Where the address has an account
/// already, a mail says so and the form does not: it would reveal who has an account.
pub(super) fn insert(
    db: &mut Connection,
    new: &NewAccount,
    secret: &str,
    page: &Page,
    now: Now,
) -> rusqlite::Result<bool> {
    let transaction = db.transaction()?;
    transaction
        .prepare_cached("DELETE FROM registration WHERE expires_at <= ?1")?
        .execute([now.counted])?;
    if is_taken(&transaction, new.username)? {
        return Ok(false);
    }
    let mail = if find_account_by_mail(&transaction, new.mail)?.is_some() {
        existing_account_mail(page, new.mail)
    } else {
        insert_registration(&transaction, new, now.counted)?;
        let link = links::insert(&transaction, Purpose::Confirm, Some(new.username), secret, now.counted)?;
        confirmation_mail(page, new, link)
    };
    mailbox::send(&transaction, &mail, now.shown)?;
    transaction.commit()?;
    Ok(true)
}

fn is_taken(db: &Connection, username: &str) -> rusqlite::Result<bool> {
    let is_registered = db
        .prepare_cached("SELECT 1 FROM registration WHERE username = ?1")?
        .exists([username])?;
    Ok(is_registered || find_account_by_username(db, username)?.is_some())
}

fn insert_registration(db: &Connection, new: &NewAccount, now: i64) -> rusqlite::Result<()> {
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
    delete_surplus(db)
}

/// Deletes the oldest registrations where there are too many.
fn delete_surplus(db: &Connection) -> rusqlite::Result<()> {
    db.prepare_cached(
        "DELETE FROM registration WHERE number IN (
             SELECT number FROM registration ORDER BY number DESC LIMIT -1 OFFSET ?1)",
    )?
    .execute([MOST_REGISTRATIONS])?;
    Ok(())
}

fn confirmation_mail(page: &Page, new: &NewAccount, link: String) -> Draft {
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

fn existing_account_mail(page: &Page, mail: &str) -> Draft {
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

/// Turns the registration that `link` was sent for into an account.
pub(super) fn confirm(db: &mut Connection, link: &str, now: i64) -> rusqlite::Result<Result<(), BadLink>> {
    let transaction = db.transaction()?;
    let username = match links::check(&transaction, Purpose::Confirm, link, now)? {
        Ok(username) => username,
        Err(reason) => return Ok(Err(reason)),
    };
    let result = match move_to_accounts(&transaction, &username)? {
        Some(true) => Ok(()),
        // Another registration for the same address was confirmed first.
        Some(false) => Err(BadLink::Used),
        // It was deleted because too many others came after it.
        None => Err(BadLink::Expired),
    };
    links::use_up(&transaction, Purpose::Confirm, &username)?;
    transaction.commit()?;
    Ok(result)
}

/// Whether the account could be added; `None` if there is no registration with this username.
fn move_to_accounts(db: &Connection, username: &str) -> rusqlite::Result<Option<bool>> {
    let registration: Option<(String, String, String, String)> = db
        .prepare_cached("DELETE FROM registration WHERE username = ?1 RETURNING username, name, mail, password_hash")?
        .query_row([username], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    let Some((username, name, mail, password_hash)) = registration else {
        return Ok(None);
    };
    let new = NewAccount {
        username: &username,
        name: &name,
        mail: &mail,
        password_hash: &password_hash,
    };
    insert_account(db, &new).map(Some)
}

/// The hash of the password of an account that is not confirmed yet.
pub(super) fn password_hash(db: &Connection, username: &str, now: i64) -> rusqlite::Result<Option<String>> {
    db.prepare_cached("SELECT password_hash FROM registration WHERE username = ?1 AND expires_at > ?2")?
        .query_row(params![username, now], |row| row.get(0))
        .optional()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Database;

    #[test]
    fn registering_over_and_over_does_not_fill_the_database_and_the_oldest_expires() {
        let register = |db: &mut Connection, number: i64| {
            let new = NewAccount {
                username: &format!("user{number}"),
                name: "Somebody",
                mail: &format!("user{number}@arcadia.example"),
                password_hash: "",
            };
            insert(db, &new, "secret", &Page::without_session(), Now::at(number)).unwrap()
        };
        Database::open(None)
            .unwrap()
            .with(|db| {
                assert!((0..=MOST_REGISTRATIONS).all(|number| register(db, number)));
                let registrations: i64 = db.query_row("SELECT COUNT(*) FROM registration", [], |row| row.get(0))?;
                assert_eq!(registrations, MOST_REGISTRATIONS);
                assert_eq!(confirm(db, "1-secret", MOST_REGISTRATIONS)?, Err(BadLink::Expired));
                assert_eq!(confirm(db, "2-secret", MOST_REGISTRATIONS)?, Ok(()));
                Ok(())
            })
            .unwrap();
    }
}
