//! PDF: the document's facts, then its items and amounts as a table; mirrored for a language that runs from right to
//! left.

use krilla::{
    Document as Pdf,
    color::rgb,
    geom::{PathBuilder, Point, Rect},
    metadata::{Metadata, TextDirection as PageDirection},
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, FillRule, Stroke},
    surface::Surface,
    text::TextDirection,
};

use super::{
    document::{Document, NOTICE},
    typesetting::{TextLine, Typeface},
};
use crate::language::Language;

// A4 in points, with the margins of a letter.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 56.0;
const RIGHT: f32 = WIDTH - MARGIN;
const BOTTOM: f32 = HEIGHT - 72.0;

const TEXT: f32 = 10.5;
const LEADING: f32 = 16.0;
/// How far from the margin the values of the facts begin, and how wide items may be beside their amounts.
const VALUES: f32 = 120.0;
const ITEMS: f32 = RIGHT - MARGIN - 130.0;

const INK: (u8, u8, u8) = (26, 34, 44);
const SOFT: (u8, u8, u8) = (84, 97, 112);
const DEEP: (u8, u8, u8) = (12, 61, 112);

/// Whether the fonts have the language's letters. A document in another language is in English.
pub(super) fn can_write(language: &Language) -> bool {
    Typeface::regular().is_some_and(|typeface| typeface.has_all(language.t(NOTICE)))
}

/// Why a document cannot be written as PDF.
#[derive(Debug, thiserror::Error)]
pub(super) enum PdfError {
    #[error("the portal's own fonts cannot be read")]
    Fonts,
    #[error("the page size is invalid")]
    PageSize,
    #[error("krilla cannot write the document: {0:?}")]
    Krilla(krilla::error::KrillaError),
}

pub(super) fn write(document: &Document) -> Result<Vec<u8>, PdfError> {
    let regular = Typeface::regular().ok_or(PdfError::Fonts)?;
    let bold = Typeface::bold().ok_or(PdfError::Fonts)?;
    let is_rtl = document.language.is_rtl();
    let mut pdf = Pdf::new();
    let title = format!("{} {}", document.title, document.number);
    let direction = if is_rtl {
        PageDirection::RightToLeft
    } else {
        PageDirection::LeftToRight
    };
    let metadata = Metadata::new().title(title).text_direction(direction);
    pdf.set_metadata(metadata.language(document.language.code.to_owned()));
    let mut left = document.items.as_slice();
    let mut is_first = true;
    while is_first || !left.is_empty() {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or(PdfError::PageSize)?;
        let mut page = pdf.start_page_with(size);
        let mut sheet = Sheet {
            surface: page.surface(),
            regular,
            bold,
            is_rtl,
            y: MARGIN + 20.0,
        };
        if is_first {
            sheet.head(document);
        }
        left = sheet.table(document, left);
        sheet.y = HEIGHT - 40.0;
        sheet.write(0.0, &document.notice, (sheet.regular, 8.5, SOFT));
        drop(sheet);
        page.finish();
        is_first = false;
    }
    pdf.finish().map_err(PdfError::Krilla)
}

/// With what, how large in points, and in what colour.
type Style = (Typeface, f32, (u8, u8, u8));

/// A page being filled from top to bottom.
struct Sheet<'a> {
    surface: Surface<'a>,
    regular: Typeface,
    bold: Typeface,
    /// Whether lines begin at the right edge.
    is_rtl: bool,
    /// The base line of what comes next.
    y: f32,
}

