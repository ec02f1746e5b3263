//! What a browser needs beside its programs: loopback, room for temporary files, open files, memory. Containers are often short of some
//! of it, and browser and driver then say little: they are slow to come up, or never do.

use std::fmt;
use std::fs;
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
#[cfg(target_os = "linux")]
use std::{os::unix::process::CommandExt, process::Command};

use nix::errno::Errno;
#[cfg(target_os = "linux")]
use nix::sched::{CloneFlags, unshare};
use nix::sys::resource::{RLIM_INFINITY, Resource, getrlimit, setrlimit};
use nix::sys::statvfs::{FsFlags, statvfs};

const MB: u64 = 1 << 20;
const GB: u64 = 1 << 30;
/// With 80 open files a page of Chromium 156 breaks down, with 96 it does not.
const FEWEST_FILES: u64 = 96;
/// As many as systems usually allow.
const FILES_WANTED: u64 = 1024;
/// At 64 GB of address space the pages of Chromium 156 crash, at 96 GB they do not.
const LEAST_ADDRESS_SPACE: u64 = 80 * GB;
/// What a browser with one page takes.
const LEAST_MEMORY: u64 = 300 * MB;
/// A profile and its caches.
const LEAST_SPACE: u64 = 50 * MB;
const TAKEN_BY_PROXIES: [&str; 6] = [
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
];

/// One of these things on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about, in one word.
    pub about: &'static str,
    /// Whether Docent can play with it.
    pub state: State,
    /// As people read it, with the way out where there is need of one.
    pub text: String,
}

/// Whether Docent can play.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It can.
    Fine,
    /// It can, as long as all goes well.
    Tight,
    /// It can't.
    Missing,
}

/// What this process is given.
#[derive(Debug)]
pub struct Surroundings {
    /// Whether programs of this machine reach each other over IPv4, or why not.
    ipv4: Result<(), String>,
    ipv6: bool,
    temporary: PathBuf,
    space: Result<Space, String>,
    /// How many files may be open at once.
    files: Option<u64>,
    /// Bytes of address space.
    address_space: Option<u64>,
    /// Bytes that are free.
    memory: Option<u64>,
    sandbox: Sandbox,
    /// Variables that name a proxy.
    proxies: Vec<&'static str>,
}

/// The file system for temporary files.
#[derive(Debug)]
struct Space {
    free: u64,
    runs_programs: bool,
}

/// Whether Chromium can shut its pages' programs in.
#[derive(Debug, Clone)]
enum Sandbox {
    /// It refuses to, as root.
    Root,
    /// It needs user namespaces, which this setting of the system forbids.
    Forbidden(&'static str),
    /// The system refuses them for another reason, and says this.
    Refused(String),
    Possible,
}

impl Surroundings {
    /// Of this process, now. It is given more open files, where it has few and may have more.
    #[must_use]
    pub fn of_this_process() -> Self {
        let temporary = std::env::temp_dir();
        let named = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        Self {
            ipv4: reach_loopback().map_err(|error| error.to_string()),
            ipv6: TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok(),
            space: space_of(&temporary),
            temporary,
            files: open_files(),
            address_space: address_space(),
            memory: free_memory(),
            sandbox: sandbox(),
            proxies: TAKEN_BY_PROXIES.into_iter().filter(named).collect(),
        }
    }

    /// All that is worth telling.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let limits = [self.files(), self.address_space(), self.memory()];
        let limits = limits.into_iter().flatten();
        [self.loopback(), self.temporary()]
            .into_iter()
            .chain(limits)
            .chain([self.sandbox(), self.proxy()])
            .collect()
    }

    /// Why nothing can be played here, if so.
    #[must_use]
    pub fn missing(&self) -> Option<String> {
        let missing = self.findings().into_iter().filter(|one| one.state == State::Missing);
        let texts: Vec<_> = missing.map(|one| one.text).collect();
        (!texts.is_empty()).then(|| texts.join("\n"))
    }

