//! Controlling a portal from outside, as `docs/control-interface.md` says.

use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use mock_portal::{Settings, app_with_control, control::control_interface, finance::Fault};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::client::{Client, training};

const DOCUMENT: &str = include_str!("../../../docs/control-interface.md");
const REPORTS: &str = "distribution-reports";

/// A portal's control interface, as a program uses it.
struct Program(Router);

impl Program {
    fn of(settings: Settings) -> (Client, Self) {
        let (portal, control) = app_with_control(settings).unwrap();
        (Client::of(&portal), Self(control_interface(control)))
    }

    async fn send(&self, method: Method, address: &str, headers: &[(&str, &str)], body: &str) -> (StatusCode, Value) {
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.0.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }

    /// Sends JSON as curl does.
    async fn json(&self, method: Method, path: &str, body: &Value) -> (StatusCode, Value) {
        let headers = [("host", "127.0.0.1:8081"), ("content-type", "application/json")];
        self.send(method, path, &headers, &body.to_string()).await
    }

    async fn done(&self, method: Method, path: &str, body: Value) {
        let (status, answer) = self.json(method, path, &body).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    }

    /// The error of a request that is refused.
    async fn refused(&self, method: Method, path: &str, body: Value) -> String {
        let (status, answer) = self.json(method, path, &body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        answer["error"].as_str().unwrap().to_owned()
    }
}

/// The fenced blocks of a language in the document.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    let rest = DOCUMENT.split(fence.as_str()).skip(1);
    rest.map(|block| block.split("```").next().unwrap()).collect()
}

/// An example's words, as a shell takes them.
fn words(command: &str) -> Vec<String> {
    let outside_and_inside = command.split('\'').enumerate();
    outside_and_inside
        .flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        })
        .collect()
}

/// Sends what curl would send for these arguments; others than the document's are refused.
async fn curl(program: &Program, command: &str) -> Value {
    let mut words = words(command).into_iter();
    assert_eq!(words.next().as_deref(), Some("curl"));
    let (mut method, mut address, mut body) = (None, None, None);
    while let Some(word) = words.next() {
        match word.as_str() {
            "-X" => method = words.next(),
            "--json" => body = words.next(),
            url => assert!(address.replace(url.to_owned()).is_none(), "{command}"),
        }
    }
    let address = address.unwrap();
    let path = address.strip_prefix("http://127.0.0.1:8081").unwrap();
    let method = method.unwrap_or_else(|| if body.is_some() { "POST" } else { "GET" }.to_owned());
    let mut headers = vec![
        ("host", "127.0.0.1:8081"),
        ("user-agent", "curl/8.0"),
        ("accept", "*/*"),
    ];
    if body.is_some() {
        headers.push(("content-type", "application/json"));
    }
    let method = method.parse().unwrap();
    let (status, answer) = program
        .send(method, path, &headers, body.as_deref().unwrap_or_default())
        .await;
    assert_eq!(status, StatusCode::OK, "{command}: {answer}");
    answer
}

#[tokio::test]
async fn the_document_s_examples_work_one_after_the_other() {
    let (client, program) = Program::of(training());
    let (commands, answers) = (blocks("sh"), blocks("json"));
    assert_eq!((commands.len(), answers.len()), (14, 14));
    for (command, expected) in commands.iter().zip(answers) {
        let answer = curl(&program, command).await;
        let expected: Value = serde_json::from_str(expected).unwrap();
        assert_eq!(answer, expected, "{command}");
        if command.contains("/seed") {
            what_was_seeded_is_there(&client).await;
        }
    }
}

async fn what_was_seeded_is_there(client: &Client) {
    let mut eva = client.another();
    eva.get("/login").await;
    eva.post("/login", &[("username", "eva4"), ("password", "Practice1")])
        .await;
    assert_eq!(eva.get("/dashboard").await.widgets(), ["world-clock", "notepad"]);
    let mut chen = client.another();
    chen.sign_in("chenwei").await;
    let reports = chen
        .get("/dashboard/widgets/distribution-reports?month=6&year=2024")
        .await;
    assert!(reports.has("DR-2024-0611"));
}

