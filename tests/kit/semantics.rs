//! Roles and names as the kit computes them equal the browser's own, on every element of every page of the portal.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use docent::browser::{Described, Locator, Page};

use super::support::{serve, with_page};
use super::walk::{self, Language, Look};

/// What Chromium calls elements for which ARIA 1.2 and HTML-AAM have no role, or another word, and what the kit calls them.
/// "none" is what it says of all it leaves out of its tree.
const INTERNAL_ROLES: [(&str, &str); 21] = [
    ("none", "generic"),
    ("Abbr", "generic"),
    ("Canvas", "generic"),
    ("DescriptionList", "generic"),
    ("Figcaption", "generic"),
    ("Iframe", "generic"),
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

/// Compares page after page and remembers what differs.
#[derive(Default)]
struct Comparison {
    elements: usize,
    states: usize,
    offered: usize,
    /// Each difference with the states in which it was seen.
    differences: BTreeMap<String, Vec<String>>,
}

impl Look for Comparison {
    async fn look(&mut self, page: &mut Page, state: &str) {
        let all = page.describe_all().await.unwrap();
        self.states += 1;
        self.elements += all.len();
        self.look_for_what_is_offered(page, state).await;
        let theirs = page.accessibility_tree(&all).await.unwrap();
        for ours in &all {
            if let Some(difference) = difference(ours, theirs.of(ours)) {
                let states = self.differences.entry(difference).or_default();
                states.push(state.to_owned());
            }
        }
    }
}

impl Comparison {
    /// What error messages offer can be written in a step, and is found by it.
    async fn look_for_what_is_offered(&mut self, page: &Page, state: &str) {
        let offered = page.offered().await.unwrap();
        let locators: Vec<Locator> = offered
            .iter()
            .map(|phrase| phrase.parse().unwrap_or_else(|error| panic!("{phrase}: {error}")))
            .collect();
        self.offered += locators.len();
        for index in page.unfound(&locators).await.unwrap() {
            let difference = format!("offered, but not found: {}", offered[index]);
            self.differences.entry(difference).or_default().push(state.to_owned());
        }
    }

    fn assert_equal(&self) {
        println!(
            "{} elements in {} states, {} names offered",
            self.elements, self.states, self.offered
        );
        assert!(self.offered > 0, "names are offered");
        let mut told = String::new();
        for (difference, states) in &self.differences {
            writeln!(told, "{difference}\n    {}", states.join("; ")).unwrap();
        }
        assert!(told.is_empty(), "kit and browser differ:\n{told}");
    }
}

/// None where both say the same. Chromium leaves out paragraphs that are laid out as boxes; no step speaks of paragraphs.
fn difference(ours: &Described, (role, name): (&str, &str)) -> Option<String> {
    let internal = INTERNAL_ROLES.iter().find(|(theirs, _)| *theirs == role);
    let role = internal.map_or(role, |(_, usual)| usual);
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

const WINDOW: (u32, u32) = (800, 600);

/// What the tutorial shows, with the errors one can make on the way.
#[test]
fn the_tutorials_path_reads_as_the_browser_reads_it() {
    walk::the_tutorials_path(WINDOW, &Language::english(), Comparison::default()).assert_equal();
}

/// All other pages, for a person whose Office has documents.
#[test]
fn every_other_page_reads_as_the_browser_reads_it() {
    walk::every_other_page(WINDOW, &Language::english(), Comparison::default()).assert_equal();
}

/// What the portal does not have today but may tomorrow.
#[test]
fn tricky_markup_reads_as_the_browser_reads_it() {
    let page = get(async || Html(include_str!("pages/tricky.html")));
    let site = serve(Router::new().route("/", page));
    with_page(Duration::from_secs(15), async |page| {
        let mut comparison = Comparison::default();
        page.open(site.url()).await.unwrap();
        comparison.look(page, "tricky markup").await;
        comparison.assert_equal();
    });
}
