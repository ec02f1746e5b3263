//! One widget as a response: alone where a script requests it, else on a page of its own.

use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
    response::Response,
};

use super::{
    content::{Content, ShownWidget},
    prerendered::{Prerendered, WidgetTemplate},
};
use crate::web::{Failure, Page, html_with};

/// Whether a script requests a part of the page.
pub(crate) struct Fragment(bool);

impl Fragment {
    pub(crate) fn is_requested(&self) -> bool {
        self.0
    }
}

impl<S: Sync> FromRequestParts<S> for Fragment {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.headers.contains_key("x-fragment")))
    }
}

#[derive(Template)]
#[template(path = "dashboard/single.html")]
struct SingleWidgetPage {
    prerendered: &'static Prerendered,
    page: Page,
    shown: ShownWidget,
}

/// One widget with `status`.
pub(super) fn widget_response(
    status: StatusCode,
    page: Page,
    shown: ShownWidget,
    fragment: &Fragment,
) -> Result<Response, Failure> {
    let prerendered = Prerendered::for_language(page.language)?;
    if fragment.is_requested() {
        html_with(
            status,
            &WidgetTemplate {
                prerendered,
                page,
                shown,
            },
        )
    } else {
        html_with(
            status,
            &SingleWidgetPage {
                prerendered,
                page,
                shown,
            },
        )
    }
}
