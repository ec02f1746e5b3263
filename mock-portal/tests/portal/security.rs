//! What holds on every page and for every visitor.

use axum::http::{Method, StatusCode, header};

use crate::client::{Client, training};

/// Every address of the portal, with something sensible for its parameters.
fn addresses() -> Vec<String> {
    let fill = |path: &str| {
        let parameters = [
            ("/pairing/{widget}", "/pairing/distribution-reports"),
            (
                "/documents/{widget}/{file}",
                "/documents/distribution-reports/DR-2024-0611.pdf",
            ),
            ("{widget}", "notepad"),
            ("{template}", "default"),
            ("{service}", "patentscope"),
            ("{guide}", "definition-of-terms"),
            ("{*file}", "portal.css"),
            ("{link}", "1-0"),
            ("{what}", "new"),
            ("{mail}", "1"),
        ];
        parameters
            .iter()
            .fold(path.to_owned(), |path, (name, value)| path.replace(name, value))
    };
    mock_portal::paths()
        .into_iter()
        .map(fill)
        .chain(["/nowhere".to_owned(), "/assets/nothing".to_owned()])
        .collect()
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let mut visitor = Client::new(training());
    let mut person = Client::signed_in(training(), "amara").await;
    for address in addresses() {
        for answer in [
            visitor.get(&address).await,
            person.get(&address).await,
            visitor.post(&address, &[]).await,
        ] {
            let header = |name: &str| {
                answer
                    .headers
                    .get(name)
                    .map_or("", |value| value.to_str().unwrap())
                    .to_owned()
            };
            let policy = header("content-security-policy");
            assert!(
                policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
                "{address}"
            );
            assert!(!policy.contains("unsafe"), "{address}");
            assert_eq!(header("x-content-type-options"), "nosniff", "{address}");
            assert_eq!(header("x-frame-options"), "DENY", "{address}");
            assert_eq!(header("referrer-policy"), "same-origin", "{address}");
            assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{address}");
            assert!(!header("cache-control").is_empty(), "{address}");
        }
    }
}

#[tokio::test]
async fn no_address_fails_whoever_asks_and_however() {
    for address in addresses() {
        let mut person = Client::signed_in(training(), "amara").await;
        for method in [
            Method::GET,
            Method::POST,
            Method::HEAD,
            Method::PUT,
            Method::DELETE,
            Method::OPTIONS,
        ] {
            for client in [&mut Client::new(training()), &mut person] {
                let body = format!("csrf={}", client.csrf);
                let answer = client.send(method.clone(), &address, body, &[]).await;
                assert!(
                    !answer.status.is_server_error(),
                    "{method} {address}: {}",
                    answer.status
                );
            }
        }
    }
}

#[tokio::test]
async fn pages_have_no_inline_script_or_style() {
    let mut client = Client::signed_in(training(), "amara").await;
    for address in addresses() {
        let page = client.get(&address).await;
        assert!(
            !page.has("<script>") && !page.has(" style=") && !page.has("<style"),
            "{address}"
        );
        assert!(!page.has(" onclick=") && !page.has("javascript:"), "{address}");
    }
}

#[tokio::test]
async fn pages_name_nothing_outside_the_portal_but_as_text() {
    let mut client = Client::signed_in(training(), "amara").await;
    for address in addresses() {
        let page = client.get(&address).await;
        for outside in ["src=\"http", "href=\"http", "action=\"http", "href=\"//", "src=\"//"] {
            assert!(!page.has(outside), "{address} has {outside}");
        }
    }
}

#[tokio::test]
async fn the_cookie_is_for_http_and_this_site_only() {
    let login = Client::new(training()).get("/login").await;
    let cookie = login.headers[header::SET_COOKIE].to_str().unwrap();
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.split("; ").any(|one| one == attribute), "{attribute}: {cookie}");
    }
    // It goes to no sibling of this host, and ends with the browser.
    for lasting in ["Domain", "Expires", "Max-Age"] {
        assert!(!cookie.contains(lasting), "{cookie}");
    }
}

#[tokio::test]
async fn a_visitor_who_only_reads_gets_no_session() {
    let home = Client::new(training()).get("/").await;
    assert!(home.headers.get(header::SET_COOKIE).is_none());
}

#[tokio::test]
async fn without_the_session_s_token_nothing_is_changed() {
    let mut client = Client::signed_in(training(), "amara").await;
    let right = client.csrf.clone();
    let mut other = client.another();
    other.sign_in("bogdan").await;
    for token in ["", "0", other.csrf.as_str()] {
        for address in [
            "/dashboard/arrange",
            "/dashboard/clear",
            "/dashboard/note",
            "/logout",
            "/pairing/distribution-reports",
        ] {
            token.clone_into(&mut client.csrf);
            let fields = [
                ("change", "remove:notepad"),
                ("note", "scribbled"),
                ("version", "0"),
                ("customer_id", "41207"),
                ("access_code", "A7K2M9QX"),
            ];
            let answer = client.post(address, &fields).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{address}");
        }
    }
    client.csrf = right;
    let dashboard = client.get("/dashboard").await;
    assert_eq!(dashboard.widgets().len(), 6);
    assert!(!dashboard.has("scribbled") && !dashboard.has("Customer ID 41207"));
}

#[tokio::test]
async fn no_form_at_any_address_works_without_its_token() {
    let mut person = Client::signed_in(training(), "amara").await;
    let mut visitor = person.another();
    visitor.get("/login").await;
    for address in addresses() {
        for client in [&mut person, &mut visitor] {
            client.csrf = "0".repeat(32);
            let answer = client.post(&address, &[]).await;
            let leads_to_login = answer.location().starts_with("/login");
            assert!(
                answer.status.is_client_error() || leads_to_login,
                "{address}: {} {}",
                answer.status,
                answer.location()
            );
        }
    }
}

