//! A minimal browser: it stores the cookie and the form token, and follows no redirect by itself.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use mock_portal::{Clock, Settings, app};
use tower::ServiceExt;

/// Where the portal would be if it had a socket.
pub const HOST: &str = "127.0.0.1:8080";

/// What the portal answered.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Where it redirects to.
    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub fn has(&self, text: &str) -> bool {
        self.body.contains(text)
    }

    /// The part of the page that is the widget `id`.
    pub fn widget(&self, id: &str) -> Option<&str> {
        let start = self.body.find(&format!("<section class=\"widget\" id=\"{id}\""))?;
        let end = self.body[start..].find("</section>")?;
        Some(&self.body[start..start + end])
    }

    /// The ids of the widgets on the dashboard, in order.
    pub fn widgets(&self) -> Vec<&str> {
        self.body
            .split("<section class=\"widget\" id=\"")
            .skip(1)
            .map(|rest| &rest[..rest.find('"').unwrap()])
            .collect()
    }
}

/// One person's browser.
#[derive(Clone)]
pub struct Client {
    portal: Router,
    pub cookie: String,
    pub csrf: String,
}

pub fn training() -> Settings {
    Settings {
        clock: Clock::training(),
        ..Settings::default()
    }
}

impl Client {
    pub fn new(settings: Settings) -> Self {
        Self::of(&app(settings).unwrap())
    }

    /// Another person's browser at the same portal.
    pub fn of(portal: &Router) -> Self {
        Self {
            portal: portal.clone(),
            cookie: String::new(),
            csrf: String::new(),
        }
    }

    /// Another browser at the same portal, with no cookie.
    pub fn another(&self) -> Self {
        Self::of(&self.portal)
    }

    /// Signed in to a fresh portal.
    pub async fn signed_in(settings: Settings, username: &str) -> Self {
        let mut client = Self::new(settings);
        client.sign_in(username).await;
        client
    }

    pub async fn sign_in(&mut self, username: &str) {
        self.get("/login").await;
        let answer = self
            .post("/login", &[("username", username), ("password", "Training2024")])
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        self.get("/").await;
    }

    pub async fn get(&mut self, address: &str) -> Answer {
        self.send(Method::GET, address, String::new(), &[]).await
    }

    pub async fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(address, fields, &[]).await
    }

    /// Posts a form with the token of the last page, and these headers.
    pub async fn post_with(&mut self, address: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf.clone();
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("csrf", &csrf)
            .extend_pairs(fields)
            .finish();
        self.send(Method::POST, address, form, headers).await
    }

    pub async fn send(&mut self, method: Method, address: &str, body: String, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(address)
            .header(header::COOKIE, &self.cookie);
        if headers.iter().all(|(name, _)| *name != "host") {
            request = request.header(header::HOST, HOST);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let response = self.portal.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let answer = Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.into(),
        };
        self.remember(&answer);
        answer
    }

    fn remember(&mut self, answer: &Answer) {
        for set in answer.headers.get_all(header::SET_COOKIE) {
            let set = set.to_str().unwrap().split(';').next().unwrap();
            let (name, _) = set.split_once('=').unwrap();
            let others = self
                .cookie
                .split("; ")
                .filter(|stored| stored.split('=').next() != Some(name));
            let all: Vec<_> = others.chain([set]).filter(|cookie| !cookie.is_empty()).collect();
            self.cookie = all.join("; ");
        }
        if let Some((_, rest)) = answer.body.split_once("name=\"csrf\" value=\"") {
            self.csrf = rest[..rest.find('"').unwrap()].into();
        }
    }

    /// Fills in and submits the pairing form of `widget`.
    pub async fn pair(&mut self, widget: &str, customer_id: &str, access_code: &str) -> Answer {
        let address = format!("/pairing/{widget}");
        self.post(&address, &[("customer_id", customer_id), ("access_code", access_code)])
            .await
    }
}
