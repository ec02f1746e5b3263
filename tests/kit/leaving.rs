//! Clicks that lead to another page, or do not.

use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{Html, Redirect};
use axum::routing::{get, post};
use docent::browser::PageError;

use super::locating::{click, the};
use super::support::{Kit, PATIENCE, serve, with_page};

/// A site that answers slowly, wrongly and not at all.
fn slow_site() -> mock_portal::Portal {
    async fn slowly<T>(answer: T) -> T {
        tokio::time::sleep(Duration::from_millis(300)).await;
        answer
    }
    let start = "<!doctype html><title>Start</title><h1 id=top>Start</h1>
        <a href=/slow>Slow</a> <a href='#top'>Top</a> <a href=/broken>Broken</a> <a href=/never>Never</a>
        <a href=/file>File</a> <a href=/file download>Saved file</a> <a href=/page/loop>Loop</a>
        <form method=post action=/form><button>Send</button></form>
        <button onclick=\"setTimeout(() => { location = '/slow'; }, 200)\">Later</button>
        <button onclick=\"fetch('/slow').then(() => { location = '/slow'; })\">Asks first</button>";
    let page = |name: &str| Html(format!("<!doctype html><title>{name}</title><h1>{name}</h1>"));
    let arrived = page("Arrived");
    serve(
        Router::new()
            .route("/", get(async move || Html(start)))
            .route("/slow", get(async move || slowly(arrived).await))
            .route("/form", post(async || slowly(Redirect::to("/slow")).await))
            .route(
                "/broken",
                get(async move || (StatusCode::INTERNAL_SERVER_ERROR, page("Broken"))),
            )
            .route("/never", get(std::future::pending::<()>))
            .route(
                "/page/loop",
                get(async |_: Query<()>| Html("<!doctype html><title>Loop</title><script>location.reload()</script>")),
            )
            .route(
                "/file",
                get(async || slowly(([(header::CONTENT_DISPOSITION, "attachment; filename=a.csv")], "a,b")).await),
            ),
    )
}

#[test]
fn after_a_click_the_next_page_is_waited_for() {
    let site = slow_site();
    with_page(PATIENCE, async |page| {
        for phrase in [r#"link "Slow""#, r#"button "Send""#] {
            page.open(site.url()).await.unwrap();
            click(page, phrase).await;
            assert_eq!(page.address(), format!("{}/slow", site.url()), "after {phrase}");
        }
        // What leaves only after a while is told from nothing by the next step, which waits.
        for phrase in [r#"button "Later""#, r#"button "Asks first""#] {
            page.open(site.url()).await.unwrap();
            click(page, phrase).await;
            page.see(&the(r#"heading "Arrived""#)).await.unwrap();
        }
    });
}

#[test]
fn a_click_that_leads_to_no_other_page_is_not_waited_for() {
    let site = slow_site();
    let begun = Instant::now();
    with_page(PATIENCE, async |page| {
        page.open(site.url()).await.unwrap();
        for phrase in [r#"link "Top""#, r#"link "Saved file""#, r#"link "File""#] {
            click(page, phrase).await;
            page.see(&the(r#"heading "Start""#)).await.unwrap();
        }
    });
    assert!(
        begun.elapsed() < PATIENCE,
        "it was waited to the end: {:?}",
        begun.elapsed()
    );
}

#[test]
fn a_page_that_fails_fails_the_click() {
    let site = slow_site();
    with_page(Duration::from_secs(2), async |page| {
        page.open(site.url()).await.unwrap();
        let error = page.click(&the(r#"link "Broken""#)).await.unwrap_err();
        assert!(matches!(error, PageError::ServerError { status: 500, .. }), "{error}");
    });
}

#[test]
fn a_page_that_never_answers_fails_the_click_in_time() {
    let site = slow_site();
    with_page(Duration::from_secs(2), async |page| {
        page.open(site.url()).await.unwrap();
        let begun = Instant::now();
        let error = page.click(&the(r#"link "Never""#)).await.unwrap_err();
        assert!(matches!(error, PageError::NeverArrived { .. }), "{error}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    });
}

#[test]
fn a_page_that_reloads_for_ever_fails_the_click_in_time() {
    let site = slow_site();
    with_page(Duration::from_secs(2), async |page| {
        page.open(site.url()).await.unwrap();
        let begun = Instant::now();
        page.click(&the(r#"link "Loop""#)).await.unwrap_err();
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    });
}

#[test]
fn a_page_that_leaves_while_its_picture_is_taken_is_no_browser_that_hangs() {
    // It leaves when the camera has proven it, in the middle of a screenshot that takes long to draw.
    let leaves = "<!doctype html><title>Start</title><h1>Start</h1>
        <style>.slow i { position: fixed; inset: 0; backdrop-filter: blur(90px) }</style><p></p><script>
        const { awaited } = docentPage, blurred = document.querySelector('p');
        blurred.innerHTML = '<i></i>'.repeat(15);
        docentPage.awaited = (patience) => {
          docentPage.awaited = awaited;
          setTimeout(() => { blurred.className = 'slow'; setTimeout(() => { location = '/next'; }, 100); });
          return awaited(patience);
        };</script>";
    let next = "<!doctype html><title>Next</title><h1>Next</h1>";
    let site = serve(
        Router::new()
            .route("/", get(async move || Html(leaves)))
            .route("/next", get(async move || Html(next))),
    );
    let kit = Kit::with_feature(
        "@tutorial\nFeature: A\n  Scenario: B\n    Given I open \"/\"\n    Then I see the heading \"Start\"\n      \"\"\"\n      Look.\n      \"\"\"\n",
    );
    let ended = kit.play(&[
        "tutorial",
        "test.feature",
        "--wait",
        "2",
        "--scale",
        "1",
        "--base-url",
        site.url(),
    ]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    let url = site.url();
    ended.must_tell(&[&format!("the page is {url}/next, not {url}/")]);
    let kept = kit.files("reports/evidence");
    assert!(
        ["page.png", "network.txt"]
            .iter()
            .all(|file| kept.contains(&(*file).to_owned())),
        "{kept:?}"
    );
}
