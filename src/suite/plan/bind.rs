//! Binds steps to their definitions.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use cucumber::gherkin::{LineCol, Span, StepType, Table};

use super::error::PlanError;
use super::snippet::snippet;
use super::step::{PlannedStep, StepArgument, Wording};
use super::step_match::StepMatch;
use crate::gherkin::{self, StepKind};
use crate::steps::{self, Definition, Definitions, InvalidStepError};
use crate::tutorial::narration;

/// A step that begins with this runs, but is not shown in its scene.
pub(crate) const OFF_CAMERA: &str = "off camera, ";

/// How much alike, of 1, two steps' own words are where one may have been meant for the other.
const SIMILAR: f64 = 0.8;

/// The definition that a step matches.
struct Binding {
    definition: &'static Definition,
    /// What each group has of the step.
    values: Vec<Option<Range<usize>>>,
}

/// Binds steps to the definitions of the vocabulary.
pub(crate) struct Binder {
    definitions: &'static Definitions,
    /// Steps that were bound already, by their text.
    wordings: RefCell<HashMap<Arc<str>, Arc<Wording>>>,
}

impl Binder {
    pub(crate) fn new() -> Self {
        Self {
            definitions: Definitions::collected(),
            wordings: RefCell::default(),
        }
    }

    /// The first word of a line and the keyword of a step that it stands for, if the line would be a step but for that word.
    pub(crate) fn misspelt_keyword<'a>(&self, line: &'a str, language: &str) -> Option<(&'a str, &'static str)> {
        let (word, rest) = line.split_once(char::is_whitespace)?;
        let nearest = gherkin::nearest(gherkin::step_keywords(language), word)?;
        let plain: String = rest.chars().filter_map(seen).collect();
        let is_step = !self.definitions.fitting(plain.trim()).is_empty();
        is_step.then_some((word, nearest))
    }

    /// What a step does, in a row of an outline if it stands in one.
    pub(crate) fn step(
        &self,
        path: &Path,
        step: &gherkin::Step,
        kind: StepKind,
        row: Option<gherkin::Row>,
    ) -> Result<PlannedStep, PlanError> {
        let fill = |text: &str| row.map_or_else(|| text.to_owned(), |row| row.fill(text).into_owned());
        let own = fill(&step.text);
        let wording = self
            .wording(&step.keyword, &own)
            .map_err(|problem| problem.at(path, step))?;
        Ok(PlannedStep {
            wording,
            line: step.position.line,
            narration: narration_of(step, &fill),
            column: step.position.column,
            ty: match kind {
                StepKind::Action => StepType::When,
                StepKind::Outcome => StepType::Then,
                StepKind::Context | StepKind::Conjunction | StepKind::Unknown => StepType::Given,
            },
            argument: argument(step, &fill).map(Box::new),
        })
    }

    /// What a step says: known already where another said the same.
    fn wording(&self, keyword: &str, text: &str) -> Result<Arc<Wording>, StepProblem> {
        let written = format!("{keyword}{text}");
        if let Some(known) = self.wordings.borrow().get(written.as_str()) {
            return Ok(Arc::clone(known));
        }
        let off_camera = text.starts_with(OFF_CAMERA);
        let own = text.strip_prefix(OFF_CAMERA).unwrap_or(text);
        let binding = self.binding(own);
        let binding = binding.map_err(|candidates| StepProblem::Ambiguous(written.clone(), candidates))?;
        let Some(Binding { definition, values }) = binding else {
            return Err(match self.invisible_character(own) {
                Some(letter) => StepProblem::InvisibleCharacter(written, letter),
                None => StepProblem::Undefined(written, own.to_owned()),
            });
        };
        let value_begins = written.len() - own.len();
        let matched = StepMatch {
            definition: Arc::clone(&definition.recorded),
            // The first group is the whole step.
            arguments: (values.iter().skip(1).flatten())
                .map(|value| value.start + value_begins..value.end + value_begins)
                .collect(),
        };
        let values: Box<[_]> = values.into_iter().map(Option::unwrap_or_default).collect();
        let captured = values.iter().skip(1).map(|value| &own[value.clone()]);
        if let Err(source) = steps::validate(&definition.entry.expression, captured) {
            return Err(StepProblem::Invalid(written, source));
        }
        let wording = Arc::new(Wording {
            matched: Arc::new(matched),
            value_begins,
            text: written.into(),
            off_camera,
            definition,
            keyword: keyword.to_owned(),
            values,
        });
        let text = Arc::clone(&wording.text);
        self.wordings.borrow_mut().insert(text, Arc::clone(&wording));
        Ok(wording)
    }

    /// The invisible or look-alike character that makes a step undefined.
    fn invisible_character(&self, own: &str) -> Option<char> {
        let plain: String = own.chars().filter_map(seen).collect();
        let is_known = plain != own && !self.definitions.fitting(&plain).is_empty();
        // What is quoted may hold anything.
        let mut letters = own.split('"').step_by(2).flat_map(str::chars);
        letters.find(|letter| is_known && seen(*letter) != Some(*letter))
    }

    /// What a step's own words mean, under any keyword; Err has all that they mean if that is more than one thing.
    fn binding(&self, own: &str) -> Result<Option<Binding>, Vec<String>> {
        match self.definitions.fitting(own).as_slice() {
            [] => Ok(None),
            [definition] => Ok(definition.regex.captures(own).map(|captures| Binding {
                definition,
                values: captures.iter().map(|group| group.map(|group| group.range())).collect(),
            })),
            several => Err(several
                .iter()
                .map(|known| format!("{}: {}", known.entry.code, known.regex))
                .collect()),
        }
    }
}

