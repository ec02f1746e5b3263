//! The page in a session's window: how it is come to, left and asked.

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use fantoccini::wd::TimeoutConfiguration;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::answer::PageNow;
use super::before::Before;
use super::error::{BrowserError, PageError, Refusal, refused};
use super::scripts::{self, Call};
use super::session::Session;

/// The page in a session's window.
#[derive(Debug)]
pub struct Page {
    pub(super) session: Session,
    /// How long a target is waited for.
    pub(super) wait: Duration,
    /// How long a page may take to arrive.
    load: Duration,
    /// Where the last action found the page.
    pub(super) address: String,
    /// How the step that is played found it.
    pub(super) before: Before,
    /// Counts clicks, so that a page can be told from the one after it.
    pub(super) visits: u64,
    /// Where relative paths of files to upload count from.
    pub(super) folder: PathBuf,
    /// What scripts do again and again without a picture showing it: hashes of their sources.
    pub(super) watched: HashSet<i64>,
    /// What a step did that its sentence does not say.
    pub(super) remark: Option<String>,
}

impl Page {
    /// The page of a session; a target is waited for as long as `wait`, and so is a page that is to come.
    #[must_use]
    pub fn new(session: Session, wait: Duration) -> Self {
        Self {
            session,
            wait,
            load: wait,
            address: String::new(),
            before: Before::default(),
            visits: 0,
            folder: PathBuf::new(),
            watched: HashSet::new(),
            remark: None,
        }
    }

    /// What the step did that its sentence does not say, such as that a field's mask put spaces into what was typed.
    pub fn take_remark(&mut self) -> Option<String> {
        self.remark.take()
    }

    /// Lets relative paths of files to upload count from this folder.
    #[must_use]
    pub fn with_files_in(self, folder: PathBuf) -> Self {
        Self { folder, ..self }
    }

    /// Ends the session.
    ///
    /// # Errors
    /// As [`Session::close`].
    pub async fn close(self) -> Result<(), BrowserError> {
        self.session.close().await
    }

    /// Name and version of the browser, where it was started for this page.
    #[must_use]
    pub fn browser_started(&self) -> Option<String> {
        self.session.browser()
    }

    /// The driver's name for the session.
    #[must_use]
    pub fn session_id(&self) -> &str {
        self.session.id()
    }

    /// Waits until the browser is at an address, and gives where it is if it never is there. What the expected address leaves out
    /// (query, fragment) is not compared; `…` stands for anything.
    ///
    /// # Errors
    /// [`PageError`] if the page does not come, or breaks down.
    pub async fn arrive_at(&mut self, expected: &str) -> Result<Option<String>, PageError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Arrival {
            is_there: bool,
            page: PageNow,
        }
        self.settle(None).await?;
        let request = json!({ "expected": expected, "wait": self.wait_ms() });
        let arrival: Arrival = self.call("see where it is", Call::Arrive, &request).await?;
        self.address.clone_from(&arrival.page.address);
        Ok((!arrival.is_there).then_some(arrival.page.address))
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

    /// From now on a page may take as long as this to arrive.
    pub fn load_for(&mut self, load: Duration) {
        self.load = load;
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
        self.settle_unless_asked(None).await.map(drop)
    }

    /// The driver's own limits, five minutes for pages and 30 s for scripts, would outlast or cut short ours.
    async fn limit(&self) -> Result<(), PageError> {
        /// What a script may take beyond its wait.
        const SLACK: Duration = Duration::from_secs(5);
        let limits = TimeoutConfiguration::new(Some(self.wait.max(self.load) + SLACK), Some(self.load), None);
        let limited = self.session.client().update_timeouts(limits).await;
        limited.map_err(|error| refused("limit its time")(error).into())
    }

