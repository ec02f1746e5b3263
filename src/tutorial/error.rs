//! What can be wrong with a tutorial after it was played.

use super::manifest::ManifestError;
use super::publish::PublishError;
use crate::picture::gallery::GalleryError;
use crate::picture::png::DecodeError;

/// Why a tutorial was not produced.
#[derive(Debug, thiserror::Error)]
pub enum TutorialError {
    /// Two scenes give the same picture with the same marks.
    #[error(
        "{place}: scene {second} gives the very picture of scene {first}\n  let it mark or show something of its own, or tell both in one scene"
    )]
    Twins {
        /// Number of the earlier scene.
        first: usize,
        /// Number of the later scene.
        second: usize,
        /// Where the later scene begins.
        place: String,
    },
    /// The browser's picture can't be read.
    #[error("a picture that the browser took is {0}")]
    Undeveloped(#[from] DecodeError),
    /// A thread that develops pictures broke down.
    #[error("a picture could not be developed: that is a fault of the kit")]
    Darkroom,
    /// Accepted pictures can't be read or written.
    #[error(transparent)]
    Gallery(#[from] GalleryError),
    /// The manifest can't be read or written.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The pages can't be written.
    #[error(transparent)]
    Publish(#[from] PublishError),
}

impl TutorialError {
    /// Whether the tutorial itself is wrong, rather than the disk.
    #[must_use]
    pub fn is_in_the_tutorial(&self) -> bool {
        matches!(self, Self::Twins { .. })
    }
}
