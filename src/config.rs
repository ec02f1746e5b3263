//! Settings: flags, then environment, then `docent.toml`, then defaults.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::Args;
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

mod file;

use crate::locality::{Locale, TimeZone};
use crate::moment::Moment;
use crate::secrets::Secrets;

/// Where settings are looked for when nothing else is said.
pub const FILE: &str = "docent.toml";

/// Picture pixels per CSS pixel that make sense.
pub const SCALES: RangeInclusive<f64> = 0.5..=4.;

/// How long a scenario may take in all where nothing else is said; as long as one of its steps, if that is longer.
const SCENARIO_LIMIT: Duration = Duration::from_mins(2);

/// Flags that say how scenarios are played.
#[derive(Args, Debug, Clone, Default)]
pub struct Flags {
    /// The browser's program, instead of the one that is found (Chromium or Chrome, best its headless shell)
    #[arg(long, env = "DOCENT_BROWSER", value_name = "PATH")]
    pub browser: Option<PathBuf>,
    /// The driver's program, instead of the one that is found (chromedriver)
    #[arg(long, env = "DOCENT_DRIVER", value_name = "PATH")]
    pub driver: Option<PathBuf>,
    /// Play on the portal at this address instead of a mock portal for each scenario
    #[arg(long, env = "DOCENT_BASE_URL", value_name = "URL")]
    pub base_url: Option<String>,
    /// Use the WebDriver service at this address (a Selenium Grid, for instance) instead of starting a driver; it must reach
    /// the portal, so name one with --base-url unless it runs on this machine
    #[arg(long, env = "DOCENT_WEBDRIVER", value_name = "URL")]
    pub webdriver: Option<String>,
    /// Show the browser's window
    #[arg(long)]
    pub headed: bool,
    /// Wait so long before each step, in seconds, for somebody who watches
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub slow_mo: Option<f64>,
    /// How many scenarios are played at a time [default: as many as there are cores]
    #[arg(long, env = "DOCENT_WORKERS", value_name = "N")]
    pub workers: Option<NonZeroUsize>,
    /// How long a step waits for what it names, in seconds [default: 5]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub wait: Option<f64>,
    /// How long a step may take in all, in seconds, for a page to arrive, too [default: 15]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub step_timeout: Option<f64>,
    /// How long a scenario may take in all, in seconds [default: 120]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub scenario_timeout: Option<f64>,
    /// Language and region that the browser tells, as a BCP 47 tag [default: en-GB]
    #[arg(long, value_name = "TAG")]
    pub locale: Option<Locale>,
    /// Time zone that the browser tells, as an IANA name [default: Europe/Zurich]
    #[arg(long, value_name = "NAME")]
    pub time_zone: Option<TimeZone>,
    /// Freeze the clock and the random numbers of pages, as of this moment on the clocks of the time zone, such as
    /// 2024-07-02T14:27; the mock portal's clock stands still there, too
    #[arg(long, value_name = "MOMENT")]
    pub clock: Option<Moment>,
    /// Size of the browser's window in CSS pixels [default: 1280x800]
    #[arg(long, value_name = "WIDTHxHEIGHT")]
    pub window: Option<Window>,
    /// Picture pixels per CSS pixel; 2 gives pictures that stay crisp on slides [default: 2 for tutorials, else 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub scale: Option<f64>,
    /// Tell pages that there is a finger in place of a mouse, as on a phone
    #[arg(long)]
    pub touch: bool,
    /// Where pictures and page sources of failed scenarios go [default: reports]
    #[arg(long, value_name = "DIR")]
    pub reports: Option<PathBuf>,
    /// The file with settings [default: docent.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Put what this profile of the file says, such as [profile.ci], before the rest of it
    #[arg(long, env = "DOCENT_PROFILE", value_name = "NAME")]
    pub profile: Option<String>,
}

/// Width and height in CSS pixels, written `1280x800`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Window {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
}

impl FromStr for Window {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let side = |side: &str| side.parse().ok().filter(|side| (200..=8000).contains(side));
        text.split_once('x')
            .and_then(|(width, height)| Some((side(width)?, side(height)?)))
            .map(|(width, height)| Self { width, height })
            .ok_or_else(|| format!("{text:?} is no size; write, for instance, 1280x800 (each side 200 to 8000)"))
    }
}

