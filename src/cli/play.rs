//! What `tutorial` and `run` share: find a browser, play a plan, tell of it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use jiff::{Timestamp, Zoned};
use secrecy::SecretString;

use super::{CliError, preflight};
use crate::browser::{self, Driver, Progress, Wanted};
use crate::config::Settings;
use crate::output::say_err;
use crate::report::Reporter;
use crate::report::terminal::Terminal;
use crate::secrets::Secrets;
use crate::suite::event::{Event, Spent};
use crate::suite::interrupt::Interrupt;
use crate::suite::plan::Plan;
use crate::suite::record::Record;
use crate::suite::{self, DriverSource, Finished, Limits, Patience, PortalSource, Shots, Tracing, WorkerError};

/// The mock's world stands in Switzerland, as the tutorial's does.
pub(super) const TIME_ZONE: &str = "Europe/Zurich";
pub(super) const LOCALE: &str = "en-GB";

/// How a plan is played, beside the settings that all commands share.
#[derive(Debug)]
pub struct Playing {
    /// How often scenarios are tried.
    pub patience: Patience,
    /// When pictures are taken after every step.
    pub tracing: Tracing,
    /// Picture pixels per CSS pixel; a scenario's tag goes before it.
    pub scale: f64,
}

impl Playing {
    /// Each scenario once, with pictures of this many pixels per CSS pixel.
    pub fn once(scale: f64) -> Self {
        Self {
            patience: Patience::default(),
            tracing: Tracing::Off,
            scale,
        }
    }
}

/// What came of playing a plan.
pub struct Played {
    /// What came of every scenario.
    pub record: Record,
    /// Sum over all scenarios.
    pub spent: Spent,
    /// Pictures of the tutorials that passed.
    pub shots: Shots,
    /// Pictures of the tutorials that failed, of the scenes before the failure.
    pub drafts: Shots,
    /// Why not everything could be played.
    pub trouble: Option<WorkerError>,
}

/// Finds a browser, plays and tells. `record` is that of the plan; `watch` gets every event first.
pub fn play(
    plan: Plan,
    mut record: Record,
    settings: &Settings,
    playing: &Playing,
    watch: &mut dyn FnMut(&Plan, &Event),
) -> Result<(Arc<Plan>, Played), CliError> {
    let interrupt = Interrupt::listen().map_err(|source| CliError::System {
        what: "tell when a signal comes",
        source,
    })?;
    preflight::check(&plan, settings)?;
    let suite_settings = suite_settings(settings, playing)?;
    let started = Instant::now();
    let plan = Arc::new(plan);
    interrupt.be_orderly();
    let run = suite::run(&plan, &suite_settings, &interrupt);
    let mut terminal = Terminal::new(&plan, &settings.reports);
    for event in &run.events {
        watch(&plan, &event);
        terminal.hear(&plan, &event);
        record.hear(&event);
    }
    let spent = terminal.finish();
    let finished = run.finish();
    let (finished, trouble) = match finished {
        Ok(finished) => (finished, None),
        Err(trouble) => (Finished::default(), Some(trouble)),
    };
    let Finished { shots, drafts, stray } = finished;
    for panic in &stray {
        say_err!("a thread that no scenario owns panicked: {panic}");
    }
    record.unfinished = trouble.as_ref().map(|trouble| trouble.to_string().into());
    record.end(started.elapsed(), interrupt.signal(), stray, Zoned::now().date());
    let played = Played {
        record,
        spent,
        shots,
        drafts,
        trouble,
    };
    Ok((plan, played))
}

/// The browser that the settings name, or one that is found, or one that is fetched.
pub fn find_browser(settings: &Settings, progress: &dyn Progress) -> Result<browser::Installed, CliError> {
    let wanted = Wanted {
        browser: settings.browser.clone(),
        driver: settings.driver.clone(),
        with_window: settings.headed,
        cache: browser::cache_folder()?,
    };
    Ok(browser::find_or_fetch(&wanted, progress)?)
}

/// Refuses a malformed address of a driver elsewhere; asked before a run begins.
pub fn check_driver(settings: &Settings) -> Result<(), CliError> {
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
    let found = find_browser(settings, browser::progress_for_stderr().as_ref())?;
    if settings.headed && found.headless_shell {
        return Err(CliError::Usage(format!(
            "--headed needs a browser that can show itself: {} can't; name another with --browser",
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

fn suite_settings(settings: &Settings, playing: &Playing) -> Result<suite::Settings, CliError> {
    let (driver, program, headless_shell) = driver_and_browser(settings)?;
    let time_zone = settings
        .time_zone
        .as_ref()
        .map_or_else(|| TIME_ZONE.to_owned(), ToString::to_string);
    let moment = settings.clock.as_ref().map(|clock| clock.in_zone(&time_zone));
    let clock = moment.map_or_else(mock_portal::Clock::training, mock_portal::Clock::frozen);
    let fixture = mock_portal::Fixture::built_in();
    let secrets = with_those_of(&fixture, settings.secrets.clone());
    let (frozen_at, portal) = match &settings.base_url {
        Some(url) => (moment.map(Timestamp::as_millisecond), PortalSource::At(url.clone())),
        None => (
            Some(clock.now().as_millisecond()),
            PortalSource::Mock(mock_portal::Settings {
                clock,
                fixture,
                ..mock_portal::Settings::default()
            }),
        ),
    };
    Ok(suite::Settings {
        driver,
        browser: browser::Options {
            browser: program,
            headless_shell,
            headed: settings.headed,
            window: (settings.window.width, settings.window.height),
            scale: playing.scale,
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
        patience: playing.patience,
        tracing: playing.tracing,
        reports: settings.reports.clone(),
    })
}

/// With `password of USERNAME` for everybody and `access code of CUSTOMER ID` for every Office of the fixture.
fn with_those_of(fixture: &mock_portal::Fixture, declared: Secrets) -> Secrets {
    let mut secrets = declared;
    for person in &fixture.people {
        secrets.declare(format!("password of {}", person.username), person.password.clone());
    }
    for office in &fixture.offices {
        secrets.declare(
            format!("access code of {}", office.customer_id),
            SecretString::from(office.access_code.clone()),
        );
    }
    secrets
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
