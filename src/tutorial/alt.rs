//! Alternative text of pictures: for those who don't see them.

use super::manifest::Target;
use super::narration::plain;
use crate::browser::word_for_role;

/// Screen readers read alternative text in one breath: what is longer is cut at a word.
const LONGEST: usize = 250;
/// A longer sentence ends at a clause, in alternative text as in the list of contents.
const LONGEST_SUMMARY: usize = 100;

/// What a picture shows: the narration's first sentence, and what is marked, with the numbers that it has on the picture.
///
/// ```
/// # use docent::{area::Area, tutorial::{alt::alt_text, manifest::Target}};
/// let area = Area { x: 0.0, y: 0.0, width: 1.0, height: 1.0 };
/// let pair = Target { role: "button".into(), name: "Pair".into(), area, focus: None, clicked: true };
/// let alt = alt_text("Click the button. A form opens.", &[pair]);
/// assert_eq!(alt, "Click the button. The button “Pair” is marked.");
/// ```
#[must_use]
pub fn alt_text(narration: &str, targets: &[Target]) -> String {
    let sentence = summary(narration);
    let marked = marked(targets);
    let alt = match (sentence.is_empty(), marked.is_empty()) {
        (true, true) => sentence,
        (false, true) => ended(&sentence),
        (true, false) => marked,
        (false, false) => format!("{} {marked}", ended(&sentence)),
    };
    cut(&alt, LONGEST)
}

/// The targets in a sentence, numbered where there are several; empty where there are none.
fn marked(targets: &[Target]) -> String {
    let by_role = |target: &Target| match (word(target), plain_name(target)) {
        (role, "") if role.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {role}"),
        (role, "") => format!("a {role}"),
        (role, name) => format!("the {role} “{name}”"),
    };
    let numbered = (1..)
        .zip(targets)
        .map(|(number, target)| format!("{} ({number})", by_role(target)));
    let all = match targets {
        [] => return String::new(),
        [target] => format!("{} is", by_role(target)),
        _ => {
            let entries: Vec<_> = numbered.collect();
            let (before, last) = entries.split_at(entries.len() - 1);
            format!("{} and {} are", before.join(", "), last.join(", "))
        }
    };
    let mut letters = all.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{} marked.", letters.as_str())
}

/// Targets as a legend has them: by their names; by role where there is no name, and by both where another has the same.
pub(super) fn legend(targets: &[Target]) -> Vec<String> {
    let is_shared = |name: &str| targets.iter().filter(|other| plain_name(other) == name).count() > 1;
    let entry = |target: &Target| match (word(target), plain_name(target)) {
        (role, "") => role.to_owned(),
        (role, name) if is_shared(name) => format!("{name} ({role})"),
        (_, name) => name.to_owned(),
    };
    targets.iter().map(entry).collect()
}

/// What its kind is called, as in steps; what has no word is a text, or else an area.
fn word(target: &Target) -> &'static str {
    let nameless = if target.name.is_empty() { "area" } else { "text" };
    word_for_role(&target.role).unwrap_or(nameless)
}

/// The name without what a label ends with before its field: a colon, a star.
fn plain_name(target: &Target) -> &str {
    target.name.trim().trim_end_matches([':', '：', '*', ' ', '\u{a0}'])
}

/// The narration in one line: its first sentence, or of a longer one its first clauses.
pub(super) fn summary(narration: &str) -> String {
    let sentence = first_sentence(narration);
    if sentence.chars().count() <= LONGEST_SUMMARY {
        return sentence;
    }
    let fits = |end: &usize| sentence[..*end].chars().count() <= LONGEST_SUMMARY;
    let ends: Vec<_> = clause_ends(&sentence).take_while(fits).collect();
    let is_comma = |end: &&usize| sentence[**end..].starts_with([',', '，', '،']);
    match ends.iter().rfind(|end| !is_comma(end)).or(ends.last()) {
        Some(&end) => sentence[..end].to_owned(),
        None => cut(&sentence, LONGEST_SUMMARY),
    }
}

/// Where the sentence could end, at a comma, a colon and their like, but not within quotation marks or brackets.
fn clause_ends(sentence: &str) -> impl Iterator<Item = usize> {
    let (mut depth, mut is_quoted) = (0_i32, false);
    sentence.char_indices().filter_map(move |(at, letter)| {
        match letter {
            '"' => is_quoted = !is_quoted,
            '(' | '“' | '«' | '「' => depth += 1,
            ')' | '”' | '»' | '」' => depth -= 1,
            _ => {}
        }
        let after = &sentence[at + letter.len_utf8()..];
        let ends = matches!(letter, '，' | '；' | '：')
            || matches!(letter, ',' | ';' | ':' | '،' | '؛') && after.starts_with(' ');
        (ends && depth == 0 && !is_quoted).then_some(at)
    })
}

