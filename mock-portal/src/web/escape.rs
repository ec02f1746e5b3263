//! Escaping for the templates (`askama.toml`), quick where there is nothing to escape: that is most of a page.

use std::fmt;

use askama::filters::{Escaper, Html};

/// Askama's own escaping for the texts that need any; it looks at one byte after the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FastEscaper;

impl Escaper for FastEscaper {
    fn write_escaped_str<W: fmt::Write>(&self, mut page: W, text: &str) -> fmt::Result {
        // Without an early exit, so that the compiler compares many bytes at once.
        if text.bytes().fold(false, |found, byte| found | is_special(byte)) {
            Html.write_escaped_str(page, text)
        } else {
            page.write_str(text)
        }
    }
}

/// Whether a byte can end a text or an attribute, or begin markup.
fn is_special(byte: u8) -> bool {
    matches!(byte, b'<' | b'>' | b'&' | b'"' | b'\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_askama_escapes_is_escaped() {
        for special in (0..=u8::MAX).map(char::from) {
            let text = format!("Le café de {special} à Genève, ouvert tous les jours");
            let (mut quick, mut whole) = (String::new(), String::new());
            FastEscaper.write_escaped_str(&mut quick, &text).unwrap();
            Html.write_escaped_str(&mut whole, &text).unwrap();
            assert_eq!(quick, whole);
        }
    }
}
