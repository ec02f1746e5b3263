//! What GitHub Actions shows of a run: annotations beside the lines of the feature files, and a summary of the job.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use super::view;
use crate::output::{say_all, say_err};
use crate::suite::record::{Record, ScenarioRecord, Verdict};
use crate::visible::visible;

/// GitHub refuses summaries of more than 1 MiB; what does not fit is given as a number.
const ROOM: usize = 900_000;
/// What of a message goes into a summary, in characters: enough for what was expected and seen.
const EXCERPT: usize = 4_000;

/// Prints annotations if a GitHub workflow is running; GitHub reads both outputs, so that a program that reads the standard one need
/// not find them there.
pub(crate) fn annotate(record: &Record, for_a_program: bool) {
    let annotations = annotations(record);
    if annotations.is_empty() || std::env::var_os("GITHUB_ACTIONS").is_none_or(|value| value != "true") {
        return;
    }
    if for_a_program {
        say_err!("{}", annotations.trim_end());
    } else {
        say_all!("{annotations}");
    }
}

/// Adds to the summary of the job if a GitHub workflow is running. The reports have all of it, so that a summary that can't be
/// written is no reason to call the run anything else than it was.
pub(crate) fn summarise(record: &Record) {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
        return;
    };
    let path = Path::new(&path);
    if let Err(error) = append(path, &summary(record)) {
        say_err!(
            "warning: the summary of the job can't be written to {}: {error}\n  look at GITHUB_STEP_SUMMARY, or unset it",
            path.display()
        );
    }
}

/// Other steps of the job write to the same file.
fn append(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().append(true).create(true).open(path)?;
    file.write_all(text.as_bytes())
}

/// A line for each scenario that needs attention: errors first, since GitHub shows only the first of them.
#[must_use]
pub(crate) fn annotations(record: &Record) -> String {
    let mut lines: Vec<String> = view::run_errors(record)
        .iter()
        .map(|text| command("error", &[("title", "Outside of any scenario")], text))
        .collect();
    for (verdict, level) in LEVELS {
        lines.extend(with(record, verdict).map(|scenario| annotation(record, scenario, level)));
    }
    lines.concat()
}

/// What is skipped on purpose, and what passed, needs no annotation.
const LEVELS: [(Verdict, &str); 4] = [
    (Verdict::Failed, "error"),
    (Verdict::Interrupted, "error"),
    (Verdict::Flaky, "warning"),
    (Verdict::Quarantined, "warning"),
];

fn with(record: &Record, verdict: Verdict) -> impl Iterator<Item = &ScenarioRecord> {
    record.scenarios.iter().filter(move |one| one.verdict == verdict)
}

fn annotation(record: &Record, scenario: &ScenarioRecord, level: &str) -> String {
    let file = scenario.path.display().to_string();
    let line = view::line(scenario, view::last_failure(scenario)).to_string();
    let title = format!("{} {}", scenario.name, scenario.verdict.word());
    let properties = [("file", file.as_str()), ("line", &line), ("title", &title)];
    command(level, &properties, &view::error_text(record, scenario))
}

/// A workflow command. Values must not be able to end it and begin another.
fn command(name: &str, properties: &[(&str, &str)], message: &str) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let properties = properties
        .iter()
        .map(|(key, value)| format!("{key}={}", property(value)));
    let properties = properties.collect::<Vec<_>>().join(",");
    format!("::{name} {properties}::{}\n", data(message))
}

/// The summary of the job, in Markdown.
#[must_use]
pub(crate) fn summary(record: &Record) -> String {
    let mut text = format!("## {}\n\n", view::headline(record));
    text += &table(record);
    for outside in view::run_errors(record) {
        let _ = writeln!(text, "\nOutside of any scenario:\n\n{}", fenced(&outside));
    }
    let mut left_out = 0;
    for scenario in LEVELS.iter().flat_map(|(verdict, _)| with(record, *verdict)) {
        let details = details(record, scenario);
        if text.len() + details.len() > ROOM {
            left_out += 1;
        } else {
            text += &details;
        }
    }
    if left_out > 0 {
        let _ = writeln!(text, "\n{left_out} more are in the reports of the run.");
    }
    text
}

fn table(record: &Record) -> String {
    let counts = view::counts(record);
    let words: Vec<_> = counts.iter().map(|(verdict, _)| verdict.word()).collect();
    let figures: Vec<_> = counts.iter().map(|(_, count)| count.to_string()).collect();
    let took = view::duration(record.took);
    let row = |cells: &[&str], last: &str| format!("| {} | {last} |\n", cells.join(" | "));
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    let rules = vec!["---:"; counts.len()];
    row(&words, "time") + &row(&rules, "---:") + &row(&figures, &took)
}

