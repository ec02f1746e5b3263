//! What `tutorial` and `run` share: find a browser, run a plan, report.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use jiff::{Timestamp, Zoned};

use super::own_portal::{own_portal, with_those_of_the_mock};
use super::{CliError, preflight};
use crate::browser::{self, Driver};
use crate::config::Settings;
use crate::output::say_err;
use crate::portal::PortalSource;
use crate::provision::{self, Progress, Wanted};
use crate::report::Reporter;
use crate::report::terminal::Terminal;
use crate::suite::plan::Plan;
use crate::suite::record::Record;
use crate::suite::record::event::{Event, PhaseDurations};
use crate::suite::run::interrupt::Interrupt;
use crate::suite::run::{self, DriverSource, Finished, Limits, RetryPolicy, SceneScreenshots, TraceMode, WorkerError};

/// The mock's world stands in Switzerland, as the tutorial's does.
pub(super) const TIME_ZONE: &str = "Europe/Zurich";
pub(super) const LOCALE: &str = "en-GB";

/// How a plan runs, beside the settings that all commands share.
#[derive(Debug)]
pub(crate) struct RunOptions {
    /// Retries and repeats.
    pub(crate) retry_policy: RetryPolicy,
    /// When step screenshots are taken.
    pub(crate) tracing: TraceMode,
    /// Picture pixels per CSS pixel; a scenario's tag goes before it.
    pub(crate) scale: f64,
}

impl RunOptions {
    /// Each scenario once, with pictures of this many pixels per CSS pixel.
    pub(crate) fn once(scale: f64) -> Self {
        Self {
            retry_policy: RetryPolicy::default(),
            tracing: TraceMode::Off,
            scale,
        }
    }
}

/// The results of running a plan.
pub(crate) struct PlanRun {
    /// The record of the run.
    pub(crate) record: Record,
    /// Sum over all scenarios.
    pub(crate) durations: PhaseDurations,
    /// Pictures of the tutorials that passed.
    pub(crate) shots: SceneScreenshots,
    /// Pictures of the tutorials that failed, of the scenes before the failure.
    pub(crate) drafts: SceneScreenshots,
    /// Why not everything could be played.
    pub(crate) trouble: Option<WorkerError>,
}

/// Finds a browser, runs the plan and reports. `record` is that of the plan; `watch` gets every event first.
pub(crate) fn run_plan(
    plan: Plan,
    mut record: Record,
    settings: &Settings,
    options: &RunOptions,
    watch: &mut dyn FnMut(&Plan, &Event),
) -> Result<(Arc<Plan>, PlanRun), CliError> {
    let interrupt = Interrupt::listen().map_err(|source| CliError::System {
        what: "listen for signals",
        source,
    })?;
    preflight::check(&plan, settings)?;
    let suite_settings = suite_settings(settings, options)?;
    let started = Instant::now();
    let plan = Arc::new(plan);
    interrupt.shut_down_gracefully();
    let run = run::run(&plan, &suite_settings, &interrupt);
    let mut terminal = Terminal::new(&plan, &settings.reports);
    for event in &run.events {
        watch(&plan, &event);
        terminal.on_event(&plan, &event);
        record.on_event(&event);
    }
    let durations = terminal.finish();
    let finished = run.finish();
    let (finished, trouble) = match finished {
        Ok(finished) => (finished, None),
        Err(trouble) => (Finished::default(), Some(trouble)),
    };
    let Finished {
        shots,
        drafts,
        unattributed_panics,
    } = finished;
    for panic in &unattributed_panics {
        say_err!("a thread of no scenario panicked: {panic}");
    }
    record.unfinished = trouble.as_ref().map(|trouble| trouble.to_string().into());
    record.end(
        started.elapsed(),
        interrupt.signal(),
        unattributed_panics,
        Zoned::now().date(),
    );
    let played = PlanRun {
        record,
        durations,
        shots,
        drafts,
        trouble,
    };
    Ok((plan, played))
}

