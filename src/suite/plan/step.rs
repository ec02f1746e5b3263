//! A step of a plan.

use std::ops::Range;
use std::sync::Arc;

use cucumber::codegen::LocalBoxFuture;
use cucumber::gherkin::{self, LineCol, StepType, Table};
use cucumber::step;

use super::step_match::StepMatch;
use crate::steps::{Definition, Effect};
use crate::world::World;

/// A step with what it does. A run keeps all of its steps to the end, so it has little of its own: what Cucumber hands to the step's
/// code is made of it when the step is played.
#[derive(Debug)]
pub struct PlannedStep {
    /// What it says, as others may.
    pub(crate) wording: Arc<Wording>,
    /// Line of the feature file.
    pub(crate) line: usize,
    /// The doc string, if it is words for people.
    pub(crate) narration: Option<String>,
    pub(in crate::suite) column: usize,
    pub(in crate::suite) ty: StepType,
    /// What stands under it, if anything does.
    pub(in crate::suite) argument: Option<Box<StepArgument>>,
}

/// What a step says, and means by it. All steps that say the same share it: a suite says many things again and again.
#[derive(Debug)]
pub(crate) struct Wording {
    /// As the feature file has it, keyword first.
    pub(crate) text: Arc<str>,
    /// Whether it runs without being shown.
    pub(crate) off_camera: bool,
    /// As records keep it.
    pub(in crate::suite) matched: Arc<StepMatch>,
    pub(in crate::suite) definition: &'static Definition,
    pub(in crate::suite) keyword: String,
    /// Where in the text its own words begin, behind its keyword and "off camera".
    pub(in crate::suite) value_begins: usize,
    /// The bytes of its own words that each group of the definition has.
    pub(in crate::suite) values: Box<[Range<usize>]>,
}

/// A step's doc string and table, as Gherkin has them.
#[derive(Debug)]
pub(in crate::suite) struct StepArgument {
    pub(crate) docstring: Option<String>,
    pub(crate) table: Option<Table>,
}

impl PlannedStep {
    /// Where what it does is written: `src/steps/click.rs:12`.
    #[must_use]
    pub(crate) fn code(&self) -> &str {
        &self.wording.definition.entry.code
    }

    /// What it does beyond its own words.
    #[must_use]
    pub(crate) fn effect(&self) -> Effect {
        self.wording.definition.effect
    }

    /// What the step does.
    pub(in crate::suite) fn act<'a>(&self, world: &'a mut World) -> LocalBoxFuture<'a, ()> {
        (self.wording.definition.action)(world, self.context())
    }

    /// As Cucumber hands it to the step's code.
    fn context(&self) -> step::Context {
        let Wording {
            definition,
            keyword,
            values,
            ..
        } = &*self.wording;
        let value = self.wording.value();
        let names = definition.groups.iter().cloned();
        let captured = values.iter().map(|range| value[range.clone()].to_owned());
        step::Context {
            step: gherkin::Step {
                keyword: keyword.clone(),
                ty: self.ty,
                value: value.to_owned(),
                docstring: self.argument.as_ref().and_then(|argument| argument.docstring.clone()),
                table: self.argument.as_ref().and_then(|argument| argument.table.clone()),
                span: gherkin::Span::default(),
                position: LineCol {
                    line: self.line,
                    col: self.column,
                },
            },
            matches: names.zip(captured).collect(),
        }
    }
}

impl Wording {
    /// Its own words.
    pub(in crate::suite) fn value(&self) -> &str {
        &self.text[self.value_begins..]
    }
}
