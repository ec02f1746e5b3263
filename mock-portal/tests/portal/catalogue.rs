//! Every text is in the catalogue, every language has it whole, and no text escapes it.

use std::{collections::BTreeSet, fs};

use polib::{message::MessageView, po_file};

#[path = "../../examples/catalogue/texts.rs"]
pub mod texts;

use texts::{all_texts, files, here, texts};

const ADVICE: &str = "run `cargo run -p mock-portal --example catalogue`, and translate what it lists";

#[test]
fn the_catalogue_holds_every_text_and_no_other() {
    let all = all_texts().unwrap();
    for path in [vec![here("locales/portal.pot")], files(&here("locales"), "po").unwrap()].concat() {
        let catalogue = po_file::parse(&path).unwrap();
        let known: BTreeSet<_> = catalogue.messages().map(|message| message.msgid().to_owned()).collect();
        let missing: Vec<_> = all.difference(&known).collect();
        let left: Vec<_> = known.difference(&all).collect();
        assert!(
            missing.is_empty() && left.is_empty(),
            "{}: {ADVICE}; missing: {missing:#?}, no longer used: {left:#?}",
            path.display()
        );
    }
}

/// What stands in braces, in any order.
fn placeholders(text: &str) -> Vec<&str> {
    let mut found: Vec<_> = text
        .split('{')
        .skip(1)
        .map(|rest| rest.split('}').next().unwrap())
        .collect();
    found.sort_unstable();
    found
}

fn is_whole(text: &str, translation: &str) -> bool {
    !translation.trim().is_empty() && placeholders(text) == placeholders(translation)
}

#[test]
fn every_language_is_whole() {
    let catalogues = files(&here("locales"), "po").unwrap();
    assert!(catalogues.len() >= 2);
    for path in catalogues {
        let catalogue = po_file::parse(&path).unwrap();
        let whole =
            |message: &dyn MessageView| !message.is_fuzzy() && is_whole(message.msgid(), message.msgstr().unwrap());
        let open: Vec<_> = catalogue
            .messages()
            .filter(|message| !whole(*message))
            .map(|message| message.msgid().to_owned())
            .collect();
        assert!(open.is_empty(), "{}: {ADVICE}: {open:#?}", path.display());
    }
}

#[test]
fn a_translation_without_its_placeholders_is_not_whole() {
    assert!(is_whole("{currency} {amount}", "{amount} {currency}"));
    assert!(!is_whole("Hello {},", "Bonjour,"));
    assert!(!is_whole("Help", " "));
}

/// What a template says without asking the catalogue: text between tags, and attributes that are read out.
fn raw_texts(template: &str) -> Vec<String> {
    let mut html = template.to_owned();
    // A block named `kind` holds a class name.
    for (open, close) in [
        ("{% block kind %}", "{% endblock %}"),
        ("{#", "#}"),
        ("{%", "%}"),
        ("{{", "}}"),
    ] {
        while let Some(start) = html.find(open) {
            let end = start + html[start..].find(close).unwrap() + close.len();
            html.replace_range(start..end, "");
        }
    }
    let between = html
        .split('>')
        .filter_map(|part| part.split('<').next())
        .map(str::to_owned);
    let read_out = ["aria-label=\"", "placeholder=\"", "title=\"", "alt=\""];
    let attributes = read_out
        .iter()
        .flat_map(|name| html.split(name).skip(1))
        .map(|rest| rest[..rest.find('"').unwrap()].to_owned());
    let exempt = ["00000", "https://"];
    between
        .chain(attributes)
        .map(|text| text.trim().to_owned())
        .filter(|text| text.chars().any(char::is_alphabetic) && !exempt.contains(&text.as_str()))
        .collect()
}

#[test]
fn templates_say_nothing_past_the_catalogue() {
    for path in files(&here("templates"), "html").unwrap() {
        let raw = raw_texts(&fs::read_to_string(&path).unwrap());
        assert!(raw.is_empty(), "{}: {raw:?}", path.display());
    }
}

#[test]
fn raw_text_is_found_where_there_is_some() {
    assert_eq!(
        raw_texts("<p>{{ page.t(\"x\") }} Hello</p><a aria-label=\"Go\">–</a>"),
        ["Hello", "Go"]
    );
}

#[test]
fn texts_are_found_in_code_and_templates() {
    let found = texts(
        "const A: &str = t(\"One\"); html(\"no\"); {{ page.t(\"Two\") }} t(\n  \"Three\") page.with(\"Four {}\", x)",
    );
    assert_eq!(
        found.into_iter().collect::<Vec<_>>(),
        ["Four {}", "One", "Three", "Two"]
    );
}
