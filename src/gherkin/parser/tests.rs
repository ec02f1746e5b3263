use super::parse;
use crate::gherkin::{Document, Feature, StepKind};

fn feature(source: &str) -> Feature {
    let document = parse(source).unwrap_or_else(|errors| panic!("{errors:?}"));
    document.feature.unwrap()
}

fn document(source: &str) -> Document {
    parse(source).unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// All errors as `LINE:COLUMN: message`.
fn errors(source: &str) -> Vec<String> {
    let errors = parse(source).err().unwrap_or_default();
    let messages = errors
        .iter()
        .map(|error| format!("{}:{}: {error}", error.position.line, error.position.column));
    messages.collect()
}

/// The one error that a file has.
#[track_caller]
fn is_refused(source: &str, place: &str, said: &[&str]) {
    let errors = errors(source);
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert!(errors[0].starts_with(&format!("{place}: ")), "{errors:#?}");
    for said in said {
        assert!(errors[0].contains(said), "{said:?} in {errors:#?}");
    }
}

fn scenario(lines: &str) -> String {
    format!("Feature: A\n  Scenario: B\n{lines}")
}

#[test]
fn everything_has_its_place() {
    let feature = feature(
        "@a @b # no tag\n@c\n\nFeature: A\n\n  Rule: R\n\tBackground:\n\t  Given x\n    @d\n    Scenario Outline: B <n>\n      * é <n>\n        | k |  v |\n      Examples: E\n        | n |\n        | 1 |\n",
    );
    let tags: Vec<_> = feature
        .heading
        .tags
        .iter()
        .map(|tag| (tag.position.line, tag.position.column))
        .collect();
    assert_eq!(tags, [(1, 1), (1, 4), (2, 1)]);
    let rule = &feature.rules[0];
    let background = rule.background.as_ref().unwrap();
    assert_eq!(
        (background.heading.position.column, background.steps[0].position.column),
        (2, 4)
    );
    let outline = &rule.scenarios[0];
    assert!(outline.is_outline);
    assert_eq!(outline.steps[0].kind, StepKind::Unknown);
    let cells = &outline.steps[0].table.as_ref().unwrap().rows[0].cells;
    assert_eq!((cells[1].position.line, cells[1].position.column), (12, 16));
    assert_eq!(outline.examples[0].rows()[0].cells[0].text, "1");
    assert_eq!(outline.heading.first_line(), 9);
}

#[test]
fn a_description_may_say_anything_but_a_keyword_with_a_colon() {
    let text = "Role: newcomer\n  Rules for helpers.\n\n  Scenario planning took place.\n  Examples of names: Ada.\n  Given that it is small,\n  \"\"\"\n  | no table |\n  * and more\n  Features: none\n  Sample: 3";
    let described = feature(&format!(
        "Feature: A\n\n  {text}\n\n  Scenario: B\n    Background of it: none\n    Given c\n"
    ));
    assert_eq!(described.heading.described(), format!("  {text}"));
    assert_eq!(described.scenarios[0].heading.described(), "    Background of it: none");
}

#[test]
fn comments_stand_anywhere_but_in_descriptions_and_doc_strings() {
    let document = document(
        "# one\n@a\n# two\nFeature: A\n  text\n  # three\n  more\n  Scenario: B\n    Given c\n      # four\n      | d |\n      # five\n      | e |\n    Then f\n      ```\n      # text\n      ```\n# six\n",
    );
    let lines: Vec<_> = document.comments.iter().map(|comment| comment.position.line).collect();
    assert_eq!(lines, [1, 3, 6, 10, 12, 18]);
    let feature = document.feature.unwrap();
    assert_eq!(feature.heading.described(), "  text\n  more");
    assert_eq!(feature.scenarios[0].steps[0].table.as_ref().unwrap().rows.len(), 2);
}

#[test]
fn the_language_may_stand_below_comments_and_with_blanks() {
    for header in ["# language: fr", "# a note\n\n  #language :  fr  ", "#language:fr\r"] {
        let read = feature(&format!(
            "{header}\nFonctionnalité: A\n  Scénario: B\n    Étant donné c\n    Et d\n"
        ));
        assert_eq!(read.language, "fr");
        assert_eq!(read.scenarios[0].steps[0].keyword, "Étant donné ");
        assert_eq!(read.scenarios[0].steps[1].text, "d");
    }
}

#[test]
fn windows_editors_leave_no_trace() {
    let read = feature(
        "Feature: A\r\n\t\u{a0}Scenario: B\r\n\t\tGiven c \r\n\t\t\t\"\"\"\r\n\t\t\td\r\n\t\t\t e\r\n\t\t\t\"\"\"\r\n",
    );
    let step = &read.scenarios[0].steps[0];
    assert_eq!(step.text, "c");
    assert_eq!(step.doc_string.as_ref().unwrap().content, "d\n e");
}

#[test]
fn doc_strings_have_delimiters_media_types_and_escapes() {
    let read = feature(&scenario(
        "    Given c\n      ``` markdown \n      a\n     b\n      \"\"\"\n      \\`\\`\\`\n      ```\n    And d\n      \"\"\"\n      \\\"\"\"\n\n      \\\"\\\"\\\"\n      \"\"\"\n      | e |\n",
    ));
    let steps = &read.scenarios[0].steps;
    let of = |step: usize| steps[step].doc_string.as_ref().unwrap();
    assert_eq!(
        (of(0).media_type.as_deref(), of(0).delimiter),
        (Some("markdown"), "```")
    );
    assert_eq!(of(0).content, "a\nb\n\"\"\"\n```");
    assert_eq!(of(1).media_type, None);
    assert_eq!(of(1).content, "\\\"\"\"\n\n\"\"\"");
    assert!(steps[1].table.is_some(), "a table may stand below it");
}

#[test]
fn tags_belong_to_what_comes_next() {
    let read = feature(
        "Feature: A\n  @a\n  Scenario Outline: B\n    Given <x>\n    @b\n    # note\n    @c\n    Examples:\n      | x |\n      | 1 |\n  @d\n  Scenario: C\n    Given c\n  @e\n  Rule: R\n    @f\n    Scenario: D\n      Given d\n  @g\n  Rule: S\n",
    );
    let names = |heading: &crate::gherkin::Heading| heading.tag_names().collect::<Vec<_>>().join(" ");
    assert_eq!(names(&read.scenarios[0].heading), "a");
    assert_eq!(names(&read.scenarios[0].examples[0].heading), "b c");
    assert_eq!(names(&read.scenarios[1].heading), "d");
    assert_eq!(
        (names(&read.rules[0].heading), names(&read.rules[1].heading)),
        ("e".into(), "g".into())
    );
    assert_eq!(names(&read.rules[0].scenarios[0].heading), "f");
}

#[test]
fn a_file_of_comments_has_no_feature() {
    assert!(document("").feature.is_none());
    assert!(document("\n# nothing yet\n \n").feature.is_none());
}

#[test]
fn a_row_with_more_or_fewer_cells_than_its_heading() {
    is_refused(
        &scenario("    Given c\n      | a | b |\n      | 1 | 2 |\n      | 3 |\n"),
        "6:7",
        &["has 1 cell", "heading in line 4 has 2"],
    );
    is_refused(
        "Feature: A\n  Scenario Outline: B\n    Given <a>\n    Examples:\n      | a |\n      | 1 | 2 |\n",
        "6:7",
        &["has 2 cells", "heading in line 5 has 1"],
    );
    is_refused(
        &scenario("    Given c\n      | a |\n      | b \\\n"),
        "5:7",
        &["has 0 cells"],
    );
}

#[test]
fn a_slip_in_a_keyword() {
    for (source, place, meant) in [
        ("Featur: A\n  Scenario: B\n    Given c\n", "1:1", "Feature"),
        ("Feature: A\n  Scenaro: B\n    Given c\n", "2:3", "Scenario"),
        (
            "Feature: A\n  Scenari Outline: B\n    Given c\n",
            "2:3",
            "Scenario Outline",
        ),
        ("Feature: A\n  scenario: B\n    Given c\n", "2:3", "Scenario"),
        (
            "Feature: A\n  Backgrond:\n    Given c\n  Scenario: B\n    Given c\n",
            "2:3",
            "Background",
        ),
        (
            "Feature: A\n  Scenario: B\n    Given c\n  Scenaro: D\n    Given e\n",
            "4:3",
            "Scenario",
        ),
        (
            "Feature: A\n  Scenario: B\n    Given c\n    Whne d\n      | e |\n",
            "4:5",
            "When",
        ),
        (
            "Feature: A\n  Scenario Outline: B\n    Given <c>\n    Exampels:\n      | c |\n      | 1 |\n",
            "4:5",
            "Examples",
        ),
        (
            "# language: de\nFunktionalität: A\n  Szenrio: B\n    Angenommen c\n",
            "3:3",
            "Szenario",
        ),
    ] {
        is_refused(source, place, &["is no keyword", &format!("did you mean {meant:?}")]);
    }
}

#[test]
fn what_stands_before_the_feature() {
    is_refused(
        "Hello\nthere\n",
        "1:1",
        &["\"Hello\" stands before the feature", "Feature: NAME"],
    );
    is_refused("Scenario: B\n  Given c\n", "1:1", &["before the feature"]);
    is_refused("Fonctionnalité: A\n", "1:1", &["keyword in French", "# language: fr"]);
    is_refused("# language: fx\nFeature: A\n", "1:1", &["no language \"fx\""]);
}

#[test]
fn tags_above_nothing() {
    is_refused("Feature: A\n@b\n", "2:1", &["below these is nothing"]);
    is_refused("@b\n", "1:1", &["below these is nothing"]);
    is_refused(
        "Feature: A\n  @b\n  Background:\n    Given c\n  Scenario: D\n    Given e\n",
        "2:3",
        &["Background:"],
    );
    is_refused(&scenario("    Given c\n    @d\n    Then e\n"), "4:5", &["\"Then e\""]);
    is_refused("Feature: A\n  @b c\n  Scenario: D\n    Given e\n", "2:3", &["\"@b c\""]);
    is_refused(
        "Feature: A\n  @b @\n  Scenario: D\n    Given e\n",
        "2:6",
        &["an @ without a name"],
    );
}

#[test]
fn doc_strings_and_tables_in_the_wrong_place() {
    is_refused(
        &scenario("    Given c\n      \"\"\"\n      d\n    Then e\n"),
        "4:7",
        &["never closed", "\"\"\" in a line of its own", "line 6 looks like"],
    );
    is_refused(&scenario("    Given c\n      ```\n"), "4:7", &["never closed", "```"]);
    is_refused(
        &scenario("    Given c\n      \"\"\"d\"\"\"\n"),
        "4:7",
        &["lines of its own"],
    );
    is_refused(
        &scenario("    Given c\n      \"\"\"\n      \"\"\"\n      \"\"\"\n      \"\"\"\n"),
        "6:7",
        &["second one", "doc string"],
    );
    is_refused(
        &scenario("    Given c\n      | a |\n      ```\n      ```\n      | b |\n"),
        "7:7",
        &["second one", "table"],
    );
    is_refused(
        "Feature: A\n  Background:\n    # text ends\n    Given b\n  Scenario: C\n    Given d\n    Examples:\n      | a |\n      | 1 |\n      \"\"\"\n      \"\"\"\n",
        "10:7",
        &["can't stand here"],
    );
}

#[test]
fn sections_in_the_wrong_place() {
    let given = "    Given c\n";
    for (source, place, said) in [
        (
            format!("Feature: A\n  Background:\n{given}  Background:\n{given}  Scenario: B\n{given}"),
            "4:3",
            "second background",
        ),
        (
            format!("Feature: A\n  Scenario: B\n{given}  Background:\n{given}"),
            "4:3",
            "above the scenario in line 2",
        ),
        (
            format!("Feature: A\n  Scenario: B\n{given}Feature: C\n  Text.\n  Scenario: D\n{given}"),
            "4:1",
            "second feature",
        ),
        (
            format!("Feature: A\n  Background:\n{given}    Examples:\n      | c |\n  Scenario: B\n{given}"),
            "4:5",
            "none stands above",
        ),
        (
            format!("Feature: A\n  Scenario Outline: B\n{given}    Examples:\n      | c |\n      | 1 |\n    Then d\n"),
            "7:5",
            "above line 4",
        ),
    ] {
        is_refused(&source, place, &[said]);
    }
}

#[test]
fn a_line_that_means_nothing() {
    is_refused(
        &scenario("    Given c\n    nothing at all\n"),
        "4:5",
        &["\"nothing at all\" can't stand here", "a step"],
    );
}

#[test]
fn every_error_of_a_file_is_told_in_the_order_of_lines() {
    let errors = errors(
        "Feature: A\n  Scenario: B\n    Given c\n      | d | e |\n      | f |\n    nothing\n  @\n  Scenaro: G\n    Given h\n    Thn i\n",
    );
    let places: Vec<_> = errors.iter().map(|error| error.split_once(": ").unwrap().0).collect();
    assert_eq!(places, ["5:7", "6:5", "7:3", "8:3", "10:5"], "{errors:#?}");
}

#[test]
fn placeholders_without_a_column_are_text_unless_misspelt() {
    let outline = |text: &str| {
        format!(
            "Feature: A\n  Scenario Outline: B\n    Given c\n    Then {text}\n    Examples:\n      | office | x |\n      | 1 | 2 |\n"
        )
    };
    assert!(
        parse(&outline(
            "<b>bold</b> <y> <office> 1 < 2 > 0 <br/> <https://example.org>"
        ))
        .is_ok()
    );
    is_refused(&outline("<ofice>"), "4:5", &["no column \"ofice\"", "<office>"]);
    is_refused(&outline("<Office>"), "4:5", &["<office>"]);
}

#[test]
fn whatever_stands_there_is_read_or_refused_without_panic() {
    let parts = [
        "Feature: A",
        "Scenario: é",
        "Scenarioé: x",
        "Scenario Outline:",
        "Examples:",
        "Rule: R",
        "Background:",
        "Given x",
        "Whén: y",
        "| a | b |",
        "|",
        "\"\"\"",
        "```",
        "@a @",
        "# c",
        "",
        "é",
        "\u{feff}",
        "# language: fr",
        "\\",
        "Feature",
        "Exämples:",
    ];
    let mut random = fastrand::Rng::with_seed(11);
    for _ in 0..20_000 {
        let lines: Vec<_> = (0..random.usize(1..12))
            .map(|_| {
                format!(
                    "{}{}",
                    " ".repeat(random.usize(..3)),
                    parts[random.usize(..parts.len())]
                )
            })
            .collect();
        let _ = parse(&lines.join("\n"));
    }
}
