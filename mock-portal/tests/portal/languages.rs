//! The portal in French and Arabic: who reads it in which language, and that nothing is left in English.

use std::{collections::BTreeSet, fs, path::Path};

use axum::http::{Method, StatusCode};
use polib::po_file;

use crate::client::{Answer, Client, training};

const ARABIC: (&str, &str) = ("accept-language", "ar");

async fn read(client: &mut Client, address: &str, accepted: &str) -> Answer {
    let headers = [("accept-language", accepted)];
    client.send(Method::GET, address, String::new(), &headers).await
}

async fn choose(client: &mut Client, code: &str) -> Answer {
    client.get("/language").await;
    client
        .post("/language", &[("language", code), ("return", "/help")])
        .await
}

#[tokio::test]
async fn a_visitor_reads_what_their_browser_asks_for() {
    let mut client = Client::new(training());
    assert!(
        read(&mut client, "/", "fr-CH")
            .await
            .has("<html lang=\"fr\" dir=\"ltr\">")
    );
    assert!(
        read(&mut client, "/", "ar, en;q=0.5")
            .await
            .has("<html lang=\"ar\" dir=\"rtl\">")
    );
    assert!(
        read(&mut client, "/", "tlh")
            .await
            .has("<html lang=\"en\" dir=\"ltr\">")
    );
    assert!(client.get("/").await.has("<html lang=\"en\""));
}

#[tokio::test]
async fn a_visitor_s_choice_is_remembered_and_leads_back() {
    let mut client = Client::new(training());
    let answer = choose(&mut client, "fr").await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/help"));
    assert!(read(&mut client, "/", "ar").await.has("<html lang=\"fr\""));
}

#[tokio::test]
async fn an_account_s_choice_comes_along_to_another_browser() {
    let mut client = Client::signed_in(training(), "amara").await;
    choose(&mut client, "ar").await;
    let mut elsewhere = client.another();
    assert!(elsewhere.get("/").await.has("<html lang=\"en\""));
    elsewhere.sign_in("amara").await;
    assert!(elsewhere.get("/").await.has("<html lang=\"ar\""));
}

#[tokio::test]
async fn an_unknown_language_and_a_foreign_return_address_are_refused() {
    let mut client = Client::new(training());
    assert_eq!(choose(&mut client, "tlh").await.status, StatusCode::NOT_FOUND);
    let answer = client
        .post("/language", &[("language", "fr"), ("return", "//evil.example")])
        .await;
    assert_eq!(answer.location(), "/");
    client.cookie = "language-8080=tlh".to_owned();
    assert!(client.get("/").await.has("<html lang=\"en\""));
}

#[tokio::test]
async fn a_failure_is_shown_in_the_reader_s_language() {
    let mut client = Client::new(training());
    let forged = client
        .send(
            Method::POST,
            "/language",
            "csrf=0".to_owned(),
            &[("accept-language", "fr")],
        )
        .await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert!(forged.has("Ce formulaire n’est plus valable"), "{}", forged.body);
    let mut person = Client::signed_in(training(), "amara").await;
    choose(&mut person, "fr").await;
    person.cookie = person.cookie.replace("language-8080=fr", "language-8080=en");
    assert!(person.get("/guides/nothing").await.has("Cette page n’existe pas"));
}

#[tokio::test]
async fn files_follow_the_language() {
    let mut client = Client::signed_in(training(), "chenwei").await;
    client.pair("distribution-reports", "180457", "R4T8B2NZ").await;
    let csv = "/documents/distribution-reports/DR-2024-0611.csv";
    assert!(read(&mut client, csv, "fr").await.has("Identifiant client"));
    assert!(read(&mut client, csv, "ar").await.has("مُعرّف العميل"));
    let pdf = csv.replace("csv", "pdf");
    let french = pdf_extract::extract_text_from_mem(&read(&mut client, &pdf, "fr").await.bytes).unwrap();
    assert!(french.contains("Rapport de distribution"), "{french}");
    assert!(
        french.replace(['\u{202f}', '\u{a0}'], " ").contains("16 104,25"),
        "{french}"
    );
    let arabic = pdf_extract::extract_text_from_mem(&read(&mut client, &pdf, "ar").await.bytes).unwrap();
    // The reader gives what stands there from left to right.
    let from_left = |word: &str| word.chars().rev().collect::<String>();
    for word in "تقرير التوزيع البند المبلغ".split(' ') {
        assert!(arabic.contains(&from_left(word)), "{word} is not in {arabic}");
    }
    for value in ["180457", "DR-2024-0611", "Madrid: individual fees", "16,104.25", "CHF"] {
        assert!(arabic.contains(value), "{value} is not in {arabic}");
    }
}

