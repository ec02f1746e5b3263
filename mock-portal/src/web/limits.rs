//! What a request may bring along, and how much there may be at once of what nobody has to sign in for.

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
/// Sessions of people who are about to sign in. Whoever opens the form once more takes the place of the first.
pub(crate) const MOST_SESSIONS_OF_NOBODY: i64 = 2000;
/// Sessions of one account; signing in once more ends the oldest.
pub(crate) const MOST_SESSIONS_OF_ACCOUNT: i64 = 20;

/// The head of a request must be here in this time. Connections that are kept open to be used again end after it.
pub(crate) const HEAD_PATIENCE: Duration = Duration::from_secs(30);
/// Whoever is answered must take something of it in this time, and again for each next piece.
pub(crate) const WRITE_PATIENCE: Duration = Duration::from_secs(30);
/// Browsers send about twenty. More are refused (431) without a page; too many cookies, which can befall anybody, are told
/// on one.
pub(crate) const MOST_HEADERS: usize = 64;
/// In bytes, with the address.
pub(crate) const LARGEST_HEAD: usize = 64 * 1024;
/// Nobody types more into a form of ours. In bytes.
pub(crate) const LONGEST_BODY: usize = 64 * 1024;
/// A form must be here in this time.
pub(super) const BODY_PATIENCE: Duration = Duration::from_secs(30);
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
