//! Hostile input at every address, signed out and in: nothing panics, nothing fails, nothing that was sent becomes part
//! of a page, and no document is shown of another Office. `FUZZ_SEED` plays a run again.

use std::time::{Duration, Instant};

use axum::http::Method;
use fastrand::Rng;
use scraper::{Html, Selector};

use crate::client::{Answer, Client, training};

const TIME: Duration = Duration::from_secs(4);
/// A machine that is busy with other things takes longer for as many.
const FEWEST: usize = 100;
/// In bytes: a larger page cannot come from what was sent and stored.
const LARGEST: usize = 1024 * 1024;

/// What tries to become an element, an attribute, a handler or an address that runs.
const HOSTILE: [&str; 24] = [
    "<zzz onzzz=1>",
    "\"><zzz onzzz=\"1\">",
    "' onzzz='1' zzz='",
    "\" onzzz=\"1\" zzz=\"",
    "</textarea><zzz>",
    "</title></script><script>zzz()</script>",
    "javascript:zzz()",
    "https://a.example/\"onzzz=1<zzz>",
    "//zzz.example",
    "/\\zzz.example",
    "http://zzz.example/'onzzz='",
    "{{zzz}}${zzz}<%=zzz%>",
    "'; DROP TABLE account; --",
    "\u{202e}\u{0}\u{feff}",
    "%00%ff%2e%2e%2f",
    "../../../etc/passwd",
    "\r\nSet-Cookie: zzz=1",
    "-9223372036854775809",
    "99999999999999999999",
    "41207",
    "apply",
    "add:notepad",
    "amara",
    "&lt;zzz&gt;&#60;zzz&#62;",
];

const NAMES: [&str; 20] = [
    "username",
    "password",
    "return",
    "note",
    "version",
    "address",
    "remove",
    "change",
    "widget",
    "was",
    "customer_id",
    "access_code",
    "q",
    "to",
    "panel",
    "month",
    "year",
    "type",
    "mail",
    "name",
];

/// Where the documents and payments of Offices are shown, those of other people's Offices too if access were not
/// checked.
const GUARDED: [&str; 5] = [
    "/documents/distribution-reports/DR-2024-0521.csv",
    "/documents/annual-contributions/AC-W-2024-180457.csv",
    "/dashboard/widgets/distribution-reports",
    "/dashboard/widgets/wipo-pay-details",
    "/dashboard/widgets/current-account-details",
];

/// What only Offices that Amara is not paired with have (a document's number, payments, an entry, sums of documents),
/// and secrets that no page may show.
const CANARIES: [&str; 8] = [
    "DR-2024-0521",
    "International search fee",
    "Designation of a further member",
    "Transfer received",
    "45588.00",
    "R4T8B2NZ",
    "S1L5V8WD",
    "A7K2M9QX",
];

#[tokio::test]
async fn hostile_input_does_no_harm() {
    let seed = std::env::var("FUZZ_SEED").map_or_else(|_| fastrand::u64(..), |seed| seed.parse().unwrap());
    println!("FUZZ_SEED={seed}");
    let mut rng = Rng::with_seed(seed);
    let mut person = Client::signed_in(training(), "amara").await;
    person.pair("distribution-reports", "41207", "A7K2M9QX").await;
    let mut visitor = person.another();
    for (other, customer_id, access_code) in [("chenwei", "180457", "R4T8B2NZ"), ("dolores", "00731", "S1L5V8WD")] {
        let mut other_person = person.another();
        other_person.sign_in(other).await;
        for widget in ["distribution-reports", "annual-contributions"] {
            other_person.pair(widget, customer_id, access_code).await;
        }
    }
    for path in GUARDED {
        assert_eq!(fault(&person.get(path).await), None, "{path}");
    }
    let (begun, mut asked) = (Instant::now(), 0_usize);
    while asked < FEWEST || begun.elapsed() < TIME {
        let client = if rng.bool() { &mut person } else { &mut visitor };
        let path = if rng.u8(..) < 16 {
            (*rng.choice(&GUARDED).unwrap()).to_owned()
        } else {
            path(&mut rng)
        };
        let method = method(&mut rng);
        let body = body(&mut rng, &client.csrf);
        let values: Vec<String> = (0..3).map(|_| header_value(&mut rng)).collect();
        let headers = [
            ("accept-language", values[0].as_str()),
            ("referer", &values[1]),
            ("content-type", &values[2]),
            (if rng.bool() { "x-fragment" } else { "x-other" }, "1"),
        ];
        let cookie = client.cookie.clone();
        if rng.u8(..) < 16 {
            client.cookie = format!("portal-8080={}", values[0]);
        }
        let answer = client.send(method.clone(), &path, body.clone(), &headers).await;
        let fault = fault(&answer);
        assert!(
            fault.is_none(),
            "{} at {method} {path} with {body:?}",
            fault.unwrap_or_default()
        );
        client.cookie = cookie;
        asked += 1;
        if path.starts_with("/logout") || asked.is_multiple_of(100) {
            person = person.another();
            person.sign_in("amara").await;
        }
    }
    println!("{asked} requests");
}

