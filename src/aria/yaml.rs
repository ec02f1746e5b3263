//! Lines as YAML, quoted as Playwright quotes them (`yamlEscapeKeyIfNeeded`, `yamlEscapeValueIfNeeded`).

use super::line::Line;

/// Writes a line; `has_more` says whether deeper lines follow.
pub(super) fn write(line: &Line, has_more: bool, out: &mut String) {
    out.push_str(&"  ".repeat(line.depth));
    out.push_str("- ");
    out.push_str(&key(line));
    if !line.text.is_empty() {
        out.push_str(": ");
        out.push_str(&value(&line.text));
    } else if has_more {
        out.push(':');
    }
    out.push('\n');
}

fn key(line: &Line) -> String {
    let mut key = line.role.clone();
    if !line.name.is_empty() {
        key.extend([" ", &quoted(&line.name)]);
    }
    for state in &line.states {
        key.extend([" [", state, "]"]);
    }
    if needs_quotes(&key) {
        format!("'{}'", key.replace('\'', "''"))
    } else {
        key
    }
}

fn value(text: &str) -> String {
    if needs_quotes(text) {
        quoted(text)
    } else {
        text.to_owned()
    }
}

/// As JSON, which YAML takes in double quotes, too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Whether YAML would read something else.
fn needs_quotes(text: &str) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "true", "false", "on", "off", "null"];
    let has = |part: &str| text.contains(part);
    text.is_empty()
        || text.trim() != text
        || text.contains(char::is_control)
        || text.starts_with([
            '-', '&', '*', ']', ',', '?', '!', '>', '|', '@', '"', '\'', '#', '%', '[', '=', '~',
        ])
        || text.contains(['{', '}', '`'])
        || has(": ")
        || text.ends_with(':')
        || has(" #")
        || text.parse::<f64>().is_ok()
        || WORDS.contains(&text.to_lowercase().as_str())
}

/// Reads a line; None where it is none of a twin.
pub(super) fn read(written: &str) -> Option<Line> {
    let indented = written.trim_start_matches(' ');
    let depth = (written.len() - indented.len()) / 2;
    let (key, text) = split(indented.strip_prefix("- ")?)?;
    let (role, rest) = key.split_once(' ').unwrap_or((&key, ""));
    let (name, states) = name_and_states(rest)?;
    Some(Line {
        depth,
        role: role.to_owned(),
        name,
        states,
        text: unquoted(text)?,
    })
}

/// Key and value.
fn split(entry: &str) -> Option<(String, &str)> {
    if let Some(quoted) = entry.strip_prefix('\'') {
        let end = end_of_single(quoted)?;
        let rest = &quoted[end + 1..];
        return Some((
            quoted[..end].replace("''", "'"),
            rest.strip_prefix(':').unwrap_or(rest).trim(),
        ));
    }
    match entry.split_once(": ") {
        Some((key, text)) => Some((key.to_owned(), text)),
        None => Some((entry.strip_suffix(':').unwrap_or(entry).to_owned(), "")),
    }
}

/// Where a text in single quotes ends; two of them stand for one.
fn end_of_single(text: &str) -> Option<usize> {
    let mut quotes = text.match_indices('\'').map(|(at, _)| at).peekable();
    while let Some(at) = quotes.next() {
        if quotes.next_if_eq(&(at + 1)).is_none() {
            return Some(at);
        }
    }
    None
}

fn name_and_states(rest: &str) -> Option<(String, Vec<String>)> {
    let (name, states) = if rest.starts_with('"') {
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<String>();
        let name = values.next()?.ok()?;
        (name, &rest[values.byte_offset()..])
    } else {
        (String::new(), rest)
    };
    let states = states
        .split(['[', ']'])
        .map(str::trim)
        .filter(|state| !state.is_empty());
    Some((name, states.map(str::to_owned).collect()))
}

fn unquoted(text: &str) -> Option<String> {
    if text.starts_with('"') {
        serde_json::from_str(text).ok()
    } else {
        Some(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(line: &Line) -> String {
        let mut out = String::new();
        write(line, false, &mut out);
        out
    }

    #[test]
    fn what_is_written_is_read_again_and_quoted_only_where_it_must_be() {
        let line = |role: &str, name: &str, states: &[&str], text: &str| Line {
            depth: 1,
            role: role.into(),
            name: name.into(),
            states: states.iter().map(|&state| state.into()).collect(),
            text: text.into(),
        };
        for (line, expected) in [
            (
                line("button", "Save", &["disabled"], ""),
                r#"  - button "Save" [disabled]"#,
            ),
            (line("textbox", "Name", &[], "Ada"), r#"  - textbox "Name": Ada"#),
            (
                line("textbox", "It's \"it\": x", &[], "1.5"),
                r#"  - 'textbox "It''s \"it\": x"': "1.5""#,
            ),
            (line("heading", "A", &["level=1"], ""), r#"  - heading "A" [level=1]"#),
            (line("text", "", &[], "To: see #1"), r#"  - text: "To: see #1""#),
            (line("text", "", &[], "it's 14:27"), "  - text: it's 14:27"),
            (line("cell", "", &[], "-"), r#"  - cell: "-""#),
            (line("text", "", &[], "No"), r#"  - text: "No""#),
        ] {
            assert_eq!(written(&line).trim_end(), expected);
            assert_eq!(read(expected), Some(line), "{expected}");
        }
        assert_eq!(read("  - list:").map(|line| line.role), Some("list".into()));
        for wrong in ["list:", "- button \"open", "- 'text"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
