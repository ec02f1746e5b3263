//! Binds steps to what they do.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use cucumber::gherkin::{Step, StepType};
use cucumber::{World as _, step};

use super::keywords;
use super::plan::{Argument, PlanError, PlannedStep, Wording};
use super::snippet::snippet;
use crate::steps::{self, Effect};
use crate::world::World;

/// A step that begins so is played but not shown.
pub(crate) const OFF_CAMERA: &str = "off camera, ";

/// How much alike, of 1, two steps' own words are where one may have been meant for the other.
const SIMILAR: f64 = 0.8;

/// A text that a step of the vocabulary fits.
pub(crate) struct Matched {
    /// Where what it does is written: `src/steps/click.rs:12`.
    pub code: String,
    /// The bytes of the text that are values.
    pub values: Vec<Range<usize>>,
}

/// A step of the vocabulary. All planned steps that mean it share it.
#[derive(Debug)]
pub(super) struct Definition {
    /// Where it is written: `src/steps/click.rs:12`.
    pub code: String,
    pub action: step::Step<World>,
    /// What it does beyond its own words.
    pub effect: Effect,
    /// Names of its expression's groups; the first is the whole step.
    pub groups: Vec<step::CaptureName>,
}

/// What a step does.
struct Meaning {
    definition: Arc<Definition>,
    /// What each group has of the step.
    values: Vec<Option<Range<usize>>>,
}

/// Knows the vocabulary.
pub(crate) struct Binder {
    collection: step::Collection<World>,
    /// What steps have meant up to now, by where it is written and by its code: a macro may write several in one place.
    definitions: RefCell<BTreeMap<(String, usize), Arc<Definition>>>,
    /// What steps have said up to now.
    wordings: RefCell<HashMap<Arc<str>, Arc<Wording>>>,
}

impl Binder {
    pub fn new() -> Self {
        Self {
            collection: World::collection(),
            definitions: RefCell::default(),
            wordings: RefCell::default(),
        }
    }

    /// What a step without its keyword means to those who tell of it; None if that is not clear.
    pub fn matched(&self, text: &str) -> Option<Matched> {
        let own = text.strip_prefix(OFF_CAMERA).unwrap_or(text);
        let before = text.len() - own.len();
        let meaning = self.meanings("", own).ok()?.pop()?;
        let moved = |value: Range<usize>| value.start + before..value.end + before;
        Some(Matched {
            code: meaning.definition.code.clone(),
            // The first group is the whole step.
            values: meaning.values.into_iter().skip(1).flatten().map(moved).collect(),
        })
    }

