//! The queue of attempts: scenarios in parallel first, then, serially, those tagged `@serial` and retries.

use std::collections::{BTreeSet, VecDeque};
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use jiff::Zoned;

use crate::suite::plan::{Plan, PlannedScenario};
use crate::suite::record::event::ScenarioId;

/// Retries, repeats, and after how many failures a run stops.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RetryPolicy {
    /// How often a failed scenario is retried; its tag takes precedence.
    pub(crate) retries: usize,
    /// How often every scenario runs, to find flaky ones; then none is retried.
    pub(crate) repeats: usize,
    /// After so many failures no scenario is started.
    pub(crate) max_failures: Option<NonZeroUsize>,
}

/// One attempt at a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AttemptId {
    pub(crate) scenario: ScenarioId,
    /// From 1.
    pub(crate) number: usize,
}

/// Shared by all workers.
#[derive(Debug)]
pub(super) struct Queue {
    retry_policy: RetryPolicy,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    parallel: VecDeque<AttemptId>,
    serial: VecDeque<AttemptId>,
    running: usize,
    /// Scenarios that have failed for good.
    failed: BTreeSet<ScenarioId>,
    closed: bool,
}

impl Queue {
    pub(crate) fn new(plan: &Plan, retry_policy: RetryPolicy) -> Self {
        let attempts = plan.scenarios.iter().enumerate().filter(|(_, one)| !one.options.skip);
        let (serial, parallel) = attempts.partition::<Vec<_>, _>(|(_, one)| one.options.serial);
        let first = |(scenario, _): (ScenarioId, &PlannedScenario)| AttemptId { scenario, number: 1 };
        Self {
            retry_policy,
            state: Mutex::new(State {
                parallel: parallel.into_iter().map(first).collect(),
                serial: serial.into_iter().map(first).collect(),
                ..State::default()
            }),
            changed: Condvar::new(),
        }
    }

    /// The next attempt; waits while none may start. None if all is done.
    pub(crate) fn next(&self) -> Option<AttemptId> {
        let mut state = self.lock();
        loop {
            if state.closed {
                return None;
            }
            let attempt = state.parallel.pop_front();
            let attempt = attempt.or_else(|| (state.running == 0).then(|| state.serial.pop_front()).flatten());
            if attempt.is_some() {
                state.running += 1;
                return attempt;
            }
            if state.running == 0 {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// An attempt is over.
    pub(crate) fn done(&self, attempt: AttemptId, scenario: &PlannedScenario, failed: bool) {
        let mut state = self.lock();
        state.running -= 1;
        let again = AttemptId {
            number: attempt.number + 1,
            ..attempt
        };
        let repeats = self.retry_policy.repeats;
        if attempt.number < repeats {
            let queue = if scenario.options.serial {
                &mut state.serial
            } else {
                &mut state.parallel
            };
            queue.push_back(again);
        }
        let retries = scenario.options.retries.unwrap_or(self.retry_policy.retries);
        // One whose quarantine has expired fails, and is not retried, even where it passes.
        if failed && repeats < 2 && attempt.number <= retries {
            state.serial.push_back(again);
        } else if scenario.options.expired_quarantine().is_some()
            || (failed && !scenario.options.is_quarantined(Zoned::now().date()))
        {
            state.failed.insert(attempt.scenario);
        }
        let most = self.retry_policy.max_failures.map(NonZeroUsize::get);
        state.closed |= most.is_some_and(|most| state.failed.len() >= most);
        self.changed.notify_all();
    }

    /// No attempt is started any more.
    pub(crate) fn close(&self) {
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
    fn played(plan: &Plan, retry_policy: RetryPolicy, fails: impl Fn(AttemptId) -> bool) -> Vec<(ScenarioId, usize)> {
        let queue = Queue::new(plan, retry_policy);
        let attempts = std::iter::from_fn(|| {
            let attempt = queue.next()?;
            queue.done(attempt, &plan.scenarios[attempt.scenario], fails(attempt));
            Some((attempt.scenario, attempt.number))
        });
        attempts.collect()
    }

    #[test]
    fn serial_scenarios_come_last_and_skipped_ones_never() {
        let plan = planned(&["@serial", "", "@skip", ""]);
        let attempts = played(&plan, RetryPolicy::default(), |_| false);
        assert_eq!(attempts, [(1, 1), (3, 1), (0, 1)]);
    }

    #[test]
    fn nothing_runs_beside_what_runs_alone() {
        let plan = planned(&["@serial", "", ""]);
        let queue = Queue::new(&plan, RetryPolicy::default());
        let (one, two) = (queue.next().unwrap(), queue.next().unwrap());
        assert_eq!((one.scenario, two.scenario), (1, 2));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| queue.next());
            queue.done(one, &plan.scenarios[1], false);
            assert!(!waiting.is_finished(), "another still runs");
            queue.done(two, &plan.scenarios[2], false);
            assert_eq!(waiting.join().unwrap(), Some(AttemptId { scenario: 0, number: 1 }));
        });
    }

    #[test]
    fn what_fails_is_tried_again_after_all_others() {
        let plan = planned(&["", "@retries:0", "@retries:3", ""]);
        let retry_policy = RetryPolicy {
            retries: 1,
            ..RetryPolicy::default()
        };
        let attempts = played(&plan, retry_policy, |attempt| attempt.scenario < 3);
        assert_eq!(
            attempts,
            [(0, 1), (1, 1), (2, 1), (3, 1), (0, 2), (2, 2), (2, 3), (2, 4)]
        );
    }

    #[test]
    fn enough_failures_end_the_run_and_quarantined_ones_do_not_count() {
        let plan = planned(&["@quarantine:qa:2999-01-31", "", "", ""]);
        let retry_policy = RetryPolicy {
            max_failures: NonZeroUsize::new(2),
            ..RetryPolicy::default()
        };
        assert_eq!(played(&plan, retry_policy, |_| true), [(0, 1), (1, 1), (2, 1)]);
    }

    #[test]
    fn a_scenario_that_is_repeated_fails_once_and_an_expired_quarantine_is_a_failure() {
        let plan = planned(&["", "@quarantine:qa:2020-01-31", ""]);
        let retry_policy = RetryPolicy {
            repeats: 2,
            max_failures: NonZeroUsize::new(2),
            ..RetryPolicy::default()
        };
        assert_eq!(
            played(&plan, retry_policy, |attempt| attempt.scenario == 0),
            [(0, 1), (1, 1)],
            "the first and the second have failed"
        );
        let plan = planned(&["", ""]);
        let all = [(0, 1), (1, 1), (0, 2), (1, 2)];
        assert_eq!(played(&plan, retry_policy, |attempt| attempt.scenario == 0), all);
    }

    #[test]
    fn a_closed_queue_lets_everybody_go() {
        let plan = planned(&["", ""]);
        let queue = Queue::new(&plan, RetryPolicy::default());
        let attempt = queue.next().unwrap();
        queue.next().unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| queue.next());
            queue.close();
            assert_eq!(waiting.join().unwrap(), None);
        });
        queue.done(attempt, &plan.scenarios[0], false);
        assert_eq!(queue.next(), None);
    }
}
