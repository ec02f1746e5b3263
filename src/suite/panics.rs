//! Steps tell of their failure by panicking: that is what cucumber's macros make of an `Err`. Here a panic becomes a value.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use futures::FutureExt;

thread_local! {
    static CAUGHT: RefCell<Watch> = const { RefCell::new(Watch::Off) };
}

/// Whether this thread's panics are caught.
enum Watch {
    Off,
    On,
    /// Where one happened.
    Seen(String),
}

/// A panic that was caught.
#[derive(Debug)]
pub struct Caught {
    /// What it said.
    pub message: String,
    /// `file:line` in the kit.
    pub place: Option<String>,
}

/// Runs a future; a panic in it is returned and not printed.
pub async fn catch<T>(future: impl Future<Output = T>) -> Result<T, Caught> {
    listen();
    let watching = Watching::begin();
    let result = AssertUnwindSafe(future).catch_unwind().await;
    let place = watching.end();
    result.map_err(|payload| Caught {
        message: message(payload.as_ref()),
        place,
    })
}

/// Stops watching even where the future it was begun for is dropped before its end.
struct Watching;

impl Watching {
    fn begin() -> Self {
        CAUGHT.set(Watch::On);
        Self
    }

    fn end(self) -> Option<String> {
        match CAUGHT.replace(Watch::Off) {
            Watch::Seen(place) => Some(place),
            Watch::Off | Watch::On => None,
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        CAUGHT.set(Watch::Off);
    }
}

fn listen() {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let told_otherwise = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if matches!(CAUGHT.replace(Watch::Off), Watch::Off) {
                told_otherwise(panic);
            } else {
                let place = panic
                    .location()
                    .map(|place| format!("{}:{}", place.file(), place.line()));
                CAUGHT.set(Watch::Seen(place.unwrap_or_default()));
            }
        }));
    });
}

fn message(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_else(|| "a panic without words".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_caught_with_its_words_and_place() {
        let caught = catch(async { panic!("the sky fell") })
            .await
            .map(|(): ()| ())
            .unwrap_err();
        assert_eq!(caught.message, "the sky fell");
        assert!(caught.place.is_some_and(|place| place.contains("panics.rs")));
    }

    #[tokio::test]
    async fn what_does_not_panic_is_returned() {
        assert_eq!(catch(async { 7 }).await.unwrap(), 7);
    }
}
