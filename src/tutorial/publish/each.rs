//! Does something with every step, on as many threads as there are processors.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::error::PublishError;
use super::step::Step;

/// Each step with what came of it, in their order; the first error there is.
pub(super) fn for_each<'a, T: Send>(
    steps: &'a [Step<'a>],
    doing: impl Fn(&Step<'_>) -> Result<T, PublishError> + Sync,
) -> Result<Vec<(&'a Step<'a>, T)>, PublishError> {
    let next = AtomicUsize::new(0);
    let do_some = || {
        let left = std::iter::from_fn(|| steps.get(next.fetch_add(1, Ordering::Relaxed)));
        left.map(|step| (step, doing(step))).collect::<Vec<_>>()
    };
    let mut done: Vec<_> = thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, Into::into);
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(do_some)).collect();
        let done = |worker: thread::ScopedJoinHandle<'_, Vec<_>>| {
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        workers.into_iter().flat_map(done).collect()
    });
    done.sort_by_key(|(step, _)| step.number);
    done.into_iter().map(|(step, done)| Ok((step, done?))).collect()
}
