//! Walks through every page of the portal, and every state of it that a person gets to see, in any of its languages.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use docent::browser::{Locator, Page, Property};
use mock_portal::Control;
use mock_portal::finance::Fault;
use polib::po_file;
use regex::{Captures, Regex};
use serde_json::Value;

use super::support::{serve, with_window};

/// What is done in each state.
pub trait Look {
    async fn look(&mut self, page: &mut Page, state: &str);
}

/// A language of the portal, as far as a walk needs it.
pub struct Language {
    pub code: String,
    /// By the English texts.
    texts: HashMap<String, String>,
}

impl Language {
    pub fn english() -> Self {
        Self {
            code: "en".to_owned(),
            texts: HashMap::new(),
        }
    }

    /// English, and every language that has a catalogue.
    pub fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("mock-portal/locales");
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut catalogues: Vec<PathBuf> = files
            .filter(|path| path.extension().is_some_and(|kind| kind == "po"))
            .collect();
        catalogues.sort();
        let others = catalogues.iter().map(|path| Self::read(path));
        std::iter::once(Self::english()).chain(others).collect()
    }

    fn read(catalogue: &Path) -> Self {
        let texts = po_file::parse(catalogue).unwrap();
        let texts = texts
            .messages()
            .filter(|message| message.is_translated())
            .map(|message| (message.msgid().to_owned(), message.msgstr().unwrap().to_owned()))
            .collect();
        let code = catalogue.file_stem().unwrap().to_str().unwrap().to_owned();
        Self { code, texts }
    }

    /// A text of the portal's in this language.
    fn text<'a>(&'a self, english: &'a str) -> &'a str {
        self.texts.get(english).map_or(english, String::as_str)
    }

    /// What `phrase` names in English. Names that are no text of the portal's, people's for example, stay as they are.
    fn locator(&self, phrase: &str) -> Locator {
        let quoted = Regex::new(r#""([^"]*)""#).unwrap();
        let translate = |name: &Captures| {
            let text = self.texts.get(&name[1]);
            format!("\"{}\"", text.map_or(&name[1], String::as_str))
        };
        quoted.replace_all(phrase, translate).parse().unwrap()
    }
}

/// Addresses that are no pages.
const NO_PAGES: [(&str, &str); 10] = [
    ("/logout", "answers only to POST"),
    ("/dashboard/arrange", "answers only to POST"),
    ("/dashboard/view", "answers only to POST"),
    ("/dashboard/templates/{template}", "answers only to POST"),
    ("/dashboard/note", "answers only to POST"),
    ("/dashboard/links", "answers only to POST"),
    ("/dashboard/cities", "answers only to POST"),
    ("/search/{service}/saved", "answers only to POST"),
    ("/documents/{widget}/{file}", "answers with files"),
    ("/assets/{*file}", "style sheets, scripts, fonts"),
];

/// A person on their way.
struct Walk<'a, L> {
    page: &'a mut Page,
    portal: String,
    language: &'a Language,
    visited: Vec<String>,
    control: Control,
    looker: L,
}

