//! Text alone at 200 % (WCAG 2.2, 1.4.4): nothing of the World Clock is squeezed or overlaps.

use std::time::Duration;

use docent::browser::Locator;
use serde_json::Value;

use super::support::{RUNTIME, sign_in, with_window};

fn the(phrase: &str) -> Locator {
    phrase.parse().unwrap()
}

/// The parts of the clock that take more lines than their words, or overlap another.
const BROKEN: &str = r##"
    document.documentElement.style.fontSize = "200%";
    const parts = [...document.querySelectorAll("#world-clock .time, #world-clock .date, #world-clock .place")]
        .filter((part) => !part.parentElement.closest(".place"));
    const isSqueezed = (part) =>
        part.getClientRects().length > 0 && part.offsetHeight > 2.5 * parseFloat(getComputedStyle(part).fontSize) * 1.5;
    const overlap = (one, other) => {
        const [a, b] = [one, other].map((part) => part.getBoundingClientRect());
        return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    };
    const broken = parts.filter((part) =>
        isSqueezed(part) || part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0
        || parts.some((other) => other !== part && overlap(part, other)));
    return broken.map((part) => `${part.className}: ${part.textContent.trim()}`);"##;

#[test]
fn the_world_clock_is_whole_in_large_text() {
    let settings = mock_portal::Settings {
        clock: mock_portal::Clock::training(),
        ..mock_portal::Settings::default()
    };
    let portal = RUNTIME
        .block_on(mock_portal::start(settings, ([127, 0, 0, 1], 0).into()))
        .unwrap();
    let address = portal.url().to_owned();
    with_window((1280, 900), Duration::from_secs(15), async |page| {
        sign_in(page, &address, "amara").await;
        page.open(&format!("{address}/dashboard")).await.unwrap();
        page.click(&the(r#"the button "Other cities" in the widget "World Clock""#))
            .await
            .unwrap();
        page.click(&the(r#"the button "Add" in the widget "World Clock""#))
            .await
            .unwrap();
        page.see(&the(r#"the button "Remove Abidjan""#)).await.unwrap();
        let broken = page.evaluate(BROKEN, &Value::Null).await.unwrap();
        assert_eq!(broken, Value::Array(vec![]));
    });
}
