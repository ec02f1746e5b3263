//! Text that shows whatever it holds: a name with characters of no width looks like another one, and marks for the
//! direction turn round what stands beside it.

use icu_properties::{
    CodePointMapData, CodePointSetData,
    props::{DefaultIgnorableCodePoint, GeneralCategory},
};

/// Whether all of `text` can be seen, and some of it is a letter.
pub(super) fn is_seen_whole(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let is_seen = |(at, letter): (usize, &char)| !is_invisible(*letter) || is_joining(&letters, at);
    letters.iter().enumerate().all(is_seen)
        && letters
            .iter()
            .any(|letter| letter.is_alphabetic() && !is_invisible(*letter))
}

/// Formats, separators of lines, and what is drawn as nothing: some of it are letters, of Korean for example.
fn is_invisible(letter: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(letter);
    let is_ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(letter);
    is_ignorable
        || matches!(
            category,
            GeneralCategory::Format
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
                | GeneralCategory::PrivateUse
                | GeneralCategory::Unassigned
        )
}

/// A joiner or non-joiner inside of a word changes how its neighbours are written (Unicode 23.2): Persian and the scripts
/// of India need them.
fn is_joining(letters: &[char], at: usize) -> bool {
    let is_of_word = |at: Option<usize>| {
        at.and_then(|at| letters.get(at))
            .is_some_and(|letter| !letter.is_ascii() && !letter.is_whitespace() && !is_invisible(*letter))
    };
    matches!(letters[at], '\u{200c}' | '\u{200d}') && is_of_word(at.checked_sub(1)) && is_of_word(at.checked_add(1))
}
