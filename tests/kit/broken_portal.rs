//! The portal breaks, or the feature does: the tutorial fails at that very step, a trainer understands why, and no accepted
//! picture is touched.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};

use super::support::{Ended, Kit, serve};

const TUTORIAL: &str = include_str!("../../features/tutorials/pairing.feature");
const ACCEPTED: &str = "screenshots/test/en/accepted.png";

/// The mock portal with everything it answers passed through `tamper`, given path and text.
fn tampered(tamper: fn(&str, String) -> String) -> Router {
    let portal = mock_portal::app(mock_portal::Settings {
        clock: mock_portal::Clock::training(),
        ..mock_portal::Settings::default()
    })
    .unwrap();
    portal.layer(from_fn(move |request: Request, next: Next| async move {
        let path = request.uri().path().to_owned();
        rewritten(next.run(request).await, |text| tamper(&path, text)).await
    }))
}

async fn rewritten(response: Response, rewrite: impl FnOnce(String) -> String) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = match String::from_utf8(bytes.to_vec()) {
        Ok(text) => Body::from(rewrite(text)),
        Err(_) => Body::from(bytes),
    };
    Response::from_parts(parts, body)
}

/// Plays the tutorial on a portal; it must fail, and leave what was accepted alone.
fn fails_on(portal: Router, feature: &str) -> Ended {
    let kit = Kit::with_feature(feature);
    kit.write(ACCEPTED, "untouched");
    let portal = serve(portal);
    let ended = kit.play(&[
        "tutorial",
        "test.feature",
        "--wait",
        "3",
        "--scale",
        "1",
        "--base-url",
        portal.url(),
    ]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert_eq!(kit.read(ACCEPTED), "untouched");
    assert_eq!(kit.files("screenshots"), ["accepted.png"]);
    assert!(!kit.has("tutorials"), "nothing is published");
    ended
}

/// `test.feature:LINE` of the step that holds this text.
fn place(feature: &str, step: &str) -> String {
    let line = feature
        .lines()
        .position(|line| line.contains(step))
        .expect("such a step");
    format!("test.feature:{}", line + 1)
}

#[test]
fn a_label_misspelt_in_the_feature_is_told_with_the_right_one() {
    let feature = TUTORIAL.replace("the button \"Login\"", "the button \"Log in\"");
    fails_on(tampered(|_, text| text), &feature).must_tell(&[
        &place(&feature, "the button \"Log in\""),
        "in scene 3/16",
        "the button \"Log in\" is not on the page",
        "there is instead: the button \"Login\"",
        "Welcome to WIPO",
    ]);
}

#[test]
fn a_button_renamed_in_the_portal_is_told_with_its_new_name() {
    let portal = tampered(|_, text| text.replace(">Pair</button>", ">Connect</button>"));
    fails_on(portal, TUTORIAL).must_tell(&[
        &place(TUTORIAL, "I click the button \"Pair\""),
        "in scene 11/16",
        "the button \"Pair\" in the widget \"Distribution Reports (IP Offices)\" is not on the page",
        "the button \"Connect\"",
        "My IP Portal Dashboard",
    ]);
}

#[test]
fn a_widget_hidden_behind_another_is_told_with_what_hides_it() {
    let portal = tampered(|path, text| match path {
        "/assets/portal.css" => {
            let mut css = text;
            css.push_str("#distribution-reports, #annual-contributions { grid-area: 1 / 1; } #annual-contributions { z-index: 1; }");
            css
        }
        _ => text,
    });
    fails_on(portal, TUTORIAL).must_tell(&[
        &place(TUTORIAL, "I see the widget \"Distribution Reports"),
        "in scene 9/16",
        "the widget \"Distribution Reports (IP Offices)\" is hidden behind",
        "Annual Contributions (WIPO - UPOV Members)",
    ]);
}

#[test]
fn a_page_that_answers_500_is_told_at_the_click_that_leads_there() {
    let portal = tampered(|_, text| text).layer(from_fn(|request: Request, next: Next| async move {
        match request.uri().path() {
            "/dashboard" => (StatusCode::INTERNAL_SERVER_ERROR, "The database is gone").into_response(),
            _ => next.run(request).await,
        }
    }));
    fails_on(portal, TUTORIAL).must_tell(&[
        &place(TUTORIAL, "I click the menu item"),
        "in scene 5/16",
        "/dashboard answered with the error status 500",
    ]);
}
