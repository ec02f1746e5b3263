//! Who sent a request, and the form in it. A form is extracted only with the CSRF token of its session.

use axum::{
    body::Body,
    extract::{FromRef, FromRequest, FromRequestParts, Request},
    http::{Method, Uri, header, request::Parts},
};
use futures_util::StreamExt;
use tokio::time::timeout;
use tower_sessions::Session;
use zeroize::Zeroizing;

use super::{
    failure::Failure,
    fields::Fields,
    limits::{BODY_TIMEOUT, LARGEST_BODY},
    page::Page,
    request_context, security,
    sessions::{self, ACCOUNT, CSRF, SessionData},
};
use crate::{
    state::AppState,
    store::{Account, customer_ids_of},
};

/// The sender of a request, signed in or not.
pub(crate) struct Visitor {
    pub session: Session,
    pub account: Option<Account>,
    pub page: Page,
}

impl<S> FromRequestParts<S> for Visitor
where
    AppState: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let session = parts
            .extensions
            .get::<Session>()
            .cloned()
            .ok_or(Failure::SignedOut(None))?;
        let id = session.id().map(|id| id.to_string());
        let state = AppState::from_ref(state);
        let (data, customer_ids) = state.database.with(|db| {
            let data = id
                .map_or(Ok(None), |id| sessions::find(db, &id, state.now().counted))?
                .unwrap_or_default();
            let account = data.account.as_ref();
            let ids = account.map_or(Ok(Vec::new()), |account| customer_ids_of(db, account.id))?;
            Ok((data, ids))
        })?;
        let SessionData {
            account,
            chosen_language,
            csrf,
        } = data;
        request_context::note(|sender| sender.account = account.as_ref().map(|account| account.username.clone()));
        let language = chosen_language.unwrap_or_else(request_context::language);
        request_context::set_language(language);
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
    /// Gives the page's forms a CSRF token, although nobody is signed in.
    pub(crate) async fn prepare_form(&mut self) -> Result<(), Failure> {
        if self.page.csrf.is_empty() {
            self.page.csrf = security::token()?;
            self.session.insert(CSRF, &self.page.csrf).await?;
        }
        Ok(())
    }

    /// Signs `account` in, under a new session id and a new token.
    pub(crate) async fn sign_in(&self, account: &Account) -> Result<(), Failure> {
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

/// The sender of a request, who is signed in; others are redirected to the login page.
pub(crate) struct SignedIn {
    pub account: Account,
    pub page: Page,
    pub session: Session,
}

impl<S> FromRequestParts<S> for SignedIn
where
    AppState: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let visitor = Visitor::from_request_parts(parts, state).await?;
        visitor.signed_in(address_to_return_to(parts))
    }
}

/// Where login leads back to: what was to be read, or the page of the form that was submitted.
fn address_to_return_to(parts: &Parts) -> Option<String> {
    if [Method::GET, Method::HEAD].contains(&parts.method) {
        return Some(parts.uri.to_string());
    }
    let page: Uri = parts.headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    Some(page.path_and_query()?.to_string())
}

/// A form whose sender need not be signed in, with its session's token.
pub(crate) struct VisitorForm {
    pub visitor: Visitor,
    pub fields: Fields,
}

impl<S> FromRequest<S> for VisitorForm
where
    AppState: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, state).await?;
        let fields = checked_fields(Request::from_parts(parts, body), &visitor.page.csrf).await?;
        Ok(Self { visitor, fields })
    }
}

/// A form whose sender is signed in, with its session's token.
pub(crate) struct SignedInForm {
    pub signed_in: SignedIn,
    pub fields: Fields,
}

impl<S> FromRequest<S> for SignedInForm
where
    AppState: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let signed_in = SignedIn::from_request_parts(&mut parts, state).await?;
        let fields = checked_fields(Request::from_parts(parts, body), &signed_in.page.csrf).await?;
        Ok(Self { signed_in, fields })
    }
}

async fn checked_fields(request: Request, expected: &str) -> Result<Fields, Failure> {
    let body = timeout(BODY_TIMEOUT, read(request.into_body()))
        .await
        .map_err(|_| Failure::TooSlow)??;
    let fields = Fields::parse(&body);
    request_context::note(|sender| sender.fields = fields.without_secrets());
    // Only the fields are left of what was sent.
    drop(body);
    if security::token_matches(expected, fields.get(CSRF)) {
        Ok(fields)
    } else {
        Err(Failure::Forged)
    }
}

/// The whole body, which is wiped with the result; its pieces are the connection's memory, which `docent`'s allocator
/// wipes once they are dropped. It has its room from the start: what grows leaves a copy behind.
async fn read(body: Body) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut pieces = body.into_data_stream();
    let mut read = Zeroizing::new(Vec::with_capacity(LARGEST_BODY));
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| Failure::TooLarge)?;
        if read.len() + piece.len() > LARGEST_BODY {
            return Err(Failure::TooLarge);
        }
        read.extend_from_slice(&piece);
    }
    Ok(read)
}