#[tokio::test]
async fn a_session_that_somebody_made_up_is_not_taken_over() {
    let made_up = "portal-8080=AAAAAAAAAAAAAAAAAAAAAA";
    let mut victim = Client::new(training());
    victim.cookie = made_up.to_owned();
    // Not even before login, whose own change of ids would hide it.
    victim.get("/login").await;
    assert_ne!(victim.cookie, made_up);
    victim.sign_in("amara").await;
    assert_ne!(victim.cookie, made_up);
    let mut attacker = victim.another();
    attacker.cookie = made_up.to_owned();
    assert_eq!(attacker.get("/dashboard").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn login_needs_its_token_too() {
    let mut client = Client::new(training());
    client.get("/login").await;
    client.csrf.clear();
    let answer = client
        .post("/login", &[("username", "amara"), ("password", "Training2024")])
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn signed_out_forms_change_nothing_and_lead_to_login() {
    let mut client = Client::new(training());
    client.get("/login").await;
    for address in ["/dashboard/clear", "/pairing/distribution-reports", "/logout"] {
        assert_eq!(client.post(address, &[]).await.location(), "/login", "{address}");
    }
}

#[tokio::test]
async fn an_oversized_form_is_refused() {
    let mut client = Client::signed_in(training(), "amara").await;
    let answer = client
        .post("/dashboard/note", &[("note", &"x".repeat(65 * 1024))])
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.has("Nothing was changed."));
}

#[tokio::test]
async fn an_unknown_address_has_a_page_of_its_own() {
    let mut client = Client::signed_in(training(), "amara").await;
    for (method, address) in [(Method::GET, "/nowhere"), (Method::DELETE, "/dashboard")] {
        let answer = client.send(method.clone(), address, String::new(), &[]).await;
        let expected = match method {
            Method::GET => (StatusCode::NOT_FOUND, "There is no such page"),
            _ => (StatusCode::METHOD_NOT_ALLOWED, "This cannot be done here"),
        };
        assert_eq!(answer.status, expected.0, "{address}");
        assert!(answer.has(expected.1) && answer.has("Amara Diallo"));
    }
}

/// A page elsewhere, whose name leads to this machine now, would read what the portal shows.
#[tokio::test]
async fn the_portal_answers_to_the_names_of_this_machine_only() {
    let mut client = Client::new(training());
    for host in ["evil.example:8080", "127.0.0.1.evil.example", "localhost.", "portal"] {
        for address in ["/mailbox", "/login", "/assets/portal.css", "/nowhere"] {
            let answer = client
                .send(Method::GET, address, String::new(), &[("host", host)])
                .await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{host}{address}");
            assert!(answer.has("This is not the portal&#39;s address"), "{}", answer.body);
            assert!(answer.headers.contains_key("content-security-policy"));
        }
    }
    for headers in [
        vec![("host", "evil@127.0.0.1:8080")],
        vec![("host", "127.0.0.1:8080"), ("host", "127.0.0.1:8080")],
    ] {
        let answer = client.send(Method::GET, "/mailbox", String::new(), &headers).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{headers:?}");
    }
    for host in ["127.0.0.1:8080", "localhost:8080", "[::1]:8080"] {
        let answer = client
            .send(Method::GET, "/mailbox", String::new(), &[("host", host)])
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{host}");
    }
}

/// RFC 9110: 405 says what can be done (15.5.6), and HEAD is GET without its body (9.3.2).
#[tokio::test]
async fn a_wrong_method_is_answered_with_the_right_ones_and_head_is_as_get() {
    let mut person = Client::signed_in(training(), "amara").await;
    for address in addresses() {
        let wrong = person.send(Method::PUT, &address, String::new(), &[]).await;
        if address == "/nowhere" {
            assert_eq!(wrong.status, StatusCode::NOT_FOUND);
            continue;
        }
        assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED, "{address}");
        let allowed = wrong.headers[header::ALLOW].to_str().unwrap().to_owned();
        assert!(!allowed.is_empty(), "{address}");
        let has = |method: &str| allowed.split(',').any(|one| one.trim() == method);
        assert_eq!(has("GET"), has("HEAD"), "{address}: {allowed}");
        let head = person.send(Method::HEAD, &address, String::new(), &[]).await;
        let get = person.get(&address).await;
        assert_eq!(head.status, get.status, "{address}");
        assert!(head.body.is_empty(), "{address}");
        assert_eq!(
            get.status == StatusCode::METHOD_NOT_ALLOWED,
            !has("GET"),
            "{address}: {allowed}"
        );
    }
}

#[tokio::test]
async fn a_head_request_of_somebody_signed_out_leads_back_after_login_too() {
    let mut visitor = Client::new(training());
    let answer = visitor.send(Method::HEAD, "/dashboard", String::new(), &[]).await;
    assert_eq!(answer.location(), "/login?return=%2Fdashboard");
}

/// Browsers send a host's cookies to all of its ports.
#[tokio::test]
async fn two_portals_on_one_host_keep_their_sessions_apart() {
    let (mut first, mut second) = (Client::new(training()), Client::new(training()));
    first.sign_in("amara").await;
    let other = [("host", "127.0.0.1:9090")];
    second.cookie.clone_from(&first.cookie);
    second.send(Method::GET, "/login", String::new(), &other).await;
    let fields = [("username", "bogdan"), ("password", "Training2024")];
    let answer = second.post_with("/login", &fields, &other).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    // One browser holds what both have set.
    first.cookie.clone_from(&second.cookie);
    assert!(first.get("/").await.has("Amara Diallo"));
    let home = second.send(Method::GET, "/", String::new(), &other).await;
    assert!(home.has("Bogdan Petrov"));
}
