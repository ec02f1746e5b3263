//! Everything in the portal can be done with keys alone, and wherever the focus is, it can be seen.

use std::time::Duration;

use docent::browser::{Locator, Page, Property};
use serde::Deserialize;
use serde_json::Value;

use super::support::{RUNTIME, with_window};

// W3C WebDriver, 17.4.2, "keyboard actions".
const TAB: &str = "\u{e004}";
const SHIFT_TAB: &str = "\u{e008}\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const RIGHT: &str = "\u{e014}";
const UP: &str = "\u{e013}";
const DOWN: &str = "\u{e015}";
const END: &str = "\u{e010}";
const SPACE: &str = " ";

/// No page has as many places for the focus.
const MANY: usize = 200;

/// Where the focus is and how it shows. Only a page that has just come has it nowhere.
const FOCUS: &str = r#"
    const focus = document.activeElement;
    const isFresh = !window.wasLookedAt;
    window.wasLookedAt = true;
    const label = focus.labels?.[0]?.querySelector("span") ?? focus.labels?.[0];
    const name = (focus.getAttribute("aria-label") ?? (label ?? focus).textContent).trim();
    const widget = focus.closest(".widget-body")?.parentElement.querySelector("h2").textContent;
    const { outlineStyle, outlineWidth } = getComputedStyle(focus);
    const { left, top, right, bottom } = focus.getBoundingClientRect();
    const middle = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const isOutlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    return {
        name: focus === document.body ? "nothing" : widget ? `${name} in ${widget}` : name,
        isNowhere: focus === document.body,
        isFresh,
        isSeen: isOutlined && !!middle && (focus.contains(middle) || middle.contains(focus)),
    };"#;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Focus {
    name: String,
    is_nowhere: bool,
    is_fresh: bool,
    is_seen: bool,
}

/// A person without a mouse.
struct Typist<'a> {
    page: &'a mut Page,
}

fn the(phrase: &str) -> Locator {
    phrase.parse().unwrap()
}

impl Typist<'_> {
    async fn focus(&self) -> Focus {
        let focus = self.page.evaluate(FOCUS, &Value::Null).await.unwrap();
        let focus: Focus = serde_json::from_value(focus).unwrap();
        assert!(focus.is_nowhere || focus.is_seen, "the focus can't be seen: {focus:?}");
        focus
    }

    async fn press(&mut self, keys: &str) {
        if let Err(error) = self.page.press(keys).await {
            panic!("{error} {:?}", self.focus().await);
        }
    }

    /// Goes on to what has this name, by Tab or by Shift and Tab.
    async fn go(&mut self, key: &str, name: &str) {
        let mut passed = vec![];
        while passed.len() < MANY {
            self.press(key).await;
            let focus = self.focus().await;
            if focus.name == name {
                return;
            }
            passed.push(focus.name);
        }
        panic!("the focus never comes to {name:?} but to {passed:#?}");
    }

    async fn tab_to(&mut self, name: &str) {
        self.go(TAB, name).await;
    }

    async fn press_on(&mut self, name: &str, key: &str) {
        self.tab_to(name).await;
        self.press(key).await;
    }

    async fn type_into(&mut self, name: &str, text: &str) {
        self.press_on(name, text).await;
    }

    async fn see(&mut self, phrase: &str) {
        self.page.see(&the(phrase)).await.unwrap();
    }

    async fn hear(&mut self, phrase: &str) {
        self.page.see_announced(&the(phrase)).await.unwrap();
    }

    async fn see_none(&mut self, phrase: &str) {
        self.page.see_none(&the(phrase)).await.unwrap();
    }

    /// Fails if what was done has taken the focus elsewhere, or away.
    async fn must_be_on(&self, name: &str) {
        let focus = self.focus().await;
        assert_eq!(focus.name, name, "{focus:?}");
    }

    /// Fails if what was done has taken the focus away.
    async fn must_have_focus(&self) {
        let focus = self.focus().await;
        assert!(!focus.is_nowhere || focus.is_fresh, "the focus is lost");
    }
}

fn with_typist(doing: impl AsyncFnOnce(&mut Typist)) {
    let settings = mock_portal::Settings::default();
    let portal = RUNTIME
        .block_on(mock_portal::start(settings, ([127, 0, 0, 1], 0).into()))
        .unwrap();
    with_window((1280, 800), Duration::from_secs(15), async |page| {
        page.open(&format!("{}/login", portal.url())).await.unwrap();
        let mut typist = Typist { page };
        log_in(&mut typist).await;
        doing(&mut typist).await;
    });
}

