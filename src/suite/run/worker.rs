//! A worker: a thread with a driver, one scenario at a time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::attempt::{self, StepFailure};
use super::error::WorkerError;
use super::evidence::{self, ArtifactFolder};
use super::interrupt::Interrupt;
use super::panics::Panics;
use super::portal::ScenarioPortal;
use super::queue::{AttemptId, Queue};
use super::settings::{Limits, RunnerSettings};
use super::trace::Trace;
use super::watchdog::{EventSender, Watchdog};
use super::worker_browser::WorkerBrowser;
use crate::attachments::Attachments;
use crate::browser::{COMING_LIMIT, Page};
use crate::redact::Redacted;
use crate::suite::plan::{Plan, PlannedScenario};
use crate::suite::record::event::{AttemptFailure, AttemptOutcome, EventKind, PhaseDurations, ScenarioId};
use crate::tutorial::camera::{Camera, Shot};
use crate::world::World;

/// A hung browser may not even close.
const CLOSE_LIMIT: Duration = Duration::from_secs(5);

/// Screenshots of scenes, by scenario.
pub(crate) type SceneScreenshots = Vec<(ScenarioId, Vec<Shot>)>;

/// What all workers of a run have in common.
#[derive(Clone)]
pub(super) struct Shared {
    pub(crate) plan: Arc<Plan>,
    pub(crate) settings: RunnerSettings,
    pub(crate) interrupt: Interrupt,
    pub(crate) queue: Arc<Queue>,
    pub(crate) shots: Arc<Mutex<SceneScreenshots>>,
    /// Pictures of tutorials that failed.
    pub(crate) drafts: Arc<Mutex<SceneScreenshots>>,
    /// Whether a browser has come up: one that never does is no scenario's fault.
    pub(crate) has_played: Arc<AtomicBool>,
}

pub(super) struct Worker {
    index: usize,
    shared: Shared,
    watchdog: Watchdog,
    browser: WorkerBrowser,
}

impl Worker {
    pub(crate) fn new(index: usize, shared: Shared, watchdog: Watchdog) -> Self {
        let browser = WorkerBrowser::new(shared.settings.driver.clone(), watchdog.clone());
        Self {
            index,
            shared,
            watchdog,
            browser,
        }
    }

    /// Runs attempts until the queue is empty.
    pub(crate) fn work(mut self, panics: &Panics) -> Result<(), WorkerError> {
        panics.own_this_thread();
        while let Some(attempt) = self.shared.queue.next() {
            let plan = Arc::clone(&self.shared.plan);
            let scenario = &plan.scenarios[attempt.scenario];
            let outcome = self.with_runtime(panics, attempt, scenario);
            if self.shared.interrupt.signal().is_some() || outcome.is_err() {
                self.shared.queue.close();
            }
            if !self.watchdog.is_active() {
                // The watchdog has ended this attempt.
                return Ok(());
            }
            let failed = matches!(outcome, Ok(AttemptOutcome::Failed(_)));
            self.shared.queue.done(attempt, scenario, failed);
            outcome?;
        }
        Ok(())
    }

    /// Each scenario has a runtime of its own: no task of one reaches into the next.
    fn with_runtime(
        &mut self,
        panics: &Panics,
        attempt: AttemptId,
        scenario: &PlannedScenario,
    ) -> Result<AttemptOutcome, WorkerError> {
        let owner = panics.clone();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .on_thread_start(move || owner.own_this_thread())
            .build()?;
        let outcome = runtime.block_on(self.run_attempt(attempt, scenario, panics));
        // A blocking task that never ends is not waited for.
        runtime.shutdown_background();
        outcome
    }

    async fn run_attempt(
        &mut self,
        attempt: AttemptId,
        scenario: &PlannedScenario,
        panics: &Panics,
    ) -> Result<AttemptOutcome, WorkerError> {
        let limits = self.shared.settings.limits.for_scenario(scenario);
        let sender = EventSender {
            id: attempt.scenario,
            watchdog: self.watchdog.clone(),
            step_limit: limits.step,
        };
        sender.begin(attempt, self.index);
        let mut interrupt = self.shared.interrupt.clone();
        let mut opening = self.browser.opening_elsewhere();
        let interrupted = async {
            interrupt.wait().await;
            // Neither a session that does not come nor a sender that is gone is waited for.
            let _ = tokio::time::timeout(COMING_LIMIT, opening.wait_for(|opening| !opening)).await;
        };
        let started = Instant::now();
        let (outcome, durations) = tokio::select! {
            played = self.run_scenario(attempt, scenario, &limits, panics, &sender) => match played {
                // What goes wrong while it is being ended is of no interest.
                Err(_) if self.shared.interrupt.signal().is_some() => self.interrupted(started),
                played => played?,
            },
            () = interrupted => self.interrupted(started),
        };
        sender.send(EventKind::Finished {
            outcome: outcome.clone(),
            durations,
        });
        Ok(outcome)
    }

    /// A command may still be running.
    fn interrupted(&mut self, started: Instant) -> (AttemptOutcome, PhaseDurations) {
        self.browser.end();
        let steps = started.elapsed();
        (
            AttemptOutcome::Interrupted,
            PhaseDurations {
                steps,
                ..PhaseDurations::default()
            },
        )
    }

