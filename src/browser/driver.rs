//! The driver's process: started on a free port, owned, and gone when we are, however we go.
//!
//! - The driver leads a process group of its own that the browser stays in, so one signal ends both.
//! - If we are killed, the system kills the driver (parent-death signal); the browser speaks with the driver over a pipe
//!   (`--remote-debugging-pipe`) and ends when that closes.
//! - Profiles of killed browsers would stay: the driver's temporary folder is ours, goes with us, and what a killed kit
//!   left is swept by the next.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use nix::unistd::Pid;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::error::BrowserError;
use super::remote;
use crate::child_process::{die_with_parent, kill_group, kill_groups};

/// A driver says that it listens within some 10 ms; a loaded machine may take a hundred times that.
const START_LIMIT: Duration = Duration::from_secs(20);
/// A status is answered within some 2 ms.
const STATUS_LIMIT: Duration = Duration::from_secs(2);
/// Of a driver that says that it listens on port 0.
const NO_PORT: &str = "it listens on no port";
const TEMPORARY_PREFIX: &str = "docent-driver-";

/// The drivers that run, for an end that unwinds no stack.
static RUNNING: Mutex<Running> = Mutex::new(Running {
    is_ending: false,
    drivers: Vec::new(),
});

struct Running {
    /// Whether no driver may be started any more.
    is_ending: bool,
    drivers: Vec<RunningDriver>,
}

struct RunningDriver {
    /// Its process, which leads a group of its own.
    pid: u32,
    temporary: PathBuf,
    /// Whether it has said that it listens.
    is_up: bool,
}

fn running() -> MutexGuard<'static, Running> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends one driver and its browser, from any thread, and removes what they wrote.
pub(crate) fn kill(driver: u32) {
    kill_group(driver);
    if let Some(driver) = running().drivers.iter().find(|one| one.pid == driver) {
        remove(&driver.temporary);
    }
}

/// From now on no driver starts. The start of one that has not come up yet, which blocks its thread, fails.
pub(crate) fn stop_starting() {
    let mut running = running();
    running.is_ending = true;
    let starting = running.drivers.iter().filter(|driver| !driver.is_up);
    starting.for_each(|driver| kill_group(driver.pid));
}

/// Ends every driver and browser at once, every program that is asked for its version, and every session at a driver that is not ours.
pub(crate) fn kill_all() {
    stop_starting();
    kill_groups();
    remote::end_all();
    for driver in &running().drivers {
        kill_group(driver.pid);
        remove(&driver.temporary);
    }
}

/// Takes a folder away in which processes that are just being killed may still write. What is left in spite of that is swept
/// by the next kit.
fn remove(folder: &Path) {
    const LIMIT: Duration = Duration::from_secs(2);
    let started = Instant::now();
    while fs::remove_dir_all(folder).is_err() && folder.exists() && started.elapsed() < LIMIT {
        thread::sleep(Duration::from_millis(5));
    }
}

/// A running driver. Dropping one of ours ends it and its browser.
#[derive(Debug)]
pub struct Driver {
    /// `host:port`.
    authority: String,
    /// What stands between authority and commands, without a slash at its end.
    base: String,
    /// None where somebody else runs it.
    process: Option<Process>,
}

/// A driver that is our own child.
#[derive(Debug)]
struct Process {
    child: Child,
    temporary: TempDir,
}

/// What is the matter with a driver that does not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// It answers.
    Healthy,
    /// Its process runs but does not answer.
    Hangs,
    /// Its process ended.
    Dead,
}

impl Driver {
    /// Starts the driver on a free port. Call it from a thread that outlives the driver: the parent-death signal
    /// follows the thread.
    ///
    /// # Errors
    /// [`BrowserError::DriverStart`] and [`BrowserError::DriverMute`].
    pub fn start(program: &Path) -> Result<Self, BrowserError> {
        /// It happens where many programs open and close connections.
        const TRIES: usize = 5;
        let mut port = 0;
        for _ in 1..TRIES {
            match Self::start_once(program, port) {
                // It is given a port that is free in one version of IP, and ends if somebody has it in the other.
                Err(BrowserError::DriverMute { said, .. }) if said.contains("port not available") => {}
                // Without IPv6 on loopback, as in many containers, it finds none, says 0 and listens nowhere. A port that it is
                // given does.
                Err(BrowserError::DriverMute { said, .. }) if port == 0 && said == NO_PORT => {
                    port = free_port().map_err(|source| BrowserError::DriverStart {
                        program: program.to_owned(),
                        source,
                    })?;
                }
                ended => return ended,
            }
        }
        Self::start_once(program, port)
    }