/// The browser that the settings name, or one that is found, or one that is fetched.
pub(crate) fn find_browser(settings: &Settings, progress: &dyn Progress) -> Result<provision::Installed, CliError> {
    let wanted = Wanted {
        browser: settings.browser.clone(),
        driver: settings.driver.clone(),
        with_window: settings.headed,
        cache: provision::cache_folder()?,
    };
    Ok(provision::find_or_fetch(&wanted, progress)?)
}

/// Refuses a malformed address of a driver elsewhere; asked before a run begins.
pub(crate) fn check_driver(settings: &Settings) -> Result<(), CliError> {
    let elsewhere = settings.webdriver.as_deref().map(Driver::elsewhere).transpose();
    Ok(elsewhere.map(drop).map_err(WorkerError::from)?)
}

/// A driver elsewhere brings its own browser.
fn driver_and_browser(settings: &Settings) -> Result<(DriverSource, Option<PathBuf>, bool), CliError> {
    if let Some(url) = &settings.webdriver {
        check_driver(settings)?;
        return Ok((DriverSource::At(url.clone()), settings.browser.clone(), false));
    }
    if settings.headed && !has_screen(|name| std::env::var_os(name)) {
        return Err(CliError::NoScreen);
    }
    let found = find_browser(settings, provision::progress_for_stderr().as_ref())?;
    if settings.headed && found.headless_shell {
        return Err(CliError::Usage(format!(
            "--headed needs a browser that has a window, and {} has none\n  choose another with --browser",
            found.browser.display()
        )));
    }
    Ok((
        DriverSource::Program(found.driver),
        Some(found.browser),
        found.headless_shell,
    ))
}

/// Without a display server Chromium neither shows itself nor says so. macOS always has one.
fn has_screen(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let named = |name| variable(name).is_some_and(|value| !value.is_empty());
    cfg!(target_os = "macos") || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

fn suite_settings(settings: &Settings, options: &RunOptions) -> Result<run::RunnerSettings, CliError> {
    let (driver, program, headless_shell) = driver_and_browser(settings)?;
    let time_zone = settings
        .time_zone
        .as_ref()
        .map_or_else(|| TIME_ZONE.to_owned(), ToString::to_string);
    let moment = settings.clock.as_ref().map(|clock| clock.in_zone(&time_zone));
    let secrets = with_those_of_the_mock(settings.secrets.clone());
    let (frozen_at, portal) = match &settings.base_url {
        Some(url) => (moment, PortalSource::At(url.clone())),
        None => own_portal(moment).map(|(moment, portal)| (Some(moment), portal))?,
    };
    let frozen_at = frozen_at.map(Timestamp::as_millisecond);
    Ok(run::RunnerSettings {
        driver,
        browser: browser::Options {
            browser: program,
            headless_shell,
            headed: settings.headed,
            window: (settings.window.width, settings.window.height),
            scale: options.scale,
            time_zone,
            locale: settings
                .locale
                .as_ref()
                .map_or_else(|| LOCALE.to_owned(), ToString::to_string),
            frozen_at,
            touch: settings.touch,
        },
        portal,
        secrets,
        workers: settings.workers,
        limits: Limits {
            wait: settings.wait,
            step: settings.step_limit,
            scenario: settings.scenario_limit,
            slow_motion: settings.slow_motion,
        },
        retry_policy: options.retry_policy,
        tracing: options.tracing,
        reports: settings.reports.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_is_what_x11_or_wayland_name() {
        let with =
            |name: &'static str, value: &'static str| has_screen(move |asked| (asked == name).then(|| value.into()));
        assert!(with("DISPLAY", ":0") && with("WAYLAND_DISPLAY", "wayland-0"));
        assert_eq!(with("DISPLAY", ""), cfg!(target_os = "macos"));
        assert_eq!(with("HOME", "/"), cfg!(target_os = "macos"));
    }
}
