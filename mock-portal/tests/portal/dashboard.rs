//! Widgets: adding, removing, moving, and what people write into them.

use axum::http::{Method, StatusCode};

use crate::client::{Client, training};

#[tokio::test]
async fn ticking_adds_and_unticking_removes() {
    let mut client = Client::signed_in(training(), "amara").await;
    let fragment = [("x-fragment", "1")];
    let added = client
        .post_with("/dashboard/arrange", &[("change", "add:wipo-lex")], &fragment)
        .await;
    assert!(
        added
            .body
            .trim_start()
            .starts_with("<section class=\"widget\" id=\"wipo-lex\""),
        "{}",
        added.body
    );
    assert_eq!(client.get("/dashboard").await.widgets().last(), Some(&"wipo-lex"));
    let removed = client
        .post_with("/dashboard/arrange", &[("change", "remove:wipo-lex")], &fragment)
        .await;
    assert_eq!(
        removed.body,
        "patentscope global-brand-database global-design-database world-clock quick-links notepad"
    );
    assert_eq!(client.get("/dashboard").await.widget("wipo-lex"), None);
}

#[tokio::test]
async fn a_widget_is_on_the_dashboard_once() {
    let mut client = Client::signed_in(training(), "amara").await;
    for _ in 0..2 {
        client.post("/dashboard/arrange", &[("change", "add:wipo-lex")]).await;
    }
    assert_eq!(client.get("/dashboard").await.widgets().len(), 7);
}

#[tokio::test]
async fn without_script_one_button_applies_what_was_changed() {
    let mut client = Client::signed_in(training(), "amara").await;
    client.post("/dashboard/arrange", &[("change", "add:wipo-lex")]).await;
    // A page that was loaded before WIPO Lex came from another tab.
    let fields = [("change", "apply"), ("was", "notepad"), ("widget", "lisbon-express")];
    assert_eq!(
        client.post("/dashboard/arrange", &fields).await.location(),
        "/dashboard?panel=open"
    );
    let dashboard = client.get("/dashboard").await;
    assert!(dashboard.widget("notepad").is_none() && dashboard.widget("lisbon-express").is_some());
    assert!(dashboard.widget("wipo-lex").is_some());
}

#[tokio::test]
async fn widgets_move_and_stop_at_the_ends() {
    let mut client = Client::signed_in(training(), "amara").await;
    client
        .post("/dashboard/arrange", &[("change", "later:patentscope")])
        .await;
    client
        .post("/dashboard/arrange", &[("change", "earlier:global-brand-database")])
        .await;
    client
        .post("/dashboard/arrange", &[("change", "earlier:notepad")])
        .await;
    client
        .post("/dashboard/arrange", &[("change", "later:quick-links")])
        .await;
    assert_eq!(
        client.get("/dashboard").await.widgets(),
        [
            "global-brand-database",
            "patentscope",
            "global-design-database",
            "world-clock",
            "notepad",
            "quick-links"
        ]
    );
}

#[tokio::test]
async fn clearing_asks_first() {
    let mut client = Client::signed_in(training(), "amara").await;
    assert!(client.get("/dashboard/clear").await.has("Clear your dashboard?"));
    assert_eq!(client.get("/dashboard").await.widgets().len(), 6);
    client.post("/dashboard/clear", &[]).await;
    assert!(client.get("/dashboard").await.widgets().is_empty());
}

#[tokio::test]
async fn clearing_keeps_what_was_written() {
    let mut client = Client::signed_in(training(), "amara").await;
    client
        .post("/dashboard/note", &[("note", "Call Geneva"), ("version", "0")])
        .await;
    client
        .post("/dashboard/links", &[("address", "https://www.wipo.int/lex")])
        .await;
    client.post("/dashboard/cities", &[("city", "tokyo")]).await;
    client.post("/search/patentscope/saved", &[("q", "sail")]).await;
    client.post("/dashboard/clear", &[]).await;
    client.post("/dashboard/templates/default", &[]).await;
    let dashboard = client.get("/dashboard").await;
    for text in ["Call Geneva", "https://www.wipo.int/lex</a>", "Remove Tokyo", "q=sail"] {
        assert!(dashboard.has(text), "{text}");
    }
}

