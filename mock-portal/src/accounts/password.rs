//! Passwords are stored as Argon2id hashes only.

use std::{
    collections::HashMap,
    sync::{Mutex, OnceLock, PoisonError},
};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

use crate::web::Failure;

/// A password cannot be hashed or compared.
#[derive(Clone, Debug, thiserror::Error)]
#[error("a password cannot be hashed or compared: {0}")]
pub struct PasswordError(String);

impl From<PasswordError> for Failure {
    fn from(error: PasswordError) -> Self {
        Self::internal(error)
    }
}

fn failed(error: impl std::fmt::Display) -> PasswordError {
    PasswordError(error.to_string())
}

fn hash_blocking(password: &str) -> Result<String, PasswordError> {
    Ok(Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(failed)?
        .to_string())
}

/// The hash of a fixture's password, made once in a process: a hash takes longer than all the rest of a portal's start.
pub(super) fn cached_hash(password: &str) -> Result<String, PasswordError> {
    static MADE: OnceLock<Mutex<HashMap<String, String>>> = OnceLock::new();
    let mut made = MADE
        .get_or_init(Mutex::default)
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    if let Some(hash) = made.get(password) {
        return Ok(hash.clone());
    }
    let hash = hash_blocking(password)?;
    made.insert(password.to_owned(), hash.clone());
    Ok(hash)
}

/// The hash of a new password, made on a thread of its own: it is meant to be slow.
pub(super) async fn hash(password: String) -> Result<String, PasswordError> {
    tokio::task::spawn_blocking(move || hash_blocking(&password))
        .await
        .map_err(failed)?
}

/// Whether `hash` is that of `password`. Without a hash, for an unknown username, the answer is no and takes as long.
///
/// Runs on a thread of its own: it is meant to be slow.
pub(super) async fn verify(password: String, hash: Option<String>) -> Result<bool, PasswordError> {
    tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let hash = hash.map_or_else(|| cached_hash("the password of no account"), Ok)?;
        let parsed = PasswordHash::new(&hash).map_err(failed)?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && known)
    })
    .await
    .map_err(failed)?
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_right() {
        let hash = hash_blocking("Training2024").unwrap();
        assert!(verify("Training2024".into(), Some(hash.clone())).await.unwrap());
        assert!(!verify("training2024".into(), Some(hash)).await.unwrap());
    }

    async fn time(hash: Option<String>) -> Duration {
        let begun = Instant::now();
        verify("wrong".into(), hash).await.unwrap();
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
        assert!(!verify("the password of no account".into(), None).await.unwrap());
    }
}
