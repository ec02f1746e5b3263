//! The time the portal shows and reckons with: real, or standing still until somebody moves it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::{Timestamp, Zoned, tz::TimeZone};

/// The portal's own place, as a time zone.
pub(crate) const PLACE: &str = "Europe/Zurich";

/// The moment tutorials and pictures are taken at.
const TRAINING: &str = "2024-07-02T14:27[Europe/Zurich]";

/// The portal's clock.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's own time.
    #[default]
    Real,
    /// One instant, until it is moved.
    Frozen(Instant),
}

impl Clock {
    /// Frozen at the moment of all tutorials: 2024-07-02, 14:27 in Switzerland.
    #[must_use]
    pub fn training() -> Self {
        Self::Frozen(Instant::at(
            TRAINING
                .parse::<Zoned>()
                .map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp()),
        ))
    }

    /// The present, to the second.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::Real => Timestamp::now(),
            Self::Frozen(instant) => instant.now(),
        }
    }

    pub(crate) fn is_running(&self) -> bool {
        matches!(self, Self::Real)
    }
}

/// A stopped clock's hand. Clones share it, so a test that keeps one can move the time of a running portal.
#[derive(Clone, Debug)]
pub struct Instant(Arc<AtomicI64>);

impl Instant {
    /// Stops at `moment`, to the second.
    #[must_use]
    pub fn at(moment: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(moment.as_second())))
    }

    /// Moves the time on by so many seconds (back, if negative).
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::Relaxed)).unwrap_or(Timestamp::MAX)
    }
}

/// So many seconds since 1970, on the clocks of the portal's own place.
pub(crate) fn in_portal_s_place(second: i64) -> Zoned {
    Timestamp::from_second(second)
        .unwrap_or(Timestamp::MAX)
        .to_zoned(TimeZone::get(PLACE).unwrap_or(TimeZone::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn training_time_is_two_july_2024_in_switzerland() {
        let zurich = TimeZone::get("Europe/Zurich").unwrap();
        let shown = Clock::training()
            .now()
            .to_zoned(zurich)
            .strftime("%F %H:%M")
            .to_string();
        assert_eq!(shown, "2024-07-02 14:27");
    }

    #[test]
    fn a_clone_of_the_instant_moves_the_clock() {
        let instant = Instant::at(Timestamp::UNIX_EPOCH);
        let clock = Clock::Frozen(instant.clone());
        instant.advance(90);
        assert_eq!(clock.now().as_second(), 90);
    }
}
