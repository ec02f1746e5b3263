//! The page in a session's window: how it is come to, left and asked.

use std::time::{Duration, Instant};

use fantoccini::wd::TimeoutConfiguration;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::answer::PageNow;
use super::before::Before;
use super::error::{BrowserError, PageError, Refusal, refused};
use super::scripts;
use super::session::Session;

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
    pub(super) visits: u64,
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

    pub(super) fn late(&self) -> PageError {
        PageError::NeverArrived {
            after: self.wait,
            shown: if self.address.is_empty() {
                "none".to_owned()
            } else {
                self.address.clone()
            },
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

pub(super) fn nonsense(what: &'static str, reason: &str) -> BrowserError {
    BrowserError::Nonsense {
        what,
        reason: reason.to_owned(),
    }
}