#[tokio::test]
async fn a_template_adds_its_widgets_and_takes_none_away() {
    let mut client = Client::signed_in(training(), "amara").await;
    let to = client.post("/dashboard/templates/brands-and-designs", &[]).await;
    assert_eq!(to.location(), "/dashboard?panel=open");
    let dashboard = client.get("/dashboard").await;
    assert_eq!(
        dashboard.widgets()[5..],
        ["notepad", "madrid-monitor", "hague-express", "lisbon-express"]
    );
    assert_eq!(
        client.post("/dashboard/templates/none", &[]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn every_widget_of_the_panel_shows_something() {
    let mut client = Client::signed_in(training(), "amara").await;
    let panel = client.get("/dashboard").await.body;
    let ids = panel.split("name=\"widget\" value=\"").skip(1);
    for id in ids.map(|rest| &rest[..rest.find('"').unwrap()]) {
        let page = client.get(&format!("/dashboard/widgets/{id}")).await;
        assert_eq!(page.status, StatusCode::OK, "{id}");
        let (_, body) = page.widget(id).unwrap().split_once("widget-body").unwrap();
        let texts = body.split('>').filter_map(|part| part.split('<').next());
        assert!(
            texts.skip(1).any(|text| !text.trim().is_empty()),
            "{id} is empty: {body}"
        );
    }
}

#[tokio::test]
async fn services_say_what_they_are_for_and_where_their_link_leads() {
    let mut client = Client::signed_in(training(), "amara").await;
    let page = client.get("/dashboard/widgets/ehague").await;
    assert!(page.has("under the Hague System."));
    assert!(page.has("href=\"/leaving?to=https%3A%2F%2Fwww.wipo.int%2Fhague\">Open eHague</a>"));
}

#[tokio::test]
async fn the_view_is_remembered() {
    let mut client = Client::signed_in(training(), "amara").await;
    assert!(client.get("/dashboard").await.has("class=\"widgets grid\""));
    // A second click in a tab that still shows the grid promises a list, too.
    for _ in 0..2 {
        client.post("/dashboard/view", &[("view", "list")]).await;
    }
    client.post("/logout", &[]).await;
    client.sign_in("amara").await;
    let dashboard = client.get("/dashboard").await;
    assert!(dashboard.has("class=\"widgets list\"") && dashboard.has("name=\"view\" value=\"grid\""));
    let unknown = client.post("/dashboard/view", &[("view", "sphere")]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn notes_are_stored_for_their_writer_and_inert() {
    let mut client = Client::signed_in(training(), "amara").await;
    client
        .post(
            "/dashboard/note",
            &[("note", "</textarea><script>alert(1)</script>"), ("version", "0")],
        )
        .await;
    let dashboard = client.get("/dashboard").await;
    assert!(
        dashboard
            .widget("notepad")
            .unwrap()
            .contains("&#60;/textarea&#62;&#60;script&#62;")
    );
    assert!(!dashboard.has("<script>alert"));
    let mut other = client.another();
    other.sign_in("bogdan").await;
    assert!(!other.get("/dashboard").await.has("alert(1)"));
}

#[tokio::test]
async fn links_are_web_addresses_and_lead_to_the_page_before_the_door() {
    let mut client = Client::signed_in(training(), "amara").await;
    client
        .post(
            "/dashboard/links",
            &[("address", "https://www.wipo.int/a?b=c&d=\"><i>")],
        )
        .await;
    client.post("/dashboard/links", &[("address", "www.upov.int")]).await;
    let widget = client.get("/dashboard").await.widget("quick-links").unwrap().to_owned();
    assert!(
        widget.contains("href=\"/leaving?to=https%3A%2F%2Fwww.upov.int\""),
        "{widget}"
    );
    assert!(!widget.contains("<i>"));
    let refused = client
        .post("/dashboard/links", &[("address", "javascript:alert(1)")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("begins with http:// or https://"));
}

#[tokio::test]
async fn a_person_cannot_remove_another_person_s_link() {
    let mut client = Client::signed_in(training(), "amara").await;
    client
        .post("/dashboard/links", &[("address", "https://www.wipo.int")])
        .await;
    let mut other = client.another();
    other.sign_in("bogdan").await;
    other.post("/dashboard/links", &[("remove", "1")]).await;
    assert!(client.get("/dashboard").await.has("https://www.wipo.int</a> <button"));
    client.post("/dashboard/links", &[("remove", "1")]).await;
    assert!(!client.get("/dashboard").await.has("https://www.wipo.int</a> <button"));
}

#[tokio::test]
async fn selects_filter_without_script_too() {
    let mut client = Client::signed_in(training(), "chenwei").await;
    client.pair("annual-contributions", "180457", "R4T8B2NZ").await;
    let page = client
        .get("/dashboard/widgets/annual-contributions?year=2024&organization=UPOV")
        .await;
    assert!(page.has("AC-U-2024-180457") && !page.has("AC-W-2024-180457"));
    assert!(page.has("<option value=\"UPOV\" selected>"));
    let none = client
        .get("/dashboard/widgets/annual-contributions?year=2023&organization=UPOV")
        .await;
    assert!(none.has("No results were found. Please try another organization or year."));
}

/// Most of a dashboard is rendered once for everybody; one widget by itself, anew.
#[tokio::test]
async fn what_is_rendered_once_is_what_its_reader_would_get_anew_in_each_language() {
    let mut client = Client::signed_in(training(), "amara").await;
    let all = [
        ("change", "apply"),
        ("widget", "patentscope"),
        ("widget", "hague-express"),
        ("widget", "wipo-lex"),
        ("widget", "distribution-reports"),
        ("widget", "annual-contributions"),
    ];
    client.post("/dashboard/arrange", &all).await;
    client.post("/search/hague-express/saved", &[("q", "lamp")]).await;
    client.pair("distribution-reports", "41207", "A7K2M9QX").await;
    for language in ["en", "fr", "ar"] {
        client.post("/language", &[("language", language)]).await;
        let dashboard = client.get("/dashboard").await;
        for (_, widget) in &all[1..] {
            let path = format!("/dashboard/widgets/{widget}");
            let anew = client
                .send(Method::GET, &path, String::new(), &[("x-fragment", "1")])
                .await;
            assert!(dashboard.has(&anew.body), "{widget} in {language}: {}", anew.body);
        }
    }
}
