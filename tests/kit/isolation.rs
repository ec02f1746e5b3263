//! A window in a kept browser is as good as a new browser: nothing of the scenario before is in it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::Html;
use axum::routing::get;
use docent::browser::{Driver, Options, Page, ReusableBrowser, Session};
use serde_json::{Value, json};

use super::support::{PATIENCE, options, serve, with_driver};

const WAIT: Duration = Duration::from_secs(10);

/// What a page finds that an earlier one of its origin may have left.
const FOUND: &str = "return (async () => ({
  cookies: document.cookie,
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map((database) => database.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  name: window.name,
  others: history.length - 1,
  fetched: await (await fetch('/drawn')).text(),
}))();";

/// Leaves something wherever a page can.
const LEAVE: &str = "return (async () => {
  document.cookie = 'left=1; max-age=1000';
  localStorage.left = sessionStorage.left = '1';
  await new Promise((resolve) => { indexedDB.open('left').onsuccess = resolve; });
  await caches.open('left');
  await navigator.serviceWorker.register('/worker.js');
  window.name = 'left';
  console.error('left');
  window.open('/');
  addEventListener('beforeunload', (event) => event.preventDefault());
  setTimeout(() => alert('left'));
  // Nothing at all would stand for a script that the dialog cut off.
  return true;
})();";

/// A site whose answer to `/drawn` is another each time, but may be kept for an hour.
fn site() -> mock_portal::Portal {
    let drawn = Arc::new(AtomicU32::new(0));
    let drawn = move || {
        let number = drawn.fetch_add(1, Ordering::Relaxed);
        async move { ([(CACHE_CONTROL, "max-age=3600")], number.to_string()) }
    };
    serve(
        Router::new()
            .route(
                "/",
                get(async || Html("<!doctype html><html lang=en><title>Left</title><h1>Left</h1>")),
            )
            .route("/worker.js", get(async || ([(CONTENT_TYPE, "text/javascript")], "")))
            .route("/drawn", get(drawn)),
    )
}

async fn page_at(url: &str, window: Session) -> Page {
    let mut page = Page::new(window, WAIT);
    page.open(url).await.unwrap();
    page
}

fn with_kept_browser<T>(doing: impl AsyncFnOnce(&Driver, &ReusableBrowser, Session, Options) -> T) -> T {
    with_driver(async |driver| {
        let options = options((800, 600));
        let (kept, window) = ReusableBrowser::start(driver, &options).await.unwrap();
        let kept = kept.expect("a browser of ours can be kept");
        let done = tokio::time::timeout(PATIENCE, doing(driver, &kept, window, options)).await;
        done.expect("what was left behind does not hold up what comes after")
    })
}

#[test]
fn nothing_of_a_window_is_left_in_the_next() {
    let site = site();
    with_kept_browser(async |driver, kept, window, options| {
        let first = page_at(site.url(), window).await;
        let nothing = |fetched: &str| -> Value {
            json!({
                "cookies": "", "local": [], "session": [], "databases": [], "caches": [], "workers": 0, "name": "", "others": 1,
                "fetched": fetched,
            })
        };
        assert_eq!(first.evaluate(FOUND, &Value::Null).await.unwrap(), nothing("0"));
        first.evaluate(LEAVE, &Value::Null).await.unwrap();
        let session = first.session_id().to_owned();
        first.close().await.unwrap();

        let second = page_at(site.url(), kept.window(driver, &options).await.unwrap()).await;
        assert_eq!(second.session_id(), session, "it is the same browser");
        assert_eq!(second.evaluate(FOUND, &Value::Null).await.unwrap(), nothing("1"));
        assert_eq!(second.console().await.unwrap(), "");
        let network = second.network().await.unwrap();
        assert!(!network.contains("worker.js"), "{network}");
        second.close().await.unwrap();
    });
}

#[test]
fn each_window_is_set_up_for_its_own_scenario() {
    const SET_UP: &str = "return [innerWidth, innerHeight, devicePixelRatio, new Date().getTime(),
        Intl.DateTimeFormat().resolvedOptions().timeZone];";
    let site = site();
    with_kept_browser(async |driver, kept, window, options| {
        let first = page_at(site.url(), window).await;
        let mut other = options.clone();
        (other.window, other.scale, other.frozen_at) = ((360, 640), 2., Some(0));
        other.time_zone = "Asia/Tokyo".to_owned();
        assert_ne!(first.evaluate(SET_UP, &Value::Null).await.unwrap()[3], 0);
        first.close().await.unwrap();
        let second = page_at(site.url(), kept.window(driver, &other).await.unwrap()).await;
        let set_up = second.evaluate(SET_UP, &Value::Null).await.unwrap();
        assert_eq!(set_up, json!([360, 640, 2, 0, "Asia/Tokyo"]));
        second.close().await.unwrap();
        other.locale = "fr".to_owned();
        assert!(
            !kept.is_compatible_with(&other),
            "the languages a browser asks servers for are fixed when it starts"
        );
    });
}
