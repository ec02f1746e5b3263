//! Seeing how something is: enabled, open, pressed and the like.

use super::Target;
use crate::browser::Property;
use crate::world::{StepError, World};
use crate::{apply, step};

/// Sees that something can be used. Example: `Then the button "Save" is enabled`.
#[apply(step)]
#[then(expr = "{target} is enabled")]
async fn is_enabled(world: &mut World, target: Target) -> Result<(), StepError> {
    world.page.expect_still(&target, Property::Enabled, "true").await?;
    Ok(())
}

/// Sees that something can't be used. Example: `Then the button "Save" is disabled`.
#[apply(step)]
#[then(expr = "{target} is disabled")]
async fn is_disabled(world: &mut World, target: Target) -> Result<(), StepError> {
    world.page.expect_still(&target, Property::Enabled, "false").await?;
    Ok(())
}

/// Sees that keys go to something. Example: `Then the text field "Username" has the focus`.
#[apply(step)]
#[then(expr = "{target} has the focus")]
async fn has_the_focus(world: &mut World, target: Target) -> Result<(), StepError> {
    world.page.expect_still(&target, Property::Focused, "true").await?;
    Ok(())
}

/// Sees that a field must be filled in. Example: `Then the text field "Username" is required`.
#[apply(step)]
#[then(expr = "{target} is required")]
async fn is_required(world: &mut World, target: Target) -> Result<(), StepError> {
    world.page.expect_still(&target, Property::Required, "true").await?;
    Ok(())
}

/// Sees that the page calls what a field holds wrong. Example: `Then the text field "Office Customer ID" is invalid`.
#[apply(step)]
#[then(expr = "{target} is invalid")]
async fn is_invalid(world: &mut World, target: Target) -> Result<(), StepError> {
    world.page.expect_still(&target, Property::Invalid, "true").await?;
    Ok(())
}

/// Sees that something that opens and closes is open. Example: `Then the button "Payments" is open`.
#[apply(step)]
#[then(expr = "{target} is open")]
async fn is_open(world: &mut World, target: Target) -> Result<(), StepError> {
    world.page.expect_still(&target, Property::Expanded, "true").await?;
    Ok(())
}

/// Sees that something that opens and closes is closed. Example: `Then the button "Payments" is closed`.
#[apply(step)]
#[then(expr = "{target} is closed")]
async fn is_closed(world: &mut World, target: Target) -> Result<(), StepError> {
    world.page.expect_still(&target, Property::Expanded, "false").await?;
    Ok(())
}

/// Sees that a button that stays pressed is so. Example: `Then the button "Bold" is pressed`.
#[apply(step)]
#[then(expr = "{target} is pressed")]
async fn is_pressed(world: &mut World, target: Target) -> Result<(), StepError> {
    world.page.expect_still(&target, Property::Pressed, "true").await?;
    Ok(())
}

/// Sees that a button that stays pressed is not. Example: `Then the button "Bold" is not pressed`.
#[apply(step)]
#[then(expr = "{target} is not pressed")]
async fn is_not_pressed(world: &mut World, target: Target) -> Result<(), StepError> {
    world.page.expect_still(&target, Property::Pressed, "false").await?;
    Ok(())
}

/// Sees that a tab, an option or a row is selected. Example: `Then the tab "Search" is selected`.
#[apply(step)]
#[then(expr = "{target} is selected")]
async fn is_selected(world: &mut World, target: Target) -> Result<(), StepError> {
    world.page.expect_still(&target, Property::Selected, "true").await?;
    Ok(())
}

/// Sees that a tab, an option or a row is not selected. Example: `Then the tab "Search" is not selected`.
#[apply(step)]
#[then(expr = "{target} is not selected")]
async fn is_not_selected(world: &mut World, target: Target) -> Result<(), StepError> {
    world.page.expect_still(&target, Property::Selected, "false").await?;
    Ok(())
}
