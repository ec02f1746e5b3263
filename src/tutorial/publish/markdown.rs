//! `index.md`: the tutorial as a code host shows it.

use std::fmt::Write;

use crate::tutorial::manifest::Manifest;

use super::text::{Piece, address, paragraphs, pieces};
use super::{Step, alt};

/// The whole page.
pub fn page(manifest: &Manifest, steps: &[Step<'_>]) -> String {
    let mut page = format!("# {}\n", escaped(&manifest.title));
    write_paragraphs(&mut page, &manifest.introduction);
    for step in steps {
        // Writing to a string can't fail.
        let _ = write!(page, "\n## Step {} of {}\n", step.number, steps.len());
        write_paragraphs(&mut page, &step.scene.narration);
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

fn write_paragraphs(page: &mut String, text: &str) {
    for paragraph in paragraphs(text) {
        let mut line = String::new();
        for piece in pieces(&paragraph) {
            match piece {
                Piece::Words(words) => line.push_str(&escaped_within(words)),
                Piece::Link(address) => {
                    let _ = write!(line, "<{address}>");
                }
            }
        }
        let _ = write!(page, "\n{}\n", escaped_start(&line));
    }
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
    fn addresses_stay_as_they_are() {
        let mut page = String::new();
        write_paragraphs(&mut page, "See https://example.org/a_b now.");
        assert_eq!(page, "\nSee <https://example.org/a_b> now.\n");
    }
}
