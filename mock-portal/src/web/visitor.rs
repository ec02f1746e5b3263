//! Who asks, and what they sent. A form is only handed on with the token of its session.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{Method, Uri, header, request::Parts},
};
use tokio::time::timeout;
use tower_sessions::Session;

use super::{
    Failure, Fields, Page,
    limits::BODY_PATIENCE,
    security,
    sessions::{self, ACCOUNT, CSRF, Known},
};
use crate::{accounts::Account, app::App, language::Language, pairing};

/// Whoever asks, signed in or not.
pub(crate) struct Visitor {
    pub session: Session,
    pub account: Option<Account>,
    pub page: Page,
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let session = parts
            .extensions
            .get::<Session>()
            .cloned()
            .ok_or(Failure::SignedOut(None))?;
        let id = session.id().map(|id| id.to_string());
        let now = app.clock.now().as_second();
        let (Known { account, chosen, csrf }, customer_ids) = app.database.with(|db| {
            let known = id
                .map_or(Ok(None), |id| sessions::find(db, &id, now))?
                .unwrap_or_default();
            let account = known.account.as_ref();
            let ids = account.map_or(Ok(Vec::new()), |account| pairing::customer_ids(db, account.id))?;
            Ok((known, ids))
        })?;
        let language = chosen.unwrap_or_else(Language::of_request);
        language.answer_in_this();
        let page = Page {
            language,
            person: account.as_ref().map(|account| account.name.clone()),
            customer_ids,
            csrf,
            address: address_to_return_to(parts).unwrap_or_else(|| "/".to_owned()),
        };
        Ok(Self { session, account, page })
    }
}

impl Visitor {
    /// Sees to it that the page's forms have a token, although nobody is signed in.
    pub async fn prepare_form(&mut self) -> Result<(), Failure> {
        if self.page.csrf.is_empty() {
            self.page.csrf = security::token()?;
            self.session.insert(CSRF, &self.page.csrf).await?;
        }
        Ok(())
    }

    /// Signs `account` in, under a session id and a token that nobody knew before.
    pub async fn sign_in(&self, account: &Account) -> Result<(), Failure> {
        self.session.cycle_id().await?;
        self.session.insert(CSRF, security::token()?).await?;
        self.session.insert(ACCOUNT, account.id).await?;
        Ok(())
    }

    fn signed_in(self, address: Option<String>) -> Result<SignedIn, Failure> {
        let account = self.account.ok_or(Failure::SignedOut(address))?;
        Ok(SignedIn {
            account,
            page: self.page,
            session: self.session,
        })
    }
}

/// Somebody who is signed in; anybody else goes to login first.
pub(crate) struct SignedIn {
    pub account: Account,
    pub page: Page,
    pub session: Session,
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        visitor.signed_in(address_to_return_to(parts))
    }
}

/// What was only to be read is asked for again after login; after a form, the page that it stood on.
fn address_to_return_to(parts: &Parts) -> Option<String> {
    if parts.method == Method::GET {
        return Some(parts.uri.to_string());
    }
    let page: Uri = parts.headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    Some(page.path_and_query()?.to_string())
}

/// A form of anybody's, with its session's token.
pub(crate) struct VisitorForm {
    pub visitor: Visitor,
    pub fields: Fields,
}

impl FromRequest<App> for VisitorForm {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        let fields = checked_fields(Request::from_parts(parts, body), &visitor.page.csrf).await?;
        Ok(Self { visitor, fields })
    }
}

/// A form of somebody who is signed in, with its session's token.
pub(crate) struct SignedInForm {
    pub signed_in: SignedIn,
    pub fields: Fields,
}

impl FromRequest<App> for SignedInForm {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let signed_in = SignedIn::from_request_parts(&mut parts, app).await?;
        let fields = checked_fields(Request::from_parts(parts, body), &signed_in.page.csrf).await?;
        Ok(Self { signed_in, fields })
    }
}

async fn checked_fields(request: Request, expected: &str) -> Result<Fields, Failure> {
    let body = timeout(BODY_PATIENCE, Bytes::from_request(request, &()))
        .await
        .map_err(|_| Failure::TooSlow)?
        .map_err(|_| Failure::TooLarge)?;
    let fields = Fields::parse(&body);
    if security::token_matches(expected, fields.get(CSRF)) {
        Ok(fields)
    } else {
        Err(Failure::Forged)
    }
}
