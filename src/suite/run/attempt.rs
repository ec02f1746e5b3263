//! One attempt at a scenario: runs its steps under their timeouts.

use std::time::{Duration, Instant};

use super::evidence::{self, ArtifactFolder};
use super::panics::{CaughtPanic, Panics, catch};
use super::scene_navigation::{self, ScenePosition};
use super::settings::Limits;
use super::trace::Trace;
use super::watchdog::EventSender;
use crate::redact::Redacted;
use crate::suite::plan::{PlannedScenario, PlannedStep};
use crate::suite::record::event::EventKind;
use crate::world::World;

/// What a scenario that is late may take to find that out by itself.
const GRACE: Duration = Duration::from_secs(2);

/// A step failed.
#[derive(Debug)]
pub(super) struct StepFailure {
    /// Index of the step.
    pub(crate) step: Option<usize>,
    /// What happened.
    pub(crate) message: String,
    /// `file:line` of the code that says so.
    pub(crate) code: Option<String>,
    /// How long the step had taken.
    pub(crate) took: Duration,
}

/// Runs every step; stops at the first that fails.
pub(super) async fn run_steps(
    scenario: &PlannedScenario,
    world: &mut World,
    limits: &Limits,
    panics: &Panics,
    trace: &mut Trace,
    folder: &ArtifactFolder,
    sender: &EventSender,
) -> Result<(), StepFailure> {
    let started = Instant::now();
    let mut reached = 0;
    let mut began = started;
    let steps = async {
        for (index, step) in scenario.steps.iter().enumerate() {
            reached = index;
            began = Instant::now();
            let scene = scenario.scenes.iter().position(|scene| scene.opens == index);
            if let Some(scene) = scene {
                open_scene(scene, world, sender);
            }
            let position = ScenePosition {
                opens: scene.is_some(),
                closes: scenario.scenes.iter().any(|scene| scene.closes == index),
            };
            tokio::time::sleep(limits.slow_motion).await;
            let left = limits.scenario.saturating_sub(started.elapsed());
            if left.is_zero() {
                return Err(StepFailure {
                    step: Some(index),
                    message: "this step was not started".to_owned(),
                    code: None,
                    took: Duration::ZERO,
                });
            }
            // A page that waits longer than the scenario may could not be asked for evidence then.
            world.page.wait_for(limits.wait.min(left));
            world.page.load_for(limits.load().min(left));
            trace.before(world);
            sender.send(EventKind::StepStarted { step: index });
            let result = run_step(step, position, world, limits, panics).await;
            let kept = keep_attachments(index, world, folder, sender);
            combined(result, kept).map_err(|(message, code)| {
                sender.send(EventKind::StepFailed { step: index });
                let step = Some(index);
                StepFailure {
                    step,
                    message,
                    code,
                    took: Duration::ZERO,
                }
            })?;
            let remark = world.page.take_remark().map(Redacted::from);
            sender.send(EventKind::StepPassed { step: index, remark });
            trace.after(index, world).await;
        }
        Ok(())
    };
    let ended = tokio::time::timeout(limits.scenario + GRACE, steps).await;
    let is_late = started.elapsed() >= limits.scenario;
    let failed = match ended {
        Ok(Ok(())) if !is_late => return Ok(()),
        Ok(Ok(())) => StepFailure {
            step: None,
            message: "all its steps passed".to_owned(),
            code: None,
            took: Duration::ZERO,
        },
        Ok(Err(failed)) => failed,
        Err(_) => {
            let kept = keep_attachments(reached, world, folder, sender);
            sender.send(EventKind::StepFailed { step: reached });
            StepFailure {
                step: Some(reached),
                message: kept.err().unwrap_or_default(),
                code: None,
                took: Duration::ZERO,
            }
        }
    };
    trace.failed(reached, world);
    let failed = StepFailure {
        took: began.elapsed(),
        ..failed
    };
    Err(if is_late { timed_out(failed, limits) } else { failed })
}

/// What can't be kept of what a step attached is a failure of the step: reports without it would say less than the step did.
fn keep_attachments(
    step: usize,
    world: &mut World,
    folder: &ArtifactFolder,
    sender: &EventSender,
) -> Result<(), String> {
    let attached = world.attachments.take();
    evidence::keep_attachments(step, attached, folder, sender)
        .map_err(|error| format!("what the step attached is not in the reports: {error}"))
}

fn combined(
    played: Result<(), (String, Option<String>)>,
    kept: Result<(), String>,
) -> Result<(), (String, Option<String>)> {
    match (played, kept) {
        (played, Ok(())) => played,
        (Ok(()), Err(lost)) => Err((lost, None)),
        (Err((message, code)), Err(lost)) => Err((format!("{message}\n{lost}"), code)),
    }
}

fn timed_out(failed: StepFailure, limits: &Limits) -> StepFailure {
    let message = format!(
        "the scenario did not end within {} s\n  if it needs longer, tag it @scenario-timeout:5m\n{}",
        limits.scenario.as_secs_f32(),
        failed.message
    );
    StepFailure { message, ..failed }
}

fn open_scene(scene: usize, world: &mut World, sender: &EventSender) {
    if let Some(camera) = &mut world.camera {
        camera.open_scene(scene);
        sender.send(EventKind::SceneStarted { scene });
    }
}

/// Runs a step under its timeout; panics of background tasks fail it, too.
async fn run_step(
    step: &PlannedStep,
    position: ScenePosition,
    world: &mut World,
    limits: &Limits,
    panics: &Panics,
) -> Result<(), (String, Option<String>)> {
    let acting = catch(scene_navigation::act(step, position, world));
    let acted = tokio::time::timeout(limits.step, acting).await;
    let mut caught = panics.take();
    let (message, code) = match acted {
        Ok(Some(Ok(()))) if caught.is_empty() => return Ok(()),
        Ok(Some(Ok(()))) => return Err(background_panics(&caught)),
        Ok(Some(Err(unproven))) => (unproven, None),
        Ok(None) => {
            let own = caught.pop();
            own.map_or_else(Default::default, |own| (own.message, Some(own.place)))
        }
        Err(_) => {
            let late = format!(
                "the step did not end within {} s\n  if it needs longer, tag the scenario @timeout:30s",
                limits.step.as_secs_f32()
            );
            (late, None)
        }
    };
    if caught.is_empty() {
        return Err((message, code));
    }
    let (more, place) = background_panics(&caught);
    Err((format!("{message}\n{more}"), code.or(place)))
}

/// What panicked in the background.
pub(super) fn background_panics(caught: &[CaughtPanic]) -> (String, Option<String>) {
    let text: Vec<_> = caught
        .iter()
        .map(|caught| format!("a task in the background panicked: {}", caught.message))
        .collect();
    (text.join("\n"), caught.first().map(|caught| caught.place.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_fails_by_what_can_not_be_kept_and_says_so_beside_its_own_failure() {
        let lost = || Err("no room".to_owned());
        let failed = || Err(("no link".to_owned(), Some("a.rs:1".to_owned())));
        assert_eq!(combined(Ok(()), Ok(())), Ok(()));
        assert_eq!(combined(Ok(()), lost()), Err(("no room".to_owned(), None)));
        assert_eq!(combined(failed(), Ok(())), failed());
        let said = "no link\nno room".to_owned();
        assert_eq!(combined(failed(), lost()), Err((said, Some("a.rs:1".to_owned()))));
    }
}
