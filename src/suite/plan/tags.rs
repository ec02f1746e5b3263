//! Tags that configure how a scenario runs: timeouts, retries, quarantine, browser options.

use std::time::Duration;

use jiff::civil::Date;
use jiff::{SignedDuration, Zoned};

use super::quarantine::Quarantine;
use super::suggestion::did_you_mean;
use crate::browser::Allowance;
use crate::config::{SCALES, Window};
use crate::locality::{Locale, TimeZone};
use crate::moment::Moment;

/// How a scenario runs, as its tags say. A tag of the scenario counts before one of its rule, and that before one of
/// its feature.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ScenarioOptions {
    /// `@timeout:30s`, or `@timeout:30000` in milliseconds: how long each of its steps may take.
    pub(crate) step_limit: Option<Duration>,
    /// `@scenario-timeout:5m`: how long it may take in all.
    pub(crate) scenario_limit: Option<Duration>,
    /// `@serial`: nothing runs in parallel with it.
    pub(crate) serial: bool,
    /// `@retries:2`: how often it is retried.
    pub(crate) retries: Option<usize>,
    /// `@skip`: it is reported, but not run.
    pub(crate) skip: bool,
    /// `@quarantine:OWNER:2027-01-31`: its failure does not fail the run until that day is over.
    pub(crate) quarantine: Option<Quarantine>,
    /// `@window:390x844`, in CSS pixels.
    pub(crate) window: Option<Window>,
    /// `@scale:1`: picture pixels per CSS pixel.
    pub(crate) scale: Option<f64>,
    /// `@locale:fr-CH`, a BCP 47 tag.
    pub(crate) locale: Option<Locale>,
    /// `@time-zone:Asia/Tokyo`, an IANA name.
    pub(crate) time_zone: Option<TimeZone>,
    /// `@clock:2024-07-02T14:27`: when its pages' clock stands still.
    pub(crate) clock: Option<Moment>,
    /// `@allow:loading`: what its pictures may show all the same.
    pub(crate) allowed: Vec<Allowance>,
}

/// A tag that looks like one of the runner's but is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("invalid tag @{tag}\n  {reason}")]
pub struct TagError {
    /// The tag, without `@`.
    pub(crate) tag: String,
    /// What is wrong, and what to write.
    pub(crate) reason: String,
}

/// Tags with a value, each with an example.
const VALUED: [(&str, &str); 10] = [
    ("timeout", "@timeout:30s"),
    ("scenario-timeout", "@scenario-timeout:5m"),
    ("retries", "@retries:2"),
    ("quarantine", "@quarantine:OWNER:2027-01-31"),
    ("window", "@window:390x844"),
    ("scale", "@scale:1"),
    ("locale", "@locale:fr-CH"),
    ("time-zone", "@time-zone:Asia/Tokyo"),
    ("clock", "@clock:2024-07-02T14:27"),
    (
        "allow",
        "@allow:loading,moving,broken-image,broken-style,broken-font,broken-frame,cookie-banner,one-colour",
    ),
];

impl ScenarioOptions {
    /// Reads tags without `@`, the feature's first.
    ///
    /// # Errors
    /// [`TagError`] of the first tag that is invalid.
    pub(crate) fn from_tags(tags: &[String]) -> Result<Self, TagError> {
        let mut options = Self::default();
        for tag in tags {
            options.apply(tag).map_err(|reason| TagError {
                tag: tag.clone(),
                reason,
            })?;
        }
        Ok(options)
    }

    fn apply(&mut self, tag: &str) -> Result<(), String> {
        let Some((name, value)) = tag.split_once(':') else {
            return self.apply_without_value(tag);
        };
        let write = || format!("write, for instance, {}", example(name));
        match name {
            "timeout" => self.step_limit = Some(duration(value).ok_or_else(write)?),
            "scenario-timeout" => self.scenario_limit = Some(duration(value).ok_or_else(write)?),
            "retries" => self.retries = Some(value.parse().ok().filter(|n| *n <= 10).ok_or_else(write)?),
            "quarantine" => self.quarantine = Some(value.parse().map_err(|()| write())?),
            "window" => self.window = Some(value.parse().map_err(|_| write())?),
            "scale" => self.scale = Some(scale(value).ok_or_else(write)?),
            "locale" => self.locale = Some(value.parse().map_err(|_| write())?),
            "clock" => self.clock = Some(value.parse().map_err(|_| write())?),
            "allow" => self.allowed.extend(allowances(value).ok_or_else(write)?),
            "time-zone" => self.time_zone = Some(value.parse().map_err(|_| write())?),
            // Others' tags have values, too: @jira:ABC-1. One that differs from ours by a letter is a slip.
            other => check_misspelling(other)?,
        }
        Ok(())
    }

    fn apply_without_value(&mut self, tag: &str) -> Result<(), String> {
        match tag {
            "serial" => self.serial = true,
            "skip" => self.skip = true,
            name if VALUED.iter().any(|(valued, _)| *valued == name) => {
                return Err(format!("it needs a value, for instance {}", example(name)));
            }
            _ => {}
        }
        Ok(())
    }
}

impl ScenarioOptions {
    /// Why it fails whatever it does, if its quarantine has expired.
    #[must_use]
    pub(crate) fn expired_quarantine(&self) -> Option<String> {
        let expired = self
            .quarantine
            .as_ref()
            .filter(|one| one.is_expired(Zoned::now().date()));
        expired.map(Quarantine::expired_message)
    }

