//! Typing into fields.

use cucumber::{then, when};

use super::Target;
use crate::browser::Property;
use crate::world::{StepError, World};

/// Types in place of what the field holds. Secrets are named, not written: `"secret:password of amara"`.
/// Example: `When I type "amara" into the text field "Username"`.
#[when(expr = "I type {string} into {target}")]
async fn type_into(world: &mut World, text: String, target: Target) -> Result<(), StepError> {
    let text = world.secrets.reveal(&text)?;
    let seen = world.page.type_into(&text, &target).await?;
    world.mark(&target, seen);
    Ok(())
}

/// Sees what a field holds, or which option of a selection list is chosen.
/// Example: `Then the text field "Username" holds "amara"`.
#[then(expr = "{target} holds {string}")]
async fn holds(world: &mut World, target: Target, text: String) -> Result<(), StepError> {
    let text = world.secrets.reveal(&text)?;
    world.page.expect(&target, Property::Value, &text).await?;
    Ok(())
}

/// Sees that a field holds nothing. Example: `Then the text field "Access Code" is empty`.
#[then(expr = "{target} is empty")]
async fn is_empty(world: &mut World, target: Target) -> Result<(), StepError> {
    world.page.expect(&target, Property::Value, "").await?;
    Ok(())
}
