//! `docent.toml`, with profiles: what a profile says goes before what the file says for all.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::{ConfigError, Window};
use crate::locality::{Locale, TimeZone};
use crate::moment::Moment;

/// The settings file that is read unless `--config` names another.
pub(super) const FILE: &str = "docent.toml";

/// What the file, or one of its profiles, says; every line is optional.
#[derive(Deserialize, Debug, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SettingsFile {
    pub(crate) browser: Option<PathBuf>,
    pub(crate) driver: Option<PathBuf>,
    pub(crate) base_url: Option<String>,
    pub(crate) webdriver: Option<String>,
    pub(crate) headed: Option<bool>,
    pub(crate) slow_mo: Option<f64>,
    pub(crate) workers: Option<NonZeroUsize>,
    pub(crate) wait: Option<f64>,
    pub(crate) step_timeout: Option<f64>,
    pub(crate) scenario_timeout: Option<f64>,
    pub(crate) locale: Option<Locale>,
    pub(crate) time_zone: Option<TimeZone>,
    pub(crate) clock: Option<Moment>,
    pub(crate) window: Option<Window>,
    pub(crate) scale: Option<f64>,
    pub(crate) touch: Option<bool>,
    pub(crate) reports: Option<PathBuf>,
    pub(crate) tags: Option<String>,
    pub(crate) retries: Option<usize>,
    pub(crate) max_failures: Option<NonZeroUsize>,
    pub(crate) fail_on_flaky: Option<bool>,
    pub(crate) trace: Option<String>,
    pub(crate) reporters: Option<Vec<String>>,
    pub(crate) allow_empty_features: Option<bool>,
    pub(crate) allow_empty_scenarios: Option<bool>,
    pub(crate) allow_duplicate_names: Option<bool>,
    #[serde(default)]
    pub(crate) secrets: BTreeMap<String, SecretString>,
    #[serde(default, deserialize_with = "profiles")]
    profile: BTreeMap<String, SettingsFile>,
}

/// Profiles of profiles would mean nothing.
fn profiles<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, SettingsFile>, D::Error> {
    let profiles = BTreeMap::<String, SettingsFile>::deserialize(deserializer)?;
    match profiles.iter().find(|(_, one)| !one.profile.is_empty()) {
        Some((name, _)) => Err(D::Error::custom(format!(
            "the profile {name:?} can have no profiles of its own"
        ))),
        None => Ok(profiles),
    }
}

/// The file's settings under a profile, if one is named.
pub(super) fn read(named: Option<&Path>, profile: Option<&str>) -> Result<SettingsFile, ConfigError> {
    let path = named.unwrap_or(Path::new(FILE));
    let mut file = match fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text).map_err(|error| malformed(path, &text, &error))?,
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => SettingsFile::default(),
        Err(source) => {
            return Err(ConfigError::Unreadable {
                path: path.to_owned(),
                source,
            });
        }
    };
    let Some(name) = profile else { return Ok(file) };
    match file.profile.remove(name) {
        Some(profile) => Ok(profile.merged_over(file)),
        None => Err(ConfigError::Profile {
            path: path.to_owned(),
            name: name.to_owned(),
            known: file.profile.into_keys().collect(),
        }),
    }
}

/// The parser's own message shows the line, and a value of the wrong type: both may be a secret's.
fn malformed(path: &Path, text: &str, error: &toml::de::Error) -> ConfigError {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let is_header = |line: &&str| line.trim_start().starts_with('[');
    let section = before.lines().rev().find(is_header);
    let problem = if section.is_some_and(|header| header.contains("secrets")) {
        "each line below [secrets] must be a name, \"=\", and a value in quotes, such as pin = \"…\"; the value is not shown here"
    } else {
        error.message()
    };
    ConfigError::Malformed {
        path: path.to_owned(),
        line: before.matches('\n').count() + 1,
        problem: problem.to_owned(),
    }
}

impl SettingsFile {
    /// What this says, and of the rest what another one does.
    fn merged_over(self, base: Self) -> Self {
        let mut secrets = base.secrets;
        secrets.extend(self.secrets);
        Self {
            browser: self.browser.or(base.browser),
            driver: self.driver.or(base.driver),
            base_url: self.base_url.or(base.base_url),
            webdriver: self.webdriver.or(base.webdriver),
            headed: self.headed.or(base.headed),
            slow_mo: self.slow_mo.or(base.slow_mo),
            workers: self.workers.or(base.workers),
            wait: self.wait.or(base.wait),
            step_timeout: self.step_timeout.or(base.step_timeout),
            scenario_timeout: self.scenario_timeout.or(base.scenario_timeout),
            locale: self.locale.or(base.locale),
            time_zone: self.time_zone.or(base.time_zone),
            clock: self.clock.or(base.clock),
            window: self.window.or(base.window),
            scale: self.scale.or(base.scale),
            touch: self.touch.or(base.touch),
            reports: self.reports.or(base.reports),
            tags: self.tags.or(base.tags),
            retries: self.retries.or(base.retries),
            max_failures: self.max_failures.or(base.max_failures),
            fail_on_flaky: self.fail_on_flaky.or(base.fail_on_flaky),
            trace: self.trace.or(base.trace),
            reporters: self.reporters.or(base.reporters),
            allow_empty_features: self.allow_empty_features.or(base.allow_empty_features),
            allow_empty_scenarios: self.allow_empty_scenarios.or(base.allow_empty_scenarios),
            allow_duplicate_names: self.allow_duplicate_names.or(base.allow_duplicate_names),
            secrets,
            profile: BTreeMap::new(),
        }
    }
}
