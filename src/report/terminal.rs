//! Progress and failures for the person at the terminal; plain lines where there is no terminal.

use std::io::IsTerminal;
use std::time::Duration;

use console::style;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Reporter;
use crate::suite::event::{Event, Failure, Outcome, ScenarioId, Spent};
use crate::suite::plan::{Plan, PlannedScenario};

/// Tells on standard error what is being played.
#[derive(Debug)]
pub struct Terminal {
    bar: ProgressBar,
    live: bool,
    tally: Tally,
}

/// How many scenarios ended how, and what the time went into.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    /// Every step did what it says.
    pub passed: usize,
    /// A step did not.
    pub failed: usize,
    /// Not played to their end.
    pub interrupted: usize,
    /// Sum over all scenarios.
    pub spent: Spent,
}

impl Terminal {
    /// A live display on a terminal, else plain lines.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let live = std::io::stderr().is_terminal();
        let target = if live {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let steps: usize = plan.scenarios.iter().map(|scenario| scenario.steps.len()).sum();
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
            tally: Tally::default(),
        }
    }

    /// Ends the display.
    #[must_use]
    pub fn finish(self) -> Tally {
        self.bar.finish_and_clear();
        self.tally
    }

    /// A line that stays.
    fn line(&self, text: &str) {
        self.bar.suspend(|| eprintln!("{text}"));
    }

    fn scenario_finished(&mut self, scenario: &PlannedScenario, outcome: &Outcome, spent: Spent) {
        let title = format!("{} ({})", scenario.name, scenario.place_of(None));
        let seconds = spent.total().as_secs_f32();
        match outcome {
            Outcome::Passed => {
                self.tally.passed += 1;
                self.line(&format!(
                    "{} {title}, {seconds:.1} s",
                    style("passed").green().for_stderr()
                ));
            }
            Outcome::Interrupted => {
                self.tally.interrupted += 1;
                self.line(&format!("{} {title}", style("interrupted").yellow().for_stderr()));
            }
            Outcome::Failed(failure) => {
                self.tally.failed += 1;
                self.line(&format!(
                    "{} {title}, {seconds:.1} s",
                    style("failed").red().bold().for_stderr()
                ));
                self.line(&told(scenario, failure));
            }
        }
        self.tally.spent += spent;
    }
}

impl Reporter for Terminal {
    fn hear(&mut self, plan: &Plan, event: &Event) {
        match event {
            Event::ScenarioStarted { id } => self.bar.set_message(plan.scenarios[*id].name.clone()),
            Event::SceneStarted { id, scene } => {
                let line = scene_line(&plan.scenarios[*id], *scene);
                if self.live {
                    self.bar.set_message(line);
                } else {
                    self.line(&line);
                }
            }
            Event::StepPassed { .. } => self.bar.inc(1),
            Event::ScenarioFinished { id, outcome, spent } => {
                self.scenario_finished(scenario(plan, *id), outcome, *spent);
            }
        }
    }
}

fn scenario(plan: &Plan, id: ScenarioId) -> &PlannedScenario {
    &plan.scenarios[id]
}

fn scene_line(scenario: &PlannedScenario, scene: usize) -> String {
    let step = &scenario.steps[scenario.scenes[scene].opens];
    format!("scene {}/{}  {}", scene + 1, scenario.scenes.len(), step.text)
}

/// A failure as a trainer understands it: where, what was looked for, what was there instead.
#[must_use]
pub fn told(scenario: &PlannedScenario, failure: &Failure) -> String {
    let mut lines = vec![format!("  at {}", scenario.place_of(failure.step))];
    if let Some(scene) = failure.scene {
        lines.push(format!("  in {}", scene_line(scenario, scene)));
    }
    if let Some(step) = failure.step.and_then(|step| scenario.steps.get(step)) {
        lines.push(format!("  step: {}", step.text));
    }
    lines.extend(failure.message.lines().map(|line| format!("  {line}")));
    lines.extend(failure.evidence.iter().map(|path| format!("  see {}", path.display())));
    lines.join("\n")
}