/// Up to the first full stop, question or exclamation mark before a space (or a Chinese one before anything), in one line.
fn first_sentence(narration: &str) -> String {
    let paragraph = plain(narration)
        .trim()
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = line.char_indices().find_map(|(at, letter)| {
        let end = at + letter.len_utf8();
        let is_end = match letter {
            '。' | '！' | '？' => true,
            '!' | '?' | '؟' => line[end..].starts_with(' '),
            '.' => line[end..].starts_with(' ') && !is_abbreviation(&line[..end], &line[end + 1..]),
            _ => false,
        };
        is_end.then_some(end)
    });
    line[..end.unwrap_or(line.len())].to_owned()
}

/// Whether a full stop belongs to the word before it: `e.g.`, `No. 5`, `approx. three`.
fn is_abbreviation(before: &str, after: &str) -> bool {
    let word = before.rsplit([' ', '(']).next().unwrap_or(before).trim_end_matches('.');
    let is_letters = word.contains('.')
        && word
            .split('.')
            .all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    let is_title = ["Dr", "Mr", "Mrs", "Ms", "St"].contains(&word);
    is_letters || is_title || after.starts_with(|letter: char| letter.is_lowercase() || letter.is_ascii_digit())
}

/// A clause as a sentence.
fn ended(sentence: &str) -> String {
    let sentence = sentence.trim_end_matches([',', ';', ':', ' ']);
    let mark = if sentence.ends_with(['.', '!', '?', '؟', '。', '！', '？', '…', '：']) {
        ""
    } else {
        "."
    };
    format!("{sentence}{mark}")
}

/// At most so many characters, ending with a whole word and an ellipsis where something was left out.
fn cut(text: &str, longest: usize) -> String {
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
            "Type your username and password. The text field “Username” (1) and the text field “Password” (2) are marked."
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
            "There is more. The text “All is told” is marked."
        );
    }

    #[test]
    fn nothing_is_said_of_what_is_not_there() {
        assert_eq!(
            alt_text("The dashboard opens. It has six widgets.", &[]),
            "The dashboard opens."
        );
        assert_eq!(alt_text("", &[target("generic", "")]), "An area is marked.");
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
    fn neither_an_abbreviation_nor_a_number_ends_a_sentence() {
        for sentence in [
            "Wait, e.g. for Dr. Diallo.",
            "Form No. 5 is for U.S. Offices.",
            "It takes approx. three days.",
        ] {
            assert_eq!(first_sentence(&format!("{sentence} Then go on.")), sentence);
        }
        assert_eq!(first_sentence("You have it. 3 are left."), "You have it. 3 are left.");
        assert_eq!(first_sentence("Choose plan B. Go on."), "Choose plan B.");
    }

    #[test]
    fn a_long_sentence_ends_with_a_clause() {
        let clause = "From now on the corner shows your \"Office, or ID\" (new, too) beside your name";
        let sentence = format!("{clause}: you are in, and stay so when you log out");
        assert_eq!(summary(&sentence), clause);
        assert_eq!(summary("Short, but whole: it stays."), "Short, but whole: it stays.");
    }

    #[test]
    fn what_leads_to_a_list_is_a_sentence_of_its_own() {
        assert_eq!(
            alt_text("Look at the hours:\n- Monday\n- Tuesday", &[target("heading", "Open")]),
            "Look at the hours. The heading “Open” is marked."
        );
        assert_eq!(alt_text("Look at the hours:\n- Monday", &[]), "Look at the hours.");
    }

    #[test]
    fn many_targets_are_listed_as_in_a_sentence() {
        let targets = [target("link", "A"), target("paragraph", "B"), target("", "")];
        assert_eq!(
            alt_text("", &targets),
            "The link “A” (1), the paragraph “B” (2) and an area (3) are marked."
        );
    }

    #[test]
    fn long_text_is_cut_at_a_word() {
        let alt = alt_text(&"word ".repeat(100), &[]);
        assert!(alt.chars().count() <= 250 && alt.ends_with("word…"), "{alt}");
    }
}
