//! Free text below headings.

use super::Parser;
use crate::gherkin::ast::DescriptionLine;
use crate::gherkin::dialect::Section;
use crate::gherkin::error::Problem;
use crate::gherkin::line::Line;
use crate::gherkin::misspelling::{self, Misspelt};

/// What ends a description.
#[derive(Debug, Clone, Copy)]
pub(super) struct End {
    pub sections: &'static [Section],
    pub steps: bool,
    pub rows: bool,
}

impl Parser<'_> {
    /// The lines before what ends them, without comments and without empty lines around them.
    pub(super) fn description(&mut self, end: End) -> Vec<DescriptionLine> {
        let mut lines: Vec<DescriptionLine> = Vec::new();
        let mut has_begun = false;
        while let Some(line) = self.peek().filter(|line| !self.ends(line, end)) {
            self.next += 1;
            if line.is_comment() {
                self.note_comment(line);
            } else if has_begun || !line.is_empty() {
                lines.push(DescriptionLine {
                    line: line.number,
                    text: line.whole.to_owned(),
                });
            }
            // An empty line behind a comment belongs to the text, as the official parser has it.
            has_begun |= !line.is_empty();
        }
        let is_filled = |line: &DescriptionLine| !Line::new(line.line, &line.text).is_empty();
        lines.truncate(lines.iter().rposition(is_filled).map_or(0, |last| last + 1));
        self.misspelt_in(&lines);
        lines
    }

    fn ends(&self, line: &Line, end: End) -> bool {
        line.has_tags()
            || (end.rows && line.is_row())
            || (end.steps && line.step(self.dialect).is_some())
            || line.section(self.dialect, end.sections).is_some()
    }

    /// A heading with a slip in its keyword is a description to the official parser, and so is all that stands below it.
    fn misspelt_in(&mut self, lines: &[DescriptionLine]) {
        let filled: Vec<Line> = lines.iter().map(|line| Line::new(line.line, &line.text)).collect();
        let filled: Vec<&Line> = filled.iter().filter(|line| !line.is_empty()).collect();
        for (index, line) in filled.iter().enumerate() {
            let followed = filled
                .get(index + 1)
                .is_some_and(|next| next.step(self.dialect).is_some());
            let found = misspelling::in_description(line.text, followed, self.dialect);
            if let Some(Misspelt { word, keyword, .. }) = found {
                self.error(Problem::Misspelt { word, keyword }, line.position());
            }
        }
    }
}
