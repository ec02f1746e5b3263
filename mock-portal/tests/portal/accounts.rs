//! WIPO Accounts: creating one, what was forgotten, new passwords, and the mails about it all.

use axum::http::{Method, StatusCode};
use mock_portal::{Clock, Settings, clock::FrozenTime};

use crate::client::{Answer, Client, training};

/// What Eva types who wants an account; each test changes what it is about.
const EVA: [(&str, &str); 4] = [
    ("name", "Eva Novák"),
    ("mail", "eva@arcadia.example"),
    ("username", "Eva4"),
    ("password", "Practice1"),
];

fn eva_with(field: &'static str, value: &'static str) -> [(&'static str, &'static str); 4] {
    EVA.map(|(name, own)| (name, if name == field { value } else { own }))
}

async fn create(client: &mut Client, fields: &[(&str, &str)]) -> Answer {
    client.get("/accounts/new").await;
    client.post("/accounts/new", fields).await
}

async fn log_in(client: &mut Client, username: &str, password: &str) -> Answer {
    client.get("/login").await;
    client
        .post("/login", &[("username", username), ("password", password)])
        .await
}

/// The newest mail in the mailbox.
async fn newest_mail(client: &mut Client) -> Answer {
    let mailbox = client.get("/mailbox").await;
    let (_, rest) = mailbox.body.split_once("href=\"/mailbox/").unwrap();
    client
        .get(&format!("/mailbox/{}", &rest[..rest.find('"').unwrap()]))
        .await
}

/// Where the link in a mail leads.
fn link_in(mail: &Answer) -> String {
    let (_, rest) = mail.body.split_once("<a class=\"button primary\" href=\"").unwrap();
    rest[..rest.find('"').unwrap()].to_owned()
}

async fn link_for_forgotten_password(client: &mut Client, mail: &str) -> String {
    client.get("/accounts/forgotten-password").await;
    client.post("/accounts/forgotten-password", &[("mail", mail)]).await;
    link_in(&newest_mail(client).await)
}

/// A portal whose clock the test moves.
fn clocked() -> (Client, FrozenTime) {
    let now = FrozenTime::at(Clock::training().now());
    let settings = Settings {
        clock: Clock::Frozen(now.clone()),
        ..Settings::default()
    };
    (Client::new(settings), now)
}

fn count_of(page: &Answer, what: &str) -> usize {
    page.body.matches(what).count()
}

/// The page without what differs from session to session.
fn without_token(client: &Client, answer: &Answer) -> String {
    if client.csrf.is_empty() {
        answer.body.clone()
    } else {
        answer.body.replace(&client.csrf, "")
    }
}

// Creating an account

#[tokio::test]
async fn a_new_account_works_once_its_link_has_been_followed() {
    let mut client = Client::new(training());
    let answer = create(&mut client, &EVA).await;
    assert_eq!(answer.location(), "/accounts/sent/new");
    assert!(client.get(answer.location()).await.has("Look into your mailbox"));
    let refused = log_in(&mut client, "Eva4", "Practice1").await;
    assert!(refused.has("Your account does not work yet."));
    let link = link_in(&newest_mail(&mut client).await);
    assert!(client.get(&link).await.has("Your account is ready"));
    assert_eq!(log_in(&mut client, "eva4", "Practice1").await.location(), "/");
    let dashboard = client.get("/dashboard").await;
    assert!(dashboard.has("Eva Novák"));
    assert_eq!(dashboard.widgets().len(), 6);
}

#[tokio::test]
async fn before_the_link_is_followed_a_wrong_password_gets_the_usual_message() {
    let mut client = Client::new(training());
    create(&mut client, &EVA).await;
    assert!(
        log_in(&mut client, "Eva4", "Practice2")
            .await
            .has("The username or the password is wrong.")
    );
}

