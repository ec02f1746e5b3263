//! What may stand below a step: a table or a doc string that its code never reads would look like a check that passes.

/// What the code of a step reads of what stands below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Below {
    /// Nothing.
    Nothing,
    /// A table, which it needs.
    Table,
    /// Nobody knows: it may read a table, a doc string or neither.
    Unknown,
}
