//! The browser's own socket for the Chrome `DevTools` Protocol: the one place that gives out fresh user contexts, for the driver's
//! own way to the protocol ends at a page.

use std::path::Path;
use std::time::{Duration, Instant};

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{self, Message};

/// In the browser's profile folder: the port on one line, the socket's path on the next.
const ANNOUNCEMENT: &str = "DevToolsActivePort";
/// The file is there when the driver has its session, or a moment later.
const ANNOUNCED_WITHIN: Duration = Duration::from_secs(10);

/// Where a browser's socket is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    port: u16,
    path: String,
}

impl Address {
    /// As a browser with this profile folder announces it; None if it does not.
    pub async fn of(profile: &Path) -> Option<Self> {
        let asked = Instant::now();
        loop {
            let announced = std::fs::read_to_string(profile.join(ANNOUNCEMENT)).unwrap_or_default();
            if let Some(address) = Self::read(&announced) {
                return Some(address);
            }
            if asked.elapsed() > ANNOUNCED_WITHIN {
                return None;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    fn read(announced: &str) -> Option<Self> {
        let (port, path) = announced.split_once('\n')?;
        let port = port.parse().ok()?;
        let path = path.trim_end();
        path.starts_with("/devtools/browser/").then(|| Self {
            port,
            path: path.to_owned(),
        })
    }
}

/// A user context: cookies, storage, cache and permissions of its own. It goes, with its windows, when this does.
#[derive(Debug)]
pub(super) struct Context {
    socket: WebSocketStream<TcpStream>,
    id: String,
    /// The window that was opened in it first.
    window: String,
    /// The protocol's session with that window, once something was asked of it.
    attached: Option<String>,
    /// How many commands were sent.
    sent: u64,
}

/// Events after which a command of the page may never be answered: its document, its process or the window is gone, or a dialog
/// stops it.
const INTERRUPTIONS: [&str; 4] = [
    "Page.frameNavigated",
    "Page.javascriptDialogOpening",
    "Inspector.targetCrashed",
    "Target.detachedFromTarget",
];

fn interrupts(message: &Value) -> bool {
    let is_inner_frame = message["params"]["frame"]["parentId"].is_string();
    !is_inner_frame && INTERRUPTIONS.iter().any(|event| message["method"] == *event)
}

impl Context {
    /// A fresh one in the browser at this address.
    pub async fn create(address: &Address) -> Result<Self, String> {
        let stream = TcpStream::connect(("127.0.0.1", address.port))
            .await
            .map_err(|error| error.to_string())?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        let url = format!("ws://127.0.0.1:{}{}", address.port, address.path);
        let (socket, _) = tokio_tungstenite::client_async(url, stream)
            .await
            .map_err(socket_error)?;
        let mut context = Self {
            socket,
            id: String::new(),
            window: String::new(),
            attached: None,
            sent: 0,
        };
        let created = context
            .ask("Target.createBrowserContext", json!({ "disposeOnDetach": true }))
            .await?;
        context.id = named(&created, "browserContextId")?;
        Ok(context)
    }

    /// A new window of this many CSS pixels; its name, which is the driver's handle of it, too.
    pub async fn open_window(&mut self, (width, height): (u32, u32)) -> Result<String, String> {
        let window = json!({
            "url": "about:blank", "browserContextId": self.id, "newWindow": true, "width": width, "height": height,
        });
        let created = self.ask("Target.createTarget", window).await?;
        self.window = named(&created, "targetId")?;
        Ok(self.window.clone())
    }

    /// Title and address of every page of this context but the one it was opened with.
    pub async fn other_tabs(&mut self) -> Result<Vec<String>, String> {
        let answer = self.ask("Target.getTargets", json!({})).await?;
        let all = answer["targetInfos"].as_array().map(Vec::as_slice).unwrap_or_default();
        let others = all.iter().filter(|target| {
            target["type"] == "page" && target["browserContextId"] == self.id && target["targetId"] != self.window
        });
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Ok(others
            .map(|target| format!("{:?} ({})", text(&target["title"]), text(&target["url"])))
            .collect())
    }

    /// A screenshot of its window, set up as `metrics` say; None if the page was left or stopped meanwhile. The browser forgets a
    /// screenshot that was asked of a document that is gone, and a driver that waits for it answers nothing any more.
    pub async fn capture(&mut self, metrics: &Value, how: &Value) -> Result<Option<Value>, String> {
        let session = self.attach(metrics).await?;
        // Without it there are no events; with it all the time, they would pile up.
        self.ask_page(&session, "Page.enable", &json!({})).await?;
        let sent = self.send("Page.captureScreenshot", how, Some(&session)).await?;
        let mut captured = None;
        loop {
            let message = self.receive().await?;
            if message["id"] == sent {
                captured = Some(result("Page.captureScreenshot", message)?);
                break;
            }
            if interrupts(&message) {
                break;
            }
        }
        // A window that is gone refuses it.
        let _ = self.ask_page(&session, "Page.disable", &json!({})).await;
        Ok(captured)
    }

    /// The session with its window. What is set up holds for the one who does it: a screenshot would undo the driver's setting.
    async fn attach(&mut self, metrics: &Value) -> Result<String, String> {
        if let Some(session) = &self.attached {
            return Ok(session.clone());
        }
        let target = json!({ "targetId": self.window, "flatten": true });
        let session = named(&self.ask("Target.attachToTarget", target).await?, "sessionId")?;
        self.ask_page(&session, "Inspector.enable", &json!({})).await?;
        self.ask_page(&session, "Emulation.setDeviceMetricsOverride", metrics)
            .await?;
        self.attached = Some(session.clone());
        Ok(session)
    }

    /// Ends it with all its windows, asking no page whether it agrees.
    pub async fn dispose(mut self) -> Result<(), String> {
        let context = json!({ "browserContextId": self.id });
        self.ask("Target.disposeBrowserContext", context).await.map(drop)
    }

    /// Sends a command and waits for its answer; events on the way are of no interest.
    async fn ask(&mut self, method: &str, parameters: Value) -> Result<Value, String> {
        let sent = self.send(method, &parameters, None).await?;
        self.answer(method, sent).await
    }

    /// As [`Self::ask`], of a page.
    async fn ask_page(&mut self, session: &str, method: &str, parameters: &Value) -> Result<Value, String> {
        let sent = self.send(method, parameters, Some(session)).await?;
        self.answer(method, sent).await
    }

    async fn answer(&mut self, method: &str, sent: u64) -> Result<Value, String> {
        loop {
            let message = self.receive().await?;
            if message["id"] == sent {
                return result(method, message);
            }
        }
    }

    /// Sends a command to the browser, or to a page; gives its number.
    async fn send(&mut self, method: &str, parameters: &Value, session: Option<&str>) -> Result<u64, String> {
        self.sent += 1;
        let mut command = json!({ "id": self.sent, "method": method, "params": parameters });
        if let Some(session) = session {
            command["sessionId"] = json!(session);
        }
        let message = Message::text(command.to_string());
        self.socket.send(message).await.map_err(socket_error)?;
        Ok(self.sent)
    }

    /// The next answer or event.
    async fn receive(&mut self) -> Result<Value, String> {
        while let Some(message) = self.socket.next().await {
            if let Message::Text(text) = message.map_err(socket_error)? {
                return serde_json::from_str(&text).map_err(|error| error.to_string());
            }
        }
        Err("the browser closed its socket".to_owned())
    }
}

/// What an answer holds, or why there is none.
fn result(method: &str, mut answer: Value) -> Result<Value, String> {
    match answer["error"]["message"].as_str() {
        Some(refusal) => Err(format!("{method}: {refusal}")),
        None => Ok(answer["result"].take()),
    }
}

#[allow(clippy::needless_pass_by_value)]
fn socket_error(error: tungstenite::Error) -> String {
    error.to_string()
}

fn named(answer: &Value, what: &str) -> Result<String, String> {
    let name = answer[what].as_str().map(str::to_owned);
    name.ok_or_else(|| format!("an answer without {what}: {answer}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_s_command_is_interrupted_by_what_happens_to_the_page_not_to_a_frame_in_it() {
        let navigated = |frame: Value| json!({ "method": "Page.frameNavigated", "params": { "frame": frame } });
        assert!(interrupts(&navigated(json!({ "id": "A" }))));
        assert!(!interrupts(&navigated(json!({ "id": "B", "parentId": "A" }))));
        assert!(interrupts(
            &json!({ "method": "Inspector.targetCrashed", "params": {} })
        ));
        assert!(!interrupts(&json!({ "method": "Page.loadEventFired", "params": {} })));
        assert!(!interrupts(&json!({ "id": 7, "result": {} })));
    }

    #[test]
    fn reads_what_the_browser_announces_once_it_is_whole() {
        let whole = Address::read("41413\n/devtools/browser/5f1e-ab");
        assert_eq!(
            whole,
            Some(Address {
                port: 41413,
                path: "/devtools/browser/5f1e-ab".to_owned()
            })
        );
        for part in ["", "41", "41413\n", "41413\n/dev"] {
            assert_eq!(Address::read(part), None, "{part:?}");
        }
    }
}