#[tokio::test]
async fn every_rule_is_shown_beside_its_field_and_all_values_but_the_password_are_repeated() {
    let cases = [
        ("name", "", "Enter your name."),
        ("mail", "", "Enter your e-mail address."),
        ("mail", "eva", "An e-mail address looks like name@example.org."),
        ("username", "", "Choose a username."),
        ("username", "Eva", "A username has at least 4 characters."),
        (
            "username",
            "Eva_4",
            "A username holds Latin letters (A to Z) and digits, and nothing else.",
        ),
        (
            "username",
            "Евва",
            "A username holds Latin letters (A to Z) and digits, and nothing else.",
        ),
        ("username", "amara", "Somebody has this username already."),
        ("username", "AMARA", "Somebody has this username already."),
        ("password", "", "Choose a password."),
        ("password", "Short1", "A password has at least 8 characters."),
        ("password", "NoDigitsHere", "A password has at least one digit."),
    ];
    let mut client = Client::new(training());
    for (field, value, message) in cases {
        let answer = create(&mut client, &eva_with(field, value)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={value}");
        let beside = format!("id=\"{field}-error\" role=\"alert\">{message}");
        assert!(answer.has(&beside), "{field}={value}: {}", answer.body);
        assert_eq!(count_of(&answer, "role=\"alert\""), 1, "{field}={value}");
        assert_eq!(count_of(&answer, "aria-invalid=\"true\""), 1, "{field}={value}");
        for (name, typed) in eva_with(field, value) {
            let is_repeated = answer.has(&format!("value=\"{typed}\""));
            assert!(
                is_repeated != (name == "password") || typed.is_empty(),
                "{name}={typed}"
            );
        }
    }
    assert!(client.get("/mailbox").await.has("There are no mails yet."));
}

#[tokio::test]
async fn all_invalid_fields_are_shown_at_once() {
    let empty = EVA.map(|(name, _)| (name, ""));
    let answer = create(&mut Client::new(training()), &empty).await;
    assert_eq!(count_of(&answer, "role=\"alert\""), 4);
}

#[tokio::test]
async fn a_username_is_taken_while_it_waits_for_its_link_and_free_when_that_has_expired() {
    let (mut client, now) = clocked();
    create(&mut client, &EVA).await;
    let other = eva_with("mail", "other@arcadia.example");
    assert!(
        create(&mut client, &other)
            .await
            .has("Somebody has this username already.")
    );
    now.advance(24 * 60 * 60);
    assert_eq!(create(&mut client, &other).await.location(), "/accounts/sent/new");
}

#[tokio::test]
async fn an_address_has_one_account_and_only_its_owner_is_message() {
    let mut client = Client::new(training());
    let free = create(&mut client, &EVA).await;
    let used = create(
        &mut client,
        &[
            ("name", "Eva Novák"),
            ("mail", "AMARA@arcadia.example"),
            ("username", "Eva5"),
            ("password", "Practice1"),
        ],
    )
    .await;
    assert_eq!((used.status, used.location()), (free.status, free.location()));
    let mail = newest_mail(&mut client).await;
    assert!(mail.has("You have a WIPO Account already"));
    assert_eq!(link_in(&mail), "/login");
    assert!(log_in(&mut client, "Eva5", "Practice1").await.has("is wrong."));
}

#[tokio::test]
async fn of_two_registrations_for_one_address_the_first_confirmed_wins() {
    let mut client = Client::new(training());
    create(&mut client, &EVA).await;
    let first = link_in(&newest_mail(&mut client).await);
    create(&mut client, &eva_with("username", "Eva5")).await;
    let second = link_in(&newest_mail(&mut client).await);
    assert!(client.get(&second).await.has("Your account is ready"));
    assert!(client.get(&first).await.has("This link has been used already"));
    assert_eq!(log_in(&mut client, "Eva5", "Practice1").await.location(), "/");
    assert!(
        log_in(&mut client.another(), "Eva4", "Practice1")
            .await
            .has("is wrong.")
    );
}

#[tokio::test]
async fn the_link_works_once_and_says_so() {
    let mut client = Client::new(training());
    create(&mut client, &EVA).await;
    let link = link_in(&newest_mail(&mut client).await);
    client.get(&link).await;
    let again = client.get(&link).await;
    assert_eq!(again.status, StatusCode::GONE);
    assert!(again.has("This link has been used already") && again.has("href=\"/login\""));
}

#[tokio::test]
async fn the_link_works_for_a_day_by_the_portal_s_clock() {
    for (seconds, message) in [
        (24 * 60 * 60 - 60, "Your account is ready"),
        (24 * 60 * 60, "This link has expired"),
    ] {
        let (mut client, now) = clocked();
        create(&mut client, &EVA).await;
        let link = link_in(&newest_mail(&mut client).await);
        now.advance(seconds);
        assert!(client.get(&link).await.has(message), "{message}");
    }
}

#[tokio::test]
async fn looking_at_a_link_without_opening_it_does_not_use_it() {
    let mut client = Client::new(training());
    create(&mut client, &EVA).await;
    let link = link_in(&newest_mail(&mut client).await);
    client.send(Method::HEAD, &link, String::new(), &[]).await;
    assert!(client.get(&link).await.has("Your account is ready"));
}

#[tokio::test]
async fn an_invented_link_does_not_work() {
    let mut client = Client::new(training());
    create(&mut client, &EVA).await;
    for link in ["1-0", "1", "-", "x", "99999999999999999999-0"] {
        for path in ["/accounts/confirm", "/accounts/new-password"] {
            let answer = client.get(&format!("{path}/{link}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}/{link}");
            assert!(answer.has("This link is not complete"));
        }
    }
}

#[tokio::test]
async fn one_purpose_s_link_does_not_serve_the_other() {
    let mut client = Client::new(training());
    let link = link_for_forgotten_password(&mut client, "amara@arcadia.example").await;
    let elsewhere = link.replace("new-password", "confirm");
    assert_eq!(client.get(&elsewhere).await.status, StatusCode::NOT_FOUND);
}

// What was forgotten

#[tokio::test]
async fn the_username_goes_to_the_address() {
    let mut client = Client::new(training());
    client.get("/accounts/forgotten-username").await;
    let answer = client
        .post("/accounts/forgotten-username", &[("mail", " Amara@Arcadia.example ")])
        .await;
    assert_eq!(answer.location(), "/accounts/sent/forgotten-username");
    let mail = newest_mail(&mut client).await;
    assert!(mail.has("The username of your WIPO Account is amara."));
}

#[tokio::test]
async fn known_and_unknown_addresses_are_answered_alike() {
    for address in ["/accounts/forgotten-username", "/accounts/forgotten-password"] {
        let mut pages = Vec::new();
        for mail in ["amara@arcadia.example", "nobody@arcadia.example"] {
            let mut client = Client::new(training());
            client.get(address).await;
            let answer = client.post(address, &[("mail", mail)]).await;
            let page = client.get(answer.location()).await;
            pages.push((
                answer.status,
                answer.location().to_owned(),
                without_token(&client, &page),
            ));
            let mailbox = client.get("/mailbox").await;
            assert_eq!(count_of(&mailbox, "href=\"/mailbox/"), 1, "{mail}");
        }
        assert_eq!(pages[0], pages[1]);
    }
}

#[tokio::test]
async fn an_unknown_address_gets_no_link_that_works() {
    let mut client = Client::new(training());
    let link = link_for_forgotten_password(&mut client, "nobody@arcadia.example").await;
    assert_eq!(link, "/login");
    assert!(
        newest_mail(&mut client)
            .await
            .has("There is none, or its link was not followed yet.")
    );
}

#[tokio::test]
async fn an_invalid_address_is_shown_beside_the_field() {
    let mut client = Client::new(training());
    for address in ["/accounts/forgotten-username", "/accounts/forgotten-password"] {
        client.get(address).await;
        for (mail, message) in [
            ("", "Enter your e-mail address."),
            ("<b>", "An e-mail address looks like"),
        ] {
            let answer = client.post(address, &[("mail", mail)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.has(&format!("id=\"mail-error\" role=\"alert\">{message}")));
            assert!(!answer.has("<b>"));
        }
    }
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_the_link_once() {
    let mut client = Client::new(training());
    let link = link_for_forgotten_password(&mut client, "amara@arcadia.example").await;
    let form = client.get(&link).await;
    assert!(form.has("For the WIPO Account with the username amara."));
    let changed = client.post(&link, &[("new_password", "Changed2025")]).await;
    assert!(changed.has("Your password is changed"));
    for used in [
        client.get(&link).await,
        client.post(&link, &[("new_password", "Changed2026")]).await,
    ] {
        assert_eq!(used.status, StatusCode::GONE);
        assert!(used.has("This link has been used already") && used.has("Ask for a new link"));
    }
    assert!(log_in(&mut client, "amara", "Training2024").await.has("is wrong."));
    assert_eq!(log_in(&mut client, "amara", "Changed2025").await.location(), "/");
}

#[tokio::test]
async fn the_new_password_follows_the_rules_and_a_mistake_does_not_use_the_link() {
    let mut client = Client::new(training());
    let link = link_for_forgotten_password(&mut client, "amara@arcadia.example").await;
    client.get(&link).await;
    for (password, message) in [
        ("", "Choose a password."),
        ("Short1", "A password has at least 8 characters."),
        ("NoDigitsHere", "A password has at least one digit."),
    ] {
        let answer = client.post(&link, &[("new_password", password)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.has(&format!("id=\"new-password-error\" role=\"alert\">{message}")));
        assert!(password.is_empty() || !answer.has(password));
    }
    assert!(
        client
            .post(&link, &[("new_password", "Changed2025")])
            .await
            .has("Your password is changed")
    );
}

#[tokio::test]
async fn the_link_for_a_password_works_for_an_hour_by_the_portal_s_clock() {
    let (mut client, now) = clocked();
    let link = link_for_forgotten_password(&mut client, "amara@arcadia.example").await;
    now.advance(60 * 60 - 60);
    assert!(client.get(&link).await.has("Choose a new password"));
    now.advance(60);
    for expired in [
        client.get(&link).await,
        client.post(&link, &[("new_password", "Changed2025")]).await,
    ] {
        assert_eq!(expired.status, StatusCode::GONE);
        assert!(expired.has("This link has expired"));
    }
    assert_eq!(log_in(&mut client, "amara", "Training2024").await.location(), "/");
}

#[tokio::test]
async fn a_new_password_voids_the_other_links_and_ends_all_sessions_of_that_account_only() {
    let mut client = Client::new(training());
    let (mut amara, mut bogdan) = (client.another(), client.another());
    amara.sign_in("amara").await;
    bogdan.sign_in("bogdan").await;
    let older = link_for_forgotten_password(&mut client, "amara@arcadia.example").await;
    let newer = link_for_forgotten_password(&mut client, "amara@arcadia.example").await;
    client.get(&newer).await;
    client.post(&newer, &[("new_password", "Changed2025")]).await;
    assert_eq!(client.get(&older).await.status, StatusCode::GONE);
    assert_eq!(amara.get("/dashboard").await.location(), "/login?return=%2Fdashboard");
    assert_eq!(bogdan.get("/dashboard").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_new_password_ends_the_lock() {
    let mut client = Client::new(training());
    for _ in 0..6 {
        log_in(&mut client, "amara", "wrong").await;
    }
    let link = link_for_forgotten_password(&mut client, "amara@arcadia.example").await;
    client.get(&link).await;
    client.post(&link, &[("new_password", "Changed2025")]).await;
    assert_eq!(log_in(&mut client, "amara", "Changed2025").await.location(), "/");
}

// My WIPO account

#[tokio::test]
async fn my_account_shows_who_i_am() {
    let page = Client::signed_in(training(), "amara").await.get("/account").await;
    for text in [
        "My WIPO account",
        "Amara Diallo",
        ">amara<",
        "amara@arcadia.example",
        "Change password",
    ] {
        assert!(page.has(text), "{text}");
    }
}

#[tokio::test]
async fn my_password_is_changed_and_my_other_sessions_end() {
    let mut client = Client::signed_in(training(), "amara").await;
    let mut elsewhere = client.another();
    elsewhere.sign_in("amara").await;
    let fields = [("current_password", "Training2024"), ("new_password", "Changed2025")];
    assert!(
        client
            .post("/account/password", &fields)
            .await
            .has("Your password is changed")
    );
    assert_eq!(client.get("/account").await.status, StatusCode::OK);
    assert_eq!(elsewhere.get("/account").await.location(), "/login?return=%2Faccount");
    assert!(newest_mail(&mut client).await.has("Your password was changed"));
    assert!(log_in(&mut elsewhere, "amara", "Training2024").await.has("is wrong."));
    assert_eq!(log_in(&mut elsewhere, "amara", "Changed2025").await.location(), "/");
}

#[tokio::test]
async fn a_change_needs_the_current_password_and_a_good_new_one() {
    let mut client = Client::signed_in(training(), "amara").await;
    for (current, new, message) in [
        (
            "Training2025",
            "Changed2025",
            "id=\"current-password-error\" role=\"alert\">This is not your current password.",
        ),
        (
            "Training2024",
            "Short1",
            "id=\"new-password-error\" role=\"alert\">A password has at least 8 characters.",
        ),
        (
            "Training2024",
            "NoDigitsHere",
            "id=\"new-password-error\" role=\"alert\">A password has at least one digit.",
        ),
    ] {
        let fields = [("current_password", current), ("new_password", new)];
        let answer = client.post("/account/password", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.has(message), "{}", answer.body);
        assert!(!answer.has(current) && !answer.has(new));
    }
    assert_eq!(
        log_in(&mut client.another(), "amara", "Training2024").await.location(),
        "/"
    );
}

#[tokio::test]
async fn a_stolen_session_cannot_guess_the_password() {
    let mut client = Client::signed_in(training(), "amara").await;
    let guess = [("current_password", "wrong"), ("new_password", "Changed2025")];
    for _ in 0..5 {
        assert!(
            client
                .post("/account/password", &guess)
                .await
                .has("This is not your current password.")
        );
    }
    let right = [("current_password", "Training2024"), ("new_password", "Changed2025")];
    assert!(
        client
            .post("/account/password", &right)
            .await
            .has("Too many wrong attempts.")
    );
}

// Lock-out and the ends of sessions

#[tokio::test]
async fn guesses_sent_all_at_once_are_counted_one_by_one() {
    let mut client = Client::new(training());
    client.get("/login").await;
    let tasks = tokio::task::LocalSet::new();
    let guess = || {
        let mut client = client.clone();
        async move {
            let fields = [("username", "amara"), ("password", "wrong")];
            client.post("/login", &fields).await.has("is wrong.")
        }
    };
    let guesses: Vec<_> = (0..20).map(|_| tasks.spawn_local(guess())).collect();
    tasks.await;
    let mut tried = 0;
    for guess in guesses {
        tried += usize::from(guess.await.unwrap());
    }
    assert_eq!(tried, 5);
}

#[tokio::test]
async fn a_right_password_forgets_the_wrong_ones() {
    let mut client = Client::new(training());
    for _ in 0..3 {
        for _ in 0..4 {
            assert!(log_in(&mut client.another(), "amara", "wrong").await.has("is wrong."));
        }
        assert_eq!(
            log_in(&mut client.another(), "amara", "Training2024").await.location(),
            "/"
        );
    }
    assert_eq!(log_in(&mut client, "amara", "Training2024").await.location(), "/");
}

#[tokio::test]
async fn what_is_tried_after_the_session_has_expired_leads_back_through_login() {
    let (mut client, now) = clocked();
    client.sign_in("amara").await;
    now.advance(12 * 60 * 60);
    assert_eq!(client.get("/account").await.location(), "/login?return=%2Faccount");
    let referer = [("referer", "http://127.0.0.1:8080/pairing/distribution-reports?a=b")];
    let sent = client.post_with("/pairing/distribution-reports", &[], &referer).await;
    assert_eq!(
        sent.location(),
        "/login?return=%2Fpairing%2Fdistribution%2Dreports%3Fa%3Db"
    );
    for strange in ["", "invalid", "http://", "about:blank", "\u{7f}"] {
        if axum::http::HeaderValue::from_str(strange).is_ok() {
            let sent = client.post_with("/dashboard/note", &[], &[("referer", strange)]).await;
            assert!(sent.location().starts_with("/login"), "{strange}: {}", sent.location());
        }
    }
}

#[tokio::test]
async fn signing_out_in_one_tab_signs_out_the_other() {
    let mut tab = Client::signed_in(training(), "amara").await;
    let mut other = tab.clone();
    tab.post("/logout", &[]).await;
    assert_eq!(
        other.post("/dashboard/note", &[("note", "late")]).await.location(),
        "/login"
    );
}

/// Elsewhere the clock is moved; here it stands still, as in training, and time passes all the same.
#[tokio::test]
async fn links_and_sessions_end_under_a_frozen_clock() {
    let (mut client, now) = clocked();
    client.sign_in("amara").await;
    let mut visitor = client.another();
    create(&mut visitor, &EVA).await;
    let confirm = link_in(&newest_mail(&mut visitor).await);
    let password = link_for_forgotten_password(&mut visitor, "amara@arcadia.example").await;
    now.let_pass(60 * 60);
    assert!(visitor.get(&password).await.has("This link has expired"));
    assert!(visitor.get("/mailbox").await.has("2024-07-02 14:27"));
    now.let_pass(11 * 60 * 60);
    assert_eq!(client.get("/account").await.location(), "/login?return=%2Faccount");
    now.let_pass(12 * 60 * 60);
    assert!(visitor.get(&confirm).await.has("This link has expired"));
}

// The mailbox

#[tokio::test]
async fn the_mailbox_is_the_mock_s_and_shows_the_newest_first() {
    let (mut client, now) = clocked();
    assert!(
        client
            .get("/mailbox")
            .await
            .has("This mailbox belongs to the training mock.")
    );
    create(&mut client, &EVA).await;
    now.advance(60);
    link_for_forgotten_password(&mut client, "amara@arcadia.example").await;
    let mailbox = client.get("/mailbox").await;
    let newer = mailbox.body.find("A new password").unwrap();
    let older = mailbox.body.find("Confirm your e-mail address").unwrap();
    assert!(newer < older);
    assert!(mailbox.has("2024-07-02 14:28") && mailbox.has("2024-07-02 14:27"));
}

#[tokio::test]
async fn what_people_typed_is_inert_in_their_mails() {
    let mut client = Client::new(training());
    let mark = "<script>alert(1)</script>";
    let answer = create(
        &mut client,
        &[
            ("name", mark),
            ("mail", "<img>@arcadia.example"),
            ("username", "Eva4"),
            ("password", "Practice1"),
        ],
    )
    .await;
    assert_eq!(answer.location(), "/accounts/sent/new");
    let (list, mail) = (client.get("/mailbox").await, newest_mail(&mut client).await);
    for page in [&list, &mail] {
        assert!(!page.has("<script>alert") && !page.has("<img>"), "{}", page.body);
    }
    assert!(mail.has("Hello &#60;script&#62;"));
}

#[tokio::test]
async fn there_is_no_other_mail() {
    let mut client = Client::new(training());
    for id in ["1", "0", "-1", "x", "99999999999999999999"] {
        assert_eq!(
            client.get(&format!("/mailbox/{id}")).await.status,
            StatusCode::NOT_FOUND
        );
    }
}

// Forms and files

#[tokio::test]
async fn forms_of_accounts_need_their_token() {
    let mut client = Client::signed_in(training(), "amara").await;
    let link = link_for_forgotten_password(&mut client, "amara@arcadia.example").await;
    client.csrf = "0".into();
    let fields = [
        ("mail", "amara@arcadia.example"),
        ("current_password", "Training2024"),
        ("new_password", "Changed2025"),
    ];
    for address in [
        "/accounts/new",
        "/accounts/forgotten-username",
        "/accounts/forgotten-password",
        "/account/password",
        &link,
    ] {
        assert_eq!(
            client.post(address, &fields).await.status,
            StatusCode::FORBIDDEN,
            "{address}"
        );
    }
    assert_eq!(count_of(&client.get("/mailbox").await, "href=\"/mailbox/"), 1);
    assert_eq!(
        log_in(&mut client.another(), "amara", "Training2024").await.location(),
        "/"
    );
}

#[tokio::test]
async fn what_waits_for_its_link_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings {
        data: Some(folder.path().join("portal.db")),
        ..training()
    };
    create(&mut Client::new(settings.clone()), &EVA).await;
    let mut client = Client::new(settings.clone());
    let link = link_in(&newest_mail(&mut client).await);
    client.get(&link).await;
    drop(client);
    assert_eq!(
        log_in(&mut Client::new(settings), "Eva4", "Practice1").await.location(),
        "/"
    );
}
