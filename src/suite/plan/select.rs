//! Finds feature files, and what in them was asked for.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use cucumber::gherkin::tagexpr::TagOperation;
use regex::Regex;

use super::feature_file::{FeatureFile, FeatureFileError, Located};
use super::rerun::EarlierScenario;
use super::suggestion::{did_you_mean, nearest};
use crate::config::Allowed;
use crate::counted::counted;

/// What is to be played. The default is all that the paths hold.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Feature files, folders that hold some, or `FILE:LINE`.
    pub paths: Vec<PathBuf>,
    /// A tag expression.
    pub tags: Option<String>,
    /// Whether it may name tags that no chosen scenario has: what the file with settings says is for all features, and not for the few
    /// that are chosen this time.
    pub tags_are_general: bool,
    /// Regular expressions for scenario names; one that fits is enough.
    pub names: Vec<String>,
    /// The scenarios of an earlier run, if only those are wanted that it left open.
    pub earlier: Option<Vec<EarlierScenario>>,
    /// What is not refused in features that come from elsewhere.
    pub allowed: Allowed,
}

/// Why nothing can be played.
#[derive(Debug, thiserror::Error)]
pub enum SelectError {
    /// A path or a feature file can't be read.
    #[error(transparent)]
    File(#[from] FeatureFileError),
    /// Nothing of a project is here.
    #[error("there is no {} here: this folder is no project yet\n  start one: docent new FOLDER --base-url https://…", path.display())]
    NoProject {
        /// What was asked for.
        path: PathBuf,
    },
    /// Reports, which are UTF-8, can't name it.
    #[error("the name of {} is not UTF-8\n  give the file another name", path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
    },
    /// A folder holds no feature file.
    #[error("there is no feature file (*.feature) in {}", path.display())]
    NoFeatures {
        /// What was asked for.
        path: PathBuf,
    },
    /// A line was asked for that means no scenario.
    #[error("no scenario at {}:{line}: the file has {} and {}", path.display(), counted(*length, "line"), counted(*scenarios, "scenario"))]
    NoSuchLine {
        /// The file.
        path: PathBuf,
        /// The line that was asked for.
        line: usize,
        /// How many lines there are.
        length: usize,
        /// How many scenarios there are.
        scenarios: usize,
    },
    /// A tag expression is malformed.
    #[error("--tags {expression:?} is not a tag expression: {reason}\n  write, for instance: @smoke and not @slow")]
    Tags {
        /// What was given.
        expression: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A tag that no scenario has selects nothing, or excludes nothing.
    #[error("no scenario has the tag @{tag}{}", did_you_mean(nearest.as_deref()))]
    UnknownTag {
        /// The tag, without `@`.
        tag: String,
        /// The most similar tag that a scenario has.
        nearest: Option<String>,
    },
    /// A name is no regular expression.
    #[error("--name {expression:?} is not a regular expression: {reason}")]
    Name {
        /// What was given.
        expression: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// A file with the lines that were asked for; all of it if none.
#[derive(Debug)]
pub(crate) struct SelectedFile {
    /// The file.
    pub(crate) file: FeatureFile,
    lines: Option<BTreeSet<usize>>,
}

impl SelectedFile {
    /// The lines of the scenarios that were asked for; None for all.
    ///
    /// # Errors
    /// [`SelectError::NoSuchLine`].
    pub(crate) fn scenario_lines(&self) -> Result<Option<BTreeSet<usize>>, SelectError> {
        let lines = self.lines.as_ref();
        lines
            .map(|lines| {
                lines
                    .iter()
                    .try_fold(BTreeSet::new(), |wanted, line| self.at(*line, wanted))
            })
            .transpose()
    }

    /// The lines with those of the scenarios that a line means.
    fn at(&self, line: usize, mut wanted: BTreeSet<usize>) -> Result<BTreeSet<usize>, SelectError> {
        let (found, length) = (self.file.at_line(line), self.file.length());
        if found.is_empty() || line == 0 || line > length {
            return Err(SelectError::NoSuchLine {
                path: self.file.path.clone(),
                line,
                length,
                scenarios: self.file.scenarios().len(),
            });
        }
        wanted.extend(found.iter().map(Located::line));
        Ok(wanted)
    }
}

/// Reads the files that paths ask for, in the order of the paths, each file once, and no earlier than it is taken: what
/// Gherkin makes of a file is many times as large as the file.
///
/// # Errors
/// [`SelectError`], where the paths are wrong; then for each file that can't be read.
pub(crate) fn files(paths: &[PathBuf]) -> Result<impl Iterator<Item = Result<SelectedFile, SelectError>>, SelectError> {
    let mut asked: Vec<(PathBuf, Option<BTreeSet<usize>>)> = Vec::new();
    let mut indexes: HashMap<PathBuf, usize> = HashMap::new();
    let working = std::env::current_dir().and_then(fs::canonicalize).unwrap_or_default();
    for path in paths {
        let (path, line) = with_line(path);
        let mut files = Vec::new();
        collect(&path, &mut files)?;
        if files.is_empty() {
            return Err(SelectError::NoFeatures { path });
        }
        for file in files.iter().map(|file| plain(file, &working)) {
            let lines = line.map(|line| BTreeSet::from([line]));
            let index = *indexes.entry(file.clone()).or_insert(asked.len());
            match asked.get_mut(index) {
                Some((_, earlier)) => *earlier = both(earlier.take(), lines),
                None => asked.push((file, lines)),
            }
        }
    }
    let read = |(path, lines): (PathBuf, _)| {
        Ok(SelectedFile {
            file: FeatureFile::read(&path)?,
            lines,
        })
    };
    Ok(asked.into_iter().map(read))
}

/// `features/a.feature` for `./features/a.feature`, `features/../features/a.feature` and the whole path, too: scenarios are known by
/// their files, to the next run and to other shards. What is not below the working folder keeps the name that it was given.
fn plain(path: &Path, working: &Path) -> PathBuf {
    let is_roundabout = path.is_absolute() || path.components().any(|part| part == Component::ParentDir);
    let whole = is_roundabout.then(|| fs::canonicalize(path).ok()).flatten();
    let below = whole.as_ref().and_then(|whole| whole.strip_prefix(working).ok());
    below.map_or_else(
        || path.components().filter(|part| *part != Component::CurDir).collect(),
        Path::to_path_buf,
    )
}

/// All of a file and some of its lines are all of it.
fn both(one: Option<BTreeSet<usize>>, other: Option<BTreeSet<usize>>) -> Option<BTreeSet<usize>> {
    Some(one?.union(&other?).copied().collect())
}

/// Takes `FILE:LINE` apart; a path that exists as it is written is that path.
fn with_line(path: &Path) -> (PathBuf, Option<usize>) {
    let whole = || (path.to_owned(), None);
    if path.exists() {
        return whole();
    }
    let Some((file, line)) = path.to_str().and_then(|text| text.rsplit_once(':')) else {
        return whole();
    };
    line.parse().map_or_else(|_| whole(), |line| (file.into(), Some(line)))
}

/// Where features are unless other paths are given.
const FEATURES: &str = "features";

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), SelectError> {
    if path.starts_with(FEATURES) && !Path::new(FEATURES).exists() {
        return Err(SelectError::NoProject { path: path.to_owned() });
    }
    if fs::metadata(path).map_err(unreadable(path))?.is_dir() {
        collect_below(path, &mut BTreeSet::new(), files)
    } else {
        collect_file(path, files)
    }
}

/// `above` has the folders in which this one is: a link to one of them leads in a circle.
fn collect_below(folder: &Path, above: &mut BTreeSet<PathBuf>, files: &mut Vec<PathBuf>) -> Result<(), SelectError> {
    let real = fs::canonicalize(folder).map_err(unreadable(folder))?;
    if !above.insert(real.clone()) {
        return Ok(());
    }
    let entries = fs::read_dir(folder).map_err(unreadable(folder))?;
    let mut entries: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(unreadable(folder))?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            collect_below(&entry, above, files)?;
        } else if entry.extension().is_some_and(|extension| extension == "feature") {
            collect_file(&entry, files)?;
        }
    }
    above.remove(&real);
    Ok(())
}

