//! How steps name things on a page: by what they are and what they are called, as a person would.
//!
//! `the button "Pair" in the widget "Annual Contributions"` is a [`Locator`]. It speaks of ARIA roles and accessible names,
//! which are what a screen reader announces, so it survives every change of a page that a person would not notice.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

/// Names exactly one element of a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Locator {
    /// What kind of thing it is, in the words of the step.
    #[serde(skip)]
    kind: &'static Kind,
    /// What [`Locator::kind`] means to the page.
    by: By,
    /// Accessible name, text, placeholder or test id, according to [`Locator::by`].
    name: String,
    /// Only within this element.
    within: Option<Box<Locator>>,
}

/// What a [`Locator`] compares its name with.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum By {
    /// The accessible name of an element that has one of these ARIA roles.
    Role {
        role: &'static [&'static str],
        /// A CSS selector that the element must match, too.
        #[serde(skip_serializing_if = "Option::is_none")]
        only: Option<&'static str>,
    },
    /// `text`, `whole-text`, `placeholder`, `test-id` or `frame`, as `match.js` has them.
    Plain(&'static str),
}

/// A word of the vocabulary for things on a page.
#[derive(Debug, PartialEq)]
struct Kind {
    word: &'static str,
    by: By,
    /// The roles that messages, suggestions and captions have this word for; each has one.
    called: &'static [&'static str],
}

/// A word for these roles.
const fn role(word: &'static str, role: &'static [&'static str]) -> Kind {
    role_called(word, role, role)
}

/// A word that steps may use for all of these roles, and that is printed for some.
const fn role_called(word: &'static str, role: &'static [&'static str], called: &'static [&'static str]) -> Kind {
    let by = By::Role { role, only: None };
    Kind { word, by, called }
}

const fn role_only(
    word: &'static str,
    role: &'static [&'static str],
    only: &'static str,
    called: &'static [&'static str],
) -> Kind {
    let only = Some(only);
    let by = By::Role { role, only };
    Kind { word, by, called }
}

const fn plain(word: &'static str, by: &'static str, called: &'static [&'static str]) -> Kind {
    let by = By::Plain(by);
    Kind { word, by, called }
}

const LANDMARKS: &[&str] = &[
    "region",
    "dialog",
    "alertdialog",
    "group",
    "radiogroup",
    "form",
    "search",
    "navigation",
    "main",
    "banner",
    "contentinfo",
    "complementary",
    "tabpanel",
    "menu",
    "list",
    "table",
    "grid",
    "row",
    "article",
    "figure",
];

/// A selection list is no text field unless it is typed into.
const TYPED_INTO: &str = ":not(select, [role=combobox]:not(input, textarea, [contenteditable]))";

/// Every word that may follow "the", with the roles (WAI-ARIA 1.2) that it stands for, and those that it is printed for.
static KINDS: &[Kind] = &[
    role("alert", &["alert"]),
    role_called("area", LANDMARKS, &[]),
    role("article", &["article"]),
    role("banner", &["banner"]),
    role("button", &["button"]),
    role_called("cell", &["cell", "gridcell", "rowheader"], &["cell", "gridcell"]),
    role_called("check box", &["checkbox", "menuitemcheckbox", "switch"], &["checkbox"]),
    role("column header", &["columnheader"]),
    role_only(
        "date field",
        &["textbox", "combobox"],
        "[type=date], [type=datetime-local], [type=month], [type=week]",
        &[],
    ),
    role("dialog", &["dialog", "alertdialog"]),
    role_called("field", &["textbox", "searchbox", "combobox", "spinbutton"], &[]),
    role("figure", &["figure"]),
    role_only("file field", &["button"], "[type=file]", &[]),
    role("footer", &["contentinfo", "sectionfooter"]),
    role("form", &["form", "search"]),
    plain("frame", "frame", &["frame"]),
    role("group", &["group", "radiogroup"]),
    role("heading", &["heading"]),
    role("image", &["img", "image"]),
    role("link", &["link"]),
    role_called("list", &["list", "listbox"], &["list"]),
    role("list item", &["listitem"]),
    role("menu", &["menu", "menubar"]),
    role("menu item", &["menuitem", "menuitemcheckbox", "menuitemradio"]),
    role("meter", &["meter"]),
    role("navigation", &["navigation"]),
    role("number field", &["spinbutton"]),
    role("option", &["option"]),
    role_called(
        "panel",
        &["tabpanel", "region", "complementary"],
        &["tabpanel", "complementary"],
    ),
    role("paragraph", &["paragraph"]),
    role_only(
        "password field",
        &["textbox"],
        "[type=password], [autocomplete~=current-password], [autocomplete~=new-password]",
        &[],
    ),
    role("progress bar", &["progressbar"]),
    role("radio button", &["radio"]),
    role_called("region", &["region"], &[]),
    role("row", &["row"]),
    role("row header", &["rowheader"]),
    role_called("search field", &["searchbox", "textbox"], &["searchbox"]),
    role("section", &["region", "main"]),
    role("selection list", &["combobox", "listbox"]),
    role("slider", &["slider"]),
    role("status", &["status"]),
    role("switch", &["switch"]),
    role("tab", &["tab"]),
    role("tab list", &["tablist"]),
    role("table", &["table", "grid", "treegrid"]),
    role_only(
        "text field",
        &["textbox", "searchbox", "combobox", "spinbutton"],
        TYPED_INTO,
        &["textbox"],
    ),
    role_only("time field", &["textbox"], "[type=time]", &[]),
    role("tool tip", &["tooltip"]),
    role("toolbar", &["toolbar"]),
    role("tree", &["tree"]),
    role("tree item", &["treeitem"]),
    role_called("widget", &["region", "article"], &[]),
    plain(TEXT, "text", &["text"]),
    plain("whole text", "whole-text", &[]),
    plain("field with the placeholder", "placeholder", &[]),
    plain("element with the test id", "test-id", &[]),
];

