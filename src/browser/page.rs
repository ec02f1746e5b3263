//! What a person does on a page: looks, clicks, types.
//!
//! Every action waits in the page, in one round trip, until its target is there, shown, usable and at rest.

use std::time::{Duration, Instant};

use fantoccini::elements::{Element, ElementRef};
use fantoccini::wd::TimeoutConfiguration;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::answer::{Outcome, PageNow, surroundings, trouble};
use super::before::Before;
use super::error::{BrowserError, Mismatch, PageError, Refusal, Trouble, refused};
use super::locator::Locator;
use super::scripts;
use super::session::{Computed, Session};
use crate::area::Area;

/// The key under which WebDriver hands elements to and fro (W3C WebDriver, "web element identifier").
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The page in a session's window.
#[derive(Debug)]
pub struct Page {
    pub(super) session: Session,
    /// How long a target is waited for.
    pub(super) wait: Duration,
    /// Where the last action found the page.
    pub(super) address: String,
    /// How the step that is played found it.
    pub(super) before: Before,
    /// Counts clicks, so that a page can be told from the one after it.
    visits: u64,
}

/// What a target is needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    See,
    SeeNone,
    Point,
    Click,
    Type,
}

impl Purpose {
    fn word(self) -> &'static str {
        match self {
            Self::See => "see",
            Self::SeeNone => "see-none",
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

/// What is looked at when an element is held against an expectation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// `true` or `false`, of check boxes and radio buttons.
    Checked,
    /// What is typed or chosen.
    Value,
    /// Its text.
    Text,
    /// `true` or `false`.
    Enabled,
    /// `true` or `false`, of what opens and closes.
    Expanded,
    /// `upper right` and the like: which ninth of the window its middle is in.
    Corner,
}

impl Property {
    fn word(self) -> &'static str {
        match self {
            Self::Checked => "checked",
            Self::Value => "value",
            Self::Text => "text",
            Self::Enabled => "enabled",
            Self::Expanded => "expanded",
            Self::Corner => "corner",
        }
    }
}

impl Page {
    /// The page of a session; a target is waited for as long as `wait`.
    #[must_use]
    pub fn new(session: Session, wait: Duration) -> Self {
        Self {
            session,
            wait,
            address: String::new(),
            before: Before::default(),
            visits: 0,
        }
    }

    /// Ends the session.
    ///
    /// # Errors
    /// As [`Session::close`].
    pub async fn close(self) -> Result<(), BrowserError> {
        self.session.close().await
    }

    /// The driver's name for the session.
    #[must_use]
    pub fn session_id(&self) -> &str {
        self.session.id()
    }

    /// Where the browser is, once the page has come.
    ///
    /// # Errors
    /// [`PageError`] if the page does not come, or breaks down.
    pub async fn whereabouts(&mut self) -> Result<String, PageError> {
        self.settle(None).await?;
        Ok(self.address.clone())
    }

    /// Where the last action found the page.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// From now on a target is waited for as long as this.
    pub fn wait_for(&mut self, wait: Duration) {
        self.wait = wait;
    }

    /// Goes to an address.
    ///
    /// # Errors
    /// [`PageError::NotGot`] if there is no answer, [`PageError::ServerError`] if the page answers with a server error.
    pub async fn open(&mut self, address: &str) -> Result<(), PageError> {
        self.limit().await?;
        self.forgo_before();
        match self.session.client().goto(address).await {
            Ok(()) => {}
            Err(error) => match Refusal::of("open the page", &error) {
                Refusal::PageLeft => {}
                Refusal::PageLate => return Err(self.late()),
                Refusal::Final(error) => return Err(error.into()),
                Refusal::Intercepted => unreachable!("nothing is clicked"),
            },
        }
        self.settle(None).await
    }

    /// The driver's own limits, five minutes for pages and 30 s for scripts, would outlast or cut short ours.
    async fn limit(&self) -> Result<(), PageError> {
        /// What a script may take beyond its wait.
        const SLACK: Duration = Duration::from_secs(5);
        let limits = TimeoutConfiguration::new(Some(self.wait + SLACK), Some(self.wait), None);
        let limited = self.session.client().update_timeouts(limits).await;
        limited.map_err(|error| refused("limit its time")(error).into())
    }

