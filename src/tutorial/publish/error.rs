//! What can go wrong while publishing.

use std::path::PathBuf;

use crate::files::FileError;

/// What went wrong while publishing; what was published before is whole still.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// A picture that the manifest names is not there.
    #[error("the picture {path} is missing. Play the tutorial again to take it", path = .0.display())]
    Missing(PathBuf),
    /// A picture is damaged.
    #[error("{path} is {source}. Restore it from version control, or play the tutorial again", path = .path.display())]
    Damaged {
        /// Of the picture.
        path: PathBuf,
        /// What the decoder says.
        source: picture::png::DecodeError,
    },
    /// A scene's picture is no plain file name.
    #[error("the manifest names the picture “{0}”: a file name without folders is needed")]
    Name(String),
    /// The page can't be put together.
    #[error("the page can't be written: {0}")]
    Page(#[from] askama::Error),
    /// Slides or handout can't be put together.
    #[error("the document can't be put together: {0}")]
    Package(std::io::Error),
    /// The animation can't be encoded.
    #[error("the animation can't be encoded: {0}")]
    Animation(picture::ImageError),
    /// The system refuses.
    #[error(transparent)]
    File(#[from] FileError),
}
