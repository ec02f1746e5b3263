//! What the Cucumber extension of VS Code reads to complete steps, to mark undefined ones and to jump to definitions: its
//! settings, and a file of step definitions. The extension reads Rust, but not all of it, and who writes features need not
//! have Docent's sources: so the file is made from the vocabulary and holds nothing else.
//!
//! Names and forms of settings: the extension's documentation, `cucumber.features`, `.glue` and `.parameterTypes`.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::files::{self, FileError};
use crate::steps::{ExpressionKind, PARAMETER_TYPES, VocabularyEntry, entries};
use crate::suite::plan::bind::OFF_CAMERA;

/// Below the editor's folder.
const SETTINGS: &str = ".vscode/settings.json";
/// Below the editor's folder.
const GLUE: &str = ".vscode/docent-steps.rs";

/// What editors read can't be written.
#[derive(Debug, thiserror::Error)]
pub enum EditorError {
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The settings that are there can't be understood, so that nothing can be added to them.
    #[error("{} is not a JSON object and was left unchanged: {reason}\n  fix it, or move it away", path.display())]
    NotJson {
        /// The settings.
        path: PathBuf,
        /// What is wrong with them.
        reason: String,
    },
}

/// What was written.
pub(crate) struct WrittenFiles {
    /// The files.
    pub(crate) files: [PathBuf; 2],
    /// Whether the settings had comments, which are no longer there.
    pub(crate) lost_comments: bool,
}

/// Writes settings and glue; settings of other things stay as they are.
///
/// # Errors
/// [`EditorError`].
pub(crate) fn write(folder: &Path, features: &[PathBuf]) -> Result<WrittenFiles, EditorError> {
    let settings = folder.join(SETTINGS);
    let there = files::read(&settings)?.unwrap_or_default();
    let there = String::from_utf8_lossy(&there);
    let strict = without_comments(&there);
    let refused = |reason: String| EditorError::NotJson {
        path: settings.clone(),
        reason,
    };
    let before: Map<String, Value> = match strict.trim() {
        "" => Map::new(),
        text => serde_json::from_str(text).map_err(|error| refused(error.to_string()))?,
    };
    let mut merged = before.clone();
    merge(&mut merged, features);
    // Untouched, it keeps its comments.
    let changed = merged != before;
    if changed {
        let text = serde_json::to_string_pretty(&merged).map_err(|error| refused(error.to_string()))?;
        files::write_if_changed(&settings, format!("{text}\n").as_bytes())?;
    }
    files::write_if_changed(&folder.join(GLUE), glue().as_bytes())?;
    Ok(WrittenFiles {
        lost_comments: changed && has_comments(&there),
        files: [settings, folder.join(GLUE)],
    })
}

/// Adds what is missing; what others put into the lists stays in them.
fn merge(settings: &mut Map<String, Value>, features: &[PathBuf]) {
    let patterns = features.iter().map(|path| pattern(path));
    add(settings, "cucumber.features", patterns.collect(), Value::clone);
    add(settings, "cucumber.glue", vec![json!(GLUE)], Value::clone);
    let types = PARAMETER_TYPES
        .iter()
        .map(|(name, regexp)| json!({ "name": name, "regexp": regexp }));
    add(settings, "cucumber.parameterTypes", types.collect(), |value| {
        value["name"].clone()
    });
}

/// Puts values into a list in place of those that have the same key.
fn add(settings: &mut Map<String, Value>, name: &str, values: Vec<Value>, key: impl Fn(&Value) -> Value) {
    let list = settings.entry(name).or_insert_with(|| json!([]));
    let mut all = list.as_array().cloned().unwrap_or_default();
    for value in values {
        match all.iter_mut().find(|one| key(one) == key(&value)) {
            Some(there) => *there = value,
            None => all.push(value),
        }
    }
    *list = Value::Array(all);
}

/// A path as the extension looks for features: a folder means all below it.
fn pattern(path: &Path) -> Value {
    let text = path.display().to_string().replace('\\', "/");
    let text = text.trim_start_matches("./").trim_end_matches('/');
    if text.ends_with(".feature") {
        json!(text)
    } else if text.is_empty() || text == "." {
        json!("**/*.feature")
    } else {
        json!(format!("{text}/**/*.feature"))
    }
}

/// Every step, as it is and off camera, in the form that the extension reads.
fn glue() -> String {
    let mut text = String::from(
        "// Docent's steps, for editors: made by `docent steps --editor`, compiled by nothing. Do not edit.\n",
    );
    for (index, entry) in entries().enumerate() {
        for (name, before) in [("step", ""), ("off_camera", OFF_CAMERA)] {
            let (comment, expression) = (comment(entry), expression(entry, before));
            // Writing to a string does not fail.
            let _ = write!(text, "\n{comment}#[when({expression})]\nfn {name}_{index}() {{}}\n");
        }
    }
    text
}

