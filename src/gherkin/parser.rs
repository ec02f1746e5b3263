//! Reads a file line by line, as the official grammar has it (`gherkin.berp` in the repository cucumber/gherkin). An error is
//! noted, and reading goes on as if what was meant had been written, so that one slip gives one error.

mod description;
mod sections;
mod steps;
mod tags;

use super::ast::{Comment, Document, Position, Tag};
use super::dialect::{Dialect, ENGLISH, Section};
use super::error::{Problem, SyntaxError};
use super::line::Line;
use super::misspelling::{self, Misspelt};

/// Reads a file.
///
/// # Errors
/// Every [`SyntaxError`], in the order of lines.
pub fn parse(source: &str) -> Result<Document, Vec<SyntaxError>> {
    let mut parser = Parser::of(source);
    let document = parser.document();
    let mut errors = parser.errors;
    if errors.is_empty() {
        return Ok(document);
    }
    errors.sort_by_key(|error| error.position);
    Err(errors)
}

struct Parser<'a> {
    lines: Vec<Line<'a>>,
    /// Index of the line that is read next.
    next: usize,
    dialect: &'static Dialect,
    comments: Vec<Comment>,
    errors: Vec<SyntaxError>,
}

impl<'a> Parser<'a> {
    fn of(source: &'a str) -> Self {
        Self {
            lines: (1..)
                .zip(source.lines())
                .map(|(number, text)| Line::new(number, text))
                .collect(),
            next: 0,
            dialect: &ENGLISH,
            comments: Vec::new(),
            errors: Vec::new(),
        }
    }

    fn document(&mut self) -> Document {
        self.language();
        let tags = self.tags();
        let feature = self
            .feature_line(&tags)
            .map(|(line, keyword)| self.feature(tags, line, keyword));
        Document {
            feature,
            comments: std::mem::take(&mut self.comments),
        }
    }

    /// The header `# language:`, which comments and empty lines may precede.
    fn language(&mut self) {
        while let Some(line) = self.peek() {
            let code = line.language();
            if code.is_none() && !line.is_comment() && !line.is_empty() {
                return;
            }
            self.next += 1;
            if let Some(code) = code {
                match Dialect::of(code) {
                    Some(dialect) => self.dialect = dialect,
                    None => self.error(unknown_language(code), line.position()),
                }
                return;
            }
            self.note_comment(line);
        }
    }

    /// The line that begins the feature. All that stands before it instead is one error.
    fn feature_line(&mut self, tags: &[Tag]) -> Option<(Line<'a>, &'static str)> {
        let mut is_told = false;
        while let Some(line) = self.filled() {
            self.next += 1;
            if let Some((_, keyword)) = line.section(self.dialect, &[Section::Feature]) {
                return Some((line, keyword));
            }
            let meant = misspelling::instead_of(&line, self.dialect, &[Section::Feature]);
            if let Some(Misspelt {
                word,
                keyword,
                section: Some(_),
            }) = meant
            {
                self.error(Problem::Misspelt { word, keyword }, line.position());
                return Some((line, keyword));
            }
            if !is_told {
                let problem = other_language(&line).unwrap_or_else(|| before_feature(&line, tags));
                self.error(problem, line.position());
                is_told = true;
            }
        }
        if let Some(tag) = tags.first().filter(|_| !is_told) {
            self.error(Problem::TagsAboveNothing { found: None }, tag.position);
        }
        None
    }

    fn peek(&self) -> Option<Line<'a>> {
        self.lines.get(self.next).copied()
    }

    /// The next line that is neither empty nor a comment, which it does not consume.
    fn filled(&mut self) -> Option<Line<'a>> {
        while let Some(line) = self.peek() {
            if line.is_comment() {
                self.note_comment(line);
            } else if !line.is_empty() {
                return Some(line);
            }
            self.next += 1;
        }
        None
    }

    fn note_comment(&mut self, line: Line) {
        if line.is_comment() {
            self.comments.push(Comment {
                position: Position {
                    line: line.number,
                    column: 1,
                },
                text: line.whole.to_owned(),
            });
        }
    }

    fn error(&mut self, problem: Problem, position: Position) {
        self.errors.push(problem.at(position));
    }
}

fn unknown_language(code: &str) -> Problem {
    Problem::UnknownLanguage {
        language: code.to_owned(),
        nearest: misspelling::nearest(Dialect::all().map(|dialect| dialect.code), code),
    }
}

/// The language in which a line begins a feature.
fn other_language(line: &Line) -> Option<Problem> {
    Dialect::all().find_map(|dialect| {
        let (_, keyword) = line.section(dialect, &[Section::Feature])?;
        let (name, language) = (dialect.name(), dialect.code);
        Some(Problem::OtherLanguage {
            keyword,
            name,
            language,
        })
    })
}

fn before_feature(line: &Line, tags: &[Tag]) -> Problem {
    let found = line.trimmed().to_owned();
    if tags.is_empty() {
        Problem::BeforeFeature { found }
    } else {
        Problem::TagsAboveNothing { found: Some(found) }
    }
}

#[cfg(test)]
mod tests;
