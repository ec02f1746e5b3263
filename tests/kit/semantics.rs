//! Roles and names as the kit computes them equal the browser's own, on every element of every page of the portal.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use docent::browser::{Described, Locator, Page, Property};

use super::support::{RUNTIME, serve, with_page};

/// What Chromium calls elements for which ARIA 1.2 and HTML-AAM have no role, or another word, and what the kit calls them.
/// "none" is what it says of all it leaves out of its tree.
const INTERNAL_ROLES: [(&str, &str); 20] = [
    ("none", "generic"),
    ("Abbr", "generic"),
    ("Canvas", "generic"),
    ("DescriptionList", "generic"),
    ("Figcaption", "generic"),
    ("LabelText", "generic"),
    ("Legend", "generic"),
    ("LineBreak", "generic"),
    ("Ruby", "generic"),
    ("image", "img"),
    ("SvgRoot", "img"),
    ("DisclosureTriangle", "button"),
    // HTML-AAM leaves these open: to a person they are fields to type into, and a button that opens a dialog.
    ("Date", "textbox"),
    ("DateTime", "textbox"),
    ("InputTime", "textbox"),
    ("ColorWell", "button"),
    // Chromium guesses that a small table without headers is there for layout. HTML says table, and so do people.
    ("LayoutTable", "table"),
    ("LayoutTableRow", "row"),
    ("LayoutTableCell", "cell"),
    ("presentation", "generic"),
];

/// Roles that ARIA 1.2 and HTML-AAM name from their content, and people, too, but Chromium does not: it spares itself rows' names
/// for speed's sake, and takes no figure's name from its caption.
const NAMED_FOR_PEOPLE: [&str; 2] = ["row", "figure"];

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

/// Compares page after page and remembers what differs.
struct Comparison<'a> {
    page: &'a mut Page,
    portal: String,
    elements: usize,
    visited: Vec<String>,
    /// Each difference with the states in which it was seen.
    differences: BTreeMap<String, Vec<String>>,
}

