//! What is too large, too slow or too much is refused, and said.

use std::net::SocketAddr;

use axum::http::{Method, StatusCode};
use mock_portal::start;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::client::{Client, training};

/// The response, up to the end of the connection, to a client that sends this and nothing more. The clock jumps to
/// the next time-out.
async fn response_to(sent: &str) -> String {
    let portal = start(training(), ([127, 0, 0, 1], 0).into()).await.unwrap();
    let address: SocketAddr = portal.url().strip_prefix("http://").unwrap().parse().unwrap();
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(sent.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let day = std::time::Duration::from_hours(24);
    tokio::time::timeout(day, connection.read_to_end(&mut answer))
        .await
        .unwrap_or_else(|_| panic!("the portal does not hang up within a day"))
        .unwrap();
    String::from_utf8(answer).unwrap()
}

#[tokio::test(start_paused = true)]
async fn half_a_request_times_out() {
    assert_eq!(response_to("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow").await, "");
}

#[tokio::test(start_paused = true)]
async fn an_idle_connection_is_closed() {
    assert!(
        response_to("GET /help HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .await
            .starts_with("HTTP/1.1 200")
    );
}

/// 256 people who say nothing hold all places until the portal hangs up on them, half a minute later.
#[tokio::test(start_paused = true)]
async fn one_connection_too_many_waits() {
    let portal = start(training(), ([127, 0, 0, 1], 0).into()).await.unwrap();
    let address: SocketAddr = portal.url().strip_prefix("http://").unwrap().parse().unwrap();
    let begun = tokio::time::Instant::now();
    let mut silent = vec![];
    for _ in 0..256 {
        silent.push(TcpStream::connect(address).await.unwrap());
    }
    let mut late = TcpStream::connect(address).await.unwrap();
    late.write_all(b"GET /help HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .await
        .unwrap();
    let mut answer = [0; 12];
    late.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
    let waited = begun.elapsed();
    assert!(
        waited >= std::time::Duration::from_secs(30),
        "answered after {waited:?}"
    );
}

/// The system's own buffers hold some of it; the rest is never sent to a client that reads nothing for a day.
#[tokio::test(start_paused = true)]
async fn responses_that_are_not_read_are_dropped() {
    const ASKED: usize = 100;
    let portal = start(training(), ([127, 0, 0, 1], 0).into()).await.unwrap();
    let address: SocketAddr = portal.url().strip_prefix("http://").unwrap().parse().unwrap();
    let mut connection = TcpStream::connect(address).await.unwrap();
    let font = "GET /assets/fonts/NotoSans-Regular.ttf HTTP/1.1\r\nHost: localhost\r\n\r\n";
    connection.write_all(font.repeat(ASKED).as_bytes()).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_hours(24)).await;
    let mut read = Vec::new();
    // How it ends is the system's affair: with what is in its buffers, or at once.
    let _ = connection.read_to_end(&mut read).await;
    let size = Client::new(training())
        .get("/assets/fonts/NotoSans-Regular.ttf")
        .await
        .bytes
        .len();
    assert!(read.len() < ASKED * size, "all was sent: {} bytes", read.len());
}

#[tokio::test(start_paused = true)]
async fn too_many_headers_are_refused() {
    let headers = "X-More: 1\r\n".repeat(70);
    let answer = response_to(&format!("GET / HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn a_head_without_end_is_refused() {
    // Larger than the limit, smaller than what hyper allows by itself.
    let header = "x".repeat(100 * 1024);
    let answer = response_to(&format!("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: {header}")).await;
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn half_a_form_is_not_waited_for() {
    let answer = response_to("POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\ncsrf=").await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("That took too long"), "{answer}");
}

#[tokio::test]
async fn too_many_cookies_get_a_page_that_says_so() {
    let mut client = Client::new(training());
    let cookies = format!("other={}", "x".repeat(17 * 1024));
    let answer = client
        .send(Method::GET, "/", String::new(), &[("cookie", &cookies)])
        .await;
    assert_eq!(answer.status, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    assert!(answer.has("Delete this site&#39;s cookies"), "{}", answer.body);
    assert!(answer.headers.contains_key("content-security-policy"));
}

#[tokio::test]
async fn quick_links_have_room_for_fifty() {
    let mut client = Client::signed_in(training(), "amara").await;
    for number in 0..50 {
        let address = format!("https://arcadia.example/{number}");
        let answer = client.post("/dashboard/links", &[("address", &address)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{number}");
    }
    let more = client
        .post("/dashboard/links", &[("address", "https://arcadia.example/more")])
        .await;
    assert_eq!(more.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(more.has("There is no room for more links. Remove one first."));
    let known = client
        .post("/dashboard/links", &[("address", "https://arcadia.example/7")])
        .await;
    assert_eq!(known.status, StatusCode::SEE_OTHER);
    let dashboard = client.get("/dashboard").await;
    assert_eq!(dashboard.widget("quick-links").unwrap().matches("<li>").count(), 50);
}

#[tokio::test]
async fn a_service_has_room_for_fifty_saved_searches() {
    let mut client = Client::signed_in(training(), "amara").await;
    for number in 0..51 {
        client
            .post("/search/patentscope/saved", &[("q", &format!("sail {number}"))])
            .await;
    }
    let results = client.get("/search/patentscope?q=sail+50").await;
    assert!(results.has("There is no room for more saved searches. Remove one in the widget first."));
    assert!(!results.has("Save this search</button>"));
    let dashboard = client.get("/dashboard").await;
    assert_eq!(dashboard.widget("patentscope").unwrap().matches("<li>").count(), 50);
    assert!(
        client
            .get("/search/global-brand-database?q=sail")
            .await
            .has("Save this search")
    );
}

#[tokio::test]
async fn an_account_has_twenty_sessions_at_most_and_the_newest_is_one_of_them() {
    let first = Client::signed_in(training(), "amara").await;
    let mut browsers = vec![first];
    for _ in 0..21 {
        let mut another = browsers[0].another();
        another.sign_in("amara").await;
        browsers.push(another);
    }
    let mut living = vec![];
    for browser in &mut browsers {
        living.push(browser.get("/dashboard").await.status == StatusCode::OK);
    }
    // All of them within a moment, and under a frozen clock.
    assert_eq!(
        living,
        [[false; 2].as_slice(), &[true; 20]].concat(),
        "the oldest two have ended"
    );
}

#[tokio::test(start_paused = true)]
async fn http_1_1_without_a_host_is_refused() {
    let answer = response_to("GET /mailbox HTTP/1.1\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
}
