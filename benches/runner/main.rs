//! What the kit itself costs, browser and portal apart, and what two workers gain. A limit that is not held fails the run.
//!
//! The kit runs in a process of its own, a fresh one for every figure, and says at its end what it used: planning, playing
//! and every report. Mostly it speaks to a stand-in for the driver in this process. Last comes the real browser, to show its
//! share; that part needs one, as `docent run` does.
//!
//! `cargo bench -p docent --bench runner`; with `-- planning` only what planning costs.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark that cannot go on stops")]

mod family;
mod kit;
mod planning;
mod stand_in;
mod suite;

use std::process::ExitCode;
use std::time::Duration;

use kit::Usage;
use stand_in::StandIn;
use suite::{STEPS, Suite};

/// Of one run, in scenarios. Memory is limited at the second; the third shows what grows.
const SIZES: [usize; 3] = [100, 1_000, 3_000];
/// Scenarios of a run that waits for its driver, and how often one worker and two take turns at it: whatever else the machine
/// does meets both.
const WAITING: usize = 16;
const ROUNDS: usize = 3;
/// What a browser that is not short of CPU takes for a look at a page.
const LOOK: Duration = Duration::from_millis(20);
/// Scenarios in the real browser.
const REAL: usize = 10;

const MOST_CPU_A_STEP_MS: f64 = 1.;
const MOST_MEMORY_MIB: f64 = 50.;
/// CPU a step in the largest run, over that in the middle one.
const MOST_GROWTH_OF_CPU: f64 = 1.2;
/// What one scenario more adds to the peak: its plan and its record, which its reports are drawn from at the end.
const MOST_GROWTH_OF_MEMORY_KIB: f64 = 5.;
/// As much of that as does not come of its plan, which is there whole before anything is played: what is leaked, or kept of
/// what happened.
const MOST_GROWTH_BY_PLAYING_KIB: f64 = 2.;
const LEAST_GAIN: f64 = 1.7;

fn main() -> ExitCode {
    if let Some(ended) = kit::played_as_child() {
        return ended;
    }
    if std::env::args().any(|argument| argument == "planning") {
        return ended(planning::is_linear());
    }
    let held = [planning::is_linear(), own_cost(), two_workers()];
    shares();
    ended(held.into_iter().all(|held| held))
}

fn ended(held: bool) -> ExitCode {
    if held { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// CPU and memory of runs that differ in nothing but their length.
fn own_cost() -> bool {
    let driver = StandIn::start(Duration::ZERO);
    println!("The kit's own cost: {STEPS} steps a scenario, two workers, a driver that answers at once");
    println!("  scenarios    steps     wall s   CPU s   CPU ms a step   peak MiB");
    let runs = SIZES.map(|scenarios| {
        let suite = Suite::of(scenarios);
        let used = kit::run(&suite, &with_stand_in(&driver, 2)).0;
        println!(
            "  {scenarios:9} {:8} {:10.2} {:7.2} {:15.3} {:10.1}",
            scenarios * STEPS,
            used.wall.as_secs_f64(),
            used.cpu.as_secs_f64(),
            a_step(&used, scenarios),
            used.peak_mib,
        );
        (scenarios, used)
    });
    let dearest = runs.iter().map(|(scenarios, used)| a_step(used, *scenarios));
    let [_, (middle, of_middle), (most, of_most)] = &runs;
    let growth_of_cpu = a_step(of_most, *most) / a_step(of_middle, *middle);
    let growth_of_memory = (of_most.peak_mib - of_middle.peak_mib) * 1024. / count(most - middle);
    let [planned_middle, planned_most] = [middle, most].map(|scenarios| {
        let planned = kit::run(&Suite::of(*scenarios), &["--dry-run".to_owned()]).0;
        println!("  {scenarios:9} planned only {:46.1}", planned.peak_mib);
        planned.peak_mib
    });
    let growth_of_plan = (planned_most - planned_middle) * 1024. / count(most - middle);
    [
        at_most("CPU of a step, in ms", dearest.fold(0., f64::max), MOST_CPU_A_STEP_MS),
        at_most("peak at 1,000 scenarios, in MiB", of_middle.peak_mib, MOST_MEMORY_MIB),
        at_most("CPU of a step, 3,000 over 1,000", growth_of_cpu, MOST_GROWTH_OF_CPU),
        at_most("a scenario more, in KiB", growth_of_memory, MOST_GROWTH_OF_MEMORY_KIB),
        at_most(
            "  of it by playing, in KiB",
            growth_of_memory - growth_of_plan,
            MOST_GROWTH_BY_PLAYING_KIB,
        ),
    ]
    .into_iter()
    .all(|held| held)
}

/// Where steps wait for the browser, and the browser for nobody, two workers take half the time.
fn two_workers() -> bool {
    let driver = StandIn::start(LOOK);
    let suite = Suite::of(WAITING);
    println!(
        "\nWorkers: {WAITING} scenarios, a driver that takes {} ms for a look",
        LOOK.as_millis()
    );
    let mut gains = (0..ROUNDS)
        .map(|_| {
            let [one, two] =
                [1, 2].map(|workers| kit::run(&suite, &with_stand_in(&driver, workers)).0.wall.as_secs_f64());
            println!("  one at a time {one:.2} s, two at a time {two:.2} s");
            one / two
        })
        .collect::<Vec<_>>();
    gains.sort_by(f64::total_cmp);
    at_least("two workers over one", gains[ROUNDS / 2], LEAST_GAIN)
}

/// The same scenarios in the real browser, on a portal in this process.
fn shares() {
    let server = tokio::runtime::Runtime::new().unwrap();
    let portal = mock_portal::start(mock_portal::Settings::default(), ([127, 0, 0, 1], 0).into());
    let portal = server.block_on(portal).unwrap();
    let suite = Suite::of(REAL);
    println!("\nThe browser's share: {REAL} scenarios of {STEPS} steps in the real browser, for each scenario in ms");
    println!("  workers      wall   CPU of driver and browser   CPU of the kit");
    for workers in ["1", "2"] {
        let (kit, browser) = kit::run(
            &suite,
            &["--workers", workers, "--base-url", portal.url()].map(String::from),
        );
        let of_each = |time: Duration| time.as_secs_f64() * 1e3 / count(REAL);
        println!(
            "  {workers:>7} {:9.0} {:27.0} {:16.1}",
            of_each(kit.wall),
            of_each(browser),
            of_each(kit.cpu)
        );
    }
}

fn with_stand_in(driver: &StandIn, workers: usize) -> Vec<String> {
    ["--webdriver", driver.url(), "--base-url", stand_in::PORTAL, "--workers"]
        .into_iter()
        .map(str::to_owned)
        .chain([workers.to_string()])
        .collect()
}

fn a_step(used: &Usage, scenarios: usize) -> f64 {
    used.cpu.as_secs_f64() * 1e3 / count(scenarios * STEPS)
}

#[allow(clippy::cast_precision_loss, reason = "never more than some thousand")]
fn count(things: usize) -> f64 {
    things as f64
}

fn at_most(what: &str, measured: f64, limit: f64) -> bool {
    tell(what, measured, measured < limit, &format!("below {limit}"))
}

fn at_least(what: &str, measured: f64, limit: f64) -> bool {
    tell(what, measured, measured >= limit, &format!("at least {limit}"))
}

fn tell(what: &str, measured: f64, held: bool, limit: &str) -> bool {
    let verdict = if held { "held" } else { "NOT HELD" };
    println!("{what:34} {measured:8.3}   {limit:14} {verdict}");
    held
}
