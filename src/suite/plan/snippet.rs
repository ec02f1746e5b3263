//! Snippets: Rust source of a step definition for an undefined step.

use std::sync::LazyLock;

use cucumber::Parameter;
use regex::{Captures, Regex};

use crate::steps::Target;

/// Rust source of a step that fits this text, to be filled in.
#[must_use]
pub(crate) fn snippet(text: &str) -> String {
    let mut parameters = String::new();
    let mut given = 0;
    let expression = VALUE.replace_all(text, |value: &Captures| {
        given += 1;
        let (slot, kind) = if value.name("target").is_some() {
            ("{target}", "Target")
        } else if value.name("text").is_some() {
            ("{string}", "String")
        } else if value[0].contains('.') {
            ("{float}", "f64")
        } else {
            ("{int}", "i64")
        };
        parameters.extend([", value_", &given.to_string(), ": ", kind]);
        slot.to_owned()
    });
    let name = function_name(&expression);
    format!(
        "    #[when(expr = {expression:?})]\n    \
        async fn {name}(world: &mut World{parameters}) -> Result<(), StepError> {{\n        \
        Err(StepError::Invalid(\"not written yet\".to_owned()))\n    }}"
    )
}

#[allow(clippy::unwrap_used, reason = "a constant, and tested")]
static VALUE: LazyLock<Regex> = LazyLock::new(|| {
    let target = <Target as Parameter>::REGEX;
    Regex::new(&format!(r#"(?<target>{target})|(?<text>"[^"]*")|\b\d+(\.\d+)?\b"#)).unwrap()
});

fn function_name(expression: &str) -> String {
    let plain = expression.replace(['{', '}'], " ");
    let words = plain.split(|letter: char| !letter.is_alphanumeric());
    let name = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_");
    let name = name.to_lowercase();
    if name.starts_with(|first: char| first.is_alphabetic()) {
        name
    } else {
        format!("step_{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_parameters() {
        let message = snippet("I clack the button \"X\" with \"Y\" 2 times in 1.5 s");
        assert!(
            message.contains(r#"#[when(expr = "I clack {target} with {string} {int} times in {float} s")]"#),
            "{message}"
        );
        assert!(
            message.contains(
                "async fn i_clack_target_with_string_int_times_in_float_s(world: &mut World, value_1: Target, value_2: String, value_3: i64, value_4: f64)"
            ),
            "{message}"
        );
    }

    #[test]
    fn a_name_begins_with_a_letter() {
        assert!(snippet("\"X\" is there").contains("async fn string_is_there("));
        assert!(snippet("…").contains("async fn step_("));
    }
}