    /// Whether a failure on that day does not fail the run.
    #[must_use]
    pub(crate) fn is_quarantined(&self, today: Date) -> bool {
        self.quarantine.as_ref().is_some_and(|one| !one.is_expired(today))
    }
}

fn example(name: &str) -> &'static str {
    VALUED
        .iter()
        .find(|(valued, _)| *valued == name)
        .map_or("", |(_, example)| example)
}

fn check_misspelling(name: &str) -> Result<(), String> {
    let alike = |valued: &&str| strsim::damerau_levenshtein(valued, name) == 1;
    let mut names = VALUED.iter().map(|(valued, _)| *valued);
    match names.find(alike) {
        Some(meant) => Err(format!("there is no such tag{}", did_you_mean(Some(example(meant))))),
        None => Ok(()),
    }
}

/// `30s`, `5m`, `1m30s`; a bare number is milliseconds, as playwright-bdd has it.
fn duration(value: &str) -> Option<Duration> {
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        return value
            .parse()
            .ok()
            .filter(|number| *number > 0)
            .map(Duration::from_millis);
    }
    let duration: SignedDuration = value.parse().ok()?;
    duration
        .try_into()
        .ok()
        .filter(|duration: &Duration| !duration.is_zero())
}

fn allowances(value: &str) -> Option<Vec<Allowance>> {
    value.split(',').map(|word| word.parse().ok()).collect()
}

fn scale(value: &str) -> Option<f64> {
    value.parse().ok().filter(|scale| SCALES.contains(scale))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn options(tags: &[&str]) -> Result<ScenarioOptions, TagError> {
        ScenarioOptions::from_tags(&tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn tags_say_how_a_scenario_is_played() {
        let options = options(&[
            "smoke",
            "timeout:30s",
            "scenario-timeout:2m",
            "serial",
            "skip",
            "retries:2",
            "quarantine:team:qa:2027-01-31",
            "window:390x844",
            "scale:1.5",
            "locale:fr-CH",
            "time-zone:Asia/Tokyo",
            "clock:2024-07-02T14:27",
            "allow:loading,broken-image",
            "allow:moving",
            "jira:ABC-1",
        ])
        .unwrap();
        assert_eq!(options.step_limit, Some(Duration::from_secs(30)));
        assert_eq!(options.scenario_limit, Some(Duration::from_mins(2)));
        assert!(options.serial && options.skip);
        assert_eq!(options.retries, Some(2));
        let quarantine = options.quarantine.unwrap();
        assert_eq!(
            (quarantine.owner.as_str(), quarantine.until),
            ("team:qa", date(2027, 1, 31))
        );
        assert_eq!(
            options.window.map(|window| (window.width, window.height)),
            Some((390, 844))
        );
        assert_eq!(options.time_zone, "Asia/Tokyo".parse().ok());
        assert_eq!(options.clock, "2024-07-02T14:27".parse().ok());
        assert_eq!(
            options.allowed,
            [Allowance::Loading, Allowance::BrokenImage, Allowance::Moving]
        );
    }

    #[test]
    fn a_bare_number_is_milliseconds() {
        assert_eq!(
            options(&["timeout:5000"]).unwrap().step_limit,
            Some(Duration::from_secs(5))
        );
        assert_eq!(
            options(&["scenario-timeout:500"]).unwrap().scenario_limit,
            Some(Duration::from_millis(500))
        );
    }

    #[test]
    fn a_scenarios_own_tag_counts_before_its_features() {
        assert_eq!(options(&["retries:1", "retries:3"]).unwrap().retries, Some(3));
    }

    #[test]
    fn a_tag_that_can_not_be_followed_says_what_to_write() {
        for (tag, message) in [
            ("timeout", "@timeout:30s"),
            ("timeout:soon", "@timeout:30s"),
            ("timeout:0s", "@timeout:30s"),
            ("timeout:0", "@timeout:30s"),
            ("timeout:", "@timeout:30s"),
            ("retries:-1", "@retries:2"),
            ("retries:99", "@retries:2"),
            ("retry:2", ""),
            ("retrise:2", "@retries:2"),
            ("quarantine:qa", "@quarantine:OWNER:2027-01-31"),
            ("quarantine:qa:2027-02-30", "@quarantine:OWNER:2027-01-31"),
            ("quarantine::2027-01-31", "@quarantine:OWNER:2027-01-31"),
            ("window:wide", "@window:390x844"),
            ("scale:9", "@scale:1"),
            ("locale:", "@locale:fr-CH"),
            ("locale:french language", "@locale:fr-CH"),
            ("time-zone:Mars/Phobos", "@time-zone:Asia/Tokyo"),
            ("clock:noon", "@clock:2024-07-02T14:27"),
            ("clock", "@clock:2024-07-02T14:27"),
            ("allow:everything", "@allow:loading,moving"),
            ("allow:", "@allow:loading,moving"),
        ] {
            let result = options(&[tag]);
            if message.is_empty() {
                assert!(result.is_ok(), "{tag}: somebody else's");
            } else {
                let error = result.unwrap_err().to_string();
                assert!(error.contains(message) && error.contains(tag), "{error}");
            }
        }
    }
}
