//! Narration as it is written: plain text in paragraphs, with bare web addresses in it.

/// Part of a paragraph.
#[derive(Debug, PartialEq)]
pub enum Piece<'a> {
    Words(&'a str),
    /// An http or https address.
    Link(&'a str),
}

/// The paragraphs, which empty lines part.
pub fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![Vec::new()];
    for line in text.lines().map(str::trim) {
        match (line, paragraphs.last_mut()) {
            ("", _) | (_, None) => paragraphs.push(Vec::new()),
            (line, Some(paragraph)) => paragraph.push(line),
        }
    }
    paragraphs
        .into_iter()
        .filter(|lines| !lines.is_empty())
        .map(|lines| lines.join(" "))
        .collect()
}

/// A paragraph's words and addresses, in order.
pub fn pieces(paragraph: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = paragraph;
    while let Some(start) = ["http://", "https://"]
        .iter()
        .filter_map(|scheme| rest.find(scheme))
        .min()
    {
        let (before, from) = rest.split_at(start);
        let end = from
            .find(|letter: char| letter.is_whitespace() || "<>\"“”".contains(letter))
            .unwrap_or(from.len());
        let address = from[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
        pieces.extend([Piece::Words(before), Piece::Link(address)]);
        rest = &from[address.len()..];
    }
    pieces.push(Piece::Words(rest));
    pieces.retain(|piece| *piece != Piece::Words(""));
    pieces
}

/// A file name as a relative address.
pub fn address(file_name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    file_name
        .bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_part_paragraphs() {
        assert_eq!(paragraphs("\n one\n two\n\n\nthree\n"), ["one two", "three"]);
        assert!(paragraphs(" \n").is_empty());
    }

    #[test]
    fn an_address_ends_before_the_sentence_does() {
        assert_eq!(
            pieces("See https://example.org/a (or http://b.example)."),
            [
                Piece::Words("See "),
                Piece::Link("https://example.org/a"),
                Piece::Words(" (or "),
                Piece::Link("http://b.example"),
                Piece::Words(").")
            ]
        );
    }

    #[test]
    fn no_other_scheme_becomes_a_link() {
        assert_eq!(pieces("javascript:alert(1)"), [Piece::Words("javascript:alert(1)")]);
    }

    #[test]
    fn file_names_are_encoded_as_addresses() {
        assert_eq!(address("01-a b#é.png"), "01-a%20b%23%C3%A9.png");
    }
}
