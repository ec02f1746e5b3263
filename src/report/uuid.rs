//! Identifiers that other tools ask for. The same things get the same ones in every report and every run.

use sha2::{Digest, Sha256};

/// A UUID of these texts: version 8 (RFC 9562), from their hash.
pub(crate) fn uuid(of: &[&str]) -> String {
    let mut hash = Sha256::new();
    for text in of {
        // The length keeps "a", "bc" apart from "ab", "c".
        hash.update(text.len().to_be_bytes());
        hash.update(text);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = format!("{:032x}", u128::from_be_bytes(bytes));
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_texts_have_other_identifiers_of_the_right_form() {
        let one = uuid(&["a", "bc"]);
        assert_eq!(one, uuid(&["a", "bc"]));
        assert_ne!(one, uuid(&["ab", "c"]));
        let form = regex::Regex::new("^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$").unwrap();
        assert!(form.is_match(&one), "{one}");
    }
}
