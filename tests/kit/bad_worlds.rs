//! Portals, browsers and drivers that lie or die: each fails its scenario with words that say which, and nothing is left.

use std::time::Duration;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use base64::Engine;
use docent::suite::record::event::{AttemptFailure, AttemptOutcome, EvidenceKind};
use docent::suite::record::{Record, ScenarioRecord, Verdict};

use super::support::{Ended, Kit, serve};

/// Path, what stands in the page's body, the step that fails on it, and what is told of it.
type Trap = (&'static str, &'static str, &'static str, &'static [&'static str]);

const CLICK: &str = "I click the button \"Go\"";

const TRAPS: &[Trap] = &[
    (
        "/reloads",
        "<script>location.reload()</script><button>Go</button>",
        CLICK,
        &["did not arrive"],
    ),
    (
        "/moves",
        "<button id=b style=position:absolute>Go</button><script>let x = 0;
         setInterval(() => { b.style.left = (x = (x + 7) % 300) + 'px' }, 5)</script>",
        CLICK,
        &["the button \"Go\"", "does not come to rest"],
    ),
    (
        "/covered",
        "<button>Go</button><div style='position:fixed;inset:0'>Curtain</div>",
        CLICK,
        &["is hidden behind", "Curtain"],
    ),
    (
        "/disabled",
        "<button disabled>Go</button>",
        CLICK,
        &["the button \"Go\" is disabled"],
    ),
    ("/twins", "<button>Go</button><button>Go</button>", CLICK, &["2"]),
    (
        "/absent",
        "<button>Gone</button>",
        CLICK,
        &["the button \"Go\" is not on the page", "the button \"Gone\""],
    ),
    (
        "/hidden",
        "<button style=visibility:hidden>Go</button>",
        CLICK,
        &["the button \"Go\""],
    ),
    (
        "/asks",
        "<button onclick=\"alert('Are you there?')\">Go</button>",
        "I click the button \"Go\"\n    Then I see the button \"Go\"",
        &["a dialog of the page is open", "Are you there?"],
    ),
    (
        "/asks-at-once",
        "<script>setTimeout(() => confirm('Really?'))</script><button>Go</button>",
        CLICK,
        &["a dialog of the page is open", "Really?"],
    ),
    (
        "/busy",
        "<button onclick='for (;;) {}'>Go</button>",
        CLICK,
        &["the browser hangs"],
    ),
    (
        "/breaks",
        "<form action=/status/500><button>Go</button></form>",
        CLICK,
        &["/status/500", "answered with the error status 500"],
    ),
    (
        "/leads-nowhere",
        "<form action=/status/404><button>Go</button></form>",
        "I click the button \"Go\"\n    Then I see the heading \"Welcome\"",
        &["the heading \"Welcome\" is not on the page"],
    ),
    (
        "/circles",
        "<form action=/circle><button>Go</button></form>",
        CLICK,
        &["ERR_TOO_MANY_REDIRECTS"],
    ),
    (
        "/waits",
        "<form action=/never><button>Go</button></form>",
        CLICK,
        &["did not arrive within 6.4 s", "--step-timeout"],
    ),
];

/// Paths and addresses that can't even be opened, and what is told of it.
const CLOSED: &[(&str, &str, &[&str])] = &[
    ("never", "/never", &["did not"]),
    ("circle", "/circle", &["ERR_TOO_MANY_REDIRECTS"]),
    ("nobody", "http://127.0.0.1:1/", &["ERR_UNSAFE_PORT"]),
    ("crash", "chrome://crash", &["the browser died"]),
    ("nonsense", "not an address", &["\"not an address\" is not an address"]),
    ("status", "/status/500", &["500"]),
];

fn site() -> mock_portal::Portal {
    let page = |body: &str| {
        Html(format!(
            "<!doctype html><html lang=en><title>Trap</title><body>{body}</body></html>"
        ))
    };
    let status = |code: StatusCode| (code, Html("<!doctype html><title>Status</title><h1>Status</h1>"));
    let site = Router::new()
        .route("/never", get(std::future::pending::<()>))
        .route("/circle", get(async || Redirect::to("/circle")))
        .route(
            "/status/500",
            get(async move || status(StatusCode::INTERNAL_SERVER_ERROR)),
        )
        .route("/status/404", get(async move || status(StatusCode::NOT_FOUND)));
    let site = TRAPS.iter().fold(site, |site, (path, body, ..)| {
        site.route(path, get(async move || page(body)))
    });
    serve(site)
}

fn failure(scenario: &ScenarioRecord) -> &AttemptFailure {
    match &scenario.attempts.last().expect("it was played").outcome {
        AttemptOutcome::Failed(failure) => failure,
        other => panic!("{} is {other:?}", scenario.name),
    }
}

fn record(kit: &Kit) -> Record {
    serde_json::from_str(&kit.read("reports/run.json")).unwrap()
}

#[track_caller]
fn must_fail_so(kit: &Kit, ended: &Ended, output: impl IntoIterator<Item = (&'static str, &'static [&'static str])>) {
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    let record = record(kit);
    let mut wrong = Vec::new();
    for (name, texts) in output {
        let scenario = record.scenarios.iter().find(|one| one.name == name).expect(name);
        let message = match &scenario.attempts.last().expect("it was played").outcome {
            AttemptOutcome::Failed(failure) => failure.message.to_string(),
            other => format!("{other:?}"),
        };
        if scenario.verdict != Verdict::Failed || !texts.iter().all(|text| message.contains(text)) {
            wrong.push(format!("{name}: {texts:?} is not told in {message:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    kit.must_leave_nothing();
}

fn play_on_the_site(kit: &Kit) -> Ended {
    let site = site();
    let patience = ["--wait", "1.5", "--step-timeout", "8", "--scale", "1"];
    kit.play(&[&["run", "test.feature"], &patience[..], &["--base-url", site.url()]].concat())
}

#[test]
fn pages_that_trap() {
    let scenario =
        |(path, _, step, _): &Trap| format!("  Scenario: {path}\n    Given I open \"{path}\"\n    When {step}\n");
    let scenarios: String = TRAPS.iter().map(scenario).collect();
    let kit = Kit::with_feature(&format!("Feature: Traps\n{scenarios}"));
    let ended = play_on_the_site(&kit);
    must_fail_so(
        &kit,
        &ended,
        TRAPS.iter().map(|(path, _, _, message)| (*path, *message)),
    );
}

/// What a step names is waited for much shorter than a page.
#[test]
fn a_page_that_takes_longer_than_a_step_waits_arrives() {
    let late = async || {
        tokio::time::sleep(Duration::from_millis(900)).await;
        Html("<!doctype html><html lang=en><title>Late</title><form action=/><button>Go</button></form>")
    };
    let site = serve(Router::new().route("/", get(late)));
    let kit =
        Kit::with_feature("Feature: A\n  Scenario: B\n    Given I open \"/\"\n    When I click the button \"Go\"\n");
    let ended = kit.play(&["run", "test.feature", "--wait", "0.3", "--base-url", site.url()]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
}

#[test]
fn addresses_that_do_not_open() {
    let scenario =
        |(name, address, _): &(&str, &str, _)| format!("  Scenario: {name}\n    Given I open \"{address}\"\n");
    let scenarios: String = CLOSED.iter().map(scenario).collect();
    let kit = Kit::with_feature(&format!("Feature: Closed\n{scenarios}"));
    let ended = play_on_the_site(&kit);
    must_fail_so(&kit, &ended, CLOSED.iter().map(|(name, _, message)| (*name, *message)));
}

#[test]
fn a_scenario_that_goes_on_and_on() {
    let step = "    Then I see the link \"Home\"\n".repeat(3);
    let kit = Kit::with_feature(&format!(
        "Feature: A\n  @scenario-timeout:1s @timeout:10s\n  Scenario: B\n    Given I open \"/\"\n    And I see the link \"Never\"\n{step}"
    ));
    let ended = kit.play(&["run", "test.feature", "--wait", "8"]);
    must_fail_so(
        &kit,
        &ended,
        [(
            "B",
            ["the scenario did not end within 1 s", "@scenario-timeout"].as_slice(),
        )],
    );
}

#[test]
fn a_secret_that_nobody_declared() {
    let kit = Kit::with_feature(
        "Feature: A\n  Scenario: B\n    Given I open \"/login\"\n    When I type \"secret:pin\" into the text field \"Username\"\n",
    );
    let ended = kit.play(&["run", "test.feature"]);
    must_fail_so(
        &kit,
        &ended,
        [(
            "B",
            ["there is no secret called \"pin\"", "DOCENT_SECRET_PIN"].as_slice(),
        )],
    );
}

/// A secret of each source: the portal's fixture, the environment alone, and `docent.toml`. The last has what formats escape.
const DECLARED: [&str; 3] = ["A7K2M9QX", "Hunter2222", "pa\"s's<w>&d/x9"];

/// Every place of a page, its console, its network and its address where a secret can come to stand, in the form that it has there.
fn leaks(value: &str) -> String {
    let html = in_html(value);
    let json = serde_json::to_string(value).unwrap().replace('<', "\\u003c");
    format!(
        "<p>The code is {html}</p><p title=\"{html}\">Title</p><input value=\"{html}\"><textarea>{html}</textarea><!-- {html} -->
        <p style='text-transform: uppercase'>{html}</p><div class=host></div><iframe srcdoc=\"<p>{}</p>\"></iframe>
        <script>{{
          const value = {json}, address = encodeURIComponent(value), basic = btoa('amara:' + value);
          history.replaceState(null, '', '?code=' + address);
          document.title = value;
          console.error(value, {{ value }}, JSON.stringify({{ value }}), basic);
          fetch('/asked?code=' + address + '&basic=' + basic);
          [...document.querySelectorAll('.host')].pop().attachShadow({{ mode: 'open' }}).textContent = value;
        }}</script>",
        html.replace('&', "&amp;")
    )
}

fn in_html(value: &str) -> String {
    let escaped = value.chars().map(|letter| match letter {
        '<' | '>' | '&' | '"' | '\'' => format!("&#{};", u32::from(letter)),
        letter => letter.to_string(),
    });
    escaped.collect()
}

/// What must be in no byte: the value, and what encodes it.
fn forms(value: &str) -> Vec<String> {
    let json = serde_json::to_string(value).unwrap();
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("amara:{value}"));
    vec![
        value.to_owned(),
        value.to_uppercase(),
        json.trim_matches('"').to_owned(),
        url::form_urlencoded::byte_serialize(value.as_bytes()).collect(),
        in_html(value),
        value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
        // Without what encodes what stands before it, and behind it.
        basic[8..basic.len() - 4].to_owned(),
    ]
}

/// The feature types the secrets, and writes one out where it should name it.
const LEAKING: &str = "Feature: A
  @retries:1
  Scenario: Hunter2222
    Given I open \"/leaks\"
    When I type \"secret:word\" into the text field \"Word\"
    And I type \"secret:pin\" into the text field \"Pin\"
    Then I see the text \"Hunter2222 is not here\"
";

#[test]
fn no_secret_is_in_any_byte_of_what_is_kept() {
    let kit = Kit::with_feature(LEAKING);
    kit.write("docent.toml", &format!("[secrets]\nword = '''{}'''\n", DECLARED[2]));
    let page = Html(format!(
        "<!doctype html><html lang=en><title>Leaks</title><body><label>Pin <input></label><label>Word <input></label>{}</body></html>",
        DECLARED.map(leaks).concat()
    ));
    let site = serve(Router::new().route("/leaks", get(async move || page)));
    let mut command = kit.command(&[
        "run",
        "test.feature",
        "--wait",
        "2",
        "--trace",
        "on",
        "--base-url",
        site.url(),
    ]);
    let ended = Ended::from(command.env("DOCENT_SECRET_PIN", DECLARED[1]).output().unwrap());
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    ended.must_tell(&["the text \"[secret] is not here\" is not on the page"]);
    let kinds: Vec<_> = failure(&record(&kit).scenarios[0])
        .evidence
        .iter()
        .map(|one| one.kind)
        .collect();
    for kind in [
        EvidenceKind::Source,
        EvidenceKind::Console,
        EvidenceKind::Network,
        EvidenceKind::Picture,
    ] {
        assert!(kinds.contains(&kind), "{kind:?} in {kinds:?}");
    }
    let kept = kit.contents("reports");
    for form in DECLARED.iter().flat_map(|value| forms(value)) {
        for (path, bytes) in &kept {
            let holds = bytes.windows(form.len()).any(|window| window == form.as_bytes());
            assert!(!holds, "{form} is in {}", path.display());
        }
        assert!(
            !ended.err.contains(&form) && !ended.out.contains(&form),
            "{form}: {ended:#?}"
        );
    }
}

#[test]
fn a_portal_that_is_killed_in_the_middle() {
    let (sender, asked) = std::sync::mpsc::channel();
    let page = "<!doctype html><title>Here</title><a href=/next>Next</a>";
    let site = serve(Router::new().route(
        "/",
        get(async move || {
            // The test has heard enough after the first.
            let _ = sender.send(());
            ([(header::CONNECTION, "close")], Html(page)).into_response()
        }),
    ));
    let kit =
        Kit::with_feature("Feature: A\n  Scenario: B\n    Given I open \"/\"\n    When I click the link \"Next\"\n");
    let url = site.url().to_owned();
    let playing = kit.start(&[
        "run",
        "test.feature",
        "--slow-mo",
        "1",
        "--wait",
        "2",
        "--base-url",
        &url,
    ]);
    asked.recv_timeout(Duration::from_mins(1)).unwrap();
    super::support::RUNTIME.block_on(site.stop());
    let ended = playing.wait();
    must_fail_so(&kit, &ended, [("B", ["ERR_CONNECTION_REFUSED"].as_slice())]);
}
