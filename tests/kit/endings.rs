//! However the kit ends, no driver and no browser of its is left.

use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use axum::Router;
use axum::response::Html;
use docent::suite::record::Verdict;
use docent::suite::record::history;
use nix::sys::signal::Signal;
use tokio::sync::watch;

use super::support::{Ended, Kit, PATIENCE, Playing, doorbell, must_end, serve, waiting_run, with_page};

/// Waits, once the page is there, for something that never comes.
const WAITS: &str = "Feature: Endings\n  Scenario: Waits\n    Given I open \"/\"\n    Then I see the link \"Never\"\n";
const PASSES: &str = "Feature: Endings\n  Scenario: Passes\n    Given I open \"/\"\n    Then I see the link \"Now\"\n";
const PANICKING: &str = "DOCENT_TEST_PANIC_AT";

/// Ends a run in the middle of its scenario. The record then says so, whichever signal it was.
fn end_by(signal: Signal) -> (Kit, Ended) {
    let kit = Kit::with_feature(WAITS);
    let (site, visited) = doorbell("<p>Nothing here");
    let playing = kit.start(&waiting_run(site.url()));
    visited.recv_timeout(PATIENCE).unwrap();
    let family = playing.family();
    playing.signal(signal);
    let ended = playing.wait();
    must_end(&family);
    if signal != Signal::SIGKILL {
        kit.must_leave_nothing();
    }
    let record = history::load(&kit.folder.path().join("reports")).unwrap();
    assert_eq!(record.scenarios.len(), 1, "{signal}: {record:#?}");
    assert_eq!(
        record.scenarios[0].verdict,
        Verdict::Interrupted,
        "{signal}: {record:#?}"
    );
    (kit, ended)
}

#[test]
fn nothing_is_left_after_a_normal_end() {
    let kit = Kit::with_feature(PASSES);
    let (site, visited) = doorbell("<a href=/>Now</a>");
    let playing = kit.start(&["run", "test.feature", "--base-url", site.url()]);
    visited.recv_timeout(PATIENCE).unwrap();
    let family = playing.family();
    let ended = playing.wait();
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    must_end(&family);
    assert_eq!(kit.leftovers(), [""; 0]);
}

#[test]
fn nothing_is_left_after_ctrl_c() {
    let (_, ended) = end_by(Signal::SIGINT);
    assert_eq!(ended.code, Some(130));
    ended.must_tell(&["interrupted"]);
}

#[test]
fn nothing_is_left_after_termination() {
    assert_eq!(end_by(Signal::SIGTERM).1.code, Some(143));
}

#[test]
fn nothing_is_left_after_a_terminal_goes_or_quits_it() {
    assert_eq!(end_by(Signal::SIGHUP).1.code, Some(129));
    assert_eq!(end_by(Signal::SIGQUIT).1.code, Some(131));
}

/// SIGHUP under `nohup`, SIGUSR1 and SIGUSR2 always: the run goes on as if nothing had been.
#[test]
fn signals_that_ask_for_nothing_change_nothing() {
    let kit = Kit::with_feature(PASSES);
    let (site, visited, shown) = held("<a href=/>Now</a>");
    let child = kit.command_after("trap '' HUP", &waiting_run(site.url())).spawn();
    let playing = Playing(child.unwrap());
    visited.recv_timeout(PATIENCE).unwrap();
    for signal in [Signal::SIGHUP, Signal::SIGUSR1, Signal::SIGUSR2] {
        playing.signal(signal);
    }
    shown.send_replace(true);
    let ended = playing.wait();
    assert_eq!(ended.code, Some(0), "{ended:#?}");
}

/// A site whose page comes once it is shown, and which tells when a browser asks for it.
fn held(body: &'static str) -> (mock_portal::Portal, Receiver<()>, watch::Sender<bool>) {
    let (sender, receiver) = channel();
    let shown = watch::Sender::new(false);
    let showing = shown.subscribe();
    let page = async move || {
        let mut showing = showing.clone();
        // The test may be over.
        let _ = sender.send(());
        let _ = showing.wait_for(|shown| *shown).await;
        Html(format!(
            "<!doctype html><html lang=en><title>Held</title><body>{body}</body></html>"
        ))
    };
    (serve(Router::new().fallback(page)), receiver, shown)
}

#[test]
fn nothing_is_left_after_the_kit_is_killed_but_a_folder_that_the_next_run_removes() {
    let (kit, ended) = end_by(Signal::SIGKILL);
    assert_eq!(ended.code, None);
    assert_eq!(kit.leftovers().len(), 1);
    kit.write("test.feature", PASSES);
    let (site, _visited) = doorbell("<a href=/>Now</a>");
    let next = kit.play(&["run", "test.feature", "--base-url", site.url()]);
    assert_eq!(next.code, Some(0), "{next:#?}");
    kit.must_leave_nothing();
}

#[test]
fn nothing_is_left_after_a_panic() {
    let (site, visited) = doorbell("<p>Panic");
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "endings::kit_that_panics", "--ignored"])
        .env(PANICKING, site.url())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut playing = Playing(child);
    visited.recv_timeout(PATIENCE).unwrap();
    let family = playing.family();
    // It panics as soon as it may.
    drop(playing.0.stdin.take());
    let ended = playing.wait();
    assert_ne!(ended.code, Some(0), "{ended:#?}");
    assert!(
        ended.out.contains("on purpose") || ended.err.contains("on purpose"),
        "{ended:#?}"
    );
    must_end(&family);
}

/// Not a test: the kit that the test above starts. It opens a page and panics when its standard input ends.
#[test]
#[ignore = "started by nothing_is_left_after_a_panic"]
fn kit_that_panics() {
    let url = std::env::var(PANICKING).expect("started by the test above");
    with_page(Duration::from_secs(5), async |page| {
        page.open(&url).await.unwrap();
        std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).unwrap();
        panic!("on purpose");
    });
}
