//! What the kit's tests share: a browser, pages to play on, a kit to watch from outside.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{LazyLock, Mutex};
use std::thread;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::http::Uri;
use axum::response::Html;
use docent::browser::{Driver, Locator, Options, Page, ReusableBrowser, Session};
use docent::provision::{self, Installed, Wanted};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Pid, PidfdFlags, pidfd_open};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// No test waits longer for anything; a loaded machine needs some of it.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Serves the tests' pages and portals for as long as the tests run.
pub static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
});

/// The browser of this machine, fetched if there is none: `cargo test` does its own set-up.
pub fn browser() -> &'static Installed {
    static FOUND: LazyLock<Installed> = LazyLock::new(|| {
        let wanted = Wanted {
            browser: std::env::var_os("DOCENT_BROWSER").map(PathBuf::from),
            driver: std::env::var_os("DOCENT_DRIVER").map(PathBuf::from),
            with_window: false,
            cache: provision::cache_folder().unwrap(),
        };
        provision::find_or_fetch(&wanted, provision::progress_for_stderr().as_ref())
            .unwrap_or_else(|error| panic!("{error}"))
    });
    &FOUND
}

/// Browsers whose windows are closed, for the next tests. They end with the process: what is left of their folders is swept by the next
/// driver that starts.
static FREE: Mutex<Vec<(Driver, ReusableBrowser)>> = Mutex::new(Vec::new());

/// Starts drivers on a thread that outlives all tests: the parent-death signal follows the thread.
fn start_driver() -> Driver {
    static STARTER: LazyLock<Sender<Sender<Driver>>> = LazyLock::new(|| {
        let (sender, asked) = channel::<Sender<Driver>>();
        thread::spawn(move || {
            for reply in asked {
                reply.send(Driver::start(&browser().driver).unwrap()).unwrap();
            }
        });
        sender
    });
    let (sender, started) = channel();
    STARTER.send(sender).unwrap();
    started.recv().unwrap()
}

/// A browser that no test uses, with a window that shares nothing with any before.
async fn free_browser(options: &Options) -> (Driver, ReusableBrowser, Session) {
    let free = FREE.lock().unwrap().pop();
    if let Some((driver, browser)) = free
        && let Ok(window) = browser.window(&driver, options).await
    {
        return (driver, browser, window);
    }
    let driver = start_driver();
    let (browser, window) = ReusableBrowser::start(&driver, options).await.unwrap();
    (driver, browser.unwrap(), window)
}

/// Opens a page of 800 × 600 in a window of its own and does something with it. A target is waited for as long as `wait`.
pub fn with_page<T>(wait: Duration, doing: impl AsyncFnOnce(&mut Page) -> T) -> T {
    with_window((800, 600), wait, doing)
}

/// As [`with_page`], but of this width and height.
pub fn with_window<T>(window: (u32, u32), wait: Duration, doing: impl AsyncFnOnce(&mut Page) -> T) -> T {
    block_on(async {
        let (driver, browser, session) = free_browser(&options(window)).await;
        let mut page = Page::new(session, wait);
        let done = doing(&mut page).await;
        // What a test did may have ended the browser.
        if page.close().await.is_ok() {
            FREE.lock().unwrap().push((driver, browser));
        }
        done
    })
}

/// Signs somebody of the fixture in at a portal.
pub async fn sign_in(page: &mut Page, portal: &str, username: &str) {
    let the = |phrase: &str| phrase.parse::<Locator>().unwrap();
    page.open(&format!("{portal}/login")).await.unwrap();
    page.type_into(username, &the(r#"the text field "Username""#))
        .await
        .unwrap();
    page.type_into("Training2024", &the(r#"the password field "Password""#))
        .await
        .unwrap();
    page.click(&the(r#"the button "Login""#)).await.unwrap();
}

/// Does something with each case, some at a time: most of the time of a case that has to fail is waiting.
pub fn side_by_side<T: Sync>(cases: &[T], doing: impl Fn(&T) + Sync) {
    const AT_ONCE: usize = 2;
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    doing(case);
                }
            });
        }
    });
}

fn block_on<T>(doing: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(doing)
}

/// Starts a driver and does something with it.
pub fn with_driver<T>(doing: impl AsyncFnOnce(&Driver) -> T) -> T {
    let driver = Driver::start(&browser().driver).unwrap();
    block_on(doing(&driver))
}

/// A window of this width and height whose clock runs.
pub fn options(window: (u32, u32)) -> Options {
    let browser = browser();
    Options {
        browser: Some(browser.browser.clone()),
        headed: false,
        headless_shell: browser.headless_shell,
        window,
        scale: 1.,
        time_zone: "Europe/Zurich".to_owned(),
        locale: "en-GB".to_owned(),
        frozen_at: None,
        touch: false,
    }
}

