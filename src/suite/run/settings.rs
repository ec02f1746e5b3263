//! How scenarios run: on which driver and portal, how many at a time, and how long things may take.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use super::queue::RetryPolicy;
use super::trace::TraceMode;
use crate::browser;
use crate::portal::PortalSource;
use crate::secrets::Secrets;
use crate::suite::plan::PlannedScenario;

/// How scenarios are played.
#[derive(Clone)]
pub(crate) struct RunnerSettings {
    /// Where the driver is.
    pub(crate) driver: DriverSource,
    /// How the browser is set up.
    pub(crate) browser: browser::Options,
    /// The portal that scenarios run against.
    pub(crate) portal: PortalSource,
    /// Secrets: typed, and redacted everywhere else.
    pub(crate) secrets: Secrets,
    /// How many scenarios run in parallel.
    pub(crate) workers: usize,
    /// How long things may take; tags may widen this.
    pub(crate) limits: Limits,
    /// Retries and repeats.
    pub(crate) retry_policy: RetryPolicy,
    /// When step screenshots are taken.
    pub(crate) tracing: TraceMode,
    /// Where evidence of failures goes.
    pub(crate) reports: PathBuf,
}

impl RunnerSettings {
    /// When the scenario's own clock stands still.
    pub(super) fn frozen_clock(&self, scenario: &PlannedScenario) -> Option<Timestamp> {
        let tags = &scenario.options;
        let zone = tags.time_zone.as_ref().map(ToString::to_string);
        let zone = zone.as_deref().unwrap_or(&self.browser.time_zone);
        tags.clock.as_ref().map(|clock| clock.in_zone(zone))
    }

    /// The browser's options; a scenario's tags take precedence.
    pub(super) fn browser_options(&self, scenario: &PlannedScenario) -> browser::Options {
        let mut options = self.browser.clone();
        let tags = &scenario.options;
        if let Some(window) = tags.window {
            options.window = (window.width, window.height);
        }
        if let Some(scale) = tags.scale {
            options.scale = scale;
        }
        if let Some(locale) = &tags.locale {
            options.locale = locale.to_string();
        }
        if let Some(time_zone) = &tags.time_zone {
            options.time_zone = time_zone.to_string();
        }
        if let Some(moment) = self.frozen_clock(scenario) {
            options.frozen_at = Some(moment.as_millisecond());
        }
        options
    }
}

/// How long things may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Waiting for a step's target.
    pub(crate) wait: Duration,
    /// A step.
    pub(crate) step: Duration,
    /// All steps of a scenario.
    pub(crate) scenario: Duration,
    /// Delay before each step.
    pub(crate) slow_motion: Duration,
}

impl Limits {
    /// How long a page may take to arrive: as long as the step that it is opened in, but for the time to say that it did not.
    #[must_use]
    pub(crate) fn load(self) -> Duration {
        const MARGIN: Duration = Duration::from_secs(2);
        self.wait.max(self.step.saturating_sub(MARGIN.min(self.step / 5)))
    }

    /// As a scenario's tags say. Where a tag lets its steps take longer, so may the whole of it.
    #[must_use]
    pub(crate) fn for_scenario(self, scenario: &PlannedScenario) -> Self {
        let tags = &scenario.options;
        let by_tag = tags.step_limit.unwrap_or_default();
        let whole = tags.scenario_limit.unwrap_or(self.scenario.max(by_tag));
        let steps = u32::try_from(scenario.steps.len()).unwrap_or(u32::MAX);
        Self {
            step: tags.step_limit.unwrap_or(self.step),
            // Being watched is not the scenario's own time.
            scenario: whole.saturating_add(self.slow_motion.saturating_mul(steps)),
            ..self
        }
    }
}

/// Where the driver is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DriverSource {
    /// Each worker starts this program.
    Program(PathBuf),
    /// All workers share the service at this address.
    At(String),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::plan::tests::planned;

    #[test]
    fn a_scenario_may_take_no_longer_than_is_said_unless_a_tag_gives_its_steps_more() {
        let limits = Limits {
            wait: Duration::from_secs(5),
            step: Duration::from_secs(15),
            scenario: Duration::from_secs(1),
            slow_motion: Duration::ZERO,
        };
        for (tag, seconds) in [
            ("plain", 1),
            ("timeout:30s", 30),
            ("timeout:30s @scenario-timeout:2s", 2),
        ] {
            let feature = format!("Feature: A\n  @{tag}\n  Scenario: B\n    Given I open \"/\"\n");
            let plan = planned(&feature, None).unwrap();
            assert_eq!(
                limits.for_scenario(&plan.scenarios[0]).scenario,
                Duration::from_secs(seconds),
                "{tag}"
            );
        }
    }

    #[test]
    fn being_watched_is_not_the_scenario_s_own_time() {
        let feature =
            "Feature: A\n  @scenario-timeout:2s\n  Scenario: B\n    Given I open \"/\"\n    And I open \"/\"\n";
        let plan = planned(feature, None).unwrap();
        let limits = Limits {
            wait: Duration::from_secs(5),
            step: Duration::from_secs(15),
            scenario: Duration::from_mins(2),
            slow_motion: Duration::from_secs(3),
        };
        let of_scenario = limits.for_scenario(&plan.scenarios[0]);
        assert_eq!(of_scenario.scenario, Duration::from_secs(2 + 2 * 3));
    }
}
