//! What came of a run: put together from its events, kept as JSON, and all that reports are drawn from.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::environment::{self, Environment};
use super::event::{Event, Evidence, Happening, Outcome, Spent};
use super::feature_file::SourceFile;
use super::handling::Quarantine;
use super::plan::{Plan, PlannedScenario, PlannedStep};
use super::shard::{ShardRecord, Timings};
use crate::redact::{self, Redacted};

/// What came of a run, or of several shards of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Version of the kit that played.
    pub version: String,
    /// When it began.
    pub began: Timestamp,
    /// How long it took; of shards, the longest.
    pub took: Duration,
    /// The order of the scenarios, as `--order` takes it.
    pub order: String,
    /// Where the portal was; None for a mock portal for each scenario.
    pub base_url: Option<String>,
    /// Under what it was played: one for each shard and rerun that was played under something else.
    #[serde(default)]
    pub environments: Vec<Environment>,
    /// Which part of a plan it was, if it was one.
    #[serde(default)]
    pub shard: Option<ShardRecord>,
    /// How many times what it left open was played again.
    #[serde(default)]
    pub reruns: usize,
    /// The signal that ended it, if one did.
    pub signal: Option<i32>,
    /// Why it did not come to its end, if it did not: what is known of it is true, but not all.
    #[serde(default)]
    pub unfinished: Option<Redacted>,
    /// What happened outside of any scenario and fails the run: panics of threads that nobody owns.
    pub stray: Vec<Redacted>,
    /// The feature files that were played from.
    pub files: Vec<SourceFile>,
    /// Every scenario that was selected, in the order of the plan.
    pub scenarios: Vec<ScenarioRecord>,
}

/// What came of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScenarioRecord {
    /// Its file.
    pub path: PathBuf,
    /// Its line, or its row's.
    pub line: usize,
    /// Names it wherever it stands in its file.
    pub key: String,
    /// Name of the feature.
    pub feature: String,
    /// Name of the rule that it stands in.
    pub rule: Option<String>,
    /// Its own name.
    pub name: String,
    /// Without `@`.
    pub tags: Vec<String>,
    /// Who looks after it, if it is known to fail.
    pub quarantine: Option<Quarantine>,
    /// Background and scenario.
    pub steps: Vec<StepText>,
    /// Every time it was played; none if it was not.
    pub attempts: Vec<Attempt>,
    /// What it comes to.
    pub verdict: Verdict,
    /// Why it fails whatever its attempts came to: its quarantine has ended.
    pub expired: Option<String>,
}

/// A step as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepText {
    /// Keyword first.
    pub text: Arc<str>,
    /// Line in the file.
    pub line: usize,
}

/// One time a scenario was played.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// From 1.
    pub number: usize,
    /// Index of the worker that played it.
    pub worker: usize,
    /// When it began.
    pub began: Timestamp,
    /// Steps that began, in order; those that follow were not reached.
    pub steps: Vec<StepTime>,
    /// How it ended.
    pub outcome: Outcome,
    /// What the time went into.
    pub spent: Spent,
}

/// When a step was played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepTime {
    /// When it began.
    pub began: Timestamp,
    /// How long it took.
    pub took: Duration,
}

/// What a scenario comes to, all attempts taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It failed, at the last attempt, too; or its quarantine has expired.
    Failed,
    /// It failed in one attempt and passed in another.
    Flaky,
    /// It failed, and somebody looks after it until a day that has not come.
    Quarantined,
    /// The run was interrupted before it was over, or before it was taken up.
    Interrupted,
    /// The run had failed often enough before it was taken up.
    NotPlayed,
    /// A tag says so.
    Skipped,
    /// Every step did what it says.
    Passed,
}

impl Verdict {
    /// As people read it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Flaky => "flaky",
            Self::Quarantined => "quarantined",
            Self::Interrupted => "interrupted",
            Self::NotPlayed => "not played",
            Self::Skipped => "skipped",
            Self::Passed => "passed",
        }
    }

    /// Whether somebody has to look at it, and `--rerun` plays it again.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Failed | Self::Interrupted | Self::NotPlayed)
    }

    /// All of them, the worst first.
    pub const ALL: [Self; 7] = [
        Self::Failed,
        Self::Flaky,
        Self::Quarantined,
        Self::Interrupted,
        Self::NotPlayed,
        Self::Skipped,
        Self::Passed,
    ];
}

