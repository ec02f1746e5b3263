//! The addresses that "Quick Links" accepts.

use axum::http::Uri;

const LONGEST: usize = 500;

/// `typed` as a web address: http or https with a host, "https://" put before it where the scheme is missing.
pub(super) fn web_address(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let address = if typed.contains(':') {
        typed.to_owned()
    } else {
        format!("https://{typed}")
    };
    let uri: Uri = address.parse().ok().filter(|_| address.len() <= LONGEST)?;
    let web = matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some_and(|host| !host.is_empty());
    web.then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_are_kept() {
        assert_eq!(
            web_address("https://www.wipo.int/lisbon").as_deref(),
            Some("https://www.wipo.int/lisbon")
        );
        assert_eq!(web_address(" www.wipo.int ").as_deref(), Some("https://www.wipo.int"));
        assert_eq!(
            web_address("http://a.example:8080/x?y=z").as_deref(),
            Some("http://a.example:8080/x?y=z")
        );
    }

    #[test]
    fn anything_else_is_refused() {
        for typed in [
            "",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://a.example",
            "https://",
            "//a b",
            "file:///etc",
        ] {
            assert_eq!(web_address(typed), None, "{typed}");
        }
        assert_eq!(web_address(&"a".repeat(501)), None);
    }
}
