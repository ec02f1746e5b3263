//! Pictures of a failure: the page before and after the step that failed, and no secret on any of them, wherever it stands.

use axum::Router;
use axum::http::StatusCode;
use axum::response::Html;
use axum::routing::get;
use docent::picture::Picture;
use docent::suite::record::event::{AttemptOutcome, EvidenceKind};
use docent::suite::record::{Record, ScenarioRecord};

use super::support::{Kit, serve};

const GREEN: [u8; 3] = [0, 128, 0];
const RED: [u8; 3] = [255, 0, 0];
/// Behind a secret, and nowhere else.
const MAGENTA: [u8; 3] = [255, 0, 255];
/// Shows that there is a picture of the page.
const CYAN: [u8; 3] = [0, 255, 255];

fn record(kit: &Kit) -> Record {
    serde_json::from_str(&kit.read("reports/run.json")).unwrap()
}

/// The pictures of a scenario's first attempt, each with the step that it was taken after.
fn pictures(kit: &Kit, scenario: &ScenarioRecord) -> Vec<(Option<usize>, Picture)> {
    let AttemptOutcome::Failed(failure) = &scenario.attempts[0].outcome else {
        panic!("it fails: {scenario:#?}");
    };
    let pictures = failure.evidence.iter().filter(|one| one.kind == EvidenceKind::Picture);
    let decoded = pictures.map(|one| {
        let bytes = kit.bytes(&format!("reports/{}", one.path.display()));
        (one.step, Picture::decode(&bytes).unwrap())
    });
    decoded.collect()
}

fn shows(picture: &Picture, colour: [u8; 3]) -> bool {
    let mut rows = 0..picture.height();
    rows.any(|y| (0..picture.width()).any(|x| picture.pixel(x, y) == colour))
}

/// Green pages, and a red one that is a server error.
fn site() -> mock_portal::Portal {
    let page = |colour: &str, body: &str| {
        Html(format!(
            "<!doctype html><html lang=en><title>Page</title><body style='background:{colour}'>{body}</body></html>"
        ))
    };
    let changes = "<p>Here</p><script>setTimeout(() => { document.body.style.background = 'red' }, 4000)</script>";
    let broken = (StatusCode::INTERNAL_SERVER_ERROR, page("red", "<h1>Broken</h1>"));
    serve(
        Router::new()
            .route("/", get(async move || page("green", "<a href=/broken>Go</a>")))
            .route("/changes", get(async move || page("green", changes)))
            .route("/broken", get(async move || broken)),
    )
}

/// Fails at the second step: by what a click leads to, and by what never comes.
const FAILS: &str = "Feature: A
  Scenario: Acts
    Given I open \"/\"
    When I click the link \"Go\"
  Scenario: Waits
    Given I open \"/changes\"
    Then I see the link \"There\"
";

#[test]
fn the_step_that_fails_is_seen_before_and_after() {
    // What is found at once is acted on at once: only a trace shows the page before that.
    fails_and_shows_before(&["Waits"], &[]);
    fails_and_shows_before(&["Acts", "Waits"], &["--trace", "on"]);
    fails_and_shows_before(&[], &["--trace", "off"]);
}

fn fails_and_shows_before(expected: &[&str], more: &[&str]) {
    let kit = Kit::with_feature(FAILS);
    let site = site();
    let arguments = [
        "run",
        "test.feature",
        "--wait",
        "8",
        "--scale",
        "1",
        "--base-url",
        site.url(),
    ];
    let ended = kit.play(&[&arguments[..], more].concat());
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    let record = record(&kit);
    for scenario in &record.scenarios {
        let pictures = pictures(&kit, scenario);
        let seen = |step: Option<usize>, colour| {
            let mut found = pictures.iter().filter(|(after, _)| *after == step);
            found.any(|(_, picture)| shows(picture, colour))
        };
        let before = expected.contains(&scenario.name.as_str());
        assert_eq!(seen(Some(0), GREEN), before, "{}: before, {more:?}", scenario.name);
        assert!(!seen(Some(0), RED), "{}: before, {more:?}", scenario.name);
        assert!(
            seen(None, RED) && !seen(None, GREEN),
            "{}: after, {more:?}",
            scenario.name
        );
    }
    let page = kit.read("reports/index.html");
    assert_eq!(page.contains("Before step 2"), !expected.is_empty());
    assert!(expected.is_empty() || page.contains("After step 2"));
}

/// Where a secret, the access code of an Office of the mock's, can come to stand; each is scrolled to.
const PLACES: [(&str, &str); 9] = [
    ("text", "<span class=s>A7<b>K2M9</b>QX</span>"),
    ("field", "<input class=s value=A7K2M9QX>"),
    ("placeholder", "<input class=s placeholder=A7K2M9QX>"),
    ("list", "<select class=s><option>None<option selected>A7K2M9QX</select>"),
    (
        "style",
        "<style>#p::after { content: 'A7K2M9QX'; background: #f0f }</style><p id=p>",
    ),
    (
        "attached",
        "<p id=host></p><script>host.attachShadow({ mode: 'closed' }).innerHTML =
      '<span style=background:#f0f>A7K2M9QX</span>'</script>",
    ),
    (
        "declared",
        "<div><template shadowrootmode=closed><span style=background:#f0f>A7K2M9QX</span></template></div>",
    ),
    (
        "frame",
        "<iframe srcdoc='<body style=background:#f0f>A7K2M9QX'></iframe>",
    ),
    ("elsewhere", "<iframe src=ELSEWHERE></iframe>"),
];

#[test]
fn no_picture_shows_a_secret_wherever_it_stands() {
    // Another site by name, so that the browser gives it a process of its own.
    let code = "<!doctype html><title>Code</title><body style=background:#f0f>A7K2M9QX";
    let elsewhere = serve(Router::new().route("/", get(async move || Html(code))));
    let elsewhere = elsewhere.url().replace("127.0.0.1", "localhost");
    let mut site = Router::new();
    for (place, body) in PLACES {
        let page = Html(format!(
            "<!doctype html><html lang=en><title>Place</title><style>.s {{ background: #f0f }}</style>
             <body><div style='height:2000px'></div>{}<div style='width:50px;height:50px;background:#0ff'></div>
             <div style='height:300px'></div><script>onload = () => scrollTo(0, 1900)</script></body></html>",
            body.replace("ELSEWHERE", &elsewhere)
        ));
        site = site.route(&format!("/{place}"), get(async move || page));
    }
    let scenarios = PLACES.map(|(place, _)| {
        format!("  Scenario: {place}\n    Given I open \"/{place}\"\n    Then I see the text \"Nothing\"\n")
    });
    let kit = Kit::with_feature(&format!("Feature: A\n{}", scenarios.concat()));
    let site = serve(site);
    let ended = kit.play(&["run", "test.feature", "--wait", "2", "--base-url", site.url()]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    let record = record(&kit);
    let mut wrong = Vec::new();
    for scenario in &record.scenarios {
        let pictures = pictures(&kit, scenario);
        let fit = |(_, picture): &(_, Picture)| shows(picture, CYAN) && !shows(picture, MAGENTA);
        if pictures.len() != 2 || !pictures.iter().all(fit) {
            wrong.push((&scenario.name, pictures.len()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