    /// On this port; 0 lets it choose one.
    fn start_once(program: &Path, port: u16) -> Result<Self, BrowserError> {
        let start_error = |source| BrowserError::DriverStart {
            program: program.to_owned(),
            source,
        };
        sweep(&std::env::temp_dir());
        // Held until it is known that there is a folder, and a process: whatever ends us then ends them.
        let mut running = running();
        if running.is_ending {
            return Err(start_error(io::ErrorKind::Interrupted.into()));
        }
        let temporary = tempfile::Builder::new()
            .prefix(&format!("{TEMPORARY_PREFIX}{}-", std::process::id()))
            .tempdir()
            .map_err(start_error)?;
        let mut command = Command::new(program);
        command
            .arg(format!("--port={port}"))
            .env("TMPDIR", temporary.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0);
        die_with_parent(&mut command);
        let mut process = command.spawn().map_err(start_error)?;
        running.drivers.push(RunningDriver {
            pid: process.id(),
            temporary: temporary.path().to_owned(),
            is_up: false,
        });
        drop(running);
        let port = announced_port(&mut process);
        let mut driver = Self {
            authority: String::new(),
            base: String::new(),
            process: Some(Process {
                child: process,
                temporary,
            }),
        };
        let port = port.map_err(|said| BrowserError::DriverMute {
            program: program.to_owned(),
            said,
        })?;
        driver.authority = format!("127.0.0.1:{port}");
        driver.mark_as_up();
        Ok(driver)
    }

    fn mark_as_up(&self) {
        let mut running = running();
        let this = running.drivers.iter_mut().find(|one| Some(one.pid) == self.pid());
        if let Some(this) = this {
            this.is_up = true;
        }
    }

    /// A driver, or a grid of them, that somebody else runs: `http://host:4444` or `http://host:4444/wd/hub`.
    ///
    /// # Errors
    /// [`BrowserError::DriverAddress`].
    pub fn elsewhere(url: &str) -> Result<Self, BrowserError> {
        let parsed = url::Url::parse(url).ok().filter(|url| url.scheme() == "http");
        let authority = parsed.as_ref().and_then(|url| {
            let port = url.port_or_known_default()?;
            Some(format!("{}:{port}", url.host_str()?))
        });
        let (Some(parsed), Some(authority)) = (parsed, authority) else {
            return Err(BrowserError::DriverAddress { url: url.to_owned() });
        };
        Ok(Self {
            authority,
            base: parsed.path().trim_end_matches('/').to_owned(),
            process: None,
        })
    }

    /// Makes sure that one elsewhere answers.
    ///
    /// # Errors
    /// As the system says, or that there is no answer within this time.
    pub(crate) fn check_status(&self, limit: Duration) -> io::Result<()> {
        match self.elsewhere_at() {
            Some((authority, base)) => remote::check_status(authority, base, limit),
            None => Ok(()),
        }
    }

