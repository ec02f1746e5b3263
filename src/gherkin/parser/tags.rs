//! Lines of tags.

use super::Parser;
use crate::gherkin::ast::{Position, Tag};
use crate::gherkin::error::Problem;
use crate::gherkin::line::{Line, is_blank};

impl Parser<'_> {
    /// The tags of the lines that come next; comments and empty lines may stand between them.
    pub(super) fn tags(&mut self) -> Vec<Tag> {
        let mut tags = Vec::new();
        while let Some(line) = self.filled().filter(Line::has_tags) {
            self.next += 1;
            self.tags_of(&line, &mut tags);
        }
        tags
    }

    fn tags_of(&mut self, line: &Line, tags: &mut Vec<Tag>) {
        let mut column = line.indent() + 1;
        for item in uncommented(line.text).split('@').skip(1) {
            let position = Position {
                line: line.number,
                column,
            };
            let name = item.trim_end_matches(is_blank);
            let tag = format!("@{name}");
            if name.is_empty() {
                self.error(Problem::EmptyTag, position);
            } else if name.contains(is_blank) {
                self.error(Problem::TagWithBlank { tag }, position);
            } else {
                tags.push(Tag { position, name: tag });
            }
            column += item.chars().count() + 1;
        }
    }
}

/// A line without the comment that a `#` behind a blank begins.
fn uncommented(text: &str) -> &str {
    let mut before = ' ';
    let comment = text.char_indices().find(|(_, letter)| {
        let begins = *letter == '#' && is_blank(before);
        before = *letter;
        begins
    });
    comment.map_or(text, |(start, _)| &text[..start])
}
