//! What can be wrong with a tutorial after it was played.

use std::path::PathBuf;

use super::manifest::ManifestError;
use super::publish::PublishError;
use crate::files::FileError;
use crate::files::batch::BatchError;
use crate::picture::png::DecodeError;

/// Why a tutorial was not produced.
#[derive(Debug, thiserror::Error)]
pub enum TutorialError {
    /// Two scenes give the same picture with the same marks.
    #[error(
        "{place}: scene {second} and scene {first} have identical screenshots\n  let it mark or show something of its own, or tell both in one scene"
    )]
    DuplicateScreenshot {
        /// Number of the earlier scene.
        first: usize,
        /// Number of the later scene.
        second: usize,
        /// Where the later scene begins.
        place: String,
    },
    /// The folder holds another tutorial's screenshots.
    #[error(
        "{folder} holds the screenshots of another tutorial, {there:?}: none of them is one of {played:?}\n  give one of the two \
         feature files another name; or, if {there:?} has become {played:?}, remove the folder and play again",
        folder = .folder.display()
    )]
    OtherTutorial {
        /// Where screenshots are kept.
        folder: PathBuf,
        /// Title of the tutorial whose they are.
        there: String,
        /// Title of the tutorial that was played.
        played: String,
    },
    /// A baseline is damaged, or no PNG.
    #[error(
        "{path} is {reason}. Restore it from version control, or replace it by what is played now: docent tutorial --accept",
        path = .path.display()
    )]
    Unreadable {
        /// Of the screenshot.
        path: PathBuf,
        /// What the decoder says.
        reason: String,
    },
    /// A screenshot is there, and differs, but no manifest says what it shows.
    #[error(
        "{path} differs from what was played, and no manifest says what is on it. Restore manifest.json from version control, or \
         replace the screenshot by what is played now: docent tutorial --accept",
        path = .path.display()
    )]
    Unlisted {
        /// Of the screenshot.
        path: PathBuf,
    },
    /// The browser's picture can't be read.
    #[error("the browser's screenshot is {0}")]
    InvalidScreenshot(#[from] DecodeError),
    /// A thread that encodes screenshots broke down.
    #[error("a picture could not be rendered: that is a fault of the kit")]
    EncoderPanicked,
    /// Screenshots can't be read, or laid beside their baselines.
    #[error(transparent)]
    File(#[from] FileError),
    /// Screenshots and manifest can't be replaced.
    #[error(transparent)]
    Batch(#[from] BatchError),
    /// The manifest can't be read.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The manifest can't be written as JSON.
    #[error("the manifest can't be written: {0}")]
    Json(#[from] serde_json::Error),
    /// The pages can't be written.
    #[error("the screenshots are kept, but the pages can't be published: {0}")]
    Publish(#[from] PublishError),
}

impl TutorialError {
    /// Whether the tutorial itself is wrong, rather than the disk.
    #[must_use]
    pub fn is_in_the_tutorial(&self) -> bool {
        matches!(self, Self::DuplicateScreenshot { .. } | Self::OtherTutorial { .. })
    }
}