fn comment(entry: &VocabularyEntry) -> String {
    let VocabularyEntry {
        what, example, code, ..
    } = entry;
    let described = if what.is_empty() {
        String::new()
    } else {
        format!("/// {what}\n/// Example: `{example}`\n")
    };
    format!("{described}/// Written in {code}\n")
}

/// What an attribute says of a step with this before it.
fn expression(entry: &VocabularyEntry, before: &str) -> String {
    let expression = &entry.expression;
    match entry.kind {
        ExpressionKind::CucumberExpression => format!("expr = \"{before}{expression}\""),
        ExpressionKind::RegularExpression => {
            let (start, own) = expression
                .strip_prefix('^')
                .map_or(("", expression.as_str()), |own| ("^", own));
            format!("regex = r#\"{start}{before}{own}\"#")
        }
    }
}

fn has_comments(text: &str) -> bool {
    pieces(text).any(|piece| matches!(piece, JsonPiece::Comment))
}

/// VS Code allows comments and a comma behind the last entry; JSON allows neither.
fn without_comments(text: &str) -> String {
    let mut strict = String::new();
    let mut comma = false;
    for piece in pieces(text) {
        let JsonPiece::Text(piece) = piece else { continue };
        match piece {
            "," => comma = true,
            blank if blank.trim().is_empty() => strict.push_str(blank),
            other => {
                if comma && !matches!(other, "}" | "]") {
                    strict.push(',');
                }
                comma = false;
                strict.push_str(other);
            }
        }
    }
    strict
}

/// A string, a comment or a single character.
enum JsonPiece<'a> {
    Text(&'a str),
    Comment,
}

fn pieces(text: &str) -> impl Iterator<Item = JsonPiece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let (length, is_comment) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), true)
        } else if rest.starts_with("/*") {
            (rest.find("*/").map_or(rest.len(), |end| end + 2), true)
        } else if first == '"' {
            (string_length(rest), false)
        } else {
            (first.len_utf8(), false)
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        Some(if is_comment {
            JsonPiece::Comment
        } else {
            JsonPiece::Text(piece)
        })
    })
}

/// Of a string in quotes, with them.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|(_, letter)| {
        let ends = *letter == '"' && !escaped;
        escaped = *letter == '\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |(index, _)| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes over settings that are there, and returns what became of them.
    fn over(there: &str) -> (Value, bool) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(SETTINGS);
        files::write_if_changed(&path, there.as_bytes()).unwrap();
        let written = write(folder.path(), &["features".into()]).unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        (serde_json::from_str(&text).unwrap(), written.lost_comments)
    }

    #[test]
    fn settings_of_other_things_stay() {
        let (settings, lost) = over(
            r#"{
  // mine
  "editor.tabSize": 2, "url": "https://example.org/*",
  "cucumber.glue": ["src/**/*.java",], /* ours */
  "cucumber.parameterTypes": [{"name": "target", "regexp": "old"}, {"name": "actor", "regexp": "x"}],
}"#,
        );
        assert_eq!(settings["editor.tabSize"], 2);
        assert_eq!(settings["url"], "https://example.org/*");
        assert_eq!(settings["cucumber.glue"], json!(["src/**/*.java", GLUE]));
        assert_eq!(settings["cucumber.features"], json!(["features/**/*.feature"]));
        let types = settings["cucumber.parameterTypes"].as_array().unwrap();
        assert!(
            types.len() == PARAMETER_TYPES.len() + 1 && types[0]["regexp"] != "old",
            "{types:?}"
        );
        assert!(lost);
    }

    #[test]
    fn settings_that_have_all_of_it_are_not_touched() {
        let (settings, _) = over("");
        let folder = tempfile::tempdir().unwrap();
        let text = format!("// a comment\n{settings}");
        let path = folder.path().join(SETTINGS);
        files::write_if_changed(&path, text.as_bytes()).unwrap();
        let written = write(folder.path(), &["features".into()]).unwrap();
        assert_eq!(std::fs::read_to_string(path).unwrap(), text);
        assert!(!written.lost_comments);
    }

    #[test]
    fn what_is_no_json_is_left_alone_and_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(SETTINGS);
        files::write_if_changed(&path, b"{ tabs: 2 }").unwrap();
        let message = write(folder.path(), &[]).map(drop).unwrap_err().to_string();
        assert!(
            message.contains("settings.json") && message.contains("line 1"),
            "{message}"
        );
        assert_eq!(std::fs::read(path).unwrap(), b"{ tabs: 2 }");
    }

    #[test]
    fn a_folder_means_all_features_below_it() {
        for (path, expected) in [
            ("features", "features/**/*.feature"),
            ("./a/b/", "a/b/**/*.feature"),
            (".", "**/*.feature"),
            ("a/b.feature", "a/b.feature"),
        ] {
            assert_eq!(pattern(Path::new(path)), expected);
        }
    }
}
