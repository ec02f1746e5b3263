//! A worker: a thread with a driver, one scenario at a time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::watch;

use super::event::{Failure, Happening, Outcome, Spent};
use super::evidence::{self, Folder};
use super::interrupt::Interrupt;
use super::journal::Journal;
use super::panics::Panics;
use super::plan::{Plan, PlannedScenario};
use super::play::{self, Failed};
use super::pulse::{Pulse, Teller};
use super::queue::{Queue, Turn};
use super::trace::Trace;
use super::work::{DriverSource, Limits, PortalSource, Settings, Shots, WorkerError};
use crate::attachments::Attachments;
use crate::browser::{self, Driver, KeptBrowser, Page, Session};
use crate::redact::Redacted;
use crate::tutorial::camera::Camera;
use crate::world::World;

/// A browser that is ill may not even end: it is not waited for longer than this.
const CLOSE_LIMIT: Duration = Duration::from_secs(5);
/// A browser comes up within 0.2 to 2 s; a loaded machine may take many times that.
const OPEN_LIMIT: Duration = Duration::from_mins(1);

/// What all workers of a run have in common.
#[derive(Clone)]
pub(super) struct Shared {
    pub plan: Arc<Plan>,
    pub settings: Settings,
    pub interrupt: Interrupt,
    pub queue: Arc<Queue>,
    pub shots: Arc<Mutex<Shots>>,
    /// Pictures of tutorials that failed.
    pub drafts: Arc<Mutex<Shots>>,
    /// Whether a browser has come up: one that never does is no scenario's fault.
    pub has_played: Arc<AtomicBool>,
}

pub(super) struct Worker {
    index: usize,
    shared: Shared,
    pulse: Pulse,
    driver: Option<Driver>,
    /// Runs on behind the windows of its scenarios, where it can be kept.
    browser: Option<KeptBrowser>,
    /// Whether a session is asked for at a driver that is not ours: it is waited for, as nobody could end it otherwise.
    asking: watch::Sender<bool>,
}

/// The portal of one scenario.
struct Portal {
    mock: Option<mock_portal::Portal>,
    /// Steers the mock.
    control: Option<mock_portal::Control>,
    journal: Journal,
    /// Without a slash at its end.
    url: String,
}

impl Worker {
    pub fn new(index: usize, shared: Shared, pulse: Pulse) -> Self {
        Self {
            index,
            shared,
            pulse,
            driver: None,
            browser: None,
            asking: watch::Sender::new(false),
        }
    }

    /// Plays whatever is next until nothing is left.
    pub fn work(mut self, panics: &Panics) -> Result<(), WorkerError> {
        panics.own_this_thread();
        while let Some(turn) = self.shared.queue.next() {
            let plan = Arc::clone(&self.shared.plan);
            let scenario = &plan.scenarios[turn.id];
            let outcome = self.in_a_runtime(panics, turn, scenario);
            if self.shared.interrupt.signal().is_some() || outcome.is_err() {
                self.shared.queue.close();
            }
            if !self.pulse.counts() {
                // Somebody else has ended this turn.
                return Ok(());
            }
            let failed = matches!(outcome, Ok(Outcome::Failed(_)));
            self.shared.queue.done(turn, scenario, failed);
            outcome?;
        }
        Ok(())
    }

    /// Each scenario has a runtime of its own: no task of one reaches into the next.
    fn in_a_runtime(
        &mut self,
        panics: &Panics,
        turn: Turn,
        scenario: &PlannedScenario,
    ) -> Result<Outcome, WorkerError> {
        let owner = panics.clone();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .on_thread_start(move || owner.own_this_thread())
            .build()?;
        let outcome = runtime.block_on(self.take_up(turn, scenario, panics));
        // A blocking task that never ends is not waited for.
        runtime.shutdown_background();
        outcome
    }

    async fn take_up(
        &mut self,
        turn: Turn,
        scenario: &PlannedScenario,
        panics: &Panics,
    ) -> Result<Outcome, WorkerError> {
        let limits = self.shared.settings.limits.of(scenario);
        let teller = Teller {
            id: turn.id,
            pulse: self.pulse.clone(),
            step_limit: limits.step,
        };
        teller.begin(turn, self.index);
        let mut interrupt = self.shared.interrupt.clone();
        let mut asking = self.asking.subscribe();
        let interrupted = async {
            interrupt.come().await;
            // Neither a session that does not come nor a sender that is gone is waited for.
            let _ = tokio::time::timeout(CLOSE_LIMIT, asking.wait_for(|asking| !asking)).await;
        };
        let started = Instant::now();
        let (outcome, spent) = tokio::select! {
            played = self.play(turn, scenario, &limits, panics, &teller) => match played {
                // What goes wrong while it is being ended is of no interest.
                Err(_) if self.shared.interrupt.signal().is_some() => self.interrupted(started),
                played => played?,
            },
            () = interrupted => self.interrupted(started),
        };
        teller.tell(Happening::Finished {
            outcome: outcome.clone(),
            spent,
        });
        Ok(outcome)
    }

