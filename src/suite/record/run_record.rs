//! The record of a run: made from its events, kept as `run.json`, and the only source of every report.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::environment::{self, Environment};
use super::event::{AttemptOutcome, Event, EventKind};
use super::scenario::{Attempt, ScenarioRecord};
use super::verdict::Verdict;
use crate::redact::{self, Redacted};
use crate::steps::{self, StepDefinition};
use crate::suite::plan::Plan;
use crate::suite::plan::feature_file::SourceFile;
use crate::suite::plan::quarantine::Quarantine;
use crate::suite::plan::rerun::EarlierScenario;
use crate::suite::plan::shard::{ShardRecord, Timings};

/// The results of a run, or of several merged shards.
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
    /// Where the portal was, or all of its addresses if shards or reruns had several; None for a mock portal for each scenario.
    pub base_url: Option<String>,
    /// Where it ran: one for each shard and rerun that ran in another environment.
    #[serde(default)]
    pub environments: Vec<Environment>,
    /// Which part of a plan it was, if it was one.
    #[serde(default)]
    pub shard: Option<ShardRecord>,
    /// Whether scenarios fail it that are flaky.
    #[serde(default)]
    pub fails_on_flaky: bool,
    /// How many times it was rerun.
    #[serde(default)]
    pub reruns: usize,
    /// Whether `docent merge` made it.
    #[serde(default)]
    pub is_merged: bool,
    /// The signal that ended it, if one did.
    pub signal: Option<i32>,
    /// Why it is incomplete, if it is.
    #[serde(default)]
    pub unfinished: Option<Redacted>,
    /// What happened outside of any scenario and fails the run: panics of threads that no worker owns.
    #[serde(rename = "stray")]
    pub unattributed_panics: Vec<Redacted>,
    /// Every step that could be bound when it was played.
    #[serde(default)]
    pub definitions: Vec<Arc<StepDefinition>>,
    /// The feature files.
    pub files: Vec<SourceFile>,
    /// Every scenario that was selected, in the order of the plan.
    pub scenarios: Vec<ScenarioRecord>,
}

/// Where scenarios are played unless an address is given.
pub(crate) const MOCK_PORTAL: &str = "a mock portal for each scenario";

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
            fails_on_flaky: false,
            reruns: 0,
            is_merged: false,
            signal: None,
            unfinished: None,
            unattributed_panics: Vec::new(),
            definitions: steps::recorded(),
            files: plan.files.iter().map(redacted).collect(),
            scenarios: plan.scenarios.iter().map(ScenarioRecord::not_run).collect(),
        }
    }

    /// Paths of all evidence and attachments, below the folder for reports.
    pub fn artifacts(&self) -> impl Iterator<Item = &Path> {
        let attempts = self.scenarios.iter().flat_map(|scenario| &scenario.attempts);
        attempts.flat_map(Attempt::artifacts)
    }

    /// Its scenarios as `--rerun` finds them again; those are open that fail the run.
    #[must_use]
    pub(crate) fn to_rerun(&self) -> Vec<EarlierScenario> {
        let scenario = |one: &ScenarioRecord| EarlierScenario {
            path: one.path.clone(),
            key: one.key.clone(),
            content: one.content.clone(),
            is_open: one.verdict.is_open() || self.fails_as_flaky(one),
        };
        self.scenarios.iter().map(scenario).collect()
    }

    /// Adds an event.
    pub fn on_event(&mut self, event: &Event) {
        // The last environment is that of the run that is under way.
        if let (EventKind::BrowserStarted { browser }, Some(here)) = (&event.kind, self.environments.last_mut()) {
            here.browsers.insert(browser.clone());
        }
        if let Some(scenario) = self.scenarios.get_mut(event.id) {
            scenario.on_event(event);
        }
    }

    /// Adds the duration of each scenario in the last run.
    pub(crate) fn compare_with(&mut self, earlier: &Timings) {
        for scenario in &mut self.scenarios {
            scenario.earlier = earlier.get(&scenario.key).copied();
        }
    }

    /// Each scenario is to be played so often.
    pub(crate) fn repeat_each(&mut self, repeats: usize) {
        for scenario in &mut self.scenarios {
            scenario.repeats = Some(repeats);
        }
    }

    /// How often a rerun plays what is open: as often as this run was to.
    #[must_use]
    pub(crate) fn repeats_of_open(&self) -> Option<usize> {
        let open = self
            .scenarios
            .iter()
            .filter(|one| one.verdict.is_open() || self.fails_as_flaky(one));
        open.filter_map(|one| one.repeats).max()
    }

    /// Completes the record: decides the verdict of each scenario as of `today`.
    pub fn end(&mut self, took: Duration, signal: Option<i32>, unattributed_panics: Vec<Redacted>, today: Date) {
        self.took += took;
        self.signal = signal;
        // A rerun has those of the run that it repeats.
        self.unattributed_panics.extend(unattributed_panics);
        for scenario in &mut self.scenarios {
            let expired = scenario.quarantine.as_ref().filter(|one| one.is_expired(today));
            scenario.expired_quarantine = expired.map(Quarantine::expired_message);
            scenario.verdict = scenario.final_verdict();
        }
        if self.reruns > 0 {
            self.sort();
        }
        // Only now is it known whether a rerun had the same browsers as the run that it repeats.
        let environments = std::mem::take(&mut self.environments);
        environment::merge_environments(&mut self.environments, environments);
    }

    /// Takes in where the portal was of a run that is joined with this one.
    pub(crate) fn add_base_url(&mut self, other: Option<&str>) {
        if self.base_url.as_deref() == other {
            return;
        }
        let portals = [self.base_url.as_deref(), other].map(|one| one.unwrap_or(MOCK_PORTAL));
        let mut known: Vec<&str> = Vec::new();
        for portal in portals.iter().flat_map(|portals| portals.split("; ")) {
            if !known.contains(&portal) {
                known.push(portal);
            }
        }
        self.base_url = Some(known.join("; "));
    }

    /// Sorts scenarios of different runs by their files.
    pub(crate) fn sort(&mut self) {
        self.scenarios.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    }

    /// Whether the run failed.
    #[must_use]
    pub(crate) fn has_failed(&self) -> bool {
        let open = |one: &ScenarioRecord| one.verdict.is_open();
        let is_whole = self.unattributed_panics.is_empty() && self.unfinished.is_none();
        self.scenarios.iter().any(open) || !is_whole || self.failing_as_flaky() > 0
    }

    /// How many scenarios fail it since they are flaky. Quarantine holds for them as it does for those that fail.
    #[must_use]
    pub(crate) fn failing_as_flaky(&self) -> usize {
        self.scenarios.iter().filter(|one| self.fails_as_flaky(one)).count()
    }

    fn fails_as_flaky(&self, one: &ScenarioRecord) -> bool {
        self.fails_on_flaky && one.verdict == Verdict::Flaky && one.quarantine.is_none()
    }

    /// How many scenarios have this verdict.
    #[must_use]
    pub(crate) fn count(&self, verdict: Verdict) -> usize {
        self.scenarios.iter().filter(|one| one.verdict == verdict).count()
    }

    /// The durations of scenarios that ran to their end.
    #[must_use]
    pub(crate) fn timings(&self) -> Timings {
        let played = self.scenarios.iter().filter_map(|scenario| {
            let attempt = scenario.attempts.last()?;
            (attempt.outcome != AttemptOutcome::Interrupted).then(|| (scenario.key.clone(), attempt.durations.total()))
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

#[cfg(test)]
mod tests;