    async fn run_scenario(
        &mut self,
        attempt: AttemptId,
        scenario: &PlannedScenario,
        limits: &Limits,
        panics: &Panics,
        sender: &EventSender,
    ) -> Result<(AttemptOutcome, PhaseDurations), WorkerError> {
        let started = Instant::now();
        let running = panics.scenario_starts(scenario.place_of(None), &self.watchdog);
        let settings = &self.shared.settings;
        let portal = ScenarioPortal::start(&settings.portal, settings.frozen_clock(scenario)).await?;
        let mut world = match self.world(scenario, attempt.number, &portal).await {
            Ok(world) => world,
            Err(error) if self.shared.has_played.load(Ordering::Acquire) => {
                return Ok(self.browser_failure(&error, started));
            }
            Err(error) => return Err(error),
        };
        self.shared.has_played.store(true, Ordering::Release);
        if let Some(browser) = world.page.browser_started() {
            sender.send(EventKind::BrowserStarted { browser });
        }
        let mut durations = PhaseDurations {
            starting: started.elapsed(),
            ..PhaseDurations::default()
        };
        let mut trace = Trace::new(self.shared.settings.tracing, attempt.number);
        let folder = ArtifactFolder::for_attempt(&self.shared.settings.reports, scenario, attempt.number);
        let result = attempt::run_steps(scenario, &mut world, limits, panics, &mut trace, &folder, sender).await;
        durations.pictures = world.camera.as_ref().map_or(Duration::ZERO, Camera::spent);
        durations.steps = started.elapsed().saturating_sub(durations.total());
        let mut outcome = match result {
            Ok(()) => AttemptOutcome::Passed,
            Err(failed) => AttemptOutcome::Failed(self.failure(scenario, &folder, &portal, &world, failed).await),
        };
        self.finish_session(attempt, world, &outcome).await;
        portal.stop().await;
        drop(running);
        let late = panics.take();
        if outcome == AttemptOutcome::Passed && !late.is_empty() {
            let (message, code) = attempt::background_panics(&late);
            outcome = AttemptOutcome::Failed(AttemptFailure {
                message: message.into(),
                code: code.map(Redacted::from),
                ..AttemptFailure::default()
            });
        }
        if let AttemptOutcome::Failed(failure) = &mut outcome {
            failure.evidence.extend(trace.keep(&folder));
            if let Some(lost) = folder.lost() {
                let message = format!("{}\nevidence is missing: {lost}", failure.message);
                failure.message = message.into();
            }
        }
        durations.ending = started.elapsed().saturating_sub(durations.total());
        Ok((outcome, durations))
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
            .then(|| Camera::new(secrets.values(), scenario.options.allowed.clone()));
        Ok(World {
            page: Page::new(session, self.shared.settings.limits.wait).with_files_in(folder),
            base_url: portal.url.clone(),
            control: portal.control(),
            secrets,
            camera,
            attachments: Attachments::default(),
        })
    }

    /// A browser that came up before, here or for another worker, does not come up now: the scenario can't begin, but the next may.
    fn browser_failure(&mut self, error: &WorkerError, started: Instant) -> (AttemptOutcome, PhaseDurations) {
        self.browser.end();
        let failure = AttemptFailure {
            message: error.to_string().into(),
            ..AttemptFailure::default()
        };
        let durations = PhaseDurations {
            starting: started.elapsed(),
            ..PhaseDurations::default()
        };
        (AttemptOutcome::Failed(failure), durations)
    }

    async fn failure(
        &mut self,
        scenario: &PlannedScenario,
        folder: &ArtifactFolder,
        portal: &ScenarioPortal,
        world: &World,
        failed: StepFailure,
    ) -> AttemptFailure {
        let diagnosis = self.browser.diagnose(world.page.session_id(), failed.took).await;
        let mut evidence = Vec::from_iter(evidence::request_log(folder, portal.requests()));
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
        AttemptFailure {
            step: failed.step,
            scene: failed.step.and_then(|step| scenario.scene_of(step)),
            message: message.into(),
            code: failed.code.map(Redacted::from),
            evidence,
        }
    }

    /// Closes the session; the screenshots of a failed scenario are drafts.
    async fn finish_session(&mut self, attempt: AttemptId, world: World, outcome: &AttemptOutcome) {
        let World { page, camera, .. } = world;
        if let Some(camera) = camera {
            let kept = match outcome {
                AttemptOutcome::Passed => &self.shared.shots,
                AttemptOutcome::Failed(_) | AttemptOutcome::Interrupted => &self.shared.drafts,
            };
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.push((attempt.scenario, camera.into_shots()));
        }
        let has_passed = *outcome == AttemptOutcome::Passed;
        let close = async {
            if !has_passed {
                page.release_inputs().await?;
            }
            page.close().await
        };
        let closed = tokio::time::timeout(CLOSE_LIMIT, close).await;
        // One that still closes a window serves the next scenario, which shares nothing with this one.
        if !matches!(closed, Ok(Ok(()))) {
            self.browser.end();
        }
    }
}
