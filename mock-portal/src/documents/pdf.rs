//! PDF: the document's facts, then its items and amounts as a table.

use std::sync::LazyLock;

use krilla::{
    Document as Pdf,
    color::rgb,
    geom::{PathBuilder, Point, Rect},
    metadata::Metadata,
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, FillRule},
    surface::Surface,
    text::{Font, TextDirection},
};
use ttf_parser::Face;

use super::document::{Document, NOTICE};
use crate::{language::Language, web::Failure};

// A4 in points, with the margins of a letter.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 56.0;
const RIGHT: f32 = WIDTH - MARGIN;
const BOTTOM: f32 = HEIGHT - 72.0;

const TEXT: f32 = 10.5;
const LEADING: f32 = 16.0;
/// Where the values of the facts begin, and how wide items may be beside their amounts.
const VALUES: f32 = MARGIN + 120.0;
const ITEMS: f32 = RIGHT - MARGIN - 130.0;

const INK: (u8, u8, u8) = (26, 34, 44);
const SOFT: (u8, u8, u8) = (84, 97, 112);
const DEEP: (u8, u8, u8) = (12, 61, 112);

/// A font, to draw with and to measure with. Glyphs the font lacks are drawn as boxes.
struct Typeface {
    font: Font,
    face: Face<'static>,
}

static REGULAR: LazyLock<Option<Typeface>> = LazyLock::new(|| Typeface::read(notosans::REGULAR_TTF));
static BOLD: LazyLock<Option<Typeface>> = LazyLock::new(|| Typeface::read(notosans::BOLD_TTF));

impl Typeface {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        Some(Self {
            font: Font::new(bytes.into(), 0)?,
            face: Face::parse(bytes, 0).ok()?,
        })
    }

    /// In points.
    fn width(&self, text: &str, size: f32) -> f32 {
        let advance = |c| {
            self.face
                .glyph_hor_advance(self.face.glyph_index(c).unwrap_or_default())
        };
        let units: f32 = text.chars().filter_map(advance).map(f32::from).sum();
        units * size / f32::from(self.face.units_per_em())
    }

    /// `text` in lines no wider than `room`, broken between words, and within a word only where it is too wide alone.
    fn lines(&self, text: &str, size: f32, room: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split_inclusive(' ') {
            let fits = |line: &str, more: &str| self.width(&format!("{line}{more}"), size) <= room;
            if lines
                .last()
                .is_some_and(|line| !line.is_empty() && !fits(line, word.trim_end()))
            {
                lines.push(String::new());
            }
            for c in word.chars() {
                let more = c.to_string();
                if lines
                    .last()
                    .is_some_and(|line| !line.is_empty() && c != ' ' && !fits(line, &more))
                {
                    lines.push(String::new());
                }
                if let Some(line) = lines.last_mut() {
                    line.push(c);
                }
            }
        }
        lines
    }
}

/// Whether the fonts have the language's letters. Noto Sans has none for Arabic; its documents are in English.
pub(super) fn can_write(language: &Language) -> bool {
    REGULAR.as_ref().is_some_and(|typeface| {
        language
            .t(NOTICE)
            .chars()
            .all(|c| typeface.face.glyph_index(c).is_some())
    })
}

pub(super) fn write(document: &Document) -> Result<Vec<u8>, Failure> {
    let missing = || Failure::File("the portal's own fonts cannot be read".to_owned());
    let regular = REGULAR.as_ref().ok_or_else(missing)?;
    let bold = BOLD.as_ref().ok_or_else(missing)?;
    let mut pdf = Pdf::new();
    let title = format!("{} {}", document.title, document.number);
    pdf.set_metadata(Metadata::new().title(title).language(document.language.code.to_owned()));
    let mut left = document.items.as_slice();
    let mut is_first = true;
    while is_first || !left.is_empty() {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| Failure::File("A4 is no page".to_owned()))?;
        let mut page = pdf.start_page_with(size);
        let mut sheet = Sheet {
            surface: page.surface(),
            regular,
            bold,
            y: MARGIN + 20.0,
        };
        if is_first {
            sheet.head(document);
        }
        left = sheet.table(document, left);
        sheet.y = HEIGHT - 40.0;
        sheet.write(MARGIN, &document.notice, (sheet.regular, 8.5, SOFT));
        drop(sheet);
        page.finish();
        is_first = false;
    }
    pdf.finish().map_err(|error| Failure::File(format!("{error:?}")))
}

