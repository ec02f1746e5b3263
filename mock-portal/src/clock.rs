//! The time the portal shows and reckons with: real, or standing still until somebody moves it.

use std::{
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use jiff::{Span, Timestamp, Zoned, tz::TimeZone};

/// The portal's own place, as a time zone.
pub(crate) const PLACE: &str = "Europe/Zurich";

/// The moment tutorials and pictures are taken at.
const TRAINING: &str = "2024-07-02T14:27[Europe/Zurich]";

/// The portal's clock. Clones share its hands.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's own time, moved by what [`Ahead`] says.
    Running(Ahead),
    /// One instant, until it is moved.
    Frozen(Instant),
}

impl Default for Clock {
    fn default() -> Self {
        Self::real()
    }
}

impl Clock {
    /// The machine's own time.
    #[must_use]
    pub fn real() -> Self {
        Self::Running(Ahead::default())
    }

    /// Frozen at the moment of all tutorials: 2024-07-02, 14:27 in Switzerland.
    #[must_use]
    pub fn training() -> Self {
        Self::Frozen(Instant::at(moment(TRAINING).unwrap_or(Timestamp::UNIX_EPOCH)))
    }

    /// The present, to the second.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::Running(ahead) => second(Timestamp::now().as_second().saturating_add(ahead.seconds())),
            Self::Frozen(instant) => instant.now(),
        }
    }

    /// The same kind of clock showing the same time, with hands of its own.
    #[must_use]
    pub fn apart(&self) -> Self {
        match self {
            Self::Running(ahead) => Self::Running(Ahead(Arc::new(AtomicI64::new(ahead.seconds())))),
            Self::Frozen(instant) => Self::Frozen(Instant::at(instant.now())),
        }
    }

    /// Moves the hands to `moment`; a running clock goes on from there.
    pub fn set(&self, moment: Timestamp) {
        match self {
            Self::Running(ahead) => {
                let lead = moment.as_second() - Timestamp::now().as_second();
                ahead.0.store(lead, Ordering::Relaxed);
            }
            Self::Frozen(instant) => instant.0.store(moment.as_second(), Ordering::Relaxed),
        }
    }

    /// Moves the hands to where they were on `other`, a clock of the same kind.
    pub(crate) fn set_like(&self, other: &Self) {
        match (self, other) {
            (Self::Running(mine), Self::Running(theirs)) => mine.0.store(theirs.seconds(), Ordering::Relaxed),
            _ => self.set(other.now()),
        }
    }

    /// Moves the hands on by a length of time, in the portal's own place: a day is a day on its calendar.
    pub fn advance(&self, by: Span) -> Result<(), ClockError> {
        let moved = in_portal_s_place(self.now().as_second()).checked_add(by);
        let far = |_| ClockError::TooFar(by.to_string());
        self.set(within_reach(moved.map_err(far)?.timestamp()).ok_or_else(|| ClockError::TooFar(by.to_string()))?);
        Ok(())
    }

    /// Whether it goes as the machine's own clock does.
    pub(crate) fn is_running(&self) -> bool {
        matches!(self, Self::Running(ahead) if ahead.seconds() == 0)
    }

    /// Stands still at `moment`.
    #[must_use]
    pub fn frozen(moment: Timestamp) -> Self {
        Self::Frozen(Instant::at(moment))
    }

    /// Whether it stands still.
    pub(crate) fn is_frozen(&self) -> bool {
        matches!(self, Self::Frozen(_))
    }
}

/// Why a clock can't be told so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// It is no moment.
    #[error(
        "{0:?} is no moment; write date, time and zone, such as 2024-07-02T14:27[Europe/Zurich] or 2024-07-02T12:27Z, in the years 1970 to 9000"
    )]
    NoMoment(String),
    /// It is no length of time.
    #[error("{0:?} is no length of time; write, for instance, PT15M, 1h 30m or 2 days")]
    NoLength(String),
    /// It leads out of the calendar.
    #[error("{0} from now is outside the years 1970 to 9000")]
    TooFar(String),
}

