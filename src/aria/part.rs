//! What the page's script says of a picture.

use serde::Deserialize;

/// A part of a page, in the order in which it is read.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Part {
    /// Where one text ends and another begins.
    Edge(()),
    /// Text of a sentence, as it is drawn.
    Text(String),
    /// Something with a role.
    Node(Node),
}

/// Something with a role.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Node {
    /// ARIA role.
    pub role: String,
    /// Accessible name.
    #[serde(default)]
    pub name: String,
    /// Such as `checked` and `level=2`, in the order in which they are written.
    #[serde(default)]
    pub states: Vec<String>,
    /// What a field holds.
    #[serde(default)]
    pub value: String,
    /// What stands in a field that is empty.
    #[serde(default)]
    pub hint: String,
    /// What is in it.
    #[serde(default)]
    pub parts: Vec<Part>,
}
