//! Clicking, ticking and choosing.

use cucumber::{gherkin, when};

use super::Target;
use crate::browser::{Locator, Property};
use crate::world::{StepError, World};

/// Clicks. Example: `When I click the button "Pair" in the widget "Annual Contributions"`.
#[when(expr = "I click {target}")]
async fn click(world: &mut World, target: Target) -> Result<(), StepError> {
    Ok(world.click(&target).await?)
}

/// Ticks a check box that is not ticked. Example: `When I tick the check box "Distribution Reports"`.
#[when(expr = "I tick {target}")]
async fn tick(world: &mut World, target: Target) -> Result<(), StepError> {
    turn(world, &target, true).await
}

/// Takes the tick from a check box. Example: `When I untick the check box "Distribution Reports"`.
#[when(expr = "I untick {target}")]
async fn untick(world: &mut World, target: Target) -> Result<(), StepError> {
    turn(world, &target, false).await
}

/// A box that already is as it should become would make the step's sentence a lie, so that fails.
async fn turn(world: &mut World, target: &Locator, on: bool) -> Result<(), StepError> {
    world.page.expect(target, Property::Checked, &(!on).to_string()).await?;
    world.page.click(target).await?;
    let seen = world.page.expect(target, Property::Checked, &on.to_string()).await?;
    world.mark(target, seen);
    Ok(())
}

/// Drags with the mouse, from the middle of one thing to the middle of another. Both must fit in the window.
/// Example: `When I drag the heading "Notepad" onto the heading "PATENTSCOPE"`.
#[when(expr = "I drag {target} onto {target}")]
async fn drag(world: &mut World, what: Target, onto: Target) -> Result<(), StepError> {
    Ok(world.page.drag(&what, &onto).await?)
}

/// Chooses an option by its label. Example: `When I choose "2024" from the selection list "Year"`.
#[when(expr = "I choose {string} from {target}")]
async fn choose(world: &mut World, label: String, target: Target) -> Result<(), StepError> {
    let seen = world.page.choose(&label, &target).await?;
    world.mark(&target, seen);
    Ok(())
}

/// Presses a key where the focus is. Example: `When I press the key "Enter"`.
#[when(expr = "I press the key {string}")]
async fn press(world: &mut World, step: &gherkin::Step, name: String) -> Result<(), StepError> {
    let key = key(&name).ok_or_else(|| {
        let names: Vec<_> = KEYS.iter().map(|(name, _)| *name).collect();
        StepError::Written(format!(
            "line {}: there is no key called {name:?}; there are: {}, and single characters",
            step.position.line,
            names.join(", ")
        ))
    })?;
    Ok(world.page.press(&key.to_string()).await?)
}

/// Names of keys and their code points in the WebDriver standard ("keyboard actions").
const KEYS: [(&str, char); 13] = [
    ("Backspace", '\u{e003}'),
    ("Tab", '\u{e004}'),
    ("Enter", '\u{e007}'),
    ("Escape", '\u{e00c}'),
    ("Space", ' '),
    ("Page Up", '\u{e00e}'),
    ("Page Down", '\u{e00f}'),
    ("End", '\u{e010}'),
    ("Home", '\u{e011}'),
    ("Arrow Left", '\u{e012}'),
    ("Arrow Up", '\u{e013}'),
    ("Arrow Right", '\u{e014}'),
    ("Arrow Down", '\u{e015}'),
];

fn key(name: &str) -> Option<char> {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => Some(letter),
        _ => KEYS.iter().find(|(known, _)| *known == name).map(|(_, code)| *code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_names_or_are_characters() {
        assert_eq!(key("Escape"), Some('\u{e00c}'));
        assert_eq!(key("a"), Some('a'));
        assert_eq!(key("Esc"), None);
    }
}
