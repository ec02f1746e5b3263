//! Settings: flags, then environment, then `docent.toml`, then defaults.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

mod error;
mod file;
mod flags;
mod window;

pub(crate) use error::ConfigError;
pub(crate) use flags::Flags;
pub(crate) use window::Window;

use crate::locality::{Locale, TimeZone};
use crate::moment::Moment;
use crate::redact;
use crate::secrets::Secrets;

/// Picture pixels per CSS pixel that make sense.
pub(crate) const SCALES: RangeInclusive<f64> = 0.5..=4.;

/// How long a scenario may take in all where nothing else is said; as long as one of its steps, if that is longer.
const SCENARIO_LIMIT: Duration = Duration::from_mins(2);

/// What Docent refuses in feature files though Gherkin allows it, unless the file with settings says otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Allowed {
    /// `allow-empty-features`: a feature without a scenario, or a file without a feature.
    pub(crate) empty_features: bool,
    /// `allow-empty-scenarios`: a scenario without steps, or an outline without rows.
    pub(crate) empty_scenarios: bool,
    /// `allow-duplicate-names`: two scenarios of one name in one feature or rule.
    pub(crate) duplicate_names: bool,
}

/// How scenarios are played, everything decided.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The browser's program, if one was named.
    pub(crate) browser: Option<PathBuf>,
    /// The driver's program, if one was named.
    pub(crate) driver: Option<PathBuf>,
    /// Where the portal is; None for a mock portal of its own for each scenario.
    pub(crate) base_url: Option<String>,
    /// How many scenarios are played at a time.
    pub(crate) workers: usize,
    /// How long a step waits for what it names.
    pub(crate) wait: Duration,
    /// Address of a WebDriver service elsewhere, if one is used.
    pub(crate) webdriver: Option<String>,
    /// Whether the browser's window is shown.
    pub(crate) headed: bool,
    /// Delay before each step.
    pub(crate) slow_motion: Duration,
    /// How long a step may take in all.
    pub(crate) step_limit: Duration,
    /// How long a scenario's steps may take together.
    pub(crate) scenario_limit: Duration,
    /// The browser's language and region, if not the default.
    pub(crate) locale: Option<Locale>,
    /// The browser's time zone, if not the default.
    pub(crate) time_zone: Option<TimeZone>,
    /// When the clocks of pages stand still, if something else than the default.
    pub(crate) clock: Option<Moment>,
    /// Size of the browser's window.
    pub(crate) window: Window,
    /// Picture pixels per CSS pixel, if something else than the command's own default.
    pub(crate) scale: Option<f64>,
    /// Whether a touch screen is emulated.
    pub(crate) touch: bool,
    /// Where evidence of failures goes.
    pub(crate) reports: PathBuf,
    /// What is not refused in feature files.
    pub(crate) allowed: Allowed,
    /// What the file says of acceptance runs.
    pub(crate) run: RunSettings,
    /// Those of the environment and of the file.
    pub(crate) secrets: Secrets,
}

/// What the file says of acceptance runs; flags go before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RunSettings {
    /// As `--tags`.
    pub(crate) tags: Option<String>,
    /// As `--retries`.
    pub(crate) retries: Option<usize>,
    /// As `--max-failures`.
    pub(crate) max_failures: Option<NonZeroUsize>,
    /// As `--fail-on-flaky`.
    pub(crate) fail_on_flaky: bool,
    /// As `--trace`.
    pub(crate) trace: Option<String>,
    /// As `--reporter`.
    pub(crate) reporters: Option<Vec<String>>,
}

impl Flags {
    /// Puts together flags, environment, file and defaults.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub(crate) fn settings(self) -> Result<Settings, ConfigError> {
        let file = file::read(self.config.as_deref(), self.profile.as_deref())?;
        let (base_url, webdriver) = (self.base_url.or(file.base_url), self.webdriver.or(file.webdriver));
        // Before anything says that it is wrong.
        [&base_url, &webdriver]
            .into_iter()
            .flatten()
            .for_each(|address| redact::protect_address(address));
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
            webdriver,
            headed: self.headed || file.headed.unwrap_or_default(),
            slow_motion: slow_motion.map_or(Ok(Duration::ZERO), |value| seconds("--slow-mo", value))?,
            scenario_limit,
            locale: self.locale.or(file.locale),
            time_zone: self.time_zone.or(file.time_zone),
            clock: self.clock.or(file.clock),
            browser: self.browser.or(file.browser),
            driver: self.driver.or(file.driver),
            base_url: base_url.map(checked_base_url).transpose()?,
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
                reporters: file.reporters,
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
fn checked_base_url(given: String) -> Result<String, ConfigError> {
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
mod tests;