    /// A line's first word and the keyword it stands for, if the line would be a step or a section but for that word.
    pub fn misspelt_keyword<'a>(&self, line: &'a str) -> Option<(&'a str, &'static str)> {
        if let Some((word, _)) = line.split_once(':') {
            return keywords::nearest(&keywords::SECTIONS, word).map(|nearest| (word, nearest));
        }
        let (word, rest) = line.split_once(' ')?;
        let is_step = !matches!(self.meanings(word, rest), Ok(meanings) if meanings.is_empty());
        let nearest = keywords::nearest(&keywords::STEPS, word)?;
        is_step.then_some((word, nearest))
    }

    /// What a step does.
    pub fn step(&self, path: &Path, step: &Step) -> Result<PlannedStep, PlanError> {
        let Step { docstring, table, .. } = step;
        let argument = (docstring.is_some() || table.is_some()).then(|| {
            Box::new(Argument {
                docstring: docstring.clone(),
                table: table.clone(),
            })
        });
        Ok(PlannedStep {
            wording: self.wording(path, step)?,
            line: step.position.line,
            narration: docstring.as_deref().map(unindent),
            column: step.position.col,
            span: step.span,
            ty: step.ty,
            argument,
        })
    }

    /// What a step says: known already where another said the same.
    fn wording(&self, path: &Path, step: &Step) -> Result<Arc<Wording>, PlanError> {
        let (path, line, written) = (
            path.to_owned(),
            step.position.line,
            format!("{}{}", step.keyword, step.value),
        );
        if let Some(known) = self.wordings.borrow().get(written.as_str()) {
            return Ok(Arc::clone(known));
        }
        let off_camera = step.value.starts_with(OFF_CAMERA);
        let own = step.value.strip_prefix(OFF_CAMERA).unwrap_or(&step.value);
        let mut meanings = self
            .meanings(&step.keyword, own)
            .map_err(|meanings| PlanError::Ambiguous {
                path: path.clone(),
                line,
                step: written.clone(),
                meanings,
            })?;
        let Some(Meaning { definition, values }) = meanings.pop() else {
            return Err(PlanError::Undefined {
                path,
                line,
                step: written,
                nearest: Self::nearest(own),
                snippet: snippet(own),
            });
        };
        let values: Box<[_]> = values.into_iter().map(Option::unwrap_or_default).collect();
        let captured = values.iter().skip(1).map(|value| &own[value.clone()]);
        if let Err(source) = steps::check(&definition.code, captured) {
            return Err(PlanError::Target {
                path,
                line,
                step: written,
                source,
            });
        }
        let wording = Arc::new(Wording {
            value_begins: written.len() - own.len(),
            text: written.into(),
            off_camera,
            definition,
            keyword: step.keyword.clone(),
            values,
        });
        let text = Arc::clone(&wording.text);
        self.wordings.borrow_mut().insert(text, Arc::clone(&wording));
        Ok(wording)
    }

    /// What a step's own words mean under any keyword: none or one; Err has the expressions if there are several.
    fn meanings(&self, keyword: &str, own: &str) -> Result<Vec<Meaning>, Vec<String>> {
        let mut found = Vec::new();
        let mut expressions = Vec::new();
        for ty in [StepType::Given, StepType::When, StepType::Then] {
            let asked = Step::builder()
                .keyword(keyword.to_owned())
                .ty(ty)
                .value(own.to_owned())
                .build();
            match self.collection.find(&asked) {
                Ok(None) => {}
                Ok(Some((action, captures, place, context))) => {
                    let code = place.map_or_else(String::new, |place| format!("{}:{}", place.path, place.line));
                    expressions.push(code.clone());
                    let value = |group| captures.get(group).map(|(start, end)| start..end);
                    found.push(Meaning {
                        definition: self.definition(code, *action, context),
                        values: (0..captures.len()).map(value).collect(),
                    });
                }
                Err(ambiguous) => {
                    expressions.extend(
                        ambiguous
                            .possible_matches
                            .iter()
                            .map(|(expression, _)| expression.to_string()),
                    );
                }
            }
        }
        if expressions.len() > 1 {
            Err(expressions)
        } else {
            Ok(found)
        }
    }

    /// The one that is known, or else a new one.
    fn definition(&self, code: String, action: step::Step<World>, context: step::Context) -> Arc<Definition> {
        let mut known = self.definitions.borrow_mut();
        let definition = known.entry((code.clone(), action as usize)).or_insert_with(|| {
            let groups = context.matches.into_iter().map(|(name, _)| name).collect();
            Arc::new(Definition {
                effect: steps::effect_of(&code),
                code,
                action,
                groups,
            })
        });
        Arc::clone(definition)
    }

    fn nearest(text: &str) -> Vec<String> {
        let mut scored: Vec<(f64, String)> = steps::examples()
            .map(|example| (strsim::jaro_winkler(&unquoted(&example), &unquoted(text)), example))
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let similar = scored.into_iter().filter(|(alike, _)| *alike >= SIMILAR);
        similar.take(3).map(|(_, example)| example).collect()
    }
}

/// A step's own words, without the names that it quotes.
fn unquoted(step: &str) -> String {
    step.split('"').step_by(2).collect()
}

/// Doc strings and descriptions stand indented in the file; their lines of a paragraph are joined.
pub(super) fn unindent(text: &str) -> String {
    text.trim()
        .split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("\n\n")
}