impl Record {
    /// An empty record of a plan that is about to be played.
    #[must_use]
    pub fn begin(plan: &Plan, order: String, base_url: Option<&str>) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            began: Timestamp::now(),
            took: Duration::ZERO,
            order,
            base_url: base_url.map(environment::without_password),
            environments: Vec::new(),
            shard: None,
            reruns: 0,
            signal: None,
            unfinished: None,
            stray: Vec::new(),
            files: plan.files.iter().map(redacted).collect(),
            scenarios: plan.scenarios.iter().map(ScenarioRecord::of).collect(),
        }
    }

    /// Evidence of all attempts that failed.
    pub fn evidence(&self) -> impl Iterator<Item = &Evidence> {
        let attempts = self.scenarios.iter().flat_map(|scenario| &scenario.attempts);
        attempts.flat_map(|attempt| match &attempt.outcome {
            Outcome::Failed(failure) => failure.evidence.as_slice(),
            Outcome::Passed | Outcome::Interrupted => &[],
        })
    }

    /// Keys of the scenarios that somebody has to look at.
    #[must_use]
    pub fn open_scenarios(&self) -> BTreeSet<String> {
        let open = self.scenarios.iter().filter(|one| one.verdict.is_open());
        open.map(|one| one.key.clone()).collect()
    }

    /// Takes in what happened.
    pub fn hear(&mut self, event: &Event) {
        // The last environment is that of the run that is under way.
        if let (Happening::BrowserStarted { browser }, Some(here)) = (&event.what, self.environments.last_mut()) {
            here.browsers.insert(browser.clone());
        }
        if let Some(scenario) = self.scenarios.get_mut(event.id) {
            scenario.hear(event);
        }
    }

    /// Closes the record after so much more time: what each scenario comes to as of `today`.
    pub fn end(&mut self, took: Duration, signal: Option<i32>, stray: Vec<Redacted>, today: Date) {
        self.took += took;
        self.signal = signal;
        self.stray = stray;
        for scenario in &mut self.scenarios {
            scenario.expired = scenario
                .quarantine
                .as_ref()
                .and_then(|quarantine| quarantine.expired(today));
            scenario.verdict = scenario.judge(signal.is_some());
        }
        if self.reruns > 0 {
            self.sort();
        }
        // Only now is it known whether a rerun had the same browsers as the run that it repeats.
        let environments = std::mem::take(&mut self.environments);
        environment::join(&mut self.environments, environments);
    }

    /// Puts scenarios that were played by different runs into the order of their files.
    pub fn sort(&mut self) {
        self.scenarios.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    }

    /// Whether it fails, flaky scenarios aside.
    #[must_use]
    pub fn is_bad(&self) -> bool {
        let open = |one: &ScenarioRecord| one.verdict.is_open();
        self.scenarios.iter().any(open) || !self.stray.is_empty() || self.unfinished.is_some()
    }

    /// How many scenarios came to this.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.scenarios.iter().filter(|one| one.verdict == verdict).count()
    }

    /// How long every scenario took that was played to its end.
    #[must_use]
    pub fn timings(&self) -> Timings {
        let played = self.scenarios.iter().filter_map(|scenario| {
            let attempt = scenario.attempts.last()?;
            (attempt.outcome != Outcome::Interrupted).then(|| (scenario.key.clone(), attempt.spent.total()))
        });
        played.collect()
    }
}

/// A feature file may write a secret out instead of naming it.
fn redacted(file: &SourceFile) -> SourceFile {
    SourceFile {
        path: file.path.clone(),
        source: redact::shared(&file.source),
    }
}

