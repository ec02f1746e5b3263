//! Playing tutorials: same input, same bytes; what is accepted is the person's to say; secrets stay secret.

use axum::Router;
use axum::response::Html;
use axum::routing::get;

use super::support::{Kit, serve};

const PAIRING: &str = include_str!("../../features/tutorials/pairing.feature");
const SECRETS: [&str; 2] = ["A7K2M9QX", "Training2024"];

const SMALL: &str = r#"@tutorial
Feature: Small
  Scenario: A small tutorial
    Given I open "/"
    Then I see the heading "Hello"
      """
      This is the page.
      """
    When I click the link "Go on"
      """
      Click "Go on".
      """
"#;

/// A page whose heading can be coloured, or have another text.
fn page(heading: &str, colour: &str) -> mock_portal::Portal {
    let page = format!(
        "<!doctype html><html lang=en><title>Small</title><h1 style='color:{colour};font-size:60px'>{heading}</h1>\
         <a href=/next>Go on</a></html>"
    );
    let next = || async { Html("<!doctype html><html lang=en><title>Next</title><h1>Next</h1></html>") };
    serve(
        Router::new()
            .route("/", get(move || async { Html(page) }))
            .route("/next", get(next)),
    )
}

fn small(url: &str) -> Vec<&str> {
    vec![
        "tutorial",
        "test.feature",
        "--scale",
        "1",
        "--window",
        "400x300",
        "--base-url",
        url,
    ]
}

#[test]
fn equal_runs_give_equal_bytes_with_one_worker_or_two() {
    let kit = Kit::with_feature(PAIRING);
    let arguments = ["tutorial", "test.feature", "--scale", "1", "--workers"];
    let first = kit.play(&[&arguments[..], &["1"]].concat());
    assert_eq!(first.code, Some(0), "{first:#?}");
    let pictures = kit.contents("screenshots/test/en");
    assert_eq!(pictures.len(), 17, "16 pictures and a manifest");
    let touched = kit.modified("screenshots/test/en");

    let again = kit.play(&[&arguments[..], &["1"]].concat());
    assert_eq!(again.code, Some(0), "{again:#?}");
    assert_eq!(
        kit.modified("screenshots/test/en"),
        touched,
        "an unchanged file is not touched"
    );

    // Two at a time, each as the other's disturbance, into folders of their own.
    for name in ["left.feature", "right.feature"] {
        kit.write(&format!("both/{name}"), PAIRING);
    }
    let both = kit.play(&["tutorial", "both", "--scale", "1", "--workers", "2"]);
    assert_eq!(both.code, Some(0), "{both:#?}");
    for side in ["left", "right"] {
        let contents = kit.contents(&format!("screenshots/{side}/en"));
        assert_eq!(contents.len(), pictures.len());
        for ((name, bytes), (_, alone)) in contents.iter().zip(&pictures) {
            assert!(
                bytes == alone,
                "{side} of two workers gives other bytes for {}",
                name.display()
            );
        }
    }

    for secret in SECRETS {
        assert_eq!(kit.files_holding(secret), [""; 0], "{secret}");
    }
}

#[test]
fn a_changed_picture_is_laid_beside_the_accepted_one_until_it_is_accepted() {
    let kit = Kit::with_feature(SMALL);
    let accepted = "screenshots/test/en/see-the-heading-hello.png";
    let old = page("Hello", "#036");
    assert_eq!(kit.play(&small(old.url())).code, Some(0));
    let before = kit.bytes(accepted);

    let new = page("Hello", "#c30");
    let asked = kit.play(&small(new.url()));
    assert_eq!(asked.code, Some(0), "{asked:#?}");
    asked.must_tell(&[
        "differs from the accepted picture: screenshots/test/en/see-the-heading-hello.png",
        "--accept",
    ]);
    assert!(kit.bytes(accepted) == before, "only the person accepts");
    assert!(kit.has("screenshots/test/en/see-the-heading-hello.new.png"));
    assert!(kit.has("screenshots/test/en/see-the-heading-hello.difference.png"));

    let checked = kit.play(&[small(new.url()), vec!["--check"]].concat());
    assert_eq!(checked.code, Some(1), "{checked:#?}");
    assert!(kit.bytes(accepted) == before, "a check accepts nothing");

    let taken = kit.play(&[small(new.url()), vec!["--accept"]].concat());
    assert_eq!(taken.code, Some(0), "{taken:#?}");
    assert!(kit.bytes(accepted) != before, "the person said so");
    assert!(!kit.has("screenshots/test/en/see-the-heading-hello.new.png"));
    assert_eq!(kit.play(&[small(new.url()), vec!["--check"]].concat()).code, Some(0));
}

