//! Where a person goes after login: only ever within the portal.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// `address` if it is a place in this portal; `None` for anything a browser could read as another site.
///
/// Browsers drop tabs and line ends and read a backslash as a slash, so that `/\evil.example` and `/<tab>/evil.example`
/// would lead away.
pub(crate) fn within_portal(address: &str) -> Option<&str> {
    let local = address.starts_with('/')
        && !address.starts_with("//")
        && address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    local.then_some(address)
}

/// The login page that leads back to `address`.
pub(crate) fn login_leading_to(address: &str) -> String {
    format!("/login?return={}", utf8_percent_encode(address, NON_ALPHANUMERIC))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_the_portal_are_kept() {
        for address in ["/", "/dashboard", "/pairing/distribution-reports?x=1#y"] {
            assert_eq!(within_portal(address), Some(address));
        }
    }

    #[test]
    fn other_places_are_refused() {
        for address in [
            "",
            "dashboard",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "javascript:alert(1)",
            " /dashboard",
            "/a\r\nLocation: x",
            "/é",
        ] {
            assert_eq!(within_portal(address), None, "{address:?}");
        }
    }

    #[test]
    fn the_address_is_one_value_of_the_query() {
        assert_eq!(login_leading_to("/a?b=c&d"), "/login?return=%2Fa%3Fb%3Dc%26d");
    }
}