    /// Where it listens, such as `http://127.0.0.1:41413/`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{}/", self.authority, self.base)
    }

    /// Whether we started it.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.process.is_some()
    }

    /// Where it is, if it is not ours: `host:port`, and what stands between that and commands.
    pub(super) fn elsewhere_at(&self) -> Option<(&str, &str)> {
        (!self.is_ours()).then_some((&self.authority, &self.base))
    }

    /// Whether it runs on this machine.
    #[must_use]
    pub fn is_here(&self) -> bool {
        let host = self.authority.rsplit_once(':').map_or("", |(host, _)| host);
        self.is_ours() || host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// The driver's process id, which is its process group's, too; None where somebody else runs it.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.process.as_ref().map(|process| process.child.id())
    }

    /// Where its browsers write, which goes when it goes; None where somebody else runs it.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.process.as_ref().map(|process| process.temporary.path())
    }

    /// Whether it still runs and answers, asked over a connection of its own.
    pub async fn health(&mut self) -> Health {
        if let Some(process) = &mut self.process
            && !matches!(process.child.try_wait(), Ok(None))
        {
            return Health::Dead;
        }
        match tokio::time::timeout(STATUS_LIMIT, self.ask("/status")).await {
            Ok(Ok(_)) => Health::Healthy,
            // Nobody listens any more, though the system may not have counted the process as ended yet.
            Ok(Err(_)) => Health::Dead,
            Err(_) => Health::Hangs,
        }
    }

    /// What is the matter with a session that fails or does not answer, asked over a connection of its own.
    pub async fn diagnose(&mut self, session: &str, after: Duration) -> Option<BrowserError> {
        match self.health().await {
            Health::Dead => Some(BrowserError::DriverDied { status: self.ending() }),
            Health::Hangs => Some(BrowserError::DriverHangs { after }),
            Health::Healthy => match tokio::time::timeout(STATUS_LIMIT, self.ask_session(session)).await {
                Err(_) => Some(BrowserError::BrowserHangs { after }),
                Ok(Ok(answer)) if answer.contains("invalid session id") => Some(BrowserError::BrowserDied {
                    reason: "its session is gone".to_owned(),
                }),
                Ok(_) => None,
            },
        }
    }

    /// How a dead driver's process ended.
    fn ending(&mut self) -> String {
        let Some(process) = &mut self.process else {
            return format!("nobody answers at {}", self.authority);
        };
        // Whatever is left of it; one that has ended keeps the status it ended with.
        kill_group(process.child.id());
        process
            .child
            .wait()
            .map_or_else(|error| error.to_string(), |status| status.to_string())
    }

    /// Asks a session where it is. The driver holds the answer back while a page loads, so a page that never comes would pass for a
    /// browser that hangs: it is given half a second, until the next page is opened.
    async fn ask_session(&self, session: &str) -> io::Result<String> {
        let limit = format!("/session/{session}/timeouts");
        self.send("POST", &limit, r#"{"pageLoad":500}"#).await?;
        self.ask(&format!("/session/{session}/url")).await
    }

    async fn ask(&self, path: &str) -> io::Result<String> {
        self.send("GET", path, "").await
    }

    /// Asks outside the session's own connection, whose commands queue behind one that never ends. Gives the answer's head
    /// and what of its body came with it: chromedriver keeps the connection open, so its end can't be waited for.
    async fn send(&self, method: &str, path: &str, body: &str) -> io::Result<String> {
        let mut stream = TcpStream::connect(&self.authority).await?;
        let (base, length) = (&self.base, body.len());
        let request = format!(
            "{method} {base}{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
             Connection: close\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        while !holds_json(&answer) && stream.read_buf(&mut answer).await? > 0 {}
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        kill_group(self.child.id());
        let _ = self.child.wait();
        remove(self.temporary.path());
        running().drivers.retain(|driver| driver.pid != self.child.id());
    }
}

/// Whether a whole answer of the WebDriver kind, which is a JSON object, has come.
fn holds_json(answer: &[u8]) -> bool {
    let body = answer
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .map(|end| &answer[end + 4..]);
    body.is_some_and(|body| serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok())
}

/// A port of loopback that is free now. Another program may take it before the driver does, which then says so.
fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// The port that the driver prints when it listens; afterwards its output is read and dropped, so that it never blocks.
fn announced_port(process: &mut Child) -> Result<u16, String> {
    let Some(output) = process.stdout.take() else {
        return Err("its output can't be read".to_owned());
    };
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            // Nobody listens any more once the port is known.
            let _ = sender.send(line);
        }
    });
    let mut said = Vec::new();
    loop {
        match receiver.recv_timeout(START_LIMIT) {
            Ok(line) => match port_in(&line) {
                Some(0) => return Err(NO_PORT.to_owned()),
                Some(port) => return Ok(port),
                None => said.push(line),
            },
            Err(mpsc::RecvTimeoutError::Timeout) => {
                return Err(format!("nothing heard for {} s", START_LIMIT.as_secs()));
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                let said = said.join(" ");
                let said = if said.is_empty() { "nothing" } else { &said };
                return Err(format!("it ended, saying: {said}"));
            }
        }
    }
}

