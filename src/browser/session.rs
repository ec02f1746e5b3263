//! One browser session: a fresh profile, set up so that equal pages give equal pixels.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use base64::Engine;
use fantoccini::error::CmdError;
use fantoccini::wd::{WebDriverCompatibleCommand, WindowHandle};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::capabilities::{Options, capabilities, metrics};
use super::devtools::Context;
use super::driver::Driver;
use super::error::{BrowserError, refused};
use super::log::{self, Log, LogCommand, LogEntry, NetworkLog};
use super::remote::RemoteSession;
use super::scripts;
use crate::area::Area;

/// A browser window of our own.
#[derive(Debug)]
pub struct Session {
    client: Client,
    id: String,
    /// Device pixels for each CSS pixel.
    scale: f64,
    /// Network events that the driver has reported so far; it reports each once.
    network: NetworkLog,
    /// Where the browser is kept: what ends with the window.
    context: Option<Kept>,
    /// Where the driver is not ours: sees to it that the session ends.
    claim: Option<RemoteSession>,
}

/// A user context of a browser that is kept, and how its window was set up.
#[derive(Debug)]
struct Kept {
    context: Mutex<Context>,
    metrics: Value,
}

impl Session {
    /// Starts a browser with an empty profile.
    ///
    /// # Errors
    /// [`BrowserError::BrowserStart`] if the driver can't start it, [`BrowserError::Refused`] if it can't be set up.
    pub async fn open(driver: &Driver, options: &Options) -> Result<Self, BrowserError> {
        let session = Self::start(driver, options, options.browser.as_deref()).await?;
        session.prepare(options).await?;
        Ok(session)
    }

    /// Starts a browser by this program, or the driver's own choice, whose window is not set up for anything.
    pub(super) async fn start(
        driver: &Driver,
        options: &Options,
        program: Option<&Path>,
    ) -> Result<Self, BrowserError> {
        let claim = driver
            .elsewhere_at()
            .map(|(authority, base)| RemoteSession::begin(authority, base));
        let client = ClientBuilder::new(connector())
            .capabilities(capabilities(driver, options, program))
            .connect(&driver.url())
            .await
            .map_err(|error| no_session(driver, options, error.to_string()))?;
        let id = client.session_id().await.map_err(refused("name the session"))?;
        let id = id.unwrap_or_default();
        if let Some(claim) = &claim {
            claim.opened(&id);
        }
        Ok(Self {
            client,
            id,
            scale: options.scale,
            network: NetworkLog::default(),
            context: None,
            claim,
        })
    }

    /// Takes up a session that was started before and lives on after this.
    pub(super) async fn attach(driver: &Driver, id: &str) -> Result<Self, BrowserError> {
        let client = Client::with_existing_session(&driver.url(), id, connector())
            .await
            .map_err(|error| BrowserError::BrowserDied {
                reason: error.to_string(),
            })?;
        Ok(Self {
            client,
            id: id.to_owned(),
            scale: 1.,
            network: NetworkLog::default(),
            context: None,
            claim: None,
        })
    }

    /// Leaves the window it has for one in a user context, with which it ends.
    pub(super) async fn move_to(
        mut self,
        window: String,
        context: Context,
        options: &Options,
    ) -> Result<Self, BrowserError> {
        const WHAT: &str = "go to a new window";
        self.context = Some(Kept {
            context: Mutex::new(context),
            metrics: metrics(options),
        });
        self.scale = options.scale;
        self.client.persist().await.map_err(refused(WHAT))?;
        let window = WindowHandle::try_from(window).map_err(|error| BrowserError::UnexpectedResponse {
            what: WHAT,
            reason: error.to_string(),
        })?;
        self.client.switch_to_window(window).await.map_err(refused(WHAT))?;
        self.prepare(options).await?;
        Ok(self)
    }

    /// The folder of the browser's profile, where the driver names it.
    pub(super) fn profile(&self) -> Option<PathBuf> {
        let chrome = self.client.capabilities()?.get("chrome")?;
        chrome["userDataDir"].as_str().map(PathBuf::from)
    }

