//! What belongs to the request that is being handled and is needed where no handler passes it on.

use std::cell::Cell;

use crate::language::Language;

tokio::task_local! {
    static LANGUAGE: Cell<&'static Language>;
}

/// Handles a request; `language` is its [`language()`] until [`set_language`] changes it.
pub(crate) async fn scope<T>(language: &'static Language, handle: impl Future<Output = T>) -> T {
    LANGUAGE.scope(Cell::new(language), handle).await
}

/// The language of the request that is being handled.
pub(crate) fn language() -> &'static Language {
    LANGUAGE.try_with(Cell::get).unwrap_or_else(|_| Language::default())
}

/// Changes the language of the request that is being handled, once the session has told whose it is.
pub(crate) fn set_language(language: &'static Language) {
    // Outside of a request there is nothing to change.
    let _ = LANGUAGE.try_with(|current| current.set(language));
}
