//! Steps that leave the page in the middle of a scene: its picture must not show the page after it (decision 0010).
//!
//! Which steps click and which open a page is known beforehand, and the plan refuses them where they would be wrong. Any
//! other step, above all a key, may or may not leave the page; so the page is compared before and after each.

use crate::browser::{PageError, PageIdentity};
use crate::steps::Effect;
use crate::suite::plan::PlannedStep;
use crate::tutorial::camera::{Camera, Shot};
use crate::world::World;

/// Where a step stands in its scene.
#[derive(Debug, Clone, Copy)]
pub(super) struct ScenePosition {
    /// It is the first.
    pub(crate) opens: bool,
    /// It is the last that is shown.
    pub(crate) closes: bool,
}

/// A step has left the page that its scene shows.
#[derive(Debug, thiserror::Error)]
enum NavigationError {
    /// Something is shown after it.
    #[error(
        "this key left the page that the scene shows ({from}) for {to}, and the scene goes on\n  \
         let the scene end with it: give the next step a doc string to begin a new scene, or write \"off camera, \" before \
         the steps that follow; the screenshot is then taken before the key is pressed"
    )]
    ByKey { from: String, to: String },
    /// The picture that shows what it did would show another page.
    #[error(
        "this step left the page that the scene shows ({from}) for {to}, which its screenshot would show\n  \
         write \"off camera, \" before it and before the steps that follow in the scene, or give it a doc string of its own"
    )]
    ByStep { from: String, to: String },
    /// The picture could not be taken before the key was pressed.
    #[error("this key left the page that the scene shows, whose screenshot could not be taken before\n{0}")]
    Unshot(PageError),
    /// The page can't be asked.
    #[error(transparent)]
    Page(#[from] PageError),
}

/// Does what a step does, and takes its scene's picture if it is the last one shown.
pub(super) async fn act(step: &PlannedStep, position: ScenePosition, world: &mut World) -> Result<(), String> {
    if let Some(camera) = &mut world.camera {
        camera.turn(!step.wording.off_camera);
    }
    // A scene of one step that is no key shows what that step leads to, or was about to lead to.
    let whole_scene = position.opens && position.closes && step.effect() != Effect::Presses;
    if whole_scene || !is_open(world) {
        step.act(world).await;
    } else {
        watched(step, position, world)
            .await
            .map_err(|error| error.to_string())?;
    }
    if position.closes {
        world.close_scene().await.map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn is_open(world: &World) -> bool {
    world.camera.as_ref().is_some_and(Camera::is_open)
}

async fn watched(step: &PlannedStep, position: ScenePosition, world: &mut World) -> Result<(), NavigationError> {
    let presses = step.effect() == Effect::Presses;
    let before = world.page.identity().await?;
    let ahead = match &mut world.camera {
        Some(camera) if presses && position.closes => Some(camera.shoot_ahead(&mut world.page).await),
        _ => None,
    };
    step.act(world).await;
    // The picture may have been taken by now, and a scene may begin by coming to its page.
    if !is_open(world) || (position.opens && !presses) {
        return Ok(());
    }
    let after = world.page.identity_after().await?;
    let stayed = if presses {
        after == before
    } else {
        after.path == before.path
    };
    if stayed {
        return Ok(());
    }
    end_scene(ahead, before, after, world, presses)
}

/// With the picture that was taken ahead, if there is one.
fn end_scene(
    ahead: Option<Result<Option<Shot>, PageError>>,
    before: PageIdentity,
    after: PageIdentity,
    world: &mut World,
    presses: bool,
) -> Result<(), NavigationError> {
    let (from, to) = (before.path, after.path);
    match (ahead, &mut world.camera) {
        (Some(Ok(shot)), Some(camera)) => {
            camera.use_ahead(shot);
            Ok(())
        }
        (Some(Err(error)), _) => Err(NavigationError::Unshot(error)),
        _ if presses => Err(NavigationError::ByKey { from, to }),
        _ => Err(NavigationError::ByStep { from, to }),
    }
}
