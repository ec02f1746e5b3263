//! Pairing, rule by rule.

use axum::http::StatusCode;
use mock_portal::{Clock, PairingScope, Settings, app_with_control, clock::FrozenTime};

use crate::client::{Answer, Client, training};

const REPORTS: &str = "distribution-reports";
const CONTRIBUTIONS: &str = "annual-contributions";

async fn is_paired(client: &mut Client, widget: &str) -> bool {
    !client
        .get(&format!("/dashboard/widgets/{widget}"))
        .await
        .has(">Pair</button>")
}

fn is_wrong(answer: &Answer) -> bool {
    answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.has("do not belong together")
}

#[tokio::test]
async fn the_right_pair_opens_the_office_s_documents() {
    let mut client = Client::signed_in(training(), "chenwei").await;
    assert_eq!(
        client.pair(REPORTS, "180457", "R4T8B2NZ").await.location(),
        "/dashboard"
    );
    let widget = client
        .get("/dashboard/widgets/distribution-reports?month=6&year=2024")
        .await;
    assert!(widget.has("DR-2024-0611") && widget.has("CHF 16,104.25"));
}

#[tokio::test]
async fn leading_zeros_count() {
    let mut client = Client::signed_in(training(), "dolores").await;
    assert!(
        client
            .pair(REPORTS, "731", "S1L5V8WD")
            .await
            .has("exactly 5 or 6 digits")
    );
    assert!(is_wrong(&client.pair(REPORTS, "000731", "S1L5V8WD").await));
    client.pair(REPORTS, "00731", "S1L5V8WD").await;
    assert!(is_paired(&mut client, REPORTS).await);
    assert!(client.get("/").await.has("aria-label=\"Customer ID 00731\""));
}

#[tokio::test]
async fn every_wrong_pair_gets_one_and_the_same_answer() {
    let mut answers = Vec::new();
    for (id, code) in [
        ("41207", "A7K2M9QY"),
        ("41207", "a7k2m9qx"),
        ("41207", "R4T8B2NZ"),
        ("41208", "A7K2M9QX"),
    ] {
        let mut client = Client::signed_in(training(), "amara").await;
        let answer = client.pair(REPORTS, id, code).await;
        assert!(is_wrong(&answer), "{id} {code}");
        assert!(!is_paired(&mut client, REPORTS).await);
        answers.push(answer.body.replace(&client.csrf, "").replace(id, ""));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
}

#[tokio::test]
async fn a_format_error_is_shown_beside_its_field_and_counts_as_no_attempt() {
    let mut client = Client::signed_in(training(), "amara").await;
    for _ in 0..9 {
        let answer = client.pair(REPORTS, "4120", "onlyletters").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.has("aria-invalid=\"true\" aria-describedby=\"customer-id-error\""));
        assert!(answer.has("id=\"access-code-error\" role=\"alert\">An Access Code holds both letters and digits"));
        assert!(answer.has("value=\"4120\""));
    }
    client.pair(REPORTS, "41207", "A7K2M9QX").await;
    assert!(is_paired(&mut client, REPORTS).await);
}

#[tokio::test]
async fn five_wrong_attempts_block_the_account_alone_and_for_a_while() {
    let now = FrozenTime::at(Clock::training().now());
    let mut client = Client::signed_in(
        Settings {
            clock: Clock::Frozen(now.clone()),
            ..Settings::default()
        },
        "amara",
    )
    .await;
    for _ in 0..4 {
        assert!(is_wrong(&client.pair(REPORTS, "41207", "A7K2M9QY").await));
    }
    let fifth = client.pair(REPORTS, "41207", "A7K2M9QY").await;
    assert_eq!(fifth.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(fifth.has("Pairing is blocked") && fifth.has("Finance Infoline"));
    let right = client.pair(CONTRIBUTIONS, "41207", "A7K2M9QX").await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS);

    let mut colleague = client.another();
    colleague.sign_in("bogdan").await;
    colleague.pair(REPORTS, "41207", "A7K2M9QX").await;
    assert!(is_paired(&mut colleague, REPORTS).await);

    now.advance(15 * 60);
    client.pair(REPORTS, "41207", "A7K2M9QX").await;
    assert!(is_paired(&mut client, REPORTS).await);
}

