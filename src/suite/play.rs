//! Plays the steps of one scenario.

use std::sync::mpsc::Sender;

use super::event::{Event, ScenarioId};
use super::panics::{Caught, catch};
use super::plan::{PlannedScenario, PlannedStep};
use super::work::Settings;
use crate::world::World;

/// A step failed.
#[derive(Debug)]
pub(super) struct Failed {
    /// Index of the step.
    pub step: Option<usize>,
    /// What happened.
    pub message: String,
}

/// Plays every step; stops at the first that fails.
pub(super) async fn play(
    id: ScenarioId,
    scenario: &PlannedScenario,
    world: &mut World,
    settings: &Settings,
    events: &Sender<Event>,
) -> Result<(), Failed> {
    for (index, step) in scenario.steps.iter().enumerate() {
        let scene = scenario.scenes.iter().position(|scene| scene.opens == index);
        if let (Some(scene), Some(camera)) = (scene, &mut world.camera) {
            camera.open_scene(scene);
            // Nobody may be listening any more; that is no reason to stop.
            let _ = events.send(Event::SceneStarted { id, scene });
        }
        let closes = scenario.scenes.iter().any(|scene| scene.closes == index);
        let played = tokio::time::timeout(settings.step_limit, catch(play_step(step, closes, world))).await;
        let message = match played {
            Ok(Ok(Ok(()))) => {
                let _ = events.send(Event::StepPassed { id, step: index });
                continue;
            }
            Ok(Ok(Err(unproven))) => unproven,
            Ok(Err(caught)) => told(&caught),
            Err(_) => format!("the step did not end within {} s", settings.step_limit.as_secs_f32()),
        };
        return Err(Failed {
            step: Some(index),
            message,
        });
    }
    Ok(())
}

async fn play_step(step: &PlannedStep, closes_scene: bool, world: &mut World) -> Result<(), String> {
    if let Some(camera) = &mut world.camera {
        camera.turn(!step.off_camera);
    }
    step.act(world).await;
    if closes_scene {
        world.close_scene().await.map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Steps say what is the matter; a panic of another kind is a fault of the kit and told with its place.
fn told(caught: &Caught) -> String {
    match &caught.place {
        Some(place) if !place.starts_with("src/steps/") => {
            format!("{}\n  (a fault of the kit, at {place})", caught.message)
        }
        _ => caught.message.clone(),
    }
}
