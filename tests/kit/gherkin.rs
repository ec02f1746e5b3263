//! Feature files are read as the official Gherkin parser reads them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use docent::gherkin::{decode, parse};
use docent::report;
use docent::suite::plan::Plan;
use docent::suite::plan::feature_file::SourceFile;
use docent::suite::record::Record;

use crate::npm::{node, package};

/// Files of all kinds that the official parser reads, in words of our own. Each must give the same document and the same pickles.
const GOOD: &[(&str, &str)] = &[
    ("nothing", ""),
    ("only comments", "# one\n\n  # two\n"),
    ("only a feature", "Feature:"),
    ("no scenario", "Feature: A\n  Some words.\n"),
    (
        "no steps",
        "Feature: A\n  Background:\n  Scenario:\n  Scenario Outline: B\n  Rule:\n  Example: C\n",
    ),
    (
        "crlf",
        "Feature: A\r\n  Words\r\n\r\n  of it.\r\n\r\n  Scenario: B\r\n    Given c\r\n      \"\"\"\r\n      d\r\n\r\n       e\r\n      \"\"\"\r\n      | f |\r\n",
    ),
    (
        "blanks",
        "\u{a0}\u{a0}Feature: A \u{a0}\n\t\u{2003}Scenario:\u{a0}B\u{a0}\n\u{3000}Given c\u{a0}\n\t| \u{a0}d\u{a0} | \u{2003}e |\n",
    ),
    (
        "mark within",
        "Feature: A\n\u{feff}  Scenario: B\n    Given \u{feff}c\n",
    ),
    (
        "descriptions",
        "Feature: A\n\n  Scenario planning: no, that is\n  Given by many. Examples of it\n  * are many\n  | as | these |\n  \"\"\"\n  Feature: is a word\n\n\n  Background: x\n    First line\n\n    Last line\n\n\n    Given c\n  Rule: R\n    Given words\n    Scenario: D\n      Background: words\n      | words |\n      Feature: words\n      Given e\n    Scenario Outline: E\n      Given <f>\n      Examples: G\n        Given words\n        Background: words\n\n        | f |\n        | 1 |\n",
    ),
    (
        "comments in descriptions",
        "Feature: A\n  # one\n\n  Words\n  # two\n\n  more\n  # three\n\n  Scenario: B\n    #four\n    Given c\n",
    ),
    (
        "doc strings",
        "Feature: A\n  Scenario: B\n    Given c\n      \"\"\" json\n      {\n     }\n\n        # none\n      @x\n      ```\n      \\\"\\\"\\\"\n      \\\"\"\"\n      \"\"\"\n    Given d\n    ```\n\"\"\"\n    \\`\\`\\`\n    \n    ```trailing\n    Given e\n      \"\"\"\n      \"\"\"\n",
    ),
    (
        "tables",
        "Feature: A\n  Scenario: B\n    Given c\n      |a|b|c|\n      || | \u{e9} |\n      # none\n\n      | \\| | \\\\ | x\\ny |\n      | \\a | C:\\b\\c | \\\\n | behind\n      | 1 | 2 | 3 | behind \\| # none\n    Given 😀\n      | x | 😀😀 |\n",
    ),
    (
        "table and doc string",
        "Feature: A\n  Scenario: B\n    Given c\n      | d |\n      \"\"\"\n      e\n      \"\"\"\n    Given f\n      ```\n      ```\n\n      # none\n      | g |\n      | h |\n",
    ),
    (
        "tags",
        "@a @b@c  @d-1:x=2 # none\n# none\n\n@e#f\nFeature: A\n  @g\n\n  # none\n  @h\n  Scenario: B\n    Given c\n  @i\n  Scenario Outline: D\n    Given <e>\n    @j\n    # none\n\n    @k @j\n    Examples:\n      | e |\n      | 1 |\n    @l\n    Examples:\n      | e |\n      | 2 |\n    Examples:\n  @m\n  Rule: F\n    @n\n    Scenario: G\n      Given h\n  @o\n  Rule: I\n",
    ),
    (
        "outlines",
        "Feature: A\n  Background:\n    Given <x> stays\n    And so does it\n  Scenario Outline: <x> and <y z> and <b>\n    And <x>$1\n    When <y z> <nothing> <b>bold</b> <<x>>\n      \"\"\"<x>\n      <y z> <x>\n      \"\"\"\n    * <x>\n      | <x> | <y z>/<x> |\n    But <y>\n    Examples: <x>\n      | x | y z |\n      | $& | \\\\1 |\n      | <y z> | |\n    Examples:\n      | x |\n    Scenarios: three\n      words\n      | y z | x |\n      | a\\nb | c\\|d |\n  Scenario: <x>\n    Given <x>\n",
    ),
    (
        "rules",
        "Feature: A\n  Background: first\n    When b\n  Scenario: C\n    And d\n  Rule: E\n    Background: second\n      And f\n    Example: G\n      Then h\n      And i\n      * j\n      And k\n    Rule: L\n    Scenario:\n      But m\n",
    ),
    (
        "prefixes",
        "# language: ht\nKarakteristik: A\n  Senaryo: B\n    Sipoze c\n    Sipoze ke d\n    Sipoze Ke e\n    Lè f\n    Le sa a g\n",
    ),
    (
        "no blank behind keywords",
        "# language: ja\n機能: あ\n  シナリオ: い\n    前提う\n    もしえ\n    ならばお\n    かつか\n    しかしき\n    * く\n",
    ),
    (
        "language below comments",
        "# note\n\n   #  language :\ten-Scouse \n# language: fr\nFeature: A\n  The thing of it is: B\n    Givun c\n    An d\n",
    ),
    (
        "right to left",
        "# language: ar\nخاصية: أ\n  سيناريو: ب\n    بفرض ج\n    و د\n",
    ),
    ("signs", "# language: em\n📚: 🙈🙉🙊\n  📕: 💃\n    😐🎸\n    🙏\n"),
    ("colons", "Feature::A: b\n  Scenario::\n    Given: c\n    Given :d\n"),
];