    /// Name and version of the browser; None where the session was taken up and not started.
    pub(super) fn browser(&self) -> Option<String> {
        let capabilities = self.client.capabilities()?;
        let text = |name: &str| capabilities.get(name).and_then(Value::as_str);
        let words: Vec<_> = [text("browserName"), text("browserVersion")]
            .into_iter()
            .flatten()
            .collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// What the commands of pages go to.
    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// The driver's name for it.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Ends the browser, or the user context where the browser is kept.
    ///
    /// # Errors
    /// [`BrowserError::Refused`] if it does not end in an orderly way; the driver's end ends it all the same.
    pub async fn close(mut self) -> Result<(), BrowserError> {
        const WHAT: &str = "end the session";
        let Some(kept) = self.context.take() else {
            self.client.close().await.map_err(refused(WHAT))?;
            if let Some(claim) = self.claim {
                claim.ended();
            }
            return Ok(());
        };
        self.forget_logs().await?;
        kept.context
            .into_inner()
            .dispose()
            .await
            .map_err(|reason| BrowserError::Refused { what: WHAT, reason })
    }

    /// Title and address of every other tab or window that this one's pages have opened.
    pub(super) async fn other_tabs(&mut self) -> Vec<String> {
        match &mut self.context {
            Some(kept) => kept.context.get_mut().other_tabs().await.unwrap_or_default(),
            // Without the browser's own socket their titles could only be had by going there.
            None => match self.client.windows().await {
                Ok(windows) => vec!["it has not been looked at".to_owned(); windows.len().saturating_sub(1)],
                Err(_) => Vec::new(),
            },
        }
    }

    /// The overrides hold for this window alone.
    pub(super) async fn prepare(&self, options: &Options) -> Result<(), BrowserError> {
        let preload = format!(
            "{}({});",
            scripts::PRELOAD.trim_end(),
            json!({ "now": options.frozen_at })
        );
        let settings = [
            ("Emulation.setDeviceMetricsOverride", metrics(options)),
            (
                "Emulation.setTimezoneOverride",
                json!({ "timezoneId": options.time_zone }),
            ),
            ("Emulation.setLocaleOverride", json!({ "locale": options.locale })),
            ("Page.addScriptToEvaluateOnNewDocument", json!({ "source": preload })),
        ];
        for (command, parameters) in settings {
            self.cdp(command, parameters)
                .await
                .map_err(refused("be set up for pictures"))?;
        }
        Ok(())
    }

    /// The window as PNG bytes, encoded for speed rather than size.
    ///
    /// # Errors
    /// [`BrowserError::Refused`] and [`BrowserError::UnexpectedResponse`].
    pub async fn capture_screenshot(&self) -> Result<Vec<u8>, BrowserError> {
        self.capture(json!({ "format": "png", "optimizeForSpeed": true })).await
    }

    /// A part of the page as a small PNG: enough to tell whether it looks the same as before, for a fraction of the time.
    ///
    /// # Errors
    /// [`BrowserError::Refused`] and [`BrowserError::UnexpectedResponse`].
    pub(super) async fn capture_thumbnail(&self, part: Area) -> Result<Vec<u8>, BrowserError> {
        /// Thumbnail pixels for each CSS pixel. Nothing is lost at this scale, for every pixel has its share in one. At a quarter, Chromium
        /// 156 draws the same words in one of several ways on a loaded machine, up to 32 of 255 levels apart (30 of 40 times); at
        /// a half never (0 of 40).
        const DENSITY: f64 = 0.5;
        let scale = DENSITY / self.scale;
        let clip = json!({ "x": part.x, "y": part.y, "width": part.width, "height": part.height, "scale": scale });
        self.capture(json!({ "format": "png", "optimizeForSpeed": true, "clip": clip }))
            .await
    }

    async fn capture(&self, how: Value) -> Result<Vec<u8>, BrowserError> {
        const WHAT: &str = "take a screenshot";
        let answer = match &self.context {
            Some(kept) => self.capture_apart(WHAT, kept, &how).await?,
            None => self.cdp("Page.captureScreenshot", how).await.map_err(refused(WHAT))?,
        };
        let unexpected_response = |reason: String| BrowserError::UnexpectedResponse { what: WHAT, reason };
        let data = answer["data"]
            .as_str()
            .ok_or_else(|| unexpected_response("no picture in the answer".to_owned()))?;
        base64::engine::general_purpose::STANDARD
            .decode(data)
            .map_err(|error| unexpected_response(error.to_string()))
    }

    /// Not by the driver, which would wait for ever for the screenshot of a page that is left meanwhile: taken again of the next one.
    async fn capture_apart(&self, what: &'static str, kept: &Kept, how: &Value) -> Result<Value, BrowserError> {
        const TRIES: usize = 10;
        let mut context = kept.context.lock().await;
        let mut address = String::new();
        for _ in 0..TRIES {
            let captured = context.capture(&kept.metrics, how).await;
            if let Ok(Some(answer)) = captured {
                return Ok(answer);
            }
            // The driver waits for the next page, or says which dialog is open or that the browser has died.
            address = self.client.current_url().await.map_err(refused(what))?.to_string();
            captured.map_err(|reason| BrowserError::Refused { what, reason })?;
        }
        Err(BrowserError::Refused {
            what,
            reason: format!("the page is left again and again, last for {address}"),
        })
    }

    /// Addresses of frames in which the browser shows an error's page of its own, which no script of the page can tell.
    pub(super) async fn unreachable(&self) -> Vec<String> {
        let mut found = Vec::new();
        // Of a page that is just being left there is nothing to tell.
        let answer = self.cdp("Page.getFrameTree", json!({})).await.unwrap_or_default();
        let mut trees = vec![&answer["frameTree"]];
        while let Some(tree) = trees.pop() {
            found.extend(tree["frame"]["unreachableUrl"].as_str().map(str::to_owned));
            trees.extend(tree["childFrames"].as_array().into_iter().flatten());
        }
        found
    }

    /// What scripts wrote to the console since the window opened, or since this was last asked; one line each.
    ///
    /// # Errors
    /// [`BrowserError::Refused`] and [`BrowserError::UnexpectedResponse`].
    pub async fn console(&self) -> Result<String, BrowserError> {
        Ok(log::console(&self.log(Log::Console).await?))
    }

    /// What the browser asked for since the window opened, and what came of it; one line each.
    ///
    /// # Errors
    /// [`BrowserError::Refused`] and [`BrowserError::UnexpectedResponse`].
    pub async fn network(&self) -> Result<String, BrowserError> {
        let new = self.log(Log::Performance).await?;
        let mut entries = self.network.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.extend(new);
        Ok(log::network(&entries))
    }

    /// Why the browser did not get what it asked for last, such as `net::ERR_CONNECTION_REFUSED`.
    ///
    /// # Errors
    /// [`BrowserError::Refused`] and [`BrowserError::UnexpectedResponse`].
    pub(super) async fn last_failure(&self) -> Result<String, BrowserError> {
        let requests = self.network().await?;
        let failed = requests.lines().rev().find_map(|line| line.split_once(": net::"));
        Ok(failed.map_or_else(
            || "there was no answer".to_owned(),
            |(request, reason)| format!("{request}: net::{reason}"),
        ))
    }

    /// Leaves nothing in the driver's logs for the window after this.
    pub(super) async fn forget_logs(&self) -> Result<(), BrowserError> {
        self.log(Log::Console).await?;
        self.log(Log::Performance).await.map(drop)
    }

    async fn log(&self, log: Log) -> Result<Vec<LogEntry>, BrowserError> {
        const WHAT: &str = "show its log";
        let answer = self.client.issue_cmd(LogCommand(log)).await.map_err(refused(WHAT))?;
        serde_json::from_value(answer).map_err(|error| BrowserError::UnexpectedResponse {
            what: WHAT,
            reason: error.to_string(),
        })
    }

    pub(super) async fn cdp(&self, command: &str, parameters: Value) -> Result<Value, CmdError> {
        self.client
            .issue_cmd(CdpCommand(json!({ "cmd": command, "params": parameters })))
            .await
    }
}

fn connector() -> HttpConnector {
    let mut connector = HttpConnector::new();
    // Small requests and answers by turns: Nagle's algorithm would hold each back by up to 40 ms.
    connector.set_nodelay(true);
    connector
}

fn no_session(driver: &Driver, options: &Options, reason: String) -> BrowserError {
    match &options.browser {
        Some(program) if driver.is_ours() => BrowserError::BrowserStart {
            program: program.clone(),
            reason,
        },
        _ => BrowserError::NoSession {
            url: driver.url(),
            reason,
        },
    }
}

/// chromedriver's own endpoint for the Chrome `DevTools` Protocol.
#[derive(Debug)]
struct CdpCommand(Value);

impl WebDriverCompatibleCommand for CdpCommand {
    fn endpoint(&self, base_url: &url::Url, session_id: Option<&str>) -> Result<url::Url, url::ParseError> {
        base_url.join(&format!("session/{}/goog/cdp/execute", session_id.unwrap_or_default()))
    }

    fn method_and_body(&self, _request_url: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.0.to_string()))
    }
}
