//! All step definitions, and those that a text fits. What Cucumber's macros have collected is the one source of the vocabulary: what
//! is listed, completed, suggested and recorded is what can be bound, steps of other crates included.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use cucumber::codegen::{Regex, StepConstructor, WorldInventory, inventory};
use cucumber::step;
use regex::RegexSet;

use super::below::Below;
use super::description::{self, StepDescription};
use super::effect::Effect;
use super::vocabulary_entry::{ExpressionKind, StepDefinition, VocabularyEntry};
use crate::world::World;

/// A step of the vocabulary.
#[derive(Debug)]
pub(crate) struct Definition {
    /// As people read it.
    pub(crate) entry: VocabularyEntry,
    /// As records keep it.
    pub(crate) recorded: Arc<StepDefinition>,
    pub(crate) regex: Regex,
    pub(crate) action: step::Step<World>,
    /// What it does beyond its own words.
    pub(crate) effect: Effect,
    /// What it reads of what stands below it.
    pub(crate) below: Below,
    /// Whether it is one of Docent's own.
    pub(crate) is_own: bool,
    /// Names of its expression's groups; the first is the whole step.
    pub(crate) groups: Vec<step::CaptureName>,
}

/// All definitions, in the order in which they are listed: Given, When, Then, and by where they are written.
pub(crate) struct Definitions {
    all: Vec<Definition>,
    /// One look at a text instead of one for each definition; None if there are too many for one.
    set: Option<RegexSet>,
}

impl Definitions {
    /// What Cucumber's macros have collected, whatever keyword it is written under.
    pub(crate) fn collected() -> &'static Self {
        static COLLECTED: LazyLock<Definitions> = LazyLock::new(|| {
            let described = description::by_place();
            let mut all = under::<<World as WorldInventory>::Given>(&described);
            all.extend(under::<<World as WorldInventory>::When>(&described));
            all.extend(under::<<World as WorldInventory>::Then>(&described));
            let set = RegexSet::new(all.iter().map(|known| known.regex.as_str())).ok();
            Definitions { all, set }
        });
        &COLLECTED
    }

    /// All of them.
    pub(crate) fn all(&self) -> &[Definition] {
        &self.all
    }

    /// The definitions that a text fits.
    pub(crate) fn fitting(&self, text: &str) -> Vec<&Definition> {
        match &self.set {
            Some(set) => set
                .matches(text)
                .into_iter()
                .filter_map(|index| self.all.get(index))
                .collect(),
            None => self.all.iter().filter(|known| known.regex.is_match(text)).collect(),
        }
    }
}

/// The definitions under one keyword.
fn under<T: inventory::Collect + StepConstructor<World>>(
    described: &HashMap<(&str, u32), &'static StepDescription>,
) -> Vec<Definition> {
    let mut collected: Vec<_> = inventory::iter::<T>.into_iter().map(StepConstructor::inner).collect();
    // The linker decides in which order they come.
    collected.sort_by_key(|(place, ..)| *place);
    let definition = |(place, regex, action): (step::Location, fn() -> Regex, step::Step<World>)| {
        let regex = regex();
        let described = described.get(&(place.path, place.line)).copied();
        let code = format!("{}:{}", place.path, place.line);
        let entry = described.map_or_else(|| undescribed(&code, &regex), |one| one.entry(&code));
        Definition {
            recorded: Arc::new(StepDefinition {
                id: code,
                expression: entry.expression.clone(),
                kind: entry.kind,
            }),
            effect: described.map(|one| one.effect).unwrap_or_default(),
            below: described.map_or(Below::Unknown, |one| one.below),
            is_own: described.is_some_and(StepDescription::is_own),
            groups: regex.capture_names().map(|name| name.map(str::to_owned)).collect(),
            entry,
            regex,
            action,
        }
    };
    collected.into_iter().map(definition).collect()
}

/// A step that has Cucumber's attribute alone: of its expression the regular expression is left.
fn undescribed(code: &str, regex: &Regex) -> VocabularyEntry {
    VocabularyEntry {
        expression: regex.as_str().to_owned(),
        kind: ExpressionKind::RegularExpression,
        what: String::new(),
        example: String::new(),
        code: code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_that_steer_the_portal_are_known_to() {
        for definition in Definitions::collected().all() {
            let steers = definition.entry.code.starts_with("src/steps/steering.rs:");
            assert_eq!(definition.effect == Effect::Steers, steers, "{:?}", definition.entry);
        }
    }

    #[test]
    fn effects_are_those_of_definitions() {
        let own = Definitions::collected().all().iter();
        let own = own.filter(|one| one.entry.code.starts_with("src/steps/") && one.effect != Effect::Stays);
        let others = own.filter(|one| one.effect != Effect::Steers);
        let mut effects: Vec<_> = others.map(|one| (one.entry.expression.as_str(), one.effect)).collect();
        effects.sort_unstable_by_key(|(expression, _)| *expression);
        assert_eq!(
            effects,
            [
                ("I am signed in as {string}", Effect::Opens),
                ("I click {target}", Effect::Clicks),
                ("I double-click {target}", Effect::Clicks),
                ("I go back", Effect::Opens),
                ("I go forward", Effect::Opens),
                ("I open {string}", Effect::Opens),
                ("I press the key {string}", Effect::Presses),
                ("I reload the page", Effect::Opens),
                ("I right-click {target}", Effect::Clicks),
                ("the payments widget {string} is on my dashboard", Effect::Opens),
            ]
        );
    }
}
