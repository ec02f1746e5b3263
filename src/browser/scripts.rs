//! The scripts that run in the page. Each is one round trip, however long it waits there.

/// A script of everything that locating needs, and then this call.
macro_rules! locating {
    ($($more:expr),+) => {
        concat!(
            include_str!("scripts/dom.js"),
            include_str!("scripts/colours.js"),
            include_str!("scripts/frames.js"),
            include_str!("scripts/generated.js"),
            include_str!("scripts/semantics.js"),
            include_str!("scripts/visibility.js"),
            include_str!("scripts/cover.js"),
            include_str!("scripts/legible.js"),
            include_str!("scripts/pieces.js"),
            include_str!("scripts/places.js"),
            include_str!("scripts/text.js"),
            include_str!("scripts/match.js"),
            include_str!("scripts/control.js"),
            include_str!("scripts/order.js"),
            include_str!("scripts/state.js"),
            include_str!("scripts/act.js"),
            include_str!("scripts/locate.js"),
            $($more),+
        )
    };
}

/// Resolves a locator and waits until it is ready for its purpose.
pub const LOCATE: &str = locating!("return locate(arguments[0]);");

/// Waits, after a click, for what comes next.
pub const SETTLE: &str = locating!("return settle(arguments[0]);");

/// Waits until the browser is at an address.
pub const ARRIVE: &str = locating!("return arrive(arguments[0]);");

/// What became of a file that was uploaded.
pub const UPLOADED: &str = locating!("return uploaded(arguments[0]);");

/// Lists the names of all things of one kind.
pub const ENUMERATE: &str = locating!("return enumerate(arguments[0]);");

/// What the camera asks, under names of its own.
macro_rules! camera {
    ($call:expr) => {
        locating!(
            "const camera = (() => {",
            include_str!("scripts/signs.js"),
            include_str!("scripts/resources.js"),
            include_str!("scripts/notices.js"),
            include_str!("scripts/drawn.js"),
            include_str!("scripts/proof.js"),
            "return { prove, nameAt }; })();",
            $call
        )
    };
}

/// Shutter proof.
pub const PROVE: &str = camera!("return camera.prove(arguments[0]);");

/// What is drawn in an area of the window.
pub const NAME_AT: &str = camera!("return camera.nameAt(arguments[0]);");

/// What error messages offer on this page: everything with a name that is shown.
pub const OFFERED: &str = locating!("return candidates([document], { name: '', by: { role: [] } }, Infinity);");

/// Which of several locators name nothing on this page.
pub const UNFOUND: &str = locating!(
    "return arguments[0].flatMap((locator, index) => {
      const { failure } = resolve(locator, 'see');
      return failure && failure.kind !== 'several' ? [index] : [];
    });"
);

/// Which page is shown; given a number, the page is watched for being left.
pub const SPOT: &str = locating!(
    "if (arguments[0] !== null) watchForLeaving(arguments[0]);
    // Applications of one document often keep their pages' addresses behind the number sign.
    const route = /^#!?\\//.test(location.hash) ? location.hash.split('?')[0] : '';
    return { document: performance.timeOrigin, path: location.origin + location.pathname + route };"
);

/// Whether the dialog that was just answered was an alert. Asked once, it is forgotten.
pub const HAD_ALERT: &str = "const page = window.docentPage ?? {}, had = page.hadAlert === true;
    page.hadAlert = false;
    return had;";

/// Gives the page a moment.
pub const PASS_TIME: &str = "return new Promise((resolve) => { setTimeout(resolve, 70); });";

/// Role and name of every element, for holding our idea of them against the browser's.
pub const DESCRIBE_ALL: &str = concat!(
    include_str!("scripts/dom.js"),
    include_str!("scripts/generated.js"),
    include_str!("scripts/semantics.js"),
    "return [...everything(document.body)].filter((element) => ownerOf(element) === document)
      .map((element) => ({ element, html: element.outerHTML.slice(0, 160), hidden: hidden(element),
        role: roleOf(element), name: nameOf(element) }));"
);

/// A function of `{ now }` that makes a document the same in every run.
pub const PRELOAD: &str = concat!(include_str!("scripts/internals.js"), include_str!("scripts/preload.js"));

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_name_is_declared_twice_where_scripts_are_joined() {
        let mut names = BTreeSet::new();
        for line in LOCATE.lines() {
            let declared = ["const ", "let ", "function ", "async function "]
                .iter()
                .find_map(|keyword| line.strip_prefix(keyword));
            let name = declared.and_then(|rest| {
                rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
                    .next()
            });
            if let Some(name) = name.filter(|name| !name.is_empty()) {
                assert!(names.insert(name), "{name} is declared twice");
            }
        }
        assert!(names.len() > 100);
    }
}