/// `real`, `training`, or the moment that the clock stands still at.
impl FromStr for Clock {
    type Err = ClockError;

    fn from_str(text: &str) -> Result<Self, ClockError> {
        match text {
            "real" => Ok(Self::real()),
            "training" => Ok(Self::training()),
            _ => Ok(Self::frozen(moment(text)?)),
        }
    }
}

/// Reads a moment with its zone (RFC 9557) or its offset (RFC 3339).
pub(crate) fn moment(text: &str) -> Result<Timestamp, ClockError> {
    text.parse::<Zoned>()
        .map(|zoned| zoned.timestamp())
        .or_else(|_| text.parse::<Timestamp>())
        .ok()
        .and_then(within_reach)
        .ok_or_else(|| ClockError::NoMoment(text.to_owned()))
}

/// Reads a length of time: ISO 8601 (`PT1H`) or in words (`1 hour`).
pub(crate) fn length(text: &str) -> Result<Span, ClockError> {
    text.parse().map_err(|_| ClockError::NoLength(text.to_owned()))
}

/// Leaves room at both ends of the calendar for what the portal reckons with.
fn within_reach(moment: Timestamp) -> Option<Timestamp> {
    let year = in_portal_s_place(moment.as_second()).year();
    (1970..=9000).contains(&year).then_some(moment)
}

fn second(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(Timestamp::MAX)
}

/// By how many seconds a running clock is ahead of the machine's.
#[derive(Clone, Debug, Default)]
pub struct Ahead(Arc<AtomicI64>);

impl Ahead {
    fn seconds(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
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
        second(self.0.load(Ordering::Relaxed))
    }
}

/// So many seconds since 1970, on the clocks of the portal's own place.
pub(crate) fn in_portal_s_place(second: i64) -> Zoned {
    self::second(second).to_zoned(TimeZone::get(PLACE).unwrap_or(TimeZone::UTC))
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

    #[test]
    fn a_clock_apart_shows_the_same_time_and_moves_alone() {
        for clock in [Clock::training(), Clock::real()] {
            let (before, apart) = (clock.now().as_second(), clock.apart());
            assert!((apart.now().as_second() - before).abs() < 60);
            apart.advance(Span::new().days(400)).unwrap();
            assert!(clock.now().as_second() - before < 60);
            assert!(apart.now().as_second() - before > 300 * 24 * 60 * 60);
        }
    }

    #[test]
    fn a_moved_running_clock_goes_on_and_says_that_it_is_not_the_machine_s() {
        let clock = Clock::real();
        assert!(clock.is_running());
        clock.advance(length("1 hour").unwrap()).unwrap();
        assert!(!clock.is_running() && !clock.is_frozen());
        assert!((clock.now().as_second() - Timestamp::now().as_second() - 3600).abs() < 60);
    }

    #[test]
    fn moments_have_a_zone_or_an_offset() {
        let training = Clock::training().now();
        for text in [
            "2024-07-02T14:27[Europe/Zurich]",
            "2024-07-02T12:27Z",
            "2024-07-02 14:27:00+02:00",
        ] {
            assert_eq!(text.parse::<Clock>().unwrap().now(), training, "{text}");
        }
        for text in [
            "",
            "now",
            "2024-07-02",
            "2024-07-02T14:27",
            "9999-01-01T00:00Z",
            "-000001-01-01T00:00Z",
            "2024-07-02T14:27[Mars]",
        ] {
            assert_eq!(moment(text), Err(ClockError::NoMoment(text.to_owned())));
        }
    }

    #[test]
    fn a_length_leads_to_no_place_outside_the_calendar() {
        let clock = Clock::training();
        for text in ["8000 years", "-60 years"] {
            assert!(
                matches!(clock.advance(length(text).unwrap()), Err(ClockError::TooFar(_))),
                "{text}"
            );
        }
        assert!(length("soon").is_err());
        assert_eq!(clock.now(), Clock::training().now());
    }
}
