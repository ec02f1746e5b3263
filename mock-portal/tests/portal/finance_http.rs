//! A Finance service over HTTP that is slow, down, wrong or flapping: what the person sees, that nothing is paired or
//! lost, and how many requests the service got.

use std::{net::TcpListener, sync::Arc, time::Duration};

use axum::http::StatusCode;
use mock_portal::{
    Settings,
    finance::{HttpFinance, Timeouts},
};
use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{body_json, method, path},
};

use crate::client::{Answer, Client, training};

const REPORTS: &str = "distribution-reports";
const JUNE: &str = "/dashboard/widgets/distribution-reports?month=6&year=2024";

/// Waits long for a busy machine, and not at all between tries.
const PATIENT: Timeouts = Timeouts {
    response: Duration::from_secs(20),
    attempts: 3,
    backoff: Duration::from_millis(1),
};
/// Gives up before a slow service answers.
const IMPATIENT: Timeouts = Timeouts {
    response: Duration::from_millis(50),
    ..PATIENT
};
const SLOW: Duration = Duration::from_mins(1);

fn asking(address: &str, timeouts: Timeouts) -> Settings {
    Settings {
        finance: Some(Arc::new(HttpFinance::new(address, timeouts).unwrap())),
        ..training()
    }
}

async fn ruritanian(service: &MockServer, timeouts: Timeouts) -> Client {
    Client::signed_in(asking(&service.uri(), timeouts), "chenwei").await
}

async fn submit(client: &mut Client) -> Answer {
    client.pair(REPORTS, "180457", "R4T8B2NZ").await
}

