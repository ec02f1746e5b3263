//! Where a browser says it is: language and time zone. Flags, `docent.toml` and tags all take what is checked here.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

/// Language and region as a BCP 47 tag such as `fr-CH`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Locale(String);

/// A time zone by its IANA name such as `Asia/Tokyo`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct TimeZone(String);

impl FromStr for Locale {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = icu_locale_core::Locale::try_from_str(text).is_ok_and(|locale| !locale.id.language.is_unknown());
        known
            .then(|| Self(text.to_owned()))
            .ok_or_else(|| format!("{text:?} is not a language tag\n  write, for instance, fr-CH"))
    }
}

impl FromStr for TimeZone {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = jiff::tz::TimeZone::get(text).is_ok();
        known
            .then(|| Self(text.to_owned()))
            .ok_or_else(|| format!("{text:?} is not a time zone\n  write, for instance, Asia/Tokyo"))
    }
}

impl TryFrom<String> for Locale {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl TryFrom<String> for TimeZone {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_and_time_zones_that_there_are_not_are_refused_with_advice() {
        for tag in ["en", "fr-CH", "zh-Hant-TW", "es-419", "ar-EG-u-nu-latn"] {
            assert_eq!(tag.parse::<Locale>().unwrap().to_string(), tag);
        }
        for tag in ["", "english language", "fr CH", "f", "fr-CH-", "und", "fr-CHE"] {
            assert!(tag.parse::<Locale>().unwrap_err().contains("fr-CH"), "{tag}");
        }
        assert_eq!("Asia/Tokyo".parse::<TimeZone>().unwrap().to_string(), "Asia/Tokyo");
        for name in ["", "Mars/Phobos", "Asia/Tokio"] {
            assert!(name.parse::<TimeZone>().unwrap_err().contains("Asia/Tokyo"), "{name}");
        }
    }
}