    /// A command may be under way that nobody waits for any more.
    fn interrupted(&mut self, started: Instant) -> (Outcome, Spent) {
        self.end_driver();
        let steps = started.elapsed();
        (
            Outcome::Interrupted,
            Spent {
                steps,
                ..Spent::default()
            },
        )
    }

    async fn play(
        &mut self,
        turn: Turn,
        scenario: &PlannedScenario,
        limits: &Limits,
        panics: &Panics,
        teller: &Teller,
    ) -> Result<(Outcome, Spent), WorkerError> {
        let started = Instant::now();
        let playing = panics.play(scenario.place_of(None), &self.pulse);
        let portal = self.portal(scenario).await?;
        let mut world = match self.world(scenario, turn.attempt, &portal).await {
            Ok(world) => world,
            Err(error) if self.shared.has_played.load(Ordering::Acquire) => {
                return Ok(self.without_browser(&error, started));
            }
            Err(error) => return Err(error),
        };
        self.shared.has_played.store(true, Ordering::Release);
        if let Some(browser) = world.page.browser_started() {
            teller.tell(Happening::BrowserStarted { browser });
        }
        let mut spent = Spent {
            starting: started.elapsed(),
            ..Spent::default()
        };
        let mut trace = Trace::new(self.shared.settings.tracing, turn.attempt);
        let folder = Folder::of(&self.shared.settings.reports, scenario, turn.attempt);
        let result = play::play(scenario, &mut world, limits, panics, &mut trace, &folder, teller).await;
        spent.pictures = world.camera.as_ref().map_or(Duration::ZERO, Camera::spent);
        spent.steps = started.elapsed().saturating_sub(spent.total());
        let mut outcome = match result {
            Ok(()) => Outcome::Passed,
            Err(failed) => Outcome::Failed(self.failure(scenario, &folder, &portal, &world, failed).await),
        };
        self.part(turn, world, &outcome).await;
        if let Some(mock) = portal.mock {
            mock.stop().await;
        }
        drop(playing);
        let late = panics.take();
        if outcome == Outcome::Passed && !late.is_empty() {
            let (message, code) = play::beside(&late);
            outcome = Outcome::Failed(Failure {
                message: message.into(),
                code: code.map(Redacted::from),
                ..Failure::default()
            });
        }
        if let Outcome::Failed(failure) = &mut outcome {
            failure.evidence.extend(trace.keep(&folder));
            if let Some(lost) = folder.lost() {
                let message = format!("{}\nevidence is missing: {lost}", failure.message);
                failure.message = message.into();
            }
        }
        spent.ending = started.elapsed().saturating_sub(spent.total());
        Ok((outcome, spent))
    }

    async fn portal(&self, scenario: &PlannedScenario) -> Result<Portal, WorkerError> {
        let journal = Journal::default();
        match &self.shared.settings.portal {
            PortalSource::At(url) => Ok(Portal {
                mock: None,
                control: None,
                journal,
                url: url.trim_end_matches('/').to_owned(),
            }),
            PortalSource::Mock(settings) => {
                let mut settings = settings.clone();
                if let Some(moment) = self.moment(scenario) {
                    settings.clock = mock_portal::Clock::frozen(moment);
                }
                let (router, control) = mock_portal::app_with_control(settings)?;
                let mock = mock_portal::serve(journal.keep(router), ([127, 0, 0, 1], 0).into()).await?;
                Ok(Portal {
                    url: mock.url().to_owned(),
                    mock: Some(mock),
                    control: Some(control),
                    journal,
                })
            }
        }
    }

    async fn world(
        &mut self,
        scenario: &PlannedScenario,
        attempt: usize,
        portal: &Portal,
    ) -> Result<World, WorkerError> {
        let options = self.browser_options(scenario);
        let session = match self.window_in_time(attempt, &options).await {
            Ok(session) => session,
            // A driver or browser that fails once may be killed by the system or by somebody; twice, it is not fit.
            Err(error) if error.may_be_chance() => {
                self.end_driver();
                self.window_in_time(attempt, &options).await?
            }
            Err(error) => return Err(error),
        };
        let secrets = self.shared.settings.secrets.clone();
        let folder = scenario.path.parent().map(ToOwned::to_owned).unwrap_or_default();
        let camera = scenario
            .is_tutorial()
            .then(|| Camera::new(secrets.values(), scenario.handling.allowed.clone()));
        Ok(World {
            page: Page::new(session, self.shared.settings.limits.wait).with_files_in(folder),
            base_url: portal.url.clone(),
            control: portal.control.clone(),
            secrets,
            camera,
            attachments: Attachments::default(),
        })
    }