impl<L: Look> Walk<'_, L> {
    async fn open(&mut self, path: &str) {
        self.page.open(&format!("{}{path}", self.portal)).await.unwrap();
        self.look(path).await;
    }

    fn locator(&self, phrase: &str) -> Locator {
        self.language.locator(phrase)
    }

    /// On the way to a state that is looked at.
    async fn only_click(&mut self, phrase: &str) {
        self.page.click(&self.language.locator(phrase)).await.unwrap();
    }

    async fn click(&mut self, phrase: &str) {
        self.only_click(phrase).await;
        self.look(&format!("after a click on {phrase}")).await;
    }

    async fn see(&mut self, phrase: &str) {
        self.page.see(&self.language.locator(phrase)).await.unwrap();
    }

    async fn type_into(&mut self, text: &str, phrase: &str) {
        self.page.type_into(text, &self.language.locator(phrase)).await.unwrap();
    }

    async fn look(&mut self, state: &str) {
        let path = self.page.address().strip_prefix(&self.portal).unwrap_or_default();
        self.visited.push(path.split('?').next().unwrap_or_default().to_owned());
        self.looker.look(self.page, state).await;
    }

    /// Chooses the language, if it is not the one that the portal speaks by itself.
    async fn choose_language(&mut self) {
        if self.language.code == "en" {
            return;
        }
        self.page.open(&format!("{}/language", self.portal)).await.unwrap();
        let named = "return document.querySelector(`[name=language][value=${arguments[0]}]`).textContent;";
        let code = Value::from(self.language.code.as_str());
        let name = self.page.evaluate(named, &code).await.unwrap();
        self.only_click(&format!("the button {name}")).await;
    }

    async fn log_in(&mut self, username: &str) {
        self.open("/login").await;
        self.type_into(username, r#"the text field "Username""#).await;
        self.type_into("Training2024", r#"the password field "Password""#).await;
        self.click(r#"the button "Login""#).await;
    }

    async fn pair(&mut self, widget: &str, id: &str, code: &str) {
        self.click(&format!(r#"the button "Pair" in the widget "{widget}""#))
            .await;
        self.type_into(id, r#"the text field "Office Customer ID""#).await;
        self.type_into(code, r#"the password field "Access Code""#).await;
        self.click(r#"the button "Submit""#).await;
    }

    async fn open_panel(&mut self) {
        self.only_click(r#"the button "Widgets""#).await;
        for group in GROUPS {
            self.only_click(&format!(r#"the button "{group}" in the panel "Widgets""#))
                .await;
        }
    }

    async fn tick(&mut self, name: &str) {
        let check_box = self.locator(&format!(r#"the check box "{name}""#));
        self.page.click(&check_box).await.unwrap();
        // It is disabled until the portal has kept it.
        self.page.expect(&check_box, Property::Enabled, "true").await.unwrap();
    }

    /// Fails if a page of the portal was forgotten.
    fn assert_complete(&self) {
        let forgotten: Vec<_> = mock_portal::paths()
            .into_iter()
            .filter(|pattern| !NO_PAGES.iter().any(|(path, _)| path == pattern))
            .filter(|pattern| !self.visited.iter().any(|path| fits(pattern, path)))
            .collect();
        assert_eq!(forgotten, [""; 0], "visit these, or say why they are no pages");
    }
}

/// Whether an address is one of the pattern's: `/guides/{guide}`.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len()
        && pattern
            .iter()
            .zip(path)
            .all(|(part, given)| part.starts_with('{') || *part == given)
}

const REPORTS: &str = "Distribution Reports (IP Offices)";
const CONTRIBUTIONS: &str = "Annual Contributions (WIPO - UPOV Members)";
/// The panel's groups of widgets, by their buttons.
const GROUPS: [&str; 8] = [
    "Patents",
    "Trademarks",
    "Designs",
    "Geographical Indications",
    "Payments",
    "WIPO Lex",
    "General",
    "Dashboard templates",
];

/// Walks through a portal of its own, in a window of this size.
fn walk<L: Look>(window: (u32, u32), language: &Language, looker: L, way: impl AsyncFnOnce(&mut Walk<L>)) -> L {
    // What shows the time must show the same when a page is looked at twice.
    let settings = mock_portal::Settings {
        clock: mock_portal::Clock::training(),
        ..mock_portal::Settings::default()
    };
    let (router, control) = mock_portal::app_with_control(settings).unwrap();
    let portal = serve(router);
    with_window(window, Duration::from_secs(15), async |page| {
        let mut walk = Walk {
            page,
            portal: portal.url().to_owned(),
            language,
            visited: vec![],
            control,
            looker,
        };
        walk.choose_language().await;
        way(&mut walk).await;
        walk.looker
    })
}

/// What the tutorial shows, with the errors one can make on the way.
pub fn the_tutorials_path<L: Look>(window: (u32, u32), language: &Language, looker: L) -> L {
    walk(window, language, looker, async |walk| {
        walk.open("/").await;
        walk.open("/login").await;
        walk.type_into("amara", r#"the text field "Username""#).await;
        walk.type_into("wrong", r#"the password field "Password""#).await;
        walk.click(r#"the button "Login""#).await;
        walk.log_in("amara").await;
        walk.click(r#"the button "Amara Diallo""#).await;
        walk.click(r#"the menu item "My IP Portal Dashboard""#).await;
        walk.open_panel().await;
        walk.tick("Distribution Reports").await;
        walk.tick("Annual Contributions").await;
        walk.see(&format!(r#"the button "Pair" in the widget "{CONTRIBUTIONS}""#))
            .await;
        walk.look("panel with all groups open, two widgets not paired").await;
        walk.click(&format!(r#"the button "Pair" in the widget "{REPORTS}""#))
            .await;
        walk.type_into("12", r#"the text field "Office Customer ID""#).await;
        walk.click(r#"the button "Submit""#).await;
        walk.type_into("41207", r#"the text field "Office Customer ID""#).await;
        walk.type_into("A7K2M9QW", r#"the password field "Access Code""#).await;
        walk.click(r#"the button "Submit""#).await;
        walk.type_into("41207", r#"the text field "Office Customer ID""#).await;
        walk.type_into("A7K2M9QX", r#"the password field "Access Code""#).await;
        walk.click(r#"the button "Submit""#).await;
        walk.pair(CONTRIBUTIONS, "41207", "A7K2M9QX").await;
    })
}

/// All other pages, for a person whose Office has documents.
pub fn every_other_page<L: Look>(window: (u32, u32), language: &Language, looker: L) -> L {
    walk(window, language, looker, async |walk| {
        walk.log_in("chenwei").await;
        documents(walk).await;
        plain_pages(walk).await;
        misfortunes(walk).await;
        walk.log_in("amara").await;
        dashboard(walk).await;
        create_account(walk).await;
        walk.open("/accounts/forgotten-password").await;
        walk.type_into("eva@arcadia.example", r#"the text field "E-mail""#)
            .await;
        walk.click(r#"the button "Send""#).await;
        walk.open("/accounts/new-password/no-such-link").await;
        walk.assert_complete();
    })
}

/// Widgets that show an Office's documents and money.
async fn documents(walk: &mut Walk<'_, impl Look>) {
    walk.open("/dashboard").await;
    walk.open_panel().await;
    for name in [
        "Distribution Reports",
        "Annual Contributions",
        "WIPO Pay Summary",
        "WIPO Pay Details",
        "Current Account at WIPO Summary",
        "Current Account at WIPO Details",
    ] {
        walk.tick(name).await;
    }
    walk.open("/dashboard").await;
    walk.pair(REPORTS, "180457", "R4T8B2NZ").await;
    walk.pair(CONTRIBUTIONS, "180457", "R4T8B2NZ").await;
    walk.open("/pairing/distribution-reports").await;
    walk.open("/dashboard/widgets/distribution-reports?month=6&year=2024")
        .await;
}

async fn plain_pages(walk: &mut Walk<'_, impl Look>) {
    for path in [
        "/",
        "/account",
        "/language",
        "/account/password",
        "/accounts/forgotten-username",
        "/dashboard/clear",
        "/help",
        "/feedback",
        "/feedback/sent",
        "/finance-infoline",
        "/tutorials",
        "/scam-awareness",
        "/guides/distribution-reports",
        "/leaving?to=https://www.wipo.int",
        "/no-such-page",
    ] {
        walk.open(path).await;
    }
}

/// Every language has its own order of cities.
const FIRST_CITY: &str = "return document.querySelector('#world-clock select').selectedOptions[0].textContent.trim();";

/// What a person has made of their dashboard.
async fn dashboard(walk: &mut Walk<'_, impl Look>) {
    walk.open("/search/patentscope?q=water").await;
    walk.click(r#"the button "Save this search""#).await;
    walk.open("/dashboard").await;
    walk.click(r#"the tab "Saved searches" in the widget "PATENTSCOPE""#)
        .await;
    walk.click(r#"the button "Other cities" in the widget "World Clock""#)
        .await;
    let city = walk.page.evaluate(FIRST_CITY, &Value::Null).await.unwrap();
    let remove = walk.language.text("Remove {}").replace("{}", city.as_str().unwrap());
    walk.only_click(r#"the button "Add" in the widget "World Clock""#).await;
    let remove = format!("the button {remove:?}").parse().unwrap();
    walk.page.see(&remove).await.unwrap();
    walk.look("a city on the World Clock").await;
    walk.open("/dashboard/widgets/ehague").await;
    walk.open("/dashboard").await;
    for (address, seen) in [
        (
            "ftp://arcadia.example",
            r#"the text "Enter a web address that begins with http:// or https://.""#,
        ),
        ("https://arcadia.example", r#"the link "https://arcadia.example""#),
    ] {
        walk.type_into(address, r#"the text field "Web address""#).await;
        walk.only_click(r#"the button "Add" in the widget "Quick Links""#).await;
        walk.see(seen).await;
        walk.look(&format!("{address} as a quick link")).await;
    }
    walk.open("/dashboard?panel=open").await;
    for template in ["Patents and law", "Brands and designs"] {
        walk.only_click(r#"the button "Dashboard templates""#).await;
        walk.click(&format!(r#"the button "{template}""#)).await;
    }
    walk.click(r#"the button "Change view""#).await;
    walk.open("/dashboard/clear").await;
    walk.click(r#"the button "Clear Dashboard""#).await;
}

/// What goes wrong through nobody's fault but one's own, or the Finance service's.
async fn misfortunes(walk: &mut Walk<'_, impl Look>) {
    walk.control.set_fault(Fault::Down);
    walk.open("/dashboard").await;
    walk.open("/dashboard/widgets/distribution-reports").await;
    walk.control.set_fault(Fault::None);
    walk.only_click(r#"the button "Chen Wei""#).await;
    walk.only_click(r#"the menu item "Logout""#).await;
    for _ in 0..6 {
        walk.page.open(&format!("{}/login", walk.portal)).await.unwrap();
        walk.type_into("dolores", r#"the text field "Username""#).await;
        walk.type_into("wrong", r#"the password field "Password""#).await;
        walk.only_click(r#"the button "Login""#).await;
    }
    walk.look("an account that is locked").await;
}

/// Creates an account and follows its link out of the mailbox.
async fn create_account(walk: &mut Walk<'_, impl Look>) {
    walk.open("/accounts/new").await;
    for (text, field) in [
        ("Eva Novák", "Name"),
        ("eva@arcadia.example", "E-mail"),
        ("Eva4", "Username"),
    ] {
        walk.type_into(text, &format!("the text field {field:?}")).await;
    }
    walk.type_into("Practice1", r#"the password field "Password""#).await;
    walk.click(r#"the button "Create account""#).await;
    walk.click(r#"the link "Open the mailbox""#).await;
    walk.click(r#"the link "Confirm your e-mail address""#).await;
    walk.click(r#"the link "Confirm my e-mail address""#).await;
}