/// What is called by its text, since its role has no word.
pub(super) const TEXT: &str = "text";

/// What an element of a role is called, by steps and by all that is printed: `textbox` is a text field. None for roles that no step can
/// name.
#[must_use]
pub fn word_for_role(role: &str) -> Option<&'static str> {
    let kind = KINDS.iter().find(|kind| kind.called.contains(&role));
    kind.map(|kind| kind.word)
}

/// An element as a step names it: `the button "Pair"`. What has no word for its role is called by its text.
pub(super) fn phrase_for(role: &str, name: &str) -> String {
    phrase(word_for_role(role).unwrap_or(TEXT), name)
}

/// A thing as a step names it.
pub(super) fn phrase(word: &str, name: &str) -> String {
    format!("the {word} {}", quoted(name))
}

/// As a step quotes a name.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

/// One link of a locator's chain: an optional kind and a quoted name.
static LINK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"^(?:the ([a-z][a-z -]*?) )?"((?:[^"\\]|\\.)*)"(?: in |$)"#).ok());

/// Why a phrase is no [`Locator`].
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LocatorError {
    /// The word after "the" is none of the vocabulary's.
    #[error(
        "there is no kind of thing called \"{word}\"; did you mean \"{nearest}\"?\nThe kinds are: {}.",
        kinds()
    )]
    UnknownKind {
        /// What stood there.
        word: String,
        /// The most similar word of the vocabulary.
        nearest: &'static str,
    },
    /// The phrase has another form.
    #[error(
        "{phrase:?} does not name a thing on a page; write, for instance: the button \"Pair\" in the widget \"Quick Links\""
    )]
    Malformed {
        /// What stood there.
        phrase: String,
    },
}

fn kinds() -> String {
    KINDS.iter().map(|kind| kind.word).collect::<Vec<_>>().join(", ")
}

impl Locator {
    /// The accessible name (or text, placeholder, test id) that is looked for.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The word for its kind, such as `text field`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind.word
    }

    /// The element it must be in, if any.
    #[must_use]
    pub fn within(&self) -> Option<&Locator> {
        self.within.as_deref()
    }

    /// Whether it looks for mere text.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.by == By::Plain("text") || self.by == By::Plain("whole-text")
    }

    /// Whether an element of this ARIA role is of its kind; `text` and `frame` count as roles.
    #[must_use]
    pub fn is_kind(&self, role: &str) -> bool {
        match self.by {
            By::Role { role: roles, .. } => roles.contains(&role),
            By::Plain("text" | "whole-text") => role == "text",
            By::Plain(kind) => role == kind,
        }
    }

    /// A locator of the given kind and name.
    ///
    /// # Errors
    /// [`LocatorError::UnknownKind`] if the vocabulary has no such word.
    pub fn new(kind: &str, name: &str, within: Option<Locator>) -> Result<Self, LocatorError> {
        let kind = find_kind(kind)?;
        Ok(Self {
            kind,
            by: kind.by,
            name: normalize(name),
            within: within.map(Box::new),
        })
    }
}

fn find_kind(word: &str) -> Result<&'static Kind, LocatorError> {
    KINDS
        .iter()
        .find(|kind| kind.word == word)
        .ok_or_else(|| LocatorError::UnknownKind {
            word: word.to_owned(),
            nearest: KINDS
                .iter()
                .map(|kind| kind.word)
                .max_by(|a, b| strsim::jaro_winkler(a, word).total_cmp(&strsim::jaro_winkler(b, word)))
                .unwrap_or("button"),
        })
}