impl TryFrom<String> for Window {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// What Docent refuses in feature files though Gherkin allows it, unless the file with settings says otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Allowed {
    /// `allow-empty-features`: a feature without a scenario, or a file without a feature.
    pub empty_features: bool,
    /// `allow-empty-scenarios`: a scenario without steps, or an outline without rows.
    pub empty_scenarios: bool,
    /// `allow-duplicate-names`: two scenarios of one name in one feature or rule.
    pub duplicate_names: bool,
}

/// How scenarios are played, everything decided.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The browser's program, if one was named.
    pub browser: Option<PathBuf>,
    /// The driver's program, if one was named.
    pub driver: Option<PathBuf>,
    /// Where the portal is; None for a mock portal of its own for each scenario.
    pub base_url: Option<String>,
    /// How many scenarios are played at a time.
    pub workers: usize,
    /// How long a step waits for what it names.
    pub wait: Duration,
    /// Where somebody else's WebDriver service is, if one is used.
    pub webdriver: Option<String>,
    /// Whether the browser's window is shown.
    pub headed: bool,
    /// How long somebody is given to watch before each step.
    pub slow_motion: Duration,
    /// How long a step may take in all.
    pub step_limit: Duration,
    /// How long a scenario's steps may take together.
    pub scenario_limit: Duration,
    /// What the browser tells of language and region, if something else than the default.
    pub locale: Option<Locale>,
    /// What the browser tells of its time zone, if something else than the default.
    pub time_zone: Option<TimeZone>,
    /// When the clocks of pages stand still, if something else than the default.
    pub clock: Option<Moment>,
    /// Size of the browser's window.
    pub window: Window,
    /// Picture pixels per CSS pixel, if something else than the command's own default.
    pub scale: Option<f64>,
    /// Whether pages are told of a finger in place of a mouse.
    pub touch: bool,
    /// Where evidence of failures goes.
    pub reports: PathBuf,
    /// What is not refused in feature files.
    pub allowed: Allowed,
    /// What the file says of acceptance runs.
    pub run: RunSettings,
    /// Those of the environment and of the file.
    pub secrets: Secrets,
}

/// What the file says of acceptance runs; flags go before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunSettings {
    /// As `--tags`.
    pub tags: Option<String>,
    /// As `--retries`.
    pub retries: Option<usize>,
    /// As `--max-failures`.
    pub max_failures: Option<NonZeroUsize>,
    /// As `--fail-on-flaky`.
    pub fail_on_flaky: bool,
    /// As `--trace`.
    pub trace: Option<String>,
}

