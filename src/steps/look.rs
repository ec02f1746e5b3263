//! Seeing: what is there, what is not, and how it is.

use cucumber::gherkin;

use super::Target;
use super::corner::Corner;
use crate::browser::{Locator, Property};
use crate::world::{StepError, World};
use crate::{apply, step};

/// Sees something, wherever on the page, with nothing over it. Example: `Then I see the heading "Welcome to WIPO"`.
#[apply(step)]
#[then(expr = "I see {target}")]
async fn see(world: &mut World, target: Target) -> Result<(), StepError> {
    note_alert(world, &target);
    world.page.see(&target).await?;
    Ok(())
}

/// Sees that something is not there. Example: `Then I do not see the button "Pair"`.
#[apply(step)]
#[then(expr = "I do not see {target}")]
async fn do_not_see(world: &mut World, target: Target) -> Result<(), StepError> {
    Ok(world.page.see_none(&target).await?)
}

/// Sees that the page says something to screen readers: in a live region (`role=status`, `role=alert`, `aria-live`), drawn or not.
/// Example: `Then the page announces "Notepad is now at place 1 of 6."`.
#[apply(step)]
#[then(expr = "the page announces {string}")]
async fn announces(world: &mut World, text: String) -> Result<(), StepError> {
    let text = Locator::new("text", &text, None).map_err(|error| StepError::Invalid(error.to_string()))?;
    Ok(world.page.see_announced(&text).await?)
}

/// Sees something and, in a tutorial, has it marked on the picture. Example: `Then I look at the button "Amara Diallo"`.
#[apply(step)]
#[then(expr = "I look at {target}")]
async fn look_at(world: &mut World, target: Target) -> Result<(), StepError> {
    note_alert(world, &target);
    Ok(world.point_out(&target).await?)
}

/// Sees in which part of the window something stands: `upper`, `middle` or `lower`, and `left`, `centre` or `right`.
/// Example: `Then the link "IP Portal login" is in the upper right corner`.
#[apply(step)]
#[then(expr = "{target} is {corner}")]
async fn stands_in(world: &mut World, target: Target, corner: Corner) -> Result<(), StepError> {
    world
        .page
        .expect_still(&target, Property::Corner, corner.words())
        .await?;
    Ok(())
}

/// Sees that a check box is ticked. Example: `Then the check box "Distribution Reports" is ticked`.
#[apply(step)]
#[then(expr = "{target} is ticked")]
async fn is_ticked(world: &mut World, target: Target) -> Result<(), StepError> {
    world.page.expect_still(&target, Property::Checked, "true").await?;
    Ok(())
}

/// Sees that a check box is not ticked. Example: `Then the check box "Distribution Reports" is not ticked`.
#[apply(step)]
#[then(expr = "{target} is not ticked")]
async fn is_not_ticked(world: &mut World, target: Target) -> Result<(), StepError> {
    world.page.expect_still(&target, Property::Checked, "false").await?;
    Ok(())
}

/// Sees all things of one kind that the page has, these and no others, in this order.
/// The table's one column has the kind above the names. Example: `Then I see just these, in this order:`.
#[apply(step)]
#[then(expr = "I see just these, in this order:")]
#[below(Table)]
async fn see_just_these(world: &mut World, step: &gherkin::Step) -> Result<(), StepError> {
    just_these(world, step, None).await
}

/// Sees all things of one kind within something, these and no others, in this order.
/// The table's one column has the kind above the names. Example: `Then I see just these in the panel "Widgets", in this order:`.
#[apply(step)]
#[then(expr = "I see just these in {target}, in this order:")]
#[below(Table)]
async fn see_just_these_within(world: &mut World, step: &gherkin::Step, place: Target) -> Result<(), StepError> {
    just_these(world, step, Some(Locator::clone(&place))).await
}

async fn just_these(world: &mut World, step: &gherkin::Step, place: Option<Locator>) -> Result<(), StepError> {
    let (kind, names) = kind_and_names(step)?;
    let all = Locator::new(&kind, "", place).map_err(|error| StepError::Invalid(error.to_string()))?;
    let actual = world.page.names_of(&all, &names).await?;
    if actual == names {
        Ok(())
    } else {
        Err(StepError::UnexpectedItems {
            expected: names,
            actual,
        })
    }
}

/// The table's one column: its heading is the kind, its rows are the names.
fn kind_and_names(step: &gherkin::Step) -> Result<(String, Vec<String>), StepError> {
    let column: Option<Vec<String>> = step
        .table
        .as_ref()
        .filter(|table| table.row_width() == 1)
        .map(|table| table.rows.iter().flatten().cloned().collect());
    match column.as_deref() {
        Some([kind, names @ ..]) => Ok((kind.clone(), names.to_vec())),
        _ => Err(StepError::Invalid(
            "this step needs a table of one column: the kind of thing above (such as: widget), and below it the names"
                .to_owned(),
        )),
    }
}

/// A picture that shows an error, or says that something is loading, is taken only in a scene that is about that.
fn note_alert(world: &mut World, target: &Locator) {
    let may_say_loading = target.is_text() || target.is_kind("progressbar") || target.is_kind("status");
    if let Some(camera) = world.camera.as_mut().filter(|_| may_say_loading) {
        camera.expect(target);
    }
    let about_an_error =
        std::iter::successors(Some(target), |locator| locator.within()).any(|locator| locator.is_kind("alert"));
    if let Some(camera) = world.camera.as_mut().filter(|_| about_an_error) {
        camera.expect_alert();
    }
}
