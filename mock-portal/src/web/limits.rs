//! How large and how slow a request may be, and how much there may be of what needs no login.

use std::time::Duration;

use axum::http::HeaderMap;

/// Connections open at once: browsers of forty people with six each. More wait for one of these to end.
pub(crate) const MOST_CONNECTIONS: usize = 256;
/// Accounts that wait for their link to be followed. One more takes the place of the one that has waited longest.
pub(crate) const MOST_REGISTRATIONS: i64 = 2000;
/// Links remembered, the newest: enough to say of an old one that it is old.
pub(crate) const MOST_LINKS: i64 = 10_000;
/// Mails in the mailbox, the newest.
pub(crate) const MOST_MAILS: i64 = 500;
/// Sessions without an account. One more ends the oldest.
pub(crate) const MOST_ANONYMOUS_SESSIONS: i64 = 2000;
/// Sessions of one account; signing in once more ends the oldest.
pub(crate) const MOST_SESSIONS_OF_ACCOUNT: i64 = 20;

/// The head of a request must arrive in this time. Idle connections are closed after it.
pub(crate) const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// The client must read some of its response in this time, and again for each next piece.
pub(crate) const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// Browsers send about twenty. More are refused (431) without a page; too many cookies, which happens to real people,
/// get one.
pub(crate) const MOST_HEADERS: usize = 64;
/// In bytes, with the address.
pub(crate) const LARGEST_HEAD: usize = 64 * 1024;
/// In bytes: more than a person types into a form of the portal.
pub(super) const LARGEST_BODY: usize = 64 * 1024;
/// A form must arrive in this time.
pub(crate) const BODY_TIMEOUT: Duration = Duration::from_secs(30);
/// In bytes, of names and values. Browsers send about one KiB.
const LARGEST_HEADERS: usize = 16 * 1024;

/// Whether headers are larger than a browser's own, with cookies of other sites on this machine for example.
pub(crate) fn are_too_large(headers: &HeaderMap) -> bool {
    let size: usize = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    size > LARGEST_HEADERS
}