/// Settings that make no sense.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file can't be read.
    #[error("the settings in {} can't be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's word on it.
        source: std::io::Error,
    },
    /// The file says something unknown or malformed.
    #[error("{}, line {line}: {problem}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// Never with the value of a secret in it.
        problem: String,
    },
    /// A profile that the file does not have.
    #[error("there is no profile {name:?} in {}: {}", path.display(), known_profiles(known))]
    Profile {
        /// The file.
        path: PathBuf,
        /// What was named.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// The address of the portal is none.
    #[error("{url:?} is no address of a portal: {reason}\n  write, for instance, --base-url https://portal.example")]
    BaseUrl {
        /// As it was given.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A number is out of bounds.
    #[error("{name} can't be {value}: {rule}")]
    OutOfBounds {
        /// The setting.
        name: &'static str,
        /// What was given.
        value: f64,
        /// What is allowed.
        rule: &'static str,
    },
}

fn known_profiles(known: &[String]) -> String {
    if known.is_empty() {
        "it has none; add a table such as [profile.ci]".to_owned()
    } else {
        format!("it has {}", known.join(", "))
    }
}

impl Flags {
    /// Puts together flags, environment, file and defaults.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn settings(self) -> Result<Settings, ConfigError> {
        let file = file::read(self.config.as_deref(), self.profile.as_deref())?;
        let wait = seconds("--wait", self.wait.or(file.wait).unwrap_or(5.))?;
        let step_limit = seconds("--step-timeout", self.step_timeout.or(file.step_timeout).unwrap_or(15.))?;
        if step_limit <= wait {
            return Err(ConfigError::OutOfBounds {
                name: "--step-timeout",
                value: step_limit.as_secs_f64(),
                rule: "a step must be allowed to take longer than it waits for what it names (--wait)",
            });
        }
        let scenario_limit = match self.scenario_timeout.or(file.scenario_timeout) {
            Some(given) => seconds("--scenario-timeout", given)?,
            None => SCENARIO_LIMIT.max(step_limit),
        };
        let slow_motion = self.slow_mo.or(file.slow_mo);
        Ok(Settings {
            webdriver: self.webdriver.or(file.webdriver),
            headed: self.headed || file.headed.unwrap_or_default(),
            slow_motion: slow_motion.map_or(Ok(Duration::ZERO), |value| seconds("--slow-mo", value))?,
            scenario_limit,
            locale: self.locale.or(file.locale),
            time_zone: self.time_zone.or(file.time_zone),
            clock: self.clock.or(file.clock),
            browser: self.browser.or(file.browser),
            driver: self.driver.or(file.driver),
            base_url: self.base_url.or(file.base_url).map(base_url).transpose()?,
            workers: self.workers.or(file.workers).map_or_else(cores, NonZeroUsize::get),
            wait,
            step_limit,
            window: self.window.or(file.window).unwrap_or(Window {
                width: 1280,
                height: 800,
            }),
            scale: self.scale.or(file.scale).map(scale).transpose()?,
            touch: self.touch || file.touch.unwrap_or_default(),
            reports: self.reports.or(file.reports).unwrap_or_else(|| "reports".into()),
            allowed: Allowed {
                empty_features: file.allow_empty_features.unwrap_or_default(),
                empty_scenarios: file.allow_empty_scenarios.unwrap_or_default(),
                duplicate_names: file.allow_duplicate_names.unwrap_or_default(),
            },
            run: RunSettings {
                tags: file.tags,
                retries: file.retries,
                max_failures: file.max_failures,
                fail_on_flaky: file.fail_on_flaky.unwrap_or_default(),
                trace: file.trace,
            },
            secrets: secrets(file.secrets),
        })
    }
}

fn secrets(in_file: BTreeMap<String, SecretString>) -> Secrets {
    // A variable that is no Unicode is none of ours.
    let variables =
        std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    let mut secrets = Secrets::from_environment(variables);
    for (name, value) in in_file {
        secrets.declare(name, value);
    }
    secrets
}

fn seconds(name: &'static str, value: f64) -> Result<Duration, ConfigError> {
    Duration::try_from_secs_f64(value)
        .ok()
        .filter(|duration| (Duration::from_millis(10)..=Duration::from_hours(1)).contains(duration))
        .ok_or(ConfigError::OutOfBounds {
            name,
            value,
            rule: "it is a time from 0.01 to 3600 seconds",
        })
}

/// Paths of features are put behind it as it is.
fn base_url(given: String) -> Result<String, ConfigError> {
    let reason = match Url::parse(&given) {
        Ok(url) if !matches!(url.scheme(), "http" | "https") => {
            "it begins neither with http:// nor with https://".to_owned()
        }
        Ok(_) if given.contains(['?', '#']) => "paths are put behind it, so it can have neither ? nor #".to_owned(),
        Ok(_) if given.contains(char::is_whitespace) => "there is white space in it".to_owned(),
        Ok(_) => return Ok(given),
        Err(error) => error.to_string(),
    };
    Err(ConfigError::BaseUrl { url: given, reason })
}

