//! Text for pages of PDF: shaped, broken into lines, and each line's parts in the order in which they stand from left
//! to right.
//!
//! What runs from right to left, and numbers and Latin words within it, is put in order by the Unicode Bidirectional
//! Algorithm (UAX #9). A text's own first letter says which way it runs, as `dir="auto"` does on the portal's pages.

use std::{ops::Range, sync::LazyLock};

use krilla::text::Font;
use rustybuzz::{Direction, Face, UnicodeBuffer};
use unicode_bidi::{Level, ParagraphBidiInfo};

static LATIN: LazyLock<Option<ScriptFont>> = LazyLock::new(|| ScriptFont::read(notosans::REGULAR_TTF, false));
static LATIN_BOLD: LazyLock<Option<ScriptFont>> = LazyLock::new(|| ScriptFont::read(notosans::BOLD_TTF, false));
static ARABIC: LazyLock<Option<ScriptFont>> = LazyLock::new(|| ScriptFont::read(uzor_fonts::NOTO_SANS_ARABIC, false));
static ARABIC_BOLD: LazyLock<Option<ScriptFont>> =
    LazyLock::new(|| ScriptFont::read(uzor_fonts::NOTO_SANS_ARABIC, true));

/// A font file, to draw with and to shape and measure with.
pub(super) struct ScriptFont {
    pub font: Font,
    /// Whether its letters are drawn thicker than they are, for want of a bold font.
    pub is_thickened: bool,
    face: Face<'static>,
}

impl ScriptFont {
    fn read(bytes: &'static [u8], is_thickened: bool) -> Option<Self> {
        Some(Self {
            font: Font::new(bytes.into(), 0)?,
            is_thickened,
            face: Face::from_slice(bytes, 0)?,
        })
    }

    fn has(&self, c: char) -> bool {
        is_unseen(c) || self.face.glyph_index(c).is_some()
    }

    /// In parts of the font's size.
    fn width(&self, text: &str, is_rtl: bool) -> f32 {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(if is_rtl {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        });
        let shaped = rustybuzz::shape(&self.face, &[], buffer);
        #[allow(clippy::cast_precision_loss, reason = "advances are small numbers")]
        let units: f32 = shaped
            .glyph_positions()
            .iter()
            .map(|glyph| glyph.x_advance as f32)
            .sum();
        #[allow(clippy::cast_precision_loss, reason = "1000 or 2048")]
        let em = self.face.units_per_em() as f32;
        units / em
    }
}

/// A weight, in every script the portal's languages are written in.
#[derive(Clone, Copy)]
pub(super) struct Typeface {
    /// Latin, which draws a box for a letter that none has, and Arabic.
    scripts: [&'static ScriptFont; 2],
}

/// What is written in one go: one script, one direction.
pub(super) struct Run {
    pub script: &'static ScriptFont,
    pub text: String,
    pub is_rtl: bool,
    /// In parts of the font's size.
    pub width: f32,
}

/// Runs from left to right, whichever way they are read.
pub(super) struct TextLine {
    pub runs: Vec<Run>,
}

impl TextLine {
    /// In parts of the font's size.
    pub(super) fn width(&self) -> f32 {
        self.runs.iter().map(|run| run.width).sum()
    }
}

impl Typeface {
    /// `None` only where the portal's own fonts cannot be read.
    pub(super) fn regular() -> Option<Self> {
        Some(Self {
            scripts: [LATIN.as_ref()?, ARABIC.as_ref()?],
        })
    }

    /// As [`Self::regular`].
    pub(super) fn bold() -> Option<Self> {
        Some(Self {
            scripts: [LATIN_BOLD.as_ref()?, ARABIC_BOLD.as_ref()?],
        })
    }

    /// Whether it has every letter of `text`.
    pub(super) fn has_all(self, text: &str) -> bool {
        text.chars().all(|c| self.scripts.iter().any(|script| script.has(c)))
    }

    /// `text` as one line, however long.
    pub(super) fn line(self, text: &str) -> TextLine {
        self.ordered(&ParagraphBidiInfo::new(text, None), text, 0..text.len())
    }

    /// `text` in lines no wider than `room` (in parts of the font's size), broken between words, and within a word only
    /// where it is too wide alone.
    pub(super) fn lines(self, text: &str, room: f32) -> Vec<TextLine> {
        let info = ParagraphBidiInfo::new(text, None);
        self.breaks(text, room)
            .into_iter()
            .map(|line| self.ordered(&info, text, line))
            .collect()
    }

