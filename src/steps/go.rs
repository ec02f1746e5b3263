//! Getting somewhere.

use crate::world::{StepError, World};
use crate::{apply, step};

/// Opens an address: a path of the portal, or a whole address. Example: `Given I open "/login"`.
#[apply(step)]
#[given(expr = "I open {string}")]
#[effect(Opens)]
async fn open(world: &mut World, path: String) -> Result<(), StepError> {
    let address = world.address_of(&path);
    if url::Url::parse(&address).is_err() {
        return Err(StepError::Invalid(format!(
            "{path:?} is not an address\n  write a path, such as \"/login\", or a whole address, such as \"https://portal.example/login\""
        )));
    }
    Ok(world.page.open(&address).await?)
}

/// Goes back to the page before this one. Example: `When I go back`.
#[apply(step)]
#[when(expr = "I go back")]
#[effect(Opens)]
async fn go_back(world: &mut World) -> Result<(), StepError> {
    world.forget_settings();
    Ok(world.page.go_back().await?)
}

/// Goes forward again after going back. Example: `When I go forward`.
#[apply(step)]
#[when(expr = "I go forward")]
#[effect(Opens)]
async fn go_forward(world: &mut World) -> Result<(), StepError> {
    world.forget_settings();
    Ok(world.page.go_forward().await?)
}

/// Gets the page anew, as the browser's own button does. Example: `When I reload the page`.
#[apply(step)]
#[when(expr = "I reload the page")]
#[effect(Opens)]
async fn reload(world: &mut World) -> Result<(), StepError> {
    world.forget_settings();
    Ok(world.page.reload().await?)
}

/// Waits until the browser is at an address: a path of the portal, a whole address, or a part of it. What is left out (query,
/// fragment) is not compared, and `…` stands for anything. Example: `Then I am at "/dashboard"`.
#[apply(step)]
#[then(expr = "I am at {string}")]
async fn am_at(world: &mut World, path: String) -> Result<(), StepError> {
    if path.trim().is_empty() {
        return Err(StepError::Invalid(
            "the address is empty\n  write, for instance, \"/dashboard\"".to_owned(),
        ));
    }
    let expected = world.address_of(&path);
    match world.page.arrive_at(&expected).await? {
        None => Ok(()),
        Some(actual) => Err(StepError::UnexpectedItems {
            expected: vec![expected],
            actual: [vec![actual], world.page.other_tabs().await].concat(),
        }),
    }
}
