//! A worker: a thread with a driver, one scenario at a time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::attempt::{self, Failed};
use super::error::WorkerError;
use super::evidence::{self, Folder};
use super::interrupt::Interrupt;
use super::panics::Panics;
use super::portal::ScenarioPortal;
use super::queue::{Queue, Turn};
use super::settings::{Limits, Settings};
use super::trace::Trace;
use super::watchdog::{Pulse, Teller};
use super::worker_browser::WorkerBrowser;
use crate::attachments::Attachments;
use crate::browser::Page;
use crate::redact::Redacted;
use crate::suite::plan::{Plan, PlannedScenario};
use crate::suite::record::event::{Failure, Happening, Outcome, ScenarioId, Spent};
use crate::tutorial::camera::{Camera, Shot};
use crate::world::World;

/// A browser that is ill may not even end: it is not waited for longer than this.
const CLOSE_LIMIT: Duration = Duration::from_secs(5);

/// The pictures of scenarios.
pub type Shots = Vec<(ScenarioId, Vec<Shot>)>;

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
    browser: WorkerBrowser,
}

impl Worker {
    pub fn new(index: usize, shared: Shared, pulse: Pulse) -> Self {
        let browser = WorkerBrowser::new(shared.settings.driver.clone(), pulse.clone());
        Self {
            index,
            shared,
            pulse,
            browser,
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
        let mut opening = self.browser.opening_elsewhere();
        let interrupted = async {
            interrupt.come().await;
            // Neither a session that does not come nor a sender that is gone is waited for.
            let _ = tokio::time::timeout(CLOSE_LIMIT, opening.wait_for(|opening| !opening)).await;
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
        self.browser.end();
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
        let settings = &self.shared.settings;
        let portal = ScenarioPortal::start(&settings.portal, settings.frozen_clock(scenario)).await?;
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
        let result = attempt::play(scenario, &mut world, limits, panics, &mut trace, &folder, teller).await;
        spent.pictures = world.camera.as_ref().map_or(Duration::ZERO, Camera::spent);
        spent.steps = started.elapsed().saturating_sub(spent.total());
        let mut outcome = match result {
            Ok(()) => Outcome::Passed,
            Err(failed) => Outcome::Failed(self.failure(scenario, &folder, &portal, &world, failed).await),
        };
        self.part(turn, world, &outcome).await;
        portal.stop().await;
        drop(playing);
        let late = panics.take();
        if outcome == Outcome::Passed && !late.is_empty() {
            let (message, code) = attempt::beside(&late);
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

    async fn world(
        &mut self,
        scenario: &PlannedScenario,
        attempt: usize,
        portal: &ScenarioPortal,
    ) -> Result<World, WorkerError> {
        let options = self.shared.settings.browser_options(scenario);
        let session = self.browser.window(attempt, &options).await?;
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

    /// A browser that came up before, here or for another worker, does not come up now: the scenario can't begin, but the next may.
    fn without_browser(&mut self, error: &WorkerError, started: Instant) -> (Outcome, Spent) {
        self.browser.end();
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

    async fn failure(
        &mut self,
        scenario: &PlannedScenario,
        folder: &Folder,
        portal: &ScenarioPortal,
        world: &World,
        failed: Failed,
    ) -> Failure {
        let diagnosis = self.browser.diagnose(world.page.session_id(), failed.took).await;
        let mut evidence = Vec::from_iter(evidence::journal(folder, &portal.journal));
        if diagnosis.is_none() {
            evidence.extend(evidence::gather(folder, world).await);
        } else {
            // It would not answer; the next scenario gets a new one.
            self.browser.end();
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
        if !matches!(closed, Ok(Ok(()))) || (self.browser.is_kept() && *outcome != Outcome::Passed) {
            self.browser.end();
        }
    }
}
