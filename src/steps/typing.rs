//! Typing into fields.

use secrecy::ExposeSecret;

use super::Target;
use crate::browser::Property;
use crate::world::{StepError, World};
use crate::{apply, step};

/// Types in place of what the field holds. Secrets are named, not written: `"secret:password of amara"`.
/// Example: `When I type "amara" into the text field "Username"`.
#[apply(step)]
#[when(expr = "I type {string} into {target}")]
async fn type_into(world: &mut World, text: String, target: Target) -> Result<(), StepError> {
    let text = world.secrets.reveal(&text)?;
    let seen = world.page.type_into(text.expose_secret(), &target).await?;
    world.mark_setting(&target, seen, Property::Typed, text);
    Ok(())
}

/// Sets a slider, a date or another field to a value. Dates and times are written as in `2024-07-02`, `14:27`, whatever the language.
/// Example: `When I set the slider "Luggage in kg" to "25"`.
#[apply(step)]
#[when(expr = "I set {target} to {string}")]
async fn set(world: &mut World, target: Target, value: String) -> Result<(), StepError> {
    type_into(world, value, target).await
}

/// Gives a file to a field, or to a button or an area for it. A relative path counts from the folder of the feature file.
/// Example: `When I upload "scan.pdf" into the file field "Passport scan"`.
#[apply(step)]
#[when(expr = "I upload {string} into {target}")]
async fn upload(world: &mut World, path: String, target: Target) -> Result<(), StepError> {
    let path = world.secrets.reveal(&path)?;
    let seen = world.page.upload(path.expose_secret(), &target).await?;
    world.mark(&target, seen);
    Ok(())
}

/// Sees what a field holds, or which option of a selection list is chosen.
/// Example: `Then the text field "Username" holds "amara"`.
#[apply(step)]
#[then(expr = "{target} holds {string}")]
async fn holds(world: &mut World, target: Target, text: String) -> Result<(), StepError> {
    let text = world.secrets.reveal(&text)?;
    world
        .page
        .expect_still(&target, Property::Value, text.expose_secret())
        .await?;
    Ok(())
}

/// Sees that a field holds nothing. Example: `Then the text field "Access Code" is empty`.
#[apply(step)]
#[then(expr = "{target} is empty")]
async fn is_empty(world: &mut World, target: Target) -> Result<(), StepError> {
    world.page.expect_still(&target, Property::Contents, "").await?;
    Ok(())
}