/// Files that the official parser refuses, in words of our own.
const BAD: &[(&str, &str)] = &[
    ("words", "Hello\n"),
    ("no feature", "Scenario: A\n  Given b\n"),
    ("words before", "Hello\nFeature: A\n"),
    (
        "words after a step",
        "Feature: A\n  Scenario: B\n    Given c\n  and words\n",
    ),
    (
        "words after a table",
        "Feature: A\n  Scenario: B\n    Given c\n      | d |\n  words\n",
    ),
    ("no such language", "# language: klingon\nFeature: A\n"),
    ("another language", "Fonctionnalité: A\n"),
    (
        "open doc string",
        "Feature: A\n  Scenario: B\n    Given c\n      \"\"\"\n      d\n",
    ),
    (
        "other delimiter",
        "Feature: A\n  Scenario: B\n    Given c\n      \"\"\"\n      d\n      ```\n",
    ),
    (
        "two doc strings",
        "Feature: A\n  Scenario: B\n    Given c\n      \"\"\"\n      \"\"\"\n      ```\n      ```\n",
    ),
    (
        "table around a doc string",
        "Feature: A\n  Scenario: B\n    Given c\n      | d |\n      \"\"\"\n      \"\"\"\n      | d |\n",
    ),
    (
        "more cells",
        "Feature: A\n  Scenario: B\n    Given c\n      | d |\n      | e | f |\n",
    ),
    (
        "fewer cells",
        "Feature: A\n  Scenario Outline: B\n    Given <c>\n    Examples:\n      | c | d |\n      | e |\n",
    ),
    (
        "no last bar",
        "Feature: A\n  Scenario: B\n    Given c\n      | d |\n      | e\n",
    ),
    (
        "backslash at the end",
        "Feature: A\n  Scenario: B\n    Given c\n      | d |\n      | e \\\n",
    ),
    (
        "table after examples",
        "Feature: A\n  Scenario Outline: B\n    Given <c>\n    Examples:\n      | c |\n      | 1 |\n      \"\"\"\n      \"\"\"\n",
    ),
    (
        "step after examples",
        "Feature: A\n  Scenario Outline: B\n    Given <c>\n    Examples:\n      | c |\n      | 1 |\n    Then d\n",
    ),
    ("tags at the end", "Feature: A\n  Scenario: B\n    Given c\n  @d\n"),
    ("only tags", "@a\n"),
    ("tags above a step", "Feature: A\n  Scenario: B\n    @c\n    Given d\n"),
    (
        "tags above a background",
        "Feature: A\n  @b\n  Background:\n    Given c\n",
    ),
    ("blank in a tag", "Feature: A\n  @b c\n  Scenario: D\n"),
    (
        "two backgrounds",
        "Feature: A\n  Background:\n    Given b\n  Background:\n    Given c\n",
    ),
    (
        "late background",
        "Feature: A\n  Scenario: B\n    Given c\n  Background:\n    Given d\n",
    ),
    (
        "examples of a background",
        "Feature: A\n  Background:\n    Given b\n    Examples:\n      | c |\n",
    ),
    ("two features", "Feature: A\n  Scenario: B\n    Given c\nFeature: D\n"),
    ("tag before language", "@a\n# language: fr\nFonctionnalité: A\n"),
];

