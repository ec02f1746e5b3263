//! What may stand below a step: a table or a doc string that its code never reads would look like a check that passes.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::vocabulary;

/// What the code of a step reads of what stands below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Below {
    /// Nothing.
    Nothing,
    /// A table, which it needs.
    Table,
    /// Nobody knows: the step is not of Docent's own vocabulary.
    Unknown,
}

/// Steps that read a table, by their expressions. None reads a doc string.
const WITH_TABLE: [&str; 2] = [
    "I see just these, in this order:",
    "I see just these in {target}, in this order:",
];

/// What the step reads that is written at `src/steps/click.rs:12`.
pub(crate) fn below_of(code: &str) -> Below {
    static BY_CODE: LazyLock<HashMap<String, Below>> = LazyLock::new(|| {
        let below = |expression: &str| {
            if WITH_TABLE.contains(&expression) {
                Below::Table
            } else {
                Below::Nothing
            }
        };
        vocabulary()
            .map(|entry| (entry.code, below(&entry.expression)))
            .collect()
    });
    BY_CODE.get(code).copied().unwrap_or(Below::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_with_a_table_is_one_of_the_vocabulary() {
        let with_table = vocabulary().filter(|entry| below_of(&entry.code) == Below::Table);
        assert_eq!(with_table.count(), WITH_TABLE.len());
    }
}
