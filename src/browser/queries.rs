//! What a person sees on a page.
//!
//! Every look waits in the page, in one round trip, until its target is there, shown and, where it is needed for more, usable and at rest.

use std::time::{Duration, Instant};

use fantoccini::Client;
use fantoccini::elements::{Element, ElementRef};
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::{BrowserError, Mismatch, PageError, Trouble};
use super::locate_response::{LocateResponse, NamedElement, PageState, surroundings, trouble};
use super::locator::Locator;
use super::page::{Page, milliseconds, unexpected_response};
use super::scripts::Call;
use crate::area::Area;

/// The key under which WebDriver hands elements to and fro (W3C WebDriver, "web element identifier").
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// What a target is needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    See,
    SeeNone,
    Announced,
    Point,
    Click,
    Type,
}

impl Purpose {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::See => "see",
            Self::SeeNone => "see-none",
            Self::Announced => "announced",
            Self::Point => "point",
            Self::Click => "click",
            Self::Type => "type",
        }
    }
}

/// An element as the browser describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// ARIA role.
    pub role: String,
    /// Accessible name.
    pub name: String,
    /// Where it stands in the viewport.
    pub area: Area,
}

/// An element as the kit's scripts describe it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Described {
    element: Value,
    /// How its HTML begins.
    pub html: String,
    /// Whether it is neither drawn nor there for assistive technology.
    pub hidden: bool,
    /// ARIA role.
    pub role: String,
    /// Accessible name; empty for what is hidden.
    pub name: String,
}

impl Described {
    /// The driver's reference to the element.
    pub(super) fn reference(&self) -> &str {
        self.element[ELEMENT_KEY].as_str().unwrap_or_default()
    }
}

/// What is looked at when an element is held against an expectation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// `true` or `false`, of check boxes and radio buttons.
    Checked,
    /// What is typed or chosen.
    Value,
    /// What is typed, whatever separators a mask has put in.
    Typed,
    /// One of the options that are chosen.
    Chosen,
    /// What a field holds, white space included, or what a component draws of it, as chips for instance.
    Contents,
    /// Its text.
    Text,
    /// `true` or `false`.
    Enabled,
    /// `true` or `false`, of what opens and closes.
    Expanded,
    /// `true` or `false`: whether keys go to it.
    Focused,
    /// `true` or `false`, of fields.
    Required,
    /// `true` or `false`: whether the page says that what a field holds is wrong.
    Invalid,
    /// `true`, `false` or `mixed`, of buttons that stay pressed.
    Pressed,
    /// `true` or `false`, of tabs, options, rows and cells.
    Selected,
    /// `upper right` and the like: which ninth of the window its middle is in.
    Corner,
}

impl Property {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Checked => "checked",
            Self::Value => "value",
            Self::Typed => "typed",
            Self::Chosen => "chosen",
            Self::Contents => "contents",
            Self::Text => "text",
            Self::Enabled => "enabled",
            Self::Expanded => "expanded",
            Self::Focused => "focused",
            Self::Required => "required",
            Self::Invalid => "invalid",
            Self::Pressed => "pressed",
            Self::Selected => "selected",
            Self::Corner => "corner",
        }
    }
}

impl Page {
    /// Sees the element with nothing over it, wherever on the page it stands.
    ///
    /// # Errors
    /// [`PageError::Mismatch`] if it is not there, or hidden.
    pub async fn see(&mut self, target: &Locator) -> Result<Seen, PageError> {
        self.locate(target, Purpose::See, json!({})).await
    }

    /// Sees that there is no such element, when the page has answered what was done last.
    ///
    /// # Errors
    /// [`PageError::Mismatch`] if it is still there when the waiting is over.
    pub async fn see_none(&mut self, target: &Locator) -> Result<(), PageError> {
        let started = Instant::now();
        let lasting = json!({ "lasting": milliseconds(self.wait) });
        let outcome = self.ask(target, Purpose::SeeNone, lasting).await?;
        self.see_none_in(target, &outcome.frames).await?;
        let tabs = self.other_tabs().await;
        if tabs.is_empty() {
            return Ok(());
        }
        let page = PageState {
            address: self.address.clone(),
            ..PageState::default()
        };
        let mismatch = mismatch(target.clone(), Trouble::Elsewhere, page, started.elapsed());
        Err(mismatch.with_tabs(tabs).into())
    }

