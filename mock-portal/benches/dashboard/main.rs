//! How fast the dashboard is, and what a portal for one scenario costs. Everything is a ratio within one run, so that
//! it is the same on a slow machine and on a fast one; a figure over its limit fails the run.
//!
//! `cargo bench -p mock-portal`
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark that cannot go on stops")]

mod load;

use std::{
    net::SocketAddr,
    process::ExitCode,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, Bytes},
    http::{Request, header},
    response::Html,
    routing::get,
};
use http_body_util::BodyExt;
use mock_portal::{Clock, Settings, app, serve, start};
use tower::ServiceExt;

const ANY_PORT: ([u8; 4], u16) = ([127, 0, 0, 1], 0);
/// Bare route and dashboard take turns, so that whatever else the machine does meets both.
const ROUNDS: usize = 9;
const ROUND: Duration = Duration::from_millis(500);
const CONNECTIONS: usize = 8;
const PORTALS: usize = 40;

/// The dashboard's rate must be at least this share of the bare route's.
const LEAST_SHARE: f64 = 1. / 3.;
/// The slowest hundredth of the dashboard's answers takes at most this many times the median.
const MOST_SPREAD: f64 = 10.;
const MOST_START_MS: f64 = 5.;
const MOST_MEMORY_MIB: f64 = 2.;

fn main() -> ExitCode {
    let server = tokio::runtime::Runtime::new().unwrap();
    let held = [dashboard(&server), one_portal(&server)];
    if held.into_iter().all(|held| held) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// A signed-in person's dashboard, read from a SQLite file, against the same bytes from memory.
fn dashboard(server: &tokio::runtime::Runtime) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings {
        clock: Clock::training(),
        data: Some(folder.path().join("portal.sqlite")),
        ..Settings::default()
    };
    let portal = app(settings).unwrap();
    let cookie = server.block_on(sign_in(&portal));
    let page = server
        .block_on(ask(&portal, "GET", "/dashboard", &cookie, String::new()))
        .1;
    assert!(page.len() > 10_000, "that is no dashboard: {page:?}");
    println!("dashboard of {} bytes, {CONNECTIONS} connections", page.len());
    let bare = Router::new().route("/dashboard", get(async move || Html(page.clone())));
    let portal = server.block_on(serve(portal, ANY_PORT.into())).unwrap();
    let bare = server.block_on(serve(bare, ANY_PORT.into())).unwrap();
    let round = |portal| load::load(address(portal), "/dashboard", &cookie, CONNECTIONS, ROUND);
    let (mut shares, mut spreads) = (vec![], vec![]);
    for _ in 0..ROUNDS {
        let (plain, full) = (round(&bare), round(&portal));
        let (median, p99) = (full.percentile(50), full.percentile(99));
        println!(
            "  bare {:6.0}/s, dashboard {:6.0}/s, median {median:.0} µs, p99 {p99:.0} µs",
            plain.rate, full.rate
        );
        shares.push(full.rate / plain.rate);
        spreads.push(p99 / median);
    }
    let (share, spread) = (median(shares), median(spreads));
    let fast = report("share of a bare route's rate", share, share >= LEAST_SHARE, LEAST_SHARE);
    report("p99 in medians", spread, spread < MOST_SPREAD, MOST_SPREAD) && fast
}

/// Portals as scenarios start them: in memory, each with its own port.
fn one_portal(server: &tokio::runtime::Runtime) -> bool {
    // The first in a process hashes the fixture's passwords.
    drop(server.block_on(start(Settings::default(), ANY_PORT.into())).unwrap());
    let before = resident_mib();
    let (portals, times): (Vec<_>, Vec<_>) = (0..PORTALS)
        .map(|_| {
            let begun = Instant::now();
            let portal = server.block_on(start(Settings::default(), ANY_PORT.into())).unwrap();
            (portal, begun.elapsed().as_secs_f64() * 1e3)
        })
        .unzip();
    for portal in &portals {
        load::load(address(portal), "/", "", 1, Duration::ZERO);
    }
    #[allow(clippy::cast_precision_loss, reason = "a small number")]
    let memory = (resident_mib() - before) / portals.len() as f64;
    let time = median(times);
    let quick = report("a portal is up in ms", time, time < MOST_START_MS, MOST_START_MS);
    report("and takes MiB", memory, memory < MOST_MEMORY_MIB, MOST_MEMORY_MIB) && quick
}

fn report(what: &str, measured: f64, held: bool, limit: f64) -> bool {
    let verdict = if held { "held" } else { "NOT HELD" };
    println!("{what:30} {measured:8.3}   limit {limit:6.3}   {verdict}");
    held
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn address(portal: &mock_portal::Portal) -> SocketAddr {
    portal.url().strip_prefix("http://").unwrap().parse().unwrap()
}

/// Signs Amara in; the cookie of her session.
async fn sign_in(portal: &Router) -> String {
    let (cookie, page) = ask(portal, "GET", "/login", "", String::new()).await;
    let page = String::from_utf8(page.to_vec()).unwrap();
    let csrf = &page.split_once("name=\"csrf\" value=\"").unwrap().1[..32];
    let form = format!("csrf={csrf}&username=amara&password=Training2024");
    ask(portal, "POST", "/login", &cookie, form).await.0
}

/// The cookie that is set, and the body.
async fn ask(portal: &Router, method: &str, path: &str, cookie: &str, body: String) -> (String, Bytes) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "localhost")
        .header(header::COOKIE, cookie)
        .body(Body::from(body))
        .unwrap();
    let answer = portal.clone().oneshot(request).await.unwrap();
    let set = answer.headers().get(header::SET_COOKIE);
    let cookie = set.map_or("", |set| set.to_str().unwrap().split(';').next().unwrap());
    (
        cookie.to_owned(),
        answer.into_body().collect().await.unwrap().to_bytes(),
    )
}

/// What of this process is in memory, from `/proc/self/statm` (in pages of 4 KiB); zero where there is none.
fn resident_mib() -> f64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    statm
        .split_whitespace()
        .nth(1)
        .and_then(|pages| pages.parse::<f64>().ok())
        .map_or(0., |pages| pages / 256.)
}