#[test]
fn a_check_without_accepted_pictures_fails_and_writes_nothing() {
    let kit = Kit::with_feature(SMALL);
    let site = page("Hello", "#036");
    let checked = kit.play(&[small(site.url()), vec!["--check"]].concat());
    assert_eq!(checked.code, Some(1), "{checked:#?}");
    checked.must_tell(&["not there yet"]);
    assert!(!kit.has("screenshots") && !kit.has("tutorials"));
}

#[test]
fn a_picture_on_which_a_secret_could_be_read_is_not_taken() {
    let feature = r#"@tutorial
Feature: Careless
  Scenario: Shows the password
    Given I open "/login"
    When I type "secret:password of amara" into the password field "Password"
      """
      Enter your password.
      """
    And I click the button "Show password"
    Then I see the button "Login"
      """
      Now everybody can read it.
      """
"#;
    let kit = Kit::with_feature(feature);
    let ended = kit.play(&["tutorial", "test.feature", "--wait", "1", "--scale", "1"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&["a secret would be readable in the picture", "in scene 2/2"]);
    assert!(!kit.has("screenshots"));
    for secret in SECRETS {
        assert_eq!(kit.files_holding(secret), [""; 0], "{secret} in the evidence");
    }
    assert!(
        kit.has("reports/evidence/test-3-shows-the-password/attempt-1/page.html"),
        "there is evidence to look into"
    );
}

#[test]
fn two_scenes_with_the_same_picture_are_refused() {
    let feature = SMALL.replace("When I click the link \"Go on\"", "Then I see the link \"Go on\"");
    let kit = Kit::with_feature(&feature);
    let site = page("Hello", "#036");
    let ended = kit.play(&small(site.url()));
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&["scene 2 gives the very picture of scene 1", "test.feature:9"]);
    assert!(!kit.has("screenshots"));
}

#[test]
fn a_page_that_never_comes_to_rest_is_not_taken() {
    let restless = "<!doctype html><html lang=en><title>Restless</title><h1>Hello</h1><p id=n>0</p><script>\
        setInterval(() => n.textContent++, 5)</script><a href=/>Go on</a></html>";
    let site = serve(Router::new().route("/", get(move || async move { Html(restless) })));
    let kit = Kit::with_feature(SMALL);
    let ended = kit.play(&[small(site.url()), vec!["--wait", "1"]].concat());
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&["the page does not come to rest"]);
}

#[test]
fn what_is_wrong_with_the_feature_is_told_before_a_browser_starts() {
    let cases = [
        ("Then I sea the heading \"Hello\"", "I see the heading"),
        ("Then I see the headline \"Hello\"", "did you mean \"heading\"?"),
    ];
    for (step, told) in cases {
        let kit = Kit::with_feature(&SMALL.replace("Then I see the heading \"Hello\"", step));
        let ended = kit.play(&["tutorial", "test.feature", "--browser", "/nowhere"]);
        assert_eq!(ended.code, Some(2), "{ended:#?}");
        ended.must_tell(&["test.feature:5", told]);
    }
    let kit = Kit::with_feature(&SMALL.replace("@tutorial", "@tutoral"));
    let ended = kit.play(&["tutorial", "test.feature"]);
    assert_eq!(ended.code, Some(2), "{ended:#?}");
    ended.must_tell(&["no scenario has the tag @tutorial; did you mean @tutoral?"]);
}
