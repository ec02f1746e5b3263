//! Sends the events of a worker, and notices when it hangs: a step that blocks its thread stops every timer on it, so the supervisor
//! has to watch the clock.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use super::queue::AttemptId;
use crate::browser;
use crate::suite::record::event::{AttemptFailure, AttemptOutcome, Event, EventKind, PhaseDurations, ScenarioId};

/// A thread that gives way to its timers is late by no more than this.
pub(super) const GRACE: Duration = Duration::from_secs(5);
/// Starting and ending a scenario have time-outs of their own, together shorter than this.
const BETWEEN_STEPS: Duration = Duration::from_mins(3);

/// The state of one worker, seen from other threads.
#[derive(Debug, Clone)]
pub(super) struct Watchdog(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    /// None once the watchdog has failed this worker's attempt: what it still sends is dropped, and a thread that is blocked for
    /// good does not keep the run open.
    events: Option<Sender<Event>>,
    attempt: Option<AttemptId>,
    step: Option<usize>,
    began: Option<Instant>,
    deadline: Option<Instant>,
    /// How long each of the scenario's steps may take.
    step_limit: Duration,
    driver: Option<u32>,
}

impl Watchdog {
    /// For a worker that sends its events here.
    pub(crate) fn new(events: Sender<Event>) -> Self {
        Self(Arc::new(Mutex::new(State {
            events: Some(events),
            attempt: None,
            step: None,
            began: None,
            deadline: None,
            step_limit: Duration::ZERO,
            driver: None,
        })))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Which driver the worker uses.
    pub(crate) fn set_driver(&self, driver: Option<u32>) {
        self.lock().driver = driver;
    }

    /// Whether the worker was not given up.
    pub(crate) fn is_active(&self) -> bool {
        self.lock().events.is_some()
    }

    /// Gives the worker up if it is overdue: kills its browser and fails its attempt, which it returns.
    pub(crate) fn fail_if_overdue(&self) -> Option<AttemptId> {
        let mut state = self.lock();
        if state.deadline.is_none_or(|deadline| deadline > Instant::now()) {
            return None;
        }
        let events = state.events.take()?;
        if let Some(driver) = state.driver {
            browser::kill(driver);
        }
        let attempt = state.attempt?;
        let tell = |kind| {
            // The receiver may be gone.
            let _ = events.send(Event {
                id: attempt.scenario,
                at: SystemTime::now(),
                kind,
            });
        };
        if let Some(step) = state.step {
            tell(EventKind::StepFailed { step });
        }
        let failure = AttemptFailure {
            step: state.step,
            message: format!(
                "the step blocks its thread: it did not end or yield within {} s\n  \
                 await what it waits for, or move it to tokio::task::spawn_blocking",
                state.step_limit.as_secs_f32()
            )
            .into(),
            ..AttemptFailure::default()
        };
        tell(EventKind::Finished {
            outcome: AttemptOutcome::Failed(failure),
            durations: PhaseDurations {
                steps: state.began.map_or(Duration::ZERO, |began| began.elapsed()),
                ..PhaseDurations::default()
            },
        });
        Some(attempt)
    }
}

/// Sends the events of one attempt.
#[derive(Debug, Clone)]
pub(super) struct EventSender {
    pub(crate) id: ScenarioId,
    pub(crate) watchdog: Watchdog,
    /// How long each of the scenario's steps may take.
    pub(crate) step_limit: Duration,
}

impl EventSender {
    /// Sends that an attempt starts.
    pub(crate) fn begin(&self, attempt: AttemptId, worker: usize) {
        {
            let mut state = self.watchdog.lock();
            state.attempt = Some(attempt);
            state.began = Some(Instant::now());
            state.step_limit = self.step_limit;
        }
        let attempt = attempt.number;
        self.send(EventKind::Started { attempt, worker });
    }

    /// Sends an event, unless the worker was given up.
    pub(crate) fn send(&self, kind: EventKind) {
        let mut state = self.watchdog.lock();
        let limit = match kind {
            EventKind::StepStarted { step } => {
                state.step = Some(step);
                Some(self.step_limit + GRACE)
            }
            EventKind::Finished { .. } => None,
            _ => {
                state.step = None;
                Some(BETWEEN_STEPS)
            }
        };
        state.deadline = limit.map(|limit| Instant::now() + limit);
        let event = Event {
            id: self.id,
            at: SystemTime::now(),
            kind,
        };
        if let Some(events) = &state.events {
            // The receiver may be gone; that is no reason to stop.
            let _ = events.send(event);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    fn sender(step_limit: Duration) -> (EventSender, std::sync::mpsc::Receiver<Event>) {
        let (events, heard) = channel();
        let sender = EventSender {
            id: 7,
            watchdog: Watchdog::new(events),
            step_limit,
        };
        (sender, heard)
    }

    #[test]
    fn a_worker_that_is_overdue_is_given_up_once_and_heard_no_more() {
        let (sender, heard) = sender(Duration::ZERO);
        let attempt = AttemptId { scenario: 7, number: 1 };
        sender.begin(attempt, 0);
        sender.send(EventKind::StepStarted { step: 2 });
        // As if its time were over.
        sender.watchdog.lock().deadline = Some(Instant::now());
        assert_eq!(sender.watchdog.fail_if_overdue(), Some(attempt));
        assert_eq!(sender.watchdog.fail_if_overdue(), None);
        sender.send(EventKind::StepPassed { step: 2, remark: None });
        assert!(!sender.watchdog.is_active());
        // The channel is closed although the worker's end of it is still there.
        let heard: Vec<_> = heard.iter().map(|event| event.kind).collect();
        assert_eq!(heard.len(), 4, "{heard:?}");
        assert!(
            matches!(&heard[3], EventKind::Finished { outcome: AttemptOutcome::Failed(failure), .. }
                if failure.step == Some(2) && failure.message.contains("blocks its thread")),
            "{heard:?}"
        );
    }

    #[test]
    fn a_worker_in_time_is_left_alone() {
        let (sender, _heard) = sender(Duration::from_mins(1));
        sender.begin(AttemptId { scenario: 7, number: 1 }, 0);
        sender.send(EventKind::StepStarted { step: 0 });
        assert_eq!(sender.watchdog.fail_if_overdue(), None);
        sender.send(EventKind::StepPassed { step: 0, remark: None });
        assert!(sender.watchdog.is_active());
    }
}
