//! A form or a query as the pairs it was sent as. Any bytes make some pairs, so nothing hostile is an error of its own.

use axum::http::Uri;

/// The named values of a form or a query, in order. Passwords and Access Codes are among them: nothing prints it.
#[derive(Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(crate) fn parse(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    pub(crate) fn of_query(address: &Uri) -> Self {
        Self::parse(address.query().unwrap_or_default().as_bytes())
    }

    /// The first value of that name; empty if there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// All values of that name.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_and_repeated_names_kept() {
        let fields = Fields::parse(b"widget=a&widget=b+c&other=%C3%A9");
        assert_eq!(fields.all("widget").collect::<Vec<_>>(), ["a", "b c"]);
        assert_eq!(fields.get("other"), "é");
        assert_eq!(fields.get("missing"), "");
    }

    #[test]
    fn bytes_that_are_no_text_are_no_error() {
        assert_eq!(Fields::parse(b"a=\xff%ff%zz&&=&").get("a"), "\u{fffd}\u{fffd}%zz");
    }
}
