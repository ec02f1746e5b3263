//! The time that the portal shows and uses: real, or frozen until it is moved.

use std::{
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use jiff::{Span, Timestamp, Zoned, tz::TimeZone};

/// The time zone of the portal's own place.
pub(crate) const ZONE: &str = "Europe/Zurich";

/// The moment tutorials and pictures are taken at.
const TRAINING: &str = "2024-07-02T14:27[Europe/Zurich]";

/// The portal's clock. Clones move together.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's own time, with an offset.
    Running(Offset),
    /// One time, until it is moved.
    Frozen(FrozenTime),
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
        Self::Running(Offset::default())
    }

    /// Frozen at the moment of all tutorials: 2024-07-02, 14:27 in Switzerland.
    #[must_use]
    pub fn training() -> Self {
        Self::Frozen(FrozenTime::at(moment(TRAINING).unwrap_or(Timestamp::UNIX_EPOCH)))
    }

    /// The present, to the second.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::Running(offset) => second(Timestamp::now().as_second().saturating_add(offset.seconds())),
            Self::Frozen(time) => time.now(),
        }
    }

    /// The time as what is counted in it has it. What must end by itself, a block, a link or a session, ends by the time
    /// that really passes, also under a frozen clock; a move of the clock counts like time that has passed.
    pub(crate) fn moment(&self) -> Now {
        let moved = match self {
            Self::Running(offset) => offset.seconds(),
            Self::Frozen(time) => time.0.moved.load(Ordering::Relaxed),
        };
        Now {
            shown: self.now().as_second(),
            counted: Timestamp::now().as_second().saturating_add(moved),
        }
    }

    /// The same kind of clock with the same time, which moves independently.
    #[must_use]
    pub fn detached(&self) -> Self {
        match self {
            Self::Running(offset) => Self::Running(Offset(Arc::new(AtomicI64::new(offset.seconds())))),
            Self::Frozen(time) => Self::Frozen(time.detached()),
        }
    }

    /// Sets the clock to `moment`; a running clock goes on from there.
    pub fn set(&self, moment: Timestamp) {
        match self {
            Self::Running(offset) => {
                let lead = moment.as_second() - Timestamp::now().as_second();
                offset.0.store(lead, Ordering::Relaxed);
            }
            Self::Frozen(time) => time.advance(moment.as_second() - time.now().as_second()),
        }
    }

    /// Sets the clock to the time of `other`, a clock of the same kind.
    pub(crate) fn set_to_time_of(&self, other: &Self) {
        match (self, other) {
            (Self::Running(mine), Self::Running(theirs)) => mine.0.store(theirs.seconds(), Ordering::Relaxed),
            _ => self.set(other.now()),
        }
    }

    /// Moves the clock by a duration, in the portal's own time zone: a day is a day on its calendar.
    pub fn advance(&self, by: Span) -> Result<(), ClockError> {
        let moved = in_portal_zone(self.now().as_second()).checked_add(by);
        let out_of_range = |_| ClockError::OutOfRange(by.to_string());
        self.set(
            in_range(moved.map_err(out_of_range)?.timestamp()).ok_or_else(|| ClockError::OutOfRange(by.to_string()))?,
        );
        Ok(())
    }

    /// Whether it shows the machine's own time.
    pub(crate) fn is_running(&self) -> bool {
        matches!(self, Self::Running(offset) if offset.seconds() == 0)
    }

    /// Frozen at `moment`.
    #[must_use]
    pub fn frozen(moment: Timestamp) -> Self {
        Self::Frozen(FrozenTime::at(moment))
    }

    pub(crate) fn is_frozen(&self) -> bool {
        matches!(self, Self::Frozen(_))
    }
}

/// Why a clock cannot be set or moved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// The text is not a moment.
    #[error(
        "{0:?} is not a moment; write date, time and zone, such as 2024-07-02T14:27[Europe/Zurich] or 2024-07-02T12:27Z, in the years 1970 to 9000"
    )]
    InvalidMoment(String),
    /// The text is not a duration.
    #[error("{0:?} is not a duration; write, for instance, PT15M, 1h 30m or 2 days")]
    InvalidDuration(String),
    /// The time would leave the supported range.
    #[error("{0} from now is outside the years 1970 to 9000")]
    OutOfRange(String),
}

/// `real`, `training`, or the moment that the clock is frozen at.
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
        .and_then(in_range)
        .ok_or_else(|| ClockError::InvalidMoment(text.to_owned()))
}

/// Reads a duration: ISO 8601 (`PT1H`) or in words (`1 hour`).
pub(crate) fn duration(text: &str) -> Result<Span, ClockError> {
    text.parse().map_err(|_| ClockError::InvalidDuration(text.to_owned()))
}

/// `moment`, unless it is too close to an end of the calendar for the portal to add and subtract durations.
fn in_range(moment: Timestamp) -> Option<Timestamp> {
    let year = in_portal_zone(moment.as_second()).year();
    (1970..=9000).contains(&year).then_some(moment)
}

