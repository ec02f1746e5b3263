//! The errors of reading what an earlier run left.

use std::path::PathBuf;

use crate::files::FileError;

/// The previous run can't be used.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// Nothing was left.
    #[error("no previous run in {}\n  run without --rerun first", folder.display())]
    None {
        /// The folder for reports.
        folder: PathBuf,
    },
    /// What was left can't be understood.
    #[error("{} can't be parsed: {source}\n  delete it, and run again", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// What was left can't be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}
