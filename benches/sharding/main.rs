//! How long 10,000 scenarios take on so many machines, with and without `--timings`: a simulation, with Docent's own division into shards.
//!
//! Each scenario takes as long as one of the acceptance scenarios, drawn by a seed. `durations.txt` has these, in milliseconds, of two runs of
//! features/acceptance after one another: shards are divided by the first, and take as long as the second, as in CI.
//!
//! `cargo bench -p docent --bench sharding`; docs/scale.md has what it printed.
#![allow(clippy::unwrap_used, missing_docs, reason = "a simulation that cannot go on stops")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::{Duration, Instant};

use docent::suite::plan::{PlannedScenario, plan};
use docent::suite::select::Selection;
use docent::suite::shard::{Shard, Timings};

const SCENARIOS: usize = 10_000;
const SHARDS: [usize; 7] = [1, 2, 5, 10, 20, 50, 100];
/// Scenarios at a time, on each machine.
const WORKERS: usize = 2;
/// What the first scenario of a worker takes more than another to start its browser, as measured in the same runs. What a portal and
/// a window take is in the durations.
const BROWSER_START: Duration = Duration::from_millis(400);
const DURATIONS: &str = include_str!("durations.txt");
const SEED: u64 = 1;

/// How long every scenario took in the last run, and takes in this one.
struct Suite {
    earlier: Timings,
    now: BTreeMap<String, Duration>,
}

fn main() {
    let started = Instant::now();
    let scenarios = planned();
    println!(
        "{SCENARIOS} scenarios planned in {:.2} s, which is in no figure",
        started.elapsed().as_secs_f64()
    );
    println!(
        "{WORKERS} workers a shard, {} ms to start a browser",
        BROWSER_START.as_millis()
    );
    show("Durations as measured", &scenarios, &Suite::drawn(&scenarios, 1));
    show(
        "One scenario in 100 takes 20 times as long",
        &scenarios,
        &Suite::drawn(&scenarios, 20),
    );
}

fn planned() -> Vec<PlannedScenario> {
    let folder = tempfile::tempdir().unwrap();
    let mut feature =
        "Feature: A\n  Scenario Outline: Number <n>\n    Given I open \"/<n>\"\n\n    Examples:\n      | n |\n"
            .to_owned();
    for number in 1..=SCENARIOS {
        writeln!(feature, "      | {number} |").unwrap();
    }
    let file = folder.path().join("all.feature");
    std::fs::write(&file, feature).unwrap();
    let selection = Selection {
        paths: vec![file],
        ..Selection::default()
    };
    plan(&selection).unwrap().scenarios
}

impl Suite {
    /// Every hundredth scenario takes so many times as long as was measured.
    fn drawn(scenarios: &[PlannedScenario], slow: u32) -> Self {
        let milliseconds = |text: &str| Duration::from_millis(text.parse().unwrap());
        let measured: Vec<_> = DURATIONS.lines().map(|line| line.split_once(' ').unwrap()).collect();
        let mut random = fastrand::Rng::with_seed(SEED);
        let mut suite = Self {
            earlier: Timings::new(),
            now: BTreeMap::new(),
        };
        for scenario in scenarios {
            let (earlier, now) = measured[random.usize(..measured.len())];
            let times = if random.usize(..100) == 0 { slow } else { 1 };
            suite
                .earlier
                .insert(scenario.key.clone(), milliseconds(earlier) * times);
            suite.now.insert(scenario.key.clone(), milliseconds(now) * times);
        }
        suite
    }

    /// How long the slowest of so many shards takes.
    fn wall(&self, scenarios: &[PlannedScenario], shards: usize, timings: &Timings) -> Duration {
        let mut played = 0;
        let wall = |index| {
            let shard: Shard = format!("{index}/{shards}").parse().unwrap();
            let (part, _) = shard.of(scenarios.to_vec(), timings);
            played += part.len();
            self.alone(&part)
        };
        let slowest = (1..=shards).map(wall).max().unwrap();
        assert_eq!(played, scenarios.len(), "every scenario is in one shard");
        slowest
    }

    /// How long one machine takes: its next scenario goes to the worker that is free first.
    fn alone(&self, part: &[PlannedScenario]) -> Duration {
        let mut busy = [BROWSER_START; WORKERS];
        for scenario in part {
            let free = busy.iter_mut().min().unwrap();
            *free += self.now[&scenario.key];
        }
        busy.into_iter().max().unwrap()
    }
}

fn show(title: &str, scenarios: &[PlannedScenario], suite: &Suite) {
    let all: Duration = suite.now.values().sum();
    let longest = suite.now.values().max().unwrap().as_secs_f64();
    println!(
        "\n{title}: {:.0} s of scenarios, the longest {longest:.1} s\n",
        all.as_secs_f64()
    );
    println!("| shards | equally many | by timings | if nothing were ever idle |");
    println!("| ---: | ---: | ---: | ---: |");
    for shards in SHARDS {
        let equally_many = suite.wall(scenarios, shards, &Timings::new());
        let by_timings = suite.wall(scenarios, shards, &suite.earlier);
        let workers = u32::try_from(shards * WORKERS).unwrap();
        let [many, timed, ideal] =
            [equally_many, by_timings, all / workers + BROWSER_START].map(|one| one.as_secs_f64());
        println!("| {shards} | {many:.0} s | {timed:.0} s | {ideal:.0} s |");
    }
}
