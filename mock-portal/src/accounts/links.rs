//! Links that are sent by mail: each works once and for a limited time, and only the hash of its secret is stored.

use axum::http::StatusCode;
use blake2::{Blake2s256, Digest};
use rusqlite::{Connection, OptionalExtension, params};
use subtle::ConstantTimeEq;

use crate::{
    language::t,
    web::{Message, limits::MOST_LINKS, security},
};

/// What a link is for.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    /// Makes a new account work.
    Confirm,
    /// Leads to the form for a new password.
    Password,
}

impl Purpose {
    fn key(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Password => "password",
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Confirm => "/accounts/confirm",
            Self::Password => "/accounts/new-password",
        }
    }

    /// Seconds for which a link works: a day to confirm, an hour for a new password.
    pub(super) fn lifetime(self) -> i64 {
        match self {
            Self::Confirm => 24 * 60 * 60,
            Self::Password => 60 * 60,
        }
    }
}

/// Why a link does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadLink {
    Unknown,
    Used,
    Expired,
}

impl BadLink {
    /// What the page says.
    pub(super) fn message(self) -> Message {
        let (status, heading, text) = match self {
            Self::Unknown => (
                StatusCode::NOT_FOUND,
                t("This link is not complete"),
                t("Open the link from the mail again, or copy all of it."),
            ),
            Self::Used => (
                StatusCode::GONE,
                t("This link has been used already"),
                t("A link from a mail works once."),
            ),
            Self::Expired => (
                StatusCode::GONE,
                t("This link has expired"),
                t("A link from a mail works for a limited time only. Ask for a new one."),
            ),
        };
        Message { status, heading, text }
    }
}

fn hash(secret: &str) -> Vec<u8> {
    Blake2s256::digest(secret.as_bytes()).to_vec()
}

/// A new link's secret; to be made before the database is locked.
pub(super) fn new_secret() -> Result<String, getrandom::Error> {
    security::token()
}

/// Adds a link for the account with this username, and returns its address in the portal. Without a username it does
/// not work.
pub(super) fn insert(
    db: &Connection,
    purpose: Purpose,
    username: Option<&str>,
    secret: &str,
    now: i64,
) -> rusqlite::Result<String> {
    db.prepare_cached("INSERT INTO link (purpose, who, secret_hash, expires_at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![purpose.key(), username, hash(secret), now + purpose.lifetime()])?;
    let id = db.last_insert_rowid();
    db.prepare_cached("DELETE FROM link WHERE id <= ?1")?
        .execute([id - MOST_LINKS])?;
    Ok(format!("{}/{id}-{secret}", purpose.path()))
}

/// The username that the link in an address is for, if it works.
pub(super) fn check(
    db: &Connection,
    purpose: Purpose,
    link: &str,
    now: i64,
) -> rusqlite::Result<Result<String, BadLink>> {
    let Some((id, secret)) = link
        .split_once('-')
        .and_then(|(id, secret)| Some((id.parse::<i64>().ok()?, secret)))
    else {
        return Ok(Err(BadLink::Unknown));
    };
    let row: Option<(Option<String>, Vec<u8>, i64, bool)> = db
        .prepare_cached("SELECT who, secret_hash, expires_at, used FROM link WHERE id = ?1 AND purpose = ?2")?
        .query_row(params![id, purpose.key()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    Ok(match row {
        Some((Some(username), stored, expires_at, used)) if bool::from(stored.ct_eq(&hash(secret))) => {
            if used {
                Err(BadLink::Used)
            } else if now >= expires_at {
                Err(BadLink::Expired)
            } else {
                Ok(username)
            }
        }
        _ => Err(BadLink::Unknown),
    })
}

/// From now on no link for this purpose works that was sent to the account with this username.
pub(super) fn use_up(db: &Connection, purpose: Purpose, username: &str) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE link SET used = 1 WHERE purpose = ?1 AND who = ?2")?
        .execute([purpose.key(), username])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Database;

    fn new_link(db: &Connection) -> String {
        let address = insert(db, Purpose::Password, Some("amara"), &new_secret().unwrap(), 0).unwrap();
        address.strip_prefix("/accounts/new-password/").unwrap().to_owned()
    }

    fn with_database(work: impl FnOnce(&Connection)) {
        let database = Database::open(None).unwrap();
        database
            .with(|db| {
                work(db);
                Ok(())
            })
            .unwrap();
    }

    #[test]
    fn a_link_works_until_it_is_used() {
        with_database(|db| {
            let link = new_link(db);
            assert_eq!(check(db, Purpose::Password, &link, 0).unwrap(), Ok("amara".to_owned()));
            use_up(db, Purpose::Password, "amara").unwrap();
            assert_eq!(check(db, Purpose::Password, &link, 0).unwrap(), Err(BadLink::Used));
        });
    }

    #[test]
    fn a_link_works_until_it_expires() {
        with_database(|db| {
            let link = new_link(db);
            assert!(check(db, Purpose::Password, &link, 60 * 60 - 1).unwrap().is_ok());
            assert_eq!(
                check(db, Purpose::Password, &link, 60 * 60).unwrap(),
                Err(BadLink::Expired)
            );
        });
    }

    #[test]
    fn a_link_is_for_one_purpose_and_to_the_letter() {
        with_database(|db| {
            let link = new_link(db);
            assert_eq!(check(db, Purpose::Confirm, &link, 0).unwrap(), Err(BadLink::Unknown));
            let (id, secret) = link.split_once('-').unwrap();
            for wrong in [
                "",
                "-",
                id,
                secret,
                &format!("{id}-"),
                &link[..link.len() - 1],
                &format!("{link}0"),
                "99-x",
            ] {
                assert_eq!(
                    check(db, Purpose::Password, wrong, 0).unwrap(),
                    Err(BadLink::Unknown),
                    "{wrong}"
                );
            }
        });
    }

    #[test]
    fn a_link_without_an_account_does_not_work() {
        with_database(|db| {
            let address = insert(db, Purpose::Password, None, "secret", 0).unwrap();
            let link = address.rsplit('/').next().unwrap();
            assert_eq!(check(db, Purpose::Password, link, 0).unwrap(), Err(BadLink::Unknown));
        });
    }

    #[test]
    fn requesting_links_over_and_over_does_not_fill_the_database() {
        with_database(|db| {
            let first = new_link(db);
            for _ in 0..MOST_LINKS {
                insert(db, Purpose::Password, None, "secret", 0).unwrap();
            }
            let stored: i64 = db.query_row("SELECT COUNT(*) FROM link", [], |row| row.get(0)).unwrap();
            assert_eq!(stored, MOST_LINKS);
            assert_eq!(check(db, Purpose::Password, &first, 0).unwrap(), Err(BadLink::Unknown));
        });
    }

    #[test]
    fn the_secret_itself_is_not_stored() {
        with_database(|db| {
            let link = new_link(db);
            let stored: Vec<u8> = db
                .query_row("SELECT secret_hash FROM link", [], |row| row.get(0))
                .unwrap();
            let (_, secret) = link.split_once('-').unwrap();
            assert_eq!((stored.len(), secret.len()), (32, 32));
            assert_ne!(stored, secret.as_bytes());
        });
    }
}
