//! Tells what happens in a worker, and lets others see whether it still lives: a step that blocks its thread stops every
//! timer on it, so somebody else has to look at the clock.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use super::queue::Turn;
use crate::browser;
use crate::suite::record::event::{Event, Failure, Happening, Outcome, ScenarioId, Spent};

/// A thread that gives way to its timers is late by no more than this.
pub(super) const GRACE: Duration = Duration::from_secs(5);
/// Starting and ending a scenario have time-outs of their own, together shorter than this.
const BETWEEN_STEPS: Duration = Duration::from_mins(3);

/// What one worker is at, seen from other threads.
#[derive(Debug, Clone)]
pub(super) struct Pulse(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    /// None once somebody else has told of this worker's end: whatever it still says is not heard, and a thread that is
    /// blocked for good does not keep the run open.
    events: Option<Sender<Event>>,
    turn: Option<Turn>,
    step: Option<usize>,
    began: Option<Instant>,
    deadline: Option<Instant>,
    /// How long each of the scenario's steps may take.
    step_limit: Duration,
    driver: Option<u32>,
}

impl Pulse {
    /// Of a worker that tells these listeners.
    pub fn new(events: Sender<Event>) -> Self {
        Self(Arc::new(Mutex::new(State {
            events: Some(events),
            turn: None,
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
    pub fn drives(&self, driver: Option<u32>) {
        self.lock().driver = driver;
    }

    /// Whether this worker's word still counts.
    pub fn counts(&self) -> bool {
        self.lock().events.is_some()
    }

    /// Gives the worker up if it is overdue: its browser is ended and its scenario told as failed. Returns its turn.
    pub fn give_up_if_overdue(&self) -> Option<Turn> {
        let mut state = self.lock();
        if state.deadline.is_none_or(|deadline| deadline > Instant::now()) {
            return None;
        }
        let events = state.events.take()?;
        if let Some(driver) = state.driver {
            browser::kill(driver);
        }
        let turn = state.turn?;
        let tell = |what| {
            // Nobody may be listening any more.
            let _ = events.send(Event {
                id: turn.id,
                at: SystemTime::now(),
                what,
            });
        };
        if let Some(step) = state.step {
            tell(Happening::StepFailed { step });
        }
        let failure = Failure {
            step: state.step,
            message: format!(
                "the step blocks its thread: it neither ended within {} s nor gave way to the clock; \
                 it must await what it waits for, or do it in tokio::task::spawn_blocking",
                state.step_limit.as_secs_f32()
            )
            .into(),
            ..Failure::default()
        };
        tell(Happening::Finished {
            outcome: Outcome::Failed(failure),
            spent: Spent {
                steps: state.began.map_or(Duration::ZERO, |began| began.elapsed()),
                ..Spent::default()
            },
        });
        Some(turn)
    }
}

/// Tells what happens in one scenario.
#[derive(Debug, Clone)]
pub(super) struct Teller {
    pub id: ScenarioId,
    pub pulse: Pulse,
    /// How long each of the scenario's steps may take.
    pub step_limit: Duration,
}

impl Teller {
    /// Tells that a turn begins.
    pub fn begin(&self, turn: Turn, worker: usize) {
        {
            let mut state = self.pulse.lock();
            state.turn = Some(turn);
            state.began = Some(Instant::now());
            state.step_limit = self.step_limit;
        }
        let attempt = turn.attempt;
        self.tell(Happening::Started { attempt, worker });
    }

    /// Tells something, and is heard unless the worker was given up.
    pub fn tell(&self, what: Happening) {
        let mut state = self.pulse.lock();
        let limit = match what {
            Happening::StepStarted { step } => {
                state.step = Some(step);
                Some(self.step_limit + GRACE)
            }
            Happening::Finished { .. } => None,
            _ => {
                state.step = None;
                Some(BETWEEN_STEPS)
            }
        };
        state.deadline = limit.map(|limit| Instant::now() + limit);
        let event = Event {
            id: self.id,
            at: SystemTime::now(),
            what,
        };
        if let Some(events) = &state.events {
            // Nobody may be listening any more; that is no reason to stop.
            let _ = events.send(event);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    fn teller(step_limit: Duration) -> (Teller, std::sync::mpsc::Receiver<Event>) {
        let (events, heard) = channel();
        let teller = Teller {
            id: 7,
            pulse: Pulse::new(events),
            step_limit,
        };
        (teller, heard)
    }

    #[test]
    fn a_worker_that_is_overdue_is_given_up_once_and_heard_no_more() {
        let (teller, heard) = teller(Duration::ZERO);
        let turn = Turn { id: 7, attempt: 1 };
        teller.begin(turn, 0);
        teller.tell(Happening::StepStarted { step: 2 });
        // As if its time were over.
        teller.pulse.lock().deadline = Some(Instant::now());
        assert_eq!(teller.pulse.give_up_if_overdue(), Some(turn));
        assert_eq!(teller.pulse.give_up_if_overdue(), None);
        teller.tell(Happening::StepPassed { step: 2, remark: None });
        assert!(!teller.pulse.counts());
        // The channel is closed although the worker's end of it is still there.
        let heard: Vec<_> = heard.iter().map(|event| event.what).collect();
        assert_eq!(heard.len(), 4, "{heard:?}");
        assert!(
            matches!(&heard[3], Happening::Finished { outcome: Outcome::Failed(failure), .. }
                if failure.step == Some(2) && failure.message.contains("blocks its thread")),
            "{heard:?}"
        );
    }

    #[test]
    fn a_worker_in_time_is_left_alone() {
        let (teller, _heard) = teller(Duration::from_mins(1));
        teller.begin(Turn { id: 7, attempt: 1 }, 0);
        teller.tell(Happening::StepStarted { step: 0 });
        assert_eq!(teller.pulse.give_up_if_overdue(), None);
        teller.tell(Happening::StepPassed { step: 0, remark: None });
        assert!(teller.pulse.counts());
    }
}
