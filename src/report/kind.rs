//! Which reports a run writes.

use std::collections::BTreeSet;
use std::path::Path;

use clap::ValueEnum;

use super::{ReportError, allure, ctrf, junit, messages, page};
use crate::files;
use crate::suite::record::Record;

/// A report that a run writes beside its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum ReportKind {
    /// index.html, a page for people
    Html,
    /// junit.xml, for CI services
    Junit,
    /// messages.ndjson, Cucumber Messages
    Messages,
    /// allure-results, for Allure 2 and 3
    Allure,
    /// ctrf.json, the Common Test Report Format
    Ctrf,
}

/// The reports of a run.
pub type ReportKinds = BTreeSet<ReportKind>;

impl ReportKind {
    /// Every report that there is.
    #[must_use]
    pub fn all() -> ReportKinds {
        Self::value_variants().iter().copied().collect()
    }

    /// Bit by bit: none is ever in memory as one text.
    fn write(self, record: &Record, folder: &Path) -> Result<(), ReportError> {
        let file = folder.join(self.file());
        match self {
            Self::Html => files::write_with(&file, |out| page::write(record, folder, out)),
            Self::Junit => files::write_with(&file, |out| junit::write(record, folder, out)),
            Self::Messages => files::write_with(&file, |out| messages::write(record, folder, out)),
            Self::Ctrf => files::write_with(&file, |out| ctrf::write(record, folder, out)),
            Self::Allure => allure::write(record, folder),
        }?;
        Ok(())
    }

    fn remove(self, folder: &Path) -> Result<(), ReportError> {
        match self {
            Self::Allure => allure::remove(folder),
            _ => files::remove(&folder.join(self.file())),
        }?;
        Ok(())
    }

    /// Its name in the folder for reports.
    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Html => page::FILE,
            Self::Junit => junit::FILE,
            Self::Messages => messages::FILE,
            Self::Allure => allure::FOLDER,
            Self::Ctrf => ctrf::FILE,
        }
    }
}

/// Removes every report.
pub(super) fn remove_all(folder: &Path) -> Result<(), ReportError> {
    // One that can't be removed is no reason to leave the others.
    let removed = ReportKind::value_variants().iter().map(|kind| kind.remove(folder));
    removed.fold(Ok(()), Result::and)
}

/// Writes these reports, and removes what an earlier run has left of the others: it must not be taken for this run's.
pub(super) fn render(record: &Record, folder: &Path, kinds: &ReportKinds) -> Result<(), ReportError> {
    for kind in ReportKind::value_variants() {
        if kinds.contains(kind) {
            kind.write(record, folder)?;
        } else {
            kind.remove(folder)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::view::samples::every_verdict;
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        files::names_in(folder).unwrap()
    }

    #[test]
    fn a_report_that_is_not_wanted_any_more_does_not_stay() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let record = every_verdict();
        render(&record, folder, &ReportKind::all()).unwrap();
        let all = [
            "allure-results",
            "ctrf.json",
            "index.html",
            "junit.xml",
            "messages.ndjson",
        ];
        assert_eq!(names(folder), all);
        render(&record, folder, &ReportKinds::from([ReportKind::Junit])).unwrap();
        assert_eq!(names(folder), ["junit.xml"]);
        render(&record, folder, &ReportKinds::new()).unwrap();
        assert_eq!(names(folder), [""; 0]);
    }

    #[test]
    fn what_others_keep_for_allure_stays() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        render(&every_verdict(), folder, &ReportKind::all()).unwrap();
        std::fs::write(folder.join(allure::FOLDER).join("categories.json"), "[]").unwrap();
        render(&every_verdict(), folder, &ReportKinds::new()).unwrap();
        assert_eq!(names(&folder.join(allure::FOLDER)), ["categories.json"]);
    }
}