fn scale(value: f64) -> Result<f64, ConfigError> {
    if SCALES.contains(&value) {
        Ok(value)
    } else {
        Err(ConfigError::OutOfBounds {
            name: "--scale",
            value,
            rule: "it is a number from 0.5 to 4",
        })
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_profile_goes_before_the_rest_of_the_file_and_flags_before_both() {
        const TEXT: &str = "wait = 2\nretries = 1\n[secrets]\npin = \"uncommon-1\"\n[profile.ci]\nretries = 2\ntags = \"not @slow\"\n\
                            allow-empty-features = true\n[profile.ci.secrets]\ncode = \"2\"\n";
        let with = |name: &str, wait| {
            let profile = Some(name.to_owned());
            with_file(
                TEXT,
                Flags {
                    wait,
                    profile,
                    ..Flags::default()
                },
            )
        };
        let settings = with("ci", None).unwrap();
        assert_eq!(settings.run.retries, Some(2));
        assert_eq!(settings.run.tags.as_deref(), Some("not @slow"));
        assert!(settings.allowed.empty_features);
        assert_eq!(settings.wait, Duration::from_secs(2));
        assert!(settings.secrets.reveal("secret:pin").is_ok() && settings.secrets.reveal("secret:code").is_ok());
        assert_eq!(with("ci", Some(1.)).unwrap().wait, Duration::from_secs(1));
        assert_eq!(with_file(TEXT, Flags::default()).unwrap().run.retries, Some(1));
        let told = with("nightly", None).unwrap_err().to_string();
        assert!(
            told.contains("no profile \"nightly\"") && told.contains("it has ci"),
            "{told}"
        );
    }

    #[test]
    fn a_profile_in_a_profile_is_refused() {
        let told = with_file("[profile.ci.profile.night]\nwait = 1\n", Flags::default()).unwrap_err();
        assert!(matches!(told, ConfigError::Malformed { .. }), "{told}");
    }

    fn with_file(text: &str, flags: Flags) -> Result<Settings, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        fs::write(&path, text).unwrap();
        Flags {
            config: Some(path),
            ..flags
        }
        .settings()
    }

    #[test]
    fn flags_come_before_the_file_and_the_file_before_defaults() {
        let flags = Flags {
            wait: Some(1.),
            ..Flags::default()
        };
        let settings = with_file("wait = 2\nscale = 1\n[secrets]\npin = \"1234\"\n", flags).unwrap();
        assert_eq!(settings.wait, Duration::from_secs(1));
        assert_eq!(settings.scale, Some(1.));
        assert_eq!(settings.step_limit, Duration::from_secs(15));
        assert!(settings.secrets.reveal("secret:pin").is_ok());
    }

    #[test]
    fn a_scenario_may_take_as_long_as_is_said_and_else_as_long_as_a_step() {
        let limit = |text| with_file(text, Flags::default()).unwrap().scenario_limit.as_secs();
        assert_eq!(limit("scenario-timeout = 1"), 1);
        assert_eq!(limit("step-timeout = 200"), 200);
        assert_eq!(limit(""), 120);
    }

    #[test]
    fn what_is_refused_in_features_can_be_allowed_one_by_one() {
        let settings = with_file(
            "allow-empty-features = true\nallow-duplicate-names = true\n",
            Flags::default(),
        )
        .unwrap();
        let Allowed {
            empty_features,
            empty_scenarios,
            duplicate_names,
        } = settings.allowed;
        assert!(empty_features && !empty_scenarios && duplicate_names);
        assert_eq!(with_file("", Flags::default()).unwrap().allowed, Allowed::default());
    }

    #[test]
    fn an_unknown_setting_is_told_with_its_line() {
        let told = with_file("wait = 2\nwindwo = \"1x1\"\n", Flags::default())
            .unwrap_err()
            .to_string();
        assert!(told.contains("line 2") && told.contains("windwo"), "{told}");
    }

    #[test]
    fn an_address_of_a_portal_is_one_that_paths_can_follow() {
        let with = |url: &str| with_file(&format!("base-url = {url:?}"), Flags::default());
        for well in [
            "http://127.0.0.1:8080",
            "https://portal.example/training/",
            "http://[::1]:80",
        ] {
            assert_eq!(with(well).unwrap().base_url.as_deref(), Some(well));
        }
        for wrong in [
            "",
            "portal.example",
            "localhost:8080",
            "ftp://portal.example",
            "http://",
            "http://a/?b=c",
            "http://a/#b",
            " http://a",
        ] {
            let told = with(wrong).unwrap_err().to_string();
            assert!(
                told.starts_with(&format!("{wrong:?} is no address")) && told.contains("--base-url https://"),
                "{told}"
            );
        }
    }

    #[test]
    fn a_file_that_was_named_must_be_there() {
        let flags = Flags {
            config: Some("/nowhere/docent.toml".into()),
            ..Flags::default()
        };
        assert!(matches!(flags.settings(), Err(ConfigError::Unreadable { .. })));
    }

    #[test]
    fn numbers_out_of_bounds_are_refused() {
        for text in [
            "scale = 9",
            "wait = -1",
            "wait = 20",
            "window = \"12\"",
            "window = \"0x0\"",
            "workers = 0",
            "locale = \"no language\"",
            "time-zone = \"Mars/Phobos\"",
            "clock = \"noon\"",
        ] {
            assert!(with_file(text, Flags::default()).is_err(), "{text}");
        }
    }
}
