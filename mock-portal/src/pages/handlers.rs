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

const NOT_HERE_YET: &str = t("This part of the training portal is not there yet. Nothing you do here is kept or sent.");

/// "Give us feedback".
pub(crate) async fn feedback(visitor: Visitor) -> Result<Response, Failure> {
    let message = Message {
        status: StatusCode::OK,
        heading: t("Give us feedback"),
        text: NOT_HERE_YET,
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
