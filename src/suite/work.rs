//! Workers: each is a thread with a runtime, a driver and one scenario at a time.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::event::{Event, Failure, Outcome, ScenarioId, Spent};
use super::interrupt::Interrupt;
use super::plan::{Plan, PlannedScenario};
use super::play;
use crate::browser::{self, BrowserError, Driver, Page, Session};
use crate::secrets::Secrets;
use crate::tutorial::camera::{Camera, Shot};
use crate::world::World;

/// A browser that is ill may not even end: it is not waited for longer than this.
const CLOSE_LIMIT: Duration = Duration::from_secs(5);

/// How scenarios are played.
#[derive(Clone)]
pub struct Settings {
    /// The driver's program.
    pub driver: PathBuf,
    /// How the browser is set up.
    pub browser: browser::Options,
    /// The portal that is played on.
    pub portal: PortalSource,
    /// What may be typed but never told.
    pub secrets: Secrets,
    /// How many scenarios are played at a time.
    pub workers: usize,
    /// How long a step waits for its target.
    pub wait: Duration,
    /// How long a step may take in all.
    pub step_limit: Duration,
    /// Where evidence of failures goes.
    pub reports: PathBuf,
}

/// Where the portal is.
#[derive(Clone)]
pub enum PortalSource {
    /// Each scenario gets a mock portal of its own.
    Mock(mock_portal::Settings),
    /// All scenarios share the portal at this address.
    At(String),
}

