//! JUnit XML, as continuous integration reads it: a suite for each feature file, a case for each scenario.
//!
//! Earlier attempts are told as nextest (and Surefire) tells them: `flakyFailure` in a case that passed in the end,
//! `rerunFailure` in one that did not. A quarantined failure is a skipped case with its message: no reader of JUnit knows
//! quarantine, and all of them show skipped cases apart without failing the build. Pictures are named in `system-out` in the
//! form that Jenkins and GitLab take for attachments.

use std::io::{self, Write};
use std::path::Path;

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestRerun, TestSuite, XmlString};

use super::reading::{self, StepStatus};
use crate::files::slug;
use crate::suite::event::{EvidenceKind, Failure, Outcome};
use crate::suite::record::{Attempt, Record, ScenarioRecord, Verdict};

/// The report, in the folder for reports.
pub const FILE: &str = "junit.xml";

/// What was wrong with a scenario whose own words are missing: JUnit's `type`.
const FAILED: &str = "failed step";

/// Writes the report. `folder` is where evidence lies, as seen from where the run was started: attachments are looked for
/// from there.
///
/// # Errors
/// What `out` says.
pub fn write(record: &Record, folder: &Path, out: &mut dyn Write) -> io::Result<()> {
    let mut report = Report::new("docent");
    report.set_time(record.took);
    report.timestamp = moment(record.began).map(Into::into);
    let mut files: Vec<&Path> = record.scenarios.iter().map(|one| one.path.as_path()).collect();
    files.dedup();
    let mut seen = std::collections::BTreeSet::new();
    files.retain(|file| seen.insert(*file));
    report.add_test_suites(files.into_iter().map(|file| suite(record, file, folder)));
    let outside = reading::outside(record);
    if !outside.is_empty() {
        report.add_test_suite(outside_of_scenarios(record, &outside));
    }
    report.serialize(out).map_err(io::Error::other)
}

fn suite(record: &Record, file: &Path, folder: &Path) -> TestSuite {
    let scenarios = || record.scenarios.iter().filter(|one| one.path == file);
    let mut suite = TestSuite::new(clean(&file.display().to_string()));
    let began = scenarios().flat_map(|one| &one.attempts).map(|attempt| attempt.began);
    suite.timestamp = began.min().and_then(moment).map(Into::into);
    suite.set_time(scenarios().map(reading::took).sum());
    suite.add_properties(facts(record));
    suite.add_test_cases(scenarios().map(|scenario| case(record, scenario, folder)));
    suite
}

/// Under what was played; the address of a CI job is a property of its own.
fn facts(record: &Record) -> Vec<(XmlString, XmlString)> {
    let property = |name: String, text: &str| (XmlString::new(name), clean(text));
    let mut properties = Vec::new();
    for fact in reading::facts(record) {
        let name = slug(fact.name);
        properties.push(property(name.clone(), &fact.text()));
        let links = fact.values.iter().filter_map(|value| value.link.as_deref());
        properties.extend(links.map(|link| property(format!("{name}-url"), link)));
    }
    properties
}

/// What happened outside of any scenario fails the run; here it stands as a case, so that no reader shows it as green.
fn outside_of_scenarios(record: &Record, texts: &[String]) -> TestSuite {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    let text = texts.join("\n");
    status
        .set_type("outside of any scenario")
        .set_message(first_line(&text))
        .set_description(clean(&text));
    let mut suite = TestSuite::new("docent");
    suite.add_properties(facts(record));
    suite.add_test_case(TestCase::new("outside of any scenario", status));
    suite
}

fn case(record: &Record, scenario: &ScenarioRecord, folder: &Path) -> TestCase {
    let mut status = status(record, scenario);
    if let Some((_, earlier)) = scenario.attempts.split_last() {
        status.add_reruns(earlier.iter().filter_map(|attempt| rerun(scenario, attempt, folder)));
    }
    let mut case = TestCase::new(clean(&scenario.name), status);
    case.set_classname(clean(&reading::feature_and_rule(scenario)));
    case.extra
        .insert("file".into(), clean(&scenario.path.display().to_string()));
    case.extra
        .insert("line".into(), XmlString::new(scenario.line.to_string()));
    case.add_properties(scenario.tags.iter().map(|tag| (XmlString::new("tag"), clean(tag))));
    if let Some(last) = scenario.attempts.last() {
        case.set_time(last.spent.total());
        case.timestamp = moment(last.began).map(Into::into);
        case.set_system_out(clean(&played(scenario, last, folder)));
    }
    case
}

