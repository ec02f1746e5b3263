//! Characters that act on what shows a text instead of being shown: a terminal's control sequences, and marks that turn the direction
//! of what follows. Names of scenarios, steps and pages may hold them; people are shown them escaped.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// The text with everything in it shown: `\u{1b}` and `\u{202e}` in place of what they do. Lines and tabs stay.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let ends_line = letter == '\r' && letters.peek() == Some(&'\n');
        if acts(letter) && !ends_line {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    Cow::Owned(shown)
}

/// The text without the colours that an assertion may have put into it.
pub(crate) fn without_colours(text: &str) -> Cow<'_, str> {
    #[allow(clippy::unwrap_used, reason = "a constant")]
    static COLOUR: LazyLock<Regex> = LazyLock::new(|| Regex::new("\u{1b}\\[[0-9;]*m").unwrap());
    COLOUR.replace_all(text, "")
}

fn acts(letter: char) -> bool {
    let turns =
        matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (letter.is_control() && !matches!(letter, '\n' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_shown_and_all_else_is_left_alone() {
        for plain in [
            "",
            "Zürich 東京 \u{5d0}\u{5d1} 😀\n\tindented\r\n",
            "no-break\u{a0}space",
        ] {
            assert!(
                matches!(visible(plain), Cow::Borrowed(_)) || plain.contains('\r'),
                "{plain:?}"
            );
            assert_eq!(visible(plain), plain);
        }
        assert_eq!(visible("a\u{1b}[2J\u{7}\rb\u{9b}"), "a\\u{1b}[2J\\u{7}\\rb\\u{9b}");
        assert_eq!(
            visible("\u{202e}evil\u{2066}\u{200f}"),
            "\\u{202e}evil\\u{2066}\\u{200f}"
        );
    }

    #[test]
    fn colours_go_and_nothing_else() {
        assert_eq!(without_colours("\u{1b}[1;31mleft\u{1b}[0m \u{1b}[2J"), "left \u{1b}[2J");
    }
}
