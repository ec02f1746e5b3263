//! Leaves out what says nothing to a reviewer: wrappers without a name, and words that stand in a name already.

use super::line::Line;
use super::part::{Node, Part};
use crate::redact;

/// Parts of others' layout: without a name they say nothing.
const WRAPPERS: [&str; 9] = [
    "application",
    "document",
    "form",
    "group",
    "img",
    "presentation",
    "rowgroup",
    "sectionfooter",
    "sectionheader",
];

/// They are there to be used, so they count without a name, too.
const USED: [&str; 17] = [
    "button",
    "checkbox",
    "combobox",
    "iframe",
    "link",
    "listbox",
    "menuitem",
    "menuitemcheckbox",
    "menuitemradio",
    "option",
    "radio",
    "searchbox",
    "slider",
    "spinbutton",
    "switch",
    "tab",
    "textbox",
];

/// Named by what is in them, which is what a reviewer reads there.
const HOLDERS: [&str; 7] = [
    "cell",
    "columnheader",
    "gridcell",
    "listitem",
    "row",
    "rowheader",
    "treeitem",
];

/// What is left of a part.
enum Item {
    Text(String),
    Node(Node, Vec<Item>),
}

/// The lines of a twin.
pub(super) fn lines(parts: Vec<Part>) -> Vec<Line> {
    let mut lines = Vec::new();
    for item in items(parts) {
        write(item, 0, &mut lines);
    }
    lines
}

/// White space as it is drawn, and no secret.
fn clean(text: &str) -> String {
    let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
    redact::text(&squeezed).into_owned()
}

/// Whether two texts say the same, wherever their words are separated.
fn says(one: &str, other: &str) -> bool {
    let letters = |text: &str| {
        text.chars()
            .filter(|letter| !letter.is_whitespace())
            .collect::<String>()
    };
    letters(one) == letters(other)
}

fn items(parts: Vec<Part>) -> Vec<Item> {
    let (mut items, mut sentence) = (Vec::new(), String::new());
    for part in parts {
        match part {
            Part::Text(text) => sentence.push_str(&text),
            Part::Edge(()) => end(&mut sentence, &mut items),
            Part::Node(node) => {
                end(&mut sentence, &mut items);
                items.extend(tidied(node));
            }
        }
    }
    end(&mut sentence, &mut items);
    without_labels(items)
}

/// A sentence is over. Signs that stand between things, such as bars and dots, are none.
fn end(sentence: &mut String, items: &mut Vec<Item>) {
    let text = clean(&std::mem::take(sentence));
    if !text.trim_matches(['·', '•', '|', '/', '›', '»', ' ']).is_empty() {
        items.push(Item::Text(text));
    }
}

fn tidied(mut node: Node) -> Vec<Item> {
    let mut inner = items(std::mem::take(&mut node.parts));
    for text in [&mut node.name, &mut node.value, &mut node.hint] {
        *text = clean(text);
    }
    if node.hint == node.name {
        node.hint.clear();
    }
    inner.retain(
        |item| !matches!(item, Item::Text(text) if *text == node.name || *text == node.value || *text == node.hint),
    );
    let content = words(&inner);
    let is_named_by_content = !node.name.is_empty() && says(&content, &node.name);
    if is_named_by_content && HOLDERS.contains(&node.role.as_str()) && !inner.iter().all(is_text) {
        node.name.clear();
    } else if is_named_by_content && !inner.iter().any(is_used) {
        inner.clear();
    }
    let says_nothing = node.name.is_empty() && node.states.is_empty() && node.value.is_empty() && node.hint.is_empty();
    let is_wrapper = WRAPPERS.contains(&node.role.as_str()) || (node.role == "paragraph" && !inner.iter().any(is_text));
    if says_nothing && (is_wrapper || (inner.is_empty() && !USED.contains(&node.role.as_str()))) {
        return inner;
    }
    vec![Item::Node(node, inner)]
}

fn is_text(item: &Item) -> bool {
    matches!(item, Item::Text(_))
}

/// Whether there is something to be used in it.
fn is_used(item: &Item) -> bool {
    match item {
        Item::Text(_) => false,
        Item::Node(node, inner) => {
            !node.states.is_empty() && node.role != "heading"
                || USED.contains(&node.role.as_str())
                || inner.iter().any(is_used)
        }
    }
}

/// All that they say.
fn words(items: &[Item]) -> String {
    let words = items.iter().map(|item| match item {
        Item::Text(text) => text.clone(),
        Item::Node(node, inner) if node.name.is_empty() => format!("{}{}", node.value, words(inner)),
        Item::Node(node, _) => node.name.clone(),
    });
    words.collect()
}

/// A text beside a field that has the same name is its label.
fn without_labels(items: Vec<Item>) -> Vec<Item> {
    let names: Vec<Option<String>> = items
        .iter()
        .map(|item| match item {
            Item::Node(node, _) if USED.contains(&node.role.as_str()) => Some(node.name.clone()),
            Item::Node(..) | Item::Text(_) => None,
        })
        .collect();
    let names_field = |index: usize, text: &str| names.get(index).is_some_and(|name| name.as_deref() == Some(text));
    let is_label = |index: usize, item: &Item| match item {
        Item::Text(text) => names_field(index + 1, text) || (index > 0 && names_field(index - 1, text)),
        Item::Node(..) => false,
    };
    let kept = items.into_iter().enumerate();
    kept.filter_map(|(index, item)| (!is_label(index, &item)).then_some(item))
        .collect()
}

