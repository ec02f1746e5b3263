//! The kit in a process of its own: this program once more, which says at its end what it has used.

use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;
use docent::cli::Cli;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::{TimeVal, TimeValLike};

use crate::family::Family;
use crate::suite::Suite;

/// What makes this program the kit.
const ROLE: &str = "play";
const MARK: &str = "used: ";

/// What a run used, from its first line of code to its last report.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    /// Of all its threads.
    pub cpu: Duration,
    pub wall: Duration,
    /// The most that was in memory at once.
    pub peak_mib: f64,
}

/// Plays a suite with these arguments of `docent run`; also gives the CPU of all processes that it
/// started.
pub fn run(suite: &Suite, arguments: &[String]) -> (Usage, Duration) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(ROLE).args(["run", "features"]).args(arguments);
    let child = command
        .current_dir(suite.folder())
        .env_remove("GITHUB_ACTIONS")
        .env_remove("GITHUB_STEP_SUMMARY")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let family = Family::watch(child.id());
    let ended = child.wait_with_output().unwrap();
    let of_family = family.cpu();
    let told = String::from_utf8(ended.stdout).unwrap();
    let used = told.lines().find_map(|line| line.strip_prefix(MARK));
    let Some(used) = used.filter(|_| ended.status.success()) else {
        let said = String::from_utf8_lossy(&ended.stderr);
        let begins: Vec<_> = said.lines().take(10).collect();
        panic!("the kit ended with {}, saying:\n{}", ended.status, begins.join("\n"));
    };
    let figures: Vec<f64> = used.split(' ').map(|figure| figure.parse().unwrap()).collect();
    let usage = Usage {
        cpu: Duration::from_secs_f64(figures[0]),
        wall: Duration::from_secs_f64(figures[1]),
        peak_mib: figures[2],
    };
    (usage, of_family)
}

/// Does the kit's part if this process was started for it.
pub fn played_as_child() -> Option<ExitCode> {
    let mut arguments = std::env::args().skip(1).peekable();
    arguments.next_if(|first| first == ROLE)?;
    let begun = Instant::now();
    let ended = Cli::parse_from(std::iter::once("docent".to_owned()).chain(arguments)).run();
    let wall = begun.elapsed().as_secs_f64();
    println!("{MARK}{} {wall} {}", cpu_seconds(), peak_mib());
    Some(ended.unwrap_or_else(|error| {
        eprintln!("docent: {error}");
        error.exit_code()
    }))
}

fn cpu_seconds() -> f64 {
    let used = getrusage(UsageWho::RUSAGE_SELF).unwrap();
    #[allow(clippy::cast_precision_loss, reason = "a run lasts minutes, not centuries")]
    let seconds = |time: TimeVal| time.num_microseconds() as f64 / 1e6;
    seconds(used.user_time()) + seconds(used.system_time())
}

/// `VmHWM` of this very program; what `getrusage` has begins with the memory of whoever started it.
fn peak_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.
}
