//! Passwords are stored as Argon2id hashes only.

use std::{
    collections::HashMap,
    sync::{Mutex, OnceLock, PoisonError},
};

use blake2::{Blake2s256, Digest};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::hashing::{self, PasswordError};
use crate::web::Failure;

impl From<PasswordError> for Failure {
    fn from(error: PasswordError) -> Self {
        Self::internal(error)
    }
}

fn hash_blocking(password: &str) -> Result<String, PasswordError> {
    hashing::hash(composed(password).as_bytes())
}

/// The password in NFC (NIST SP 800-63B, 5.1.1.2): one keyboard sends "é" as one character, another as two.
fn composed(password: &str) -> Zeroizing<String> {
    // NFC is at most three times as long (UAX #15, 14); a text that grows leaves a copy behind.
    let mut composed = Zeroizing::new(String::with_capacity(3 * password.len()));
    composed.extend(password.nfc());
    composed
}

/// The hash of a fixture's password, made once in a process: a hash takes longer than all the rest of a portal's start.
pub(super) fn cached_hash(password: &str) -> Result<String, PasswordError> {
    /// By a digest of the password, which itself is kept nowhere.
    static MADE: OnceLock<Mutex<HashMap<[u8; 32], String>>> = OnceLock::new();
    let mut made = MADE
        .get_or_init(Mutex::default)
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let key = Blake2s256::digest(composed(password).as_bytes()).into();
    if let Some(hash) = made.get(&key) {
        return Ok(hash.clone());
    }
    let hash = hash_blocking(password)?;
    made.insert(key, hash.clone());
    Ok(hash)
}

/// The hash of a new password, made on a thread for blocking work: it is meant to be slow.
pub(super) async fn hash(password: &str) -> Result<String, PasswordError> {
    let password = Zeroizing::new(password.to_owned());
    hashing::when_there_is_room(move || hash_blocking(&password)).await
}

/// Whether `hash` is that of `password`. Without a hash, for an unknown username, the answer is no and takes as long.
///
/// Runs on a thread for blocking work: it is meant to be slow.
pub(super) async fn verify(password: &str, hash: Option<String>) -> Result<bool, PasswordError> {
    let password = Zeroizing::new(password.to_owned());
    hashing::when_there_is_room(move || {
        let known = hash.is_some();
        let hash = hash.map_or_else(|| cached_hash("the password of no account"), Ok)?;
        Ok(hashing::is_hash_of(&hash, composed(&password).as_bytes())? && known)
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_right() {
        let hash = hash_blocking("Training2024").unwrap();
        assert!(verify("Training2024", Some(hash.clone())).await.unwrap());
        assert!(!verify("training2024", Some(hash)).await.unwrap());
    }

    #[tokio::test]
    async fn a_password_is_the_same_however_its_accents_are_composed() {
        let (composed, decomposed) = ("Caf\u{e9}2024", "Cafe\u{301}2024");
        for (chosen, typed) in [(composed, decomposed), (decomposed, composed)] {
            let hash = hash(chosen).await.unwrap();
            assert!(verify(typed, Some(hash.clone())).await.unwrap());
            assert!(!verify("Cafe2024", Some(hash)).await.unwrap());
        }
        assert_eq!(cached_hash(composed).unwrap(), cached_hash(decomposed).unwrap());
    }

    async fn time(hash: Option<String>) -> Duration {
        let begun = Instant::now();
        verify("wrong", hash).await.unwrap();
        begun.elapsed()
    }

    #[tokio::test]
    async fn it_takes_as_long_to_refuse_an_unknown_username() {
        let hash = hash_blocking("Training2024").unwrap();
        let (mut known, mut unknown) = (Duration::MAX, Duration::MAX);
        // The shortest of some tries by turns, to leave out what else the machine does.
        for _ in 0..10 {
            known = known.min(time(Some(hash.clone())).await);
            unknown = unknown.min(time(None).await);
        }
        assert!(unknown > known / 3 && unknown < known * 3, "{unknown:?} and {known:?}");
    }

    #[tokio::test]
    async fn the_dummy_password_belongs_to_no_account() {
        assert!(!verify("the password of no account", None).await.unwrap());
    }
}
