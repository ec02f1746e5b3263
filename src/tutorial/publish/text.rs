//! Texts of narration: words, bold words and bare web addresses.

/// Part of a text.
#[derive(Debug, PartialEq)]
pub enum Piece<'a> {
    Words(&'a str),
    /// Between `**` and `**`.
    Bold(&'a str),
    /// An http or https address.
    Link(&'a str),
}

/// A text's words, bold words and addresses, in order.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, piece, after)) = next_marked(rest) {
        pieces.extend([Piece::Words(before), piece]);
        rest = after;
    }
    pieces.push(Piece::Words(rest));
    pieces.retain(|piece| *piece != Piece::Words(""));
    pieces
}

/// The first bold words or address, with what stands before and after.
fn next_marked(text: &str) -> Option<(&str, Piece<'_>, &str)> {
    let starts = ["http://", "https://", "**"].iter();
    let mut found: Vec<_> = starts.flat_map(|mark| text.match_indices(mark)).collect();
    found.sort_unstable();
    found.into_iter().find_map(|(start, mark)| {
        let (before, from) = text.split_at(start);
        let (piece, length) = if mark == "**" { bold(from)? } else { link(from) };
        Some((before, piece, &from[length..]))
    })
}

fn bold(text: &str) -> Option<(Piece<'_>, usize)> {
    let (words, _) = text.strip_prefix("**")?.split_once("**")?;
    let is_bold = !words.is_empty() && words.trim() == words;
    is_bold.then_some((Piece::Bold(words), words.len() + 4))
}

fn link(text: &str) -> (Piece<'_>, usize) {
    let end = text.find(|letter: char| letter.is_whitespace() || "<>\"“”*".contains(letter));
    let address = text[..end.unwrap_or(text.len())].trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
    (Piece::Link(address), address.len())
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
    fn words_between_two_asterisks_are_bold() {
        assert_eq!(
            pieces("Click **Add** or ** ** or 2**3, **"),
            [
                Piece::Words("Click "),
                Piece::Bold("Add"),
                Piece::Words(" or ** ** or 2**3, **")
            ]
        );
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
