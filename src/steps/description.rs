//! Steps with their descriptions: the comment above a step is what `docent steps` and error messages say of it.

use std::collections::HashMap;

use cucumber::codegen::{collect, inventory};

use super::below::Below;
use super::effect::Effect;
use super::vocabulary_entry::{ExpressionKind, VocabularyEntry};

/// What [`step!`](crate::step) keeps of a step, beside what Cucumber's attribute does.
#[doc(hidden)]
#[derive(Debug)]
pub struct StepDescription {
    pub path: &'static str,
    pub line: u32,
    pub module: &'static str,
    pub expression: &'static str,
    /// The comment, line by line.
    pub comment: &'static [&'static str],
    pub effect: Effect,
    pub below: Below,
}

collect!(StepDescription);

/// A step that is listed with what it does: by `docent steps`, in editors and where a step is misspelt.
///
/// Its comment says what it does and ends with an example. `#[effect(…)]` names an [`Effect`](crate::steps::Effect) that it has beyond
/// its own words, `#[below(…)]` what it reads of what stands [below](crate::steps::Below) it; without them it has none and reads nothing.
/// A function with Cucumber's attribute alone is a step, too, of which nothing is known but its expression.
///
/// ```
/// use docent::world::{StepError, World};
/// use docent::{apply, step};
///
/// /// Waters a plant. Example: `When I water the "fern" 2 times`.
/// #[apply(step)]
/// #[when(expr = "I water the {string} {int} times")]
/// async fn water(world: &mut World, plant: String, times: usize) -> Result<(), StepError> {
///     Ok(world.log(&format!("{plant}, {times} times"))?)
/// }
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! step {
    (@emit $keyword:ident $expression:tt [$($comment:tt),+] $effect:ident $below:ident $($function:tt)+) => {
        $(#[doc = $comment])+
        #[::cucumber::$keyword(expr = $expression)]
        $($function)+

        ::cucumber::codegen::submit!($crate::steps::StepDescription {
            path: ::std::file!(),
            line: ::std::line!(),
            module: ::std::module_path!(),
            expression: $expression,
            comment: &[$($comment),+],
            effect: $crate::steps::Effect::$effect,
            below: $crate::steps::Below::$below,
        });
    };
    (@ $keyword:ident $expression:tt $comment:tt #[effect($effect:ident)] $($function:tt)+) => {
        $crate::step!(@emit $keyword $expression $comment $effect Nothing $($function)+);
    };
    (@ $keyword:ident $expression:tt $comment:tt #[below($below:ident)] $($function:tt)+) => {
        $crate::step!(@emit $keyword $expression $comment Stays $below $($function)+);
    };
    (@ $keyword:ident $expression:tt $comment:tt $($function:tt)+) => {
        $crate::step!(@emit $keyword $expression $comment Stays Nothing $($function)+);
    };
    ($(#[doc = $comment:tt])+ #[given(expr = $expression:tt)] $($rest:tt)+) => {
        $crate::step!(@ given $expression [$($comment),+] $($rest)+);
    };
    ($(#[doc = $comment:tt])+ #[when(expr = $expression:tt)] $($rest:tt)+) => {
        $crate::step!(@ when $expression [$($comment),+] $($rest)+);
    };
    ($(#[doc = $comment:tt])+ #[then(expr = $expression:tt)] $($rest:tt)+) => {
        $crate::step!(@ then $expression [$($comment),+] $($rest)+);
    };
}

/// All of them, by path and line. Cucumber's attribute is expanded from the same place, so that it names the same.
pub(super) fn by_place() -> HashMap<(&'static str, u32), &'static StepDescription> {
    let all = inventory::iter::<StepDescription>.into_iter();
    all.map(|one| ((one.path, one.line), one)).collect()
}

impl StepDescription {
    /// Whether it is one of Docent's own steps.
    pub(super) fn is_own(&self) -> bool {
        self.module.starts_with("docent::steps::")
    }

    pub(super) fn entry(&self, code: &str) -> VocabularyEntry {
        let comment = self
            .comment
            .iter()
            .map(|line| line.trim())
            .collect::<Vec<_>>()
            .join(" ");
        let (what, example) = comment.split_once("Example:").unwrap_or((&comment, ""));
        VocabularyEntry {
            expression: self.expression.to_owned(),
            kind: ExpressionKind::CucumberExpression,
            what: what.trim().to_owned(),
            example: example.split('`').nth(1).unwrap_or_default().to_owned(),
            code: code.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::vocabulary;
    use crate::suite::plan::PlannedStep;
    use crate::suite::plan::tests::planned;

    #[test]
    fn every_description_is_that_of_a_step() {
        let described = inventory::iter::<StepDescription>.into_iter().count();
        let entries = crate::steps::entries().filter(|entry| !entry.what.is_empty());
        assert_eq!(entries.count(), described);
    }

    #[test]
    fn every_step_says_what_it_does_and_shows_an_example() {
        let own = crate::steps::entries().filter(|entry| entry.code.starts_with("src/steps/"));
        for entry in own {
            assert!(!entry.what.is_empty() && !entry.example.is_empty(), "{entry:?}");
        }
    }

    #[test]
    fn every_example_is_bound_to_one_step() {
        let mut feature = String::from("Feature: Examples\n  Scenario: All\n");
        for entry in vocabulary() {
            feature.extend(["    ", &entry.example, "\n"]);
            if entry.example.ends_with(':') {
                feature.push_str("      | widget |\n");
            }
        }
        let plan = planned(&feature, None).unwrap_or_else(|error| panic!("{error}"));
        let bound: Vec<_> = plan.scenarios[0].steps.iter().map(PlannedStep::code).collect();
        let written: Vec<_> = vocabulary().map(|entry| entry.code.as_str()).collect();
        assert_eq!(bound, written);
    }
}
