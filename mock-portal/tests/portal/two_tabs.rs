//! One dashboard in two tabs: whatever they do, and whenever, no widget is lost and none is there twice.

use axum::http::StatusCode;
use futures_util::future::join_all;

use crate::client::{Answer, Client, training};

const DEFAULT: [&str; 6] = [
    "patentscope",
    "global-brand-database",
    "global-design-database",
    "world-clock",
    "quick-links",
    "notepad",
];

async fn two_tabs() -> (Client, Client) {
    let tab = Client::signed_in(training(), "amara").await;
    (tab.clone(), tab)
}

/// What a script sends, and the order that it gets.
async fn change(tab: &mut Client, change: &str) -> String {
    tab.post_with("/dashboard/arrange", &[("change", change)], &[("x-fragment", "1")])
        .await
        .body
}

#[tokio::test]
async fn a_dropped_widget_goes_where_it_was_dropped() {
    let (mut tab, _) = two_tabs().await;
    change(&mut tab, "before:notepad:patentscope").await;
    let order = change(&mut tab, "last:world-clock").await;
    assert_eq!(
        order,
        "notepad patentscope global-brand-database global-design-database quick-links world-clock"
    );
    assert_eq!(tab.get("/dashboard").await.widgets().join(" "), order);
}

#[tokio::test]
async fn what_both_tabs_add_is_there_and_once() {
    let (mut one, mut other) = two_tabs().await;
    change(&mut one, "add:wipo-lex").await;
    change(&mut other, "add:lisbon-express").await;
    change(&mut other, "add:wipo-lex").await;
    let widgets = one.get("/dashboard").await;
    assert_eq!(widgets.widgets()[..6], DEFAULT);
    assert_eq!(widgets.widgets()[6..], ["wipo-lex", "lisbon-express"]);
}

#[tokio::test]
async fn what_was_removed_here_does_not_come_back_by_being_moved_there() {
    let (mut one, mut other) = two_tabs().await;
    change(&mut one, "remove:notepad").await;
    for stale in [
        "earlier:notepad",
        "later:notepad",
        "before:notepad:patentscope",
        "last:notepad",
    ] {
        assert_eq!(change(&mut other, stale).await, DEFAULT[..5].join(" "), "{stale}");
    }
}

#[tokio::test]
async fn what_is_moved_here_is_removed_there() {
    let (mut one, mut other) = two_tabs().await;
    change(&mut one, "before:notepad:patentscope").await;
    assert_eq!(change(&mut other, "remove:notepad").await, DEFAULT[..5].join(" "));
}

#[tokio::test]
async fn moving_in_a_stale_tab_keeps_what_was_added_and_moved_meanwhile() {
    let (mut one, mut other) = two_tabs().await;
    change(&mut one, "add:wipo-lex").await;
    change(&mut one, "before:quick-links:patentscope").await;
    let order = change(&mut other, "last:patentscope").await;
    assert_eq!(
        order,
        "quick-links global-brand-database global-design-database world-clock notepad wipo-lex patentscope"
    );
}

#[tokio::test]
async fn a_widget_dropped_before_one_that_is_gone_stays_where_it_is() {
    let (mut one, mut other) = two_tabs().await;
    change(&mut one, "remove:patentscope").await;
    assert_eq!(
        change(&mut other, "before:notepad:patentscope").await,
        DEFAULT[1..].join(" ")
    );
}

#[tokio::test]
async fn a_stale_page_without_script_takes_nothing_back() {
    let (mut one, mut other) = two_tabs().await;
    change(&mut one, "add:wipo-lex").await;
    change(&mut one, "remove:notepad").await;
    // All boxes as the other tab still shows them, and one more ticked.
    let mut fields = vec![("change", "apply"), ("widget", "epct")];
    fields.extend(DEFAULT.iter().flat_map(|id| [("was", *id), ("widget", *id)]));
    other.post("/dashboard/arrange", &fields).await;
    let dashboard = one.get("/dashboard").await;
    assert_eq!(dashboard.widgets()[5..], ["wipo-lex", "epct"]);
    assert_eq!(dashboard.widgets()[..5], DEFAULT[..5]);
}