impl Comparison<'_> {
    async fn open(&mut self, path: &str) {
        self.page.open(&format!("{}{path}", self.portal)).await.unwrap();
        self.look(path).await;
    }

    async fn click(&mut self, phrase: &str) {
        self.page.click(&locator(phrase)).await.unwrap();
        self.look(&format!("after a click on {phrase}")).await;
    }

    async fn type_into(&mut self, text: &str, phrase: &str) {
        self.page.type_into(text, &locator(phrase)).await.unwrap();
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

    async fn look(&mut self, state: &str) {
        let path = self.page.address().strip_prefix(&self.portal).unwrap_or_default();
        self.visited.push(path.split('?').next().unwrap_or_default().to_owned());
        let all = self.page.describe_all().await.unwrap();
        self.elements += all.len();
        for ours in all {
            let theirs = self.page.computed(&ours).await.unwrap();
            if let Some(difference) = difference(&ours, &theirs) {
                let states = self.differences.entry(difference).or_default();
                states.push(state.to_owned());
            }
        }
    }

    fn assert_equal(&self) {
        let mut told = String::new();
        for (difference, states) in &self.differences {
            writeln!(told, "{difference}\n    {}", states.join("; ")).unwrap();
        }
        assert!(told.is_empty(), "kit and browser differ:\n{told}");
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

fn locator(phrase: &str) -> Locator {
    phrase.parse().unwrap()
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

/// None where both say the same. Chromium leaves out paragraphs that are laid out as boxes; no step speaks of paragraphs.
fn difference(ours: &Described, (role, name): &(String, String)) -> Option<String> {
    let internal = INTERNAL_ROLES.iter().find(|(theirs, _)| theirs == role);
    let role = internal.map_or(role.as_str(), |(_, usual)| usual);
    // Steps fold white space, and so does the kit.
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    // What is hidden has no role for the browser; the kit keeps it, to say that something of that kind is there but not shown.
    let our_role = if ours.hidden || ours.role == "none" {
        "generic"
    } else {
        &ours.role
    };
    let for_people = name.is_empty() && NAMED_FOR_PEOPLE.contains(&our_role);
    let left_out = our_role == "paragraph" && role == "generic";
    if (our_role == role || left_out) && (ours.name == name || for_people) {
        return None;
    }
    Some(format!(
        "kit: {our_role} {:?}, browser: {role} {name:?}{}\n    {}",
        ours.name,
        if ours.hidden { " (hidden)" } else { "" },
        ours.html.replace('\n', " ")
    ))
}

fn compare(portal: &str, walk: impl AsyncFnOnce(&mut Comparison)) {
    with_page(Duration::from_secs(15), async |page| {
        let mut comparison = Comparison {
            page,
            portal: portal.to_owned(),
            elements: 0,
            visited: vec![],
            differences: BTreeMap::new(),
        };
        walk(&mut comparison).await;
        println!(
            "{} elements in {} states",
            comparison.elements,
            comparison.visited.len()
        );
        comparison.assert_equal();
    });
}

fn portal() -> mock_portal::Portal {
    let settings = mock_portal::Settings::default();
    RUNTIME
        .block_on(mock_portal::start(settings, ([127, 0, 0, 1], 0).into()))
        .unwrap()
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

async fn tick(walk: &mut Comparison<'_>, name: &str) {
    let check_box = locator(&format!(r#"the check box "{name}""#));
    walk.page.click(&check_box).await.unwrap();
    // It is disabled until the portal has kept it.
    walk.page.expect(&check_box, Property::Enabled, "true").await.unwrap();
}

async fn open_panel(walk: &mut Comparison<'_>) {
    walk.page.click(&locator(r#"the button "Widgets""#)).await.unwrap();
    for group in GROUPS {
        let button = format!(r#"the button "{group}" in the panel "Widgets""#);
        walk.page.click(&locator(&button)).await.unwrap();
    }
}

/// What the tutorial shows, with the errors one can make on the way.
#[test]
fn the_tutorials_path_reads_as_the_browser_reads_it() {
    let portal = portal();
    compare(portal.url(), async |walk| {
        walk.open("/").await;
        walk.open("/login").await;
        walk.type_into("amara", r#"the text field "Username""#).await;
        walk.type_into("wrong", r#"the password field "Password""#).await;
        walk.click(r#"the button "Login""#).await;
        walk.log_in("amara").await;
        walk.click(r#"the button "Amara Diallo""#).await;
        walk.click(r#"the menu item "My IP Portal Dashboard""#).await;
        open_panel(walk).await;
        tick(walk, "Distribution Reports").await;
        tick(walk, "Annual Contributions").await;
        let unpaired = format!(r#"the button "Pair" in the widget "{CONTRIBUTIONS}""#);
        walk.page.see(&locator(&unpaired)).await.unwrap();
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
    });
}

/// All other pages, for a person whose Office has documents.
#[test]
fn every_other_page_reads_as_the_browser_reads_it() {
    let portal = portal();
    compare(portal.url(), async |walk| {
        walk.log_in("chenwei").await;
        walk.open("/dashboard").await;
        open_panel(walk).await;
        for name in [
            "Distribution Reports",
            "Annual Contributions",
            "WIPO Pay Summary",
            "WIPO Pay Details",
        ] {
            tick(walk, name).await;
        }
        tick(walk, "Current Account at WIPO Summary").await;
        tick(walk, "Current Account at WIPO Details").await;
        walk.open("/dashboard").await;
        walk.pair(REPORTS, "180457", "R4T8B2NZ").await;
        walk.pair(CONTRIBUTIONS, "180457", "R4T8B2NZ").await;
        walk.open("/pairing/distribution-reports").await;
        walk.open("/dashboard/widgets/distribution-reports?month=6&year=2024")
            .await;
        for path in [
            "/",
            "/account",
            "/language",
            "/account/password",
            "/accounts/forgotten-username",
            "/dashboard/clear",
            "/help",
            "/feedback",
            "/finance-infoline",
            "/tutorials",
            "/scam-awareness",
            "/guides/distribution-reports",
            "/leaving?to=https://www.wipo.int",
            "/no-such-page",
        ] {
            walk.open(path).await;
        }
        walk.open("/search/patentscope?q=water").await;
        walk.click(r#"the button "Save this search""#).await;
        walk.open("/dashboard").await;
        walk.click(r#"the tab "Saved searches" in the widget "PATENTSCOPE""#)
            .await;
        walk.click(r#"the button "Other cities" in the widget "World Clock""#)
            .await;
        walk.page
            .click(&locator(r#"the button "Add" in the widget "World Clock""#))
            .await
            .unwrap();
        walk.page.see(&locator(r#"the button "Remove Abidjan""#)).await.unwrap();
        walk.look("a city on the World Clock").await;
        walk.open("/dashboard/widgets/ehague").await;
        create_account(walk).await;
        walk.open("/accounts/forgotten-password").await;
        walk.type_into("eva@arcadia.example", r#"the text field "E-mail""#)
            .await;
        walk.click(r#"the button "Send""#).await;
        walk.open("/accounts/new-password/no-such-link").await;
        walk.assert_complete();
    });
}

/// Creates an account and follows its link out of the mailbox.
async fn create_account(walk: &mut Comparison<'_>) {
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

/// What the portal does not have today but may tomorrow.
#[test]
fn tricky_markup_reads_as_the_browser_reads_it() {
    let page = get(async || Html(include_str!("pages/tricky.html")));
    let site = serve(Router::new().route("/", page));
    compare(site.url(), async |walk| walk.open("/").await);
}
