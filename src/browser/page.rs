//! The page in a session's window: how it is come to, left and asked.

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::error::{BrowserError, PageError, Refusal, refused};
use super::scripts::{self, Call};
use super::session::Session;
use super::snapshot::WaitSnapshot;

/// The page in a session's window.
#[derive(Debug)]
pub struct Page {
    pub(super) session: Session,
    /// How long a target is waited for.
    pub(super) wait: Duration,
    /// How long a page may take to arrive.
    pub(super) load: Duration,
    /// Where the last action found the page.
    pub(super) address: String,
    /// How the step that is played found it.
    pub(super) wait_snapshot: WaitSnapshot,
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
            wait_snapshot: WaitSnapshot::default(),
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

    /// Lets go of keys and mouse buttons that an action left pressed: the driver keeps them so in the session's next window.
    ///
    /// # Errors
    /// [`BrowserError::Refused`].
    pub async fn release_inputs(&self) -> Result<(), BrowserError> {
        let released = self.session.client().release_actions().await;
        released.map_err(refused("release keys and mouse buttons"))
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

    /// Asks the kit's scripts in the page, which are installed in the document if they are not there yet.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        what: &'static str,
        call: Call,
        request: &Value,
    ) -> Result<T, PageError> {
        let arguments = [json!(call), request.clone()];
        let mut answer = self.run(what, scripts::CALL, &arguments).await?;
        if answer == scripts::MISSING {
            answer = self.run(what, scripts::INSTALL, &arguments).await?;
        }
        serde_json::from_value(answer).map_err(|error| unexpected_response(what, &error.to_string()).into())
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

    pub(super) fn wait_ms(&self) -> u64 {
        milliseconds(self.wait)
    }
}

pub(super) fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

pub(super) fn unexpected_response(what: &'static str, reason: &str) -> BrowserError {
    BrowserError::UnexpectedResponse {
        what,
        reason: reason.to_owned(),
    }
}