/// A worker could not do its work at all.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// Its runtime could not be made.
    #[error("no worker could be started: {0}")]
    Runtime(#[from] std::io::Error),
    /// Driver or browser could not be started.
    #[error(transparent)]
    Browser(#[from] BrowserError),
    /// The mock portal could not be started.
    #[error(transparent)]
    Portal(#[from] mock_portal::StartError),
    /// A worker broke down.
    #[error("a worker broke down: that is a fault of the kit")]
    Broken,
}

/// The pictures of the scenarios that passed.
pub type Shots = Vec<(ScenarioId, Vec<Shot>)>;

/// A run that is under way.
#[derive(Debug)]
pub struct Run {
    /// What happens; ends when all is played.
    pub events: Receiver<Event>,
    workers: Vec<thread::JoinHandle<Result<(), WorkerError>>>,
    shots: Arc<Mutex<Shots>>,
}

impl Run {
    /// Waits for the workers, and hands over the pictures of the scenarios that passed.
    ///
    /// # Errors
    /// [`WorkerError`] of the first worker that could not work.
    pub fn finish(self) -> Result<Shots, WorkerError> {
        drop(self.events);
        for worker in self.workers {
            worker.join().map_err(|_| WorkerError::Broken)??;
        }
        let mut shots = self.shots.lock().unwrap_or_else(PoisonError::into_inner);
        shots.sort_by_key(|(id, _)| *id);
        Ok(std::mem::take(&mut *shots))
    }
}

/// Plays a plan.
#[must_use]
pub fn run(plan: &Arc<Plan>, settings: &Settings, interrupt: &Interrupt) -> Run {
    let (sender, events) = channel();
    let next = Arc::new(AtomicUsize::new(0));
    let shots = Arc::default();
    let workers = (0..settings.workers.min(plan.scenarios.len()))
        .map(|_| {
            let worker = Worker {
                plan: Arc::clone(plan),
                settings: settings.clone(),
                interrupt: interrupt.clone(),
                next: Arc::clone(&next),
                events: sender.clone(),
                shots: Arc::clone(&shots),
                driver: None,
            };
            thread::spawn(move || worker.work())
        })
        .collect();
    Run { events, workers, shots }
}

struct Worker {
    plan: Arc<Plan>,
    settings: Settings,
    interrupt: Interrupt,
    next: Arc<AtomicUsize>,
    events: Sender<Event>,
    shots: Arc<Mutex<Shots>>,
    driver: Option<Driver>,
}

impl Worker {
    fn work(mut self) -> Result<(), WorkerError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            while self.interrupt.signal().is_none() {
                let id = self.next.fetch_add(1, Ordering::Relaxed);
                let plan = Arc::clone(&self.plan);
                let Some(scenario) = plan.scenarios.get(id) else { break };
                self.take_up(id, scenario).await?;
            }
            Ok(())
        })
    }

    async fn take_up(&mut self, id: ScenarioId, scenario: &PlannedScenario) -> Result<(), WorkerError> {
        self.tell(Event::ScenarioStarted { id });
        let mut interrupt = self.interrupt.clone();
        let started = Instant::now();
        let (outcome, spent) = tokio::select! {
            played = self.play(id, scenario) => played?,
            () = interrupt.come() => {
                // A command may be under way that nobody waits for any more.
                self.driver = None;
                (Outcome::Interrupted, Spent { steps: started.elapsed(), ..Spent::default() })
            }
        };
        self.tell(Event::ScenarioFinished { id, outcome, spent });
        Ok(())
    }

    async fn play(&mut self, id: ScenarioId, scenario: &PlannedScenario) -> Result<(Outcome, Spent), WorkerError> {
        let started = Instant::now();
        let (portal, base_url, control) = match &self.settings.portal {
            PortalSource::At(url) => (None, url.trim_end_matches('/').to_owned(), None),
            PortalSource::Mock(settings) => {
                let (router, control) = mock_portal::steered(settings.clone())?;
                let portal = mock_portal::serve(router, ([127, 0, 0, 1], 0).into()).await?;
                let url = portal.url().to_owned();
                (Some(portal), url, Some(control))
            }
        };
        let mut world = self.world(scenario, base_url).await?;
        world.control = control;
        let mut spent = Spent {
            starting: started.elapsed(),
            ..Spent::default()
        };
        let result = play::play(id, scenario, &mut world, &self.settings, &self.events).await;
        spent.pictures = world.camera.as_ref().map_or(Duration::ZERO, Camera::spent);
        spent.steps = started.elapsed().saturating_sub(spent.total());
        let outcome = match result {
            Ok(()) => Outcome::Passed,
            Err(failed) => Outcome::Failed(self.failure(scenario, &world, failed).await),
        };
        self.part(id, world, &outcome).await;
        if let Some(portal) = portal {
            portal.stop().await;
        }
        spent.ending = started.elapsed().saturating_sub(spent.total());
        Ok((outcome, spent))
    }

    async fn world(&mut self, scenario: &PlannedScenario, base_url: String) -> Result<World, BrowserError> {
        let driver = match &mut self.driver {
            Some(driver) => driver,
            none => none.insert(Driver::start(&self.settings.driver)?),
        };
        let session = Session::open(driver, &self.settings.browser).await?;
        let secrets = self.settings.secrets.clone();
        let camera = scenario.is_tutorial().then(|| Camera::new(secrets.values()));
        Ok(World {
            page: Page::new(session, self.settings.wait),
            base_url,
            control: None,
            secrets,
            camera,
        })
    }

    async fn failure(&mut self, scenario: &PlannedScenario, world: &World, failed: play::Failed) -> Failure {
        let limit = self.settings.step_limit;
        let diagnosis = match &mut self.driver {
            Some(driver) => driver.diagnose(world.page.session_id(), limit).await,
            None => None,
        };
        let evidence = if diagnosis.is_none() {
            super::evidence::gather(&self.settings.reports, scenario, world).await
        } else {
            // It would not answer; the next scenario gets a new one.
            self.driver = None;
            Vec::new()
        };
        let message = match diagnosis {
            Some(trouble) => trouble.to_string(),
            None => failed.message,
        };
        Failure {
            step: failed.step,
            scene: failed.step.and_then(|step| scenario.scene_of(step)),
            message: self.settings.secrets.scrub(&message),
            evidence,
        }
    }

    /// Ends the session; the pictures of a scenario that failed are not kept.
    async fn part(&mut self, id: ScenarioId, world: World, outcome: &Outcome) {
        let World { page, camera, .. } = world;
        if let (Outcome::Passed, Some(camera)) = (outcome, camera) {
            let mut shots = self.shots.lock().unwrap_or_else(PoisonError::into_inner);
            shots.push((id, camera.into_shots()));
        }
        let closed = tokio::time::timeout(CLOSE_LIMIT, page.close()).await;
        if !matches!(closed, Ok(Ok(()))) {
            self.driver = None;
        }
    }

    fn tell(&self, event: Event) {
        // Nobody may be listening any more.
        let _ = self.events.send(event);
    }
}
