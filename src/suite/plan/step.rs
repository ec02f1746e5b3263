//! A step of a plan.

use std::ops::Range;
use std::sync::Arc;

use cucumber::codegen::LocalBoxFuture;
use cucumber::{gherkin, step};

use crate::suite::bind::Definition;
use crate::world::World;

/// A step with what it does. A run keeps all of its steps to the end, so its text is there once: what Cucumber hands to the
/// step's code is made of it when the step is played.
#[derive(Debug)]
pub struct PlannedStep {
    /// As the feature file has it, keyword first.
    pub text: Arc<str>,
    /// Line of the feature file.
    pub line: usize,
    /// The doc string.
    pub narration: Option<String>,
    /// Whether it is played without being shown.
    pub off_camera: bool,
    pub(in crate::suite) definition: Arc<Definition>,
    /// Where in the text its own words begin, behind its keyword and "off camera".
    pub(in crate::suite) value_begins: usize,
    /// The bytes of its own words that each group of the definition has.
    pub(in crate::suite) values: Box<[Range<usize>]>,
    /// All that Gherkin knows of it but its own words.
    pub(in crate::suite) gherkin: gherkin::Step,
}

impl PlannedStep {
    /// Where what it does is written: `src/steps/click.rs:12`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.definition.code
    }

    /// What the step does.
    pub(in crate::suite) fn act<'a>(&self, world: &'a mut World) -> LocalBoxFuture<'a, ()> {
        (self.definition.action)(world, self.context())
    }

    /// As Cucumber hands it to the step's code.
    fn context(&self) -> step::Context {
        let value = self.value();
        let names = self.definition.groups.iter().cloned();
        let captured = self.values.iter().map(|range| value[range.clone()].to_owned());
        step::Context {
            step: gherkin::Step {
                value: value.to_owned(),
                ..self.gherkin.clone()
            },
            matches: names.zip(captured).collect(),
        }
    }

    /// Its own words.
    pub(super) fn value(&self) -> &str {
        &self.text[self.value_begins..]
    }
}
