//! Everything that can be wrong with the selected features, each with file, line and hint.

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

use super::select::SelectError;
use super::tags::TagError;
use crate::steps::InvalidStepError;
use crate::tutorial::scenes::SceneError;

/// Of a scenario that was left open, where it is not found again.
pub(crate) const LOST: &str = "no longer there by its name or its steps";

/// Why no scenario runs.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// Files or tags.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// No scenario is left to play.
    #[error("no scenario is selected: of {of} in {}, none {why}", paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "))]
    NothingSelected {
        /// Where they were looked for.
        paths: Vec<PathBuf>,
        /// How many scenarios there are.
        of: usize,
        /// What they were selected by.
        why: String,
    },
    /// Of what an earlier run left open nothing can run: each one's key, and whether it is no longer there.
    #[error("{}", nothing_to_rerun(.0))]
    NothingToRerun(Vec<(String, bool)>),
    /// An undefined step: no step definition matches it.
    #[error("{}:{line}: undefined step:\n    {step}\n  {}", path.display(), suggestion(nearest))]
    Undefined {
        /// The feature file.
        path: PathBuf,
        /// Line of the step.
        line: usize,
        /// As the feature file has it.
        step: String,
        /// The most similar steps of the vocabulary.
        nearest: Vec<String>,
        /// Source of a step definition to start from.
        snippet: String,
    },
    /// The step would match a definition but for an invisible or look-alike character.
    #[error(
        "{}:{line}: undefined step, because of the character U+{:04X} after {before:?}:\n    {step}\n  \
         it is invisible or looks like a space: replace it with an ordinary space, or delete it",
        path.display(), u32::from(*letter)
    )]
    InvisibleCharacter {
        /// The feature file.
        path: PathBuf,
        /// Line of the step.
        line: usize,
        /// As the feature file has it.
        step: String,
        /// What stands before the character.
        before: String,
        /// The character.
        letter: char,
    },
    /// A keyword is misspelt, so that Gherkin takes its line for mere description.
    #[error("{}:{line}: {word:?} is no keyword; did you mean {nearest:?}?", path.display())]
    MisspelledKeyword {
        /// The feature file.
        path: PathBuf,
        /// The line.
        line: usize,
        /// As the feature file has it.
        word: String,
        /// The keyword.
        nearest: &'static str,
    },
    /// A step stands where Gherkin takes it for mere description.
    #[error("{}:{line}: this {step} step is outside of any scenario or background\n  write \"Scenario: NAME\" or \"Background:\" above it", path.display())]
    StepOutsideScenario {
        /// The feature file.
        path: PathBuf,
        /// The line.
        line: usize,
        /// Its keyword.
        step: String,
    },
    /// An ambiguous step: several step definitions match it.
    #[error("{}:{line}: ambiguous step:\n    {step}\n  it matches:\n    {}", path.display(), candidates.join("\n    "))]
    Ambiguous {
        /// The feature file.
        path: PathBuf,
        /// Line of the step.
        line: usize,
        /// As the feature file has it.
        step: String,
        /// The step definitions that match.
        candidates: Vec<String>,
    },
    /// A value of the step is invalid.
    #[error("{}:{line}: {source}\n    {step}", path.display())]
    InvalidStep {
        /// The feature file.
        path: PathBuf,
        /// Line of the step.
        line: usize,
        /// As the feature file has it.
        step: String,
        /// Which value, and why.
        source: InvalidStepError,
    },
    /// Something stands below the step that it does not read, or nothing that it needs.
    #[error("{}:{line}: {what}\n    {step}\n  {}", path.display(), what.hint())]
    MisplacedArgument {
        /// The feature file.
        path: PathBuf,
        /// Line of what stands there, or of the step.
        line: usize,
        /// What it is.
        what: MisplacedArgument,
        /// As the feature file has it.
        step: String,
    },
    /// A feature without scenarios would pass without looking.
    #[error("{}:{line}: {what}\n  write one, or set allow-empty-features = true in docent.toml", path.display())]
    NoScenario {
        /// The feature file.
        path: PathBuf,
        /// Line of the feature.
        line: usize,
        /// What is missing.
        what: &'static str,
    },
    /// An outline without rows would pass without looking.
    #[error("{}:{line}: the scenario outline {name:?} has no examples\n  write Examples: and a table below it, or set allow-empty-scenarios = true in docent.toml", path.display())]
    EmptyOutline {
        /// The feature file.
        path: PathBuf,
        /// Line of the outline.
        line: usize,
        /// Its name.
        name: String,
    },
    /// A scenario without steps would pass without looking.
    #[error("{}:{line}: the scenario {name:?} has no steps\n  write some, or set allow-empty-scenarios = true in docent.toml", path.display())]
    EmptyScenario {
        /// The feature file.
        path: PathBuf,
        /// Line of the scenario.
        line: usize,
        /// Its name.
        name: String,
    },
    /// Two scenarios of one name, which reports and `--rerun` could not distinguish.
    #[error("{}:{line}: duplicate scenario name {name:?}: line {earlier} has it already\n  rename one of them, or set allow-duplicate-names = true in docent.toml", path.display())]
    DuplicateName {
        /// The feature file.
        path: PathBuf,
        /// Line of the second.
        line: usize,
        /// Their name.
        name: String,
        /// Line of the first.
        earlier: usize,
    },
    /// A tag that looks like one of the runner's.
    #[error("{}:{line}: {source}", path.display())]
    Tag {
        /// The feature file.
        path: PathBuf,
        /// Line of the scenario.
        line: usize,
        /// What is wrong with it.
        source: TagError,
    },
    /// A step that controls the mock portal can't run against a portal elsewhere.
    #[error(
        "{}:{line}: this step controls the mock portal, but the scenario runs on {portal}:\n    {step}\n  \
         leave out --base-url, or exclude the scenario",
        path.display()
    )]
    NeedsMockPortal {
        /// The feature file.
        path: PathBuf,
        /// Line of the step.
        line: usize,
        /// As the feature file has it.
        step: String,
        /// The portal's address.
        portal: String,
    },
    /// A tutorial's scenes.
    #[error(transparent)]
    Scene(#[from] SceneError),
    /// More than one thing is wrong.
    #[error("{}", several(.0))]
    Several(Vec<Self>),
}

