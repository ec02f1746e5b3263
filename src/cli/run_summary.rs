//! Plans and records in a few lines of text, for people at a terminal.

use std::fmt::Write;

use crate::counted::counted;
use crate::suite::plan::{LOST, Plan};
use crate::suite::record::{Record, Verdict};

pub(super) fn listed(plan: &Plan) -> String {
    let mut lines = String::new();
    for scenario in &plan.scenarios {
        let tags: Vec<_> = scenario.tags.iter().map(|tag| format!("@{tag}")).collect();
        let line = format!("{}: {} {}", scenario.place_of(None), scenario.name, tags.join(" "));
        // Writing to a string does not fail.
        let _ = writeln!(lines, "{}", line.trim_end());
    }
    lines
}

/// One line: `121 scenarios, 3 skipped, 870 steps; every step is defined`.
pub(super) fn counted_up(plan: &Plan) -> String {
    let steps: usize = plan.scenarios.iter().map(|scenario| scenario.steps.len()).sum();
    let skipped = plan.scenarios.iter().filter(|scenario| scenario.options.skip).count();
    let skipped = if skipped > 0 {
        format!(", {skipped} {}", Verdict::Skipped.word())
    } else {
        String::new()
    };
    let (scenarios, steps) = (counted(plan.scenarios.len(), "scenario"), counted(steps, "step"));
    format!("{scenarios}{skipped}, {steps}; every step is defined")
}

/// One line for each failed scenario, so that it need not be searched for above.
pub(super) fn open_scenarios(record: &Record) -> String {
    let mut lines = String::new();
    for scenario in record.scenarios.iter().filter(|one| one.verdict == Verdict::Failed) {
        let _ = writeln!(lines, "failed: {}: {}", scenario.place(), scenario.name);
        if scenario.is_lost {
            let _ = writeln!(lines, "  {LOST}: its last result stands");
        }
        if let Some(expired) = &scenario.expired_quarantine {
            let _ = writeln!(lines, "  {expired}");
        }
    }
    lines
}

/// One line: `51 passed, 1 flaky, 2 failed, in 12.3 s`.
pub(super) fn summary(record: &Record) -> String {
    let always = [Verdict::Passed, Verdict::Failed];
    let counted = Verdict::ALL.iter().rev().filter_map(|verdict| {
        let count = record.count(*verdict);
        (count > 0 || always.contains(verdict)).then(|| format!("{count} {}", verdict.word()))
    });
    let counted: Vec<_> = counted.collect();
    let whole = if record.reruns > 0 {
        "including the previous run: "
    } else {
        ""
    };
    format!("{whole}{}, in {:.1} s", counted.join(", "), record.took.as_secs_f32())
}
