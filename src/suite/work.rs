//! Plays a plan: workers, and the one who looks after them.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::event::{Event, ScenarioId};
use super::interrupt::Interrupt;
use super::panics;
use super::plan::{Plan, PlannedScenario};
use super::pulse::{GRACE, Pulse};
use super::queue::{Patience, Queue};
use super::trace::Tracing;
use super::worker::{Shared, Worker};
use crate::browser::{self, BrowserError};
use crate::redact::Redacted;
use crate::secrets::Secrets;
use crate::tutorial::camera::Shot;

/// How scenarios are played.
#[derive(Clone)]
pub struct Settings {
    /// Where the driver is.
    pub driver: DriverSource,
    /// How the browser is set up.
    pub browser: browser::Options,
    /// The portal that is played on.
    pub portal: PortalSource,
    /// What may be typed but never told.
    pub secrets: Secrets,
    /// How many scenarios are played at a time.
    pub workers: usize,
    /// How long things may take; tags may widen this.
    pub limits: Limits,
    /// How often scenarios are tried.
    pub patience: Patience,
    /// When pictures are taken after every step.
    pub tracing: Tracing,
    /// Where evidence of failures goes.
    pub reports: PathBuf,
}

/// How long things may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Waiting for a step's target.
    pub wait: Duration,
    /// A step.
    pub step: Duration,
    /// All steps of a scenario.
    pub scenario: Duration,
    /// How long a person is given to watch before each step.
    pub slow_motion: Duration,
}

impl Limits {
    /// How long a page may take to arrive: as long as the step that it is opened in, but for the time to say that it did not.
    #[must_use]
    pub fn load(self) -> Duration {
        const MARGIN: Duration = Duration::from_secs(2);
        self.wait.max(self.step.saturating_sub(MARGIN.min(self.step / 5)))
    }

    /// As a scenario's tags say. Where a tag lets its steps take longer, so may the whole of it.
    #[must_use]
    pub fn of(self, scenario: &PlannedScenario) -> Self {
        let handling = &scenario.handling;
        let by_tag = handling.step_limit.unwrap_or_default();
        let whole = handling.scenario_limit.unwrap_or(self.scenario.max(by_tag));
        let steps = u32::try_from(scenario.steps.len()).unwrap_or(u32::MAX);
        Self {
            step: handling.step_limit.unwrap_or(self.step),
            // Being watched is not the scenario's own time.
            scenario: whole.saturating_add(self.slow_motion.saturating_mul(steps)),
            ..self
        }
    }
}

/// Where the driver is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DriverSource {
    /// Each worker starts this program.
    Program(PathBuf),
    /// All workers share the service at this address.
    At(String),
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
    /// The browser did not come up.
    #[error("no browser came up within {} s\nRun `docent doctor` to see whether browser and driver fit.", limit.as_secs())]
    BrowserLate {
        /// How long it was waited for.
        limit: Duration,
    },
    /// The mock portal could not be started.
    #[error(transparent)]
    Portal(#[from] mock_portal::StartError),
    /// A worker broke down.
    #[error("a worker broke down, which is a fault of the kit: {0}")]
    Broken(String),
}

impl WorkerError {
    /// Whether another try may go well: something ran and failed.
    pub(super) fn may_be_chance(&self) -> bool {
        match self {
            Self::Browser(error) => !matches!(
                error,
                BrowserError::DriverStart { .. } | BrowserError::DriverAddress { .. } | BrowserError::NoSession { .. }
            ),
            Self::BrowserLate { .. } => true,
            Self::Runtime(_) | Self::Portal(_) | Self::Broken(_) => false,
        }
    }
}

/// The pictures of scenarios.
pub type Shots = Vec<(ScenarioId, Vec<Shot>)>;

/// A run that is under way.
#[derive(Debug)]
pub struct Run {
    /// What happens; ends when all is played.
    pub events: Receiver<Event>,
    supervisor: thread::JoinHandle<Result<(), WorkerError>>,
    shots: Arc<Mutex<Shots>>,
    drafts: Arc<Mutex<Shots>>,
}

/// What is left of a run when all is played.
#[derive(Debug, Default)]
pub struct Finished {
    /// Pictures of tutorials that passed.
    pub shots: Shots,
    /// Pictures of tutorials that failed, of the scenes before the failure.
    pub drafts: Shots,
    /// Panics that no scenario answers for.
    pub stray: Vec<Redacted>,
}

