//! What belongs to the request that is being handled and is needed where no handler passes it on.

use std::{
    cell::{Cell, RefCell},
    fmt,
};

use crate::language::Language;

tokio::task_local! {
    static CONTEXT: RequestContext;
}

struct RequestContext {
    id: RequestId,
    language: Cell<&'static Language>,
    sender: RefCell<Sender>,
}

/// What is known of a request once its session and its form have been read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sender {
    /// The username of the person who is signed in.
    pub account: Option<String>,
    /// The fields of the form; no secrets.
    pub fields: Vec<(String, String)>,
}

/// What a log and an error page call the same request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RequestId(u32);

impl RequestId {
    pub(crate) fn random() -> Self {
        // Without randomness all requests have the same id, which is no reason not to handle them.
        Self(getrandom::u32().unwrap_or_default())
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

/// Handles a request; `language` is its [`language()`] until [`set_language`] changes it.
pub(crate) async fn scope<T>(id: RequestId, language: &'static Language, handle: impl Future<Output = T>) -> T {
    let context = RequestContext {
        id,
        language: Cell::new(language),
        sender: RefCell::default(),
    };
    CONTEXT.scope(context, handle).await
}

/// The id of the request that is being handled; `None` outside of a request.
pub(crate) fn id() -> Option<RequestId> {
    CONTEXT.try_with(|context| context.id).ok()
}

/// The language of the request that is being handled.
pub(crate) fn language() -> &'static Language {
    CONTEXT
        .try_with(|context| context.language.get())
        .unwrap_or_else(|_| Language::default())
}

/// Changes the language of the request that is being handled, once the session is known.
pub(crate) fn set_language(language: &'static Language) {
    // Outside of a request there is nothing to change.
    let _ = CONTEXT.try_with(|context| context.language.set(language));
}

/// What has become known of the sender of the request that is being handled.
pub(crate) fn sender() -> Sender {
    CONTEXT
        .try_with(|context| context.sender.borrow().clone())
        .unwrap_or_default()
}

/// Notes what has become known of the sender.
pub(crate) fn note(change: impl FnOnce(&mut Sender)) {
    // Outside of a request there is nothing to note.
    let _ = CONTEXT.try_with(|context| change(&mut context.sender.borrow_mut()));
}