    fn loopback(&self) -> Finding {
        let (state, text) = match (&self.ipv4, self.ipv6) {
            (Err(error), _) => (
                State::Missing,
                format!(
                    "programs of this machine can't reach each other at 127.0.0.1 ({error}): bring its loopback up, \
                     `ip link set lo up`"
                ),
            ),
            (Ok(()), true) => (State::Fine, "IPv4 and IPv6".to_owned()),
            (Ok(()), false) => (State::Fine, "IPv4; no IPv6, which Docent does without".to_owned()),
        };
        Finding::new("Loopback", state, text)
    }

    fn temporary(&self) -> Finding {
        let folder = self.temporary.display();
        let (state, text) = match &self.space {
            Err(error) => (
                State::Missing,
                format!("nothing can be written in {folder} ({error}): make it, or set TMPDIR to a folder of your own"),
            ),
            Ok(space) if !space.runs_programs => (
                State::Missing,
                format!("no program can be run in {folder} (mounted with noexec): set TMPDIR to another folder"),
            ),
            Ok(space) if space.free < LEAST_SPACE => (
                State::Tight,
                format!(
                    "{} free in {folder}: a browser's profile takes {}; set TMPDIR to a folder with more room",
                    size(space.free),
                    size(LEAST_SPACE)
                ),
            ),
            Ok(space) => (State::Fine, format!("{} free in {folder}", size(space.free))),
        };
        Finding::new("Space", state, text)
    }

    fn files(&self) -> Option<Finding> {
        let files = self.files?;
        let (state, text) = if files < FEWEST_FILES {
            (
                State::Missing,
                format!("only {files} files may be open at once, and a browser needs {FEWEST_FILES}: `ulimit -n 1024`"),
            )
        } else {
            (State::Fine, format!("{files} may be open at once"))
        };
        Some(Finding::new("Files", state, text))
    }

    fn address_space(&self) -> Option<Finding> {
        let bytes = self.address_space?;
        let is_enough = bytes >= LEAST_ADDRESS_SPACE;
        let text = format!("{} of address space", size(bytes));
        Some(if is_enough {
            Finding::new("Memory", State::Fine, text)
        } else {
            let text = format!("only {text}, and a browser reserves more: `ulimit -v unlimited`");
            Finding::new("Memory", State::Missing, text)
        })
    }

    fn memory(&self) -> Option<Finding> {
        let bytes = self.memory?;
        let (state, text) = if bytes < LEAST_MEMORY {
            (
                State::Tight,
                format!(
                    "{} free, and a browser takes some {}: end other programs, or give the container more",
                    size(bytes),
                    size(LEAST_MEMORY)
                ),
            )
        } else {
            (State::Fine, format!("{} free", size(bytes)))
        };
        Some(Finding::new("Memory", state, text))
    }

    fn sandbox(&self) -> Finding {
        let (state, text) = match &self.sandbox {
            Sandbox::Root => (
                State::Fine,
                "off, since Chromium refuses it to root: play pages that you trust, or as another user".to_owned(),
            ),
            Sandbox::Forbidden(setting) => (
                State::Tight,
                format!(
                    "Chromium may not start, since {setting} forbids user namespaces: allow them for it, or play as root"
                ),
            ),
            Sandbox::Refused(error) => (
                State::Tight,
                format!(
                    "Chromium may not start, since user namespaces are refused here ({error}), as by Docker's seccomp profile: \
                     allow them (`--security-opt seccomp=unconfined`), or play as root"
                ),
            ),
            Sandbox::Possible => (State::Fine, "on".to_owned()),
        };
        Finding::new("Sandbox", state, text)
    }

    fn proxy(&self) -> Finding {
        let text = if self.proxies.is_empty() {
            "none".to_owned()
        } else {
            format!(
                "{}: for pages elsewhere; what runs on this machine is reached without",
                self.proxies.join(", ")
            )
        };
        Finding::new("Proxy", State::Fine, text)
    }
}