/// Serves a router on a free port until dropped.
pub fn serve(router: Router) -> mock_portal::Portal {
    RUNTIME
        .block_on(mock_portal::serve(router, ([127, 0, 0, 1], 0).into()))
        .unwrap()
}

/// A site of one page that tells when a browser asks for the page.
pub fn doorbell(body: &'static str) -> (mock_portal::Portal, Receiver<()>) {
    doorbell_at("/", body)
}

/// A site of one page that tells when a browser asks for this path.
pub fn doorbell_at(bell: &'static str, body: &'static str) -> (mock_portal::Portal, Receiver<()>) {
    let (sender, receiver) = channel();
    let page = format!("<!doctype html><html lang=en><title>Doorbell</title><body>{body}</body></html>");
    let answer = move |path: Uri| async move {
        if path.path() == bell {
            // The test may have heard enough.
            let _ = sender.send(());
        }
        Html(page)
    };
    (serve(Router::new().fallback(answer)), receiver)
}

/// A shell lets what it starts in the background ignore SIGINT and SIGQUIT, these tests perhaps included; a kit respects that.
fn without_ignored_signals() -> Command {
    let mut command = Command::new("env");
    command.arg("--default-signal=INT,QUIT,HUP");
    command
}

/// The kit's command, in a folder of its own that holds one feature.
pub struct Kit {
    pub folder: TempDir,
}

impl Kit {
    pub fn with_feature(feature: &str) -> Self {
        let kit = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        kit.write("test.feature", feature);
        kit
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.path().join(name)).unwrap()
    }

    /// Every file below a folder with what it holds, in the order of their paths.
    pub fn contents(&self, folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
        let folder = self.folder.path().join(folder);
        let relative = |path: &PathBuf| path.strip_prefix(&folder).unwrap().to_owned();
        files_below(&folder)
            .iter()
            .map(|path| (relative(path), fs::read(path).unwrap()))
            .collect()
    }

    /// When every file below a folder was last written.
    pub fn modified(&self, folder: &str) -> Vec<(PathBuf, SystemTime)> {
        let files = files_below(&self.folder.path().join(folder));
        files
            .into_iter()
            .map(|path| (path.clone(), fs::metadata(path).unwrap().modified().unwrap()))
            .collect()
    }

    /// Names of the files below a folder.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let files = files_below(&self.folder.path().join(folder));
        files
            .iter()
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect()
    }

    /// Every file of the kit's that holds this text.
    pub fn files_holding(&self, text: &str) -> Vec<String> {
        let holds = |path: &PathBuf| {
            fs::read(path)
                .unwrap()
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        };
        let files = files_below(self.folder.path());
        files
            .into_iter()
            .filter(holds)
            .map(|path| path.to_string_lossy().into_owned())
            .collect()
    }

    pub fn has(&self, name: &str) -> bool {
        self.folder.path().join(name).exists()
    }

    /// The command with its surroundings, not yet started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = without_ignored_signals();
        command.arg(env!("CARGO_BIN_EXE_docent"));
        self.surrounded(command, arguments)
    }

    /// The command as a shell starts it after it has done this.
    pub fn command_after(&self, shell: &str, arguments: &[&str]) -> Command {
        let mut command = without_ignored_signals();
        let script = format!("{shell}; exec \"$0\" \"$@\"");
        command.args(["sh", "-c", &script, env!("CARGO_BIN_EXE_docent")]);
        self.surrounded(command, arguments)
    }

    /// Any command with the same surroundings.
    pub fn surrounded(&self, mut command: Command, arguments: &[&str]) -> Command {
        let browser = browser();
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("DOCENT_BROWSER", &browser.browser)
            .env("DOCENT_DRIVER", &browser.driver)
            .env("TMPDIR", self.folder.path())
            .env_remove("DOCENT_BASE_URL")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Plays to the end.
    pub fn play(&self, arguments: &[&str]) -> Ended {
        Ended::from(self.command(arguments).output().unwrap())
    }

    /// Plays, to be watched and disturbed.
    pub fn start(&self, arguments: &[&str]) -> Playing {
        Playing(self.command(arguments).spawn().unwrap())
    }

    /// Fails the test if a process or a temporary folder of the kit's is left. Every process of its has its folder in the
    /// environment; one that was killed may take a moment to go.
    #[track_caller]
    pub fn must_leave_nothing(&self) {
        let mark = format!("TMPDIR={}", self.folder.path().display());
        let ours = |pid: &u32| {
            fs::read(format!("/proc/{pid}/environ")).is_ok_and(|environment| {
                environment
                    .split(|byte| *byte == 0)
                    .any(|entry| entry.starts_with(mark.as_bytes()))
            })
        };
        let pids = fs::read_dir("/proc").unwrap();
        let pids = pids.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        pids.filter(ours).for_each(must_end_soon);
        assert_eq!(self.leftovers(), [""; 0]);
    }

    /// Temporary folders of drivers that are still there.
    pub fn leftovers(&self) -> Vec<String> {
        let names = fs::read_dir(self.folder.path()).unwrap();
        names
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name.starts_with("docent-driver-"))
            .collect()
    }
}