#[tokio::test]
async fn each_widget_pairs_alone_unless_the_account_is_paired() {
    for (pairing, both) in [(PairingScope::PerWidget, false), (PairingScope::Account, true)] {
        let mut client = Client::signed_in(Settings { pairing, ..training() }, "amara").await;
        client.pair(REPORTS, "41207", "A7K2M9QX").await;
        assert!(is_paired(&mut client, REPORTS).await);
        assert_eq!(is_paired(&mut client, CONTRIBUTIONS).await, both, "{pairing:?}");
    }
}

#[tokio::test]
async fn a_pairing_survives_logout_removal_and_restart() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings {
        data: Some(folder.path().join("portal.sqlite")),
        ..training()
    };
    let mut client = Client::signed_in(settings.clone(), "amara").await;
    client.pair(REPORTS, "41207", "A7K2M9QX").await;
    client
        .post("/dashboard/arrange", &[("change", "remove:distribution-reports")])
        .await;
    client.post("/logout", &[]).await;
    drop(client);
    let mut client = Client::signed_in(settings, "amara").await;
    client
        .post("/dashboard/arrange", &[("change", "add:distribution-reports")])
        .await;
    assert!(
        client
            .get("/dashboard")
            .await
            .widget(REPORTS)
            .unwrap()
            .contains("No results were found.")
    );
}

#[tokio::test]
async fn the_first_pairing_brings_wipo_pay_summary_once() {
    let mut client = Client::signed_in(training(), "amara").await;
    client.pair(REPORTS, "41207", "A7K2M9QX").await;
    assert!(client.get("/dashboard").await.widget("wipo-pay-summary").is_some());
    client
        .post("/dashboard/arrange", &[("change", "remove:wipo-pay-summary")])
        .await;
    client.pair(CONTRIBUTIONS, "41207", "A7K2M9QX").await;
    assert!(client.get("/dashboard").await.widget("wipo-pay-summary").is_none());
}

#[tokio::test]
async fn no_account_reads_another_office_s_documents() {
    let mut ruritanian = Client::signed_in(training(), "chenwei").await;
    ruritanian.pair(REPORTS, "180457", "R4T8B2NZ").await;
    let mut arcadian = ruritanian.another();
    arcadian.sign_in("amara").await;
    arcadian.pair(REPORTS, "41207", "A7K2M9QX").await;
    for query in [
        "month=6&year=2024",
        "month=6&year=2024&office=180457&customer_id=180457",
    ] {
        let widget = arcadian
            .get(&format!("/dashboard/widgets/distribution-reports?{query}"))
            .await;
        assert!(!widget.has("DR-2024-0611") && widget.has("No results were found."));
    }
    assert!(!is_paired(&mut arcadian, CONTRIBUTIONS).await || arcadian.get("/").await.has("41207"));
}

#[tokio::test]
async fn the_access_code_is_in_no_answer_and_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.sqlite");
    let mut client = Client::signed_in(
        Settings {
            data: Some(file),
            ..training()
        },
        "amara",
    )
    .await;
    let answers = [
        client.pair(REPORTS, "4120", "A7K2M9QX").await,
        client.pair(REPORTS, "41208", "A7K2M9QX").await,
        client.pair(REPORTS, "41207", "A7K2M9QX").await,
        client.get("/dashboard").await,
        client.get("/pairing/distribution-reports").await,
    ];
    for answer in answers {
        assert!(!answer.has("A7K2M9QX") && !format!("{:?}", answer.headers).contains("A7K2M9QX"));
    }
    for file in folder.path().read_dir().unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(8).any(|window| window == b"A7K2M9QX"));
    }
}

#[tokio::test]
async fn only_widgets_with_an_office_s_documents_can_be_paired() {
    let mut client = Client::signed_in(training(), "amara").await;
    for widget in ["notepad", "nothing"] {
        assert_eq!(
            client.get(&format!("/pairing/{widget}")).await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            client.pair(widget, "41207", "A7K2M9QX").await.status,
            StatusCode::NOT_FOUND
        );
    }
}

