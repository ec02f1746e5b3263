//! Narration as a part of Markdown: paragraphs, lists and `**bold**` words. All else means itself.

use std::fmt;

/// Kinds of doc strings that are words for people; others, such as `json`, are data for their step.
const OF_WORDS: [&str; 5] = ["markdown", "text/markdown", "md", "text", "text/plain"];

/// A paragraph or a list. Each text is one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(String),
    /// A list.
    List {
        /// The number of the first item, if they have numbers.
        first: Option<usize>,
        /// The items.
        items: Vec<String>,
    },
}

/// Whether a doc string with this behind its delimiter is narration.
pub(crate) fn is_narration(media_type: Option<&str>) -> bool {
    media_type.is_none_or(|given| {
        let name = given.split(';').next().unwrap_or(given).trim();
        OF_WORDS.iter().any(|known| name.eq_ignore_ascii_case(known))
    })
}

/// Text as it stands in a feature file, without its indentation and line breaks: a line for each paragraph and item.
pub(crate) fn written(text: &str) -> String {
    let blocks: Vec<_> = blocks(text).iter().map(Block::to_string).collect();
    blocks.join("\n\n")
}

/// Text without marks, for where there is neither bold nor a list.
pub(crate) fn plain(text: &str) -> String {
    let texts = blocks(text).into_iter().map(|block| match block {
        Block::Paragraph(text) => text,
        Block::List { items, .. } => items.join("\n"),
    });
    texts.collect::<Vec<_>>().join("\n\n").replace("**", "")
}

/// The paragraphs and lists, in order.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let was_open = std::mem::replace(&mut is_open, !line.is_empty());
        let is_next = |block: &&mut Block| was_open || block.is_before(&line);
        if is_open && let Some(block) = added(&line, blocks.last_mut().filter(is_next)) {
            blocks.push(block);
        }
    }
    blocks
}

/// Adds a line to what it goes on with; gives the block that it begins otherwise.
fn added(line: &str, last: Option<&mut Block>) -> Option<Block> {
    match (Item::of(line), last) {
        (Some(item), Some(last)) if last.is_before(line) => last.add(&item),
        // In the middle of a paragraph only a first item begins a list, as in Markdown: a date may stand at a line's start.
        (Some(item), last) if last.is_none() || item.number.is_none_or(|number| number == 1) => {
            return Some(item.block(line));
        }
        (_, Some(Block::Paragraph(text))) => text.extend([" ", line]),
        (_, Some(Block::List { items, .. })) => items.last_mut()?.extend([" ", line]),
        (_, None) => return Some(Block::Paragraph(line.to_owned())),
    }
    None
}

impl Block {
    /// Whether a line is its next item.
    fn is_before(&self, line: &str) -> bool {
        let next = Item::of(line).map(|item| item.number);
        match self {
            Self::List { first, items } => next == Some(first.map(|first| first + items.len())),
            Self::Paragraph(text) => {
                let number = Item::of(text).and_then(|item| item.number);
                number.is_some_and(|number| next == Some(Some(number + 1)))
            }
        }
    }

    /// Adds the next item.
    fn add(&mut self, item: &Item) {
        if let Self::Paragraph(text) = self
            && let Some(first) = Item::of(text)
        {
            *self = Self::List {
                first: first.number,
                items: vec![first.text.to_owned()],
            };
        }
        if let Self::List { items, .. } = self {
            items.push(item.text.to_owned());
        }
    }
}

/// A line that begins an item: `- one`, `* one`, `1. one`, `1) one`.
struct Item<'a> {
    number: Option<usize>,
    text: &'a str,
}

impl<'a> Item<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let (mark, text) = line.split_once(' ')?;
        let number = match mark {
            "-" | "*" | "+" => None,
            _ => Some(
                mark.strip_suffix(['.', ')'])
                    .filter(|digits| digits.len() <= 3)?
                    .parse()
                    .ok()?,
            ),
        };
        Some(Self { number, text })
    }

    /// The block that it begins. One number makes no list: it may be a date.
    fn block(&self, line: &str) -> Block {
        if self.number.is_some() {
            return Block::Paragraph(line.to_owned());
        }
        Block::List {
            first: None,
            items: vec![self.text.to_owned()],
        }
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paragraph(text) => f.write_str(text),
            Self::List { first, items } => {
                for (index, item) in items.iter().enumerate() {
                    let mark = first.map_or_else(|| "-".to_owned(), |first| format!("{}.", first + index));
                    let end = if index == 0 { "" } else { "\n" };
                    write!(f, "{end}{mark} {item}")?;
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_paragraph_are_joined_and_those_of_a_list_are_not() {
        let text = "\n  One\n  more.\n\n\n  To do:\n  - first\n    of all\n  - second\n\n  3) a\n  4) b\n";
        assert_eq!(
            written(text),
            "One more.\n\nTo do:\n\n- first of all\n- second\n\n3. a\n4. b"
        );
        assert_eq!(written(&written(text)), written(text));
        assert_eq!(written("1. a\n\n2. b\nmore\n\n4. d"), "1. a\n2. b more\n\n4. d");
    }

    #[test]
    fn a_number_or_a_dash_within_a_paragraph_begins_no_list() {
        assert_eq!(
            written("Open since\n31. December\n2024. It is\n-5 degrees"),
            "Open since 31. December 2024. It is -5 degrees"
        );
    }

    #[test]
    fn plain_text_has_no_marks() {
        assert_eq!(plain("**Now** go:\n- **one**\n- two"), "Now go:\n\none\ntwo");
    }

    #[test]
    fn data_is_no_narration() {
        for (media_type, is) in [
            (None, true),
            (Some("markdown"), true),
            (Some("Markdown"), true),
            (Some("text/markdown; charset=utf-8"), true),
            (Some("json"), false),
            (Some("application/xml"), false),
        ] {
            assert_eq!(is_narration(media_type), is, "{media_type:?}");
        }
    }
}
