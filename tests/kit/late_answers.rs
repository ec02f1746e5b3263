//! Answers of the portal that come later than the answers to what was asked after them: what is newest stays.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use docent::browser::{Locator, Property};
use mock_portal::control::{Seed, SeedAccount};
use serde_json::Value;
use tokio::sync::Notify;

use super::support::{serve, sign_in, with_window};

fn the(phrase: &str) -> Locator {
    phrase.parse().unwrap()
}

/// A portal where Chen Wei's widget is paired, and whose first answer with the widget comes when `late` says so.
fn portal(late: &Arc<Notify>) -> Router {
    let (router, control) = mock_portal::app_with_control(mock_portal::Settings {
        clock: mock_portal::Clock::training(),
        ..mock_portal::Settings::default()
    })
    .unwrap();
    let account = SeedAccount {
        username: "chenwei".to_owned(),
        pairings: [("distribution-reports".to_owned(), "180457".to_owned())].into(),
        ..SeedAccount::default()
    };
    let accounts = vec![account];
    control.seed(&Seed { accounts }).unwrap();
    let (late, asked) = (late.clone(), Arc::new(AtomicUsize::new(0)));
    router.layer(from_fn(move |request: Request, next: Next| {
        let (late, asked) = (late.clone(), asked.clone());
        async move {
            let is_widget = request.uri().path() == "/dashboard/widgets/distribution-reports";
            let is_first = is_widget && asked.fetch_add(1, Ordering::Relaxed) == 0;
            let answer = next.run(request).await;
            if is_first {
                late.notified().await;
            }
            answer
        }
    }))
}

#[test]
fn a_late_answer_does_not_undo_a_later_choice() {
    let late = Arc::new(Notify::new());
    let portal = serve(portal(&late));
    let address = portal.url();
    with_window((1280, 800), Duration::from_secs(15), async |page| {
        sign_in(page, address, "chenwei").await;
        page.open(&format!("{address}/dashboard")).await.unwrap();
        let year = the(r#"the selection list "Year" in the widget "Distribution Reports (IP Offices)""#);
        let choose = "const [name, value] = arguments[0]; const select = document.querySelector(`#distribution-reports [name=${name}]`);
            select.value = value; select.dispatchEvent(new Event('change', { bubbles: true }));";
        page.evaluate(choose, &serde_json::json!(["month", "12"]))
            .await
            .unwrap();
        page.evaluate(choose, &serde_json::json!(["year", "2023"]))
            .await
            .unwrap();
        // The answer to both choices is there, and only now comes the one to the first.
        page.see(&the(r#"the text "DR-2023-1211""#)).await.unwrap();
        late.notify_one();
        page.evaluate("return fetch('/help').then((answer) => answer.text());", &Value::Null)
            .await
            .unwrap();
        page.see(&the(r#"the text "DR-2023-1211""#)).await.unwrap();
        page.expect(&year, Property::Value, "2023").await.unwrap();
    });
}
