//! Searches, and the ones that are saved to be run again.

use axum::http::StatusCode;

use crate::client::{Client, training};

const SAVED: &str = "/search/patentscope/saved";

#[tokio::test]
async fn a_search_shows_its_query_inertly() {
    let mut client = Client::new(training());
    let results = client.get("/search/patentscope?q=solar+%3Cb%3Ecell").await;
    assert!(results.has("PATENTSCOPE") && results.has("solar &#60;b&#62;cell"));
    assert_eq!(client.get("/search/notepad?q=x").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn only_who_is_signed_in_and_searched_for_something_can_save() {
    let mut signed_out = Client::new(training());
    assert!(
        !signed_out
            .get("/search/patentscope?q=sail")
            .await
            .has("Save this search")
    );
    let mut client = signed_out.another();
    client.sign_in("amara").await;
    assert!(client.get("/search/patentscope?q=sail").await.has("Save this search"));
    assert!(!client.get("/search/patentscope?q=+").await.has("Save this search"));
}

#[tokio::test]
async fn a_saved_search_stands_once_in_its_own_widget_and_can_be_run_again() {
    let mut client = Client::signed_in(training(), "amara").await;
    for _ in 0..2 {
        let back = client.post(SAVED, &[("q", " a\"b & <i> ")]).await;
        assert_eq!(back.location(), "/search/patentscope?q=a%22b%20%26%20%3Ci%3E");
        let results = client.get(back.location()).await;
        assert!(results.has("This search is saved.") && !results.has("Save this search</button>"));
    }
    let dashboard = client.get("/dashboard").await;
    let widget = dashboard.widget("patentscope").unwrap();
    assert_eq!(widget.matches("<li>").count(), 1, "{widget}");
    let link = "<a href=\"/search/patentscope?q=a%22b%20%26%20%3Ci%3E\">a&#34;b &#38; &#60;i&#62;</a>";
    assert!(widget.contains(link), "{widget}");
    let other = dashboard.widget("global-brand-database").unwrap();
    assert!(other.contains("You have no saved searches."));
}

#[tokio::test]
async fn a_saved_search_is_removed_and_the_widget_comes_again() {
    let mut client = Client::signed_in(training(), "amara").await;
    client.post(SAVED, &[("q", "sail")]).await;
    let widget = client
        .post_with(SAVED, &[("remove", "1")], &[("x-fragment", "1")])
        .await;
    assert!(
        widget
            .body
            .trim_start()
            .starts_with("<section class=\"widget\" id=\"patentscope\"")
    );
    assert!(widget.has("You have no saved searches."));
    let without_script = client.post(SAVED, &[("remove", "1")]).await;
    assert_eq!(without_script.location(), "/dashboard#patentscope");
}

#[tokio::test]
async fn saved_searches_are_their_owner_s() {
    let mut client = Client::signed_in(training(), "amara").await;
    client.post(SAVED, &[("q", "sail")]).await;
    let mut other = client.another();
    other.sign_in("bogdan").await;
    assert!(!other.get("/dashboard").await.has("q=sail"));
    other.post(SAVED, &[("remove", "1")]).await;
    assert!(client.get("/dashboard").await.has("q=sail"));
}

#[tokio::test]
async fn too_long_a_search_is_shown_but_not_saved() {
    let mut client = Client::signed_in(training(), "amara").await;
    let long = "x".repeat(501);
    client.post(SAVED, &[("q", &long)]).await;
    assert!(!client.get("/dashboard").await.has(&long));
    let results = client.get(&format!("/search/patentscope?q={long}")).await;
    assert!(results.has("This search is too long to be saved."));
}

#[tokio::test]
async fn only_searches_have_saved_searches() {
    let mut client = Client::signed_in(training(), "amara").await;
    for widget in ["notepad", "ehague", "nothing"] {
        let answer = client.post(&format!("/search/{widget}/saved"), &[("q", "x")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{widget}");
    }
}