impl Finding {
    fn new(about: &'static str, state: State, text: String) -> Self {
        Self { about, state, text }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.state {
            State::Fine => "",
            State::Tight => "CAUTION: ",
            State::Missing => "NOT READY: ",
        };
        write!(f, "{:<8} {mark}{}", self.about, self.text)
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..GB => format!("{} MB", bytes / MB),
        _ => format!("{} GB", bytes / GB),
    }
}

/// None on a system that does not say.
fn open_files() -> Option<u64> {
    let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE).ok()?;
    let wanted = FILES_WANTED.min(hard);
    let is_raised = soft < wanted && setrlimit(Resource::RLIMIT_NOFILE, wanted, hard).is_ok();
    Some(if is_raised { wanted } else { soft })
}

/// None where there is no limit, or none that is enforced.
fn address_space() -> Option<u64> {
    let (soft, _) = getrlimit(Resource::RLIMIT_AS).ok()?;
    (cfg!(target_os = "linux") && soft != RLIM_INFINITY).then_some(soft)
}

/// As driver, browser and portal speak to each other.
fn reach_loopback() -> std::io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    TcpStream::connect(listener.local_addr()?).map(drop)
}

fn space_of(folder: &Path) -> Result<Space, String> {
    tempfile::tempfile_in(folder).map_err(|error| error.to_string())?;
    let stat = statvfs(folder).map_err(|error| error.to_string())?;
    Ok(Space {
        free: stat.blocks_available() * stat.fragment_size(),
        runs_programs: !stat.flags().contains(FsFlags::ST_NOEXEC),
    })
}

/// Of the machine, or of the container where that has less.
fn free_memory() -> Option<u64> {
    let machine = available_in(&fs::read_to_string("/proc/meminfo").ok()?);
    let number = |name: &str| -> Option<u64> {
        let text = fs::read_to_string(Path::new("/sys/fs/cgroup").join(name)).ok()?;
        text.trim().parse().ok()
    };
    let container = number("memory.max").zip(number("memory.current"));
    let container = container.map(|(most, taken)| most.saturating_sub(taken));
    machine.into_iter().chain(container).min()
}