async fn log_in(typist: &mut Typist<'_>) {
    typist.type_into("Username", "amara").await;
    typist.type_into("Password", "Training2024").await;
    typist.press(ENTER).await;
    typist.press_on("Amara Diallo", ENTER).await;
    typist.must_be_on("My IP Portal Dashboard").await;
    typist.press(ENTER).await;
    typist.see(r#"the heading "My IP Portal Dashboard""#).await;
}

async fn open_panel(typist: &mut Typist<'_>, group: &str) {
    typist.press_on("Widgets", ENTER).await;
    typist.press_on(group, SPACE).await;
    typist.must_be_on(group).await;
}

#[test]
fn the_name_menu_opens_closes_and_logs_out_by_keys() {
    with_typist(async |typist| {
        typist.press_on("Amara Diallo", DOWN).await;
        typist.must_be_on("My IP Portal Dashboard").await;
        typist.press(DOWN).await;
        typist.must_be_on("My WIPO account").await;
        typist.press(ESCAPE).await;
        typist.must_be_on("Amara Diallo").await;
        typist.press(UP).await;
        typist.must_be_on("Logout").await;
        typist.press(ENTER).await;
        typist.see(r#"the link "IP Portal login""#).await;
    });
}

#[test]
fn a_widget_is_added_and_paired_by_keys() {
    const REPORTS: &str = "Distribution Reports (IP Offices)";
    with_typist(async |typist| {
        open_panel(typist, "Payments").await;
        typist.press_on("Distribution Reports", SPACE).await;
        let check_box = the(r#"the check box "Distribution Reports""#);
        typist.page.expect(&check_box, Property::Enabled, "true").await.unwrap();
        typist.must_be_on("Distribution Reports").await;
        typist.press_on(&format!("Pair in {REPORTS}"), ENTER).await;
        typist.type_into("Office Customer ID", "4120").await;
        typist.press(ENTER).await;
        typist.see(r#"the field "Office Customer ID""#).await;
        // What is wrong has the focus.
        typist.must_be_on("Office Customer ID").await;
        typist.press(END).await;
        typist.press("7").await;
        typist.type_into("Access Code", "A7K2M9QX").await;
        typist.go(SHIFT_TAB, "Office Customer ID").await;
        typist.press(ENTER).await;
        typist
            .see(&format!(r#"the link "Quick start guide" in the widget "{REPORTS}""#))
            .await;
        let month = format!("Month in {REPORTS}");
        typist.press_on(&month, DOWN).await;
        typist
            .see(r#"the text "No results were found. Please try another month or year.""#)
            .await;
        typist.must_be_on(&month).await;
    });
}

#[test]
fn widgets_are_moved_removed_shown_as_a_list_and_cleared_by_keys() {
    with_typist(async |typist| {
        typist.press_on("Move Notepad earlier", ENTER).await;
        typist.hear(r#"the text "Notepad is now at place 5 of 6.""#).await;
        typist.must_be_on("Move Notepad earlier").await;
        typist.go(SHIFT_TAB, "Remove World Clock").await;
        typist.press(SPACE).await;
        typist.see_none(r#"the widget "World Clock""#).await;
        typist.must_be_on("Remove Notepad").await;
        typist.press_on("Widgets", ENTER).await;
        typist.press_on("Change view", ENTER).await;
        typist.must_be_on("Change view").await;
        typist.press_on("Dashboard templates", ENTER).await;
        typist.press_on("Patents and law", ENTER).await;
        typist.see(r#"the widget "WIPO Lex""#).await;
        typist.press_on("Clear Dashboard", ENTER).await;
        typist.see(r#"the heading "Clear your dashboard?""#).await;
        typist.press_on("Clear Dashboard", ENTER).await;
        typist.see_none(r#"the widget "Notepad""#).await;
    });
}

#[test]
fn searches_are_made_saved_and_removed_by_keys() {
    with_typist(async |typist| {
        typist.type_into("Search for patents in PATENTSCOPE", "water").await;
        typist.press(ENTER).await;
        typist.press_on("Save this search", ENTER).await;
        typist.press_on("To my dashboard", ENTER).await;
        typist.press_on("Search in PATENTSCOPE", RIGHT).await;
        typist.must_be_on("Saved searches in PATENTSCOPE").await;
        typist.see(r#"the link "water""#).await;
        typist.press_on("Remove water in PATENTSCOPE", ENTER).await;
        typist.see(r#"the text "You have no saved searches.""#).await;
        typist.must_be_on("Saved searches in PATENTSCOPE").await;
    });
}

#[test]
fn cities_links_and_notes_are_kept_by_keys() {
    with_typist(async |typist| {
        typist.press_on("Other cities in World Clock", ENTER).await;
        typist.press_on("City in World Clock", DOWN).await;
        typist.press_on("Add in World Clock", ENTER).await;
        typist.see(r#"the button "Remove Addis Ababa""#).await;
        typist.must_have_focus().await;
        typist.go(SHIFT_TAB, "Other cities in World Clock").await;
        typist.press(ENTER).await;
        typist.go(SHIFT_TAB, "Remove Addis Ababa in World Clock").await;
        typist.press(ENTER).await;
        typist.see_none(r#"the button "Remove Addis Ababa""#).await;
        typist.must_have_focus().await;
        typist.type_into("Web address in Quick Links", "arcadia.example").await;
        typist.press(ENTER).await;
        typist.see(r#"the link "https://arcadia.example""#).await;
        typist.must_be_on("Web address in Quick Links").await;
        typist
            .go(SHIFT_TAB, "Remove https://arcadia.example in Quick Links")
            .await;
        typist.press(ENTER).await;
        typist.see_none(r#"the link "https://arcadia.example""#).await;
        typist.must_have_focus().await;
        typist.type_into("Your notes in Notepad", "Call the Infoline").await;
        typist.press_on("Save in Notepad", ENTER).await;
        typist.hear(r#"the text "Saved.""#).await;
        typist.must_be_on("Save in Notepad").await;
    });
}