#[tokio::test]
async fn clearing_and_adding_leave_what_came_last() {
    let (mut one, mut other) = two_tabs().await;
    one.post("/dashboard/clear", &[]).await;
    assert_eq!(change(&mut other, "earlier:notepad").await, "");
    change(&mut other, "add:notepad").await;
    assert_eq!(one.get("/dashboard").await.widgets(), ["notepad"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn changes_at_the_same_time_lose_and_double_nothing() {
    let (mut first, second) = two_tabs().await;
    let moves = [
        "before:notepad:patentscope",
        "last:patentscope",
        "earlier:world-clock",
        "later:quick-links",
    ];
    let work = (0..80).map(|round| {
        let mut tab = if round % 2 == 0 { first.clone() } else { second.clone() };
        let what = match round {
            0 | 1 => "add:wipo-lex",
            2 => "remove:global-brand-database",
            3 => "add:lisbon-express",
            _ => moves[round % moves.len()],
        };
        tokio::spawn(async move { tab.post("/dashboard/arrange", &[("change", what)]).await.status })
    });
    for status in join_all(work).await {
        assert!(status.unwrap().is_redirection());
    }
    let dashboard = first.get("/dashboard").await;
    let mut widgets = dashboard.widgets();
    widgets.sort_unstable();
    let expected = [
        "global-design-database",
        "lisbon-express",
        "notepad",
        "patentscope",
        "quick-links",
        "wipo-lex",
        "world-clock",
    ];
    assert_eq!(widgets, expected);
}

/// What a script sends from a tab that shows this version of the note.
async fn write(tab: &mut Client, note: &str, version: &str) -> Answer {
    let fields = [("note", note), ("version", version)];
    tab.post_with("/dashboard/note", &fields, &[("x-fragment", "1")]).await
}

#[tokio::test]
async fn a_note_written_over_an_old_one_shows_both_and_keeps_the_newer_until_somebody_decides() {
    let (mut one, mut other) = two_tabs().await;
    assert_eq!(write(&mut one, "Call Geneva", "0").await.body, "1");
    let conflict = write(&mut other, "Buy stamps", "0").await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    for text in [
        "\nCall Geneva</textarea>",
        "\nBuy stamps</textarea>",
        "name=\"version\" value=\"1\"",
    ] {
        assert!(conflict.has(text), "{text}: {}", conflict.body);
    }
    let stored = one.get("/dashboard").await;
    assert!(stored.has("Call Geneva") && !stored.has("Buy stamps"));
    // Having seen both, the person decides.
    assert_eq!(write(&mut other, "Call Geneva, buy stamps", "1").await.body, "2");
    assert!(one.get("/dashboard").await.has("Call Geneva, buy stamps"));
}

#[tokio::test]
async fn a_tab_goes_on_writing_and_what_stands_there_already_is_no_conflict() {
    let (mut one, mut other) = two_tabs().await;
    assert_eq!(write(&mut one, "One", "0").await.body, "1");
    assert_eq!(write(&mut one, "One, two", "1").await.body, "2");
    assert_eq!(write(&mut other, "One, two", "0").await.body, "2");
}

#[tokio::test]
async fn without_script_the_page_shows_both_notes_too() {
    let (mut one, mut other) = two_tabs().await;
    write(&mut one, "Call Geneva", "0").await;
    for version in ["0", "", "none", "7"] {
        let fields = [("note", "Buy stamps"), ("version", version)];
        let page = other.post("/dashboard/note", &fields).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{version}");
        assert!(page.has("<h1>Notepad</h1>") && page.has("Call Geneva") && page.has("Buy stamps"));
    }
}
