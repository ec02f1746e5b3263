//! Clicking, ticking and choosing.

use super::{Target, keys};
use crate::browser::{Locator, Property};
use crate::world::{StepError, World};
use crate::{apply, step};

/// Clicks. Example: `When I click the button "Pair" in the widget "Annual Contributions"`.
#[apply(step)]
#[when(expr = "I click {target}")]
#[effect(Clicks)]
async fn click(world: &mut World, target: Target) -> Result<(), StepError> {
    Ok(world.click(&target).await?)
}

/// Clicks twice in a row. Example: `When I double-click the row "Invoice 17"`.
#[apply(step)]
#[when(expr = "I double-click {target}")]
#[effect(Clicks)]
async fn double_click(world: &mut World, target: Target) -> Result<(), StepError> {
    world.shoot_before(&target).await?;
    Ok(world.page.double_click(&target).await?)
}

/// Clicks with the right button, for a menu of the page's own. Example: `When I right-click the row "Invoice 17"`.
#[apply(step)]
#[when(expr = "I right-click {target}")]
#[effect(Clicks)]
async fn right_click(world: &mut World, target: Target) -> Result<(), StepError> {
    world.shoot_before(&target).await?;
    Ok(world.page.right_click(&target).await?)
}

/// Moves the mouse onto something, and leaves it there. On pictures of tutorials the mouse is elsewhere.
/// Example: `When I point at the button "Help"`.
#[apply(step)]
#[when(expr = "I point at {target}")]
async fn point_at(world: &mut World, target: Target) -> Result<(), StepError> {
    Ok(world.page.point_at(&target).await?)
}

/// Scrolls until something is in view. Example: `When I scroll to the heading "Contact"`.
#[apply(step)]
#[when(expr = "I scroll to {target}")]
async fn scroll_to(world: &mut World, target: Target) -> Result<(), StepError> {
    world.page.look_at(&target).await?;
    Ok(())
}

/// Ticks a check box that is not ticked. Example: `When I tick the check box "Distribution Reports"`.
#[apply(step)]
#[when(expr = "I tick {target}")]
async fn tick(world: &mut World, target: Target) -> Result<(), StepError> {
    turn(world, &target, true).await
}

/// Takes the tick from a check box. Example: `When I untick the check box "Distribution Reports"`.
#[apply(step)]
#[when(expr = "I untick {target}")]
async fn untick(world: &mut World, target: Target) -> Result<(), StepError> {
    turn(world, &target, false).await
}

/// A box that already is as it should become would make the step's sentence a lie, so that fails.
async fn turn(world: &mut World, target: &Locator, on: bool) -> Result<(), StepError> {
    let before = world
        .page
        .expect(target, Property::Checked, &format!("not {on}"))
        .await?;
    world.page.click(target).await?;
    let on = on.to_string();
    let seen = world.page.expect_done(target, Property::Checked, &on, before).await?;
    world.mark_setting(target, seen, Property::Checked, on);
    Ok(())
}

/// Drags with the mouse, from the middle of one thing to the middle of another. Both must fit in the window.
/// Example: `When I drag the heading "Notepad" onto the heading "PATENTSCOPE"`.
#[apply(step)]
#[when(expr = "I drag {target} onto {target}")]
async fn drag(world: &mut World, what: Target, onto: Target) -> Result<(), StepError> {
    world.forget_settings();
    Ok(world.page.drag(&what, &onto).await?)
}

/// Chooses an option by its label. Example: `When I choose "2024" from the selection list "Year"`.
#[apply(step)]
#[when(expr = "I choose {string} from {target}")]
async fn choose(world: &mut World, label: String, target: Target) -> Result<(), StepError> {
    let seen = world.page.choose(&label, &target).await?;
    world.mark_setting(&target, seen, Property::Chosen, label);
    Ok(())
}

/// Presses a key where the focus is, or several together. Example: `When I press the key "Control+S"`.
#[apply(step)]
#[when(expr = "I press the key {string}")]
#[effect(Presses)]
async fn press(world: &mut World, name: String) -> Result<(), StepError> {
    let keys = keys::codes(&name).map_err(|error| StepError::Invalid(error.to_string()))?;
    world.forget_settings();
    Ok(world.page.press(&keys).await?)
}
