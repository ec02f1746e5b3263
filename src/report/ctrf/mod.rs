//! The run in the Common Test Report Format (<https://ctrf.io>): one JSON file, written test by test.
//!
//! A failure in quarantine is `other`, which fails no build; what was interrupted is `failed`, so that it is not taken for passed.

#[allow(clippy::struct_field_names, reason = "they are the format's own")]
mod protocol;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use serde::{Serialize, Serializer};

use self::protocol::{
    CtrfAttachment, CtrfAttempt, CtrfEnvironment, CtrfReport, CtrfStatus, CtrfStep, Results, StepExtra, Summary, Test,
    Tool, VERSION,
};
use super::uuid::uuid;
use super::view::{self, Descriptions, StepStatus, after};
use crate::suite::record::environment;
use crate::suite::record::event::AttemptOutcome;
use crate::suite::record::{self, Record, ScenarioRecord, Verdict};

/// The report, in the folder for reports.
pub(crate) const FILE: &str = "ctrf.json";

/// Writes the report. `folder` is where evidence lies, as seen from where the run was started.
///
/// # Errors
/// What `out` says.
pub(crate) fn write(record: &Record, folder: &Path, out: &mut dyn Write) -> io::Result<()> {
    let report = CtrfReport {
        report_format: "CTRF",
        spec_version: VERSION,
        report_id: uuid(&["ctrf", &record.began.to_string(), &record.took.as_millis().to_string()]),
        timestamp: after(record.began, record.took).to_string(),
        generated_by: "docent",
        results: Results {
            tool: Tool {
                name: "docent",
                version: record.version.clone(),
            },
            summary: summary(record),
            tests: Tests {
                record,
                folder,
                descriptions: Descriptions::read(record),
            },
            environment: environment(record),
        },
    };
    serde_json::to_writer(out, &report).map_err(Into::into)
}

/// All tests, which are made one by one as they are written.
struct Tests<'a> {
    record: &'a Record,
    folder: &'a Path,
    descriptions: Descriptions,
}

impl Serialize for Tests<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self {
            record,
            folder,
            descriptions,
        } = self;
        let scenarios = record.scenarios.iter();
        let tests = scenarios.map(|scenario| test(record, scenario, descriptions, folder));
        serializer.collect_seq(tests.chain(outside_of_scenarios(record)))
    }
}

fn status(verdict: Verdict) -> CtrfStatus {
    match verdict {
        Verdict::Passed | Verdict::Flaky => CtrfStatus::Passed,
        Verdict::Failed | Verdict::Interrupted => CtrfStatus::Failed,
        Verdict::Quarantined => CtrfStatus::Other,
        Verdict::NotPlayed => CtrfStatus::Pending,
        Verdict::Skipped => CtrfStatus::Skipped,
    }
}

fn summary(record: &Record) -> Summary {
    let count = |wanted| {
        let scenarios = record.scenarios.iter();
        scenarios.filter(|one| status(one.verdict) == wanted).count()
    };
    let outside = usize::from(!view::run_errors(record).is_empty());
    let suites: BTreeSet<_> = record.scenarios.iter().map(|one| &one.path).collect();
    Summary {
        tests: record.scenarios.len() + outside,
        passed: count(CtrfStatus::Passed),
        failed: count(CtrfStatus::Failed) + outside,
        skipped: count(CtrfStatus::Skipped),
        pending: count(CtrfStatus::Pending),
        other: count(CtrfStatus::Other),
        flaky: record.count(Verdict::Flaky),
        suites: suites.len() + outside,
        start: record.began.as_millisecond(),
        stop: after(record.began, record.took).as_millisecond(),
        duration: milliseconds(record.took),
    }
}