fn status(record: &Record, scenario: &ScenarioRecord) -> TestCaseStatus {
    let (mut status, ty) = match scenario.verdict {
        Verdict::Passed | Verdict::Flaky => return TestCaseStatus::success(),
        Verdict::Failed if scenario.expired.is_some() => (
            TestCaseStatus::non_success(NonSuccessKind::Failure),
            "quarantine has ended",
        ),
        Verdict::Failed => (TestCaseStatus::non_success(NonSuccessKind::Failure), FAILED),
        Verdict::Interrupted => (TestCaseStatus::non_success(NonSuccessKind::Error), "interrupted"),
        Verdict::Quarantined | Verdict::NotPlayed | Verdict::Skipped => {
            (TestCaseStatus::skipped(), scenario.verdict.word())
        }
    };
    status.set_type(ty);
    let trouble = reading::trouble(record, scenario);
    let prefix = match scenario.verdict {
        Verdict::Quarantined | Verdict::Skipped | Verdict::NotPlayed => format!("{}: ", scenario.verdict.word()),
        _ => String::new(),
    };
    status.set_message(first_line(&format!("{prefix}{trouble}")));
    if let Some(failure) = reading::last_failure(scenario) {
        status.set_description(clean(&with_place(scenario, failure, &trouble)));
    }
    status
}

/// An earlier attempt; all of them failed, or there would have been no other.
fn rerun(scenario: &ScenarioRecord, attempt: &Attempt, folder: &Path) -> Option<TestRerun> {
    let failure = reading::failure(attempt)?;
    let mut rerun = TestRerun::new(NonSuccessKind::Failure);
    rerun.timestamp = moment(attempt.began).map(Into::into);
    rerun.set_time(attempt.spent.total());
    rerun.set_type(FAILED);
    rerun.set_message(first_line(&failure.message));
    rerun.set_description(clean(&with_place(scenario, failure, &failure.message)));
    rerun.set_system_out(clean(&played(scenario, attempt, folder)));
    Some(rerun)
}

