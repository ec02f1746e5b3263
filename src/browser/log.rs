//! What the browser itself took note of: the console of the page, and the network.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;

use fantoccini::wd::WebDriverCompatibleCommand;
use serde::Deserialize;
use serde_json::{Value, json};

/// chromedriver's logs, as the capability `goog:loggingPrefs` names them.
#[derive(Clone, Copy, Debug)]
pub(super) enum Log {
    Console,
    Performance,
}

impl Log {
    fn name(self) -> &'static str {
        match self {
            Self::Console => "browser",
            Self::Performance => "performance",
        }
    }
}

/// Entries of the performance log.
#[derive(Debug, Default)]
pub(super) struct NetworkLog(pub(super) Mutex<Vec<LogEntry>>);

#[derive(Debug, Deserialize)]
pub(super) struct LogEntry {
    level: String,
    message: String,
    /// Milliseconds since 1970.
    timestamp: u64,
}

pub(super) fn console(entries: &[LogEntry]) -> String {
    let line = |entry: &LogEntry| format!("{:7} {}\n", entry.level.to_lowercase(), entry.message);
    entries.iter().map(line).collect()
}

/// A request as the events of the Network domain tell of it (Chrome `DevTools` Protocol).
#[derive(Default)]
struct Request {
    what: String,
    began: u64,
    ending: String,
    ended: u64,
}

pub(super) fn network(entries: &[LogEntry]) -> String {
    let mut requests: Vec<Request> = Vec::new();
    // A redirected request keeps its id.
    let mut latest: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries {
        let Ok(event) = serde_json::from_str::<Value>(&entry.message) else {
            continue;
        };
        let (event, parameters) = (&event["message"]["method"], &event["message"]["params"]);
        let id = parameters["requestId"].as_str().unwrap_or_default();
        let mut end = |ending: String| {
            if let Some(request) = latest.get(id).and_then(|index| requests.get_mut(*index)) {
                request.ending = ending;
                request.ended = entry.timestamp;
            }
        };
        match event.as_str().unwrap_or_default() {
            "Network.requestWillBeSent" => {
                if let Some(redirect) = parameters["redirectResponse"]["status"].as_u64() {
                    end(redirect.to_string());
                }
                latest.insert(id.to_owned(), requests.len());
                requests.push(Request {
                    what: format!(
                        "{} {}",
                        text(&parameters["request"]["method"]),
                        text(&parameters["request"]["url"])
                    ),
                    began: entry.timestamp,
                    ..Request::default()
                });
            }
            "Network.responseReceived" => end(parameters["response"]["status"].to_string()),
            "Network.loadingFailed" => end(text(&parameters["errorText"]).to_owned()),
            _ => {}
        }
    }
    requests.iter().fold(String::new(), |mut lines, request| {
        let _ = match request.ending.as_str() {
            "" => writeln!(lines, "{}: no answer", request.what),
            ending => writeln!(
                lines,
                "{}: {ending}, {} ms",
                request.what,
                request.ended.saturating_sub(request.began)
            ),
        };
        lines
    })
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The capability that makes the driver keep these logs.
pub(super) fn preferences() -> Value {
    json!({ Log::Console.name(): "ALL", Log::Performance.name(): "ALL" })
}

/// chromedriver's own endpoint for its logs.
#[derive(Debug)]
pub(super) struct LogCommand(pub(super) Log);

impl WebDriverCompatibleCommand for LogCommand {
    fn endpoint(&self, base_url: &url::Url, session_id: Option<&str>) -> Result<url::Url, url::ParseError> {
        base_url.join(&format!("session/{}/se/log", session_id.unwrap_or_default()))
    }

    fn method_and_body(&self, _request_url: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "type": self.0.name() }).to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(timestamp: u64, method: &str, params: &Value) -> LogEntry {
        LogEntry {
            level: "INFO".to_owned(),
            message: json!({ "message": { "method": method, "params": params } }).to_string(),
            timestamp,
        }
    }

    fn sent(timestamp: u64, id: &str, url: &str) -> LogEntry {
        let request = json!({ "requestId": id, "request": { "method": "GET", "url": url } });
        entry(timestamp, "Network.requestWillBeSent", &request)
    }

    #[test]
    fn every_request_is_told_with_what_came_of_it() {
        let redirected = json!({
            "requestId": "1", "redirectResponse": { "status": 303 },
            "request": { "method": "GET", "url": "http://x/b" },
        });
        let lines = network(&[
            sent(10, "1", "http://x/a"),
            entry(15, "Network.requestWillBeSent", &redirected),
            sent(16, "2", "http://x/c"),
            entry(
                20,
                "Network.responseReceived",
                &json!({ "requestId": "1", "response": { "status": 200 } }),
            ),
            entry(
                21,
                "Network.loadingFailed",
                &json!({ "requestId": "2", "errorText": "net::ERR_FAILED" }),
            ),
            sent(22, "3", "http://x/d"),
        ]);
        assert_eq!(
            lines,
            "GET http://x/a: 303, 5 ms\nGET http://x/b: 200, 5 ms\nGET http://x/c: net::ERR_FAILED, 5 ms\nGET http://x/d: no answer\n"
        );
    }
}
