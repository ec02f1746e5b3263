//! How much memory a portal holds after bursts of logins, the worst that clients without an account can ask of it. The
//! portal is a process of its own, with the allocator of `docent`; a figure over its limit fails the run.
//!
//! `cargo bench -p mock-portal --bench bursts`
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark that cannot go on stops")]

use std::{
    alloc::System,
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    net::{Shutdown, TcpStream},
    process::{Child, Command, ExitCode, Stdio},
    thread,
    time::{Duration, Instant},
};

use mock_portal::{Clock, Settings, start};
use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

/// What of the portal is in memory, at its peak as well as after each burst.
const MOST_MEMORY_MIB: f64 = 120.;
/// Makes this program the portal that is measured.
const SERVE: &str = "serve";

/// Logins at once, how often, as whom, and whether the client waits for its answer.
const BURSTS: [(usize, usize, &str, bool); 5] = [
    (16, 10, "amara", true),
    (120, 1, "amara", true),
    (120, 2, "amara", false),
    (200, 1, "nobody", true),
    (200, 2, "amara", true),
];

fn main() -> ExitCode {
    if env::args().any(|argument| argument == SERVE) {
        serve();
        return ExitCode::SUCCESS;
    }
    let mut portal = Command::new(env::current_exe().unwrap())
        .arg(SERVE)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let held = bursts(&mut portal);
    // Its input ends, and so does the portal.
    drop(portal.stdin.take());
    portal.wait().unwrap();
    if held { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A portal as `docent serve` has it, until the standard input ends.
fn serve() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let settings = Settings {
        clock: Clock::training(),
        ..Settings::default()
    };
    let portal = runtime.block_on(start(settings, ([127, 0, 0, 1], 0).into())).unwrap();
    println!("{}", portal.url());
    std::io::stdin().read_to_end(&mut vec![]).unwrap();
}

fn bursts(portal: &mut Child) -> bool {
    let mut url = String::new();
    BufReader::new(portal.stdout.take().unwrap())
        .read_line(&mut url)
        .unwrap();
    let address = url.trim().strip_prefix("http://").unwrap();
    println!(
        "at the start                            {:6.1} MiB",
        memory(portal, "VmRSS")
    );
    for (at_once, times, username, waits) in BURSTS {
        let begun = Instant::now();
        let right: usize = (0..times).map(|_| burst(address, at_once, username, waits)).sum();
        let answered = if waits {
            format!("{right} right")
        } else {
            "broken off".to_owned()
        };
        println!(
            "{at_once:3} logins at once, {times:2} times, {answered:10}  {:6.1} MiB  {:5.1} s",
            memory(portal, "VmRSS"),
            begun.elapsed().as_secs_f64()
        );
    }
    let peak = memory(portal, "VmHWM");
    let held = peak < MOST_MEMORY_MIB;
    let verdict = if held { "held" } else { "NOT HELD" };
    println!("at its peak                             {peak:6.1} MiB  limit {MOST_MEMORY_MIB}  {verdict}");
    held
}

/// This many logins at once; how many of them were right.
fn burst(address: &str, at_once: usize, username: &'static str, waits: bool) -> usize {
    let logins: Vec<_> = (0..at_once)
        .map(|_| {
            let address = address.to_owned();
            thread::spawn(move || login(&address, username, waits))
        })
        .collect();
    logins
        .into_iter()
        .map(|login| login.join().unwrap())
        .filter(|right| *right)
        .count()
}

/// Opens the login form and submits it; whether that signs in.
fn login(address: &str, username: &str, waits: bool) -> bool {
    let page = answer(request(address, "GET", "", ""));
    let cookie = between(&page, "set-cookie: ", ";");
    let csrf = between(&page, "name=\"csrf\" value=\"", "\"");
    let form = format!("csrf={csrf}&username={username}&password=Training2024");
    let connection = request(address, "POST", cookie, &form);
    if waits {
        return answer(connection).starts_with("HTTP/1.1 303");
    }
    thread::sleep(Duration::from_millis(30));
    connection.shutdown(Shutdown::Both).unwrap();
    false
}

fn request(address: &str, method: &str, cookie: &str, form: &str) -> TcpStream {
    let mut connection = TcpStream::connect(address).unwrap();
    let length = form.len();
    write!(
        connection,
        "{method} /login HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nConnection: close\r\n\
         Content-Length: {length}\r\n\r\n{form}"
    )
    .unwrap();
    connection
}

fn answer(mut connection: TcpStream) -> String {
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start).unwrap().1.split_once(end).unwrap().0
}

/// A figure of the portal's `/proc/PID/status`, which are in KiB.
fn memory(portal: &Child, figure: &str) -> f64 {
    let status = fs::read_to_string(format!("/proc/{}/status", portal.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with(figure)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.
}
