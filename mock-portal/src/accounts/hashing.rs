//! Argon2id in memory that is used again. Each hash needs 19 MiB: two at a time keep two cores busy, and however many
//! people sign in at once, the portal needs no more memory than for two.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use argon2::{
    Argon2, Block, Params,
    password_hash::phc::{Output, ParamsString, PasswordHash, Salt},
};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

/// Hashes that are made at the same time.
const AT_ONCE: usize = 2;
/// In bytes.
const SALT_LENGTH: usize = 16;

static WAITING_ROOM: Semaphore = Semaphore::const_new(AT_ONCE);
static MEMORY: Memory = Memory::new();

/// A password cannot be hashed or compared.
#[derive(Clone, Debug, thiserror::Error)]
#[error("a password cannot be hashed or compared: {0}")]
pub struct PasswordError(String);

fn failed(error: impl std::fmt::Display) -> PasswordError {
    PasswordError(error.to_string())
}

/// Runs `work`, which hashes, on a thread for blocking work. Who waits for it waits here, without a thread; a request
/// that is given up does not reach it.
pub(super) async fn when_there_is_room<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
) -> Result<T, PasswordError> {
    let place = WAITING_ROOM.acquire().await.map_err(failed)?;
    tokio::task::spawn_blocking(move || {
        // Not with the request, which may be given up while this goes on.
        let _place = place;
        work()
    })
    .await
    .map_err(failed)?
}

/// The Argon2id hash of `password` with a new salt, in the PHC string format.
pub(super) fn hash(password: &[u8]) -> Result<String, PasswordError> {
    let mut salt = [0; SALT_LENGTH];
    getrandom::fill(&mut salt).map_err(failed)?;
    let argon2 = Argon2::default();
    let mut output = [0; Params::DEFAULT_OUTPUT_LEN];
    fill(&argon2, password, &salt, &mut output)?;
    let hash = PasswordHash {
        algorithm: argon2::Algorithm::default().ident(),
        version: Some(argon2::Version::default().into()),
        params: ParamsString::try_from(argon2.params()).map_err(failed)?,
        salt: Some(Salt::new(&salt).map_err(failed)?),
        hash: Some(Output::new(&output).map_err(failed)?),
    };
    Ok(hash.to_string())
}

/// Whether `hash`, in the PHC string format, is that of `password`.
pub(super) fn is_hash_of(hash: &str, password: &[u8]) -> Result<bool, PasswordError> {
    let known = PasswordHash::new(hash).map_err(failed)?;
    let (Some(salt), Some(expected)) = (&known.salt, &known.hash) else {
        return Err(failed("the hash has no salt or no output"));
    };
    let argon2 = Argon2::from(Params::try_from(&known).map_err(failed)?);
    let mut output = vec![0; expected.as_bytes().len()];
    fill(&argon2, password, salt, &mut output)?;
    Ok(output.ct_eq(expected.as_bytes()).into())
}

fn fill(argon2: &Argon2, password: &[u8], salt: &[u8], output: &mut [u8]) -> Result<(), PasswordError> {
    let mut blocks = MEMORY.take();
    let needed = argon2.params().block_count();
    if blocks.0.len() < needed {
        blocks.0.resize(needed, Block::new());
    }
    argon2
        .hash_password_into_with_memory(password, salt, output, &mut blocks.0)
        .map_err(failed)
}

/// The memory of all hashes: as much as [`AT_ONCE`] of them need, once they have needed it.
struct Memory {
    state: Mutex<MemoryState>,
    returned: Condvar,
}

struct MemoryState {
    /// Not in use at present.
    idle: Vec<Vec<Block>>,
    in_use: usize,
}

/// The memory of one hash, until it is dropped.
struct Blocks(Vec<Block>);

impl Memory {
    const fn new() -> Self {
        Self {
            state: Mutex::new(MemoryState {
                idle: Vec::new(),
                in_use: 0,
            }),
            returned: Condvar::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, MemoryState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until fewer than [`AT_ONCE`] hashes are being made.
    fn take(&self) -> Blocks {
        let is_full = |state: &mut MemoryState| state.in_use >= AT_ONCE;
        let waited = self.returned.wait_while(self.state(), is_full);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        state.in_use += 1;
        Blocks(state.idle.pop().unwrap_or_default())
    }
}

impl Drop for Blocks {
    fn drop(&mut self) {
        let mut state = MEMORY.state();
        state.in_use -= 1;
        state.idle.push(std::mem::take(&mut self.0));
        MEMORY.returned.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::join_all;

    use super::*;

    /// Not even after a burst is there more memory than two hashes need, which is where it would stay.
    #[tokio::test]
    async fn a_burst_needs_no_more_memory_than_two_hashes() {
        let burst = (0..24).map(|_| when_there_is_room(|| hash(b"Training2024")));
        for hash in join_all(burst).await {
            assert!(hash.is_ok());
        }
        let state = MEMORY.state();
        assert!(state.in_use + state.idle.len() <= 2, "{} idle", state.idle.len());
        let bytes: usize = state.idle.iter().map(|blocks| blocks.capacity() * Block::SIZE).sum();
        assert!(bytes <= 2 * 19 * 1024 * 1024, "{bytes}");
    }

    #[test]
    fn hashes_of_argon2_itself_are_understood_and_ours_by_it() {
        use argon2::password_hash::{PasswordHasher, PasswordVerifier};
        let theirs = Argon2::default().hash_password(b"Training2024").unwrap().to_string();
        assert!(is_hash_of(&theirs, b"Training2024").unwrap());
        assert!(!is_hash_of(&theirs, b"training2024").unwrap());
        let ours = hash(b"Training2024").unwrap();
        assert!(ours.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{ours}");
        let ours = PasswordHash::new(&ours).unwrap();
        assert!(Argon2::default().verify_password(b"Training2024", &ours).is_ok());
    }

    #[test]
    fn what_is_no_hash_is_an_error() {
        for text in ["", "Training2024", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ"] {
            assert!(is_hash_of(text, b"Training2024").is_err(), "{text}");
        }
    }
}