#[tokio::test]
async fn every_page_leads_to_the_languages_and_arabic_brings_its_font() {
    let mut client = Client::new(training());
    for address in ["/", "/login", "/help", "/mailbox", "/nothing"] {
        assert!(
            client
                .get(address)
                .await
                .has("class=\"language\" href=\"/language?return="),
            "{address}"
        );
    }
    let font = "/assets/fonts/NotoSansArabic-Regular.ttf";
    assert!(read(&mut client, "/", "ar").await.has(font));
    assert!(
        !client.get("/").await.has(font),
        "other languages need not load it first"
    );
    let style = client.get("/assets/portal.css").await;
    assert!(style.has("url(\"fonts/NotoSansArabic-Regular.ttf\")"));
    let font = client.get(font).await;
    assert_eq!(font.headers["content-type"], "font/ttf");
    assert!(font.bytes.len() > 100_000);
}

/// The catalogue's translations, cut where something is filled in.
fn translations(code: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("locales/{code}.po"));
    let catalogue = po_file::parse(&path).unwrap();
    let cut = |text: &str| text.split("{}").map(str::to_owned).collect();
    catalogue
        .messages()
        .map(|message| cut(message.msgstr().unwrap()))
        .collect()
}

/// What a person reads of a page, by eye or with a screen reader: text between tags, and the attributes that are read
/// out.
fn visible_texts(html: &str) -> BTreeSet<String> {
    const READ_OUT: [&str; 9] = [
        " aria-label=\"",
        " placeholder=\"",
        " title=\"",
        " alt=\"",
        " data-added=\"",
        " data-removed=\"",
        " data-moved=\"",
        " data-saved=\"",
        " data-failed=\"",
    ];
    let mut all = BTreeSet::new();
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        all.insert(text);
        for attribute in READ_OUT {
            all.extend(tag.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap()));
        }
    }
    let plain = |text: &str| {
        text.replace("&#39;", "'")
            .replace("&#38;", "&")
            .replace(['\u{2068}', '\u{2069}'], "")
    };
    all.into_iter().map(|text| plain(text.trim())).collect()
}

/// Whether the text is one of the catalogue's with something filled in, or two of them side by side.
fn is_translated(text: &str, known: &[Vec<String>]) -> bool {
    known.iter().any(|parts| match parts.as_slice() {
        [whole] => whole == text,
        [before, .., after] => {
            !(before.trim().is_empty() && after.trim().is_empty()) && text.starts_with(before) && text.ends_with(after)
        }
        _ => false,
    })
}

/// Names that are the same in every language.
const ALWAYS: [&str; 9] = [
    "PATENTSCOPE",
    "PDF",
    "XLSX",
    "CSV",
    "XML",
    "https://",
    "العربية",
    "English",
    "Français",
];

const MONTHS: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];

/// A figure, a date or a sum of money, as the portal's own formats write it.
fn is_figure(text: &str) -> bool {
    text.split([' ', '\u{a0}'])
        .all(|word| word == "CHF" || MONTHS.contains(&word) || !word.chars().any(char::is_alphabetic))
}

