//! The acceptance scenarios in a real browser, then the tutorials against their baselines, each listed and filtered like any other test:
//! `cargo test --test acceptance -- pairing`.
//!
//! All that is asked for is played by one `docent run`, with as many workers as it takes by default, when the first of its tests is run.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command, ExitCode};
use std::sync::{Arc, OnceLock};

use docent::suite::record::{Record, ScenarioRecord, Verdict};
use libtest_mimic::{Arguments, Failed, Trial};

const FEATURES: &str = "features/acceptance";
const TUTORIALS: &str = "tutorials: their screenshots are current";

fn docent() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docent"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// Every scenario as `file:line: name`.
fn scenarios() -> Result<Vec<String>, String> {
    let listed = docent().args(["run", FEATURES, "--list"]).output();
    let listed = listed.map_err(|error| format!("docent does not start: {error}"))?;
    if !listed.status.success() {
        return Err(String::from_utf8_lossy(&listed.stderr).into_owned());
    }
    let names = String::from_utf8_lossy(&listed.stdout);
    Ok(names.lines().map(str::to_owned).collect())
}

/// Where a scenario stands: `file:line`.
fn place(scenario: &str) -> &str {
    scenario.split_once(": ").map_or(scenario, |(place, _)| place)
}

/// How each scenario that was asked for ended, by where it stands.
type Verdicts = BTreeMap<String, Verdict>;

/// Plays these scenarios, with reports in this folder.
fn play(asked: &[String], reports: &Path) -> Result<Verdicts, String> {
    let places = asked.iter().map(|scenario| place(scenario));
    let run = docent().arg("run").args(places).arg("--reports").arg(reports).status();
    let ended = run.map_err(|error| error.to_string())?;
    let record = fs::read(reports.join("run.json"))
        .map_err(|error| format!("docent run ended with {ended} and left no record: {error}"))?;
    let record: Record = serde_json::from_slice(&record).map_err(|error| error.to_string())?;
    let place = |scenario: &ScenarioRecord| format!("{}:{}", scenario.path.display(), scenario.line);
    Ok(record
        .scenarios
        .iter()
        .map(|scenario| (place(scenario), scenario.verdict))
        .collect())
}

/// The run that all tests share.
struct Run {
    asked: Vec<String>,
    reports: PathBuf,
    verdicts: OnceLock<Result<Verdicts, String>>,
}

impl Run {
    fn check(&self, scenario: &str) -> Result<(), Failed> {
        let verdicts = self
            .verdicts
            .get_or_init(|| play(&self.asked, &self.reports))
            .as_ref()?;
        match verdicts.get(place(scenario)) {
            Some(Verdict::Passed | Verdict::Flaky) => Ok(()),
            other => Err(Failed::from(format!(
                "{other:?}: see {}/index.html",
                self.reports.display()
            ))),
        }
    }
}

/// `reports/`, as of any other run. Tests that are run one by one, as cargo-nextest does, may run at the same time: each has its own.
fn reports(arguments: &Arguments) -> PathBuf {
    if arguments.exact {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("acceptance-{}", process::id()))
    } else {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("reports")
    }
}

/// Whether the harness will run a test of this name.
fn is_asked(arguments: &Arguments, name: &str) -> bool {
    let fits = |filter: &String| {
        if arguments.exact {
            name == filter
        } else {
            name.contains(filter)
        }
    };
    arguments.filter.as_ref().is_none_or(fits) && !arguments.skip.iter().any(fits)
}

fn check_tutorials() -> Result<(), Failed> {
    let ended = docent().args(["tutorial", "--check"]).status()?;
    if ended.success() {
        Ok(())
    } else {
        Err(Failed::from(format!("docent tutorial --check ended with {ended}")))
    }
}

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Scenarios are played side by side by the one run; the tutorials have the machine to themselves.
    arguments.test_threads = Some(1);
    let scenarios = match scenarios() {
        Ok(scenarios) => scenarios,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let run = Arc::new(Run {
        asked: scenarios
            .iter()
            .filter(|name| is_asked(&arguments, name))
            .cloned()
            .collect(),
        reports: reports(&arguments),
        verdicts: OnceLock::new(),
    });
    let trial = |name: String| {
        let run = Arc::clone(&run);
        Trial::test(name.clone(), move || run.check(&name))
    };
    let mut trials: Vec<Trial> = scenarios.into_iter().map(trial).collect();
    trials.push(Trial::test(TUTORIALS, check_tutorials));
    libtest_mimic::run(&arguments, trials).exit_code()
}
