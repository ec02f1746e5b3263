//! Sessions at drivers that somebody else runs end whatever becomes of their scenario: an open one blocks a slot of a grid.

use std::io::{BufRead, BufReader};
use std::sync::mpsc::{Receiver, channel};

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{delete, post};
use nix::sys::signal::Signal;
use tokio::sync::watch;

use super::support::{Ended, Kit, PATIENCE, Playing, serve};

const FEATURE: &str = "Feature: A\n  Scenario: B\n    Given I open \"/\"\n";
/// As services answer.
const JSON: [(&str, &str); 1] = [("content-type", "application/json; charset=utf-8")];
const SESSION: &str = r#"{"value": {"sessionId": "theirs", "capabilities": {}}}"#;

/// A WebDriver service that gives a session and refuses all else.
struct Service {
    portal: mock_portal::Portal,
    asked: Receiver<()>,
    ended: Receiver<()>,
    /// It gives sessions once this is true.
    gives: watch::Sender<bool>,
}

fn service() -> Service {
    let ((ask, asked), (end, ended)) = (channel(), channel());
    let gives = watch::Sender::new(true);
    let giving = gives.subscribe();
    let session = post(async move || {
        let mut giving = giving.clone();
        // The test may be over.
        let _ = ask.send(());
        let _ = giving.wait_for(|gives| *gives).await;
        (JSON, SESSION)
    });
    let ending = delete(async move || {
        let _ = end.send(());
        (JSON, r#"{"value": null}"#)
    });
    let refusal = r#"{"value": {"error": "unknown command", "message": "no", "stacktrace": ""}}"#;
    let router = Router::new()
        .route("/session", session)
        .route("/session/theirs", ending)
        .fallback(async move || (StatusCode::NOT_FOUND, JSON, refusal));
    Service {
        portal: serve(router),
        asked,
        ended,
        gives,
    }
}

fn start(kit: &Kit, service: &Service) -> Playing {
    let mut command = kit.command(&["run", "test.feature", "--webdriver", service.portal.url()]);
    Playing(command.env_remove("DOCENT_DRIVER").spawn().unwrap())
}

#[test]
fn a_session_that_can_not_be_set_up_is_ended() {
    let (kit, service) = (Kit::with_feature(FEATURE), service());
    let ended: Ended = start(&kit, &service).wait();
    assert_eq!(ended.code, Some(3), "{ended:#?}");
    let (asked, ended) = (service.asked.try_iter().count(), service.ended.try_iter().count());
    assert!(asked > 0 && asked <= ended, "{asked} given, {ended} ended");
}

#[test]
fn a_session_that_comes_after_ctrl_c_is_ended() {
    let (kit, service) = (Kit::with_feature(FEATURE), service());
    service.gives.send_replace(false);
    let mut playing = start(&kit, &service);
    service.asked.recv_timeout(PATIENCE).unwrap();
    playing.signal(Signal::SIGINT);
    let mut told = String::new();
    let mut errors = BufReader::new(playing.0.stderr.as_mut().unwrap());
    errors.read_line(&mut told).unwrap();
    assert!(told.contains("interrupted by SIGINT"), "{told}");
    service.gives.send_replace(true);
    let ended = playing.wait();
    assert_eq!(ended.code, Some(130), "{ended:#?}");
    service.ended.try_recv().expect("it is ended before the kit ends");
}
