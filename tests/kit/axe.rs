//! axe-core finds nothing serious or critical on any page, in any state, on phones and on desks, in English and Arabic.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;

use docent::browser::Page;
use serde::Deserialize;
use serde_json::Value;

use super::npm;
use super::walk::{self, Language, Look};

const PHONE: (u32, u32) = (360, 800);
const DESK: (u32, u32) = (1280, 900);

/// axe-core, which leaves a page alone that has it already, and its answer.
static CHECK: LazyLock<String> = LazyLock::new(|| {
    let run = "return axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations);";
    format!("{}\n{run}", npm::node("axe.mjs", &[]))
});

/// A rule that is broken.
#[derive(Deserialize)]
struct Violation {
    id: String,
    impact: Option<String>,
    help: String,
    nodes: Vec<Node>,
}

/// Where it is.
#[derive(Deserialize)]
struct Node {
    html: String,
    #[serde(rename = "failureSummary")]
    summary: String,
}

/// Asks axe-core about page after page.
#[derive(Default)]
struct Findings {
    states: usize,
    /// Each finding with the states in which it was made.
    found: BTreeMap<String, Vec<String>>,
}

impl Look for Findings {
    async fn look(&mut self, page: &mut Page, state: &str) {
        self.states += 1;
        for finding in grave(page).await {
            self.found.entry(finding).or_default().push(state.to_owned());
        }
    }
}

/// What axe-core finds serious or critical on a page.
pub async fn grave(page: &Page) -> Vec<String> {
    let answer = page.evaluate(&CHECK, &Value::Null).await.unwrap();
    let violations: Vec<Violation> = serde_json::from_value(answer).unwrap();
    let grave = violations.iter().filter(|violation| violation.is_grave());
    grave.flat_map(Violation::findings).collect()
}

impl Violation {
    fn is_grave(&self) -> bool {
        matches!(self.impact.as_deref(), Some("serious" | "critical"))
    }

    fn findings(&self) -> impl Iterator<Item = String> {
        let Self { id, help, nodes, .. } = self;
        nodes.iter().map(move |Node { html, summary }| {
            format!("{id}: {help}\n    {html}\n    {}", summary.replace('\n', "\n    "))
        })
    }
}

impl Findings {
    fn assert_none(&self, window: (u32, u32), language: &Language) {
        println!("{} states at {} px in {}", self.states, window.0, language.code);
        let mut told = String::new();
        for (finding, states) in &self.found {
            writeln!(told, "{finding}\n    {}", states.join("; ")).unwrap();
        }
        assert!(
            told.is_empty(),
            "axe-core finds at {} px in {}:\n{told}",
            window.0,
            language.code
        );
    }
}

fn check_all(window: (u32, u32)) {
    // One that is read from the left and one from the right; others differ in their words only.
    let walked = |language: &Language| ["en", "ar"].contains(&language.code.as_str());
    for language in Language::all().into_iter().filter(walked) {
        walk::the_tutorials_path(window, &language, Findings::default()).assert_none(window, &language);
        walk::every_other_page(window, &language, Findings::default()).assert_none(window, &language);
    }
}

#[test]
fn axe_finds_nothing_grave_on_a_phone() {
    check_all(PHONE);
}

#[test]
fn axe_finds_nothing_grave_on_a_desk() {
    check_all(DESK);
}
