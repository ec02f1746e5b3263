//! Whose turn it is: scenarios side by side first, then, one at a time and with nothing beside them, those that ask for
//! it and those that are tried again.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use jiff::Zoned;

use crate::suite::plan::{Plan, PlannedScenario};
use crate::suite::record::event::ScenarioId;

/// How often scenarios are tried, and when a run has failed often enough.
#[derive(Debug, Clone, Copy, Default)]
pub struct Patience {
    /// How often a scenario that failed is tried again; its tag counts before this.
    pub retries: usize,
    /// How often every scenario is played, whatever comes of it, to see whether it always comes to the same; then it is not retried.
    pub repeats: usize,
    /// After so many failures nothing more is taken up.
    pub max_failures: Option<NonZeroUsize>,
}

/// A scenario's turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    pub id: ScenarioId,
    /// From 1.
    pub attempt: usize,
}

/// Shared by all workers.
#[derive(Debug)]
pub(super) struct Queue {
    patience: Patience,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    beside: VecDeque<Turn>,
    alone: VecDeque<Turn>,
    running: usize,
    failures: usize,
    closed: bool,
}

impl Queue {
    pub fn new(plan: &Plan, patience: Patience) -> Self {
        let turns = plan.scenarios.iter().enumerate().filter(|(_, one)| !one.handling.skip);
        let (alone, beside) = turns.partition::<Vec<_>, _>(|(_, one)| one.handling.serial);
        let first = |(id, _): (ScenarioId, &PlannedScenario)| Turn { id, attempt: 1 };
        Self {
            patience,
            state: Mutex::new(State {
                beside: beside.into_iter().map(first).collect(),
                alone: alone.into_iter().map(first).collect(),
                ..State::default()
            }),
            changed: Condvar::new(),
        }
    }

    /// The next turn; waits while nothing may run beside what runs. None if all is done.
    pub fn next(&self) -> Option<Turn> {
        let mut state = self.lock();
        loop {
            if state.closed {
                return None;
            }
            let turn = state.beside.pop_front();
            let turn = turn.or_else(|| (state.running == 0).then(|| state.alone.pop_front()).flatten());
            if turn.is_some() {
                state.running += 1;
                return turn;
            }
            if state.running == 0 {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A turn is over.
    pub fn done(&self, turn: Turn, scenario: &PlannedScenario, failed: bool) {
        let mut state = self.lock();
        state.running -= 1;
        let again = Turn {
            attempt: turn.attempt + 1,
            ..turn
        };
        let repeats = self.patience.repeats;
        if turn.attempt < repeats {
            let queue = if scenario.handling.serial {
                &mut state.alone
            } else {
                &mut state.beside
            };
            queue.push_back(again);
        }
        if failed {
            let retries = scenario.handling.retries.unwrap_or(self.patience.retries);
            if repeats < 2 && turn.attempt <= retries {
                state.alone.push_back(again);
            } else if !scenario.handling.is_quarantined(Zoned::now().date()) {
                state.failures += 1;
            }
            state.closed |= self
                .patience
                .max_failures
                .is_some_and(|most| state.failures >= most.get());
        }
        self.changed.notify_all();
    }

    /// Nothing more is taken up.
    pub fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::plan::tests;

    /// Scenarios A, B, … with these tags.
    fn planned(tags: &[&str]) -> Plan {
        let scenario = |(index, tags): (usize, &&str)| {
            let name = char::from(b'A' + u8::try_from(index).unwrap());
            format!("  {tags}\n  Scenario: {name}\n    Given I open \"/\"\n")
        };
        let scenarios: String = tags.iter().enumerate().map(scenario).collect();
        tests::planned(&format!("Feature: F\n{scenarios}"), None).unwrap()
    }

    /// Plays one after the other; says which, and how often each is tried.
    fn played(plan: &Plan, patience: Patience, fails: impl Fn(Turn) -> bool) -> Vec<(ScenarioId, usize)> {
        let queue = Queue::new(plan, patience);
        let turns = std::iter::from_fn(|| {
            let turn = queue.next()?;
            queue.done(turn, &plan.scenarios[turn.id], fails(turn));
            Some((turn.id, turn.attempt))
        });
        turns.collect()
    }

    #[test]
    fn serial_scenarios_come_last_and_skipped_ones_never() {
        let plan = planned(&["@serial", "", "@skip", ""]);
        let turns = played(&plan, Patience::default(), |_| false);
        assert_eq!(turns, [(1, 1), (3, 1), (0, 1)]);
    }

    #[test]
    fn nothing_runs_beside_what_runs_alone() {
        let plan = planned(&["@serial", "", ""]);
        let queue = Queue::new(&plan, Patience::default());
        let (one, two) = (queue.next().unwrap(), queue.next().unwrap());
        assert_eq!((one.id, two.id), (1, 2));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| queue.next());
            queue.done(one, &plan.scenarios[1], false);
            assert!(!waiting.is_finished(), "another still runs");
            queue.done(two, &plan.scenarios[2], false);
            assert_eq!(waiting.join().unwrap(), Some(Turn { id: 0, attempt: 1 }));
        });
    }

    #[test]
    fn what_fails_is_tried_again_after_all_others() {
        let plan = planned(&["", "@retries:0", "@retries:3", ""]);
        let patience = Patience {
            retries: 1,
            ..Patience::default()
        };
        let turns = played(&plan, patience, |turn| turn.id < 3);
        assert_eq!(turns, [(0, 1), (1, 1), (2, 1), (3, 1), (0, 2), (2, 2), (2, 3), (2, 4)]);
    }

    #[test]
    fn enough_failures_end_the_run_and_quarantined_ones_do_not_count() {
        let plan = planned(&["@quarantine:qa:2999-01-31", "", "", ""]);
        let patience = Patience {
            max_failures: NonZeroUsize::new(2),
            ..Patience::default()
        };
        assert_eq!(played(&plan, patience, |_| true), [(0, 1), (1, 1), (2, 1)]);
    }

    #[test]
    fn a_closed_queue_lets_everybody_go() {
        let plan = planned(&["", ""]);
        let queue = Queue::new(&plan, Patience::default());
        let turn = queue.next().unwrap();
        queue.next().unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| queue.next());
            queue.close();
            assert_eq!(waiting.join().unwrap(), None);
        });
        queue.done(turn, &plan.scenarios[0], false);
        assert_eq!(queue.next(), None);
    }
}
