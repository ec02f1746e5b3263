//! The pages themselves.

use askama::Template;
use axum::{
    http::{StatusCode, Uri},
    response::Response,
};

use crate::{
    language::t,
    web::{Failure, Fields, Message, Page, Visitor, html, message_page},
};

/// A template that knows nothing but its page.
macro_rules! plain_page {
    ($(#[$doc:meta])* $handler:ident, $template:ident, $path:literal) => {
        #[derive(Template)]
        #[template(path = $path)]
        struct $template {
            page: Page,
        }

        $(#[$doc])*
        pub(crate) async fn $handler(visitor: Visitor) -> Result<Response, Failure> {
            html(&$template { page: visitor.page })
        }
    };
}

plain_page!(
    /// The home page.
    home, Home, "pages/home.html"
);
plain_page!(
    /// Whom to ask about payments, Customer IDs and Access Codes.
    infoline, Infoline, "pages/infoline.html"
);
plain_page!(
    /// Where more tutorials are.
    tutorials, Tutorials, "pages/tutorials.html"
);
plain_page!(
    /// How to recognise a scam.
    scams, Scams, "pages/scams.html"
);
plain_page!(
    /// Where help is to be found.
    help, Help, "pages/help.html"
);

/// The page for an address that there is not.
pub(crate) async fn not_found(visitor: Visitor) -> Result<Response, Failure> {
    message_page(visitor.page, Message::NOT_FOUND)
}

/// The page for a method that an address has not; which it has stands in the header `Allow`.
pub(crate) async fn wrong_method(visitor: Visitor) -> Result<Response, Failure> {
    let message = Message {
        status: StatusCode::METHOD_NOT_ALLOWED,
        heading: t("This cannot be done here"),
        text: t("The address is right, but not for this kind of request. Nothing was changed."),
    };
    message_page(visitor.page, message)
}

#[derive(Template)]
#[template(path = "pages/leaving.html")]
struct Leaving {
    page: Page,
    destination: String,
}

/// Instead of another site: where the link would lead.
pub(crate) async fn leaving(address: Uri, visitor: Visitor) -> Result<Response, Failure> {
    let destination = Fields::of_query(&address).get("to").to_owned();
    html(&Leaving {
        page: visitor.page,
        destination,
    })
}
