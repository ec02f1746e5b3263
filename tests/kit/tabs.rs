//! A dashboard that is open twice: a tab whose arrangement is out of date follows when something is done in it.

use std::thread;
use std::time::Duration;

use docent::browser::{Locator, Page, Property};

use super::support::{RUNTIME, sign_in, with_page};

fn the(phrase: &str) -> Locator {
    phrase.parse().unwrap()
}

async fn open_dashboard(page: &mut Page, portal: &str) {
    sign_in(page, portal, "amara").await;
    page.open(&format!("{portal}/dashboard?panel=open")).await.unwrap();
}

/// Adds one widget and takes another off.
async fn rearrange(page: &mut Page) {
    page.click(&the(r#"the button "Remove Notepad""#)).await.unwrap();
    page.see_none(&the(r#"the widget "Notepad""#)).await.unwrap();
    page.click(&the(r#"the button "WIPO Lex" in the panel "Widgets""#))
        .await
        .unwrap();
    page.click(&the(r#"the check box "WIPO Lex""#)).await.unwrap();
    page.see(&the(r#"the widget "WIPO Lex""#)).await.unwrap();
}

#[test]
fn a_stale_tab_follows_what_another_has_changed() {
    let wait = Duration::from_secs(15);
    let portal = RUNTIME
        .block_on(mock_portal::start(
            mock_portal::Settings::default(),
            ([127, 0, 0, 1], 0).into(),
        ))
        .unwrap();
    let address = portal.url().to_owned();
    with_page(wait, async |stale| {
        open_dashboard(stale, &address).await;
        let other = address.clone();
        let elsewhere = thread::spawn(move || {
            with_page(wait, async |page| {
                open_dashboard(page, &other).await;
                rearrange(page).await;
            });
        });
        elsewhere.join().unwrap();

        stale.see(&the(r#"the widget "Notepad""#)).await.unwrap();
        stale
            .click(&the(r#"the button "Move PATENTSCOPE later""#))
            .await
            .unwrap();
        stale.see(&the(r#"the widget "WIPO Lex""#)).await.unwrap();
        stale.see_none(&the(r#"the widget "Notepad""#)).await.unwrap();
        stale
            .click(&the(r#"the button "WIPO Lex" in the panel "Widgets""#))
            .await
            .unwrap();
        let check_box = the(r#"the check box "WIPO Lex""#);
        stale.expect(&check_box, Property::Checked, "true").await.unwrap();
    });
}