/// What stands below a step that does not read it, or is missing there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MisplacedArgument {
    /// A table.
    #[error("this step takes no table")]
    Table,
    /// No table.
    #[error("this step needs a table below it")]
    NoTable,
    /// A doc string of words for people, in a scenario that is no tutorial.
    #[error("this step takes no doc string, and the scenario is not a tutorial")]
    Narration,
    /// A doc string of data.
    #[error("this step takes no doc string")]
    Data,
}

impl MisplacedArgument {
    fn hint(self) -> &'static str {
        match self {
            Self::Table => "remove the table, or use a step that takes one: `docent steps` lists them",
            Self::NoTable => "add one: `docent steps` shows its columns",
            Self::Narration => "remove the doc string, make it a comment (#), or tag the scenario @tutorial",
            Self::Data => "remove the doc string, or make it a comment (#)",
        }
    }
}

/// Each thing once: a background's step is wrong in every scenario, and one new step may be what several lines want.
fn several(errors: &[PlanError]) -> String {
    let mut seen = HashSet::new();
    let message = errors.iter().map(ToString::to_string);
    let message: Vec<_> = message.filter(|message| seen.insert(message.clone())).collect();
    message.join("\n")
}

fn nothing_to_rerun(open: &[(String, bool)]) -> String {
    let line = |(key, is_lost): &(String, bool)| {
        let why = if *is_lost {
            LOST
        } else {
            "not among the paths, tags and names that were chosen"
        };
        format!("  {key}: {why}\n")
    };
    let lines: String = open.iter().map(line).collect();
    format!("nothing of what the last run left open can be played again:\n{lines}run without --rerun to play all")
}

fn suggestion(nearest: &[String]) -> String {
    if nearest.is_empty() {
        "`docent steps` lists all steps".to_owned()
    } else {
        format!("did you mean:\n    {}", nearest.join("\n    "))
    }
}

impl PlanError {
    /// Snippets for the undefined steps, each once.
    #[must_use]
    pub(crate) fn snippets(&self) -> BTreeSet<&str> {
        match self {
            Self::Undefined { snippet, .. } => BTreeSet::from([snippet.as_str()]),
            Self::Several(errors) => errors.iter().flat_map(Self::snippets).collect(),
            _ => BTreeSet::new(),
        }
    }
}
