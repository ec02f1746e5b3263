//! `index.md`: the tutorial as a code host shows it.

use std::fmt::Write;

use crate::tutorial::manifest::Manifest;
use crate::tutorial::narration::{Block, blocks};

use super::step::Step;
use super::text::{Piece, address, pieces};
use crate::tutorial::alt;

/// The whole page.
pub fn page(manifest: &Manifest, steps: &[Step<'_>]) -> String {
    let mut page = format!("# {}\n", escaped(&manifest.title));
    write_blocks(&mut page, &manifest.introduction);
    for step in steps {
        // Writing to a string can't fail.
        let _ = write!(page, "\n## Step {} of {}\n", step.number, steps.len());
        write_blocks(&mut page, &step.scene.narration);
        let _ = write!(page, "\n![{}]({})\n", escaped(&step.scene.alt), address(&step.picture));
        if step.scene.targets.len() > 1 {
            page.push('\n');
            for (number, entry) in (1..).zip(alt::legend(&step.scene.targets)) {
                let _ = writeln!(page, "{number}. {}", escaped(&entry));
            }
        }
    }
    page
}

fn write_blocks(page: &mut String, text: &str) {
    for block in blocks(text) {
        page.push('\n');
        match block {
            Block::Paragraph(text) => {
                let _ = writeln!(page, "{}", escaped_start(&marked(&text)));
            }
            Block::List { first, items } => {
                for (index, item) in items.iter().enumerate() {
                    let mark = first.map_or_else(|| "-".to_owned(), |first| format!("{}.", first + index));
                    let _ = writeln!(page, "{mark} {}", escaped_start(&marked(item)));
                }
            }
        }
    }
}

/// A text whose bold words and addresses are marked, and nothing else.
fn marked(text: &str) -> String {
    let piece = |piece| match piece {
        Piece::Words(words) => escaped_within(words),
        Piece::Bold(words) => format!("**{}**", escaped_within(words)),
        Piece::Link(address) => format!("<{address}>"),
    };
    pieces(text).into_iter().map(piece).collect()
}

/// Text in one line that means nothing but itself, wherever it stands.
fn escaped(text: &str) -> String {
    escaped_start(&escaped_within(&text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// What has a meaning anywhere in a line (`CommonMark` 0.31, and GitHub's tables and strikethrough).
fn escaped_within(text: &str) -> String {
    text.chars()
        .flat_map(|letter| {
            "\\`*_[]<>#|~&"
                .contains(letter)
                .then_some('\\')
                .into_iter()
                .chain([letter])
        })
        .collect()
}

/// What has a meaning at a line's start only: bullets, rules, underlines and numbers of lists.
fn escaped_start(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &line[..digits], &line[digits..]),
        Some('+' | '-' | '=') if digits == 0 => format!("\\{line}"),
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_with_a_meaning_lose_it() {
        assert_eq!(escaped("a*b_c[d]<e>#f|g"), "a\\*b\\_c\\[d\\]\\<e\\>\\#f\\|g");
        assert_eq!(escaped("two\nlines"), "two lines");
    }

    #[test]
    fn a_line_that_starts_like_a_list_is_none() {
        assert_eq!(escaped("12. December"), "12\\. December");
        assert_eq!(escaped("3) three"), "3\\) three");
        assert_eq!(escaped("- minus"), "\\- minus");
        assert_eq!(escaped("=== "), "\\===");
        assert_eq!(escaped("2024 was"), "2024 was");
    }

    #[test]
    fn lists_and_bold_words_stay_what_they_are() {
        let mut page = String::new();
        write_blocks(&mut page, "To do, *now*:\n- **Save** it\n- 1. of all\n\n3. c\n4. d");
        assert_eq!(
            page,
            "\nTo do, \\*now\\*:\n\n- **Save** it\n- 1\\. of all\n\n3. c\n4. d\n"
        );
    }

    #[test]
    fn addresses_stay_as_they_are() {
        let mut page = String::new();
        write_blocks(&mut page, "See https://example.org/a_b now.");
        assert_eq!(page, "\nSee <https://example.org/a_b> now.\n");
    }
}
