//! A driver or browser that dies or hangs in the middle of a step: the run fails within that step's time-out and says which.

use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use super::support::{Ended, Kit, PATIENCE, Process, doorbell_at, driver_and_browser, must_end};

const WAITS: &str = "Feature: Illness\n  Scenario: Waits\n    Given I open \"/\"\n    Then I see the link \"Never\"\n";
/// Rings as soon as somebody looks whether the link can be seen: in the middle of the second step.
const PAGE: &str = "<a id=never href=/>Never</a><script>\
    const look = Element.prototype.checkVisibility;\
    Element.prototype.checkVisibility = function (...how) {\
      if (this.id !== 'never') return look.apply(this, how);\
      if (!window.rung) { window.rung = true; fetch('/ring'); }\
      return false;\
    };\
    </script>";
const STEP_TIMEOUT: &str = "12";
/// Step time-out, diagnosis, start and end, on a loaded machine.
const LIMIT: Duration = Duration::from_secs(40);

/// Does something to driver or browser while the second step waits.
fn disturb(disturbance: impl Fn(&Process, &Process)) -> Ended {
    let kit = Kit::with_feature(WAITS);
    let (site, visited) = doorbell_at("/ring", PAGE);
    let arguments = [
        "run",
        "test.feature",
        "--wait",
        "11",
        "--step-timeout",
        STEP_TIMEOUT,
        "--base-url",
        site.url(),
    ];
    let playing = kit.start(&arguments);
    visited.recv_timeout(PATIENCE).unwrap();
    let started = Instant::now();
    let family = playing.family();
    let (driver, browser) = driver_and_browser(&family, playing.0.id());
    disturbance(&driver, &browser);
    let ended = playing.wait();
    assert!(started.elapsed() < LIMIT, "took {:?}", started.elapsed());
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&["test.feature:4", "Then I see the link \"Never\""]);
    must_end(&family);
    ended
}

#[test]
fn a_killed_driver_fails_the_step() {
    disturb(|driver, _| driver.kill(Signal::SIGKILL)).must_tell(&["the driver died (signal: 9"]);
}

#[test]
fn a_killed_browser_fails_the_step() {
    disturb(|_, browser| browser.kill(Signal::SIGKILL)).must_tell(&["the browser died"]);
}

#[test]
fn a_hung_browser_fails_the_step() {
    disturb(|_, browser| browser.kill(Signal::SIGSTOP)).must_tell(&["the browser hangs"]);
}

#[test]
fn a_hung_driver_fails_the_step() {
    disturb(|driver, _| driver.kill(Signal::SIGSTOP)).must_tell(&["the driver hangs"]);
}
