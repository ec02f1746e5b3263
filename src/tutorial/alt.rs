//! Alternative text of pictures: for those who don't see them.

use super::manifest::Target;
use super::narration::plain;
use super::role;

/// Screen readers read alternative text in one breath: what is longer is cut at a word.
const LONGEST: usize = 250;

/// What a picture shows: the narration's first sentence, and what is marked, by the numbers it has on the picture.
///
/// ```
/// # use docent::{area::Area, tutorial::{alt::alt_text, manifest::Target}};
/// let area = Area { x: 0.0, y: 0.0, width: 1.0, height: 1.0 };
/// let pair = Target { role: "button".into(), name: "Pair".into(), area, focus: None, clicked: true };
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
    let by_role = |target: &Target| match (role::in_words(&target.role), plain_name(target)) {
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

/// Targets as a legend has them: by their names; by role where there is no name, and by both where another has the same.
pub(super) fn legend(targets: &[Target]) -> Vec<String> {
    let is_shared = |name: &str| targets.iter().filter(|other| plain_name(other) == name).count() > 1;
    let entry = |target: &Target| match (role::in_words(&target.role), plain_name(target)) {
        (role, "") => role.to_owned(),
        (role, name) if is_shared(name) => format!("{name} ({role})"),
        (_, name) => name.to_owned(),
    };
    targets.iter().map(entry).collect()
}

/// The name without what a label ends with before its field: a colon, a star.
fn plain_name(target: &Target) -> &str {
    target.name.trim().trim_end_matches([':', '：', '*', ' ', '\u{a0}'])
}

/// Up to the first full stop, question or exclamation mark before a space (or a Chinese one before anything), in one line.
pub(super) fn first_sentence(narration: &str) -> String {
    let paragraph = plain(narration)
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
            focus: None,
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
    fn a_legend_says_no_more_than_is_needed_to_tell_its_entries_apart() {
        let targets = |names: &[(&str, &str)]| names.iter().map(|(role, name)| target(role, name)).collect::<Vec<_>>();
        assert_eq!(
            legend(&targets(&[("textbox", "Username:"), ("textbox", "Password: *")])),
            ["Username", "Password"]
        );
        assert_eq!(
            legend(&targets(&[("button", "Pair"), ("heading", "Pair"), ("generic", "")])),
            ["Pair (button)", "Pair (heading)", "area"]
        );
    }

    #[test]
    fn a_text_is_described_by_what_it_says() {
        assert_eq!(
            alt_text("There is more.", &[target("text", "All is told")]),
            "There is more. Marked: text “All is told”."
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
