//! What `tutorial` and `run` share: find a browser, play a plan, tell of it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{CliError, Ending};
use crate::browser::{self, Progress, Wanted};
use crate::config::Settings;
use crate::report::Reporter;
use crate::report::terminal::{Tally, Terminal};
use crate::secrets::Secrets;
use crate::suite::interrupt::Interrupt;
use crate::suite::plan::Plan;
use crate::suite::{self, PortalSource, Shots};

/// The mock's world stands in Switzerland, as the tutorial's does.
const TIME_ZONE: &str = "Europe/Zurich";
const LOCALE: &str = "en-GB";

/// What came of playing a plan.
pub struct Played {
    /// How many scenarios ended how.
    pub tally: Tally,
    /// Pictures of the tutorials that passed.
    pub shots: Shots,
    /// How long it took, without finding a browser.
    pub took: Duration,
    /// The signal that ended it, if one did.
    pub signal: Option<i32>,
}

impl Played {
    /// The exit code that the scenarios alone would give.
    pub fn ending(&self) -> Ending {
        match self.signal {
            Some(signal) => Ending::Signal(signal),
            None if self.tally.failed > 0 => Ending::Failed,
            None => Ending::Well,
        }
    }
}

/// Finds a browser, plays and tells.
pub fn play(plan: Plan, settings: &Settings) -> Result<(Arc<Plan>, Played), CliError> {
    let interrupt = Interrupt::listen().map_err(|source| CliError::System {
        what: "tell when a signal comes",
        source,
    })?;
    let found = find_browser(settings, browser::progress_for_stderr().as_ref())?;
    let suite_settings = suite_settings(settings, &found);
    let started = Instant::now();
    let plan = Arc::new(plan);
    let run = suite::run(&plan, &suite_settings, &interrupt);
    let mut terminal = Terminal::new(&plan);
    for event in &run.events {
        terminal.hear(&plan, &event);
    }
    let tally = terminal.finish();
    let shots = run.finish()?;
    let played = Played {
        tally,
        shots,
        took: started.elapsed(),
        signal: interrupt.signal(),
    };
    Ok((plan, played))
}

/// The browser that the settings name, or one that is found, or one that is fetched.
pub fn find_browser(settings: &Settings, progress: &dyn Progress) -> Result<browser::Installed, CliError> {
    let wanted = Wanted {
        browser: settings.browser.clone(),
        driver: settings.driver.clone(),
        cache: browser::cache_folder()?,
    };
    Ok(browser::find_or_fetch(&wanted, progress)?)
}

fn suite_settings(settings: &Settings, found: &browser::Installed) -> suite::Settings {
    let clock = mock_portal::Clock::training();
    let fixture = mock_portal::Fixture::built_in();
    let mut secrets = secrets_of(&fixture);
    for (name, value) in &settings.secrets {
        secrets.declare(name, value);
    }
    let (frozen_at, portal) = match &settings.base_url {
        Some(url) => (None, PortalSource::At(url.clone())),
        None => (
            Some(clock.now().as_millisecond()),
            PortalSource::Mock(mock_portal::Settings {
                clock,
                fixture,
                ..mock_portal::Settings::default()
            }),
        ),
    };
    suite::Settings {
        driver: found.driver.clone(),
        browser: browser::Options {
            browser: found.browser.clone(),
            headless_shell: found.headless_shell,
            window: (settings.window.width, settings.window.height),
            scale: settings.scale,
            time_zone: TIME_ZONE.to_owned(),
            locale: LOCALE.to_owned(),
            frozen_at,
        },
        portal,
        secrets,
        workers: settings.workers,
        wait: settings.wait,
        step_limit: settings.step_limit,
        reports: settings.reports.clone(),
    }
}

/// `password of USERNAME` for everybody and `access code of CUSTOMER ID` for every Office of the fixture.
fn secrets_of(fixture: &mock_portal::Fixture) -> Secrets {
    let mut secrets = Secrets::default();
    for person in &fixture.people {
        secrets.declare(format!("password of {}", person.username), &person.password);
    }
    for office in &fixture.offices {
        secrets.declare(format!("access code of {}", office.customer_id), &office.access_code);
    }
    secrets
}
