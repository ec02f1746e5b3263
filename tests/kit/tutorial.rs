//! Playing tutorials: same input, same bytes; what is accepted is the person's to say; secrets stay secret.

use std::fs;

use axum::Router;
use axum::http::Uri;
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
    assert_eq!(pictures.len(), 33, "16 pictures with their text twins, and a manifest");
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
        "differs from the baseline: screenshots/test/en/see-the-heading-hello.png",
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
    let evidence = kit.files("reports/evidence");
    assert!(evidence.contains(&"page.html".to_owned()), "{evidence:?}");
}

#[test]
fn two_scenes_with_the_same_picture_are_refused() {
    let feature = SMALL.replace("When I click the link \"Go on\"", "Then I see the link \"Go on\"");
    let kit = Kit::with_feature(&feature);
    let site = page("Hello", "#036");
    let ended = kit.play(&small(site.url()));
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&["scene 2 and scene 1 have identical screenshots", "test.feature:9"]);
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
    ended.must_tell(&["no scenario has the tag @tutorial\n  did you mean @tutoral?"]);
}

/// A form that leads to another page, by a key, too; every page says where it is.
fn form() -> mock_portal::Portal {
    let page = |path: Uri| async move {
        Html(format!(
            "<!doctype html><html lang=en><title>Form</title><h1>This is {}</h1>\
             <form action=/next><label>Name <input name=q autofocus></label></form>\
             <select aria-label=Jump onchange=\"location = '/jumped'\"><option>Here<option>There</select></html>",
            path.path()
        ))
    };
    serve(Router::new().fallback(page))
}

fn scene(steps: &str) -> String {
    format!(
        "@tutorial\nFeature: Form\n  Scenario: A form\n    Given I open \"/\"\n    When I type \"abc\" into the text field \"Name\"\n               \"\"\"\n      Fill it in.\n      \"\"\"\n{steps}"
    )
}

#[test]
fn a_key_that_submits_is_shown_about_to_be_pressed_and_one_that_does_not_as_pressed() {
    let site = form();
    let typed = Kit::with_feature(&scene(""));
    let submitted = Kit::with_feature(&scene("    And I press the key \"Enter\"\n"));
    let added = Kit::with_feature(&scene("    And I press the key \"d\"\n"));
    let shown = [&typed, &submitted, &added].map(|kit| {
        let ended = kit.play(&small(site.url()));
        assert_eq!(ended.code, Some(0), "{ended:#?}");
        kit.read("screenshots/test/en/type-abc-into-the-text-field-name.aria.yml")
    });
    assert_eq!(shown[1], shown[0], "the form as it was submitted");
    assert_ne!(shown[2], shown[0], "the form with one letter more");
    assert!(
        shown[0].contains("\"This is /\"") && shown[0].contains("abc"),
        "{}",
        shown[0]
    );
}

#[test]
fn a_step_that_leaves_the_page_within_a_scene_fails() {
    let site = form();
    let cases = [
        (
            "    And I press the key \"Enter\"\n    And I see the heading \"This is /next\"\n",
            "test.feature:9",
            "/next",
        ),
        (
            "    And I choose \"There\" from the selection list \"Jump\"\n",
            "test.feature:9",
            "",
        ),
    ];
    for (steps, place, to) in cases {
        let kit = Kit::with_feature(&scene(steps));
        let ended = kit.play(&[small(site.url()), vec!["--wait", "2"]].concat());
        assert_eq!(ended.code, Some(1), "{ended:#?}");
        ended.must_tell(&[place, to]);
        assert!(!kit.has("screenshots"), "{steps}");
    }
}

