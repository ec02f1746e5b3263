//! How long 10,000 scenarios take on so many machines, with and without `--timings`: a simulation, with Docent's own division into shards.
//!
//! Each scenario takes as long as one of the acceptance scenarios, drawn by a seed. `durations.txt` has these, in milliseconds, of two runs of
//! features/acceptance after one another: shards are divided by the first, and take as long as the second, as in CI.
//!
//! `cargo bench -p docent --bench sharding`; docs/scale.md has what it printed.
#![allow(clippy::unwrap_used, missing_docs, reason = "a simulation that cannot go on stops")]

use std::iter;
use std::time::Duration;

use docent::suite::plan::shard::{Shard, Timings};

const SCENARIOS: usize = 10_000;
const SHARDS: [usize; 7] = [1, 2, 5, 10, 20, 50, 100];
/// Scenarios at a time, on each machine.
const WORKERS: usize = 2;
/// What the first scenario of a worker takes more than another to start its browser, as measured in the same runs. What a portal and
/// a window take is in the durations.
const BROWSER_START: Duration = Duration::from_millis(400);
const DURATIONS: &str = include_str!("durations.txt");
const SEED: u64 = 1;

/// How long every scenario took in the last run, by its key, and takes in this one.
struct Suite {
    keys: Vec<String>,
    earlier: Timings,
    now: Vec<Duration>,
}

fn main() {
    println!(
        "{SCENARIOS} scenarios, {WORKERS} workers a shard, {} ms to start a browser",
        BROWSER_START.as_millis()
    );
    show("Durations as measured", &Suite::drawn(1));
    show("One scenario in 100 takes 20 times as long", &Suite::drawn(20));
}

impl Suite {
    /// Every hundredth scenario, by chance, takes so many times as long as was measured.
    fn drawn(slow: u32) -> Self {
        let milliseconds = |text: &str| Duration::from_millis(text.parse().unwrap());
        let measured: Vec<_> = DURATIONS.lines().map(|line| line.split_once(' ').unwrap()).collect();
        let mut random = fastrand::Rng::with_seed(SEED);
        let draw = || {
            let (earlier, now) = measured[random.usize(..measured.len())];
            let times = if random.usize(..100) == 0 { slow } else { 1 };
            (milliseconds(earlier) * times, milliseconds(now) * times)
        };
        let (earlier, now): (Vec<_>, _) = iter::repeat_with(draw).take(SCENARIOS).unzip();
        let keys: Vec<_> = (0..SCENARIOS).map(|number| format!("all.feature > {number}")).collect();
        Self {
            earlier: keys.iter().cloned().zip(earlier).collect(),
            keys,
            now,
        }
    }

    /// How long the slowest of so many shards takes.
    fn wall(&self, shards: usize, timings: &Timings) -> Duration {
        let any: Shard = format!("1/{shards}").parse().unwrap();
        let keys: Vec<_> = self.keys.iter().map(String::as_str).collect();
        let mut busy = vec![[BROWSER_START; WORKERS]; shards];
        for (part, duration) in any.parts(&keys, timings).into_iter().zip(&self.now) {
            // The next scenario of a machine goes to the worker that is free first.
            *busy[part].iter_mut().min().unwrap() += *duration;
        }
        busy.into_iter().flatten().max().unwrap()
    }
}

fn show(title: &str, suite: &Suite) {
    let all: Duration = suite.now.iter().sum();
    let longest = suite.now.iter().max().unwrap().as_secs_f64();
    println!(
        "\n{title}: {:.0} s of scenarios, the longest {longest:.1} s\n",
        all.as_secs_f64()
    );
    println!("| shards | equally many | by timings | if no worker were idle |");
    println!("| ---: | ---: | ---: | ---: |");
    for shards in SHARDS {
        let workers = u32::try_from(shards * WORKERS).unwrap();
        let walls = [
            suite.wall(shards, &Timings::new()),
            suite.wall(shards, &suite.earlier),
            all / workers + BROWSER_START,
        ];
        let [many, timed, ideal] = walls.map(|wall| wall.as_secs_f64());
        println!("| {shards} | {many:.0} s | {timed:.0} s | {ideal:.0} s |");
    }
}
