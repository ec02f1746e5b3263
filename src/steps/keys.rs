//! Keys by their names, alone or together: `Enter`, `Control+S`.

/// A name that no key has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown key {name:?}\n  did you mean {nearest:?}? keys: {}, and single characters; combinations are written \"Control+S\"",
    NAMES.map(|(name, _)| name).join(", ")
)]
pub struct KeyError {
    /// As it was written.
    name: String,
    /// The most similar name of a key.
    nearest: &'static str,
}

/// Names of keys and their code points in the WebDriver standard ("keyboard actions").
static NAMES: [(&str, char); 31] = [
    ("Shift", '\u{e008}'),
    ("Control", '\u{e009}'),
    ("Alt", '\u{e00a}'),
    ("Meta", '\u{e03d}'),
    ("Backspace", '\u{e003}'),
    ("Tab", '\u{e004}'),
    ("Enter", '\u{e007}'),
    ("Escape", '\u{e00c}'),
    ("Space", ' '),
    ("Page Up", '\u{e00e}'),
    ("Page Down", '\u{e00f}'),
    ("End", '\u{e010}'),
    ("Home", '\u{e011}'),
    ("Arrow Left", '\u{e012}'),
    ("Arrow Up", '\u{e013}'),
    ("Arrow Right", '\u{e014}'),
    ("Arrow Down", '\u{e015}'),
    ("Insert", '\u{e016}'),
    ("Delete", '\u{e017}'),
    ("F1", '\u{e031}'),
    ("F2", '\u{e032}'),
    ("F3", '\u{e033}'),
    ("F4", '\u{e034}'),
    ("F5", '\u{e035}'),
    ("F6", '\u{e036}'),
    ("F7", '\u{e037}'),
    ("F8", '\u{e038}'),
    ("F9", '\u{e039}'),
    ("F10", '\u{e03a}'),
    ("F11", '\u{e03b}'),
    ("F12", '\u{e03c}'),
];

/// How many of [`NAMES`], the first, are held while another is pressed.
const MODIFIERS: usize = 4;

/// The code points of a key, or of several that are pressed together: modifiers, then one key.
///
/// # Errors
/// [`KeyError`] of the first name that no key has.
pub(crate) fn codes(written: &str) -> Result<String, KeyError> {
    // "Control++" is Control and plus.
    let (held, last) = match written.strip_suffix('+').map(|rest| rest.strip_suffix('+')) {
        Some(Some(held)) => (Some(held), "+"),
        Some(None) => (None, written),
        None => written
            .rsplit_once('+')
            .map_or((None, written), |(held, last)| (Some(held), last)),
    };
    let modifiers: Vec<char> = held
        .into_iter()
        .flat_map(|held| held.split('+'))
        .map(modifier)
        .collect::<Result<_, _>>()?;
    let is_shifted = modifiers.contains(&NAMES[0].1);
    let key = key(last)?;
    // "Control+S" is said of the key with that letter, which gives a small one.
    let key = if modifiers.is_empty() || is_shifted {
        key
    } else {
        key.to_lowercase().next().unwrap_or(key)
    };
    Ok(modifiers.into_iter().chain([key]).collect())
}

fn key(name: &str) -> Result<char, KeyError> {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => Ok(letter),
        _ => find(name, &NAMES),
    }
}

fn modifier(name: &str) -> Result<char, KeyError> {
    find(name, &NAMES[..MODIFIERS])
}

fn find(name: &str, among: &'static [(&'static str, char)]) -> Result<char, KeyError> {
    let found = among
        .iter()
        .find(|(known, _)| known.replace(' ', "") == name.replace(' ', ""));
    found.map(|(_, code)| *code).ok_or_else(|| KeyError {
        name: name.to_owned(),
        nearest: among
            .iter()
            .map(|(known, _)| *known)
            .max_by(|a, b| strsim::jaro_winkler(a, name).total_cmp(&strsim::jaro_winkler(b, name)))
            .unwrap_or("Enter"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_names_or_are_characters_alone_or_together() {
        for (written, pressed) in [
            ("Escape", "\u{e00c}"),
            ("a", "a"),
            ("A", "A"),
            ("+", "+"),
            ("ArrowDown", "\u{e015}"),
            ("Control+K", "\u{e009}k"),
            ("Control+Shift+K", "\u{e009}\u{e008}K"),
            ("Shift+Tab", "\u{e008}\u{e004}"),
            ("Control++", "\u{e009}+"),
        ] {
            assert_eq!(codes(written).as_deref(), Ok(pressed), "{written}");
        }
    }

    #[test]
    fn an_unknown_key_is_refused_with_the_nearest() {
        for (written, nearest) in [("Escap", "Escape"), ("Contrl+S", "Control"), ("Control+Entr", "Enter")] {
            let message = codes(written).unwrap_err().to_string();
            assert!(message.contains(&format!("did you mean {nearest:?}?")), "{message}");
        }
        assert!(codes("").is_err() && codes("S+Control").is_err());
    }
}