    fn late(&self) -> PageError {
        PageError::NeverArrived {
            after: self.wait,
            shown: if self.address.is_empty() {
                "none".to_owned()
            } else {
                self.address.clone()
            },
        }
    }

    /// Sees the element with nothing over it, wherever on the page it stands.
    ///
    /// # Errors
    /// [`PageError::Mismatch`] if it is not there, or hidden.
    pub async fn see(&mut self, target: &Locator) -> Result<Seen, PageError> {
        self.locate(target, Purpose::See, json!({})).await.map(|found| found.0)
    }

    /// Sees that there is no such element.
    ///
    /// # Errors
    /// [`PageError::Mismatch`] if it is still there when the waiting is over.
    pub async fn see_none(&mut self, target: &Locator) -> Result<(), PageError> {
        self.ask(target, Purpose::SeeNone, json!({})).await.map(drop)
    }

    /// Brings the element into view and sees it there, at rest and with nothing over it.
    ///
    /// # Errors
    /// [`PageError::Mismatch`].
    pub async fn look_at(&mut self, target: &Locator) -> Result<Seen, PageError> {
        self.locate(target, Purpose::Point, json!({}))
            .await
            .map(|found| found.0)
    }

    /// Sees that a property of the element is, or becomes, as expected.
    ///
    /// # Errors
    /// [`PageError::Mismatch`].
    pub async fn expect(&mut self, target: &Locator, property: Property, expected: &str) -> Result<Seen, PageError> {
        let more = json!({ "expect": { "property": property.word(), "value": expected } });
        self.locate(target, Purpose::See, more).await.map(|found| found.0)
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
            page: PageNow,
        }
        let request = |wait| json!({ "locator": kind, "names": expected, "wait": milliseconds(wait) });
        let at_once = self.patience();
        let mut names: Names = self
            .run(WHAT, scripts::ENUMERATE, &request(at_once.unwrap_or(self.wait)))
            .await?;
        if let Some(waited) = at_once
            && names.actual != expected
        {
            self.keep_before().await;
            names = self
                .run(WHAT, scripts::ENUMERATE, &request(self.wait.saturating_sub(waited)))
                .await?;
        }
        self.address = names.page.address;
        Ok(names.actual)
    }

    /// Every element of the page's body, open shadow trees included, in the order of the document.
    ///
    /// # Errors
    /// [`PageError::Browser`].
    pub async fn describe_all(&self) -> Result<Vec<Described>, PageError> {
        self.run("describe the page", scripts::DESCRIBE_ALL, &Value::Null).await
    }

    /// Role and name of an element as the browser itself computes them: what [`Page::describe_all`] is held against.
    ///
    /// # Errors
    /// [`PageError::Browser`].
    pub async fn computed(&self, described: &Described) -> Result<(String, String), PageError> {
        let element = described.element[ELEMENT_KEY].as_str().unwrap_or_default();
        let refused = refused("compute a role and a name");
        let role = self.session.computed(element, Computed::Role).await.map_err(&refused)?;
        let name = self
            .session
            .computed(element, Computed::Label)
            .await
            .map_err(&refused)?;
        Ok((role, name))
    }

    /// Clicks the middle of the element and waits for what comes next.
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn click(&mut self, target: &Locator) -> Result<(), PageError> {
        self.click_with(target, json!({})).await
    }

    /// Chooses an option of a selection list by its label.
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn choose(&mut self, label: &str, target: &Locator) -> Result<Seen, PageError> {
        self.click_with(target, json!({ "choose": label })).await?;
        self.expect(target, Property::Value, label).await
    }

    async fn click_with(&mut self, target: &Locator, more: Value) -> Result<(), PageError> {
        let deadline = Instant::now() + self.wait;
        loop {
            self.visits += 1;
            let mut request = more.clone();
            request["token"] = self.visits.into();
            let (_, element) = self.locate(target, Purpose::Click, request).await?;
            self.forgo_before();
            let Err(error) = element.click().await else {
                break;
            };
            match Refusal::of("click", &error) {
                // Replaced between being found and being clicked: what replaced it is found next time.
                Refusal::PageLeft if error.is_stale_element_reference() && Instant::now() < deadline => {}
                Refusal::Intercepted if Instant::now() < deadline => {}
                Refusal::PageLeft => break,
                Refusal::PageLate => return Err(self.late()),
                Refusal::Intercepted => {
                    let by = "something that the browser says would receive the click".to_owned();
                    return Err(self.mismatch(target.clone(), Trouble::Covered(by), PageNow::default()));
                }
                Refusal::Final(error) => return Err(error.into()),
            }
        }
        self.settle(Some(self.visits)).await
    }

    /// Types into a field, in place of what it holds, and sees that it then holds just that.
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn type_into(&mut self, text: &str, target: &Locator) -> Result<Seen, PageError> {
        let (mut field, filled) = self.field(target).await?;
        self.forgo_before();
        if filled {
            field.clear().await.map_err(refused("empty the field"))?;
            // A page may put another field in the emptied one's place.
            field = self.field(target).await?.0;
        }
        field.send_keys(text).await.map_err(refused("type"))?;
        self.expect(target, Property::Value, text).await
    }

    /// A field that can be typed into, and whether it holds something.
    async fn field(&mut self, target: &Locator) -> Result<(Element, bool), PageError> {
        let outcome = self.ask(target, Purpose::Type, json!({})).await?;
        let filled = outcome.filled;
        Ok((self.found(outcome)?.1, filled))
    }

    /// Presses keys one after the other where the focus is; modifiers among them are held until the end (W3C WebDriver, 12.5.3).
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn press(&mut self, keys: &str) -> Result<(), PageError> {
        const WHAT: &str = "press a key";
        let deadline = Instant::now() + self.wait;
        self.forgo_before();
        loop {
            let focused = self.session.client().active_element().await;
            let pressed = match focused {
                Ok(focused) => focused.send_keys(keys).await,
                Err(error) => Err(error),
            };
            let Err(error) = pressed else {
                return self.settle(None).await;
            };
            // The page was left under the key, which therefore went nowhere.
            if !matches!(Refusal::of(WHAT, &error), Refusal::PageLeft) || Instant::now() >= deadline {
                return Err(refused(WHAT)(error).into());
            }
            self.settle(None).await?;
        }
    }

    /// Runs the body of a function in the page, with `argument` as `arguments[0]`; what it returns, or promises, comes back.
    ///
    /// # Errors
    /// [`PageError::Browser`].
    pub async fn evaluate(&self, script: &str, argument: &Value) -> Result<Value, PageError> {
        self.run("run a script", script, argument).await
    }

    /// The page's source, for evidence.
    ///
    /// # Errors
    /// [`PageError::Browser`].
    pub async fn source(&self) -> Result<String, PageError> {
        self.session
            .client()
            .source()
            .await
            .map_err(|error| refused("show its source")(error).into())
    }

    /// What the page's scripts wrote to the console, one line each, for evidence.
    ///
    /// # Errors
    /// [`BrowserError`].
    pub async fn console(&self) -> Result<String, BrowserError> {
        self.session.console().await
    }

    /// What the browser asked for and what came of it, one line each, for evidence.
    ///
    /// # Errors
    /// [`BrowserError`].
    pub async fn network(&self) -> Result<String, BrowserError> {
        self.session.network().await
    }

    /// Sends away a dialog of the page, if one is open, so that the page can be looked at.
    pub async fn dismiss_dialog(&self) {
        // None is open most of the time, and that is no error.
        let _ = self.session.client().dismiss_alert().await;
    }

    async fn locate(&mut self, target: &Locator, purpose: Purpose, more: Value) -> Result<(Seen, Element), PageError> {
        let outcome = self.ask(target, purpose, more).await?;
        self.found(outcome)
    }

    fn found(&self, outcome: Outcome) -> Result<(Seen, Element), PageError> {
        let reference = outcome
            .element
            .as_ref()
            .and_then(|element| element.get(ELEMENT_KEY))
            .and_then(Value::as_str);
        let (Some(reference), Some(area)) = (reference, outcome.area) else {
            return Err(nonsense("find an element", "no element in the answer").into());
        };
        let element = Element::from_element_id(self.session.client().clone(), ElementRef::from(reference.to_owned()));
        let seen = Seen {
            role: outcome.role,
            name: outcome.name,
            area,
        };
        Ok((seen, element))
    }

    async fn ask(&mut self, target: &Locator, purpose: Purpose, more: Value) -> Result<Outcome, PageError> {
        const WHAT: &str = "find an element";
        let mut request = json!({ "locator": target, "purpose": purpose.word() });
        if let (Value::Object(request), Value::Object(more)) = (&mut request, more.clone()) {
            request.extend(more);
        }
        let at_once = self.patience();
        request["wait"] = milliseconds(at_once.unwrap_or(self.wait)).into();
        let mut outcome: Outcome = self.run(WHAT, scripts::LOCATE, &request).await?;
        if let Some(waited) = at_once
            && outcome.failure.is_some()
        {
            self.keep_before().await;
            request["wait"] = milliseconds(self.wait.saturating_sub(waited)).into();
            outcome = self.run(WHAT, scripts::LOCATE, &request).await?;
        }
        match outcome.failure.take() {
            None => {
                self.address.clone_from(&outcome.address);
                Ok(outcome)
            }
            Some(failure) => {
                let culprit = surroundings(target, failure.depth).clone();
                let trouble = trouble(failure.reason, &culprit, &more);
                Err(self.mismatch(culprit, trouble, outcome.page.unwrap_or_default()))
            }
        }
    }

    fn mismatch(&self, locator: Locator, trouble: Trouble, page: PageNow) -> PageError {
        PageError::Mismatch(Box::new(Mismatch {
            locator,
            trouble,
            shown: page.shown(),
            alerts: page.alerts,
            waited: self.wait,
        }))
    }

    /// Waits until the page that an action leads to has come.
    pub(super) async fn settle(&mut self, token: Option<u64>) -> Result<(), PageError> {
        #[derive(Deserialize)]
        struct Settled {
            pending: bool,
            leaving: bool,
            page: PageNow,
        }
        const WHAT: &str = "wait for the next page";
        let mut request = json!({ "token": token, "wait": self.wait_ms() });
        let mut settled: Settled = self.run(WHAT, scripts::SETTLE, &request).await?;
        if settled.leaving {
            // The driver holds this one back until whatever was under way has come, or was dropped.
            request["token"] = Value::Null;
            settled = self.run(WHAT, scripts::SETTLE, &request).await?;
        }
        let Settled { pending, page, .. } = settled;
        if pending {
            return Err(PageError::NeverArrived {
                after: self.wait,
                shown: page.shown(),
            });
        }
        if page.is_browsers_own {
            return Err(PageError::NotGot {
                reason: self
                    .session
                    .last_failure()
                    .await
                    .unwrap_or_else(|_| "no reason is known".to_owned()),
                before: self.address.clone(),
            });
        }
        if is_breakdown(page.status) {
            return Err(PageError::ServerError {
                shown: page.shown(),
                address: page.address,
                status: page.status,
            });
        }
        self.address = page.address;
        Ok(())
    }

    /// Runs a script in the page; if the page is left meanwhile, in the page after it.
    pub(super) async fn run<T: DeserializeOwned>(
        &self,
        what: &'static str,
        script: &str,
        request: &Value,
    ) -> Result<T, PageError> {
        let deadline = Instant::now() + self.wait;
        loop {
            match self.session.client().execute(script, vec![request.clone()]).await {
                Ok(answer) => {
                    return serde_json::from_value(answer).map_err(|error| nonsense(what, &error.to_string()).into());
                }
                Err(error) => match Refusal::of(what, &error) {
                    Refusal::PageLeft if Instant::now() < deadline => tokio::task::yield_now().await,
                    Refusal::PageLate => return Err(self.late()),
                    Refusal::Final(error) => return Err(error.into()),
                    Refusal::PageLeft | Refusal::Intercepted => {
                        return Err(BrowserError::Refused {
                            what,
                            reason: "the page is left again and again".to_owned(),
                        }
                        .into());
                    }
                },
            }
        }
    }

    fn wait_ms(&self) -> u64 {
        milliseconds(self.wait)
    }
}

/// A server error that nobody planned. 502 to 504 are how a portal says that a service behind it is not there (RFC 9110,
/// 15.6): what the page then tells a person is for the scenario to look at.
fn is_breakdown(status: u16) -> bool {
    status >= 500 && !(502..=504).contains(&status)
}

pub(super) fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

fn nonsense(what: &'static str, reason: &str) -> BrowserError {
    BrowserError::Nonsense {
        what,
        reason: reason.to_owned(),
    }
}