impl ScenarioRecord {
    fn of(planned: &PlannedScenario) -> Self {
        let text = |text: &str| redact::text(text).into_owned();
        let step = |step: &PlannedStep| StepText {
            text: redact::shared(&step.wording.text),
            line: step.line,
        };
        Self {
            path: planned.path.clone(),
            line: planned.line,
            key: text(&planned.key),
            feature: text(&planned.feature),
            rule: planned.rule.as_deref().map(text),
            name: text(&planned.name),
            tags: planned.tags.iter().map(|tag| text(tag)).collect(),
            quarantine: planned.handling.quarantine.clone(),
            steps: planned.steps.iter().map(step).collect(),
            // Most are played once; an empty list would make room for four.
            attempts: Vec::with_capacity(1),
            verdict: if planned.handling.skip {
                Verdict::Skipped
            } else {
                Verdict::NotPlayed
            },
            expired: None,
        }
    }

    /// Where it stands: `features/x.feature:12`.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}:{}", self.path.display(), self.line)
    }

    fn hear(&mut self, event: &Event) {
        let at = timestamp(event.at);
        match &event.what {
            Happening::Started { attempt, worker } => self.attempts.push(Attempt {
                number: *attempt,
                worker: *worker,
                began: at,
                steps: Vec::with_capacity(self.steps.len()),
                outcome: Outcome::Interrupted,
                spent: Spent::default(),
            }),
            Happening::StepStarted { .. } => {
                let began = StepTime {
                    began: at,
                    took: Duration::ZERO,
                };
                if let Some(attempt) = self.attempts.last_mut() {
                    attempt.steps.push(began);
                }
            }
            Happening::StepPassed { .. } | Happening::StepFailed { .. } => self.end_step(at),
            Happening::BrowserStarted { .. } | Happening::SceneStarted { .. } => {}
            Happening::Finished { outcome, spent } => {
                if let Some(attempt) = self.attempts.last_mut() {
                    attempt.outcome = outcome.clone();
                    attempt.spent = *spent;
                }
            }
        }
    }

    fn end_step(&mut self, at: Timestamp) {
        if let Some(step) = self.attempts.last_mut().and_then(|attempt| attempt.steps.last_mut()) {
            step.took = at.duration_since(step.began).try_into().unwrap_or_default();
        }
    }

    /// Whether it passed in one attempt and failed in another.
    fn comes_to_both(&self) -> bool {
        let any = |what: fn(&Outcome) -> bool| self.attempts.iter().any(|attempt| what(&attempt.outcome));
        any(|outcome| *outcome == Outcome::Passed) && any(|outcome| matches!(outcome, Outcome::Failed(_)))
    }

    fn judge(&self, interrupted: bool) -> Verdict {
        let Some(last) = self.attempts.last() else {
            return match self.verdict {
                Verdict::NotPlayed if interrupted => Verdict::Interrupted,
                otherwise => otherwise,
            };
        };
        match (&last.outcome, &self.expired) {
            (Outcome::Interrupted, _) => Verdict::Interrupted,
            (Outcome::Passed | Outcome::Failed(_), None) if self.comes_to_both() => Verdict::Flaky,
            (Outcome::Passed, None) => Verdict::Passed,
            (Outcome::Failed(_), None) if self.quarantine.is_some() => Verdict::Quarantined,
            (_, Some(_)) | (Outcome::Failed(_), None) => Verdict::Failed,
        }
    }
}