/// Writes files with these names and texts.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(format!("{name}.feature")), text).unwrap();
    }
    folder
}

/// All feature files below a folder.
fn features(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found = entries.flat_map(|path| match path.is_dir() {
        true => features(&path),
        false if path.extension().is_some_and(|extension| extension == "feature") => vec![path],
        false => Vec::new(),
    });
    found.collect()
}

/// Has the official parser compare documents and pickles of files with ours.
fn compare(files: Vec<PathBuf>) {
    assert!(!files.is_empty());
    let read = |path: PathBuf| SourceFile {
        source: decode(fs::read(&path).unwrap()).unwrap().into(),
        path,
    };
    let plan = Plan {
        files: files.into_iter().map(read).collect(),
        ..Plan::default()
    };
    let mut record = Record::begin(&plan, "defined".to_owned(), None);
    record.end(Duration::ZERO, None, Vec::new(), jiff::civil::date(2026, 7, 2));
    let reports = tempfile::tempdir().unwrap();
    report::write(&record, reports.path(), &report::ReportKind::all()).unwrap();
    let (stream, page) = (reports.path().join(report::MESSAGES), reports.path().join("page.html"));
    node("messages.mjs", &[stream.as_os_str(), page.as_os_str()]);
}

#[test]
fn our_own_features_are_read_as_by_the_official_parser() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = ["features", "tests/kit/gherkin"].map(|folder| features(&here.join(folder)));
    compare(own.concat());
}

#[test]
fn features_of_the_compatibility_kit_are_read_as_by_the_official_parser() {
    let files = features(&package("@cucumber/compatibility-kit/features"));
    assert!(files.len() > 40, "{}", files.len());
    compare(files);
}

#[test]
fn files_of_every_kind_are_read_as_by_the_official_parser() {
    compare(features(folder(GOOD).path()));
}

#[test]
fn what_the_official_parser_refuses_is_refused() {
    let folder = folder(BAD);
    let refused = node("gherkin.mjs", &[folder.path().as_os_str()]);
    let by_them: BTreeSet<_> = refused.lines().map(|name| name.trim_end_matches(".feature")).collect();
    for (name, text) in BAD {
        assert!(by_them.contains(name), "the official parser reads {name:?}");
        assert!(parse(text).is_err(), "{name:?} was read");
    }
}

#[test]
fn the_keywords_are_those_of_the_official_parser() {
    let ours = fs::read_to_string("src/gherkin/languages/keywords.json").unwrap();
    assert!(
        node("languages.mjs", &[]) == ours,
        "src/gherkin/languages/README.md says how to write it"
    );
}