/// `MemAvailable` of `/proc/meminfo`, in bytes.
fn available_in(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

fn sandbox() -> Sandbox {
    /// Settings of the system, and what they say where Chromium may not make user namespaces.
    const FORBIDDEN: [(&str, &str); 3] = [
        ("kernel/unprivileged_userns_clone", "0"),
        ("kernel/apparmor_restrict_unprivileged_userns", "1"),
        ("user/max_user_namespaces", "0"),
    ];
    if nix::unistd::geteuid().is_root() {
        return Sandbox::Root;
    }
    let says = |(setting, value): &(&str, &str)| {
        fs::read_to_string(Path::new("/proc/sys").join(setting)).is_ok_and(|text| text.trim() == *value)
    };
    let forbidden = FORBIDDEN.iter().find(|one| says(one));
    let forbidden = forbidden.map(|(setting, _)| Sandbox::Forbidden(setting));
    let refused = || namespaces_refused().map(|error| Sandbox::Refused(error.to_string()));
    forbidden.or_else(refused).unwrap_or(Sandbox::Possible)
}

/// What the system says to a program that makes a user namespace, if it says no. Profiles of containers are no setting that could be
/// read.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
fn namespaces_refused() -> Option<Errno> {
    const SAYS_NO: [Errno; 5] = [Errno::EPERM, Errno::EACCES, Errno::ENOSPC, Errno::EUSERS, Errno::ENOSYS];
    let mut program = Command::new("true");
    // SAFETY: between fork and exec only async-signal-safe calls are allowed; unshare is one system call, and nothing allocates.
    unsafe {
        program.pre_exec(|| Ok(unshare(CloneFlags::CLONE_NEWUSER)?));
    }
    let refused = program.status().err()?.raw_os_error().map(Errno::from_raw)?;
    SAYS_NO.contains(&refused).then_some(refused)
}

#[cfg(not(target_os = "linux"))]
fn namespaces_refused() -> Option<Errno> {
    None
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A machine on which all is well.
    pub fn well() -> Surroundings {
        Surroundings {
            ipv4: Ok(()),
            ipv6: true,
            temporary: "/tmp".into(),
            space: Ok(Space {
                free: 60 * GB,
                runs_programs: true,
            }),
            files: Some(1024),
            address_space: None,
            memory: Some(8 * GB),
            sandbox: Sandbox::Possible,
            proxies: Vec::new(),
        }
    }

    fn report(surroundings: &Surroundings) -> String {
        let lines: Vec<_> = surroundings.findings().iter().map(ToString::to_string).collect();
        lines.join("\n")
    }

    #[test]
    fn a_machine_that_has_all_is_told_in_short() {
        assert_eq!(
            report(&well()),
            "Loopback IPv4 and IPv6\nSpace    60 GB free in /tmp\nFiles    1024 may be open at once\n\
             Memory   8 GB free\nSandbox  on\nProxy    none"
        );
        assert_eq!(well().missing(), None);
    }

    #[test]
    fn what_is_missing_is_told_with_the_way_out() {
        let container = Surroundings {
            ipv4: Err("Network is unreachable".to_owned()),
            space: Err("No such file or directory".to_owned()),
            files: Some(64),
            address_space: Some(16 * GB),
            memory: Some(100 * MB),
            sandbox: Sandbox::Forbidden("kernel/unprivileged_userns_clone"),
            proxies: vec!["https_proxy"],
            ..well()
        };
        assert_eq!(
            report(&container),
            "Loopback NOT READY: programs of this machine can't reach each other at 127.0.0.1 (Network is unreachable): bring \
             its loopback up, `ip link set lo up`\n\
             Space    NOT READY: nothing can be written in /tmp (No such file or directory): make it, or set TMPDIR to a folder \
             of your own\n\
             Files    NOT READY: only 64 files may be open at once, and a browser needs 96: `ulimit -n 1024`\n\
             Memory   NOT READY: only 16 GB of address space, and a browser reserves more: `ulimit -v unlimited`\n\
             Memory   CAUTION: 100 MB free, and a browser takes some 300 MB: end other programs, or give the container more\n\
             Sandbox  CAUTION: Chromium may not start, since kernel/unprivileged_userns_clone forbids user namespaces: allow \
             them for it, or play as root\n\
             Proxy    https_proxy: for pages elsewhere; what runs on this machine is reached without"
        );
        let missing = container.missing().unwrap();
        assert_eq!(missing.lines().count(), 4, "{missing}");
    }

    #[test]
    fn a_container_that_refuses_the_sandbox_is_told() {
        let container = Surroundings {
            sandbox: Sandbox::Refused(Errno::EPERM.to_string()),
            ..well()
        };
        let text = report(&container);
        assert!(
            text.contains("Sandbox  CAUTION: ") && text.contains("EPERM") && text.contains("seccomp=unconfined"),
            "{text}"
        );
    }

    #[test]
    fn a_folder_where_no_program_runs_or_little_fits_is_told() {
        let space = |free, runs_programs| Surroundings {
            space: Ok(Space { free, runs_programs }),
            ..well()
        };
        let noexec = space(GB, false);
        assert!(noexec.missing().unwrap().contains("noexec"));
        let small = space(20 * MB, true);
        assert_eq!(small.missing(), None);
        assert!(
            report(&small).contains("CAUTION: 20 MB free in /tmp"),
            "{}",
            report(&small)
        );
    }

    #[test]
    fn free_memory_is_read_as_linux_tells_it() {
        assert_eq!(
            available_in("MemTotal:  100 kB\nMemAvailable:     42 kB\n"),
            Some(42 * 1024)
        );
        assert_eq!(available_in(""), None);
    }
}