#[tokio::test]
async fn a_reset_portal_is_as_at_first_and_signs_everybody_out() {
    let folder = tempfile::tempdir().unwrap();
    let data = Some(folder.path().join("portal.sqlite"));
    let (mut client, program) = Program::of(Settings { data, ..training() });
    client.sign_in("amara").await;
    client.pair(REPORTS, "41207", "A7K2M9QX").await;
    client
        .post("/dashboard/note", &[("note", "mine"), ("version", "0")])
        .await;
    client
        .post("/accounts/forgotten-username", &[("mail", "amara@arcadia.example")])
        .await;
    program.done(Method::PUT, "/clock", json!({ "advance": "P1D" })).await;
    program.done(Method::PUT, "/finance", json!({ "fault": "slow" })).await;
    program
        .done(Method::PUT, "/pairing", json!({ "scope": "account" }))
        .await;
    let (_, state) = program.json(Method::POST, "/reset", &Value::Null).await;
    assert_eq!(
        state,
        json!({ "clock": "2024-07-02T14:27:00+02:00[Europe/Zurich]", "frozen": true, "pairing": "per-widget",
                "fault": "none", "pairings_asked": 0 })
    );
    assert_eq!(client.get("/dashboard").await.status, StatusCode::SEE_OTHER);
    client.sign_in("amara").await;
    let dashboard = client.get("/dashboard").await;
    assert_eq!(dashboard.widgets().len(), 6);
    assert!(!dashboard.has("mine") && !dashboard.has("41207"));
    assert!(!client.get("/mailbox").await.has("Your username"));
}

#[tokio::test]
async fn an_invalid_seed_is_reported_and_nothing_of_it_is_stored() {
    let (mut client, program) = Program::of(training());
    let eva = json!({ "username": "eva4", "name": "Eva", "mail": "eva@arcadia.example", "password": "Practice1" });
    for (wrong, expected) in [
        (
            json!({ "username": "nobody" }),
            "no account has the username \"nobody\"",
        ),
        (
            json!({ "username": "eva5", "name": "Eva" }),
            "needs name, mail and password",
        ),
        (
            json!({ "username": "eva", "name": "E", "mail": "e@x.example", "password": "Practice1" }),
            "at least 4 characters",
        ),
        (
            json!({ "username": "eva5", "name": "E", "mail": "amara@arcadia.example", "password": "Practice1" }),
            "has an account already",
        ),
        (
            json!({ "username": "amara", "dashboard": ["clock"] }),
            "there are patentscope,",
        ),
        (
            json!({ "username": "amara", "pairings": { "notepad": "41207" } }),
            "shows nothing of an Office",
        ),
        (
            json!({ "username": "amara", "pairings": { REPORTS: "41208" } }),
            "no Office; there are 41207, 180457, 00731",
        ),
        (
            json!({ "username": "amara", "pairings": { REPORTS: "4120" } }),
            "5 or 6 digits",
        ),
        (json!({ "username": "amara", "widget": [] }), "unknown field `widget`"),
    ] {
        let problem = program
            .refused(Method::POST, "/seed", json!({ "accounts": [eva, wrong] }))
            .await;
        assert!(problem.contains(expected), "{problem}");
    }
    client.get("/login").await;
    let answer = client
        .post("/login", &[("username", "eva4"), ("password", "Practice1")])
        .await;
    assert!(answer.has("is wrong."));
}

#[tokio::test]
async fn invalid_requests_are_reported_with_what_would_be_valid() {
    let (_, program) = Program::of(training());
    for (path, body, expected) in [
        ("/clock", json!({ "set": "noon" }), "write date, time and zone"),
        ("/clock", json!({ "advance": "soon" }), "PT15M"),
        (
            "/clock",
            json!({ "advance": "9000 years" }),
            "outside the years 1970 to 9000",
        ),
        ("/clock", json!({ "back": "1 hour" }), "expected `set` or `advance`"),
        ("/finance", json!({ "fault": "sad" }), "`malformed-response`"),
        ("/pairing", json!({ "scope": "all" }), "`per-widget` or `account`"),
        ("/pairing", Value::Null, "invalid type: null"),
    ] {
        let problem = program.refused(Method::PUT, path, body).await;
        assert!(problem.contains(expected), "{problem}");
    }
}