#[test]
fn what_would_photograph_the_next_page_or_needs_the_mock_is_told_before_a_browser_starts() {
    let cases = [
        (
            "    And I open \"/next\"\n",
            "test.feature:9: this step opens another page within the scene of line 5",
        ),
        (
            "    And off camera, I open \"/next\"\n    And I see the heading \"Next\"\n",
            "test.feature:10:",
        ),
        (
            "    Given off camera, the Finance service is down\n",
            "test.feature:9: this step controls the mock portal",
        ),
    ];
    for (steps, told) in cases {
        let kit = Kit::with_feature(&scene(steps));
        let portal = ["--base-url", "http://portal.example", "--browser", "/nowhere"];
        let ended = kit.play(&[&["tutorial", "test.feature"][..], &portal].concat());
        assert_eq!(ended.code, Some(2), "{ended:#?}");
        ended.must_tell(&[told]);
    }
    let kit = Kit::with_feature("Feature: A\n  Scenario: B\n    Given the Finance service is down\n");
    let ended = kit.play(&[
        "run",
        "test.feature",
        "--base-url",
        "http://portal.example",
        "--browser",
        "/nowhere",
    ]);
    assert_eq!(ended.code, Some(2), "{ended:#?}");
    ended.must_tell(&["test.feature:3: this step controls the mock portal"]);
}

/// A second scenario for the small tutorial's file, of one scene.
const SECOND: &str = r#"  Scenario: Another tutorial
    Given I open "/next"
    Then I see the heading "Next"
      """
      This is the next page.
      """
"#;

#[test]
fn tutorials_of_one_file_have_folders_of_their_own_whatever_is_selected() {
    let kit = Kit::with_feature(&format!("{SMALL}{SECOND}"));
    let site = page("Hello", "#036");
    let accept = |path| {
        let mut arguments = small(site.url());
        arguments[1] = path;
        arguments.push("--accept");
        let ended = kit.play(&arguments);
        assert_eq!(ended.code, Some(0), "{ended:#?}");
    };
    accept("test.feature");
    let all = kit.contents("screenshots");
    let folders = ["test-a-small-tutorial/en", "test-another-tutorial/en"];
    assert_eq!(all.len(), 5 + 3, "a text twin with each picture");
    for folder in folders {
        assert!(kit.has(&format!("screenshots/{folder}/manifest.json")), "{folder}");
    }
    accept("test.feature:3");
    assert!(
        kit.contents("screenshots") == all,
        "the other tutorial's are not touched"
    );

    // The file loses a tutorial: its baselines have to move, not to be taken anew.
    kit.write("test.feature", SMALL);
    let ended = kit.play(&small(site.url()));
    assert_eq!(ended.code, Some(2), "{ended:#?}");
    ended.must_tell(&["git mv screenshots/test-a-small-tutorial screenshots/test"]);
    assert!(kit.contents("screenshots") == all);
}

#[test]
fn files_of_one_name_are_refused_or_at_least_do_not_overwrite_each_other() {
    let kit = Kit::with_feature("");
    kit.write("both/a/test.feature", SMALL);
    let other = "@tutorial\nFeature: Other\n".to_owned() + SECOND;
    kit.write("both/b/test.feature", &other);
    let site = page("Hello", "#036");
    let play = |path| {
        let mut arguments = small(site.url());
        arguments[1] = path;
        arguments.push("--accept");
        kit.play(&arguments)
    };
    let both = play("both");
    assert_eq!(both.code, Some(2), "{both:#?}");
    both.must_tell(&["both/a/test.feature:3", "both/b/test.feature:3", "another name"]);

    assert_eq!(play("both/a/test.feature").code, Some(0));
    let baselines = kit.contents("screenshots");
    let ended = play("both/b/test.feature");
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&["screenshots of another tutorial"]);
    assert!(kit.contents("screenshots") == baselines);
}

#[test]
fn another_viewport_changes_nothing_that_is_committed_unless_it_is_accepted() {
    let kit = Kit::with_feature(SMALL);
    let site = page("Hello", "#036");
    assert_eq!(kit.play(&small(site.url())).code, Some(0));
    let (baselines, pages) = (kit.contents("screenshots"), kit.contents("tutorials"));
    let wider = |more: &[&'static str]| {
        let mut arguments = small(site.url());
        arguments[5] = "500x300";
        kit.play(&[&arguments, more].concat())
    };
    let asked = wider(&[]);
    assert_eq!(asked.code, Some(0), "{asked:#?}");
    asked.must_tell(&[
        "accepted at 400×300, scale 1",
        "played at 500×300",
        "--window 400x300 --scale 1",
    ]);
    assert!(kit.contents("screenshots") == baselines && kit.contents("tutorials") == pages);
    assert_eq!(wider(&["--check"]).code, Some(1), "nothing could be compared");
    assert!(kit.contents("screenshots") == baselines);
    assert_eq!(wider(&["--accept"]).code, Some(0));
    assert_eq!(wider(&["--check"]).code, Some(0));
    assert!(kit.read("screenshots/test/en/manifest.json").contains("\"width\": 500"));
}

