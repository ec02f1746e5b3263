//! Answering what the browser asks in a dialog of its own: `confirm`, `alert`, `prompt`.

use secrecy::ExposeSecret;

use crate::browser::Answer;
use crate::world::{StepError, World};
use crate::{apply, step};

/// Sees what a dialog of the browser's says, and waits for it to open. Example: `Then I am asked "Remove hive 7 for good?"`.
#[apply(step)]
#[then(expr = "I am asked {string}")]
async fn am_asked(world: &mut World, expected: String) -> Result<(), StepError> {
    let actual = world.page.await_dialog().await?;
    if actual.as_deref().map(words) == Some(words(&expected)) {
        return Ok(());
    }
    Err(StepError::UnexpectedItems {
        expected: vec![expected],
        actual: vec![actual.unwrap_or_else(|| "no dialog of the browser is open".to_owned())],
    })
}

/// White space folded.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Answers a dialog of the browser's with OK. Example: `When I agree`.
#[apply(step)]
#[when(expr = "I agree")]
async fn agree(world: &mut World) -> Result<(), StepError> {
    Ok(world.page.answer_dialog(Answer::Agree).await?)
}

/// Answers a dialog of the browser's with Cancel. Example: `When I refuse`.
#[apply(step)]
#[when(expr = "I refuse")]
async fn refuse(world: &mut World) -> Result<(), StepError> {
    Ok(world.page.answer_dialog(Answer::Refuse).await?)
}

/// Answers a dialog of the browser's that asks for a text. Example: `When I answer "Hive 7"`.
#[apply(step)]
#[when(expr = "I answer {string}")]
async fn answer(world: &mut World, text: String) -> Result<(), StepError> {
    let text = world.secrets.reveal(&text)?;
    Ok(world.page.answer_dialog(Answer::Text(text.expose_secret())).await?)
}