/// Plays the kit's feature on a site, with so much time that a test decides when a step that waits has waited enough.
pub fn waiting_run(url: &str) -> [&str; 8] {
    [
        "run",
        "test.feature",
        "--wait",
        "100",
        "--step-timeout",
        "200",
        "--base-url",
        url,
    ]
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// A kit that has ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Ended {
    /// Fails the test unless all of it was told.
    #[track_caller]
    pub fn must_tell(&self, texts: &[&str]) {
        for text in texts {
            assert!(
                self.err.contains(text) || self.out.contains(text),
                "{text:?} is not told in:\n{self:#?}"
            );
        }
    }
}

/// A kit that is playing.
pub struct Playing(pub Child);

impl Playing {
    pub fn signal(&self, signal: nix::sys::signal::Signal) {
        let pid = nix::unistd::Pid::from_raw(self.0.id().cast_signed());
        nix::sys::signal::kill(pid, signal).unwrap();
    }

    pub fn wait(mut self) -> Ended {
        let mut out = String::new();
        let mut err = String::new();
        // What a test's kit tells fits into the pipe's buffer, so reading one after the other can't block it.
        self.0.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        self.0.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        Ended {
            code: self.0.wait().unwrap().code(),
            out,
            err,
        }
    }

    pub fn family(&self) -> Vec<Process> {
        descendants(self.0.id())
    }
}

/// A process of the kit's, as the system lists it.
#[derive(Debug, Clone)]
pub struct Process {
    pub pid: u32,
    pub parent: u32,
    #[allow(dead_code, reason = "read where a test fails and prints it")]
    pub name: String,
}

impl Process {
    pub fn kill(&self, signal: nix::sys::signal::Signal) {
        let _ = nix::sys::signal::kill(nix::unistd::Pid::from_raw(self.pid.cast_signed()), signal);
    }
}

/// All processes that a process started, directly or not.
pub fn descendants(ancestor: u32) -> Vec<Process> {
    let all: Vec<Process> = fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| process(&entry.ok()?.path()))
        .collect();
    let mut family = vec![];
    let mut parents = vec![ancestor];
    while let Some(parent) = parents.pop() {
        for child in all.iter().filter(|process| process.parent == parent) {
            parents.push(child.pid);
            family.push(child.clone());
        }
    }
    family
}

/// Reads `/proc/PID/stat`: `PID (NAME) STATE PARENT …`.
fn process(folder: &Path) -> Option<Process> {
    let pid = folder.file_name()?.to_str()?.parse().ok()?;
    let stat = fs::read_to_string(folder.join("stat")).ok()?;
    let (name, rest) = stat.split_once('(')?.1.rsplit_once(')')?;
    Some(Process {
        pid,
        parent: rest.split_whitespace().nth(1)?.parse().ok()?,
        name: name.to_owned(),
    })
}

/// The driver and the browser's first process.
pub fn driver_and_browser(family: &[Process], kit: u32) -> (Process, Process) {
    let driver = family
        .iter()
        .find(|process| process.parent == kit)
        .expect("a driver")
        .clone();
    let browser = family
        .iter()
        .find(|process| process.parent == driver.pid)
        .expect("a browser")
        .clone();
    (driver, browser)
}

/// Fails the test unless every process ends in time; nobody asks over and over, the system tells.
#[track_caller]
pub fn must_end(family: &[Process]) {
    assert!(
        family.len() > 2,
        "driver and browser were there to begin with: {family:?}"
    );
    for process in family {
        must_end_soon(process.pid);
    }
}

#[track_caller]
pub fn must_end_soon(pid: u32) {
    assert!(ends_within(pid, PATIENCE), "process {pid} is left");
}

/// Whether a process has ended after so long at the latest.
pub fn ends_within(pid: u32, limit: Duration) -> bool {
    let Ok(handle) = pidfd_open(Pid::from_raw(pid.cast_signed()).unwrap(), PidfdFlags::empty()) else {
        return true;
    };
    let timeout = rustix::time::Timespec::try_from(limit).unwrap();
    poll(&mut [PollFd::new(&handle, PollFlags::IN)], Some(&timeout)).unwrap() > 0
}
