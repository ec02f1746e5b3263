//! Characters that act on what shows a text instead of being shown: a terminal's control sequences, and marks that turn the direction
//! of what follows. Names of scenarios, steps and pages may hold them; people are shown them escaped.

use std::borrow::Cow;
use std::fmt::Write;
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

/// JSON with everything in its texts shown to people who read it as it is, while programs read what was written: `\u202e`.
pub(crate) fn visible_json(json: &str) -> Cow<'_, str> {
    if !json.contains(acts) {
        return Cow::Borrowed(json);
    }
    let mut shown = String::with_capacity(json.len() + 8);
    for letter in json.chars() {
        if acts(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                // Writing to a string does not fail.
                let _ = write!(shown, "\\u{unit:04x}");
            }
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
    // Line and paragraph separators end a line where programs read it line by line.
    let turns = matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
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
    fn json_shows_what_acts_and_says_the_same() {
        let text = "\u{202e}evil\u{2066}\u{2028}\u{2029}\u{9b}\u{7f}\u{1b}\n\t\"東京 😀\\";
        let json = serde_json::json!({ text: [text] }).to_string();
        let shown = visible_json(&json);
        assert!(!shown.contains(acts), "{shown}");
        for escaped in ["\\u202eevil", "\\u2028\\u2029"] {
            assert!(shown.contains(escaped), "{shown}");
        }
        let read: serde_json::Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(read[text][0], text);
        assert!(matches!(visible_json("{\"a\":\"Zürich\"}"), Cow::Borrowed(_)));
    }

    #[test]
    fn colours_go_and_nothing_else() {
        assert_eq!(without_colours("\u{1b}[1;31mleft\u{1b}[0m \u{1b}[2J"), "left \u{1b}[2J");
    }
}
