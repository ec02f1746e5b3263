//! Stands in for driver and browser: every page is as the kit wants it, after a set time.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, Uri};
use axum::serve::ListenerExt;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// Where the portal would be, if anybody asked it.
pub const PORTAL: &str = "http://127.0.0.1:9";

/// A driver for any number of sessions. Dropping it ends it.
pub struct StandIn {
    url: String,
    _server: Runtime,
}

impl StandIn {
    /// One that takes so long for every script that looks at a page; all else is answered at once.
    pub fn start(look: Duration) -> Self {
        let server = Runtime::new().unwrap();
        let listener = server.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let listener = listener.tap_io(|connection| connection.set_nodelay(true).unwrap());
        let answer = move |method: Method, uri: Uri, body: Bytes| async move {
            if uri.path().ends_with("/execute/sync") {
                tokio::time::sleep(look).await;
            }
            let answer = json!({ "value": value(&method, uri.path(), &body) });
            ([(CONTENT_TYPE, "application/json; charset=utf-8")], answer.to_string())
        };
        server.spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
        Self { url, _server: server }
    }

    pub fn url(&self) -> &str {
        &self.url
    }
}

/// What WebDriver has each command answered with.
fn value(method: &Method, path: &str, body: &[u8]) -> Value {
    match path.rsplit('/').next() {
        Some("session") => json!({ "sessionId": "stand-in", "capabilities": {} }),
        Some("sync") => outcome(&serde_json::from_slice(body).unwrap()),
        Some("url") if method == Method::GET => json!(PORTAL),
        Some("execute") if method == Method::POST => json!({}),
        _ => Value::Null,
    }
}

/// What the kit's scripts answer when all is well: the one that finds elements, and the one that waits for pages.
fn outcome(command: &Value) -> Value {
    let asked = &command["args"][0];
    let address = format!("{PORTAL}/login");
    if asked["locator"].is_null() {
        let page = json!({
            "address": address, "title": "A page", "heading": "", "alerts": [], "status": 200, "isBrowsersOwn": false,
        });
        return json!({ "pending": false, "leaving": false, "page": page });
    }
    json!({
        "element": { "element-6066-11e4-a52e-4f735466cecf": "one" },
        "role": "button", "name": "Anything", "filled": false, "address": address,
        "box": { "x": 10., "y": 10., "width": 100., "height": 20. },
    })
}