impl Sheet<'_> {
    fn head(&mut self, document: &Document) {
        self.write(0.0, &document.title, (self.bold, 20.0, DEEP));
        self.y += 30.0;
        for (column, value) in &document.facts {
            self.write(0.0, &column.label, (self.regular, TEXT, SOFT));
            for line in self.regular.lines(value, (RIGHT - MARGIN - VALUES) / TEXT) {
                self.write_line(VALUES, &line, (TEXT, INK));
                self.y += LEADING;
            }
        }
        self.y += LEADING;
    }

    /// Writes as many items as the page holds, at least one, and returns the others.
    fn table<'d>(&mut self, document: &'d Document, items: &'d [(String, i64)]) -> &'d [(String, i64)] {
        let [item, amount] = document.item_and_amount();
        self.write(0.0, &item.label, (self.regular, 9.0, SOFT));
        let amount = format!("{} ({})", amount.label, document.currency);
        self.write_at_end(&amount, (self.regular, 9.0, SOFT));
        self.rule(1.0);
        for (at, (item, amount)) in items.iter().enumerate() {
            let is_total = at + 1 == items.len();
            let typeface = if is_total { self.bold } else { self.regular };
            let lines = typeface.lines(item, ITEMS / TEXT);
            let height = (1..=lines.len()).fold(0.0, |height, _| height + LEADING);
            if at > 0 && self.y + height > BOTTOM {
                return &items[at..];
            }
            for (number, line) in lines.iter().enumerate() {
                self.y += if number > 0 { LEADING } else { 0.0 };
                self.write_line(0.0, line, (TEXT, INK));
            }
            self.write_at_end(&document.language.amount(*amount), (typeface, TEXT, INK));
            self.rule(if at + 2 == items.len() { 1.0 } else { 0.4 });
        }
        &[]
    }

    /// Begins so far from the margin at which lines begin.
    fn write(&mut self, from_start: f32, text: &str, (typeface, size, color): Style) {
        self.write_line(from_start, &typeface.line(text), (size, color));
    }

    /// Ends at the margin at which lines end.
    fn write_at_end(&mut self, text: &str, (typeface, size, color): Style) {
        let line = typeface.line(text);
        let from_start = RIGHT - MARGIN - line.width() * size;
        self.write_line(from_start, &line, (size, color));
    }

    fn write_line(&mut self, from_start: f32, line: &TextLine, (size, color): (f32, (u8, u8, u8))) {
        let mut x = if self.is_rtl {
            RIGHT - from_start - line.width() * size
        } else {
            MARGIN + from_start
        };
        for run in &line.runs {
            let direction = if run.is_rtl {
                TextDirection::RightToLeft
            } else {
                TextDirection::LeftToRight
            };
            self.surface.set_fill(Some(solid(color)));
            self.surface
                .set_stroke(run.script.is_thickened.then(|| edge(color, size)));
            let (font, start) = (run.script.font.clone(), Point::from_xy(x, self.y));
            self.surface.draw_text(start, font, size, &run.text, false, direction);
            x += run.width * size;
        }
        self.surface.set_stroke(None);
    }

    /// A rule under the line just written; the next line goes under it.
    fn rule(&mut self, thickness: f32) {
        let mut path = PathBuilder::new();
        if let Some(rectangle) = Rect::from_xywh(MARGIN, self.y + 6.5, RIGHT - MARGIN, thickness) {
            path.push_rect(rectangle);
        }
        self.surface.set_fill(Some(solid(SOFT)));
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
        self.y += LEADING + 7.0;
    }
}

fn solid((red, green, blue): (u8, u8, u8)) -> Fill {
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::default(),
    }
}

/// What makes letters of `size` as thick as bold ones.
fn edge((red, green, blue): (u8, u8, u8), size: f32) -> Stroke {
    Stroke {
        paint: rgb::Color::new(red, green, blue).into(),
        width: size / 28.0,
        ..Stroke::default()
    }
}

#[cfg(test)]
mod tests {
    use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

    use super::{super::document::tests::hostile, *};

    /// What is written, and where from the left it stands, in points.
    #[derive(Default)]
    struct Places(Vec<(String, f64)>);

    impl OutputDev for Places {
        fn begin_page(&mut self, _: u32, _: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
            Ok(())
        }
        fn end_page(&mut self) -> Result<(), OutputError> {
            Ok(())
        }
        fn output_character(
            &mut self,
            place: &Transform,
            _: f64,
            _: f64,
            _: f64,
            letters: &str,
        ) -> Result<(), OutputError> {
            self.0.push((letters.to_owned(), place.m31));
            Ok(())
        }
        fn begin_word(&mut self) -> Result<(), OutputError> {
            Ok(())
        }
        fn end_word(&mut self) -> Result<(), OutputError> {
            Ok(())
        }
        fn end_line(&mut self) -> Result<(), OutputError> {
            Ok(())
        }
    }

    /// Of the one letter that is `wanted`.
    fn place_of(wanted: &str, language: &'static Language) -> f64 {
        let mut document = hostile();
        document.language = language;
        document.items = vec![("ق".to_owned(), 700), ("Total".to_owned(), 800)];
        let bytes = write(&document).unwrap();
        let mut places = Places::default();
        pdf_extract::output_doc(&pdf_extract::Document::load_mem(&bytes).unwrap(), &mut places).unwrap();
        let mut found = places.0.iter().filter(|(letters, _)| letters == wanted);
        found.next_back().map(|(_, place)| *place).unwrap()
    }

    #[test]
    fn columns_run_as_the_language_does() {
        let [english, arabic] = ["en", "ar"].map(|code| Language::find(code).unwrap());
        let middle = f64::from(WIDTH) / 2.0;
        assert!(place_of("ق", english) < middle && place_of("8", english) > middle);
        assert!(place_of("ق", arabic) > middle && place_of("8", arabic) < middle);
    }

    #[test]
    fn every_item_is_on_some_page() {
        let mut document = hostile();
        document.items = (0..200).map(|at| (format!("Item {at}."), at)).collect();
        let text = pdf_extract::extract_text_from_mem(&write(&document).unwrap()).unwrap();
        assert!((0..200).all(|at| text.contains(&format!("Item {at}."))), "{text}");
    }
}