    /// A sentence about every tab that pages have opened: no step looks there.
    pub async fn other_tabs(&mut self) -> Vec<String> {
        let tabs = self.session.other_tabs().await;
        tabs.iter()
            .map(|tab| format!("another tab is open, where no step looks: {tab}"))
            .collect()
    }

    /// Waits until a live region says a text, drawn or not.
    ///
    /// # Errors
    /// [`PageError::Mismatch`] if none does.
    pub async fn see_announced(&mut self, text: &Locator) -> Result<(), PageError> {
        self.ask(text, Purpose::Announced, json!({})).await.map(drop)
    }

    /// Brings the element into view and sees it there, at rest and with nothing over it.
    ///
    /// # Errors
    /// [`PageError::Mismatch`].
    pub async fn look_at(&mut self, target: &Locator) -> Result<Seen, PageError> {
        self.locate(target, Purpose::Point, json!({})).await
    }

    /// Sees that a property of the element is, or becomes, as expected.
    ///
    /// # Errors
    /// [`PageError::Mismatch`].
    pub async fn expect(&mut self, target: &Locator, property: Property, expected: &str) -> Result<Seen, PageError> {
        let more = json!({ "expect": { "property": property.word(), "value": expected } });
        self.locate(target, Purpose::See, more).await
    }

    /// As [`Page::expect`], of what was so before anything was done, too: it must still be so when the page has answered.
    ///
    /// # Errors
    /// [`PageError::Mismatch`].
    pub async fn expect_still(
        &mut self,
        target: &Locator,
        property: Property,
        expected: &str,
    ) -> Result<Seen, PageError> {
        let expect = json!({ "property": property.word(), "value": expected });
        let more = json!({ "expect": expect, "lasting": milliseconds(self.wait) });
        self.locate(target, Purpose::See, more).await
    }

    /// As [`Page::expect_still`], of what was just clicked, as it was seen before: where the page has renamed it, it is looked at all the
    /// same, and where it is gone, the page went on by the click.
    ///
    /// # Errors
    /// [`PageError::Mismatch`].
    pub async fn expect_done(
        &mut self,
        target: &Locator,
        property: Property,
        expected: &str,
        before: Seen,
    ) -> Result<Seen, PageError> {
        let expect = json!({ "property": property.word(), "value": expected });
        let more = json!({ "expect": expect, "isDone": true, "lasting": milliseconds(self.wait) });
        let outcome = self.ask(target, Purpose::See, more).await?;
        if outcome.is_gone {
            return Ok(before);
        }
        Ok(seen(outcome)?)
    }

    /// The names of all things of the locator's kind, which should be exactly these; if they are not within the time, what
    /// they are.
    ///
    /// # Errors
    /// [`BrowserError`] only: it is for the caller to compare.
    pub async fn names_of(&mut self, kind: &Locator, expected: &[String]) -> Result<Vec<String>, PageError> {
        const WHAT: &str = "list what is on the page";
        #[derive(Deserialize)]
        struct Names {
            actual: Vec<String>,
            page: PageState,
        }
        let request = |wait| json!({ "locator": kind, "names": expected, "wait": milliseconds(wait) });
        let at_once = self.at_once_wait();
        let mut names: Names = self
            .call(WHAT, Call::Enumerate, &request(at_once.unwrap_or(self.wait)))
            .await?;
        if let Some(waited) = at_once
            && names.actual != expected
        {
            self.record_wait_snapshot().await;
            names = self
                .call(WHAT, Call::Enumerate, &request(self.wait.saturating_sub(waited)))
                .await?;
        }
        self.address = names.page.address;
        Ok(names.actual)
    }