type Style<'a> = (&'a Typeface, f32, (u8, u8, u8));

/// A page being filled from top to bottom.
struct Sheet<'a> {
    surface: Surface<'a>,
    regular: &'a Typeface,
    bold: &'a Typeface,
    /// The base line of what comes next.
    y: f32,
}

impl Sheet<'_> {
    fn head(&mut self, document: &Document) {
        self.write(MARGIN, &document.title, (self.bold, 20.0, DEEP));
        self.y += 30.0;
        for (column, value) in &document.facts {
            self.write(MARGIN, &column.label, (self.regular, TEXT, SOFT));
            for line in self.regular.lines(value, TEXT, RIGHT - VALUES) {
                self.write(VALUES, &line, (self.regular, TEXT, INK));
                self.y += LEADING;
            }
        }
        self.y += LEADING;
    }

    /// Writes as many items as the page holds, at least one, and returns the others.
    fn table<'d>(&mut self, document: &'d Document, items: &'d [(String, i64)]) -> &'d [(String, i64)] {
        let [item, amount] = document.item_and_amount();
        self.write(MARGIN, &item.label, (self.regular, 9.0, SOFT));
        self.write_to_the_right(
            &format!("{} ({})", amount.label, document.currency),
            (self.regular, 9.0, SOFT),
        );
        self.rule(1.0);
        for (at, (item, amount)) in items.iter().enumerate() {
            let is_total = at + 1 == items.len();
            let typeface = if is_total { self.bold } else { self.regular };
            let lines = typeface.lines(item, TEXT, ITEMS);
            let height = (1..=lines.len()).fold(0.0, |height, _| height + LEADING);
            if at > 0 && self.y + height > BOTTOM {
                return &items[at..];
            }
            for (line, text) in lines.iter().enumerate() {
                self.y += if line > 0 { LEADING } else { 0.0 };
                self.write(MARGIN, text, (typeface, TEXT, INK));
            }
            self.write_to_the_right(&document.language.amount(*amount), (typeface, TEXT, INK));
            self.rule(if at + 2 == items.len() { 1.0 } else { 0.4 });
        }
        &[]
    }

    fn write(&mut self, x: f32, text: &str, (typeface, size, color): Style) {
        self.surface.set_fill(Some(solid(color)));
        let direction = TextDirection::Auto;
        self.surface.draw_text(
            Point::from_xy(x, self.y),
            typeface.font.clone(),
            size,
            text,
            false,
            direction,
        );
    }

    fn write_to_the_right(&mut self, text: &str, style: Style) {
        self.write(RIGHT - style.0.width(text, style.1), text, style);
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

#[cfg(test)]
mod tests {
    use super::{super::document::tests::hostile, *};

    #[test]
    fn long_texts_are_broken_between_words_and_never_lost() {
        let face = REGULAR.as_ref().unwrap();
        let lines = face.lines("Madrid: fees for the renewal of registrations", TEXT, 100.0);
        assert!(lines.len() > 1 && lines.iter().all(|line| face.width(line.trim_end(), TEXT) <= 100.0));
        assert_eq!(lines.concat(), "Madrid: fees for the renewal of registrations");
        assert_eq!(face.lines(&"9".repeat(90), TEXT, 100.0).concat(), "9".repeat(90));
    }

    #[test]
    fn every_item_is_on_some_page() {
        let mut document = hostile();
        document.items = (0..200).map(|at| (format!("Item {at}."), at)).collect();
        let text = pdf_extract::extract_text_from_mem(&write(&document).unwrap()).unwrap();
        assert!((0..200).all(|at| text.contains(&format!("Item {at}."))), "{text}");
    }
}
