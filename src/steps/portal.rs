//! The IP Portal's own words, on top of what works on any page. They are never shown in a tutorial.

use secrecy::ExposeSecret;

use crate::browser::{Locator, LocatorError, Property};
use crate::world::{StepError, World};
use crate::{apply, step};

/// A well-formed code that belongs to no Office.
const WRONG_CODE: &str = "W1R2O3N4G5";

/// A password that no account has.
const WRONG_PASSWORD: &str = "Wrong2023";

impl From<LocatorError> for StepError {
    fn from(error: LocatorError) -> Self {
        Self::Invalid(error.to_string())
    }
}

/// Signs a person of the portal's fixture in, by username. Example: `Given I am signed in as "amara"`.
#[apply(step)]
#[given(expr = "I am signed in as {string}")]
#[effect(Opens)]
async fn signed_in_as(world: &mut World, username: String) -> Result<(), StepError> {
    let password = world.secrets.reveal(&format!("secret:password of {username}"))?;
    let login = world.address_of("/login");
    let page = &mut world.page;
    page.open(&login).await?;
    page.type_into(&username, &the("text field", "Username")?).await?;
    page.type_into(password.expose_secret(), &the("password field", "Password")?)
        .await?;
    page.click(&the("button", "Login")?).await?;
    Ok(page.see_none(&the("button", "Login")?).await?)
}

/// Ticks one of the widgets under "Payments". Example: `Given the payments widget "Distribution Reports" is on my dashboard`.
#[apply(step)]
#[given(expr = "the payments widget {string} is on my dashboard")]
#[effect(Opens)]
async fn payments_widget(world: &mut World, name: String) -> Result<(), StepError> {
    let panel = world.address_of("/dashboard?panel=open");
    let page = &mut world.page;
    page.open(&panel).await?;
    page.click(&the("button", "Payments")?).await?;
    page.click(&the("check box", &name)?).await?;
    // Taken over when the page says so, not when the box is ticked.
    page.open(&panel).await?;
    page.click(&the("button", "Payments")?).await?;
    page.expect(&the("check box", &name)?, Property::Checked, "true")
        .await?;
    Ok(())
}

/// Submits the pairing form again and again with a code that belongs to no Office.
/// Example: `When I submit a wrong Access Code 5 times`.
#[apply(step)]
#[when(expr = "I submit a wrong Access Code {int} times")]
async fn submit_wrong_code(world: &mut World, times: usize) -> Result<(), StepError> {
    for _ in 0..times {
        world
            .page
            .type_into(WRONG_CODE, &the("password field", "Access Code")?)
            .await?;
        world.page.click(&the("button", "Submit")?).await?;
    }
    Ok(())
}

/// Submits the login form again and again with a wrong password.
/// Example: `When I log in as "amara" with a wrong password 5 times`.
#[apply(step)]
#[when(expr = "I log in as {string} with a wrong password {int} times")]
async fn log_in_wrongly(world: &mut World, username: String, times: usize) -> Result<(), StepError> {
    for _ in 0..times {
        let page = &mut world.page;
        page.type_into(&username, &the("text field", "Username")?).await?;
        page.type_into(WRONG_PASSWORD, &the("password field", "Password")?)
            .await?;
        page.click(&the("button", "Login")?).await?;
    }
    Ok(())
}

fn the(kind: &str, name: &str) -> Result<Locator, LocatorError> {
    Locator::new(kind, name, None)
}