#[tokio::test]
async fn without_a_session_the_right_pair_pairs_nothing_and_sends_no_request() {
    let (portal, control) = app_with_control(training()).unwrap();
    let mut client = Client::of(&portal);
    client.get("/login").await;
    let answer = client.pair(REPORTS, "41207", "A7K2M9QX").await;
    assert_eq!(answer.location(), "/login");
    assert_eq!(control.state().pairings_asked, 0);
    client.sign_in("amara").await;
    assert!(!is_paired(&mut client, REPORTS).await);
}

#[tokio::test]
async fn colleagues_share_a_code_that_is_never_used_up() {
    let mut client = Client::new(training());
    for colleague in ["amara", "bogdan", "chenwei", "dolores"] {
        client = client.another();
        client.sign_in(colleague).await;
        assert!(!is_paired(&mut client, REPORTS).await, "an account is personal");
        client.pair(REPORTS, "41207", "A7K2M9QX").await;
        assert!(is_paired(&mut client, REPORTS).await, "{colleague}");
    }
}

/// A form that was opened before the widget was paired in another tab.
#[tokio::test]
async fn a_stale_form_is_answered_by_what_was_entered() {
    let mut client = Client::signed_in(training(), "amara").await;
    client.pair(REPORTS, "41207", "A7K2M9QX").await;
    for (id, code) in [("41207", "A7K2M9QY"), ("180457", "A7K2M9QX")] {
        let wrong = client.pair(REPORTS, id, code).await;
        assert!(is_wrong(&wrong), "{id} {code}: {}", wrong.status);
    }
    assert_eq!(client.pair(REPORTS, "41207", "A7K2M9QX").await.location(), "/dashboard");
    let other = client.pair(REPORTS, "180457", "R4T8B2NZ").await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    assert!(other.has("This widget is paired with another Office already. Nothing was changed."));
    assert!(other.has("whose Customer ID is 41207.") && !other.has("name=\"access_code\""));
    let home = client.get("/").await;
    assert!(home.has("Customer ID 41207") && !home.has("Customer ID 180457"));
}

#[tokio::test]
async fn wrong_pairs_of_a_stale_form_count() {
    let mut client = Client::signed_in(training(), "amara").await;
    client.pair(REPORTS, "41207", "A7K2M9QX").await;
    for _ in 0..4 {
        assert!(is_wrong(&client.pair(REPORTS, "41207", "A7K2M9QY").await));
    }
    let fifth = client.pair(REPORTS, "41207", "A7K2M9QY").await;
    assert_eq!(fifth.status, StatusCode::TOO_MANY_REQUESTS);
}

/// A button of type "reset" would bring back what the server has filled in.
#[tokio::test]
async fn without_script_reset_loads_the_empty_form() {
    let mut client = Client::signed_in(training(), "amara").await;
    let wrong = client.pair(REPORTS, "4120", "onlyletters").await;
    assert!(wrong.has("value=\"4120\"") && !wrong.has("type=\"reset\""));
    assert!(wrong.has("<button form=\"empty\">Reset</button>"));
    let form = "<form id=\"empty\" method=\"get\" action=\"/pairing/distribution-reports\"";
    assert!(wrong.has(form), "{}", wrong.body);
    let empty = client.get("/pairing/distribution-reports?").await;
    assert!(empty.has("name=\"customer_id\" value=\"\"") && !empty.has("role=\"alert\""));
}

#[tokio::test]
async fn a_paired_widget_s_page_does_not_ask_for_id_and_code() {
    const QUESTION: &str = "You do not have them?";
    let mut client = Client::signed_in(training(), "amara").await;
    assert!(client.get("/pairing/distribution-reports").await.has(QUESTION));
    client.pair(REPORTS, "41207", "A7K2M9QX").await;
    assert!(!client.get("/pairing/distribution-reports").await.has(QUESTION));
}