/// Reads `ChromeDriver was started successfully on port 41413.`
fn port_in(line: &str) -> Option<u16> {
    line.contains("successfully")
        .then(|| line.rsplit("port ").next())
        .flatten()
        .and_then(|rest| rest.trim_end_matches('.').parse().ok())
}

/// Removes the folders of kits that were killed.
fn sweep(temporary: &Path) {
    for folder in leftovers(temporary) {
        // Another kit may be sweeping, too.
        let _ = fs::remove_dir_all(folder);
    }
}

fn leftovers(temporary: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(temporary) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter(|entry| owner(&entry.file_name().to_string_lossy()).is_some_and(|pid| !is_alive(pid)))
        .map(|entry| entry.path())
        .collect()
}

/// The process id in `docent-driver-PID-RANDOM`.
fn owner(name: &str) -> Option<i32> {
    name.strip_prefix(TEMPORARY_PREFIX)?.split('-').next()?.parse().ok()
}

fn is_alive(pid: i32) -> bool {
    !matches!(
        nix::sys::signal::kill(Pid::from_raw(pid), None),
        Err(nix::errno::Errno::ESRCH)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provision::test_programs::Folder;

    #[test]
    fn reads_the_port_that_the_driver_announces() {
        assert_eq!(
            port_in("ChromeDriver was started successfully on port 41413."),
            Some(41413)
        );
        assert_eq!(port_in("Starting ChromeDriver 156.0.8078.79 on port 0"), None);
    }

    #[test]
    fn sweeps_the_folders_of_dead_kits_only() {
        let temporary = tempfile::tempdir().unwrap();
        let mut dead = Command::new("true").spawn().unwrap();
        dead.wait().unwrap();
        let gone = temporary.path().join(format!("{TEMPORARY_PREFIX}{}-x", dead.id()));
        let ours = temporary
            .path()
            .join(format!("{TEMPORARY_PREFIX}{}-x", std::process::id()));
        let foreign = temporary.path().join("somebody-elses");
        for folder in [&gone, &ours, &foreign] {
            fs::create_dir_all(folder.join("profile")).unwrap();
        }
        sweep(temporary.path());
        assert_eq!([gone.exists(), ours.exists(), foreign.exists()], [false, true, true]);
    }

    #[test]
    fn a_driver_that_ends_at_once_is_told_with_its_words() {
        let error = Driver::start(Path::new("/bin/echo")).unwrap_err();
        assert!(
            matches!(&error, BrowserError::DriverMute { said, .. } if said.contains("--port=0")),
            "{error}"
        );
    }

    #[test]
    fn a_driver_whose_port_somebody_has_is_started_again() {
        let folder = Folder::new();
        let taken = "echo 'IPv4 port not available. Exiting...'; exit 1";
        let program = folder.program(
            "driver",
            &format!("mkdir \"$0 has tried\" && {{ {taken}; }}\necho 'It was started successfully on port 4444.'"),
        );
        assert_eq!(Driver::start(&program).unwrap().url(), "http://127.0.0.1:4444/");
        let error = Driver::start(&folder.program("unlucky", taken)).unwrap_err();
        assert!(
            matches!(&error, BrowserError::DriverMute { said, .. } if said.contains("not available")),
            "{error}"
        );
    }

    /// As chromedriver does without IPv6 on loopback.
    #[test]
    fn a_driver_that_finds_no_port_is_given_one() {
        let folder = Folder::new();
        let program = folder.program("driver", "echo \"It was started successfully on port ${1#--port=}.\"");
        let driver = Driver::start(&program).unwrap();
        let port: u16 = driver.authority.rsplit_once(':').unwrap().1.parse().unwrap();
        assert_ne!(port, 0);
        let error = Driver::start(&folder.program("mute", "echo 'Started successfully on port 0.'")).unwrap_err();
        assert!(
            matches!(&error, BrowserError::DriverMute { said, .. } if said == NO_PORT),
            "{error}"
        );
    }

    #[test]
    fn a_driver_that_is_not_there_is_told_with_its_path() {
        let error = Driver::start(Path::new("/nowhere/chromedriver")).unwrap_err();
        assert!(error.to_string().contains("/nowhere/chromedriver"), "{error}");
    }
}