/// White space folded, as browsers do in accessible names.
fn normalize(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl FromStr for Locator {
    type Err = LocatorError;

    /// Reads `the KIND "NAME"`, followed by any number of ` in the KIND "NAME"` or ` in "NAME"`.
    fn from_str(phrase: &str) -> Result<Self, LocatorError> {
        let malformed = || LocatorError::Malformed {
            phrase: phrase.to_owned(),
        };
        let link = LINK
            .as_ref()
            .and_then(|link| link.captures(phrase))
            .ok_or_else(malformed)?;
        let (whole, rest) = phrase.split_at(link.get(0).map_or(0, |all| all.end()));
        let within = match (whole.ends_with(" in "), rest) {
            (true, rest) => Some(rest.parse()?),
            (false, "") => None,
            (false, _) => return Err(malformed()),
        };
        let kind = link.get(1).map_or("area", |kind| kind.as_str());
        Self::new(kind, &unescape(&link[2]), within)
    }
}

/// A quoted name writes `"` as `\"`, as Cucumber Expressions do.
fn unescape(quoted: &str) -> String {
    quoted.replace("\\\"", "\"").replace("\\\\", "\\")
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&phrase(self.kind.word, &self.name))?;
        match &self.within {
            Some(within) => write!(f, " in {within}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_kind_name_and_surroundings() {
        let locator: Locator = r#"the button "Pair" in "Annual Contributions (WIPO - UPOV Members)""#
            .parse()
            .unwrap();
        assert_eq!(locator.kind(), "button");
        assert_eq!(locator.name(), "Pair");
        assert_eq!(
            locator.to_string(),
            r#"the button "Pair" in the area "Annual Contributions (WIPO - UPOV Members)""#
        );
    }

    #[test]
    fn reads_a_chain_of_surroundings() {
        let locator: Locator = r#"the link "Open" in the row "2" in the table "Reports""#.parse().unwrap();
        let row = locator.within().unwrap();
        assert_eq!((row.kind(), row.name()), ("row", "2"));
        assert_eq!(row.within().unwrap().kind(), "table");
    }

    #[test]
    fn a_quoted_name_may_hold_quotes_and_the_word_in() {
        let locator: Locator = r#"the link "Made in \"here\" in May""#.parse().unwrap();
        assert_eq!(locator.name(), r#"Made in "here" in May"#);
        assert!(locator.within().is_none());
    }

    #[test]
    fn white_space_in_names_does_not_count() {
        let locator: Locator = "the link \"  How   does it work? \"".parse().unwrap();
        assert_eq!(locator.name(), "How does it work?");
    }

    #[test]
    fn an_unknown_kind_is_told_with_the_nearest() {
        let error = r#"the buton "Pair""#.parse::<Locator>().unwrap_err();
        assert_eq!(
            error,
            LocatorError::UnknownKind {
                word: "buton".into(),
                nearest: "button"
            }
        );
    }

    #[test]
    fn what_has_another_form_is_refused() {
        for phrase in [
            "",
            "the button",
            r#"the button "Pair" on "X""#,
            r#"the "Pair""#,
            r#"the button "Pair" in "#,
        ] {
            assert!(phrase.parse::<Locator>().is_err(), "{phrase}");
        }
    }

    #[test]
    fn the_page_is_told_roles_and_name() {
        let locator: Locator = r#"the text field "Username" in the form "Login""#.parse().unwrap();
        assert_eq!(
            serde_json::to_value(&locator).unwrap(),
            serde_json::json!({
                "by": {"role": ["textbox", "searchbox", "combobox", "spinbutton"], "only": TYPED_INTO},
                "name": "Username",
                "within": {"by": {"role": ["form", "search"]}, "name": "Login", "within": null},
            })
        );
    }

    #[test]
    fn a_role_has_the_word_that_steps_use() {
        for (role, word) in [
            ("textbox", Some("text field")),
            ("spinbutton", Some("number field")),
            ("rowheader", Some("row header")),
            ("region", Some("section")),
            ("checkbox", Some("check box")),
            ("generic", None),
        ] {
            assert_eq!(word_for_role(role), word, "{role}");
        }
    }

    #[test]
    fn every_role_that_steps_can_name_has_one_word_which_steps_can_use() {
        for kind in KINDS {
            for role in kind.called {
                let locator = Locator::new(kind.word, "X", None).unwrap();
                assert!(locator.is_kind(role), "the {} is no {role}", kind.word);
            }
            let By::Role { role: roles, .. } = kind.by else {
                continue;
            };
            for role in roles {
                let words: Vec<_> = KINDS.iter().filter(|kind| kind.called.contains(role)).collect();
                assert_eq!(words.len(), 1, "{role}: {words:?}");
            }
        }
    }

    #[test]
    fn every_phrase_that_is_printed_can_be_written() {
        let names = [
            "Pair",
            "Made in \"here\"",
            "a\\b",
            "ends with \\",
            "\\\"",
            "the link \"X\" in \"Y\"",
        ];
        for name in names {
            for kind in KINDS {
                for within in [None, Some(Locator::new("area", name, None).unwrap())] {
                    let locator = Locator::new(kind.word, name, within).unwrap();
                    assert_eq!(locator.to_string().parse(), Ok(locator));
                }
            }
            for role in KINDS
                .iter()
                .flat_map(|kind| kind.called)
                .chain(&["generic", "math", ""])
            {
                let written: Locator = phrase_for(role, name).parse().unwrap();
                assert_eq!(written.name(), name);
                assert!(written.is_kind(role) || written.is_text(), "{role}");
            }
        }
        let example = LocatorError::Malformed { phrase: String::new() }.to_string();
        let (_, example) = example.split_once("for instance: ").unwrap();
        assert!(example.parse::<Locator>().is_ok(), "{example}");
    }
}
