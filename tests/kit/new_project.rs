//! `docent new`: a project that passes on a site's first page, without a line written by hand.

use axum::Router;
use axum::response::Html;
use axum::routing::get;

use super::support::{Kit, serve};

fn site(body: &'static str) -> mock_portal::Portal {
    let page = Html(format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Shop</title><body>{body}"
    ));
    serve(Router::new().route("/", get(async move || page)))
}

/// Makes a project on a site, and plays what is in it.
#[track_caller]
fn must_pass(body: &'static str, known_by: &str) {
    let kit = Kit::with_feature("");
    let site = site(body);
    let made = kit.play(&["new", "shop", "--base-url", site.url()]);
    assert_eq!(made.code, Some(0), "{made:#?}");
    made.must_tell(&["cd shop", "docent run", "docent tutorial"]);
    let feature = kit.read("shop/features/acceptance/first-page.feature");
    assert!(feature.contains(known_by), "{feature}");
    for command in ["run", "tutorial"] {
        let mut played = kit.command(&[command]);
        played.current_dir(kit.folder.path().join("shop"));
        let ended = super::support::Ended::from(played.output().unwrap());
        assert_eq!(ended.code, Some(0), "{command}: {ended:#?}");
    }
    assert!(kit.has("shop/tutorials/first-steps/en/index.html"));
    assert_eq!(
        kit.files("shop/screenshots").len(),
        3,
        "a screenshot, its text twin and the manifest"
    );
}

#[test]
fn a_project_passes_on_the_first_page_of_its_site() {
    must_pass(
        "<h1 hidden>Not this</h1><h2>Today's \"offers\"</h2><a href=/>Basket</a>",
        r#"Then I see the heading "Today's \"offers\"""#,
    );
}

#[test]
fn a_page_of_which_nothing_has_a_name_is_known_by_its_address() {
    must_pass("<canvas></canvas>", "Then I am at \"/\"");
}

#[test]
fn what_stands_in_the_way_of_a_project_is_named_and_nothing_is_written() {
    let kit = Kit::with_feature("");
    let occupied = kit.play(&["new", ".", "--base-url", "http://127.0.0.1:9"]);
    assert_eq!(occupied.code, Some(2), "{occupied:#?}");
    occupied.must_tell(&["is not empty", "test.feature"]);
    let nameless = kit.play(&["new", "shop"]);
    assert_eq!(nameless.code, Some(2), "{nameless:#?}");
    nameless.must_tell(&["the address of the site is missing", "--base-url"]);
    let nobody = kit.play(&["new", "shop", "--base-url", "http://127.0.0.1:9"]);
    assert_eq!(nobody.code, Some(3), "{nobody:#?}");
    nobody.must_tell(&["http://127.0.0.1:9"]);
    assert!(!kit.has("shop"));
}

#[test]
fn a_folder_without_features_says_how_a_project_begins() {
    let kit = Kit::with_feature("");
    std::fs::create_dir(kit.folder.path().join("empty")).unwrap();
    let mut run = kit.command(&["run"]);
    run.current_dir(kit.folder.path().join("empty"));
    let ended = super::support::Ended::from(run.output().unwrap());
    assert_eq!(ended.code, Some(2), "{ended:#?}");
    ended.must_tell(&["there is no features here", "docent new"]);
}
