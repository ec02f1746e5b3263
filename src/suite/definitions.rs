//! All step definitions, and those that a text fits.

use std::sync::Arc;

use cucumber::codegen::{Regex, StepConstructor, WorldInventory, inventory};
use cucumber::step;
use regex::RegexSet;

use crate::steps::{self, Below, Effect};
use crate::world::World;

/// A step of the vocabulary. All planned steps that mean it share it.
#[derive(Debug)]
pub(super) struct Definition {
    /// Where it is written: `src/steps/click.rs:12`.
    pub code: String,
    pub action: step::Step<World>,
    /// What it does beyond its own words.
    pub effect: Effect,
    /// What it reads of what stands below it.
    pub below: Below,
    /// Names of its expression's groups; the first is the whole step.
    pub groups: Vec<step::CaptureName>,
}

/// A definition with what fits it.
pub(super) struct Known {
    pub definition: Arc<Definition>,
    pub regex: Regex,
}

/// All definitions, whatever keyword they are written under.
pub(super) struct Definitions {
    all: Vec<Known>,
    /// One look at a text instead of one for each definition; None if there are too many for one.
    set: Option<RegexSet>,
}

impl Definitions {
    /// What Cucumber's macros have collected.
    pub fn collected() -> Self {
        let all: Vec<_> = known::<<World as WorldInventory>::Given>()
            .chain(known::<<World as WorldInventory>::When>())
            .chain(known::<<World as WorldInventory>::Then>())
            .collect();
        let set = RegexSet::new(all.iter().map(|known| known.regex.as_str())).ok();
        Self { all, set }
    }

    /// The definitions that a text fits.
    pub fn fitting(&self, text: &str) -> Vec<&Known> {
        let fits = |known: &&Known| known.regex.is_match(text);
        match &self.set {
            Some(set) => set
                .matches(text)
                .into_iter()
                .filter_map(|index| self.all.get(index))
                .collect(),
            None => self.all.iter().filter(fits).collect(),
        }
    }
}

/// The definitions under one keyword.
fn known<T: inventory::Collect + StepConstructor<World>>() -> impl Iterator<Item = Known> {
    inventory::iter::<T>.into_iter().map(|collected| {
        let (place, regex, action) = collected.inner();
        let regex = regex();
        let code = format!("{}:{}", place.path, place.line);
        let definition = Definition {
            effect: steps::effect_of(&code),
            below: steps::below_of(&code),
            code,
            action,
            groups: regex.capture_names().map(|name| name.map(str::to_owned)).collect(),
        };
        Known {
            definition: Arc::new(definition),
            regex,
        }
    })
}
