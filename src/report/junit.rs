//! JUnit XML, as continuous integration reads it: a suite for each feature file, a case for each scenario.
//!
//! Earlier attempts are written as nextest (and Surefire) writes them: `flakyFailure` in a case that passed in the end,
//! `rerunFailure` in one that did not. A quarantined failure is a skipped case with its message: no reader of JUnit knows
//! quarantine, and all of them show skipped cases apart without failing the build. Pictures are named in `system-out` in the
//! form that Jenkins and GitLab take for attachments.
//!
//! Readers differ in what they want of a case's file and line:
//! - The xUnit plugin of Jenkins refuses a report that its schema does not allow, which knows only `name`, `classname`, `time` and
//!   `group` of a case (`junit-10.xsd`, the same in versions 2.3.2 to 3.1.6 of the plugin).
//! - The JUnit plugin of Jenkins validates nothing and reads neither file nor line (`CaseResult.java` and `SuiteResult.java`).
//! - GitLab reads the attribute `file` of a case and nothing else of that kind (`lib/gitlab/ci/parsers/test/junit.rb`): for its link to
//!   the file and for "Copy failed tests" (`doc/ci/testing/unit_test_reports.md`).
//!
//! No report can please both the schema and GitLab, so a case has `file` where a job of GitLab played, whose reports Jenkins does not
//! read. Everything that the schema has no room for stands in `system-out`, too, in the form `[[PROPERTY|name=value]]`, and tags in
//! `group`, as `TestNG` has them.

use std::io::{self, Write};
use std::path::Path;

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestRerun, TestSuite, XmlString};

use super::view::{self, StepStatus};
use crate::files::slug;
use crate::suite::record::environment::GITLAB;
use crate::suite::record::event::AttemptFailure;
use crate::suite::record::{Attempt, Record, ScenarioRecord, Verdict};

/// The report, in the folder for reports.
pub(crate) const FILE: &str = "junit.xml";

/// What was wrong with a scenario whose own words are missing: JUnit's `type`.
const FAILED: &str = "failed step";

/// Writes the report. `folder` is where evidence lies, as seen from where the run was started: attachments are looked for
/// from there.
///
/// # Errors
/// What `out` says.
pub(crate) fn write(record: &Record, folder: &Path, out: &mut dyn Write) -> io::Result<()> {
    let mut report = Report::new("docent");
    report.set_time(record.took);
    let mut files: Vec<&Path> = record.scenarios.iter().map(|one| one.path.as_path()).collect();
    files.dedup();
    let mut seen = std::collections::BTreeSet::new();
    files.retain(|file| seen.insert(*file));
    report.add_test_suites(files.into_iter().map(|file| suite(record, file, folder)));
    let outside = view::run_errors(record);
    if !outside.is_empty() {
        report.add_test_suite(outside_of_scenarios(record, &outside));
    }
    let text = report.to_string().map_err(io::Error::other)?;
    // The schema of Jenkins knows this of suites only, quick-junit of their root, too.
    let root = format!(" skipped=\"{}\"", report.skipped);
    out.write_all(text.replacen(&root, "", 1).as_bytes())
}

fn suite(record: &Record, file: &Path, folder: &Path) -> TestSuite {
    let scenarios = || record.scenarios.iter().filter(|one| one.path == file);
    let mut suite = TestSuite::new(clean(&file.display().to_string()));
    let began = scenarios().flat_map(|one| &one.attempts).map(|attempt| attempt.began);
    suite.timestamp = began.min().and_then(moment).map(Into::into);
    suite.set_time(scenarios().map(view::took).sum());
    suite.extra.insert("file".into(), clean(&file.display().to_string()));
    if let [here] = &record.environments[..]
        && let Some(host) = &here.host
    {
        suite.extra.insert("hostname".into(), clean(host));
    }
    suite.add_properties(facts(record));
    suite.add_test_cases(scenarios().map(|scenario| case(record, scenario, folder)));
    suite
}

