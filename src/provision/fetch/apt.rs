//! Debian's own packages: browser, driver and libraries by apt.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::provision::progress::Progress;
use crate::provision::system::System;

/// What is installed on Debian. Chromium brings no font: Liberation stands in for Arial, Times and Courier, `DejaVu` has
/// Arabic; 2 MB both.
pub const PACKAGES: [&str; 5] = [
    "chromium",
    "chromium-driver",
    "chromium-headless-shell",
    "fonts-dejavu-core",
    "fonts-liberation",
];

/// Without these there is no browser to drive; the others are left out where a release does not have them yet.
const NEEDED: [&str; 2] = ["chromium", "chromium-driver"];

/// Shared libraries that Chrome for Testing's headless shell and driver are linked to, as `apt-get satisfy` takes them:
/// Ubuntu 24.04 renamed some, and two packages there call themselves libasound2.
pub const LIBRARIES: &str = "libasound2t64 | libasound2, libatk-bridge2.0-0, libatk1.0-0, libatspi2.0-0, libdbus-1-3, \
    libexpat1, libgbm1, libglib2.0-0, libnspr4, libnss3, libudev1, libx11-6, libxcb1, libxcomposite1, libxdamage1, \
    libxext6, libxfixes3, libxkbcommon0, libxrandr2, fonts-liberation";

/// Waits two minutes for another apt, as machines just started run one; and says so when a source can't be reached, which
/// apt would pass over.
const OPTIONS: [&str; 5] = [
    "-q",
    "-o",
    "DPkg::Lock::Timeout=120",
    "-o",
    "APT::Update::Error-Mode=any",
];

/// How many of apt's last lines a failure shows.
const LAST_LINES: usize = 6;

/// Why apt installed nothing.
#[derive(Debug, thiserror::Error)]
pub enum AptError {
    /// The program itself can't be started.
    #[error("`{program}` cannot be started: {why}")]
    NotStarted {
        /// Such as `apt-get`.
        program: &'static str,
        /// What the system says.
        why: io::Error,
    },
    /// It ran and failed.
    #[error("`{command}` failed. Its last lines:\n    {}", last_lines.join("\n    "))]
    Failed {
        /// As typed into a shell.
        command: String,
        /// The end of what it wrote.
        last_lines: Vec<String>,
    },
    /// The package lists, just updated, don't have them.
    #[error("apt's sources offer no package {}: see /etc/apt/sources.list and /etc/apt/sources.list.d", .0.join(", "))]
    NoPackage(Vec<&'static str>),
}

/// Installs browser, driver and font, updating the package lists when they don't suffice.
pub fn install(system: &System, progress: &dyn Progress) -> Result<(), AptError> {
    progress.say("Installing Chromium and its driver with apt; this takes a minute or two.");
    let apt = Apt { system, progress };
    let offered = apt.offered()?;
    if lacking(&offered).is_empty() && apt.install(&offered).is_ok() {
        return Ok(());
    }
    // Lists that are absent or old, and name packages the mirrors no longer hold, look like this. A source that cannot be
    // reached only matters when the others don't have the packages either.
    let updated = apt.get(&["update"]);
    let offered = apt.offered()?;
    match lacking(&offered) {
        lacking if lacking.is_empty() => apt.install(&offered),
        lacking => updated.and(Err(AptError::NoPackage(lacking))),
    }
}

/// Installs what Chrome for Testing needs.
pub fn libraries(system: &System, progress: &dyn Progress) -> Result<(), AptError> {
    progress
        .say("Ubuntu has Chromium only as a snap. Installing the libraries for Chrome for Testing with apt instead.");
    let apt = Apt { system, progress };
    apt.satisfy()
        .or_else(|_| apt.get(&["update"]).and_then(|()| apt.satisfy()))
}

fn lacking(offered: &[&str]) -> Vec<&'static str> {
    NEEDED
        .into_iter()
        .filter(|package| !offered.contains(package))
        .collect()
}

struct Apt<'a> {
    system: &'a System,
    progress: &'a dyn Progress,
}

