//! Finds feature files and reads them.

use std::fs;
use std::path::{Path, PathBuf};

use super::keywords;
use cucumber::feature::Ext;
use cucumber::gherkin::{Feature, GherkinEnv};

/// Why nothing can be played.
#[derive(Debug, thiserror::Error)]
pub enum SelectError {
    /// A path that was asked for is not there.
    #[error("{} can't be read: {source}\n  give the path of a feature file or of a folder that holds some", path.display())]
    Unreadable {
        /// What was asked for.
        path: PathBuf,
        /// The system's word on it.
        source: std::io::Error,
    },
    /// A folder holds no feature file.
    #[error("there is no feature file (*.feature) in {}", path.display())]
    NoFeatures {
        /// What was asked for.
        path: PathBuf,
    },
    /// A feature file is not Gherkin.
    #[error("{}{}: this is not Gherkin: {reason}", path.display(), line.map(|line| format!(":{line}")).unwrap_or_default())]
    NotGherkin {
        /// The file.
        path: PathBuf,
        /// The line, where it is known.
        line: Option<usize>,
        /// What is wrong.
        reason: String,
    },
    /// A tag expression is malformed.
    #[error("--tags {expression:?} is no tag expression: {reason}\n  write, for instance: @smoke and not @slow")]
    Tags {
        /// What was given.
        expression: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// Reads the features of files and folders, in the order of their paths; outlines are expanded.
///
/// # Errors
/// [`SelectError`].
pub fn features(paths: &[PathBuf]) -> Result<Vec<Feature>, SelectError> {
    let mut files = Vec::new();
    for path in paths {
        let before = files.len();
        collect(path, &mut files)?;
        if files.len() == before {
            return Err(SelectError::NoFeatures { path: path.clone() });
        }
    }
    files.dedup();
    files.iter().map(|file| read(file)).collect()
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), SelectError> {
    let unreadable = |source| SelectError::Unreadable {
        path: path.to_owned(),
        source,
    };
    if fs::metadata(path).map_err(unreadable)?.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)
        .map_err(unreadable)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(unreadable)?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            collect(&entry, files)?;
        } else if entry.extension().is_some_and(|extension| extension == "feature") {
            files.push(entry);
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Feature, SelectError> {
    let source = fs::read_to_string(path).map_err(|source| SelectError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    let mut feature =
        Feature::parse_path(path, GherkinEnv::default()).map_err(|error| not_gherkin(path, &source, &chain(&error)))?;
    feature.description = feature
        .description
        .map(|text| with_paragraphs(&source, feature.position.line, &text));
    let unexpanded = |error: cucumber::feature::ExpandExamplesError| SelectError::NotGherkin {
        path: path.to_owned(),
        line: Some(error.pos.line),
        reason: error.to_string(),
    };
    feature.expand_examples().map_err(unexpanded)
}

/// The parser says `Error at LINE:COLUMN` of where it gave up, which is the offending line or the one after it.
fn not_gherkin(path: &Path, source: &str, said: &str) -> SelectError {
    let gave_up = said
        .rsplit("Error at ")
        .next()
        .and_then(|rest| rest.split(':').next()?.parse::<usize>().ok());
    let offending = gave_up.and_then(|line| {
        let before = source.lines().enumerate().take(line).skip(line.saturating_sub(2));
        before
            .filter_map(|(index, text)| Some((index + 1, misspelt(text)?)))
            .last()
    });
    let (line, reason) = match offending {
        Some((line, (word, keyword))) => (Some(line), format!("{word:?} is no keyword; did you mean {keyword:?}?")),
        None => (
            gave_up,
            "nothing that can stand here; look at this line and the one before".to_owned(),
        ),
    };
    SelectError::NotGherkin {
        path: path.to_owned(),
        line,
        reason,
    }
}

/// A line's first word and the keyword that it is likely to stand for.
fn misspelt(line: &str) -> Option<(&str, &'static str)> {
    let word = line.split([' ', ':']).find(|word| !word.is_empty())?;
    let all = [keywords::SECTIONS.as_slice(), keywords::STEPS.as_slice()].concat();
    keywords::nearest(&all, word)
        .filter(|keyword| *keyword != word)
        .map(|keyword| (word, keyword))
}

/// The parser drops empty lines from descriptions, and with them the paragraphs: here they come back from the source.
fn with_paragraphs(source: &str, feature_line: usize, description: &str) -> String {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let all = words(description).len();
    let mut seen = 0;
    let lines = source.lines().skip(feature_line).take_while(|line| {
        let goes_on = seen < all;
        seen += words(line).len();
        goes_on
    });
    lines.map(str::trim).collect::<Vec<_>>().join("\n")
}

/// An error with all that lies under it: the parser keeps line and column in its source.
fn chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_searched_in_the_order_of_their_paths() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        for (name, text) in [
            ("b/x.feature", "Feature: X\n"),
            ("a.feature", "Feature: A\n"),
            ("notes.txt", ""),
        ] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let names: Vec<_> = features(&[folder.path().to_owned()])
            .unwrap()
            .into_iter()
            .map(|feature| feature.name)
            .collect();
        assert_eq!(names, ["A", "X"]);
    }

    #[test]
    fn a_description_keeps_its_paragraphs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.feature");
        fs::write(
            &path,
            "@x\nFeature: A\n  One\n  more.\n\n  Two.\n\n  Scenario: B\n    Given c\n",
        )
        .unwrap();
        let description = features(&[path]).unwrap()[0].description.clone();
        assert_eq!(description.as_deref(), Some("One\nmore.\n\nTwo."));
    }

    #[test]
    fn an_empty_folder_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let error = features(&[folder.path().to_owned()]).unwrap_err();
        assert!(matches!(error, SelectError::NoFeatures { .. }), "{error}");
    }

    #[test]
    fn what_is_not_gherkin_is_told_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("typo.feature");
        fs::write(&path, "Feature: A\n  Scenario: B\n    Given c\n    Whenn d\n").unwrap();
        let told = features(&[path]).unwrap_err().to_string();
        assert!(
            told.contains("typo.feature:4:") && told.contains("did you mean \"When\""),
            "{told}"
        );
    }
}