/// What a person takes a character for: a space for each that looks like one, and nothing for those that look like nothing.
fn seen(letter: char) -> Option<char> {
    match letter {
        '\u{ad}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => None,
        letter if letter.is_whitespace() => Some(' '),
        letter if letter.is_control() => None,
        letter => Some(letter),
    }
}

/// What is wrong with a step, wherever it stands.
enum StepProblem {
    /// The whole step, and what it could mean.
    Ambiguous(String, Vec<String>),
    /// The whole step, and its own words.
    Undefined(String, String),
    /// The whole step, and an invisible or look-alike character.
    InvisibleCharacter(String, char),
    /// The whole step, and what is wrong with the name of a thing.
    Invalid(String, InvalidStepError),
}

impl StepProblem {
    fn at(self, path: &Path, step: &gherkin::Step) -> PlanError {
        let (path, line) = (path.to_owned(), step.position.line);
        match self {
            Self::Ambiguous(step, candidates) => PlanError::Ambiguous {
                path,
                line,
                step,
                candidates,
            },
            Self::Undefined(step, own) => PlanError::Undefined {
                path,
                line,
                step,
                nearest: nearest(&own),
                snippet: snippet(&own),
            },
            Self::InvisibleCharacter(step, letter) => PlanError::InvisibleCharacter {
                path,
                line,
                before: step.split(letter).next().unwrap_or_default().to_owned(),
                step,
                letter,
            },
            Self::Invalid(step, source) => PlanError::InvalidStep {
                path,
                line,
                step,
                source,
            },
        }
    }
}

/// The most similar steps of the vocabulary.
fn nearest(text: &str) -> Vec<String> {
    let text = unquoted(text);
    let mut scored: Vec<(f64, &str)> = steps::entries()
        .map(steps::VocabularyEntry::suggestion)
        .map(|suggestion| (strsim::jaro_winkler(&unquoted(suggestion), &text), suggestion))
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let similar = scored.into_iter().filter(|(alike, _)| *alike >= SIMILAR);
    similar.take(3).map(|(_, suggestion)| suggestion.to_owned()).collect()
}

/// What stands under a step, as Cucumber hands it to the step's code.
fn argument(step: &gherkin::Step, fill: &dyn Fn(&str) -> String) -> Option<StepArgument> {
    let docstring = step.doc_string.as_ref().map(|doc_string| fill(&doc_string.content));
    let cells = |row: &gherkin::TableRow| row.cells.iter().map(|cell| fill(&cell.text)).collect();
    let table = step.table.as_ref().map(|table| Table {
        rows: table.rows.iter().map(cells).collect(),
        span: Span::default(),
        position: table.rows.first().map_or_else(LineCol::default, |row| LineCol {
            line: row.position.line,
            col: row.position.column,
        }),
    });
    (docstring.is_some() || table.is_some()).then_some(StepArgument { docstring, table })
}

/// The doc string of a step, if it is words for people.
fn narration_of(step: &gherkin::Step, fill: &dyn Fn(&str) -> String) -> Option<String> {
    let doc_string = step.doc_string.as_ref()?;
    narration::is_narration(doc_string.media_type.as_deref()).then(|| narration::written(&fill(&doc_string.content)))
}

/// A step's own words, without the names that it quotes.
fn unquoted(step: &str) -> String {
    step.split('"').step_by(2).collect()
}
