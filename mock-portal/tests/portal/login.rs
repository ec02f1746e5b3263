//! Signing in and out.

use axum::http::StatusCode;
use futures_util::{FutureExt, future::join_all};
use mock_portal::{Clock, Settings, clock::FrozenTime};

use crate::client::{Answer, Client, training};

async fn try_login(client: &mut Client, username: &str, password: &str) -> Answer {
    client.get("/login").await;
    client
        .post("/login", &[("username", username), ("password", password)])
        .await
}

/// The page without what differs from session to session.
fn without_token(client: &Client, answer: &Answer) -> String {
    answer.body.replace(&client.csrf, "")
}

#[tokio::test]
async fn unknown_user_and_wrong_password_get_the_same_message_and_the_username_is_repeated() {
    let mut client = Client::new(training());
    let wrong = try_login(&mut client, "amara", "Wrong2024").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("The username or the password is wrong."));
    assert!(wrong.has("value=\"amara\""));
    assert!(!wrong.has("Wrong2024"));
    let known = without_token(&client, &wrong);
    let unknown = try_login(&mut client, "zzzzz", "Wrong2024").await;
    assert_eq!(without_token(&client, &unknown).replace("zzzzz", "amara"), known);
}

#[tokio::test]
async fn a_deep_link_goes_through_login_and_back() {
    let mut client = Client::new(training());
    let refused = client.get("/pairing/distribution-reports?a=b").await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER);
    let login = client.get(refused.location()).await;
    assert!(login.has("name=\"return\" value=\"/pairing/distribution-reports?a=b\""));
    let fields = [
        ("username", "amara"),
        ("password", "Training2024"),
        ("return", "/pairing/distribution-reports?a=b"),
    ];
    assert_eq!(
        client.post("/login", &fields).await.location(),
        "/pairing/distribution-reports?a=b"
    );
}

#[tokio::test]
async fn an_external_return_address_is_refused() {
    for address in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
    ] {
        let mut client = Client::new(training());
        client.get("/login").await;
        let fields = [("username", "amara"), ("password", "Training2024"), ("return", address)];
        assert_eq!(client.post("/login", &fields).await.location(), "/", "{address:?}");
        assert_eq!(client.get("/login?return=//evil.example").await.location(), "/");
    }
}

#[tokio::test]
async fn login_changes_the_session_id_and_the_token() {
    let mut client = Client::new(training());
    client.get("/login").await;
    let (cookie, csrf) = (client.cookie.clone(), client.csrf.clone());
    client.sign_in("amara").await;
    assert_ne!(client.cookie, cookie);
    assert_ne!(client.csrf, csrf);
    let mut old = client.another();
    old.cookie = cookie;
    assert_eq!(old.get("/dashboard").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn logout_ends_the_session_everywhere() {
    let mut client = Client::signed_in(training(), "amara").await;
    let mut thief = client.clone();
    assert_eq!(client.post("/logout", &[]).await.location(), "/");
    assert_eq!(thief.get("/dashboard").await.location(), "/login?return=%2Fdashboard");
}

#[tokio::test]
async fn a_session_ends_by_the_portal_s_clock() {
    let now = FrozenTime::at(Clock::training().now());
    let settings = Settings {
        clock: Clock::Frozen(now.clone()),
        ..Settings::default()
    };
    let mut client = Client::signed_in(settings, "amara").await;
    now.advance(12 * 60 * 60 - 60);
    assert_eq!(client.get("/dashboard").await.status, StatusCode::OK);
    now.advance(60);
    assert_eq!(client.get("/dashboard").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn five_wrong_passwords_lock_for_a_while_whether_the_user_exists_or_not() {
    for username in ["amara", "nobody"] {
        let now = FrozenTime::at(Clock::training().now());
        let mut client = Client::new(Settings {
            clock: Clock::Frozen(now.clone()),
            ..Settings::default()
        });
        for _ in 0..5 {
            assert!(try_login(&mut client, username, "wrong").await.has("is wrong."));
        }
        assert!(
            try_login(&mut client, username, "Training2024")
                .await
                .has("Too many wrong attempts.")
        );
        now.advance(15 * 60);
        assert!(
            !try_login(&mut client, username, "Training2024")
                .await
                .has("Too many wrong attempts.")
        );
    }
}

#[tokio::test]
async fn right_passwords_never_count_however_many_at_once() {
    let client = Client::new(training());
    let logins = (0..20).map(|_| {
        let mut browser = client.another();
        async move { try_login(&mut browser, "amara", "Training2024").await.status }
    });
    let statuses = join_all(logins).await;
    assert_eq!(statuses, [StatusCode::SEE_OTHER; 20]);
}

#[tokio::test]
async fn what_the_client_abandons_counts_nothing() {
    let mut client = Client::new(training());
    client.get("/login").await;
    for password in ["Training2024", "wrong"] {
        for _ in 0..6 {
            let fields = [("username", "amara"), ("password", password)];
            let answer = client.post("/login", &fields).now_or_never();
            assert!(answer.is_none(), "the password is still being compared");
        }
    }
    let answer = try_login(&mut client, "amara", "Training2024").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

async fn is_blocked(client: &mut Client) -> bool {
    let answer = try_login(client, "amara", "Training2024").await;
    answer.has("Too many wrong attempts.")
}

#[tokio::test]
async fn a_block_ends_under_a_frozen_clock_also_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let portal_with = |now: &FrozenTime| {
        Client::new(Settings {
            clock: Clock::Frozen(now.clone()),
            data: Some(folder.path().join("portal.db")),
            ..Settings::default()
        })
    };
    let now = FrozenTime::at(Clock::training().now());
    let mut client = portal_with(&now);
    for _ in 0..5 {
        try_login(&mut client, "amara", "wrong").await;
    }
    assert!(is_blocked(&mut client).await);
    drop(client);
    let mut client = portal_with(&now);
    assert!(is_blocked(&mut client).await, "a restart lifts no block");
    now.let_pass(15 * 60);
    assert!(!is_blocked(&mut client).await);
}

#[tokio::test]
async fn a_block_from_a_day_ahead_lasts_no_longer_than_another() {
    let folder = tempfile::tempdir().unwrap();
    let settings = |clock| Settings {
        clock: Clock::Frozen(clock),
        data: Some(folder.path().join("portal.db")),
        ..Settings::default()
    };
    let ahead = FrozenTime::at(Clock::training().now());
    ahead.advance(24 * 60 * 60);
    let mut client = Client::new(settings(ahead));
    for _ in 0..5 {
        try_login(&mut client, "amara", "wrong").await;
    }
    drop(client);
    let now = FrozenTime::at(Clock::training().now());
    let mut client = Client::new(settings(now.clone()));
    now.let_pass(15 * 60);
    assert!(!is_blocked(&mut client).await);
}
