//! Progress and failures for the person at the terminal; plain lines where there is no terminal.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use console::style;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Zoned;

use super::{Reporter, view};
use crate::output::{printable, say_err};
use crate::suite::plan::{Plan, PlannedScenario};
use crate::suite::record::event::{AttemptFailure, AttemptOutcome, Event, EventKind, PhaseDurations};

/// Shows on standard error what is running.
#[derive(Debug)]
pub(crate) struct Terminal {
    bar: ProgressBar,
    live: bool,
    /// Where evidence is.
    reports: PathBuf,
    running: Vec<ScenarioProgress>,
    /// How many scenarios have been played, and how many there are to play.
    count: (usize, usize),
    /// Sum over all scenarios.
    durations: PhaseDurations,
}

/// What is known of a scenario.
#[derive(Debug, Clone, Copy, Default)]
struct ScenarioProgress {
    /// Which attempt is running.
    attempt: usize,
    /// How many of its steps are over.
    steps: u64,
    /// Whether one has failed.
    has_failed: bool,
}

impl Terminal {
    /// A live display on a terminal, else plain lines.
    #[must_use]
    pub(crate) fn new(plan: &Plan, reports: &Path) -> Self {
        let live = std::io::stderr().is_terminal();
        let target = if live {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let steps: usize = plan.scenarios.iter().map(|scenario| scenario.steps.len()).sum();
        let to_play = plan.scenarios.iter().filter(|scenario| !scenario.options.skip).count();
        let bar = ProgressBar::with_draw_target(Some(steps as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {bar:30} {pos}/{len} steps, {elapsed}  {wide_msg}") {
            bar.set_style(style);
        }
        if live {
            bar.enable_steady_tick(Duration::from_millis(100));
        }
        Self {
            bar,
            live,
            reports: reports.to_owned(),
            running: vec![ScenarioProgress::default(); plan.scenarios.len()],
            count: (0, to_play),
            durations: PhaseDurations::default(),
        }
    }

    /// Ends the display; returns the durations of all scenarios together.
    #[must_use]
    pub(crate) fn finish(self) -> PhaseDurations {
        self.bar.finish_and_clear();
        self.durations
    }

    /// A line that stays.
    fn line(&self, text: &str) {
        self.bar.suspend(|| say_err!("{text}"));
    }

    fn finished(
        &mut self,
        scenario: &PlannedScenario,
        running: ScenarioProgress,
        outcome: &AttemptOutcome,
        durations: PhaseDurations,
    ) {
        let attempt = running.attempt;
        let seconds = durations.total().as_secs_f32();
        let again = if attempt > 1 {
            format!(", attempt {attempt}")
        } else {
            String::new()
        };
        let title = format!("{} ({}){again}, {seconds:.1} s", scenario.name, scenario.place_of(None));
        let expired = scenario
            .options
            .expired_quarantine()
            .filter(|_| *outcome == AttemptOutcome::Passed);
        let verdict = match outcome {
            AttemptOutcome::Passed if expired.is_some() => style("failed").red().bold(),
            AttemptOutcome::Passed if running.has_failed => style("flaky").yellow(),
            AttemptOutcome::Passed => style("passed").green(),
            AttemptOutcome::Interrupted => style("interrupted").yellow(),
            AttemptOutcome::Failed(_) if scenario.options.is_quarantined(Zoned::now().date()) => {
                style("failed in quarantine").yellow()
            }
            AttemptOutcome::Failed(_) => style("failed").red().bold(),
        };
        // The one thing that has a colour.
        let line = format!(
            "{}{} {}",
            self.counted(attempt),
            verdict.for_stderr(),
            printable(&title)
        );
        self.bar.suspend(|| {
            // The terminal is gone.
            let _ = writeln!(std::io::stderr(), "{line}");
        });
        if let Some(expired) = expired {
            self.line(&format!("  {expired}"));
        }
        if let AttemptOutcome::Failed(failure) = outcome {
            self.line(&describe_failure(scenario, failure, &self.reports));
        }
        self.durations += durations;
    }
}

impl Terminal {
    /// How far the run is, where no bar shows it: `[12/121] `.
    fn counted(&mut self, attempt: usize) -> String {
        let (played, all) = &mut self.count;
        *played += usize::from(attempt == 1);
        if self.live {
            String::new()
        } else {
            format!("[{played}/{all}] ")
        }
    }
}

impl Reporter for Terminal {
    fn on_event(&mut self, plan: &Plan, event: &Event) {
        let (scenario, running) = (&plan.scenarios[event.id], &mut self.running[event.id]);
        let steps = scenario.steps.len() as u64;
        match &event.kind {
            EventKind::Started { attempt, .. } => {
                running.attempt = *attempt;
                running.steps = 0;
                if *attempt > 1 {
                    self.bar.inc_length(steps);
                }
                self.bar.set_message(printable(&scenario.name));
            }
            EventKind::SceneStarted { scene } => {
                let line = scene_line(scenario, *scene);
                if self.live {
                    self.bar.set_message(printable(&line));
                } else {
                    self.line(&line);
                }
            }
            EventKind::BrowserStarted { .. } | EventKind::StepStarted { .. } | EventKind::FileAttached(_) => {}
            EventKind::StepPassed { step, remark } => {
                running.steps += 1;
                self.bar.inc(1);
                if let Some(remark) = remark {
                    self.line(&format!("note: {}: {remark}", scenario.place_of(Some(*step))));
                }
            }
            EventKind::StepFailed { .. } => {
                running.steps += 1;
                self.bar.inc(1);
            }
            EventKind::Finished { outcome, durations } => {
                let now = *running;
                running.has_failed |= matches!(outcome, AttemptOutcome::Failed(_));
                // Steps that are not reached any more.
                self.bar.inc(steps.saturating_sub(now.steps));
                self.finished(scenario, now, outcome, *durations);
            }
        }
    }
}

fn scene_line(scenario: &PlannedScenario, scene: usize) -> String {
    let step = &scenario.steps[scenario.scenes[scene].opens];
    format!("scene {}/{}  {}", scene + 1, scenario.scenes.len(), step.wording.text)
}

/// A failure as a trainer understands it: where, what was looked for, what was there instead.
#[must_use]
pub(crate) fn describe_failure(scenario: &PlannedScenario, failure: &AttemptFailure, reports: &Path) -> String {
    let mut lines = vec![format!("  at {}", scenario.place_of(failure.step))];
    if let Some(scene) = failure.scene {
        lines.push(format!("  in {}", scene_line(scenario, scene)));
    }
    if let Some(step) = failure.step.and_then(|step| scenario.steps.get(step)) {
        lines.push(format!("  step: {}", step.wording.text));
    }
    lines.extend(failure.code.iter().map(|place| format!("  step definition: {place}")));
    lines.extend(view::message(failure).lines().map(|line| format!("  {line}")));
    lines.extend(
        failure
            .evidence
            .iter()
            .map(|evidence| format!("  see {}", reports.join(&evidence.path).display())),
    );
    lines.join("\n")
}