#[test]
fn a_tag_for_the_window_is_what_the_manifest_says() {
    let kit = Kit::with_feature(&SMALL.replace("@tutorial", "@tutorial @window:390x280"));
    let site = page("Hello", "#036");
    assert_eq!(kit.play(&small(site.url())).code, Some(0));
    assert!(kit.read("screenshots/test/en/manifest.json").contains("\"width\": 390"));
}

#[test]
fn accepting_repairs_what_it_complains_of_and_leaves_foreign_files_alone() {
    const MANIFEST: &str = "screenshots/test/en/manifest.json";
    const HELLO: &str = "screenshots/test/en/see-the-heading-hello.png";
    let kit = Kit::with_feature(SMALL);
    let site = page("Hello", "#036");
    let play = |more: &[&'static str]| kit.play(&[&small(site.url()), more].concat());
    assert_eq!(play(&[]).code, Some(0));
    let baselines = kit.contents("screenshots");
    let manifest = kit.read(MANIFEST);
    let harm: [(&str, &dyn Fn(), i32, &str); 3] = [
        ("no PNG", &|| kit.write(HELLO, "no picture"), 1, "unreadable"),
        (
            "conflict",
            &|| kit.write(MANIFEST, &format!("<<<<<<< HEAD\n{manifest}")),
            3,
            "merge-conflict",
        ),
        (
            "no manifest",
            &|| fs::remove_file(kit.folder.path().join(MANIFEST)).unwrap(),
            1,
            "stale",
        ),
    ];
    for (what, harm, checked, told) in harm {
        harm();
        let harmed = kit.contents("screenshots");
        let ended = play(&["--check"]);
        assert_eq!(ended.code, Some(checked), "{what}: {ended:#?}");
        ended.must_tell(&[told]);
        assert!(kit.contents("screenshots") == harmed, "{what}: a check writes nothing");
        let accepted = play(&["--accept"]);
        assert_eq!(accepted.code, Some(0), "{what}: {accepted:#?}");
        assert!(kit.contents("screenshots") == baselines, "{what}");
    }

    kit.write("screenshots/test/en/logo.png", "mine");
    let accepted = play(&["--accept"]);
    accepted.must_tell(&["left alone, because it is in no manifest: screenshots/test/en/logo.png"]);
    assert_eq!(kit.read("screenshots/test/en/logo.png"), "mine");
    assert_eq!(play(&["--check"]).code, Some(0), "a foreign file makes nothing stale");
}

#[test]
fn a_scene_that_goes_leaves_its_screenshot_to_be_removed_by_accepting() {
    const NEXT: &str = "screenshots/test/en/click-the-link-go-on.png";
    let kit = Kit::with_feature(SMALL);
    let site = page("Hello", "#036");
    assert_eq!(kit.play(&small(site.url())).code, Some(0));
    let (shorter, _) = SMALL.split_once("    When I click").unwrap();
    kit.write("test.feature", shorter);
    for _ in 0..2 {
        let asked = kit.play(&small(site.url()));
        asked.must_tell(&["no scene has this screenshot any more: screenshots/test/en/click-the-link-go-on.png"]);
        assert!(kit.has(NEXT), "only the person removes");
    }
    let accepted = kit.play(&[small(site.url()), vec!["--accept"]].concat());
    accepted.must_tell(&["removed: screenshots/test/en/click-the-link-go-on.png"]);
    assert!(!kit.has("screenshots/test/en/click-the-link-go-on.aria.yml"));
    assert!(!kit.has(NEXT) && !kit.read("screenshots/test/en/manifest.json").contains("obsolete"));
}

#[test]
fn a_manifest_without_version_is_left_as_it_is_until_something_changes() {
    const MANIFEST: &str = "screenshots/test/en/manifest.json";
    let kit = Kit::with_feature(SMALL);
    let site = page("Hello", "#036");
    assert_eq!(kit.play(&small(site.url())).code, Some(0));
    let first = kit.read(MANIFEST).replace("  \"version\": 2,\n", "");
    kit.write(MANIFEST, &first);
    for mode in ["--check", "--accept"] {
        let ended = kit.play(&[small(site.url()), vec![mode]].concat());
        assert_eq!(ended.code, Some(0), "{ended:#?}");
        assert_eq!(kit.read(MANIFEST), first);
    }
    kit.write("test.feature", &SMALL.replace("This is the page.", "This is a page."));
    assert_eq!(kit.play(&small(site.url())).code, Some(0));
    assert!(kit.read(MANIFEST).contains("\"version\": 2"));
}

#[test]
fn a_check_writes_beside_no_baseline_and_says_so_even_if_it_can_write_nowhere() {
    let kit = Kit::with_feature(SMALL);
    assert_eq!(kit.play(&small(page("Hello", "#036").url())).code, Some(0));
    let baselines = kit.contents("screenshots");
    let site = page("Hello", "#c30");
    let check = || kit.play(&[small(site.url()), vec!["--check"]].concat());
    let checked = check();
    assert_eq!(checked.code, Some(1), "{checked:#?}");
    let candidate = "reports/candidates/test/en/see-the-heading-hello.new.png";
    checked.must_tell(&[candidate]);
    assert!(kit.has(candidate));
    assert!(kit.contents("screenshots") == baselines);

    fs::remove_dir_all(kit.folder.path().join("reports")).unwrap();
    kit.write("reports", "a file in the way");
    assert_eq!(check().code, Some(1));
}

#[test]
fn what_an_interrupted_run_accepted_is_completed_though_this_one_fails() {
    let kit = Kit::with_feature(SMALL);
    let site = page("Hello", "#036");
    let accept = [small(site.url()), vec!["--accept"]].concat();
    assert_eq!(kit.play(&accept).code, Some(0));
    let (folder, name) = ("screenshots/test/en", "click-the-link-go-on.png");
    kit.write(&format!("{folder}/.docent-accept/{name}"), "the next screenshot");
    let list = format!("{{\"moved\": [\"{name}\"], \"removed\": []}}");
    kit.write(&format!("{folder}/.docent-accept/list"), &list);

    let broken = page("Farewell", "#036");
    let failed = kit.play(&[small(broken.url()), vec!["--wait", "1", "--check"]].concat());
    assert_eq!(failed.code, Some(1), "{failed:#?}");
    failed.must_tell(&["completed in screenshots/test/en"]);
    assert_eq!(kit.read(&format!("{folder}/{name}")), "the next screenshot");
    assert!(!kit.has(&format!("{folder}/.docent-accept")));
}

#[test]
fn a_tutorial_that_fails_leaves_drafts_of_its_scenes_until_then() {
    let kit = Kit::with_feature(&format!(
        "{SMALL}    Then I see the heading \"Never\"\n      \"\"\"\n      End.\n      \"\"\"\n"
    ));
    let site = page("Hello", "#036");
    let failed = kit.play(&[small(site.url()), vec!["--wait", "1", "--accept"]].concat());
    assert_eq!(failed.code, Some(1), "{failed:#?}");
    let drafts = [
        "draft-01-see-the-heading-hello.png",
        "draft-02-click-the-link-go-on.png",
    ];
    failed.must_tell(&drafts);
    assert_eq!(kit.files("reports/candidates/test/en"), drafts);
    assert!(!kit.has("screenshots") && !kit.has("tutorials"));

    kit.write("test.feature", SMALL);
    assert_eq!(kit.play(&small(site.url())).code, Some(0));
    assert_eq!(
        kit.files("reports/candidates"),
        [""; 0],
        "drafts of an earlier run are gone"
    );
}

/// A page of small text with a button beside a frame.
fn small_text(style: &str, sentence: &str) -> mock_portal::Portal {
    let page = format!(
        "<!doctype html><html lang=en><title>Small</title><style>body {{ margin: 0; padding: 16px; font: 14px 'Noto Sans', sans-serif }}\
         div {{ border: 1px solid #bbb; padding: 4px 6px; margin-bottom: 8px; width: max-content }} {style}</style><h1>Hello</h1>\
         <div>{sentence}</div><div>The quick brown fox jumps over the lazy dog.</div><div><button>Submit</button></div><p>Terms of \
         use, privacy and cookies of this portal, of which there are <a href=/next>some</a> more below.</html>"
    );
    serve(Router::new().fallback(move || async { Html(page) }))
}

#[test]
fn a_letter_of_small_text_is_a_difference_and_three_pixels_are_none() {
    const SENTENCE: &str = "To the front page at 14:27, with all its news";
    let feature = SMALL.split_once("    When I click").unwrap().0;
    for scale in ["1", "2"] {
        let kit = Kit::with_feature(feature);
        let play = |style: &str, sentence: &str, more: &[&'static str]| {
            let site = small_text(style, sentence);
            let mut arguments = small(site.url());
            arguments[3] = scale;
            kit.play(&[&arguments, more].concat())
        };
        assert_eq!(play("", SENTENCE, &[]).code, Some(0));
        for (from, to) in [("front", "frent"), ("14:27", "14:28"), ("all", "ail"), ("the", "thc")] {
            let changed = play("", &SENTENCE.replace(from, to), &["--check"]);
            assert_eq!(changed.code, Some(1), "{to} at scale {scale}: {changed:#?}");
        }
        for style in [
            "body { padding-top: 17px }",
            "body { padding: 19px }",
            "button { position: relative; left: 1px }",
            "body { padding-left: 16.3px }",
        ] {
            let moved = play(style, SENTENCE, &["--check"]);
            assert_eq!(moved.code, Some(0), "{style} at scale {scale}: {moved:#?}");
        }
    }
}

/// Words of which the picture shows some, in all the ways in which a page can have them.
const WORDS: &str = "<!doctype html><html lang=en><title>Words</title><style>.far { position: absolute; top: 900px } .icon { font-family: Icons }\
    .cut { height: 20px; overflow: hidden } .none { display: none } .note::after { content: ' (new)' }</style>\
    <h1>Hello</h1><p class=note>It is <b>pain</b>ed</p><div>one</div><div>two</div><span aria-hidden=true class=icon>menu</span>\
    <span aria-hidden=true>seen</span><p class=far>far below</p><p class=none>hidden</p><div class=cut>top<br><br><br><i>cut</i></div>\
    <label>Name <input value=Ada></label><label>Pin <input type=password value=1234></label><input aria-label=Find placeholder='a name'>\
    <label><input type=checkbox checked> I agree</label><button disabled>Save</button><button aria-pressed=true>Bold</button>\
    <select aria-label=Size><option>S<option selected>M</select><button aria-expanded=true aria-label=Close>x</button><x-card></x-card>\
    <script>const card = document.querySelector('x-card').attachShadow({ mode: 'closed' });\
    card.innerHTML = '<a href=/next>Go on</a><ul><li>in a shadow</ul>';</script></html>";

#[test]
fn a_text_twin_says_what_the_picture_shows_and_a_letter_of_it_is_a_difference() {
    const TWIN: &str = "screenshots/test/en/see-the-heading-hello.aria.yml";
    let site = |page: String| serve(Router::new().fallback(move || async { Html(page) }));
    let kit = Kit::with_feature(SMALL.split_once("    When I click").unwrap().0);
    let play = |page: String, more: &[&'static str]| {
        let site = site(page);
        let mut arguments = small(site.url());
        arguments[5] = "400x500";
        kit.play(&[&arguments, more].concat())
    };
    let first = play(WORDS.to_owned(), &[]);
    assert_eq!(first.code, Some(0), "{first:#?}");
    let expected = "- heading \"Hello\" [level=1]\n- paragraph: It is pained (new)\n- text: one\n- text: two\n- text: seen\n- text: top\n\
        - textbox \"Name\": Ada\n- textbox \"Pin\": ••••••••\n- textbox \"Find\":\n  - /placeholder: a name\n- checkbox \"I agree\" [checked]\n\
        - button \"Save\" [disabled]\n- button \"Bold\" [pressed]\n- combobox \"Size\": M\n- button \"Close\" [expanded]: x\n\
        - link \"Go on\"\n- list:\n  - listitem: in a shadow\n";
    assert_eq!(kit.read(TWIN), expected);

    // The name of what looks the same is another one.
    let changed = play(WORDS.replace("=Close", "=Cancel"), &["--check"]);
    assert_eq!(changed.code, Some(1), "{changed:#?}");
    changed.must_tell(&["see-the-heading-hello.new.aria.yml"]);
}

#[test]
fn every_scene_has_a_verdict_and_a_narration_that_no_longer_fits_is_named() {
    let site = |colour: &str, heading: &str, link: &str| {
        let page = format!(
            "<!doctype html><html lang=en><title>Small</title><h1 style='color:{colour}'>{heading}</h1><p>Some words of this page.</p>\
             <p>And a few more, so that it is the same page.</p><a href=/next>{link}</a></html>"
        );
        serve(Router::new().fallback(move || async { Html(page) }))
    };
    let kit = Kit::with_feature(&SMALL.replace("This is the page.", "Here \"Go on\" leads on. Click it."));
    assert_eq!(kit.play(&small(site("#036", "Hello", "Go on").url())).code, Some(0));
    let before = kit.contents("screenshots");
    let check = |site: &mock_portal::Portal| kit.play(&[small(site.url()), vec!["--check"]].concat());

    let restyled = check(&site("#c30", "Hello", "Go on"));
    restyled.must_tell(&[
        "see-the-heading-hello.png: restyled",
        "click-the-link-go-on.png: restyled",
    ]);

    // The step names the new label: the picture has another name.
    kit.write(
        "test.feature",
        &kit.read("test.feature")
            .replace("the link \"Go on\"", "the link \"Go ahead\""),
    );
    let relabelled = check(&site("#036", "Hello", "Go ahead"));
    assert_eq!(relabelled.code, Some(1), "{relabelled:#?}");
    relabelled.must_tell(&[
        "see-the-heading-hello.png: text changed: “Go on” is now “Go ahead”",
        "test.feature:7: “Go on” is no longer on the screen: Here \"Go on\" leads on.\n  write: Here \"Go ahead\" leads on.",
        "click-the-link-go-ahead.png: relabelled: the link “Go on” is now “Go ahead”",
        "test.feature:11: “Go on” is no longer on the screen",
    ]);
    assert!(kit.contents("screenshots") == before, "a check changes nothing");
    let record = kit.read("reports/tutorials/run.json");
    assert!(
        record.contains("\"verdict\":\"relabelled\"") && record.contains("\"from\":\"Go on\""),
        "{record}"
    );
    assert!(
        kit.read("reports/tutorials/index.html")
            .contains("relabelled: the link “Go on” is now “Go ahead”")
    );
}

#[test]
fn a_check_without_a_browser_lists_what_does_not_fit_together() {
    let kit = Kit::with_feature(SMALL);
    let check = || kit.play(&["check", "test.feature"]);
    let bare = check();
    assert_eq!(bare.code, Some(1), "{bare:#?}");
    bare.must_tell(&[
        "test.feature:5: this scene has no baseline: screenshots/test/en/see-the-heading-hello.png",
        "2 gaps",
    ]);
    assert_eq!(kit.play(&small(page("Hello", "#036").url())).code, Some(0));
    let complete = check();
    assert_eq!(complete.code, Some(0), "{complete:#?}");
    complete.must_tell(&["complete: 2 scenes of 1 tutorial"]);

    kit.write("test.feature", &SMALL.replace("Click \"Go on\"", "Click \"Go in\""));
    kit.write("docs/a.md", "![The page](../screenshots/test/en/no-such.png)\n");
    let found = check();
    assert_eq!(found.code, Some(1), "{found:#?}");
    found.must_tell(&[
        "test.feature:11: the picture does not say “Go in”: Click \"Go in\".\n  did you mean “Go on”?",
        "docs/a.md:1: there is no picture ../screenshots/test/en/no-such.png",
    ]);
}