fn with_place(scenario: &ScenarioRecord, failure: &Failure, text: &str) -> String {
    let place = reading::place_of(scenario, failure);
    std::iter::once(text.to_owned())
        .chain(place)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every step with how it ended, then the evidence. GitLab takes the first attachment only: the page at the end.
fn played(scenario: &ScenarioRecord, attempt: &Attempt, folder: &Path) -> String {
    let mut lines: Vec<String> = scenario
        .steps
        .iter()
        .enumerate()
        .map(|(index, step)| {
            let status = reading::status(attempt, index);
            let took = attempt.steps.get(index).filter(|_| status != StepStatus::NotReached);
            let took = took.map(|time| format!(", {}", reading::duration(time.took)));
            format!("{} ({}{})", step.text, status.word(), took.unwrap_or_default())
        })
        .collect();
    if let Outcome::Failed(failure) = &attempt.outcome {
        let mut evidence: Vec<_> = failure.evidence.iter().collect();
        evidence.sort_by_key(|one| (one.step.is_some(), one.kind != EvidenceKind::Picture));
        let paths = evidence.into_iter().map(|one| folder.join(&one.path));
        lines.extend(paths.map(|path| format!("[[ATTACHMENT|{}]]", path.display())));
    }
    lines.join("\n")
}

/// Attributes hold one line; readers make a space of a line's end.
fn first_line(text: &str) -> XmlString {
    clean(text.lines().next().unwrap_or_default())
}

/// Without what XML 1.0 can't hold: quick-junit takes away control characters and colours, but not these two.
fn clean(text: &str) -> XmlString {
    XmlString::new(text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}"))
}

fn moment(at: Timestamp) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(at.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::super::reading::samples::{HOSTILE, environment, every_verdict, failed, record, scenario};
    use super::*;
    use crate::suite::event::Evidence;
    use roxmltree::{Document, Node};

    fn written(record: &Record) -> String {
        let mut report = Vec::new();
        write(record, Path::new("reports"), &mut report).unwrap();
        String::from_utf8(report).unwrap()
    }

    fn case<'a>(document: &'a Document<'_>, name: &str) -> Node<'a, 'a> {
        let found = document.descendants().find(|node| node.attribute("name") == Some(name));
        found.unwrap_or_else(|| panic!("no case {name:?}"))
    }

    fn children<'a>(case: Node<'a, 'a>) -> Vec<&'a str> {
        let elements = case.children().filter(Node::is_element);
        elements.map(|node| node.tag_name().name()).collect()
    }

    fn child<'a>(case: Node<'a, 'a>, tag: &str) -> Node<'a, 'a> {
        case.children().find(|node| node.has_tag_name(tag)).unwrap()
    }

    #[test]
    fn every_verdict_is_told_as_ci_tools_read_it() {
        let text = written(&every_verdict());
        let document = Document::parse(&text).unwrap();
        for (name, elements) in [
            ("Passes", ["properties", "system-out"].as_slice()),
            ("Fails twice", &["properties", "failure", "rerunFailure", "system-out"]),
            ("Passes at last", &["properties", "flakyFailure", "system-out"]),
            ("Known", &["properties", "skipped", "system-out"]),
            ("Stopped", &["properties", "error", "system-out"]),
            ("Never begun", &["properties", "skipped"]),
            ("Left out", &["properties", "skipped"]),
        ] {
            assert_eq!(children(case(&document, name)), elements, "{name}");
        }
        let suite = case(&document, "features/pairing.feature");
        let counts = ["tests", "failures", "errors", "skipped"].map(|name| suite.attribute(name).unwrap());
        assert_eq!(counts, ["7", "1", "1", "3"]);
        let known = child(case(&document, "Known"), "skipped").attribute("message");
        assert_eq!(known, Some("quarantined: amara looks after it until 2027-01-31"));
    }

    #[test]
    fn a_failure_has_its_message_and_place() {
        let text = written(&every_verdict());
        let document = Document::parse(&text).unwrap();
        let case = case(&document, "Fails twice");
        assert_eq!(case.attribute("classname"), Some("Pairing / One Office"));
        assert_eq!(
            (case.attribute("time"), case.attribute("line")),
            (Some("1.500"), Some("10"))
        );
        let failure = child(case, "failure");
        assert_eq!(failure.attribute("message"), Some("there is no button \"Pair\""));
        let told = failure.text().unwrap();
        for part in [
            "the nearest is",
            "at features/pairing.feature:13",
            "said by: src/steps/click.rs:14",
        ] {
            assert!(told.contains(part), "{told}");
        }
    }

    #[test]
    fn every_suite_says_what_was_played_where() {
        let mut record = every_verdict();
        record.environments = vec![environment()];
        let text = written(&record);
        let document = Document::parse(&text).unwrap();
        let suite = case(&document, "features/pairing.feature");
        let properties = child(suite, "properties").children().filter(Node::is_element);
        let told: Vec<_> = properties
            .map(|one| (one.attribute("name").unwrap(), one.attribute("value").unwrap()))
            .collect();
        for property in [
            ("commit", "0123456789abcdef0123456789abcdef01234567"),
            ("branch", "main"),
            ("ci-job", "GitHub Actions: Acceptance, 4711"),
            ("ci-job-url", "https://github.example/qa/portal/actions/runs/4711"),
            ("browser", "chrome 138.0"),
            ("docent", "0.1.0"),
        ] {
            assert!(told.contains(&property), "{property:?} is not in {told:?}");
        }
    }

    #[test]
    fn the_page_at_the_end_is_the_first_attachment() {
        let mut attempt = failed(1);
        let Outcome::Failed(failure) = &mut attempt.outcome else {
            unreachable!()
        };
        failure.evidence = [
            (EvidenceKind::Picture, Some(0), "a/step-01.png"),
            (EvidenceKind::Source, None, "a/page.html"),
            (EvidenceKind::Picture, None, "a/page.png"),
        ]
        .map(|(kind, step, path)| Evidence {
            kind,
            step,
            path: path.into(),
        })
        .to_vec();
        let text = written(&record(vec![scenario("B", Verdict::Failed, vec![attempt])]));
        let document = Document::parse(&text).unwrap();
        let out = child(case(&document, "B"), "system-out").text().unwrap();
        let attachments: Vec<_> = out.lines().filter(|line| line.starts_with("[[")).collect();
        assert_eq!(
            attachments,
            [
                "[[ATTACHMENT|reports/a/page.png]]",
                "[[ATTACHMENT|reports/a/page.html]]",
                "[[ATTACHMENT|reports/a/step-01.png]]"
            ]
        );
        assert!(
            out.starts_with("Given I open \"/dashboard\" (passed, 120 ms)\n"),
            "{out}"
        );
    }

    #[test]
    fn what_xml_can_not_hold_is_left_out() {
        let mut attempt = failed(1);
        let Outcome::Failed(failure) = &mut attempt.outcome else {
            unreachable!()
        };
        failure.message = HOSTILE.to_owned();
        let mut hostile = scenario(HOSTILE, Verdict::Failed, vec![attempt.clone(), attempt]);
        hostile.tags = vec![HOSTILE.to_owned()];
        hostile.feature = HOSTILE.to_owned();
        let mut record = record(vec![hostile]);
        record.stray = vec![HOSTILE.to_owned()];
        let text = written(&record);
        let allowed = |letter: char| matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        assert_eq!(text.chars().find(|letter| !allowed(*letter)), None);
        let document = Document::parse(&text).unwrap();
        let failure = document
            .descendants()
            .find(|node| node.has_tag_name("failure"))
            .unwrap();
        assert!(failure.attribute("message").unwrap().starts_with("</script><script>"));
    }

    #[test]
    fn what_fell_outside_of_any_scenario_is_no_green_report() {
        let mut record = record(Vec::new());
        record.stray = vec!["a thread fell (at src/x.rs:3)".to_owned()];
        let text = written(&record);
        let document = Document::parse(&text).unwrap();
        assert_eq!(document.root_element().attribute("errors"), Some("1"));
    }
}
