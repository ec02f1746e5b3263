//! Durations as people read them.

use std::time::Duration;

/// As people read it: `3 ms`, `2.4 s`, `3 min 20 s`.
#[must_use]
pub(crate) fn duration(time: Duration) -> String {
    match time.as_millis() {
        ms @ 0..1000 => format!("{ms} ms"),
        1000..60_000 => format!("{:.1} s", time.as_secs_f64()),
        _ => format!("{} min {} s", time.as_secs() / 60, time.as_secs() % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_told_as_closely_as_it_matters() {
        let message = |ms| duration(Duration::from_millis(ms));
        assert_eq!(
            [message(7), message(2449), message(200_400)],
            ["7 ms", "2.4 s", "3 min 20 s"]
        );
    }
}
