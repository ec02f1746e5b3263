//! Alternative text of pictures: for those who don't see them.

use super::manifest::Target;
use super::role;

/// Screen readers read alternative text in one breath: what is longer is cut at a word.
const LONGEST: usize = 250;

/// What a picture shows: the narration's first sentence, and what is marked, by the numbers it has on the picture.
///
/// ```
/// # use docent::{area::Area, tutorial::{alt::alt_text, manifest::Target}};
/// let area = Area { x: 0.0, y: 0.0, width: 1.0, height: 1.0 };
/// let pair = Target { role: "button".into(), name: "Pair".into(), area, clicked: true };
/// let alt = alt_text("Click the button. A form opens.", &[pair]);
/// assert_eq!(alt, "Click the button. Marked: button “Pair”.");
/// ```
#[must_use]
pub fn alt_text(narration: &str, targets: &[Target]) -> String {
    let sentence = first_sentence(narration);
    let marked = numbered(targets).join(", ");
    let alt = match (sentence.is_empty(), marked.is_empty()) {
        (_, true) => sentence,
        (true, false) => format!("Marked: {marked}."),
        (false, false) => format!("{} Marked: {marked}.", ended(&sentence)),
    };
    cut(&alt, LONGEST)
}

/// Each target by its role, numbered where there are several: `1 text field “Username”`.
fn numbered(targets: &[Target]) -> Vec<String> {
    let by_role = |target: &Target| match (role::in_words(&target.role), target.name.trim()) {
        (role, "") => role.to_owned(),
        (role, name) => format!("{role} “{name}”"),
    };
    let several = targets.len() > 1;
    let entry = |(number, target)| {
        if several {
            format!("{number} {}", by_role(target))
        } else {
            by_role(target)
        }
    };
    (1..).zip(targets).map(entry).collect()
}

/// A target by its name, as a legend has it: `Username (text field)`; without a name, just the role.
pub(super) fn by_name(target: &Target) -> String {
    match (role::in_words(&target.role), target.name.trim()) {
        (role, "") => role.to_owned(),
        (role, name) => format!("{name} ({role})"),
    }
}

/// Up to the first full stop, question or exclamation mark before a space (or a Chinese one before anything), in one line.
pub(super) fn first_sentence(narration: &str) -> String {
    let paragraph = narration
        .trim()
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = line.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|&(_, next)| next);
        if matches!(letter, '。' | '！' | '？') || matches!(letter, '.' | '!' | '?' | '؟') && next == Some(' ') {
            return line[..at + letter.len_utf8()].to_owned();
        }
    }
    line
}

fn ended(sentence: &str) -> String {
    let mark = if sentence.ends_with(['.', '!', '?', '؟', '。', '！', '？', ':', '…']) {
        ""
    } else {
        "."
    };
    format!("{sentence}{mark}")
}

/// At most so many characters, ending with a whole word and an ellipsis where something was left out.
pub(super) fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let head: String = text.chars().take(longest - 1).collect();
    let end = head.rfind(' ').unwrap_or(head.len());
    format!("{}…", head[..end].trim_end_matches([' ', ',', ';', ':', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::area::Area;

    fn target(role: &str, name: &str) -> Target {
        let area = Area {
            x: 0.0,
            y: 0.0,
            width: 1.0,
            height: 1.0,
        };
        Target {
            role: role.into(),
            name: name.into(),
            area,
            clicked: false,
        }
    }

    #[test]
    fn several_targets_have_their_numbers() {
        let targets = [target("textbox", "Username"), target("textbox", "Password")];
        assert_eq!(
            alt_text("Type your username\nand password", &targets),
            "Type your username and password. Marked: 1 text field “Username”, 2 text field “Password”."
        );
    }

    #[test]
    fn nothing_is_said_of_what_is_not_there() {
        assert_eq!(
            alt_text("The dashboard opens. It has six widgets.", &[]),
            "The dashboard opens."
        );
        assert_eq!(alt_text("", &[target("generic", "")]), "Marked: area.");
        assert_eq!(alt_text("", &[]), "");
    }

    #[test]
    fn a_full_stop_within_a_word_ends_no_sentence() {
        assert_eq!(
            first_sentence("See wipo.int for more. Then go on."),
            "See wipo.int for more."
        );
        assert_eq!(first_sentence("请登录。然后"), "请登录。");
    }

    #[test]
    fn long_text_is_cut_at_a_word() {
        let alt = alt_text(&"word ".repeat(100), &[]);
        assert!(alt.chars().count() <= 250 && alt.ends_with("word…"), "{alt}");
    }
}
