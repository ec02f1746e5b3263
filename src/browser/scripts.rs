//! The scripts that run in the page. Each is one round trip, however long it waits there.

/// Resolves a locator and waits until it is ready for its purpose.
pub const LOCATE: &str = concat!(
    include_str!("scripts/dom.js"),
    include_str!("scripts/semantics.js"),
    include_str!("scripts/locate.js"),
    "return locate(arguments[0]);"
);

/// Waits, after a click, for what comes next.
pub const SETTLE: &str = concat!(
    include_str!("scripts/dom.js"),
    include_str!("scripts/semantics.js"),
    include_str!("scripts/locate.js"),
    "return settle(arguments[0]);"
);

/// Lists the names of all things of one kind.
pub const ENUMERATE: &str = concat!(
    include_str!("scripts/dom.js"),
    include_str!("scripts/semantics.js"),
    include_str!("scripts/locate.js"),
    "return enumerate(arguments[0]);"
);

/// Shutter proof.
pub const PROVE: &str = concat!(
    include_str!("scripts/dom.js"),
    include_str!("scripts/semantics.js"),
    include_str!("scripts/locate.js"),
    include_str!("scripts/signs.js"),
    include_str!("scripts/proof.js"),
    "return prove(arguments[0]);"
);

/// Gives the page a moment.
pub const PASS_TIME: &str = "return new Promise((resolve) => { setTimeout(resolve, 70); });";

/// What is drawn in an area of the window.
pub const NAME_AT: &str = concat!(
    include_str!("scripts/semantics.js"),
    include_str!("scripts/locate.js"),
    include_str!("scripts/signs.js"),
    include_str!("scripts/proof.js"),
    "return nameAt(arguments[0]);"
);

/// Role and name of every element, for holding our idea of them against the browser's.
pub const DESCRIBE_ALL: &str = concat!(
    include_str!("scripts/dom.js"),
    include_str!("scripts/semantics.js"),
    "return [...everything(document.body)].filter((element) => ownerOf(element) === document)
      .map((element) => ({ element, html: element.outerHTML.slice(0, 160), hidden: hidden(element),
        role: roleOf(element), name: nameOf(element) }));"
);

/// A function of `{ now }` that makes a document the same in every run.
pub const PRELOAD: &str = include_str!("scripts/preload.js");
