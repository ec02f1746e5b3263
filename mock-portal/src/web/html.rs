//! Pages as responses.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

use super::{
    failure::Failure,
    message::{Message, MessagePage},
    page::Page,
};

/// Most pages fit into this many bytes. Growing the text bit by bit copies it again and again.
const USUAL_SIZE: usize = 32 * 1024;

/// The page, with status 200.
pub(crate) fn html(template: &impl Template) -> Result<Response, Failure> {
    html_with(StatusCode::OK, template)
}

/// The page, with `status`.
pub(crate) fn html_with(status: StatusCode, template: &impl Template) -> Result<Response, Failure> {
    let mut text = String::with_capacity(USUAL_SIZE);
    template.render_into(&mut text)?;
    Ok((status, Html(text)).into_response())
}

/// A page that says one thing.
pub(crate) fn message_page(page: Page, message: Message) -> Result<Response, Failure> {
    html_with(message.status, &MessagePage::new(page, message))
}
