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