fn write(item: Item, depth: usize, lines: &mut Vec<Line>) {
    let (node, mut inner) = match item {
        Item::Text(text) => {
            let role = "text".to_owned();
            return lines.push(Line {
                depth,
                role,
                text,
                ..Line::default()
            });
        }
        Item::Node(node, inner) => (node, inner),
    };
    if !node.value.is_empty() {
        inner.insert(0, Item::Text(node.value));
    }
    let hint = Line {
        depth: depth + 1,
        role: "/placeholder".to_owned(),
        text: node.hint,
        ..Line::default()
    };
    let only = match inner.as_slice() {
        [Item::Text(text)] if hint.text.is_empty() => Some(text.clone()),
        _ => None,
    };
    lines.push(Line {
        depth,
        role: node.role,
        name: node.name,
        states: node.states,
        text: only.clone().unwrap_or_default(),
    });
    if !hint.text.is_empty() {
        lines.push(hint);
    }
    if only.is_none() {
        for item in inner {
            write(item, depth + 1, lines);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::aria::Twin;

    fn twin(json: &str) -> String {
        Twin::of(serde_json::from_str(json).unwrap()).text().to_owned()
    }

    fn node(role: &str, name: &str, rest: &str) -> String {
        let separator = if rest.is_empty() { "" } else { ", " };
        format!("{{\"role\": \"{role}\", \"name\": \"{name}\"{separator}{rest}}}")
    }

    #[test]
    fn texts_of_a_sentence_are_joined_and_blocks_stand_apart() {
        assert_eq!(
            twin(r#"["Click ", "Save", " \n now", null, "Then", null, " | ", null]"#),
            "- text: Click Save now\n- text: Then\n"
        );
    }

    #[test]
    fn words_that_stand_in_a_name_are_not_written_twice() {
        let heading = node("heading", "Pair", r#""states": ["level=3"], "parts": ["Pair"]"#);
        let link = node("link", "Pair", &format!(r#""parts": [{heading}]"#));
        assert_eq!(twin(&format!("[{link}]")), "- link \"Pair\"\n");
        let close = node("button", "Close", r#""parts": ["×"]"#);
        assert_eq!(twin(&format!("[{close}]")), "- button \"Close\": ×\n");
        let group = node("group", "Address", r#""parts": ["Address", null, "below"]"#);
        assert_eq!(twin(&format!("[{group}]")), "- group \"Address\": below\n");
        let field = node("textbox", "Name", r#""value": "Ada""#);
        assert_eq!(
            twin(&format!(r#"["Name", null, {field}]"#)),
            "- textbox \"Name\": Ada\n"
        );
    }

    #[test]
    fn a_row_is_known_by_its_cells_and_a_cell_by_what_it_says() {
        let link = node("link", "Open", r#""parts": ["Open"]"#);
        let cells = [
            node("cell", "March", r#""parts": ["March"]"#),
            node("cell", "Open", &format!(r#""parts": [{link}]"#)),
        ];
        let row = node("row", "March Open", &format!(r#""parts": [{}]"#, cells.join(", ")));
        let body = node("rowgroup", "", &format!(r#""parts": [{row}]"#));
        let table = node("table", "Reports", &format!(r#""parts": ["Reports", {body}]"#));
        let expected = "- table \"Reports\":\n  - row:\n    - cell \"March\"\n    - cell:\n      - link \"Open\"\n";
        assert_eq!(twin(&format!("[{table}]")), expected);
    }

    #[test]
    fn wrappers_and_pictures_without_a_name_are_left_out_and_a_button_is_not() {
        let picture = node("img", "", "");
        let button = node(
            "button",
            "",
            &format!(r#""states": ["disabled"], "parts": [{picture}]"#),
        );
        let inner = node("group", "", &format!(r#""parts": [{button}, "Hello"]"#));
        assert_eq!(
            twin(&format!("[{inner}, {}]", node("list", "", ""))),
            "- button [disabled]\n- text: Hello\n"
        );
    }

    #[test]
    fn a_hint_stands_below_its_field() {
        let field = node("searchbox", "Search", r#""states": [], "hint": "Name or number""#);
        assert_eq!(
            twin(&format!("[{field}]")),
            "- searchbox \"Search\":\n  - /placeholder: Name or number\n"
        );
    }

    #[test]
    fn secrets_are_redacted_wherever_they_stand() {
        crate::redact::protect(&secrecy::SecretString::from("twin-Secret-55"));
        let field = node(
            "textbox",
            "for twin-Secret-55",
            r#""value": "twin-Secret-55", "hint": "not twin-Secret-55""#,
        );
        let text = twin(&format!(r#"["twin-", "Secret-55", {field}]"#));
        assert!(
            !text.contains("Secret-55") && text.matches("[secret]").count() == 4,
            "{text}"
        );
    }
}