impl Apt<'_> {
    /// Those of [`PACKAGES`] that the package lists know a version of.
    fn offered(&self) -> Result<Vec<&'static str>, AptError> {
        let mut arguments = vec!["policy"];
        arguments.extend(PACKAGES);
        let output = self.command("apt-cache", &arguments).stderr(Stdio::null()).output();
        let output = output.map_err(|why| AptError::NotStarted {
            program: "apt-cache",
            why,
        })?;
        Ok(with_candidate(&String::from_utf8_lossy(&output.stdout)))
    }

    fn install(&self, packages: &[&str]) -> Result<(), AptError> {
        let mut arguments = vec!["install", "-y", "--no-install-recommends"];
        arguments.extend(packages);
        self.get(&arguments)
    }

    fn satisfy(&self) -> Result<(), AptError> {
        self.get(&["satisfy", "-y", "--no-install-recommends", LIBRARIES])
    }

    /// Runs apt-get to its end.
    fn get(&self, arguments: &[&str]) -> Result<(), AptError> {
        let not_started = |why| AptError::NotStarted {
            program: "apt-get",
            why,
        };
        let (reader, writer) = io::pipe().map_err(not_started)?;
        let mut command = self.command("apt-get", &OPTIONS);
        command
            .args(arguments)
            .stdout(writer.try_clone().map_err(not_started)?)
            .stderr(writer);
        let mut child = command.spawn().map_err(not_started)?;
        // It holds the pipe's other end, which must be closed for the reading to end.
        drop(command);
        let last_lines = self.follow(BufReader::new(reader));
        if child.wait().map_err(not_started)?.success() {
            return Ok(());
        }
        Err(AptError::Failed {
            command: format!("apt-get {}", arguments.join(" ")),
            last_lines,
        })
    }

    /// Passes each line on and keeps the last.
    fn follow(&self, output: impl BufRead) -> Vec<String> {
        let mut last = VecDeque::with_capacity(LAST_LINES);
        for line in output.split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            self.progress.detail(&line);
            if last.len() == LAST_LINES {
                last.pop_front();
            }
            last.push_back(line);
        }
        last.into()
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        let mut path = self.system.path.clone();
        // Who became root by `su` has a path without these, and dpkg refuses to work.
        path.push(":/usr/local/sbin:/usr/sbin:/sbin");
        command.args(arguments).stdin(Stdio::null());
        command
            .env("PATH", path)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .env("LC_ALL", "C.UTF-8");
        command
    }
}