    fn breaks(self, text: &str, room: f32) -> Vec<Range<usize>> {
        let mut lines = vec![Range::<usize>::default()];
        let mut used = 0.0;
        let mut add = |piece: &str, counts: &str| {
            let width = self.width(counts);
            if let Some(line) = lines.last_mut() {
                let end = line.end + piece.len();
                if line.start == line.end || used + width <= room {
                    line.end = end;
                    used += self.width(piece);
                } else {
                    let start = line.end;
                    lines.push(start..end);
                    used = self.width(piece);
                }
            }
        };
        for word in text.split_inclusive(' ') {
            if self.width(word.trim_end()) <= room {
                add(word, word.trim_end());
                continue;
            }
            for (at, c) in word.char_indices() {
                let letter = &word[at..at + c.len_utf8()];
                add(letter, letter.trim_end());
            }
        }
        lines
    }

    fn width(self, text: &str) -> f32 {
        self.line(text).width()
    }

    fn ordered(self, info: &ParagraphBidiInfo, text: &str, line: Range<usize>) -> TextLine {
        if line.is_empty() {
            return TextLine { runs: Vec::new() };
        }
        let (levels, runs) = info.visual_runs(line);
        let one_way = |range: Range<usize>| self.in_scripts(&text[range.clone()], levels.get(range.start));
        TextLine {
            runs: runs.into_iter().flat_map(one_way).collect(),
        }
    }

    /// A text of one direction in its scripts, from left to right.
    fn in_scripts(self, text: &str, level: Option<&Level>) -> Vec<Run> {
        let is_rtl = level.is_some_and(Level::is_rtl);
        let mut runs: Vec<Run> = Vec::new();
        for c in text.chars().filter(|c| !is_unseen(*c)) {
            match runs.last_mut() {
                Some(run) if run.script.has(c) => run.text.push(c),
                _ => runs.push(Run {
                    script: self
                        .scripts
                        .into_iter()
                        .find(|script| script.has(c))
                        .unwrap_or(self.scripts[0]),
                    text: c.into(),
                    is_rtl,
                    width: 0.0,
                }),
            }
        }
        for run in &mut runs {
            run.width = run.script.width(&run.text, is_rtl);
        }
        if is_rtl {
            runs.reverse();
        }
        runs
    }
}

/// Marks that only say which way text runs (UAX #9, 2): they have done so once the text is in order.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regular() -> Typeface {
        Typeface::regular().unwrap()
    }

    fn text_of(line: &TextLine) -> String {
        line.runs.iter().map(|run| run.text.as_str()).collect()
    }

    #[test]
    fn long_texts_are_broken_between_words_and_never_lost() {
        for text in [
            "Madrid: fees for the renewal of registrations",
            "أُعدّت هذه الوثيقة في بوابة تدريبية من أرقام مختلقة",
            &"9".repeat(90),
        ] {
            let lines = regular().lines(text, 9.0);
            assert!(lines.len() > 1);
            // A space at a line's end takes no room.
            assert!(lines.iter().all(|line| line.width() < 9.4), "{text}");
            assert_eq!(lines.iter().map(text_of).collect::<Vec<_>>().concat(), text);
        }
    }

    #[test]
    fn numbers_and_latin_words_keep_their_order_within_arabic() {
        let line = regular().line("رسوم (PCT) 12.50");
        let runs = line.runs.iter().map(|run| (run.text.as_str(), run.is_rtl));
        assert_eq!(
            runs.collect::<Vec<_>>(),
            [
                ("12.50", false),
                (") ", true),
                ("PCT", false),
                ("(", true),
                ("رسوم ", true)
            ]
        );
    }

    #[test]
    fn a_line_runs_the_way_its_text_does_not_the_way_it_begins() {
        let lines = regular().lines("مكتب arcadia", 3.5);
        assert_eq!(lines.len(), 2);
        let lines = regular().lines("مكتب PCT: رسوم", 4.5);
        let last = lines.last().unwrap();
        assert!(
            last.runs[0].is_rtl && !last.runs[last.runs.len() - 1].is_rtl,
            "the Latin word stands to the right"
        );
    }

    #[test]
    fn arabic_letters_join() {
        let script = ARABIC.as_ref().unwrap();
        let alone: f32 = "مكتب".chars().map(|c| script.width(&c.to_string(), true)).sum();
        assert!(script.width("مكتب", true) < 0.9 * alone);
    }

    #[test]
    fn brackets_turn_round_with_the_text() {
        let line = regular().line("(مكتب)");
        let runs = line.runs.iter().map(|run| (run.text.as_str(), run.is_rtl));
        // The shaper mirrors what runs from right to left.
        assert_eq!(runs.collect::<Vec<_>>(), [(")", true), ("مكتب", true), ("(", true)]);
    }

    #[test]
    fn marks_of_direction_are_not_drawn() {
        assert_eq!(
            text_of(&regular().line("\u{2068}\u{200e}-1,000.00\u{2069}")),
            "-1,000.00"
        );
        assert!(!regular().has_all("条"));
    }
}
