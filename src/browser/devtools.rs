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
    /// How many commands were sent.
    sent: u64,
}

impl Context {
    /// A fresh one in the browser at this address.
    pub async fn create(address: &Address) -> Result<Self, String> {
        let stream = TcpStream::connect(("127.0.0.1", address.port))
            .await
            .map_err(|error| error.to_string())?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        let url = format!("ws://127.0.0.1:{}{}", address.port, address.path);
        let (socket, _) = tokio_tungstenite::client_async(url, stream).await.map_err(told)?;
        let mut context = Self {
            socket,
            id: String::new(),
            window: String::new(),
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

    /// Ends it with all its windows, asking no page whether it agrees.
    pub async fn dispose(mut self) -> Result<(), String> {
        let context = json!({ "browserContextId": self.id });
        self.ask("Target.disposeBrowserContext", context).await.map(drop)
    }

    /// Sends a command and waits for its answer; events on the way are of no interest.
    async fn ask(&mut self, method: &str, parameters: Value) -> Result<Value, String> {
        self.sent += 1;
        let command = json!({ "id": self.sent, "method": method, "params": parameters });
        self.socket
            .send(Message::text(command.to_string()))
            .await
            .map_err(told)?;
        while let Some(message) = self.socket.next().await {
            let Message::Text(text) = message.map_err(told)? else {
                continue;
            };
            let mut answer: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            if answer["id"] == self.sent {
                return match answer["error"]["message"].as_str() {
                    Some(refusal) => Err(format!("{method}: {refusal}")),
                    None => Ok(answer["result"].take()),
                };
            }
        }
        Err("the browser closed its socket".to_owned())
    }
}

#[allow(clippy::needless_pass_by_value)]
fn told(error: tungstenite::Error) -> String {
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
