//! The scripts that run in the page. Each call is one round trip, however long it waits there, and the first in a document a second one:
//! they are sent once per document.

use serde::Serialize;

/// What can be asked of a page, by its name in `calls.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Call {
    /// Resolves a locator and waits until it is ready for its purpose.
    Locate,
    /// Waits, after a click, for what comes next.
    Settle,
    /// Waits until the browser is at an address.
    Arrive,
    /// What became of a file that was uploaded.
    Uploaded,
    /// Lists the names of all things of one kind.
    Enumerate,
    /// What error messages offer on this page: everything with a name that is shown.
    Offered,
    /// Which of several locators name nothing on this page.
    Unfound,
    /// Which page is shown; given a number, the page is watched for being left.
    PageIdentity,
    /// Which entry of the browser's history is shown.
    HistoryEntry,
    /// Whether another entry of the history is shown than before.
    HasTraversed,
    /// Whether the dialog that was just answered was an alert.
    HadAlert,
    /// Gives the page a moment.
    PassTime,
    /// Role and name of every element, to be compared with the browser's own.
    DescribeAll,
    /// Shutter proof.
    Prove,
    /// What is drawn in an area of the window.
    NameAt,
}

/// What [`CALL`] answers in a document that has no scripts yet.
pub const MISSING: &str = "docent: no scripts";

/// Calls the installed scripts: `arguments` are the name of a [`Call`] and its request.
macro_rules! call {
    () => {
        "const installed = window[Symbol.for('docent.scripts')];
return installed ? installed()[arguments[0]](arguments[1]) : 'docent: no scripts';"
    };
}

/// Calls the installed scripts; [`MISSING`] where there are none.
pub const CALL: &str = call!();

/// Installs the scripts in the document that is shown, and calls them. They are a function that makes them anew for each call, so that
/// nothing is remembered from one to the next, and the page changes nothing of them.
pub const INSTALL: &str = concat!(
    "Object.defineProperty(window, Symbol.for('docent.scripts'), { value: () => {\n",
    include_str!("scripts/dom.js"),
    include_str!("scripts/colours.js"),
    include_str!("scripts/frames.js"),
    include_str!("scripts/counter_styles.js"),
    include_str!("scripts/generated.js"),
    include_str!("scripts/semantics.js"),
    include_str!("scripts/visibility.js"),
    include_str!("scripts/clipping.js"),
    include_str!("scripts/gradients.js"),
    include_str!("scripts/paint.js"),
    include_str!("scripts/cover.js"),
    include_str!("scripts/legible.js"),
    include_str!("scripts/pieces.js"),
    include_str!("scripts/places.js"),
    include_str!("scripts/text.js"),
    include_str!("scripts/match.js"),
    include_str!("scripts/control.js"),
    include_str!("scripts/order.js"),
    include_str!("scripts/state.js"),
    include_str!("scripts/act.js"),
    include_str!("scripts/locate.js"),
    // What the camera asks, under names of its own.
    "const camera = () => {\n",
    include_str!("scripts/signs.js"),
    include_str!("scripts/resources.js"),
    include_str!("scripts/notices.js"),
    include_str!("scripts/drawn.js"),
    include_str!("scripts/twin.js"),
    include_str!("scripts/proof.js"),
    "return { prove, nameAt }; };\n",
    include_str!("scripts/calls.js"),
    "} });\n",
    call!()
);

/// A function of `{ now }` that makes a document the same in every run.
pub const PRELOAD: &str = concat!(
    include_str!("scripts/internals.js"),
    include_str!("scripts/answer.js"),
    include_str!("scripts/preload.js")
);

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const ALL: [Call; 15] = [
        Call::Locate,
        Call::Settle,
        Call::Arrive,
        Call::Uploaded,
        Call::Enumerate,
        Call::Offered,
        Call::Unfound,
        Call::PageIdentity,
        Call::HistoryEntry,
        Call::HasTraversed,
        Call::HadAlert,
        Call::PassTime,
        Call::DescribeAll,
        Call::Prove,
        Call::NameAt,
    ];

    #[test]
    fn every_call_is_answered_by_a_script() {
        let calls = include_str!("scripts/calls.js");
        let (_, answered) = calls.rsplit_once("return {").unwrap();
        for call in ALL {
            let name = serde_json::to_value(call).unwrap();
            let name = regex::Regex::new(&format!(r"\b{}\b[,:]", name.as_str().unwrap())).unwrap();
            assert!(name.is_match(answered), "{call:?}");
        }
    }

    #[test]
    fn a_document_without_scripts_says_so() {
        assert!(CALL.contains(&format!("'{MISSING}'")));
    }

    #[test]
    fn no_name_is_declared_twice_where_scripts_are_joined() {
        let mut names = BTreeSet::new();
        let (locating, _) = INSTALL.split_once("const camera = ").unwrap();
        for line in locating.lines() {
            let declared = ["const ", "let ", "function ", "async function "]
                .iter()
                .find_map(|keyword| line.strip_prefix(keyword));
            let name = declared.and_then(|rest| {
                rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
                    .next()
            });
            if let Some(name) = name.filter(|name| !name.is_empty()) {
                assert!(names.insert(name), "{name} is declared twice");
            }
        }
        assert!(names.len() > 100);
    }
}