fn collect_file(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), SelectError> {
    if path.to_str().is_none() {
        return Err(SelectError::NotUtf8 { path: path.to_owned() });
    }
    // To read a pipe would wait for somebody to write into it.
    if !fs::metadata(path).map_err(unreadable(path))?.is_file() {
        let other = io::Error::new(io::ErrorKind::InvalidInput, "it is neither a file nor a folder");
        return Err(unreadable(path)(other).into());
    }
    files.push(path.to_owned());
    Ok(())
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> FeatureFileError {
    move |source| FeatureFileError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

/// What tags and names ask for.
#[derive(Debug)]
pub(super) struct Filter {
    tags: Option<TagOperation>,
    names: Vec<Regex>,
}

impl Filter {
    /// Reads the expressions of a selection.
    pub(crate) fn new(selection: &Selection) -> Result<Self, SelectError> {
        let name = |expression: &String| {
            Regex::new(expression).map_err(|error| SelectError::Name {
                expression: expression.clone(),
                reason: error.to_string(),
            })
        };
        Ok(Self {
            tags: selection.tags.as_deref().map(tag_expression).transpose()?,
            names: selection.names.iter().map(name).collect::<Result<_, _>>()?,
        })
    }

    /// Whether a scenario is asked for.
    pub(crate) fn wants(&self, name: &str, tags: &[String]) -> bool {
        self.tags.as_ref().is_none_or(|wanted| fits(wanted, tags))
            && (self.names.is_empty() || self.names.iter().any(|wanted| wanted.is_match(name)))
    }

    /// Every tag that the expression names must be one that a scenario has.
    pub(crate) fn check_tags(&self, known: &BTreeSet<String>) -> Result<(), SelectError> {
        let unknown = self.tags.iter().flat_map(named).find(|tag| !known.contains(*tag));
        unknown.map_or(Ok(()), |tag| {
            Err(SelectError::UnknownTag {
                tag: tag.to_owned(),
                nearest: nearest(known.iter().map(String::as_str), tag).map(|tag| format!("@{tag}")),
            })
        })
    }
}

fn tag_expression(expression: &str) -> Result<TagOperation, SelectError> {
    expression.parse().map_err(|error: _| SelectError::Tags {
        expression: expression.to_owned(),
        reason: format!("{error}"),
    })
}

fn fits(wanted: &TagOperation, tags: &[String]) -> bool {
    match wanted {
        TagOperation::And(left, right) => fits(left, tags) && fits(right, tags),
        TagOperation::Or(left, right) => fits(left, tags) || fits(right, tags),
        TagOperation::Not(not) => !fits(not, tags),
        TagOperation::Tag(tag) => tags.contains(tag),
    }
}

/// The tags that an expression names.
fn named(expression: &TagOperation) -> Vec<&str> {
    match expression {
        TagOperation::And(left, right) | TagOperation::Or(left, right) => [named(left), named(right)].concat(),
        TagOperation::Not(not) => named(not),
        TagOperation::Tag(tag) => vec![tag],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(paths: &[PathBuf]) -> Result<Vec<SelectedFile>, SelectError> {
        files(paths)?.collect()
    }

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn names(chosen: &[SelectedFile]) -> Vec<&str> {
        let features = chosen.iter().filter_map(|one| one.file.document.feature.as_ref());
        features.map(|feature| feature.heading.name.as_str()).collect()
    }

    #[test]
    fn folders_are_searched_in_the_order_of_their_paths() {
        let folder = folder(&[
            ("b/x.feature", "Feature: X\n"),
            ("a.feature", "Feature: A\n"),
            ("notes.txt", ""),
        ]);
        assert_eq!(names(&read(&[folder.path().to_owned()]).unwrap()), ["A", "X"]);
    }

    #[test]
    fn a_file_asked_for_twice_is_played_once() {
        let folder = folder(&[("a.feature", "Feature: A\n  Scenario: B\n    Given c\n")]);
        let file = folder.path().join("a.feature");
        let line = PathBuf::from(format!("{}:2", file.display()));
        let chosen = read(&[line, folder.path().to_owned(), file]).unwrap();
        assert_eq!(names(&chosen), ["A"]);
        assert!(chosen[0].scenario_lines().unwrap().is_none(), "all of it");
    }

    #[test]
    fn lines_choose_scenarios_and_a_line_that_is_not_there_is_an_error() {
        let text = "Feature: A\n  Scenario: B\n    Given c\n  Scenario: D\n    Given e\n  Scenario: F\n    Given g\n";
        let folder = folder(&[("a.feature", text)]);
        let at = |line: usize| PathBuf::from(format!("{}:{line}", folder.path().join("a.feature").display()));
        let chosen = read(&[at(5), at(2)]).unwrap();
        assert_eq!(chosen[0].scenario_lines().unwrap(), Some(BTreeSet::from([2, 4])));
        assert!(read(&[at(0)]).unwrap()[0].scenario_lines().is_err());
        let error = read(&[at(8)]).unwrap()[0].scenario_lines().unwrap_err();
        assert!(
            matches!(error, SelectError::NoSuchLine { line: 8, length: 7, .. }),
            "{error}"
        );
    }

    #[test]
    fn a_file_has_one_name_by_whatever_way_it_is_asked_for() {
        for (asked, name) in [
            ("./a.feature", "a.feature"),
            ("././features/./a.feature", "features/a.feature"),
            ("../a.feature", "../a.feature"),
            ("/features//a.feature", "/features/a.feature"),
        ] {
            assert_eq!(plain(Path::new(asked), Path::new("/nowhere")).to_str(), Some(name));
        }
        let folder = tempfile::tempdir().unwrap();
        let working = fs::canonicalize(folder.path()).unwrap();
        fs::create_dir(working.join("features")).unwrap();
        fs::write(working.join("features/a.feature"), "").unwrap();
        for asked in ["features/a.feature", "features/../features/a.feature"] {
            assert_eq!(
                plain(&working.join(asked), &working).to_str(),
                Some("features/a.feature")
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_a_circle_a_pipe_and_a_name_in_no_encoding_do_no_harm() {
        use std::os::unix::ffi::OsStrExt;

        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.feature"), "").unwrap();
        std::os::unix::fs::symlink(".", folder.path().join("loop")).unwrap();
        let found = || {
            let mut files = Vec::new();
            collect(folder.path(), &mut files).map(|()| files)
        };
        assert_eq!(found().unwrap(), [folder.path().join("a.feature")]);
        let pipe = folder.path().join("b.feature");
        nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).unwrap();
        assert!(found().unwrap_err().to_string().contains("neither a file nor a folder"));
        fs::remove_file(pipe).unwrap();
        let latin = folder.path().join(std::ffi::OsStr::from_bytes(b"lat\xe9.feature"));
        fs::write(latin, "").unwrap();
        assert!(found().unwrap_err().to_string().contains("is not UTF-8"));
    }

    #[test]
    fn an_empty_folder_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let error = read(&[folder.path().to_owned()]).unwrap_err();
        assert!(matches!(error, SelectError::NoFeatures { .. }), "{error}");
    }
}