fn test(record: &Record, scenario: &ScenarioRecord, descriptions: &Descriptions, folder: &Path) -> Test {
    let (last, earlier) = match scenario.attempts.split_last() {
        Some((last, earlier)) => (Some(last), earlier),
        None => (None, &[][..]),
    };
    let failure = view::last_failure(scenario);
    let message = view::error_text(record, scenario);
    let number = last.map_or(0, |last| last.number).to_string();
    let began = last.map_or(record.began, |last| last.began).to_string();
    let about = descriptions.about(scenario);
    Test {
        test_id: uuid(&[&scenario.key]),
        execution_id: uuid(&[&scenario.key, &began, &number]),
        name: [&scenario.name, &scenario.key]
            .into_iter()
            .find(|name| !name.is_empty())
            .cloned()
            .unwrap_or_default(),
        status: status(scenario.verdict),
        raw_status: scenario.verdict.word(),
        duration: last.map_or(0, |last| milliseconds(last.durations.total())),
        start: last.map(|last| last.began.as_millisecond()),
        stop: last.map(|last| after(last.began, last.durations.total()).as_millisecond()),
        suite: std::iter::once(&scenario.feature)
            .chain(&scenario.rule)
            .cloned()
            .collect(),
        message: (!message.is_empty()).then_some(message),
        trace: failure.map(|failure| view::place_of(scenario, failure).join("\n")),
        line: Some(scenario.line),
        file_path: Some(scenario.path.display().to_string()),
        tags: scenario.tags.clone(),
        labels: scenario
            .quarantine
            .iter()
            .map(|one| ("owner", one.owner.clone()))
            .collect(),
        kind: "e2e",
        retries: earlier.len(),
        retry_attempts: earlier.iter().map(|one| retry(scenario, one, folder)).collect(),
        flaky: scenario.verdict == Verdict::Flaky,
        thread_id: last.map(|last| format!("worker {}", last.worker + 1)),
        browser: browser(record),
        attachments: last.map(|last| attachments(last, folder)).unwrap_or_default(),
        parameters: about
            .map(|about| about.row.iter().cloned().collect())
            .unwrap_or_default(),
        steps: (0..scenario.steps.len())
            .map(|index| step(scenario, last, index))
            .collect(),
    }
}

/// Of several browsers, a record does not say which one played what.
fn browser(record: &Record) -> Option<String> {
    let all: BTreeSet<_> = record.environments.iter().flat_map(|one| &one.browsers).collect();
    (all.len() == 1).then(|| all.into_iter().next().cloned()).flatten()
}

fn retry(scenario: &ScenarioRecord, attempt: &record::Attempt, folder: &Path) -> CtrfAttempt {
    let failure = view::failure(attempt);
    CtrfAttempt {
        attempt: attempt.number,
        status: match &attempt.outcome {
            AttemptOutcome::Passed => CtrfStatus::Passed,
            AttemptOutcome::Failed(_) | AttemptOutcome::Interrupted => CtrfStatus::Failed,
        },
        duration: milliseconds(attempt.durations.total()),
        start: attempt.began.as_millisecond(),
        stop: after(attempt.began, attempt.durations.total()).as_millisecond(),
        message: failure.map(view::message),
        trace: failure.map(|failure| view::place_of(scenario, failure).join("\n")),
        line: view::line(scenario, failure),
        attachments: attachments(attempt, folder),
    }
}

fn attachments(attempt: &record::Attempt, folder: &Path) -> Vec<CtrfAttachment> {
    let attached = view::artifacts(attempt).into_iter().filter_map(|one| {
        Some(CtrfAttachment {
            path: one.file(folder)?.display().to_string(),
            content_type: one.media_type.to_owned(),
            name: one.title,
        })
    });
    attached.collect()
}

fn step(scenario: &ScenarioRecord, attempt: Option<&record::Attempt>, index: usize) -> CtrfStep {
    let planned = &scenario.steps[index];
    let status = attempt.map_or(StepStatus::NotReached, |attempt| view::status(attempt, index));
    let time = attempt.and_then(|attempt| attempt.steps.get(index));
    CtrfStep {
        name: planned.text.to_string(),
        status: match status {
            StepStatus::Passed => CtrfStatus::Passed,
            StepStatus::Failed | StepStatus::Interrupted => CtrfStatus::Failed,
            StepStatus::NotReached => CtrfStatus::Skipped,
        },
        extra: StepExtra {
            line: planned.line,
            duration: time.map(|time| milliseconds(time.took)),
        },
    }
}

/// What fails the run beside its scenarios; else readers would show it as passed.
fn outside_of_scenarios(record: &Record) -> Option<Test> {
    const NAME: &str = "outside of any scenario";
    let texts = view::run_errors(record);
    (!texts.is_empty()).then(|| Test {
        test_id: uuid(&[NAME]),
        execution_id: uuid(&[NAME, &record.began.to_string()]),
        name: NAME.to_owned(),
        status: CtrfStatus::Failed,
        raw_status: Verdict::Failed.word(),
        duration: 0,
        start: None,
        stop: None,
        suite: vec!["docent".to_owned()],
        message: Some(texts.join("\n")),
        trace: None,
        line: None,
        file_path: None,
        tags: Vec::new(),
        labels: BTreeMap::new(),
        kind: "e2e",
        retries: 0,
        retry_attempts: Vec::new(),
        flaky: false,
        thread_id: None,
        browser: None,
        attachments: Vec::new(),
        parameters: BTreeMap::new(),
        steps: Vec::new(),
    })
}

