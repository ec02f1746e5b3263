//! "World Clock" with cities beside the portal's own place.

use axum::http::StatusCode;
use mock_portal::{Clock, Settings};

use crate::client::{Client, training};

const CITIES: &str = "/dashboard/cities";

#[tokio::test]
async fn an_added_city_shows_its_own_time_and_day() {
    let mut client = Client::signed_in(training(), "amara").await;
    for city in ["tokyo", "auckland", "tokyo"] {
        assert_eq!(client.post(CITIES, &[("city", city)]).await.location(), "/dashboard");
    }
    let dashboard = client.get("/dashboard").await;
    let clock = dashboard.widget("world-clock").unwrap();
    assert!(clock.contains(">14:27</time>") && clock.contains("Switzerland"));
    let tokyo =
        "<time class=\"time\">21:27</time> <span class=\"place\">Tokyo <span class=\"date\">July 2, 2024</span>";
    let auckland =
        "<time class=\"time\">00:27</time> <span class=\"place\">Auckland <span class=\"date\">July 3, 2024</span>";
    assert!(clock.find(tokyo).unwrap() < clock.find(auckland).unwrap());
    assert_eq!(clock.matches("<li>").count(), 2, "{clock}");
    assert!(!clock.contains("<option value=\"tokyo\""), "a city is offered once");
}

#[tokio::test]
async fn a_removed_city_is_offered_again() {
    let mut client = Client::signed_in(training(), "amara").await;
    client.post(CITIES, &[("city", "tokyo")]).await;
    // As the button sends it: the select is part of the same form.
    let fields = [("city", "abidjan"), ("remove", "tokyo")];
    let widget = client.post_with(CITIES, &fields, &[("x-fragment", "1")]).await;
    assert!(widget.has("<option value=\"tokyo\">Tokyo</option>") && !widget.has("<li>"));
}

#[tokio::test]
async fn cities_are_their_owner_s_and_ours() {
    let mut client = Client::signed_in(training(), "amara").await;
    client.post(CITIES, &[("city", "tokyo")]).await;
    let unknown = client.post(CITIES, &[("city", "atlantis")]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let mut other = client.another();
    other.sign_in("bogdan").await;
    other.post(CITIES, &[("remove", "tokyo")]).await;
    assert!(!other.get("/dashboard").await.has("Remove Tokyo"));
    assert!(client.get("/dashboard").await.has("Remove Tokyo"));
}

#[tokio::test]
async fn clocks_that_go_name_their_zone_to_the_script() {
    let settings = Settings {
        clock: Clock::real(),
        ..Settings::default()
    };
    let mut client = Client::signed_in(settings, "amara").await;
    client.post(CITIES, &[("city", "new-delhi")]).await;
    let dashboard = client.get("/dashboard").await;
    assert!(dashboard.has("data-zone=\"Europe/Zurich\"") && dashboard.has("data-zone=\"Asia/Kolkata\""));
}
