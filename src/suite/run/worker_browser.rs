//! The driver and browser of one worker: started for its first scenario, kept for the next ones, and
//! replaced where it no longer answers or a scenario is tried again.

use std::time::Duration;

use tokio::sync::watch;

use super::error::WorkerError;
use super::settings::DriverSource;
use super::watchdog::Watchdog;
use crate::browser::{BrowserError, Driver, Options, ReusableBrowser, Session};

/// A browser comes up within 0.2 to 2 s; a loaded machine may take many times that.
const OPEN_LIMIT: Duration = Duration::from_mins(1);

pub(super) struct WorkerBrowser {
    source: DriverSource,
    watchdog: Watchdog,
    driver: Option<Driver>,
    /// Runs on behind the windows of its scenarios, where it can be kept.
    browser: Option<ReusableBrowser>,
    /// Whether a session is being opened at a driver elsewhere: a session that is given up on there would stay open.
    opening_elsewhere: watch::Sender<bool>,
}

impl WorkerBrowser {
    pub(crate) fn new(source: DriverSource, watchdog: Watchdog) -> Self {
        Self {
            source,
            watchdog,
            driver: None,
            browser: None,
            opening_elsewhere: watch::Sender::new(false),
        }
    }

    /// Whether a session is being opened at a driver elsewhere, which has to be awaited.
    pub(crate) fn opening_elsewhere(&self) -> watch::Receiver<bool> {
        self.opening_elsewhere.subscribe()
    }

    /// A window that shares nothing with any before.
    pub(crate) async fn window(&mut self, attempt: usize, options: &Options) -> Result<Session, WorkerError> {
        match self.window_in_time(attempt, options).await {
            // A driver or browser that fails once may have been killed by the system or by a person; after two failures it is broken.
            Err(error) if error.is_transient() => {
                self.end();
                self.window_in_time(attempt, options).await
            }
            opened => opened,
        }
    }

    async fn window_in_time(&mut self, attempt: usize, options: &Options) -> Result<Session, WorkerError> {
        let is_elsewhere = matches!(self.source, DriverSource::At(_));
        self.opening_elsewhere.send_replace(is_elsewhere);
        let opened = tokio::time::timeout(OPEN_LIMIT, self.open_window(attempt, options)).await;
        self.opening_elsewhere.send_replace(false);
        opened.map_err(|_| WorkerError::BrowserTimeout { limit: OPEN_LIMIT })?
    }

    /// In the browser that is kept, or, for another attempt, in a new one.
    async fn open_window(&mut self, attempt: usize, options: &Options) -> Result<Session, WorkerError> {
        if attempt == 1
            && let (Some(driver), Some(browser)) = (&self.driver, &self.browser)
            && browser.is_compatible_with(options)
            // One that ended between two scenarios is no scenario's fault.
            && let Ok(session) = browser.window(driver, options).await
        {
            return Ok(session);
        }
        if self.browser.is_some() {
            self.end();
        }
        let (browser, session) = ReusableBrowser::start(self.driver()?, options).await?;
        self.browser = browser;
        Ok(session)
    }

    fn driver(&mut self) -> Result<&Driver, WorkerError> {
        if self.driver.is_none() {
            let driver = match &self.source {
                DriverSource::Program(program) => Driver::start(program)?,
                DriverSource::At(url) => Driver::elsewhere(url)?,
            };
            self.watchdog.set_driver(driver.pid());
            self.driver = Some(driver);
        }
        self.driver
            .as_ref()
            .ok_or_else(|| WorkerError::Crashed("a driver was started and is not there".to_owned()))
    }

    /// Why the browser does not answer, if it does not.
    pub(crate) async fn diagnose(&mut self, session: &str, took: Duration) -> Option<BrowserError> {
        match &mut self.driver {
            Some(driver) => driver.diagnose(session, took).await,
            None => None,
        }
    }

    /// Ends driver and browser; the next scenario gets new ones.
    pub(crate) fn end(&mut self) {
        self.watchdog.set_driver(None);
        self.browser = None;
        self.driver = None;
    }
}