/// All of it that is neither translated nor a name, an ID or a figure of the fixture.
fn left_over(answer: &Answer, known: &[Vec<String>], data: &str) -> Vec<String> {
    let is_fine =
        |text: &str| ALWAYS.contains(&text) || is_figure(text) || data.contains(text) || is_translated(text, known);
    visible_texts(&answer.body)
        .into_iter()
        .filter(|text| !is_fine(text) && !text.split([':', '·', '–']).all(|part| is_fine(part.trim())))
        .collect()
}

#[tokio::test]
async fn no_text_escapes_the_catalogue() {
    let known = translations("ar");
    let link = "https://example.org/arcadia";
    let data = link.to_owned()
        + &fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/training.toml")).unwrap();
    let mut visitor = Client::new(training());
    let mut person = Client::signed_in(training(), "chenwei").await;
    person.pair("distribution-reports", "180457", "R4T8B2NZ").await;
    for widget in [
        "wipo-pay-details",
        "current-account-summary",
        "current-account-details",
        "annual-contributions",
        "wipo-lex",
        "epct",
    ] {
        let change = format!("add:{widget}");
        person.post("/dashboard/arrange", &[("change", &change)]).await;
    }
    person.post("/dashboard/links", &[("address", link)]).await;
    person.post("/dashboard/cities", &[("city", "kathmandu")]).await;
    person.post("/search/wipo-lex/saved", &[("q", "180457")]).await;
    let mut seen = Vec::new();
    for path in mock_portal::paths() {
        for parameters in [
            "",
            "distribution-reports",
            "annual-contributions",
            "notepad",
            "patentscope",
            "definition-of-terms",
            "financial-regulations",
            "new",
            "forgotten-username",
            "forgotten-password",
            "1",
            "1-0",
        ] {
            if parameters.is_empty() == path.contains('{') || path.contains("/documents/") || path.contains("*file") {
                continue;
            }
            let address = path
                .split('/')
                .map(|part| if part.starts_with('{') { parameters } else { part });
            let address = address.collect::<Vec<_>>().join("/");
            for client in [&mut visitor, &mut person] {
                seen.push((address.clone(), read(client, &address, "ar").await));
            }
        }
    }
    for (address, fields) in [
        ("/login", [("username", "x"), ("password", "x")]),
        ("/accounts/new", [("name", ""), ("username", "é")]),
        ("/accounts/forgotten-username", [("mail", "x"), ("x", "x")]),
    ] {
        read(&mut visitor, address, "ar").await;
        seen.push((address.to_owned(), visitor.post_with(address, &fields, &[ARABIC]).await));
    }
    for (address, fields) in [
        (
            "/pairing/annual-contributions",
            [("customer_id", "1"), ("access_code", "x")],
        ),
        (
            "/pairing/annual-contributions",
            [("customer_id", "00731"), ("access_code", "A7K2M9QX")],
        ),
        ("/account/password", [("current_password", "x"), ("new_password", "x")]),
        ("/dashboard/links", [("address", ":"), ("x", "x")]),
        ("/dashboard/arrange", [("change", "x"), ("x", "x")]),
    ] {
        seen.push((address.to_owned(), person.post_with(address, &fields, &[ARABIC]).await));
    }
    for address in [
        "/dashboard?panel=open",
        "/search/patentscope?q=180457",
        "/search/wipo-lex?q=180457",
    ] {
        seen.push((address.to_owned(), read(&mut person, address, "ar").await));
    }
    for (address, answer) in seen.iter().filter(|(_, answer)| answer.body.contains("<html")) {
        assert!(answer.has("<html lang=\"ar\" dir=\"rtl\">"), "{address}");
        let left = left_over(answer, &known, &data);
        assert!(left.is_empty(), "{address}: not from the catalogue: {left:#?}");
    }
}

#[test]
fn an_escaped_text_is_found() {
    let body = "<p>مرحبًا</p><a aria-label=\"Go\">Hello</a>";
    let known = [vec!["مرحبًا".to_owned()]];
    let found: Vec<_> = visible_texts(body)
        .into_iter()
        .filter(|text| !is_translated(text, &known) && !text.is_empty())
        .collect();
    assert_eq!(found, ["Go", "Hello"]);
}