impl Run {
    /// Waits for the workers.
    ///
    /// # Errors
    /// [`WorkerError`] of the first worker that could not work.
    pub fn finish(self) -> Result<Finished, WorkerError> {
        drop(self.events);
        let supervised = self.supervisor.join();
        let stray: Vec<_> = panics::stray()
            .iter()
            .map(|caught| Redacted::from(caught.to_string()))
            .collect();
        supervised
            .map_err(|_| WorkerError::Broken(stray.iter().map(|one| &**one).collect::<Vec<_>>().join("; ")))??;
        let in_order = |shots: &Mutex<Shots>| {
            let mut shots = std::mem::take(&mut *shots.lock().unwrap_or_else(PoisonError::into_inner));
            shots.sort_by_key(|(id, _)| *id);
            shots
        };
        Ok(Finished {
            shots: in_order(&self.shots),
            drafts: in_order(&self.drafts),
            stray,
        })
    }
}

/// Plays a plan.
#[must_use]
pub fn run(plan: &Arc<Plan>, settings: &Settings, interrupt: &Interrupt) -> Run {
    panics::listen();
    let (events, heard) = channel();
    let (shots, drafts) = (Arc::<Mutex<Shots>>::default(), Arc::<Mutex<Shots>>::default());
    let mut supervisor = Supervisor {
        shared: Shared {
            plan: Arc::clone(plan),
            settings: settings.clone(),
            interrupt: interrupt.clone(),
            queue: Arc::new(Queue::new(plan, settings.patience)),
            shots: Arc::clone(&shots),
            drafts: Arc::clone(&drafts),
            has_played: Arc::default(),
        },
        events,
        pulses: Vec::new(),
    };
    Run {
        events: heard,
        supervisor: thread::spawn(move || supervisor.supervise()),
        shots,
        drafts,
    }
}

/// Starts workers, and replaces one whose thread is blocked.
struct Supervisor {
    shared: Shared,
    events: Sender<Event>,
    /// One for each worker.
    pulses: Vec<Pulse>,
}

impl Supervisor {
    fn supervise(&mut self) -> Result<(), WorkerError> {
        let (ended, endings) = channel();
        let mut working = self.shared.settings.workers.min(self.shared.plan.scenarios.len());
        for index in 0..working {
            let pulse = self.start(index, &ended);
            self.pulses.push(pulse);
        }
        let mut result = Ok(());
        while working > 0 {
            // Whatever becomes overdue does so after this at the earliest.
            match endings.recv_timeout(self.shared.settings.limits.step + GRACE) {
                Ok(ending) => {
                    working -= 1;
                    result = result.and(ending);
                    if result.is_err() {
                        self.shared.queue.close();
                    }
                }
                Err(RecvTimeoutError::Timeout) => self.replace_blocked(&ended),
                // Cannot be: we hold a sender ourselves.
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        result
    }

    fn start(&self, index: usize, ended: &Sender<Result<(), WorkerError>>) -> Pulse {
        let pulse = Pulse::new(self.events.clone());
        let worker = Worker::new(index, self.shared.clone(), pulse.clone());
        let (pulse_of, ended) = (pulse.clone(), ended.clone());
        thread::spawn(move || {
            let panics = panics::Panics::default();
            let work = std::panic::AssertUnwindSafe(|| worker.work(&panics));
            let result = std::panic::catch_unwind(work).unwrap_or_else(|_| {
                let told: Vec<_> = panics.take().iter().map(ToString::to_string).collect();
                Err(WorkerError::Broken(told.join("; ")))
            });
            if pulse_of.counts() {
                // The supervisor waits for exactly this.
                let _ = ended.send(result);
            }
        });
        pulse
    }

    fn replace_blocked(&mut self, ended: &Sender<Result<(), WorkerError>>) {
        for index in 0..self.pulses.len() {
            let Some(turn) = self.pulses[index].give_up_if_overdue() else {
                continue;
            };
            self.shared.queue.done(turn, &self.shared.plan.scenarios[turn.id], true);
            self.pulses[index] = self.start(index, ended);
        }
    }
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
                limits.of(&plan.scenarios[0]).scenario,
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
        let of_scenario = limits.of(&plan.scenarios[0]);
        assert_eq!(of_scenario.scenario, Duration::from_secs(2 + 2 * 3));
    }
}