    /// What error messages offer on this page, as steps would name it: everything with a name that is shown.
    ///
    /// # Errors
    /// [`PageError::Browser`].
    pub async fn offered(&self) -> Result<Vec<String>, PageError> {
        let things: Vec<NamedElement> = self
            .call("list what is on the page", Call::Offered, &Value::Null)
            .await?;
        Ok(things.iter().map(NamedElement::phrase).collect())
    }

    /// Which of these locators, by their index, name nothing that is shown on this page.
    ///
    /// # Errors
    /// [`PageError::Browser`].
    pub async fn unfound(&self, locators: &[Locator]) -> Result<Vec<usize>, PageError> {
        self.call("look for things", Call::Unfound, &json!(locators)).await
    }

    /// Every element of the page's body, open shadow trees included, in the order of the document.
    ///
    /// # Errors
    /// [`PageError::Browser`].
    pub async fn describe_all(&self) -> Result<Vec<Described>, PageError> {
        self.call("describe the page", Call::DescribeAll, &Value::Null).await
    }

    pub(super) async fn locate(&mut self, target: &Locator, purpose: Purpose, more: Value) -> Result<Seen, PageError> {
        let outcome = self.ask(target, purpose, more).await?;
        seen(outcome).map_err(PageError::from)
    }

    pub(super) async fn ask(
        &mut self,
        target: &Locator,
        purpose: Purpose,
        more: Value,
    ) -> Result<LocateResponse, PageError> {
        const WHAT: &str = "find an element";
        let mut request = json!({ "locator": target, "purpose": purpose.word() });
        if let (Value::Object(request), Value::Object(more)) = (&mut request, more.clone()) {
            request.extend(more);
        }
        let started = Instant::now();
        let at_once = self.at_once_wait();
        request["wait"] = milliseconds(at_once.unwrap_or(self.wait)).into();
        let mut outcome: LocateResponse = self.call(WHAT, Call::Locate, &request).await?;
        if let Some(waited) = at_once
            && outcome.failure.is_some()
        {
            self.record_wait_snapshot().await;
            request["wait"] = milliseconds(self.wait.saturating_sub(waited)).into();
            outcome = self.call(WHAT, Call::Locate, &request).await?;
        }
        match outcome.failure.take() {
            None => {
                self.address.clone_from(&outcome.address);
                Ok(outcome)
            }
            Some(failure) => {
                let culprit = surroundings(target, failure.depth).clone();
                let trouble = trouble(failure.reason, &culprit, &more);
                let page = outcome.page.unwrap_or_default();
                let mismatch = mismatch(culprit, trouble, page, started.elapsed());
                Err(PageError::from(mismatch.with_tabs(self.other_tabs().await)))
            }
        }
    }
}

pub(super) fn mismatch(locator: Locator, trouble: Trouble, page: PageState, waited: Duration) -> Mismatch {
    Mismatch {
        locator,
        trouble,
        shown: page.shown(),
        alerts: page.alerts,
        waited,
        tabs: Vec::new(),
    }
}

pub(super) fn seen(outcome: LocateResponse) -> Result<Seen, BrowserError> {
    let area = outcome
        .area
        .ok_or_else(|| unexpected_response("find an element", "no element in the answer"))?;
    Ok(Seen {
        role: outcome.role,
        name: outcome.name,
        area,
    })
}

/// The element in the answer, for commands of the driver's own.
pub(super) fn reference(outcome: &LocateResponse, client: &Client) -> Result<Element, BrowserError> {
    let element = outcome.element.as_ref().and_then(|element| element_of(element, client));
    element.ok_or_else(|| unexpected_response("find an element", "it stands in a frame, where this can't be done"))
}

pub(super) fn element_of(answer: &Value, client: &Client) -> Option<Element> {
    let reference = answer.get(ELEMENT_KEY)?.as_str()?;
    Some(Element::from_element_id(
        client.clone(),
        ElementRef::from(reference.to_owned()),
    ))
}
