//! What steps do beyond their own words: it decides when a scene's picture is taken, and where a scenario can be played.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::vocabulary;

/// What a step does to the page, or beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Effect {
    /// It looks at the page, or changes something on it.
    #[default]
    Stays,
    /// It clicks what the learner is to click: the scene's picture is taken before it, and the scene ends with it.
    Clicks,
    /// It opens another page.
    Opens,
    /// It presses a key, which may submit a form.
    Presses,
    /// It sets the mock portal directly, which no other portal can do.
    Steers,
}

/// By the expression of the step; all others stay where they are.
const EFFECTS: [(&str, Effect); 12] = [
    ("I click {target}", Effect::Clicks),
    ("I open {string}", Effect::Opens),
    ("I press the key {string}", Effect::Presses),
    ("I am signed in as {string}", Effect::Opens),
    ("the payments widget {string} is on my dashboard", Effect::Opens),
    ("the Finance service is {mood}", Effect::Steers),
    ("the Finance service was asked for {int} pairing(s)", Effect::Steers),
    ("{time} pass(es)", Effect::Steers),
    ("it is {string}", Effect::Steers),
    ("one pairing opens every widget", Effect::Steers),
    ("each widget is paired on its own", Effect::Steers),
    ("{string} has paired {string} with the Office {string}", Effect::Steers),
];

/// What the step does that is written at `src/steps/click.rs:12`.
pub(crate) fn effect_of(code: &str) -> Effect {
    static BY_CODE: LazyLock<HashMap<String, Effect>> = LazyLock::new(|| {
        let effect = |expression: &str| EFFECTS.iter().find(|(known, _)| *known == expression);
        vocabulary()
            .filter_map(|entry| Some((entry.code, effect(&entry.expression)?.1)))
            .collect()
    });
    BY_CODE.get(code).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_effect_is_that_of_a_step() {
        let expressions: Vec<_> = vocabulary().map(|entry| entry.expression).collect();
        for (expression, _) in EFFECTS {
            assert!(expressions.iter().any(|known| known == expression), "{expression}");
        }
    }

    #[test]
    fn all_steps_that_steer_are_known_to() {
        for entry in vocabulary() {
            let steers = entry.code.starts_with("src/steps/steering.rs:");
            assert_eq!(effect_of(&entry.code) == Effect::Steers, steers, "{}", entry.expression);
        }
    }
}
