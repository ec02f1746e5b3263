//! What a browser or driver answers to `--version`: the one proof that it is there and starts.

use std::fmt;
use std::fs;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::child_process::{Group, die_with_parent, kill_group};

/// How long a program may take to tell its version: a cold start from a slow disk, with room to spare.
const PATIENCE: Duration = Duration::from_secs(30);

/// A version of Chromium or ChromeDriver: `major.minor.build.patch`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version([u32; 4]);

impl Version {
    /// The first number: a driver drives browsers of its own major version.
    #[must_use]
    pub fn major(self) -> u32 {
        self.0[0]
    }

    /// Whether a browser and a driver of these versions work together.
    #[must_use]
    pub fn fits(self, other: Self) -> bool {
        self.major() == other.major()
    }

    /// The first version in a text such as `ChromeDriver 156.0.8078.79 (a21ce95c…)`.
    #[must_use]
    pub fn in_text(text: &str) -> Option<Self> {
        text.split_whitespace().find_map(Self::from_word)
    }

    fn from_word(word: &str) -> Option<Self> {
        let numbers: Vec<u32> = word.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
        numbers.try_into().ok().map(Self)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, build, patch] = self.0;
        write!(f, "{major}.{minor}.{build}.{patch}")
    }
}

/// Why a program can't be used as browser or driver; reads on after "…, but ".
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// Nothing stands at the path.
    #[error("there is no such file")]
    Missing,
    /// The system refuses to execute it.
    #[error("it cannot be executed: {0}")]
    NotExecutable(io::Error),
    /// It ended badly.
    #[error("it does not start: `--version` ended with {status}{}", quoted(said))]
    Failed {
        /// How it ended.
        status: ExitStatus,
        /// The last it wrote, such as the library that the loader misses.
        said: String,
    },
    /// It never answered.
    #[error("it does not start: no answer to `--version` within {} s", .0.as_secs())]
    Hung(Duration),
    /// It answered something else.
    #[error("it answers `--version` with {0:?}, which is no version of Chromium or ChromeDriver")]
    NoVersion(String),
    /// A snap runs shut in, out of our sight.
    #[error("it is a snap, which cannot read the profile folder that Docent gives it")]
    Snap,
}

fn quoted(said: &str) -> String {
    if said.is_empty() {
        String::new()
    } else {
        format!(": {said}")
    }
}

/// Starts `program` with `--version` and reads its answer.
pub fn ask(program: &Path) -> Result<Version, Unusable> {
    ask_within(program, PATIENCE)
}

fn ask_within(program: &Path, patience: Duration) -> Result<Version, Unusable> {
    if !fs::exists(program).map_err(Unusable::NotExecutable)? {
        return Err(Unusable::Missing);
    }
    let output = output_within(program, patience)?;
    let answer = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        let said = last_line(&String::from_utf8_lossy(&output.stderr));
        return Err(Unusable::Failed {
            status: output.status,
            said,
        });
    }
    Version::in_text(&answer).ok_or_else(|| Unusable::NoVersion(answer.lines().next().unwrap_or_default().to_owned()))
}

fn last_line(text: &str) -> String {
    text.trim_end()
        .lines()
        .next_back()
        .unwrap_or_default()
        .trim()
        .to_owned()
}

fn output_within(program: &Path, patience: Duration) -> Result<Output, Unusable> {
    let child = spawn(program).map_err(Unusable::NotExecutable)?;
    let leader = child.id();
    let _group = Group::of(&child);
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(child.wait_with_output()));
    let Ok(output) = receiver.recv_timeout(patience) else {
        // Nothing is left to do when it has just ended by itself.
        kill_group(leader);
        return Err(Unusable::Hung(patience));
    };
    output.map_err(Unusable::NotExecutable)
}

/// In a process group of its own, so that a wrapper's children can be ended with it.
fn spawn(program: &Path) -> io::Result<Child> {
    let mut command = Command::new(program);
    command
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0);
    die_with_parent(&mut command);
    // A file just unpacked is "busy" while a process that another thread is starting still holds it open.
    for _ in 0..50 {
        match command.spawn() {
            Err(busy) if busy.kind() == io::ErrorKind::ExecutableFileBusy => {
                thread::sleep(Duration::from_millis(10));
            }
            started => return started,
        }
    }
    command.spawn()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provision::test_programs::{Folder, failing, versioned};
    use nix::unistd::Pid;
    use std::time::Instant;

    #[test]
    fn reads_what_browsers_and_drivers_answer() {
        for (answer, version) in [
            (
                "Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)",
                "156.0.8078.79",
            ),
            ("Chromium 156.0.8078.79", "156.0.8078.79"),
            ("Google Chrome for Testing 131.0.6778.204 ", "131.0.6778.204"),
            (
                "ChromeDriver 156.0.8078.79 (a21ce95c-refs/branch-heads/8078@{#1704})",
                "156.0.8078.79",
            ),
        ] {
            assert_eq!(Version::in_text(answer).unwrap().to_string(), version);
        }
    }

    #[test]
    fn finds_no_version_where_there_is_none() {
        for answer in ["", "Mozilla Firefox 128.0", "version 1.2.3", "1.2.3.4.5", "1.2.3.-4"] {
            assert_eq!(Version::in_text(answer), None, "{answer}");
        }
    }

    #[test]
    fn newer_versions_are_greater_by_number_not_by_letter() {
        assert!(Version::in_text("100.0.0.0") > Version::in_text("99.0.9999.10"));
    }

    #[test]
    fn asks_a_program() {
        let folder = Folder::new();
        let browser = folder.program("chromium", &versioned("Chromium 156.0.8078.79"));
        assert_eq!(ask(&browser).unwrap().to_string(), "156.0.8078.79");
    }

    #[test]
    fn tells_why_a_program_is_unusable() {
        let folder = Folder::new();
        let why = |path: &Path| ask(path).unwrap_err().to_string();
        assert_eq!(why(&folder.path("absent")), "there is no such file");
        assert_eq!(
            why(&folder.program(
                "broken",
                &failing(127, "error while loading shared libraries: libnss3.so")
            )),
            "it does not start: `--version` ended with exit status: 127: error while loading shared libraries: libnss3.so"
        );
        assert_eq!(
            why(&folder.program("firefox", "echo 'Mozilla Firefox 128.0'; echo 'and more'")),
            "it answers `--version` with \"Mozilla Firefox 128.0\", which is no version of Chromium or ChromeDriver"
        );
        assert!(why(&folder.file("text", "hello")).starts_with("it cannot be executed: Permission denied"));
    }

    #[test]
    fn ends_a_program_that_never_answers() {
        let folder = Folder::new();
        let pid = folder.path("pid");
        let hung = folder.program("hung", &format!("echo $$ > {}; kill -STOP $$", pid.display()));
        let error = ask_within(&hung, Duration::from_millis(500)).unwrap_err();
        assert!(matches!(error, Unusable::Hung(_)), "{error}");
        // On a loaded machine it may have been ended before it wrote anything.
        let Ok(pid) = fs::read_to_string(pid).unwrap_or_default().trim().parse() else {
            return;
        };
        let start = Instant::now();
        while nix::sys::signal::kill(Pid::from_raw(pid), None).is_ok() {
            assert!(start.elapsed() < PATIENCE, "process {pid} lives on");
            thread::yield_now();
        }
    }
}