/// Packages that `apt-cache policy` names a candidate version for.
fn with_candidate(policy: &str) -> Vec<&'static str> {
    let mut offered = Vec::new();
    let mut current = None;
    for line in policy.lines() {
        if let Some(name) = line.strip_suffix(':').filter(|name| !name.starts_with(' ')) {
            current = PACKAGES.into_iter().find(|package| *package == name);
        }
        let candidate = line.trim_start().strip_prefix("Candidate: ");
        if candidate.is_some_and(|version| version != "(none)") {
            offered.extend(current.take());
        }
    }
    offered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provision::progress::tests::Recorded;
    use crate::provision::system::tests::linux;
    use crate::provision::test_programs::Folder;
    use std::fs;

    /// `apt-get` and `apt-cache` that play a machine with (`lists` there) or without package lists.
    fn machine(apt_get: &str) -> (Folder, System) {
        let folder = Folder::new();
        let system = System {
            is_root: true,
            ..linux("debian", folder.root())
        };
        let root = folder.root().display();
        folder.program(
            "apt-cache",
            &format!("while read -r line; do echo \"$line\"; done 2>/dev/null < {root}/lists"),
        );
        folder.program(
            "apt-get",
            &format!(
                "shift 5; echo \"$@\" >> {root}/calls; echo \"frontend $DEBIAN_FRONTEND\" >> {root}/env\n{apt_get}"
            ),
        );
        (folder, system)
    }

    fn lists(packages: &[&str]) -> String {
        let entries = packages
            .iter()
            .map(|name| format!("{name}:\n  Installed: (none)\n  Candidate: 156.0-1\n"));
        entries.collect::<Vec<_>>().concat()
    }

    fn calls(folder: &Folder) -> String {
        fs::read_to_string(folder.path("calls")).unwrap_or_default()
    }

    const INSTALL_ALL: &str = "install -y --no-install-recommends chromium chromium-driver chromium-headless-shell fonts-dejavu-core fonts-liberation\n";

    #[test]
    fn installs_at_once_where_the_lists_know_the_packages() {
        let (folder, system) = machine("echo 'Setting up chromium'");
        folder.file("lists", lists(&PACKAGES));
        let progress = Recorded::default();
        install(&system, &progress).unwrap();
        assert_eq!(calls(&folder), INSTALL_ALL);
        assert_eq!(
            fs::read_to_string(folder.path("env")).unwrap(),
            "frontend noninteractive\n"
        );
        assert!(
            progress.text().ends_with("… Setting up chromium"),
            "{}",
            progress.text()
        );
    }

    #[test]
    fn updates_the_lists_of_a_fresh_machine_first() {
        let (folder, system) = machine(&format!(
            "[ $1 = update ] && echo '{}' > ${{0%/*}}/lists; exit 0",
            lists(&PACKAGES)
        ));
        install(&system, &Recorded::default()).unwrap();
        assert_eq!(calls(&folder), format!("update\n{INSTALL_ALL}"));
    }

    #[test]
    fn updates_stale_lists_and_tries_again() {
        let (folder, system) = machine("[ $1 = update ] && : > ${0%/*}/updated; [ -e ${0%/*}/updated ]");
        folder.file("lists", lists(&PACKAGES));
        install(&system, &Recorded::default()).unwrap();
        assert_eq!(calls(&folder), format!("{INSTALL_ALL}update\n{INSTALL_ALL}"));
    }

    #[test]
    fn does_without_a_headless_shell_where_a_release_has_none() {
        let (folder, system) = machine("");
        folder.file(
            "lists",
            lists(&["chromium", "chromium-driver"]) + "chromium-headless-shell:\n  Candidate: (none)\n",
        );
        install(&system, &Recorded::default()).unwrap();
        assert_eq!(
            calls(&folder),
            "install -y --no-install-recommends chromium chromium-driver\n"
        );
    }

    #[test]
    fn tells_which_package_is_not_offered() {
        let (folder, system) = machine("");
        folder.file("lists", lists(&["chromium"]));
        let error = install(&system, &Recorded::default()).unwrap_err().to_string();
        assert!(
            error.starts_with("apt's sources offer no package chromium-driver:"),
            "{error}"
        );
        assert_eq!(calls(&folder), "update\n");
    }

    #[test]
    fn shows_the_last_lines_of_a_failure_from_both_outputs() {
        let (folder, system) = machine(
            "for i in 1 2 3 4 5 6 7 8; do echo \"Get:$i\"; done; echo 'E: Could not resolve mirror' >&2; exit 100",
        );
        folder.file("lists", lists(&PACKAGES));
        let error = install(&system, &Recorded::default()).unwrap_err().to_string();
        assert_eq!(
            error,
            "`apt-get install -y --no-install-recommends chromium chromium-driver chromium-headless-shell \
             fonts-dejavu-core fonts-liberation` failed. Its last lines:\n    Get:4\n    Get:5\n    Get:6\n    Get:7\n    Get:8\n    \
             E: Could not resolve mirror"
        );
    }

    #[test]
    fn blames_the_network_and_not_the_sources_when_no_list_can_be_had() {
        let (_folder, system) = machine("echo 'E: Could not resolve mirror'; [ $1 != update ]");
        let error = install(&system, &Recorded::default()).unwrap_err().to_string();
        assert_eq!(
            error,
            "`apt-get update` failed. Its last lines:\n    E: Could not resolve mirror"
        );
    }

    #[test]
    fn a_source_that_cannot_be_reached_does_not_matter_when_another_has_the_packages() {
        let (folder, system) = machine(&format!(
            "[ $1 = update ] && echo '{}' > ${{0%/*}}/lists && exit 100; exit 0",
            lists(&PACKAGES)
        ));
        install(&system, &Recorded::default()).unwrap();
        assert_eq!(calls(&folder), format!("update\n{INSTALL_ALL}"));
    }

    #[test]
    fn says_that_there_is_no_apt() {
        let folder = Folder::new();
        let error = install(&linux("debian", folder.root()), &Recorded::default())
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("`apt-cache` cannot be started: No such file"),
            "{error}"
        );
    }

    #[test]
    fn ubuntu_gets_libraries_only() {
        let (folder, system) = machine("");
        libraries(&system, &Recorded::default()).unwrap();
        assert!(calls(&folder).starts_with("satisfy -y --no-install-recommends libasound2t64 | libasound2, "));
    }
}
