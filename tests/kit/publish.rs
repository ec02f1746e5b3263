//! `docent publish`: training material from the screenshots that are accepted in this repository, without a browser.

use std::fs;
use std::path::Path;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use serde_json::Value;

use super::axe;
use super::locating::the;
use super::support::{Ended, Kit, PATIENCE, serve, with_window};

/// What a learner does, in our own steps.
const LEARNER: &str = r#"Feature: The demo of a tutorial
  Scenario: A learner looks for the places to click
    Given I open "/demo.html"
    When I click the button "Start"
    Then I see the heading "Step 1 of 4"
    And I do not see the text "Not there"
    When I click the image "Open the IP Portal. The link “IP Portal login” is marked."
    Then I see the text "That is not the place. Try again."
    When I click the image "Open the IP Portal. The link “IP Portal login” is marked."
    Then I see the text "Not there: the place is marked on the picture."
    When I click the button "IP Portal login"
    Then I see the heading "Step 2 of 4"
    And I see the text "Username"
    When I click the button "Next"
    And I click the button "Show me where"
    Then I see the text "It is marked on the picture."
    When I click the button "Login"
    Then I see the heading "Step 4 of 4"
    When I click the button "Back"
    Then I see the heading "Step 3 of 4"

  Scenario: A learner uses the keyboard, and goes to a step by its address
    Given I open "/demo.html#step-2"
    Then I see the heading "Step 2 of 4"
    When I press the key "ArrowRight"
    And I press the key "ArrowRight"
    Then I see the heading "Step 4 of 4"
    When I press the key "Tab"
    And I press the key "Enter"
    Then I see the heading "Done"
    And I see the text "You have done all 4 steps"
    When I click the button "Restart"
    Then I see the button "Start"
"#;

/// Four scenes of this repository's tutorial.
fn kit() -> Kit {
    const FOUR: usize = 4;
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots/pairing/en");
    let mut manifest: Value = serde_json::from_slice(&fs::read(from.join("manifest.json")).unwrap()).unwrap();
    let scenes = manifest["scenes"].as_array_mut().unwrap();
    scenes.truncate(FOUR);
    let kit = Kit::with_feature(LEARNER);
    let to = kit.folder.path().join("screenshots/pairing/en");
    fs::create_dir_all(&to).unwrap();
    for scene in scenes {
        let name = scene["picture"].as_str().unwrap();
        fs::copy(from.join(name), to.join(name)).unwrap();
    }
    kit.write("screenshots/pairing/en/manifest.json", &manifest.to_string());
    kit
}

fn publish(kit: &Kit, more: &[&str]) -> Ended {
    kit.play(&[&["publish"], more].concat())
}

fn demo() -> String {
    let kit = kit();
    let ended = publish(&kit, &["pairing", "--format", "demo"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    kit.read("tutorials/pairing/en/demo.html")
}

fn site(page: String) -> mock_portal::Portal {
    serve(Router::new().route("/demo.html", get(async move || Html(page))))
}

#[test]
fn a_learner_clicks_through_the_demo() {
    let kit = Kit::with_feature(LEARNER);
    let site = site(demo());
    let ended = kit.play(&["run", "test.feature", "--base-url", site.url()]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
}

#[test]
fn the_demo_asks_nobody_for_anything_fits_on_a_phone_and_bars_no_screen_reader() {
    let site = site(demo());
    for width in [360, 1280] {
        with_window((width, 740), PATIENCE, async |page| {
            for step in ["", "#step-1", "#step-2", "#step-5"] {
                page.open(&format!("{}/demo.html{step}", site.url())).await.unwrap();
                page.see(&the("button \"Restart\"")).await.unwrap();
                assert_eq!(axe::grave(page).await, [""; 0], "{step} at {width} px");
                let overflows = "return document.documentElement.scrollWidth > innerWidth;";
                let overflows = page.evaluate(overflows, &Value::Null).await.unwrap();
                assert_eq!(overflows, false, "{step} at {width} px");
            }
            let asked = page.network().await.unwrap();
            let elsewhere = asked
                .lines()
                .filter(|line| !line.contains("/demo.html") && !line.contains("data:"));
            assert_eq!(elsewhere.collect::<Vec<_>>(), [""; 0]);
        });
    }
}

#[test]
fn everything_is_published_and_left_alone_where_nothing_changes() {
    let kit = kit();
    let ended = publish(&kit, &["--format", "all"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    for file in [
        "index.html",
        "index.md",
        "demo.html",
        "slides.pptx",
        "handout.docx",
        "tutorial.gif",
    ] {
        ended.must_tell(&[&format!("published: tutorials/pairing/en/{file}")]);
    }
    let modified = kit.modified("tutorials");
    publish(&kit, &["--format", "pptx,docx,demo"]);
    assert_eq!(kit.modified("tutorials"), modified);
}

#[test]
fn what_can_not_be_published_is_named_and_leaves_nothing() {
    let kit = kit();
    let unknown = publish(&kit, &["paring"]);
    assert_eq!(unknown.code, Some(2), "{unknown:#?}");
    unknown.must_tell(&["no tutorial \"paring\"", "there are: pairing"]);
    let nothing = publish(&kit, &["--screenshots", "elsewhere"]);
    assert_eq!(nothing.code, Some(2), "{nothing:#?}");
    nothing.must_tell(&["no tutorial has accepted screenshots in elsewhere", "docent tutorial"]);
    let damaged = kit
        .folder
        .path()
        .join("screenshots/pairing/en/click-the-button-login.png");
    fs::write(&damaged, &fs::read(&damaged).unwrap()[..20_000]).unwrap();
    for format in ["html", "demo", "pptx", "docx", "gif"] {
        let ended = publish(&kit, &["--format", format]);
        assert_eq!(ended.code, Some(3), "{format}: {ended:#?}");
        ended.must_tell(&["click-the-button-login.png"]);
    }
    fs::remove_file(&damaged).unwrap();
    let missing = publish(&kit, &["--format", "all"]);
    assert_eq!(missing.code, Some(3), "{missing:#?}");
    missing.must_tell(&["click-the-button-login.png is missing"]);
    assert!(!kit.has("tutorials"));
}
