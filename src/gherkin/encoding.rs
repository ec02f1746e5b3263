//! Text of a file's bytes.

use encoding_rs::{Encoding, UTF_8};

/// Why a file is no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodingError {
    /// Not UTF-8, and nothing says what else.
    #[error(
        "{line}: column {column} is not UTF-8 (byte 0x{byte:02X})\n  save the file as UTF-8, or name its encoding in the \
         first line, for instance: # encoding: iso-8859-1"
    )]
    Unknown {
        /// Line of the byte.
        line: usize,
        /// Column of the byte.
        column: usize,
        /// The first byte that is not UTF-8.
        byte: u8,
    },
    /// A byte order mark of UTF-16.
    #[error("1: the file is saved as UTF-16\n  save it as UTF-8")]
    Utf16,
    /// A coding comment names an encoding that is not known.
    #[error(
        "{line}: {label:?} is no encoding that is known\n  save the file as UTF-8, or name another, for instance: # encoding: iso-8859-1"
    )]
    Label {
        /// Line of the comment.
        line: usize,
        /// As it is written.
        label: String,
    },
    /// The bytes are not what the coding comment says.
    #[error(
        "{line}: the file is not in the encoding {label:?} that this comment names\n  save the file as UTF-8 and take the comment away"
    )]
    Wrong {
        /// Line of the comment.
        line: usize,
        /// As it is written.
        label: String,
    },
}

/// Makes text of bytes: UTF-8 with or without a byte order mark, or else what a comment at the top says, as in
/// `# encoding: iso-8859-1`.
///
/// # Errors
/// [`EncodingError`].
pub fn decode(bytes: Vec<u8>) -> Result<String, EncodingError> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(EncodingError::Utf16);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            decode_as_said(error.as_bytes(), valid)
        }
    }
}

fn decode_as_said(bytes: &[u8], valid: usize) -> Result<String, EncodingError> {
    let Some((line, label)) = coding_comment(bytes) else {
        let before = String::from_utf8_lossy(&bytes[..valid]);
        return Err(EncodingError::Unknown {
            line: before.matches('\n').count() + 1,
            column: before.chars().rev().take_while(|letter| *letter != '\n').count() + 1,
            byte: bytes[valid],
        });
    };
    let wrong = || EncodingError::Wrong {
        line,
        label: label.clone(),
    };
    let encoding = Encoding::for_label(label.as_bytes());
    let encoding = encoding.ok_or_else(|| EncodingError::Label {
        line,
        label: label.clone(),
    })?;
    let decoded = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    decoded.filter(|_| encoding != UTF_8).map(Into::into).ok_or_else(wrong)
}

/// The line and value of `encoding:` or `coding:` in the comments at the top.
fn coding_comment(bytes: &[u8]) -> Option<(usize, String)> {
    let lines = bytes.split(|byte| *byte == b'\n').map(String::from_utf8_lossy);
    let comments = lines.take_while(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    (1..).zip(comments).find_map(|(number, line)| {
        let (_, said) = line.split_once("coding")?;
        let value = said.trim_start().strip_prefix([':', '='])?.trim_start();
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        let end = value.find(|letter| !is_part(letter)).unwrap_or(value.len());
        (end > 0).then(|| (number, value[..end].to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(decode(b"\xef\xbb\xbfFeature: A\n".to_vec()).unwrap(), "Feature: A\n");
    }

    #[test]
    fn a_comment_names_the_encoding() {
        for comment in [
            "# encoding: iso-8859-1",
            "# a note\n\n#encoding:ISO-8859-1\r",
            "# -*- coding: latin1 -*-",
        ] {
            let bytes = [comment.as_bytes(), b"\nFeature: Caf\xe9\n"].concat();
            assert!(decode(bytes).unwrap().ends_with("Feature: Café\n"), "{comment}");
        }
    }

    #[test]
    fn utf_8_is_read_as_such_whatever_a_comment_says() {
        let text = "# encoding: iso-8859-1\nFeature: Café\n";
        assert_eq!(decode(text.as_bytes().to_vec()).unwrap(), text);
    }

    #[test]
    fn what_is_no_text_is_told_with_its_place() {
        let message = |bytes: &[u8]| decode(bytes.to_vec()).unwrap_err().to_string();
        let plain = message(b"Feature: A\n  Caf\xe9\n");
        assert!(plain.starts_with("2: column 6 is not UTF-8 (byte 0xE9)"), "{plain}");
        assert!(message(b"Feature: coding: latin1 Caf\xe9\n").contains("# encoding: iso-8859-1"));
        assert!(message(b"\xff\xfeF\0").contains("UTF-16"));
        assert!(message(b"# encoding: klingon\n\xe9").starts_with("1: \"klingon\" is no encoding"));
        assert!(message(b"# encoding: utf-8\n\xe9").contains("not in the encoding \"utf-8\""));
    }
}
