//! Steps report their failure by panicking: that is what cucumber's macros make of an `Err`. Here a panic becomes a value,
//! and one in a background task becomes one, too, instead of being lost.

use std::any::Any;
use std::cell::RefCell;
use std::mem;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Arc, Mutex, Once, PoisonError};

use futures::FutureExt;

use super::watchdog::Watchdog;
use crate::output::say_err;

thread_local! {
    static OWNER: RefCell<Option<Panics>> = const { RefCell::new(None) };
}

/// The scenarios that are running: a thread that no worker owns was started by one of them.
static RUNNING: Mutex<Vec<RunningScenario>> = Mutex::new(Vec::new());

/// Panics on threads that no worker owns.
static UNATTRIBUTED: Mutex<Vec<CaughtPanic>> = Mutex::new(Vec::new());

/// A panic that was caught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CaughtPanic {
    /// What it said.
    pub(crate) message: String,
    /// `file:line`.
    pub(crate) place: String,
    /// Where no worker owns its thread: the scenarios that were running, one of which started it.
    suspects: Vec<String>,
}

/// A scenario that is running.
struct RunningScenario {
    /// `file:line` in its feature.
    place: String,
    panics: Panics,
    watchdog: Watchdog,
}

/// A scenario is running until this is dropped.
#[must_use]
pub(super) struct RunningGuard(Panics);

impl Drop for RunningGuard {
    fn drop(&mut self) {
        let mut played = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        played.retain(|one| !Arc::ptr_eq(&one.panics.0, &self.0.0));
    }
}

impl std::fmt::Display for CaughtPanic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (at {})", self.message, self.place)?;
        match self.suspects.as_slice() {
            [] => Ok(()),
            [one] => write!(f, "\n  only {one} was running"),
            several => write!(
                f,
                "\n  one of the scenarios that were running started it: {}",
                several.join(", ")
            ),
        }
    }
}

/// The panics of the threads that one worker owns.
#[derive(Debug, Clone, Default)]
pub(super) struct Panics(Arc<Mutex<Vec<CaughtPanic>>>);

impl Panics {
    /// From now on this thread's panics are kept here, and not printed.
    pub(crate) fn own_this_thread(&self) {
        install_hook();
        OWNER.set(Some(self.clone()));
    }

    /// A scenario starts: panics on threads that no worker owns are attributed to it while it is the only one.
    pub(crate) fn scenario_starts(&self, place: String, watchdog: &Watchdog) -> RunningGuard {
        RUNNING
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(RunningScenario {
                place,
                panics: self.clone(),
                watchdog: watchdog.clone(),
            });
        RunningGuard(self.clone())
    }

    /// What happened since this was last asked, in order.
    pub(crate) fn take(&self) -> Vec<CaughtPanic> {
        mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Runs a future; a panic in it ends it, and is found among the panics of its thread.
pub(super) async fn catch<T>(future: impl Future<Output = T>) -> Option<T> {
    AssertUnwindSafe(future).catch_unwind().await.ok()
}

/// Panics on threads that no worker owns, since this was last asked.
pub(super) fn unattributed() -> Vec<CaughtPanic> {
    mem::take(&mut UNATTRIBUTED.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Takes note of every panic from now on.
pub(super) fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        panic::set_hook(Box::new(move |panic| {
            // A thread that is ending has no owner any more.
            let owner = OWNER.try_with(|owner| owner.borrow().clone()).ok().flatten();
            let mut caught = caught(panic);
            let owner = owner.or_else(|| only_running_scenario(&mut caught));
            let mut kept = match &owner {
                Some(panics) => panics.0.lock(),
                None => UNATTRIBUTED.lock(),
            }
            .unwrap_or_else(PoisonError::into_inner);
            kept.push(caught.clone());
            drop(kept);
            if owner.is_none() {
                say_err!("a thread panicked: {caught}");
            }
        }));
    });
}

/// Attributes a panic on a thread that no worker owns. A thread does not know what started it; where several scenarios are
/// running, or the only one has been reported already, they are named as suspects.
fn only_running_scenario(caught: &mut CaughtPanic) -> Option<Panics> {
    let played = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    match played.as_slice() {
        [one] if one.watchdog.is_active() => Some(one.panics.clone()),
        several => {
            caught.suspects = several.iter().map(|one| one.place.clone()).collect();
            None
        }
    }
}

fn caught(panic: &PanicHookInfo) -> CaughtPanic {
    let place = panic
        .location()
        .map(|place| format!("{}:{}", place.file(), place.line()));
    CaughtPanic {
        message: message(panic.payload()),
        place: place.unwrap_or_default(),
        suspects: Vec::new(),
    }
}

fn message(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_else(|| "a panic without a message".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(panics: &Panics) -> Vec<String> {
        panics.take().into_iter().map(|caught| caught.message).collect()
    }

    #[tokio::test]
    async fn a_panic_is_caught_with_its_words_and_place() {
        let panics = Panics::default();
        panics.own_this_thread();
        assert_eq!(catch(async { panic!("the sky fell") }).await.map(|(): ()| ()), None);
        let caught = panics.take();
        assert_eq!(caught[0].message, "the sky fell");
        assert!(caught[0].place.contains("panics.rs:"), "{caught:?}");
        assert_eq!(panics.take(), []);
    }

    #[tokio::test]
    async fn what_does_not_panic_is_returned() {
        assert_eq!(catch(async { 7 }).await, Some(7));
    }

    #[test]
    fn a_panic_in_a_task_or_on_a_thread_of_the_runtime_is_its_workers() {
        let panics = Panics::default();
        panics.own_this_thread();
        let owner = panics.clone();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .on_thread_start(move || owner.own_this_thread())
            .build()
            .unwrap();
        runtime.block_on(async {
            let task = tokio::spawn(async { panic!("in a task") });
            assert!(task.await.map(|(): ()| ()).is_err());
            let thread = tokio::task::spawn_blocking(|| panic!("on a thread"));
            assert!(thread.await.map(|(): ()| ()).is_err());
        });
        assert_eq!(messages(&panics), ["in a task", "on a thread"]);
    }

    #[test]
    fn a_panic_on_a_thread_that_nobody_owns_is_not_lost() {
        install_hook();
        let thread = std::thread::spawn(|| panic!("on its own"));
        assert!(thread.join().is_err());
        // Other tests may panic on purpose beside this one.
        assert!(unattributed().iter().any(|caught| caught.message == "on its own"));
    }
}