    pub(super) fn late(&self) -> PageError {
        PageError::NeverArrived {
            after: self.load,
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
        self.run("run a script", script, std::slice::from_ref(argument)).await
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

    /// What the open dialog of the browser says; None if none is open.
    pub async fn dialog(&self) -> Option<String> {
        self.session.client().get_alert_text().await.ok()
    }

    /// What the dialog of the browser says that is open, or opens within the time a target is waited for; None if none does.
    ///
    /// # Errors
    /// [`PageError`] if the browser or its driver fails.
    pub async fn await_dialog(&self) -> Result<Option<String>, PageError> {
        /// A page says nothing of a dialog: the driver has to be asked again and again.
        const PAUSE: Duration = Duration::from_millis(20);
        let deadline = Instant::now() + self.wait;
        loop {
            match self.session.client().get_alert_text().await {
                Ok(text) => return Ok(Some(text)),
                Err(error) if !error.is_no_such_alert() && !matches!(Refusal::of("", &error), Refusal::PageLeft) => {
                    return Err(refused("say what its dialog asks")(error).into());
                }
                Err(_) if Instant::now() >= deadline => return Ok(None),
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    /// Answers the dialog that is open or opens in time: agrees to it, with a text where it asks for one, or refuses.
    ///
    /// # Errors
    /// [`PageError::Browser`] if no dialog opens, [`PageError::Irrefusable`] if it has no button but OK.
    pub async fn answer_dialog(&mut self, answer: Answer<'_>) -> Result<(), PageError> {
        const WHAT: &str = "answer a dialog";
        // If none opens, the driver's word on it is the step's failure.
        self.await_dialog().await?;
        let client = self.session.client();
        if let Answer::Text(text) = answer {
            client.send_alert_text(text).await.map_err(refused(WHAT))?;
        }
        match answer {
            Answer::Agree | Answer::Text(_) => client.accept_alert().await,
            Answer::Refuse => client.dismiss_alert().await,
        }
        .map_err(refused(WHAT))?;
        // One dialog may be followed by another, in which no script can run.
        if self.settle_unless_asked(None).await? == Settlement::Asked {
            return Ok(());
        }
        let had_alert: bool = self.call(WHAT, Call::HadAlert, &Value::Null).await?;
        if had_alert && matches!(answer, Answer::Refuse) {
            return Err(PageError::Irrefusable);
        }
        Ok(())
    }

    /// As [`Page::settle`]; a dialog that opens in place of a page is for the next step to answer.
    pub(super) async fn settle_unless_asked(&mut self, token: Option<u64>) -> Result<Settlement, PageError> {
        match self.settle(token).await {
            Err(PageError::Browser(BrowserError::DialogOpen { .. })) => Ok(Settlement::Asked),
            settled => settled,
        }
    }

    /// Waits until the page that an action leads to has come.
    pub(super) async fn settle(&mut self, token: Option<u64>) -> Result<Settlement, PageError> {
        #[derive(Deserialize)]
        struct Settled {
            pending: bool,
            leaving: bool,
            missed: bool,
            page: PageNow,
        }
        const WHAT: &str = "wait for the next page";
        let mut request = json!({ "token": token, "wait": milliseconds(self.load) });
        let mut settled: Settled = self.call(WHAT, Call::Settle, &request).await?;
        if settled.leaving {
            // The driver holds this one back until whatever was under way has come, or was dropped.
            request["token"] = Value::Null;
            settled = self.call(WHAT, Call::Settle, &request).await?;
        }
        let Settled {
            pending, missed, page, ..
        } = settled;
        if missed {
            return Ok(Settlement::Missed);
        }
        if pending {
            return Err(PageError::NeverArrived {
                after: self.load,
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
        Ok(Settlement::Here)
    }

    /// Asks the kit's scripts in the page, which are installed in the document if they are not there yet.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        what: &'static str,
        call: Call,
        request: &Value,
    ) -> Result<T, PageError> {
        let arguments = [json!(call.name()), request.clone()];
        let mut answer = self.run(what, scripts::CALL, &arguments).await?;
        if answer == scripts::MISSING {
            answer = self.run(what, scripts::INSTALL, &arguments).await?;
        }
        serde_json::from_value(answer).map_err(|error| nonsense(what, &error.to_string()).into())
    }

    /// Runs a script in the page; if the page is left meanwhile, in the page after it.
    async fn run(&self, what: &'static str, script: &str, arguments: &[Value]) -> Result<Value, PageError> {
        let deadline = Instant::now() + self.wait;
        loop {
            match self.session.client().execute(script, arguments.to_vec()).await {
                Ok(answer) => {
                    // The driver answers so for a script that a dialog has cut off, too.
                    if answer.is_null()
                        && let Some(text) = self.dialog().await
                    {
                        return Err(BrowserError::DialogOpen { text }.into());
                    }
                    return Ok(answer);
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

/// How to answer a dialog of the browser's.
///
/// It may be a secret: nothing prints it.
#[derive(Clone, Copy)]
pub enum Answer<'a> {
    /// OK.
    Agree,
    /// Cancel.
    Refuse,
    /// This, and OK.
    Text(&'a str),
}

/// What came of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settlement {
    /// The page is here: the same, or the next.
    Here,
    /// A dialog of the browser's has opened.
    Asked,
    /// A click would have reached something else than was meant, and was kept from it.
    Missed,
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
