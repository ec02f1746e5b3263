//! How long a scenario took against the last time it was played.

use std::time::Duration;

use super::duration::duration;
use crate::suite::record::ScenarioRecord;
use crate::suite::record::event::AttemptOutcome;

/// Less is noise of the machine.
const LEAST: Duration = Duration::from_millis(200);
/// A difference is one that matters from this part of the last time on.
const PART: u32 = 5;

/// What is compared, for people.
pub(crate) const RULE: &str = "Times are compared where a scenario passed at once and took at least 0.2 s and a fifth more or less than when it \
                        was played last.";

/// `0.4 s slower than last time`, by [`RULE`]. A failure takes as long as its timeout, and of several attempts none is
/// the scenario's own time.
#[must_use]
pub(crate) fn change(scenario: &ScenarioRecord) -> Option<String> {
    let (earlier, [attempt]) = (scenario.earlier?, &scenario.attempts[..]) else {
        return None;
    };
    let now = attempt.durations.total();
    let difference = now.abs_diff(earlier);
    let matters = attempt.outcome == AttemptOutcome::Passed && difference >= LEAST && difference * PART >= earlier;
    let way = if now > earlier { "slower" } else { "faster" };
    matters.then(|| format!("{} {way} than last time", seconds(difference)))
}

/// In the unit of what it is compared with.
fn seconds(difference: Duration) -> String {
    if difference < Duration::from_secs(1) {
        format!("{:.1} s", difference.as_secs_f64())
    } else {
        duration(difference)
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{attempt, failed, scenario};
    use super::*;
    use crate::suite::record::{Attempt, Verdict};

    fn changed(earlier: Option<u64>, now: u64) -> Option<String> {
        compared(earlier, now, attempt(1, AttemptOutcome::Passed))
    }

    fn compared(earlier: Option<u64>, now: u64, mut attempt: Attempt) -> Option<String> {
        attempt.durations.steps = Duration::from_millis(now);
        let mut scenario = scenario("A", Verdict::Passed, vec![attempt]);
        scenario.earlier = earlier.map(Duration::from_millis);
        change(&scenario)
    }

    #[test]
    fn a_difference_is_told_where_it_matters() {
        for (earlier, now, message) in [
            (Some(1700), 2100, Some("0.4 s slower than last time")),
            (Some(2100), 1700, None),
            (Some(2100), 1600, Some("0.5 s faster than last time")),
            (Some(100), 299, None),
            (Some(100), 300, Some("0.2 s slower than last time")),
            (Some(60_000), 71_999, None),
            (Some(60_000), 72_000, Some("12.0 s slower than last time")),
            (Some(2000), 2000, None),
            (None, 2000, None),
        ] {
            assert_eq!(changed(earlier, now).as_deref(), message, "{earlier:?} {now}");
        }
    }

    #[test]
    fn neither_a_failure_nor_one_of_several_attempts_is_compared() {
        assert_eq!(compared(Some(100), 5000, failed(1)), None);
        let mut flaky = scenario("A", Verdict::Flaky, vec![failed(1), attempt(2, AttemptOutcome::Passed)]);
        flaky.earlier = Some(Duration::from_millis(1));
        assert_eq!(change(&flaky), None);
    }
}
