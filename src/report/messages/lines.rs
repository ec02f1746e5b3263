//! Where things stand in a feature file. The Gherkin parser tells the lines of headings and steps; tags, table cells,
//! doc strings and comments are looked up in the text.

use std::ops::RangeInclusive;

use super::protocol::{Comment, DocString, Location};

/// What opens and closes a doc string.
const DELIMITERS: [&str; 2] = ["\"\"\"", "```"];

/// The lines of a file; the first one is line 1.
pub struct Lines<'a>(Vec<&'a str>);

/// A text with where it stands.
pub type Placed = (Location, String);

impl<'a> Lines<'a> {
    pub fn of(source: &'a str) -> Self {
        Self(source.lines().collect())
    }

    fn get(&self, line: usize) -> &'a str {
        line.checked_sub(1)
            .and_then(|index| self.0.get(index))
            .copied()
            .unwrap_or_default()
    }

    /// Lines from this one to the last.
    fn from(&self, line: usize) -> impl Iterator<Item = (usize, &'a str)> {
        (line..=self.0.len()).map(|line| (line, self.get(line)))
    }

    /// The first line from here on that begins with a keyword: the parser may count comments above it to it.
    pub fn keyword(&self, from: usize, keyword: &str) -> Location {
        let line = self
            .from(from)
            .find(|(_, text)| text.trim_start().starts_with(keyword))
            .map_or(from, |(line, _)| line);
        self.beginning(line)
    }

    /// Where a line's text begins.
    fn beginning(&self, line: usize) -> Location {
        at(line, indent(self.get(line)) + 1)
    }

    /// The language that a header names.
    pub fn language(&self) -> String {
        let header = self.from(1).map(|(_, text)| text.trim()).find(|text| !text.is_empty());
        header
            .and_then(language_of)
            .map_or_else(|| "en".to_owned(), str::to_owned)
    }

    /// The tags above a heading, so many as it has.
    pub fn tags(&self, heading: usize, count: usize) -> Vec<Placed> {
        let mut found = Vec::new();
        for line in (1..heading).rev() {
            if found.len() >= count {
                break;
            }
            let text = self.get(line);
            if text.trim_start().starts_with('@') {
                found.splice(0..0, tags_in(line, text));
            }
        }
        found
    }

    /// What is said below a heading before anything else comes, in so many lines as `told` has.
    pub fn description(&self, heading: usize, told: Option<&str>) -> String {
        let count = told.map_or(0, |told| told.lines().filter(|line| !line.trim().is_empty()).count());
        let mut said = 0;
        let lines = self
            .from(heading + 1)
            .map(|(_, text)| text)
            .filter(|text| !is_comment(text))
            .skip_while(|text| text.trim().is_empty())
            .take_while(|text| {
                let goes_on = said < count;
                said += usize::from(!text.trim().is_empty());
                goes_on
            });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// So many rows of a table, with their cells, from below a line.
    pub fn rows(&self, below: usize, count: usize) -> Vec<(Location, Vec<Placed>)> {
        self.from(below + 1)
            .filter(|(_, text)| text.trim_start().starts_with('|'))
            .take(count)
            .map(|(line, text)| (self.beginning(line), cells(line, text)))
            .collect()
    }

    /// The doc string below a step, with the lines that it takes.
    pub fn doc_string(&self, step: usize) -> Option<(DocString, RangeInclusive<usize>)> {
        let (opens, delimiter) = self.from(step + 1).find_map(|(line, text)| {
            let delimiter = DELIMITERS.iter().find(|one| text.trim_start().starts_with(*one))?;
            Some((line, *delimiter))
        })?;
        let opening = self.get(opens);
        let inside: Vec<&str> = self
            .from(opens + 1)
            .map(|(_, text)| text)
            .take_while(|text| !text.trim_start().starts_with(delimiter))
            .collect();
        let closes = opens + inside.len() + 1;
        let content: Vec<_> = inside.iter().map(|text| outdented(text, indent(opening))).collect();
        let escaped: String = delimiter.chars().flat_map(|mark| ['\\', mark]).collect();
        let media_type = opening.trim().trim_start_matches(delimiter).trim();
        let found = DocString {
            location: self.beginning(opens),
            media_type: (!media_type.is_empty()).then(|| media_type.to_owned()),
            content: content.join("\n").replace(&escaped, delimiter),
            delimiter,
        };
        Some((found, opens..=closes))
    }

    /// All comments but the header with the language, outside of doc strings.
    pub fn comments(&self, doc_strings: &[RangeInclusive<usize>]) -> Vec<Comment> {
        self.from(1)
            .filter(|(line, text)| is_comment(text) && !doc_strings.iter().any(|lines| lines.contains(line)))
            .filter(|(_, text)| language_of(text.trim()).is_none())
            .map(|(line, text)| Comment {
                location: at(line, 1),
                text: text.to_owned(),
            })
            .collect()
    }
}

fn at(line: usize, column: usize) -> Location {
    Location {
        line,
        column: Some(column),
    }
}

/// How many characters of white space a line begins with.
fn indent(text: &str) -> usize {
    text.chars().take_while(|letter| letter.is_whitespace()).count()
}

/// A line without as much white space as its doc string's first line has.
fn outdented(text: &str, by: usize) -> &str {
    let spaces = text
        .char_indices()
        .take(by)
        .take_while(|(_, letter)| letter.is_whitespace());
    let end = spaces.last().map_or(0, |(index, letter)| index + letter.len_utf8());
    text.get(end..).unwrap_or_default()
}

fn is_comment(text: &str) -> bool {
    text.trim_start().starts_with('#')
}

/// The language, if the line is `# language: fr`.
fn language_of(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('#')?.trim_start().strip_prefix("language")?;
    Some(rest.trim_start().strip_prefix(':')?.trim())
}

fn tags_in(line: usize, text: &str) -> Vec<Placed> {
    let mut found: Vec<Placed> = Vec::new();
    let mut open = false;
    let mut after_space = true;
    for (index, letter) in text.chars().enumerate() {
        if letter == '#' && after_space {
            break;
        }
        after_space = letter.is_whitespace();
        if letter == '@' {
            found.push((at(line, index + 1), String::new()));
        }
        open = letter == '@' || (open && !after_space);
        if let Some((_, name)) = found.last_mut().filter(|_| open) {
            name.push(letter);
        }
    }
    found
}

/// Cells of a row: `\n`, `\|` and `\\` stand for a new line, a bar and a backslash.
fn cells(line: usize, text: &str) -> Vec<Placed> {
    let mut found = Vec::new();
    let mut cell = String::new();
    let mut letters = text.chars().enumerate().skip(indent(text) + 1);
    let mut start = indent(text) + 2;
    while let Some((index, letter)) = letters.next() {
        match letter {
            '|' => {
                let blank = cell.chars().take_while(|letter| is_padding(*letter)).count();
                found.push((at(line, start + blank), cell.trim_matches(is_padding).to_owned()));
                cell.clear();
                start = index + 2;
            }
            '\\' => match letters.next() {
                Some((_, 'n')) => cell.push('\n'),
                Some((_, escaped @ ('|' | '\\'))) => cell.push(escaped),
                Some((_, other)) => cell.extend(['\\', other]),
                None => cell.push('\\'),
            },
            other => cell.push(other),
        }
    }
    found
}

/// A new line in a cell is there on purpose.
fn is_padding(letter: char) -> bool {
    letter.is_whitespace() && letter != '\n'
}
