//! Runs a plan: starts workers, and replaces one whose thread is blocked.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::error::WorkerError;
use super::interrupt::Interrupt;
use super::panics;
use super::queue::Queue;
use super::settings::RunnerSettings;
use super::watchdog::{GRACE, Watchdog};
use super::worker::{SceneScreenshots, Shared, Worker};
use crate::redact::Redacted;
use crate::suite::plan::Plan;
use crate::suite::record::event::Event;

/// A run that is under way.
#[derive(Debug)]
pub(crate) struct Run {
    /// What happens; ends when all is played.
    pub(crate) events: Receiver<Event>,
    supervisor: thread::JoinHandle<Result<(), WorkerError>>,
    shots: Arc<Mutex<SceneScreenshots>>,
    drafts: Arc<Mutex<SceneScreenshots>>,
}

/// What is left of a run when all is played.
#[derive(Debug, Default)]
pub(crate) struct Finished {
    /// Pictures of tutorials that passed.
    pub(crate) shots: SceneScreenshots,
    /// Pictures of tutorials that failed, of the scenes before the failure.
    pub(crate) drafts: SceneScreenshots,
    /// Panics that no scenario answers for.
    pub(crate) unattributed_panics: Vec<Redacted>,
}

impl Run {
    /// Waits for the workers.
    ///
    /// # Errors
    /// [`WorkerError`] of the first worker that could not work.
    pub(crate) fn finish(self) -> Result<Finished, WorkerError> {
        drop(self.events);
        let supervised = self.supervisor.join();
        let unattributed_panics: Vec<_> = panics::unattributed()
            .iter()
            .map(|caught| Redacted::from(caught.to_string()))
            .collect();
        supervised.map_err(|_| {
            WorkerError::Crashed(
                unattributed_panics
                    .iter()
                    .map(|one| &**one)
                    .collect::<Vec<_>>()
                    .join("; "),
            )
        })??;
        let in_order = |shots: &Mutex<SceneScreenshots>| {
            let mut shots = std::mem::take(&mut *shots.lock().unwrap_or_else(PoisonError::into_inner));
            shots.sort_by_key(|(id, _)| *id);
            shots
        };
        Ok(Finished {
            shots: in_order(&self.shots),
            drafts: in_order(&self.drafts),
            unattributed_panics,
        })
    }
}

/// Plays a plan.
#[must_use]
pub(crate) fn run(plan: &Arc<Plan>, settings: &RunnerSettings, interrupt: &Interrupt) -> Run {
    panics::install_hook();
    let (events, heard) = channel();
    let (shots, drafts) = (
        Arc::<Mutex<SceneScreenshots>>::default(),
        Arc::<Mutex<SceneScreenshots>>::default(),
    );
    let mut supervisor = Supervisor {
        shared: Shared {
            plan: Arc::clone(plan),
            settings: settings.clone(),
            interrupt: interrupt.clone(),
            queue: Arc::new(Queue::new(plan, settings.retry_policy)),
            shots: Arc::clone(&shots),
            drafts: Arc::clone(&drafts),
            has_played: Arc::default(),
        },
        events,
        watchdogs: Vec::new(),
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
    watchdogs: Vec<Watchdog>,
}

impl Supervisor {
    fn supervise(&mut self) -> Result<(), WorkerError> {
        let (ended, endings) = channel();
        let mut working = self.shared.settings.workers.min(self.shared.plan.scenarios.len());
        for index in 0..working {
            let watchdog = self.start(index, &ended);
            self.watchdogs.push(watchdog);
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

    fn start(&self, index: usize, ended: &Sender<Result<(), WorkerError>>) -> Watchdog {
        let watchdog = Watchdog::new(self.events.clone());
        let worker = Worker::new(index, self.shared.clone(), watchdog.clone());
        let (watchdog_of_worker, ended) = (watchdog.clone(), ended.clone());
        thread::spawn(move || {
            let panics = panics::Panics::default();
            let work = std::panic::AssertUnwindSafe(|| worker.work(&panics));
            let result = std::panic::catch_unwind(work).unwrap_or_else(|_| {
                let message: Vec<_> = panics.take().iter().map(ToString::to_string).collect();
                Err(WorkerError::Crashed(message.join("; ")))
            });
            if watchdog_of_worker.is_active() {
                // The supervisor waits for exactly this.
                let _ = ended.send(result);
            }
        });
        watchdog
    }

    fn replace_blocked(&mut self, ended: &Sender<Result<(), WorkerError>>) {
        for index in 0..self.watchdogs.len() {
            let Some(attempt) = self.watchdogs[index].fail_if_overdue() else {
                continue;
            };
            self.shared
                .queue
                .done(attempt, &self.shared.plan.scenarios[attempt.scenario], true);
            self.watchdogs[index] = self.start(index, ended);
        }
    }
}