fn method(rng: &mut Rng) -> Method {
    match rng.u8(..10) {
        0..4 => Method::GET,
        4..8 => Method::POST,
        8 => Method::HEAD,
        _ => Method::from_bytes(
            rng.choice([&b"PUT"[..], b"DELETE", b"OPTIONS", b"TRACE", b"ZZZ"])
                .unwrap(),
        )
        .unwrap(),
    }
}

/// An address of the portal with something sensible or hostile in its parameters and its query, or any address at all.
fn path(rng: &mut Rng) -> String {
    let pattern = rng.choice(mock_portal::paths()).unwrap();
    let segments = pattern.split('/').skip(1).map(|segment| {
        if segment.starts_with('{') || rng.u8(..) < 8 {
            let sensible = [
                "distribution-reports",
                "notepad",
                "patentscope",
                "default",
                "1",
                "DR-2024-0311.csv",
            ];
            if rng.bool() {
                (*rng.choice(&sensible).unwrap()).to_owned()
            } else {
                inert(&text(rng))
            }
        } else {
            segment.to_owned()
        }
    });
    let mut path = String::new();
    for segment in segments.collect::<Vec<_>>() {
        path.push('/');
        path.push_str(&segment);
    }
    if rng.bool() {
        path = format!("{path}?{}", pairs(rng));
    }
    path
}

fn body(rng: &mut Rng, csrf: &str) -> String {
    match rng.u8(..8) {
        0 => text(rng),
        1 => "a".repeat(rng.usize(..100_000)),
        _ => format!("csrf={csrf}&{}", pairs(rng)),
    }
}

/// Every field there is, or some of them, some twice.
fn pairs(rng: &mut Rng) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    if rng.bool() {
        for name in NAMES {
            form.append_pair(name, &text(rng));
        }
    } else {
        for _ in 0..rng.usize(..6) {
            form.append_pair(rng.choice(NAMES).unwrap(), &text(rng));
        }
    }
    form.finish()
}

/// Something hostile, several such things, or any characters.
fn text(rng: &mut Rng) -> String {
    match rng.u8(..6) {
        0 => (0..rng.usize(..40)).map(|_| rng.char(..)).collect(),
        1 => HOSTILE.iter().filter(|_| rng.u8(..) < 40).copied().collect(),
        2 => rng.choice(HOSTILE).unwrap().repeat(rng.usize(..20)),
        _ => (*rng.choice(HOSTILE).unwrap()).to_owned(),
    }
}

/// As one segment of an address.
fn inert(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// What HTTP lets through in a header, as bytes of Latin-1.
fn header_value(rng: &mut Rng) -> String {
    text(rng).chars().filter(|char| (' '..='~').contains(char)).collect()
}

/// What is wrong with an answer.
fn fault(answer: &Answer) -> Option<String> {
    if answer.status.is_server_error() {
        return Some(format!("answer {}", answer.status));
    }
    if answer.bytes.len() > LARGEST && !answer.headers["content-type"].to_str().unwrap().starts_with("font") {
        return Some(format!("{} bytes", answer.bytes.len()));
    }
    let place = answer.location();
    if !place.is_empty() && (!place.starts_with('/') || place.starts_with("//") || place.starts_with("/\\")) {
        return Some(format!("redirect to {place}"));
    }
    if answer
        .headers
        .get_all("set-cookie")
        .iter()
        .any(|set| !set.to_str().unwrap().starts_with("portal-8080="))
    {
        return Some("a cookie that is not ours".to_owned());
    }
    if let Some(canary) = CANARIES.iter().find(|canary| answer.has(canary)) {
        return Some(format!("{canary} is shown"));
    }
    let kind = answer
        .headers
        .get("content-type")
        .map_or("", |kind| kind.to_str().unwrap());
    if kind.starts_with("text/html") {
        injected(&answer.body)
    } else {
        None
    }
}

/// An element, attribute or address in the page that no template of ours has.
fn injected(page: &str) -> Option<String> {
    let page = Html::parse_document(page);
    let all = Selector::parse("*").unwrap();
    for element in page.select(&all).map(|element| element.value()) {
        let has_address = element
            .attr("src")
            .is_some_and(|address| address.starts_with("/assets/"));
        if element.name().contains("zzz") || (element.name() == "script" && !has_address) {
            return Some(format!("injected element {element:?}"));
        }
        for (name, value) in element.attrs() {
            let leads = matches!(name, "href" | "src" | "action" | "formaction" | "data" | "srcdoc");
            let local = value.starts_with('#') || (value.starts_with('/') && !value.starts_with("//"));
            if name.starts_with("on") || name.contains("zzz") || name == "style" || (leads && !local) {
                return Some(format!("injected attribute {name}={value:?}"));
            }
        }
    }
    None
}

#[test]
fn what_is_injected_is_found() {
    for page in [
        "<zzz>",
        "<p onclick=x>",
        "<a href='javascript:x'>",
        "<script>x</script>",
        "<form action=//a.example>",
        "<p zzz=1>",
    ] {
        assert!(injected(page).is_some(), "{page}");
    }
    assert_eq!(injected("<p>&lt;zzz&gt;</p><a href=/leaving?to=javascript:x>"), None);
}