fn second(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(Timestamp::MAX)
}

/// The seconds by which a running clock is ahead of the machine's.
#[derive(Clone, Debug, Default)]
pub struct Offset(Arc<AtomicI64>);

impl Offset {
    fn seconds(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A moment, in seconds since 1970.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Now {
    /// What pages and mails show.
    pub shown: i64,
    /// What lifetimes and blocks are counted in. It goes on also where what is shown is frozen, so that the two may be
    /// years apart.
    pub counted: i64,
}

#[cfg(test)]
impl Now {
    /// The same moment on both scales.
    pub(crate) fn at(second: i64) -> Self {
        Self {
            shown: second,
            counted: second,
        }
    }
}

/// The time of a frozen clock. Clones share it, so a test that holds one can move the time of a running portal.
#[derive(Clone, Debug)]
pub struct FrozenTime(Arc<FrozenState>);

#[derive(Debug)]
struct FrozenState {
    /// What is shown, in seconds since 1970.
    shown: AtomicI64,
    /// The seconds by which it was moved.
    moved: AtomicI64,
}

impl FrozenTime {
    /// Frozen at `moment`, to the second.
    #[must_use]
    pub fn at(moment: Timestamp) -> Self {
        Self::new(moment.as_second(), 0)
    }

    fn new(shown: i64, moved: i64) -> Self {
        Self(Arc::new(FrozenState {
            shown: shown.into(),
            moved: moved.into(),
        }))
    }

    fn detached(&self) -> Self {
        Self::new(
            self.0.shown.load(Ordering::Relaxed),
            self.0.moved.load(Ordering::Relaxed),
        )
    }

    /// Advances the time by this number of seconds; back, if negative.
    pub fn advance(&self, seconds: i64) {
        self.0.shown.fetch_add(seconds, Ordering::Relaxed);
        self.let_pass(seconds);
    }

    /// As if this number of real seconds had passed: what is shown stays, blocks, links and sessions grow older.
    pub fn let_pass(&self, seconds: i64) {
        self.0.moved.fetch_add(seconds, Ordering::Relaxed);
    }

    fn now(&self) -> Timestamp {
        second(self.0.shown.load(Ordering::Relaxed))
    }
}

/// A time in seconds since 1970, in the portal's own time zone.
pub(crate) fn in_portal_zone(second: i64) -> Zoned {
    self::second(second).to_zoned(TimeZone::get(ZONE).unwrap_or(TimeZone::UTC))
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
    fn a_clone_of_the_time_moves_the_clock() {
        let time = FrozenTime::at(Timestamp::UNIX_EPOCH);
        let clock = Clock::Frozen(time.clone());
        time.advance(90);
        assert_eq!(clock.now().as_second(), 90);
    }

    #[test]
    fn a_detached_clock_shows_the_same_time_and_moves_alone() {
        for clock in [Clock::training(), Clock::real()] {
            let (before, detached) = (clock.now().as_second(), clock.detached());
            assert!((detached.now().as_second() - before).abs() < 60);
            detached.advance(Span::new().days(400)).unwrap();
            assert!(clock.now().as_second() - before < 60);
            assert!(detached.now().as_second() - before > 300 * 24 * 60 * 60);
        }
    }

    #[test]
    fn lifetimes_are_counted_in_real_time_also_under_a_frozen_clock() {
        for clock in [Clock::training(), Clock::real()] {
            let real = Timestamp::now().as_second();
            assert!((clock.moment().counted - real).abs() < 60);
            assert_eq!(clock.moment().shown, clock.now().as_second());
        }
    }

    #[test]
    fn a_move_of_the_clock_counts_like_time_that_has_passed() {
        for clock in [Clock::training(), Clock::real()] {
            let before = clock.moment();
            clock.advance(duration("1 hour").unwrap()).unwrap();
            let after = clock.moment();
            assert!((3600..3660).contains(&(after.shown - before.shown)));
            assert!((3600..3660).contains(&(after.counted - before.counted)));
            clock.set(second(before.shown));
            assert!((0..60).contains(&(clock.moment().counted - before.counted)));
        }
    }

    #[test]
    fn a_moved_running_clock_goes_on_and_says_that_it_is_not_the_machine_s() {
        let clock = Clock::real();
        assert!(clock.is_running());
        clock.advance(duration("1 hour").unwrap()).unwrap();
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
            assert_eq!(moment(text), Err(ClockError::InvalidMoment(text.to_owned())));
        }
    }

    #[test]
    fn a_length_leads_to_no_place_outside_the_calendar() {
        let clock = Clock::training();
        for text in ["8000 years", "-60 years"] {
            assert!(
                matches!(clock.advance(duration(text).unwrap()), Err(ClockError::OutOfRange(_))),
                "{text}"
            );
        }
        assert!(duration("soon").is_err());
        assert_eq!(clock.now(), Clock::training().now());
    }
}
