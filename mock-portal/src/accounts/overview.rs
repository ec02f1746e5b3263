//! "My WIPO account".

use askama::Template;
use axum::response::Response;

use crate::{
    store::Account,
    web::{Failure, Page, SignedIn, html},
};

#[derive(Template)]
#[template(path = "accounts/overview.html")]
struct Overview {
    page: Page,
    account: Account,
}

/// The account's own data.
pub(crate) async fn show(signed_in: SignedIn) -> Result<Response, Failure> {
    html(&Overview {
        page: signed_in.page,
        account: signed_in.account,
    })
}