fn environment(record: &Record) -> CtrfEnvironment {
    let commit = record.environments.iter().find_map(|one| one.commit.as_ref());
    let ci = record.environments.iter().find_map(|one| one.ci.as_ref());
    let build = ci.and_then(|ci: &environment::CiJob| ci.build.clone());
    let facts = view::facts(record).into_iter();
    CtrfEnvironment {
        build_number: build.as_ref().and_then(|build| build.parse().ok()),
        build_id: build,
        build_name: ci.map(|ci| ci.name.clone().unwrap_or_else(|| ci.service.clone())),
        build_url: ci.and_then(|ci| ci.url.clone()).filter(|url| view::is_web(url)),
        repository_url: commit.and_then(|commit| commit.remote.clone()),
        commit: commit.map(|commit| commit.revision.clone()),
        branch_name: commit.and_then(|commit| commit.branch.clone()),
        os_version: record.environments.first().map(|one| one.system.clone()),
        test_environment: record.base_url.clone(),
        healthy: view::succeeded(record),
        extra: facts.map(|fact| (fact.name, fact.text())).collect(),
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::view::samples::{environment, every_verdict, record};
    use super::*;

    fn written(record: &Record) -> Value {
        let mut report = Vec::new();
        write(record, Path::new("reports"), &mut report).unwrap();
        serde_json::from_slice(&report).unwrap()
    }

    #[test]
    fn every_verdict_has_a_status_and_is_counted() {
        let report = written(&every_verdict());
        let results = &report["results"];
        let tests = results["tests"].as_array().unwrap().iter();
        let statuses: Vec<_> = tests
            .map(|test| (test["name"].as_str().unwrap(), test["status"].as_str().unwrap()))
            .collect();
        let expected = [
            ("Passes", "passed"),
            ("Fails twice", "failed"),
            ("Passes at last", "passed"),
            ("Known", "other"),
            ("Stopped", "failed"),
            ("Never begun", "pending"),
            ("Left out", "skipped"),
        ];
        assert_eq!(statuses, expected);
        let summary = &results["summary"];
        let counts = [
            "tests", "passed", "failed", "skipped", "pending", "other", "flaky", "suites",
        ];
        assert_eq!(
            counts.map(|name| summary[name].as_u64().unwrap()),
            [7, 2, 2, 1, 1, 1, 1, 1]
        );
    }

    #[test]
    fn attempts_before_the_last_are_told_with_what_failed() {
        let report = written(&every_verdict());
        let flaky = &report["results"]["tests"][2];
        assert_eq!((&flaky["flaky"], &flaky["retries"]), (&true.into(), &1.into()));
        let [attempt] = &flaky["retryAttempts"].as_array().unwrap()[..] else {
            panic!("{flaky}")
        };
        assert_eq!(attempt["line"], 13);
        assert!(attempt["message"].as_str().unwrap().starts_with("there is no button"));
        assert!(
            attempt["trace"]
                .as_str()
                .unwrap()
                .contains("at features/pairing.feature:13")
        );
    }

    #[test]
    fn the_environment_is_that_of_the_run() {
        let mut record = record(Vec::new());
        record.environments = vec![environment()];
        record.unattributed_panics = vec!["a thread fell".into()];
        let results = &written(&record)["results"];
        let environment = &results["environment"];
        assert_eq!(environment["commit"], "0123456789abcdef0123456789abcdef01234567");
        assert_eq!(environment["branchName"], "main");
        assert_eq!(environment["buildNumber"], 4711);
        assert_eq!(
            environment["buildUrl"],
            "https://github.example/qa/portal/actions/runs/4711"
        );
        assert_eq!(environment["extra"]["Browser"], "chrome 138.0");
        assert_eq!(environment["healthy"], false);
        assert_eq!(
            (&results["tests"][0]["status"], &results["summary"]["failed"]),
            (&"failed".into(), &1.into())
        );
    }
}
