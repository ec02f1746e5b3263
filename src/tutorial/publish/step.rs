//! A scene as the pages show it.

use super::close_up::Panel;
use crate::tutorial::manifest::Scene;

/// A scene as the pages show it.
pub(super) struct Step<'a> {
    pub number: usize,
    pub scene: &'a Scene,
    /// Name of the marked picture's file.
    pub picture: String,
    /// The part of it for narrow screens; none where the whole picture is needed.
    pub close_up: Option<CloseUp>,
}

/// The parts of a marked picture that a narrow screen shows.
pub(super) struct CloseUp {
    /// Name of its file.
    pub picture: String,
    /// Of the whole picture, one below the other.
    pub panels: Vec<Panel>,
}
