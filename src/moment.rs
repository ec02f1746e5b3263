//! A moment at which a clock stands still. Flags, `docent.toml` and tags all take what is checked here.

use std::fmt;
use std::str::FromStr;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::Deserialize;

/// A moment, written with its zone or offset, or as the clocks in the browser's time zone show it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) enum Moment {
    /// `2024-07-02T14:27`, wherever the browser says it is.
    Local(DateTime),
    /// `2024-07-02T12:27Z` or `2024-07-02T14:27[Europe/Zurich]`.
    At(Timestamp),
}

impl Moment {
    /// The moment for a browser in this time zone, by its IANA name; a zone that is unknown counts as UTC.
    #[must_use]
    pub(crate) fn in_zone(&self, zone: &str) -> Timestamp {
        match self {
            Self::At(moment) => *moment,
            Self::Local(time) => {
                let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
                zone.to_ambiguous_timestamp(*time)
                    .compatible()
                    .unwrap_or(Timestamp::UNIX_EPOCH)
            }
        }
    }

    fn year(&self) -> i16 {
        match self {
            Self::At(moment) => moment.to_zoned(TimeZone::UTC).year(),
            Self::Local(time) => time.year(),
        }
    }
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse::<Zoned>()
            .map(|zoned| Self::At(zoned.timestamp()))
            .or_else(|_| text.parse().map(Self::At))
            .or_else(|_| text.parse().map(Self::Local))
            .ok()
            .filter(|moment| (1971..9000).contains(&moment.year()))
            .ok_or_else(|| {
                format!(
                    "{text:?} is not a moment\n  write, for instance, 2024-07-02T14:27, or with a zone 2024-07-02T12:27Z, in the \
                     years 1971 to 8999"
                )
            })
    }
}

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Local(time) => time.fmt(f),
            Self::At(moment) => moment.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_without_a_zone_is_one_of_the_browser_s() {
        for (text, zone, moment) in [
            ("2024-07-02T14:27", "Europe/Zurich", "2024-07-02T12:27:00Z"),
            ("2024-07-02T14:27", "Asia/Tokyo", "2024-07-02T05:27:00Z"),
            ("2024-07-02T12:27Z", "Asia/Tokyo", "2024-07-02T12:27:00Z"),
            ("2024-07-02T14:27[Europe/Zurich]", "Asia/Tokyo", "2024-07-02T12:27:00Z"),
            ("2024-07-02T14:27+02:00", "Asia/Tokyo", "2024-07-02T12:27:00Z"),
        ] {
            assert_eq!(
                text.parse::<Moment>().unwrap().in_zone(zone).to_string(),
                moment,
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_moment_is_refused_with_advice() {
        for text in [
            "",
            "noon",
            "14:27",
            "2024-13-01T00:00",
            "0001-01-01T00:00",
            "9999-12-31T23:59",
        ] {
            assert!(
                text.parse::<Moment>().unwrap_err().contains("2024-07-02T14:27"),
                "{text}"
            );
        }
    }
}
