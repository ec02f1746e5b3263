//! A line of a twin.

/// One line of a twin: a node, or a text of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Line {
    /// How deep it is nested; 0 at the top.
    pub depth: usize,
    /// ARIA role; `text` for a text of its own, `/placeholder` for what stands in an empty field.
    pub role: String,
    /// Accessible name; empty if it has none.
    pub name: String,
    /// Such as `checked` and `level=2`.
    pub states: Vec<String>,
    /// What it says or holds; empty if that is its name, or is in the lines below it.
    pub text: String,
}

impl Line {
    /// What a person calls it: its name, or else what it says.
    #[must_use]
    pub fn label(&self) -> &str {
        if self.name.is_empty() { &self.text } else { &self.name }
    }
}
