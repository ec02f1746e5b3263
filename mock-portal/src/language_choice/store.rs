//! A choice is stored with the account, and in a cookie for visitors without one.

use axum::http::{HeaderMap, HeaderValue, header};
use rusqlite::{Connection, params};

use crate::{language::Language, store::AccountId, web::host::cookie_name};

const COOKIE: &str = "language";

/// Stores the account's choice.
pub(super) fn save(db: &Connection, account: AccountId, language: &Language) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE account SET language = ?1 WHERE id = ?2")?
        .execute(params![language.code, account])?;
    Ok(())
}

/// What the browser's cookie says, or else its `Accept-Language`.
pub(crate) fn of_browser(headers: &HeaderMap) -> &'static Language {
    let own_name = cookie_name(COOKIE, headers);
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|all| all.to_str().ok());
    let chosen = cookies
        .flat_map(|all| all.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .filter(|(name, _)| *name == own_name)
        .find_map(|(_, code)| Language::find(code));
    let accepted = || headers.get(header::ACCEPT_LANGUAGE).and_then(|all| all.to_str().ok());
    chosen.unwrap_or_else(|| Language::negotiate(accepted().unwrap_or_default()))
}

/// The cookie that holds the choice for a year; `headers` are the request's.
pub(super) fn cookie(language: &Language, headers: &HeaderMap) -> Option<HeaderValue> {
    let (name, code) = (cookie_name(COOKIE, headers), language.code);
    format!("{name}={code}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax")
        .parse()
        .ok()
}
