//! A form or a query as the pairs it was sent as. Any bytes make some pairs, so nothing hostile is an error of its own.

use axum::http::Uri;
use zeroize::Zeroizing;

/// The fields whose values nothing may show.
const SECRETS: [&str; 5] = ["access_code", "csrf", "current_password", "new_password", "password"];
/// What is shown instead.
const HIDDEN: &str = "(hidden)";

/// The named values of a form or a query, in order. Passwords and Access Codes are among them: nothing prints it, and
/// values are wiped from memory with it.
#[derive(Default)]
pub(crate) struct Fields(Vec<(String, Zeroizing<String>)>);

impl Fields {
    /// Decodes as the URL standard does (5.1), and leaves no copy of a value behind.
    pub(crate) fn parse(encoded: &[u8]) -> Self {
        let pairs = encoded.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let mut half = || decoded(halves.next().unwrap_or_default());
            (half().to_string(), half())
        });
        Self(pairs.collect())
    }

    pub(crate) fn of_query(address: &Uri) -> Self {
        Self::parse(address.query().unwrap_or_default().as_bytes())
    }

    /// Names and values, those of secrets hidden.
    pub(crate) fn without_secrets(&self) -> Vec<(String, String)> {
        let shown = |name: &str, value: &str| if SECRETS.contains(&name) { HIDDEN } else { value }.to_owned();
        self.0
            .iter()
            .map(|(name, value)| (name.clone(), shown(name, value)))
            .collect()
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

/// One name or value. It never becomes longer, so that no text that has outgrown its place stays there.
fn decoded(encoded: &[u8]) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(encoded.len()));
    let mut at = 0;
    while let Some(byte) = encoded.get(at) {
        let escaped = encoded
            .get(at + 1..at + 3)
            .filter(|_| *byte == b'%')
            .and_then(hexadecimal);
        bytes.push(match byte {
            b'+' => b' ',
            byte => escaped.unwrap_or(*byte),
        });
        at += if escaped.is_some() { 3 } else { 1 };
    }
    match String::from_utf8(std::mem::take(&mut *bytes)) {
        Ok(text) => Zeroizing::new(text),
        Err(error) => {
            let bytes = Zeroizing::new(error.into_bytes());
            Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned())
        }
    }
}

/// The byte that two digits stand for.
fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digit = |at: usize| {
        char::from(digits[at])
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    Some(digit(0)? << 4 | digit(1)?)
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
    fn whatever_is_sent_is_read_as_the_url_standard_reads_it() {
        let pieces: [&[u8]; 16] = [
            b"a", b"=", b"&", b"%", b"%4", b"%41", b"%2b", b"+", b"%C3%A9", b"\xff", b"%ff", b"%zz", b"%0g", b"\xc3",
            b"%%", b";",
        ];
        let mut random = fastrand::Rng::with_seed(16);
        for _ in 0..5000 {
            let sent: Vec<u8> = (0..random.usize(0..12))
                .flat_map(|_| pieces[random.usize(..pieces.len())].iter().copied())
                .collect();
            let ours: Vec<_> = Fields::parse(&sent)
                .0
                .into_iter()
                .map(|(name, value)| (name, value.to_string()))
                .collect();
            let theirs: Vec<_> = form_urlencoded::parse(&sent).into_owned().collect();
            assert_eq!(ours, theirs, "{:?}", String::from_utf8_lossy(&sent));
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_no_error() {
        assert_eq!(Fields::parse(b"a=\xff%ff%zz&&=&").get("a"), "\u{fffd}\u{fffd}%zz");
    }
}