#[tokio::test]
async fn no_web_page_can_use_the_control_interface() {
    const JSON: (&str, &str) = ("content-type", "application/json");
    const HERE: (&str, &str) = ("host", "127.0.0.1:8081");
    let (mut client, program) = Program::of(training());
    client.sign_in("amara").await;
    for headers in [
        // DNS rebinding: the attacker's name for this machine.
        vec![("host", "attacker.example:8081"), JSON],
        vec![("host", "127.0.0.1.attacker.example:8081"), JSON],
        vec![("host", "localhost.:8081"), JSON],
        // Another page, the portal's own one included.
        vec![HERE, JSON, ("origin", "https://attacker.example")],
        vec![HERE, JSON, ("origin", "http://127.0.0.1:8080")],
        vec![HERE, JSON, ("origin", "http://127.0.0.1:8081")],
        vec![HERE, JSON, ("origin", "null")],
        vec![HERE, JSON, ("sec-fetch-site", "cross-site")],
    ] {
        for (method, path) in [(Method::GET, "/"), (Method::POST, "/reset"), (Method::PUT, "/finance")] {
            let (status, answer) = program.send(method, path, &headers, r#"{"fault": "down"}"#).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path} {headers:?}");
            assert!(answer["error"].is_string());
        }
    }
    for headers in [
        vec![JSON],
        vec![HERE, HERE, JSON],
        vec![("host", "evil@127.0.0.1:8081"), JSON],
    ] {
        let (status, answer) = program
            .send(Method::PUT, "/finance", &headers, r#"{"fault": "down"}"#)
            .await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{headers:?}");
        assert!(answer["error"].is_string());
    }
    // A form without script, from a browser that says nothing of where it stands.
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let headers = [HERE, ("content-type", kind)];
        let (status, _) = program
            .send(Method::POST, "/seed", &headers, r#"{"accounts": []}"#)
            .await;
        assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
    }
    let preflight = [HERE, ("access-control-request-method", "PUT")];
    let (status, _) = program.send(Method::OPTIONS, "/finance", &preflight, "").await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(client.get("/dashboard").await.status, StatusCode::OK);
    let (_, state) = program.json(Method::GET, "/", &Value::Null).await;
    assert_eq!(state["fault"], "none");
}

#[tokio::test]
async fn loopback_goes_by_three_names() {
    let (_, program) = Program::of(training());
    for host in ["127.0.0.1:8081", "localhost:8081", "[::1]:8081", "localhost"] {
        let (status, _) = program.send(Method::GET, "/", &[("host", host)], "").await;
        assert_eq!(status, StatusCode::OK, "{host}");
    }
}

#[tokio::test]
async fn the_portal_itself_has_no_control_interface() {
    let (mut client, _) = Program::of(training());
    for (method, path) in [
        (Method::POST, "/reset"),
        (Method::POST, "/seed"),
        (Method::PUT, "/clock"),
        (Method::PUT, "/finance"),
        (Method::PUT, "/pairing"),
    ] {
        let headers = [(header::CONTENT_TYPE.as_str(), "application/json")];
        let answer = client.send(method, path, "{}".to_owned(), &headers).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn portals_of_the_same_settings_have_clocks_of_their_own() {
    let settings = training();
    let (_, one) = app_with_control(settings.clone()).unwrap();
    let (_, other) = app_with_control(settings).unwrap();
    one.advance_clock("1 hour").unwrap();
    assert_eq!(other.state().clock, "2024-07-02T14:27:00+02:00[Europe/Zurich]");
}

#[tokio::test]
async fn each_fault_says_so_pairs_nothing_repeats_the_id_and_ends() {
    const DOWN: (StatusCode, &str) = (StatusCode::SERVICE_UNAVAILABLE, "does not answer at the moment");
    const INVALID: (StatusCode, &str) = (StatusCode::BAD_GATEWAY, "an answer that cannot be used");
    for (fault, (status, expected)) in [
        (Fault::Down, DOWN),
        (Fault::Slow, DOWN),
        (Fault::MalformedResponse, INVALID),
        (Fault::WrongOffice, INVALID),
        (Fault::Flapping, DOWN),
    ] {
        let (portal, control) = app_with_control(training()).unwrap();
        let mut client = Client::of(&portal);
        client.sign_in("amara").await;
        control.set_fault(fault);
        let answer = client.pair(REPORTS, "41207", "A7K2M9QX").await;
        assert_eq!(answer.status, status, "{fault:?}");
        assert!(answer.has(expected) && answer.has("Nothing was paired.") && answer.has("value=\"41207\""));
        assert!(
            client
                .get("/pairing/distribution-reports")
                .await
                .has(">Submit</button>")
        );
        assert_eq!(control.state().pairings_asked, 1);
        if fault != Fault::Flapping {
            control.set_fault(Fault::None);
        }
        let again = client.pair(REPORTS, "41207", "A7K2M9QX").await;
        assert_eq!(again.location(), "/dashboard", "{fault:?}");
    }
}

#[tokio::test]
async fn every_refusal_says_why_in_json() {
    const HERE: (&str, &str) = ("host", "127.0.0.1:8081");
    const JSON: (&str, &str) = ("content-type", "application/json");
    let (_, program) = Program::of(training());
    let large = format!("{{\"accounts\": [{}]}}", " ".repeat(1024 * 1024));
    for (method, path, headers, body, expected) in [
        (Method::GET, "/nowhere", vec![HERE], "", StatusCode::NOT_FOUND),
        (Method::GET, "/seed", vec![HERE], "", StatusCode::METHOD_NOT_ALLOWED),
        (Method::DELETE, "/", vec![HERE], "", StatusCode::METHOD_NOT_ALLOWED),
        (
            Method::POST,
            "/seed",
            vec![HERE, JSON],
            &large,
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        (
            Method::POST,
            "/seed",
            vec![HERE],
            "{}",
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (
            Method::POST,
            "/seed",
            vec![HERE, JSON],
            "{",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            Method::POST,
            "/seed",
            vec![HERE, JSON],
            "",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
    ] {
        let (status, answer) = program.send(method, path, &headers, body).await;
        assert_eq!(status, expected, "{path}");
        assert!(answer["error"].is_string(), "{path} {status}: {answer}");
    }
}

async fn read(program: &Program, path: &str) -> Value {
    let (status, answer) = program.json(Method::GET, path, &Value::Null).await;
    assert_eq!(status, StatusCode::OK, "{path}: {answer}");
    answer
}

#[tokio::test]
async fn what_a_person_has_done_can_be_read_back() {
    let (mut client, program) = Program::of(training());
    client.sign_in("chenwei").await;
    client.pair(REPORTS, "180457", "R4T8B2NZ").await;
    client
        .post("/dashboard/note", &[("note", "mine"), ("version", "0")])
        .await;
    client
        .post("/dashboard/links", &[("address", "https://wipo.int")])
        .await;
    client.post("/dashboard/cities", &[("city", "tokyo")]).await;
    client.post("/search/patentscope/saved", &[("q", "sail")]).await;
    client.post("/dashboard/view", &[("view", "list")]).await;
    client.post("/language", &[("language", "fr")]).await;
    let account = read(&program, "/accounts/ChenWei").await;
    let dashboard: Vec<_> = account["dashboard"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap())
        .collect();
    assert_eq!(dashboard, client.get("/dashboard").await.widgets());
    assert_eq!(account["pairings"], json!({ REPORTS: "180457" }));
    assert_eq!(account["links"], json!(["https://wipo.int"]));
    assert_eq!(
        account["searches"],
        json!([{ "service": "patentscope", "query": "sail" }])
    );
    for (key, value) in [
        ("note", "mine"),
        ("view", "list"),
        ("language", "fr"),
        ("name", "Chen Wei"),
    ] {
        assert_eq!(account[key], value, "{key}");
    }
    assert_eq!(
        (&account["cities"], &account["sessions"]),
        (&json!(["tokyo"]), &json!(1))
    );
    let all = read(&program, "/accounts").await;
    assert_eq!(all.as_array().unwrap().len(), 4);
    assert_eq!(all[2], account);
    let (status, answer) = program.json(Method::GET, "/accounts/nobody", &Value::Null).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(answer["error"].as_str().unwrap().contains("nobody"), "{answer}");
}

#[tokio::test]
async fn blocks_can_be_read_back_and_end() {
    let (mut client, program) = Program::of(training());
    client.sign_in("amara").await;
    client.pair(REPORTS, "41207", "A7K2M9QY").await;
    let mut visitor = client.another();
    visitor.get("/login").await;
    for _ in 0..5 {
        visitor
            .post("/login", &[("username", "Nobody"), ("password", "wrong")])
            .await;
    }
    let login =
        |blocked: bool| json!({ "what": "login", "username": "nobody", "wrong_attempts": 5, "blocked": blocked });
    let pairing = json!({ "what": "pairing", "username": "amara", "wrong_attempts": 1, "blocked": false });
    assert_eq!(read(&program, "/blocks").await, json!([login(true), pairing]));
    program
        .done(Method::PUT, "/clock", json!({ "advance": "15 minutes" }))
        .await;
    assert_eq!(read(&program, "/blocks").await, json!([login(false), pairing]));
}

#[tokio::test]
async fn mails_can_be_read_back_with_their_links() {
    let (mut client, program) = Program::of(training());
    client.get("/accounts/forgotten-password").await;
    client
        .post("/accounts/forgotten-password", &[("mail", "amara@arcadia.example")])
        .await;
    let mails = read(&program, "/mails").await;
    assert_eq!(mails.as_array().unwrap().len(), 1);
    assert_eq!(mails[0]["recipient"], "amara@arcadia.example");
    assert_eq!(mails[0]["subject"], "A new password");
    assert_eq!(mails[0]["sent_at"], "2024-07-02T14:27:00+02:00[Europe/Zurich]");
    let form = client.get(mails[0]["link"].as_str().unwrap()).await;
    assert!(form.has("Choose a new password"), "{}", form.body);
}

#[tokio::test]
async fn nothing_that_is_read_back_holds_a_password_or_its_hash() {
    let (mut client, program) = Program::of(training());
    client.sign_in("amara").await;
    for path in ["/accounts", "/blocks", "/mails", "/"] {
        let answer = read(&program, path).await.to_string();
        assert!(
            !answer.contains("Training2024") && !answer.contains("argon2"),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn the_journal_says_what_was_requested_and_with_what() {
    let (mut client, program) = Program::of(training());
    client.sign_in("amara").await;
    program.done(Method::DELETE, "/requests", Value::Null).await;
    client.pair(REPORTS, "41207", "A7K2M9QY").await;
    client.pair(REPORTS, "41207", "A7K2M9QX").await;
    client.get("/dashboard/widgets/distribution-reports?month=6").await;
    client.another().get("/nowhere").await;
    let answer = read(
        &program,
        "/requests?method=POST&route=/pairing/{widget}&customer_id=41207",
    )
    .await;
    assert_eq!(answer["count"], 2);
    assert_eq!(
        answer["requests"][1],
        json!({ "method": "POST", "path": "/pairing/distribution-reports", "route": "/pairing/{widget}", "status": 303,
                "account": "amara",
                "fields": { "csrf": "(hidden)", "customer_id": "41207", "access_code": "(hidden)" } })
    );
    for (query, count) in [
        ("account=amara", 3),
        ("method=post&status=422", 1),
        ("month=6", 1),
        ("path=/nowhere&status=404", 1),
        ("customer_id=41208", 0),
    ] {
        let answer = read(&program, &format!("/requests?{query}")).await;
        assert_eq!(answer["count"], count, "{query}: {answer}");
    }
    program.done(Method::POST, "/reset", Value::Null).await;
    assert_eq!(read(&program, "/requests").await["count"], 0);
}

#[tokio::test]
async fn the_journal_verifies_how_often() {
    let (mut client, program) = Program::of(training());
    client.get("/help").await;
    read(&program, "/requests?path=/help&times=1").await;
    let (status, answer) = program
        .json(Method::GET, "/requests?path=/help&times=2", &Value::Null)
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(answer["error"], "1 such requests were made; there should be 2");
    assert!(
        program
            .refused(Method::GET, "/requests?times=often", Value::Null)
            .await
            .contains("it is a number")
    );
}

#[tokio::test]
async fn the_journal_holds_no_secret() {
    let (mut client, program) = Program::of(training());
    client.sign_in("amara").await;
    client.pair(REPORTS, "41207", "A7K2M9QX").await;
    client
        .post(
            "/account/password",
            &[("current_password", "Training2024"), ("new_password", "Changed2025")],
        )
        .await;
    client
        .post("/accounts/forgotten-password", &[("mail", "amara@arcadia.example")])
        .await;
    let mails = read(&program, "/mails").await;
    let link = mails[0]["link"].as_str().unwrap();
    client.get(link).await;
    client.get("/search/patentscope?password=Training2024").await;
    let journal = read(&program, "/requests").await.to_string();
    let secret = link.rsplit('-').next().unwrap();
    for secret in ["A7K2M9QX", "Training2024", "Changed2025", secret, &client.csrf] {
        assert!(!journal.contains(secret), "{secret}");
    }
    assert!(journal.contains("/accounts/new-password/{link}"));
}

#[tokio::test]
async fn the_next_requests_to_a_route_fail_and_the_others_do_not() {
    let (mut client, program) = Program::of(training());
    client.sign_in("amara").await;
    let fault = json!([{ "method": "POST", "route": "/pairing/{widget}", "status": 503, "times": 2 }]);
    program.done(Method::PUT, "/faults", fault).await;
    for _ in 0..2 {
        assert_eq!(client.get("/pairing/distribution-reports").await.status, StatusCode::OK);
        let failed = client.pair(REPORTS, "41207", "A7K2M9QX").await;
        assert_eq!(failed.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(
            failed.has("Something went wrong in the portal") && failed.has("Request ID: "),
            "{}",
            failed.body
        );
        assert!(failed.headers.contains_key("content-security-policy"));
    }
    assert_eq!(read(&program, "/faults").await, json!([]));
    assert_eq!(read(&program, "/accounts/amara").await["pairings"], json!({}));
    assert_eq!(client.pair(REPORTS, "41207", "A7K2M9QX").await.location(), "/dashboard");
    assert_eq!(
        read(&program, "/requests?route=/pairing/{widget}&status=503").await["count"],
        2
    );
}

/// The clock jumps once nothing else can happen.
#[tokio::test(start_paused = true)]
async fn a_delayed_request_is_handled_after_its_delay() {
    let (mut client, program) = Program::of(training());
    program
        .done(Method::PUT, "/faults", json!([{ "route": "/help", "delay_ms": 5000 }]))
        .await;
    let begun = tokio::time::Instant::now();
    assert!(client.get("/help").await.has("Learn how it works"));
    assert!(begun.elapsed() >= std::time::Duration::from_secs(5));
    program.done(Method::POST, "/reset", Value::Null).await;
    assert_eq!(read(&program, "/faults").await, json!([]));
}

#[tokio::test]
async fn a_cut_connection_ends_within_the_response() {
    let (portal, control) = app_with_control(training()).unwrap();
    let cut = mock_portal::PortalFault {
        cut: true,
        ..mock_portal::PortalFault::default()
    };
    control.set_portal_faults(vec![cut]).unwrap();
    let request = Request::builder()
        .uri("/help")
        .header("host", "localhost")
        .body(Body::empty())
        .unwrap();
    let response = portal.oneshot(request).await.unwrap();
    assert!(response.into_body().collect().await.is_err());
}

#[tokio::test]
async fn faults_that_could_not_be_are_refused_and_change_nothing() {
    let (_, program) = Program::of(training());
    program.done(Method::PUT, "/faults", json!([{ "status": 503 }])).await;
    for (wrong, expected) in [
        (json!([{ "status": 200 }]), "400 to 599"),
        (
            json!([{ "route": "help", "status": 500 }]),
            "write it like /pairing/{widget}",
        ),
        (json!([{ "route": "/help" }]), "it changes nothing"),
        (json!([{ "status": 500, "times": 0 }]), "it changes nothing"),
        (json!([{ "delay_ms": 86_400_000 }]), "at most"),
        (json!([{ "statsu": 500 }]), "unknown field `statsu`"),
    ] {
        let problem = program.refused(Method::PUT, "/faults", wrong).await;
        assert!(problem.contains(expected), "{problem}");
    }
    assert_eq!(read(&program, "/faults").await[0]["status"], 503);
}
