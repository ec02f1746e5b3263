//! What a step was bound to, as records keep it: reports bind nothing, so that they are the same whatever the vocabulary has become.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::redact;
use crate::steps::StepDefinition;

/// A step's definition, and what that takes as its arguments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepMatch {
    /// The definition.
    #[serde(flatten)]
    pub(crate) definition: Arc<StepDefinition>,
    /// The bytes of the step's text that are arguments, in order.
    pub(crate) arguments: Vec<Range<usize>>,
}

impl StepMatch {
    /// What is left of it in a text that is redacted: the same arguments, where they stand now.
    pub(in crate::suite) fn after_redaction(self: &Arc<Self>, text: &str, redacted: &str) -> Arc<Self> {
        if text == redacted {
            return Arc::clone(self);
        }
        let moved = |at: usize| redact::text(&text[..at]).len().min(redacted.len());
        let arguments = self.arguments.iter();
        let arguments = arguments.map(|argument| moved(argument.start)..moved(argument.end));
        Arc::new(Self {
            definition: Arc::clone(&self.definition),
            arguments: arguments.collect(),
        })
    }
}

/// Adds the definitions of another run to those of one; each is there once.
pub(crate) fn merge_definitions(definitions: &mut Vec<Arc<StepDefinition>>, others: Vec<Arc<StepDefinition>>) {
    definitions.extend(others);
    definitions.sort();
    definitions.dedup();
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;
    use crate::steps::ExpressionKind;

    fn matched(arguments: &[Range<usize>]) -> Arc<StepMatch> {
        Arc::new(StepMatch {
            definition: definition("I type {string} into {target}"),
            arguments: arguments.to_vec(),
        })
    }

    fn definition(expression: &str) -> Arc<StepDefinition> {
        Arc::new(StepDefinition {
            id: "src/steps/typing.rs:11".to_owned(),
            expression: expression.to_owned(),
            kind: ExpressionKind::CucumberExpression,
        })
    }

    #[test]
    fn arguments_stay_where_they_stand_in_a_text_that_is_redacted() {
        redact::protect(&SecretString::from("matched-Value-31"));
        let text = "When I type \"matched-Value-31\" into the text field \"PIN\"";
        let redacted = redact::text(text);
        let whole = text.find("the text").unwrap()..text.len();
        let moved = matched(&[13..29, whole]).after_redaction(text, &redacted);
        let values: Vec<_> = moved.arguments.iter().map(|range| &redacted[range.clone()]).collect();
        assert_eq!(values, ["[secret]", "the text field \"PIN\""]);
    }

    #[test]
    fn a_match_is_read_as_it_was_written() {
        let json = serde_json::to_string(&matched(&[7..12, 18..24])).unwrap();
        assert_eq!(
            json,
            r#"{"id":"src/steps/typing.rs:11","expression":"I type {string} into {target}","kind":"cucumber-expression","arguments":[{"start":7,"end":12},{"start":18,"end":24}]}"#
        );
        assert_eq!(
            serde_json::from_str::<StepMatch>(&json).unwrap(),
            *matched(&[7..12, 18..24])
        );
    }

    #[test]
    fn definitions_of_two_runs_are_each_there_once() {
        let mut one = vec![definition("B"), definition("C")];
        merge_definitions(&mut one, vec![definition("A"), definition("C")]);
        assert_eq!(one, [definition("A"), definition("B"), definition("C")]);
    }
}
