//! What is marked, and how.

use crate::area::Area;

/// Something marked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// The target, in CSS pixels.
    pub area: Area,
    /// The number on its badge.
    pub number: Option<u32>,
    /// The part of the target that a pointer is drawn at, if not anywhere at it.
    pub words: Option<Area>,
    /// Whether a pointer is drawn at it.
    pub clicked: bool,
}