fn json_of(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

fn ruritania() -> ResponseTemplate {
    json_of(&json!({ "office": { "customer_id": "180457", "name": "Patent Office of Ruritania" } }))
}

fn report(customer_id: &str) -> Value {
    json!({ "customer_id": customer_id, "documents": [{
        "number": "DR-2024-0611", "type": "Hague, Lisbon & Madrid", "year": 2024, "month": 6,
        "amount": 1_610_425, "currency": "CHF",
    }] })
}

/// Answers pairings so, `times` at most.
async fn pairings(service: &MockServer, answer: ResponseTemplate, times: u64) {
    let mock = Mock::given(method("POST")).and(path("/pairings")).respond_with(answer);
    mock.up_to_n_times(times).mount(service).await;
}

/// Answers requests for reports so, `times` at most.
async fn reports(service: &MockServer, answer: ResponseTemplate, times: u64) {
    let mock = Mock::given(method("GET")).and(path("/offices/180457/reports"));
    mock.respond_with(answer).up_to_n_times(times).mount(service).await;
}

async fn asked(service: &MockServer, path: &str) -> usize {
    let requests = service.received_requests().await.unwrap();
    requests.iter().filter(|request| request.url.path() == path).count()
}

/// The page says what failed and that nothing was paired, repeats the ID and not the code; and nothing is paired.
async fn nothing_was_paired(client: &mut Client, answer: &Answer, status: StatusCode, text: &str) {
    assert_eq!(answer.status, status);
    assert!(answer.has(text) && answer.has("Nothing was paired."), "{}", answer.body);
    assert!(answer.has("value=\"180457\"") && !answer.has("R4T8B2NZ"));
    assert!(client.get(JUNE).await.has(">Pair</button>"));
}

#[tokio::test]
async fn a_working_service_pairs_and_shows_its_documents() {
    let service = MockServer::start().await;
    let code = json!({ "customer_id": "180457", "access_code": "R4T8B2NZ" });
    let mock = Mock::given(method("POST")).and(path("/pairings")).and(body_json(code));
    mock.respond_with(ruritania()).expect(1).mount(&service).await;
    reports(&service, json_of(&report("180457")), 9).await;
    let mut client = ruritanian(&service, PATIENT).await;
    assert_eq!(submit(&mut client).await.location(), "/dashboard");
    let widget = client.get(JUNE).await;
    assert!(widget.has("DR-2024-0611") && widget.has("CHF 16,104.25"));
    let file = client.get("/documents/distribution-reports/DR-2024-0611.csv").await;
    assert!(file.has("Total,16104.25,CHF"));
}

#[tokio::test]
async fn null_is_a_wrong_attempt_and_five_block() {
    let service = MockServer::start().await;
    pairings(&service, json_of(&json!({ "office": null })), 9).await;
    let mut client = ruritanian(&service, PATIENT).await;
    for _ in 0..4 {
        assert!(submit(&mut client).await.has("do not belong together"));
    }
    assert_eq!(submit(&mut client).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(submit(&mut client).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(asked(&service, "/pairings").await, 5);
}

#[tokio::test]
async fn a_slow_service_is_asked_to_pair_once_and_pairs_nothing() {
    let service = MockServer::start().await;
    pairings(&service, ruritania().set_delay(SLOW), 9).await;
    let mut client = ruritanian(&service, IMPATIENT).await;
    let answer = submit(&mut client).await;
    nothing_was_paired(
        &mut client,
        &answer,
        StatusCode::SERVICE_UNAVAILABLE,
        "does not answer at the moment",
    )
    .await;
    assert_eq!(asked(&service, "/pairings").await, 1);
}

#[tokio::test]
async fn a_slow_service_is_read_from_three_times_and_loses_no_pairing() {
    let folder = tempfile::tempdir().unwrap();
    let data = Some(folder.path().join("portal.sqlite"));
    let built_in = Settings {
        data: data.clone(),
        ..training()
    };
    submit(&mut Client::signed_in(built_in, "chenwei").await).await;
    let service = MockServer::start().await;
    reports(&service, json_of(&report("180457")).set_delay(SLOW), 9).await;
    let settings = Settings {
        data,
        ..asking(&service.uri(), IMPATIENT)
    };
    let mut client = Client::signed_in(settings, "chenwei").await;
    let widget = client.get(JUNE).await;
    assert!(widget.has("The Finance service does not answer at the moment.") && !widget.has(">Pair</button>"));
    assert_eq!(asked(&service, "/offices/180457/reports").await, 3);
}

#[tokio::test]
async fn a_service_that_is_down_pairs_nothing_and_is_no_wrong_attempt() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let mut client = Client::signed_in(asking(&address, PATIENT), "chenwei").await;
    for _ in 0..6 {
        let answer = submit(&mut client).await;
        let text = "does not answer at the moment";
        nothing_was_paired(&mut client, &answer, StatusCode::SERVICE_UNAVAILABLE, text).await;
    }
}

#[tokio::test]
async fn malformed_responses_pair_nothing_and_are_not_retried() {
    let elsewhere = MockServer::start().await;
    for answer in [
        ResponseTemplate::new(200).set_body_string("<html>Welcome</html>"),
        ResponseTemplate::new(200).set_body_string("{\"office\": {\"customer_id\": \"1804"),
        ResponseTemplate::new(200).set_body_string(""),
        json_of(&json!({})),
        json_of(&json!({ "office": {} })),
        json_of(&json!({ "office": { "customer_id": 180_457, "name": "Patent Office of Ruritania" } })),
        ResponseTemplate::new(200).set_body_bytes(vec![b' '; 2 * 1024 * 1024]),
        ResponseTemplate::new(404),
        ResponseTemplate::new(204),
        ResponseTemplate::new(307).insert_header("location", elsewhere.uri().as_str()),
    ] {
        let service = MockServer::start().await;
        pairings(&service, answer, 9).await;
        let mut client = ruritanian(&service, PATIENT).await;
        let answer = submit(&mut client).await;
        let text = "an answer that cannot be used";
        nothing_was_paired(&mut client, &answer, StatusCode::BAD_GATEWAY, text).await;
        assert_eq!(asked(&service, "/pairings").await, 1);
    }
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn another_office_than_the_requested_one_pairs_nothing() {
    let service = MockServer::start().await;
    let other = json!({ "office": { "customer_id": "41207", "name": "Intellectual Property Office of Arcadia" } });
    pairings(&service, json_of(&other), 9).await;
    let mut client = ruritanian(&service, PATIENT).await;
    let answer = submit(&mut client).await;
    let text = "an answer that cannot be used";
    nothing_was_paired(&mut client, &answer, StatusCode::BAD_GATEWAY, text).await;
}

#[tokio::test]
async fn documents_with_invalid_content_are_not_shown() {
    let changed = |key: &str, value: Value| {
        let mut report = report("180457");
        report["documents"][0][key] = value;
        report
    };
    for body in [
        report("41207"),
        changed("month", json!(13)),
        changed("amount", json!(i64::MAX)),
        changed("amount", json!("16104.25")),
        changed("currency", json!("<b>")),
        changed("type", json!("Gossip")),
        changed("number", json!("9".repeat(5000))),
        changed("lines", json!([{ "text": "Fees", "amount": 1 }])),
        json!([]),
    ] {
        let service = MockServer::start().await;
        pairings(&service, ruritania(), 1).await;
        reports(&service, json_of(&body), 9).await;
        let mut client = ruritanian(&service, PATIENT).await;
        submit(&mut client).await;
        let widget = client.get(JUNE).await;
        assert!(
            widget.has("an answer that cannot be used") && !widget.has("DR-2024-0611"),
            "{body}"
        );
        assert_eq!(asked(&service, "/offices/180457/reports").await, 1);
        let file = client.get("/documents/distribution-reports/DR-2024-0611.pdf").await;
        assert_eq!(file.status, StatusCode::BAD_GATEWAY);
        assert!(file.has("The document cannot be had now"));
    }
}

#[tokio::test]
async fn a_flapping_service_is_read_at_last_and_the_pairing_waits_for_the_person() {
    let service = MockServer::start().await;
    pairings(&service, ResponseTemplate::new(503), 1).await;
    pairings(&service, ruritania(), 1).await;
    reports(&service, ResponseTemplate::new(502), 2).await;
    reports(&service, json_of(&report("180457")), 9).await;
    let mut client = ruritanian(&service, PATIENT).await;
    let answer = submit(&mut client).await;
    let text = "does not answer at the moment";
    nothing_was_paired(&mut client, &answer, StatusCode::SERVICE_UNAVAILABLE, text).await;
    assert_eq!(asked(&service, "/pairings").await, 1);
    assert_eq!(submit(&mut client).await.location(), "/dashboard");
    assert!(client.get(JUNE).await.has("DR-2024-0611"));
    assert_eq!(asked(&service, "/offices/180457/reports").await, 3);
    assert_eq!(asked(&service, "/pairings").await, 2);
}

#[tokio::test]
async fn a_service_that_goes_down_spoils_its_widgets_for_a_while_and_loses_no_pairing() {
    let service = MockServer::start().await;
    pairings(&service, ruritania(), 1).await;
    reports(&service, ResponseTemplate::new(500), 3).await;
    reports(&service, json_of(&report("180457")), 9).await;
    let mut client = ruritanian(&service, PATIENT).await;
    submit(&mut client).await;
    let down = client.get(JUNE).await;
    assert_eq!(down.status, StatusCode::OK);
    assert!(down.has("The Finance service does not answer at the moment."));
    assert_eq!(asked(&service, "/offices/180457/reports").await, 3);
    assert!(client.get(JUNE).await.has("DR-2024-0611"));
}

#[tokio::test]
async fn a_double_submit_asks_exactly_once_however_it_ends() {
    let wrong = json_of(&json!({ "office": null }));
    for (answer, status) in [
        (ruritania(), StatusCode::SEE_OTHER),
        (wrong, StatusCode::UNPROCESSABLE_ENTITY),
        (ResponseTemplate::new(500), StatusCode::SERVICE_UNAVAILABLE),
        (ResponseTemplate::new(200), StatusCode::BAD_GATEWAY),
    ] {
        let service = MockServer::start().await;
        pairings(&service, answer.set_delay(Duration::from_millis(100)), 9).await;
        let mut first = ruritanian(&service, PATIENT).await;
        let mut second = first.clone();
        let (one, two) = tokio::join!(submit(&mut first), submit(&mut second));
        assert_eq!((one.status, two.status), (status, status));
        assert_eq!(asked(&service, "/pairings").await, 1, "{status}");
    }
}

#[tokio::test]
async fn the_access_code_is_in_no_address() {
    let service = MockServer::start().await;
    pairings(&service, ruritania(), 9).await;
    let mut client = ruritanian(&service, PATIENT).await;
    submit(&mut client).await;
    for request in service.received_requests().await.unwrap() {
        assert!(!request.url.as_str().contains("R4T8B2NZ"));
    }
}