fn details(record: &Record, scenario: &ScenarioRecord) -> String {
    let failure = view::last_failure(scenario);
    let line = view::line(scenario, failure);
    let step = failure.and_then(|failure| scenario.steps.get(failure.step?));
    let step = step
        .map(|step| format!("{}\n\n", plain(&step.text)))
        .unwrap_or_default();
    format!(
        "\n<details><summary><b>{}</b>: {}</summary>\n\n{} at {}\n\n{step}{}\n</details>\n",
        scenario.verdict.word(),
        html(&scenario.name),
        plain(&view::feature_and_rule(scenario)),
        plain(&format!("{}:{line}", scenario.path.display())),
        fenced(&view::error_text(record, scenario)),
    )
}

/// What Markdown, as GitHub has it, gives a meaning to within a line.
const ACTIVE: &str = r"\`*_[]<>#|~&@$";

/// Text as it is, with nothing that Markdown or HTML would make something of.
fn plain(text: &str) -> String {
    let text = visible(text);
    let escaped = text.chars().map(|letter| match letter {
        '\n' | '\r' => " ".to_owned(),
        letter if ACTIVE.contains(letter) => format!("\\{letter}"),
        letter => letter.to_string(),
    });
    escaped.collect()
}

fn html(text: &str) -> String {
    let text = visible(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    text.replace(['\n', '\r'], " ")
}

/// A block of code whose fence is longer than any row of backticks in it.
fn fenced(text: &str) -> String {
    let text: String = visible(text).chars().take(EXCERPT).collect();
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}text\n{}\n{fence}", text.replace('\r', ""))
}

#[cfg(test)]
mod tests {
    use super::super::view::samples::{HOSTILE, every_verdict, failed, record, scenario};
    use super::*;
    use crate::suite::record::event::AttemptOutcome;

    fn hostile() -> Record {
        let mut attempt = failed(1);
        let AttemptOutcome::Failed(failure) = &mut attempt.outcome else {
            unreachable!()
        };
        failure.message = HOSTILE.into();
        record(vec![scenario(HOSTILE, Verdict::Failed, vec![attempt])])
    }

    #[test]
    fn failures_are_errors_and_what_is_known_or_flaky_warns() {
        let message = annotations(&every_verdict());
        let expected = [
            "::error file=features/pairing.feature,line=13,title=Fails twice failed::there is no button \"Pair\"%0A  the nearest is \"Repair\"",
            "::error file=features/pairing.feature,line=10,title=Stopped interrupted::the run ended while it was running",
            "::warning file=features/pairing.feature,line=13,title=Passes at last flaky::passed at attempt 2%0Athere is no button \"Pair\"%0A  the nearest is \"Repair\"",
            "::warning file=features/pairing.feature,line=13,title=Known quarantined::owner amara has until 2027-01-31 to fix it%0Athere is no button \"Pair\"%0A  the nearest is \"Repair\"",
        ];
        assert_eq!(message.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn no_text_ends_its_command() {
        let message = annotations(&hostile());
        assert_eq!(message.matches('\n').count(), 1, "{message}");
        assert!(!message.contains('\r') && message.contains("100%25%0D"), "{message}");
        assert_eq!(
            command("error", &[("file", "a,b:c%")], "d,e:f"),
            "::error file=a%2Cb%3Ac%25::d,e:f\n"
        );
    }

    #[test]
    fn a_summary_has_a_table_and_the_failures() {
        let message = summary(&every_verdict());
        assert!(
            message.starts_with("## 1 of 7 scenarios failed\n\n| failed | flaky |"),
            "{message}"
        );
        let order = ["Fails twice", "Stopped", "Passes at last", "Known"].map(|name| message.find(name).unwrap());
        assert!(order.is_sorted() && !message.contains("Left out"), "{message}");
        assert!(message.contains("features/pairing.feature:13"), "{message}");
    }

    #[test]
    fn no_text_becomes_markup() {
        let message = summary(&hostile());
        let outside = message.split("```").step_by(2).collect::<String>();
        assert!(!outside.contains("<script>") && !outside.contains("<img"), "{message}");
        assert!(
            !message.contains(['\u{202e}', '\u{1b}']) && message.contains("\\u{202e}"),
            "{message}"
        );
        assert_eq!(fenced("a ```` b").lines().next(), Some("`````text"));
        assert_eq!(plain("a|b*c\n<d>"), "a\\|b\\*c \\<d\\>");
    }

    #[test]
    fn a_summary_fits_into_what_github_takes() {
        let mut attempt = failed(1);
        let AttemptOutcome::Failed(failure) = &mut attempt.outcome else {
            unreachable!()
        };
        failure.message = "é".repeat(20_000).into();
        let many = vec![scenario("B", Verdict::Failed, vec![attempt]); 1_000];
        let text = summary(&record(many));
        assert!(text.len() < 1_048_576, "{}", text.len());
        assert!(text.contains("more are in the reports"));
    }

    #[test]
    fn a_summary_is_added_to_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("summary.md");
        append(&path, "one\n").unwrap();
        append(&path, "two\n").unwrap();
        assert_eq!(std::fs::read_to_string(path).unwrap(), "one\ntwo\n");
    }
}