/// A moment that the calendar does not reach, which no clock shows, is the beginning of all.
fn timestamp(at: SystemTime) -> Timestamp {
    at.try_into().unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::event::Failure;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 7, 2);

    fn scenario(attempts: &[Outcome], quarantine: Option<Date>) -> ScenarioRecord {
        let attempt = |outcome: &Outcome| Attempt {
            number: 1,
            worker: 0,
            began: Timestamp::UNIX_EPOCH,
            steps: Vec::new(),
            outcome: outcome.clone(),
            spent: Spent::default(),
        };
        ScenarioRecord {
            path: "a.feature".into(),
            line: 2,
            key: "a.feature > B".to_owned(),
            feature: "A".to_owned(),
            rule: None,
            name: "B".to_owned(),
            tags: Vec::new(),
            quarantine: quarantine.map(|until| Quarantine {
                owner: "qa".to_owned(),
                until,
            }),
            steps: Vec::new(),
            attempts: attempts.iter().map(attempt).collect(),
            verdict: Verdict::NotPlayed,
            expired: None,
        }
    }

    fn judged(attempts: &[Outcome], quarantine: Option<Date>, signal: Option<i32>) -> Verdict {
        let mut record = record(vec![scenario(attempts, quarantine)]);
        record.end(Duration::ZERO, signal, Vec::new(), TODAY);
        record.scenarios[0].verdict
    }

    fn record(scenarios: Vec<ScenarioRecord>) -> Record {
        Record {
            version: String::new(),
            began: Timestamp::UNIX_EPOCH,
            took: Duration::ZERO,
            order: String::new(),
            base_url: None,
            environments: Vec::new(),
            shard: None,
            reruns: 0,
            signal: None,
            unfinished: None,
            stray: Vec::new(),
            files: Vec::new(),
            scenarios,
        }
    }

    #[test]
    fn the_password_of_a_portal_is_not_kept() {
        let portal = "https://me:s3cret@portal.example/a";
        let record = Record::begin(&Plan::default(), String::new(), Some(portal));
        assert_eq!(record.base_url.as_deref(), Some("https://portal.example/a"));
    }

    #[test]
    fn a_verdict_takes_all_attempts_together() {
        let passed = Outcome::Passed;
        let failed = Outcome::Failed(Failure::default());
        let later = Some(date(2026, 7, 2));
        let earlier = Some(date(2026, 7, 1));
        for (attempts, quarantine, signal, verdict) in [
            (vec![passed.clone()], None, None, Verdict::Passed),
            (vec![failed.clone()], None, None, Verdict::Failed),
            (vec![failed.clone(), passed.clone()], None, None, Verdict::Flaky),
            (vec![failed.clone(), failed.clone()], None, None, Verdict::Failed),
            (vec![failed.clone()], later, None, Verdict::Quarantined),
            (vec![passed.clone()], later, None, Verdict::Passed),
            (vec![passed.clone()], earlier, None, Verdict::Failed),
            (vec![failed.clone()], earlier, None, Verdict::Failed),
            (vec![Outcome::Interrupted], None, Some(2), Verdict::Interrupted),
            (vec![failed, Outcome::Interrupted], None, Some(2), Verdict::Interrupted),
            (vec![], None, Some(2), Verdict::Interrupted),
            (vec![], None, None, Verdict::NotPlayed),
        ] {
            assert_eq!(
                judged(&attempts, quarantine, signal),
                verdict,
                "{attempts:?} {quarantine:?} {signal:?}"
            );
        }
    }

    #[test]
    fn steps_are_timed_from_their_beginning_to_their_end() {
        let at = |ms: u64| SystemTime::UNIX_EPOCH + Duration::from_millis(ms);
        let mut record = record(vec![scenario(&[], None)]);
        for (ms, what) in [
            (0, Happening::Started { attempt: 1, worker: 3 }),
            (5, Happening::StepStarted { step: 0 }),
            (12, Happening::StepPassed { step: 0, remark: None }),
            (12, Happening::StepStarted { step: 1 }),
            (20, Happening::StepFailed { step: 1 }),
        ] {
            record.hear(&Event {
                id: 0,
                at: at(ms),
                what,
            });
        }
        let attempt = &record.scenarios[0].attempts[0];
        assert_eq!((attempt.number, attempt.worker), (1, 3));
        let took: Vec<_> = attempt.steps.iter().map(|step| step.took.as_millis()).collect();
        assert_eq!(took, [7, 8]);
    }

    #[test]
    fn a_record_survives_being_written_down() {
        let failed = Outcome::Failed(Failure {
            message: "it \u{1b}[31mfell".into(),
            ..Failure::default()
        });
        let mut record = record(vec![scenario(&[failed], Some(TODAY))]);
        record.end(Duration::from_millis(1500), None, vec!["stray".into()], TODAY);
        let text = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), record);
    }
}
