//! What "World Clock" shows.

use jiff::tz::TimeZone;

use crate::{Clock, language::Language};

/// The place a new account's clock shows.
const ZONE: &str = crate::clock::PLACE;

pub(super) struct WorldClock {
    /// "14:27"
    pub time: String,
    /// "July 2, 2024"
    pub date: String,
    pub zone: &'static str,
    /// Whether it goes on while somebody looks at it.
    pub is_running: bool,
}

impl WorldClock {
    pub fn read(clock: &Clock, language: &Language) -> Self {
        let now = today(clock);
        Self {
            time: now.strftime("%H:%M").to_string(),
            date: language.long_date(now.date()),
            zone: ZONE,
            is_running: clock.is_running(),
        }
    }
}

/// The present in the portal's own place.
pub(super) fn today(clock: &Clock) -> jiff::Zoned {
    clock.now().to_zoned(TimeZone::get(ZONE).unwrap_or(TimeZone::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_training_clock_shows_the_tutorial_s_moment() {
        let shown = WorldClock::read(&Clock::training(), Language::negotiate(""));
        assert_eq!((shown.time.as_str(), shown.date.as_str()), ("14:27", "July 2, 2024"));
    }
}
