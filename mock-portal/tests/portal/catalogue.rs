//! Every text is in the catalogue, and no text escapes it.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use polib::{catalog::Catalog, message::Message, metadata::CatalogMetadata, po_file};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// All files below `folder` with this extension.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<_> = entries
        .flat_map(|path| {
            if path.is_dir() {
                files(&path, extension)
            } else {
                vec![path]
            }
        })
        .filter(|path| path.extension().is_some_and(|known| known == extension))
        .collect();
    found.sort();
    found
}

/// The literals in `t("…")` and `with("…", …)`; a source's tests do not count.
fn texts(source: &str) -> BTreeSet<String> {
    let source = source.split("#[cfg(test)]").next().unwrap();
    let calls = ["t(", "page.with("];
    calls
        .iter()
        .flat_map(|call| source.match_indices(call).map(|(at, call)| at + call.len()))
        .filter_map(|at| {
            let is_word = |before: char| before.is_alphanumeric() || before == '_';
            let start = source[..at].rfind("t(").unwrap_or(at);
            let own_name = source[at - 2..at] != *"t(" || !source[..start].ends_with(is_word);
            let literal = source[at..].trim_start().strip_prefix('"').filter(|_| own_name)?;
            Some(literal[..literal.find('"')?].to_owned())
        })
        .collect()
}

fn all_texts() -> BTreeSet<String> {
    let sources = files(&here("src"), "rs")
        .into_iter()
        .chain(files(&here("templates"), "html"));
    sources
        .flat_map(|path| texts(&fs::read_to_string(path).unwrap()))
        .collect()
}

/// Writes the catalogue anew where `UPDATE_CATALOGUE` is set; otherwise it must hold just the texts there are.
#[test]
fn the_catalogue_holds_every_text_and_no_other() {
    let path = here("locales/portal.pot");
    let texts = all_texts();
    if std::env::var_os("UPDATE_CATALOGUE").is_some() {
        let mut catalogue = Catalog::new(CatalogMetadata::parse("Content-Type: text/plain; charset=UTF-8\n").unwrap());
        for text in &texts {
            catalogue.append_or_update(Message::build_singular().with_msgid(text.clone()).done());
        }
        po_file::write_to_file(&catalogue, &path).unwrap();
    }
    let catalogue = po_file::parse(&path).unwrap();
    let known: BTreeSet<_> = catalogue.messages().map(|message| message.msgid().to_owned()).collect();
    let missing: Vec<_> = texts.difference(&known).collect();
    let left: Vec<_> = known.difference(&texts).collect();
    let advice = "run the tests once with UPDATE_CATALOGUE=1";
    assert!(
        missing.is_empty() && left.is_empty(),
        "{advice}; missing: {missing:#?}, no longer used: {left:#?}"
    );
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
    for path in files(&here("templates"), "html") {
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
