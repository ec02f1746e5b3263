//! Why reports can't be written or merged.

use std::path::PathBuf;

use crate::files::FileError;
use crate::suite::plan::shard::ShardsError;
use crate::suite::record::HistoryError;

/// Reports can't be written or joined.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The records of shards.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// The folder for reports is not fit.
    #[error("reports can't be written to {}: {source}\n  make it writable, or choose another with --reports", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The system's word on it.
        source: std::io::Error,
    },
    /// Another process writes there.
    #[error(
        "another run is writing its reports to {0}\n  wait until it is over, or choose another folder with --reports",
        folder.display()
    )]
    Busy {
        /// The folder.
        folder: PathBuf,
    },
    /// What is there is not ours to replace.
    #[error(
        "{} has {} in it, and no run of Docent: reports would replace what is there\n  choose another folder with --reports",
        folder.display(),
        names.join(", ")
    )]
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// What is there under the names of reports.
        names: Vec<&'static str>,
    },
    /// There is nothing to join.
    #[error("there is no run in {}\n  name folders that `docent run --reports` has written", folder.display())]
    NoRun {
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// The reports of one shard would be replaced by those of all.
    #[error("{0} is one of the shards: its reports would be replaced, and could not be merged again\n  choose another folder with --out", out.display())]
    IntoShard {
        /// The folder.
        out: PathBuf,
    },
    /// They are not all shards of one plan.
    #[error(transparent)]
    Shards(#[from] ShardsError),
    /// They were played of something else, elsewhere or at another time.
    #[error(
        "{} and {} are no shards of one run: their {what} differs, {one_value} and {other_value}\n  \
         play what is missing of this run, or merge them all the same with --allow-different-runs",
        one.display(), other.display()
    )]
    OtherRun {
        /// What differs.
        what: &'static str,
        /// A folder.
        one: PathBuf,
        /// What it has.
        one_value: String,
        /// Another.
        other: PathBuf,
        /// What that has.
        other_value: String,
    },
    /// A scenario stands in two of the records that are to be joined.
    #[error("{key} ran in {} and in {}\n  merge only shards of one run", one.display(), other.display())]
    Twice {
        /// The scenario.
        key: String,
        /// A folder.
        one: PathBuf,
        /// Another.
        other: PathBuf,
    },
}