    async fn window_in_time(&mut self, attempt: usize, options: &browser::Options) -> Result<Session, WorkerError> {
        let is_elsewhere = matches!(self.shared.settings.driver, DriverSource::At(_));
        self.asking.send_replace(is_elsewhere);
        let opened = tokio::time::timeout(OPEN_LIMIT, self.window(attempt, options)).await;
        self.asking.send_replace(false);
        opened.map_err(|_| WorkerError::BrowserLate { limit: OPEN_LIMIT })?
    }

    /// A window that shares nothing with any before: in the browser that is kept, or, for another attempt, in a new one.
    async fn window(&mut self, attempt: usize, options: &browser::Options) -> Result<Session, WorkerError> {
        if attempt == 1
            && let (Some(driver), Some(browser)) = (&self.driver, &self.browser)
            && browser.suits(options)
            // One that ended between two scenarios is no scenario's fault.
            && let Ok(session) = browser.window(driver, options).await
        {
            return Ok(session);
        }
        if self.browser.is_some() {
            self.end_driver();
        }
        let (browser, session) = KeptBrowser::start(self.driver()?, options).await?;
        self.browser = browser;
        Ok(session)
    }

    /// A browser that came up before, here or for another worker, does not come up now: the scenario can't begin, but the next may.
    fn without_browser(&mut self, error: &WorkerError, started: Instant) -> (Outcome, Spent) {
        self.end_driver();
        let failure = Failure {
            message: error.to_string().into(),
            ..Failure::default()
        };
        let spent = Spent {
            starting: started.elapsed(),
            ..Spent::default()
        };
        (Outcome::Failed(failure), spent)
    }

    fn driver(&mut self) -> Result<&Driver, WorkerError> {
        if self.driver.is_none() {
            let driver = match &self.shared.settings.driver {
                DriverSource::Program(program) => Driver::start(program)?,
                DriverSource::At(url) => Driver::elsewhere(url)?,
            };
            self.pulse.drives(driver.pid());
            self.driver = Some(driver);
        }
        self.driver
            .as_ref()
            .ok_or_else(|| WorkerError::Broken("a driver was started and is not there".to_owned()))
    }

    fn end_driver(&mut self) {
        self.pulse.drives(None);
        self.browser = None;
        self.driver = None;
    }

    /// When the scenario's own clock stands still.
    fn moment(&self, scenario: &PlannedScenario) -> Option<Timestamp> {
        let handling = &scenario.handling;
        let zone = handling.time_zone.as_ref().map(ToString::to_string);
        let zone = zone.as_deref().unwrap_or(&self.shared.settings.browser.time_zone);
        handling.clock.as_ref().map(|clock| clock.in_zone(zone))
    }

    /// As the settings say, and before them the scenario's tags.
    fn browser_options(&self, scenario: &PlannedScenario) -> browser::Options {
        let mut options = self.shared.settings.browser.clone();
        let handling = &scenario.handling;
        if let Some(window) = handling.window {
            options.window = (window.width, window.height);
        }
        if let Some(scale) = handling.scale {
            options.scale = scale;
        }
        if let Some(locale) = &handling.locale {
            options.locale = locale.to_string();
        }
        if let Some(time_zone) = &handling.time_zone {
            options.time_zone = time_zone.to_string();
        }
        if let Some(moment) = self.moment(scenario) {
            options.frozen_at = Some(moment.as_millisecond());
        }
        options
    }

    async fn failure(
        &mut self,
        scenario: &PlannedScenario,
        folder: &Folder,
        portal: &Portal,
        world: &World,
        failed: Failed,
    ) -> Failure {
        let diagnosis = match &mut self.driver {
            Some(driver) => driver.diagnose(world.page.session_id(), failed.took).await,
            None => None,
        };
        let mut evidence = Vec::from_iter(evidence::journal(folder, &portal.journal));
        if diagnosis.is_none() {
            evidence.extend(evidence::gather(folder, world).await);
        } else {
            // It would not answer; the next scenario gets a new one.
            self.end_driver();
        }
        let message = match diagnosis {
            Some(trouble) => trouble.to_string(),
            None => failed.message,
        };
        Failure {
            step: failed.step,
            scene: failed.step.and_then(|step| scenario.scene_of(step)),
            message: message.into(),
            code: failed.code.map(Redacted::from),
            evidence,
        }
    }

    /// Ends the session; the pictures of a scenario that failed are drafts.
    async fn part(&mut self, turn: Turn, world: World, outcome: &Outcome) {
        let World { page, camera, .. } = world;
        if let Some(camera) = camera {
            let kept = match outcome {
                Outcome::Passed => &self.shared.shots,
                Outcome::Failed(_) | Outcome::Interrupted => &self.shared.drafts,
            };
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.push((turn.id, camera.into_shots()));
        }
        let closed = tokio::time::timeout(CLOSE_LIMIT, page.close()).await;
        // Nobody knows what a scenario that failed leaves its browser in.
        if !matches!(closed, Ok(Ok(()))) || (self.browser.is_some() && *outcome != Outcome::Passed) {
            self.end_driver();
        }
    }
}