/// Under what was played; the address of a CI job is a property of its own.
fn facts(record: &Record) -> Vec<(XmlString, XmlString)> {
    let property = |name: String, text: &str| (XmlString::new(name), clean(text));
    let mut properties = Vec::new();
    for fact in view::facts(record) {
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
        // The last one, too, may have failed where a scenario is repeated.
        let shown = if scenario.verdict == Verdict::Flaky {
            &scenario.attempts
        } else {
            earlier
        };
        status.add_reruns(shown.iter().filter_map(|attempt| rerun(scenario, attempt, folder)));
    }
    let mut case = TestCase::new(clean(&scenario.name), status);
    case.set_classname(clean(&view::feature_and_rule(scenario)));
    if is_for_gitlab(record) {
        case.extra
            .insert("file".into(), clean(&scenario.path.display().to_string()));
    }
    if !scenario.tags.is_empty() {
        case.extra.insert("group".into(), clean(&scenario.tags.join(",")));
    }
    let mut lines = Vec::new();
    if let Some(last) = scenario.attempts.last() {
        case.set_time(last.durations.total());
        lines = played(scenario, last, folder);
    }
    lines.extend(properties(scenario));
    case.set_system_out(clean(&lines.join("\n")));
    case
}

fn is_for_gitlab(record: &Record) -> bool {
    let mut jobs = record.environments.iter().filter_map(|one| one.ci.as_ref());
    jobs.any(|ci| ci.service == GITLAB)
}

/// What the schema has no place for, one a line.
fn properties(scenario: &ScenarioRecord) -> Vec<String> {
    let mut all = vec![
        ("file", scenario.path.display().to_string()),
        ("line", scenario.line.to_string()),
    ];
    all.extend(scenario.tags.iter().map(|tag| ("tag", tag.clone())));
    if let Some(quarantine) = &scenario.quarantine {
        all.push(("owner", quarantine.owner.clone()));
        all.push(("quarantine", quarantine.until.to_string()));
    }
    if let Some(last) = scenario.attempts.last() {
        all.push(("verdict", scenario.verdict.word().to_owned()));
        all.push(("worker", (last.worker + 1).to_string()));
    }
    all.into_iter()
        .map(|(name, value)| format!("[[PROPERTY|{name}={value}]]"))
        .collect()
}

fn status(record: &Record, scenario: &ScenarioRecord) -> TestCaseStatus {
    let (mut status, ty) = match scenario.verdict {
        Verdict::Passed | Verdict::Flaky => return TestCaseStatus::success(),
        Verdict::Failed if scenario.expired_quarantine.is_some() => (
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
    let trouble = view::error_text(record, scenario);
    let prefix = match scenario.verdict {
        Verdict::Quarantined | Verdict::Skipped | Verdict::NotPlayed => format!("{}: ", scenario.verdict.word()),
        _ => String::new(),
    };
    status.set_message(first_line(&format!("{prefix}{trouble}")));
    if let Some(failure) = view::last_failure(scenario) {
        status.set_description(clean(&with_place(scenario, failure, &trouble)));
    }
    status
}

/// An attempt that failed, beside the one that decides.
fn rerun(scenario: &ScenarioRecord, attempt: &Attempt, folder: &Path) -> Option<TestRerun> {
    let failure = view::failure(attempt)?;
    let mut rerun = TestRerun::new(NonSuccessKind::Failure);
    rerun.set_type(FAILED);
    rerun.set_message(first_line(&failure.message));
    rerun.set_description(clean(&with_place(scenario, failure, &failure.message)));
    rerun.set_system_out(clean(&played(scenario, attempt, folder).join("\n")));
    Some(rerun)
}

fn with_place(scenario: &ScenarioRecord, failure: &AttemptFailure, text: &str) -> String {
    let place = view::place_of(scenario, failure);
    std::iter::once(text.to_owned())
        .chain(place)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every step with how it ended, then the evidence and what steps attached. GitLab takes the first attachment only: the page at the end.
fn played(scenario: &ScenarioRecord, attempt: &Attempt, folder: &Path) -> Vec<String> {
    let mut lines: Vec<String> = scenario
        .steps
        .iter()
        .enumerate()
        .map(|(index, step)| {
            let status = view::status(attempt, index);
            let took = attempt.steps.get(index).filter(|_| status != StepStatus::NotReached);
            let took = took.map(|time| format!(", {}", view::duration(time.took)));
            format!("{} ({}{})", step.text, status.word(), took.unwrap_or_default())
        })
        .collect();
    let mut artifacts = view::artifacts(attempt);
    artifacts.sort_by_key(|one| (one.step.is_some(), one.media_type != "image/png"));
    let paths = artifacts.iter().filter_map(|one| one.file(folder));
    lines.extend(paths.map(|path| format!("[[ATTACHMENT|{}]]", path.display())));
    lines
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
mod schema;
#[cfg(test)]
mod tests;
