//! The ways in which a value may be written: plain, in a URL, in HTML, in JSON or a script, in base64.
//!
//! Each character may be encoded or not, one way or another, and twice (JSON in an attribute): so a pattern is made of one
//! alternative for each character, in place of a list of whole encoded values.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use regex::{Regex, escape};

/// A shorter piece of base64 is found by chance in a picture of some megabytes that is embedded in a page; it would be damaged.
const SHORTEST_BASE64: usize = 8;

/// What matches any of these values in any form, the longer ones first; None where there are none.
pub(super) fn pattern<'a>(values: impl Iterator<Item = &'a str>) -> Option<Regex> {
    let mut values: Vec<&str> = values.filter(|value| !value.is_empty()).collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.len()));
    let forms: Vec<String> = values.iter().flat_map(|value| forms(value)).collect();
    if forms.is_empty() {
        return None;
    }
    // A name or a page may show it in capitals.
    Regex::new(&format!("(?i){}", forms.join("|"))).ok()
}

fn forms(value: &str) -> Vec<String> {
    let written: String = value.chars().map(character).collect();
    let mut forms = vec![written];
    forms.extend((0..3).filter_map(|offset| in_base64(value, offset)));
    forms
}

/// One character in all its forms.
fn character(letter: char) -> String {
    let mut forms = vec![literal(letter), in_url(letter), in_html(letter), in_script(letter)];
    if letter == ' ' {
        forms.push("\\+".to_owned());
    }
    format!("(?:{})", forms.join("|"))
}

/// Quotes and slashes may be escaped by any number of backslashes.
fn literal(letter: char) -> String {
    let escaped = escape(letter.encode_utf8(&mut [0; 4]));
    match letter {
        '\n' => "\\n|\\\\+n".to_owned(),
        '\r' => "\\r|\\\\+r".to_owned(),
        '\t' => "\\t|\\\\+t".to_owned(),
        '"' | '\'' | '/' | '\\' | '`' | '$' => format!("\\\\*{escaped}"),
        _ => escaped,
    }
}

/// Bytes in UTF-8, also of an address in an address: `%C3%A9`, `%25C3%25A9`.
fn in_url(letter: char) -> String {
    let mut bytes = [0; 4];
    letter
        .encode_utf8(&mut bytes)
        .bytes()
        .fold(String::new(), |mut form, byte| {
            // Nothing fails to be written to a string.
            let _ = write!(form, "%(?:25)*{byte:02x}");
            form
        })
}

/// `&#233;`, `&#xe9;`, and the names that HTML itself needs; the ampersand may be written as `&amp;`.
fn in_html(letter: char) -> String {
    let code = u32::from(letter);
    let numbers = format!("&(?:amp;)*#0*{code};|&(?:amp;)*#x0*{code:x};");
    let named = match letter {
        '&' => "&(?:amp;)+",
        '<' => "&(?:amp;)*lt;",
        '>' => "&(?:amp;)*gt;",
        '"' => "\\\\*&(?:amp;)*quot;",
        '\'' => "\\\\*&(?:amp;)*apos;",
        '\u{a0}' => "&(?:amp;)*nbsp;",
        _ => return numbers,
    };
    format!("{numbers}|{named}")
}

/// As JSON and scripts escape it: `\u00e9`, `\u{e9}`, `\xe9`.
fn in_script(letter: char) -> String {
    let code = u32::from(letter);
    let mut units = [0; 2];
    let pairs = letter
        .encode_utf16(&mut units)
        .iter()
        .fold(String::new(), |mut form, unit| {
            let _ = write!(form, "\\\\+u{unit:04x}");
            form
        });
    let byte = u8::try_from(code).map_or(String::new(), |byte| format!("|\\\\+x{byte:02x}"));
    format!("{pairs}|\\\\+u\\{{0*{code:x}\\}}{byte}")
}

/// What of base64 is the same whatever stands beside the value, which begins `offset` bytes into a group of three.
fn in_base64(value: &str, offset: usize) -> Option<String> {
    let bytes = [&vec![0; offset][..], value.as_bytes()].concat();
    let encoded = STANDARD_NO_PAD.encode(&bytes);
    let own = &encoded[(offset * 8).div_ceil(6)..bytes.len() * 8 / 6];
    // Addresses have their own alphabet.
    let own = own.replace('+', "[+-]").replace('/', "[/_]");
    (own.len() >= SHORTEST_BASE64).then(|| format!("(?-i:{own})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With everything that some format escapes.
    const VALUE: &str = "pa\"s's/w<o>r&d \\é😀";

    fn is_found(text: &str) -> bool {
        let pattern = pattern([VALUE].into_iter()).unwrap();
        pattern.replace_all(text, "[secret]") == "a [secret] b"
    }

    #[test]
    fn a_value_is_found_in_every_format() {
        let json = serde_json::to_string(VALUE).unwrap();
        let json = json.trim_matches('"');
        let url: String = url::form_urlencoded::byte_serialize(VALUE.as_bytes()).collect();
        let percent = url.replace('+', "%20");
        let html = VALUE.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let attribute = html.replace('"', "&quot;").replace('\'', "&#39;");
        let in_script = VALUE
            .encode_utf16()
            .fold(String::new(), |form, unit| format!("{form}\\u{unit:04X}"));
        let json_in_html = json.replace('&', "&amp;").replace('"', "&quot;");
        let twice = percent.replace('%', "%25");
        let upper = VALUE.to_uppercase();
        for form in [
            VALUE,
            json,
            &url,
            &percent,
            &percent.to_lowercase(),
            &html,
            &attribute,
            &attribute.replace('&', "&amp;"),
            &in_script,
            &json_in_html,
            &twice,
            &upper,
            "pa\\x22s\\x27s\\/w\\x3co\\x3Er\\x26d \\\\\\xe9\\u{1f600}",
        ] {
            assert!(is_found(&format!("a {form} b")), "{form}");
        }
    }

    #[test]
    fn a_value_is_found_in_base64_wherever_it_begins() {
        let value = "Hunter2222";
        let pattern = pattern([value].into_iter()).unwrap();
        for before in ["", "a", "ab", "amara:"] {
            let encoded = STANDARD_NO_PAD.encode(format!("{before}{value}, and more"));
            assert!(pattern.is_match(&encoded), "{before}: {encoded}");
        }
        assert!(!pattern.is_match(&STANDARD_NO_PAD.encode("Hunter2223").to_lowercase()));
    }

    #[test]
    fn a_short_value_damages_no_base64() {
        let pattern = pattern(["1234"].into_iter()).unwrap();
        assert!(!pattern.is_match(&STANDARD_NO_PAD.encode("1234")));
        assert!(pattern.is_match("pin: 1234"));
    }
}
