//! `handout.docx`: a Word document with a heading for each step, its narration and its annotated screenshot.
//!
//! Office Open XML, Part 1 (ECMA-376). Lengths of pictures are in English Metric Units: 36,000 to the millimetre.

#![allow(
    clippy::cast_possible_truncation,
    reason = "lengths are rounded to units of which a millimetre has 36,000"
)]

use std::path::Path;

use askama::Template;

use super::each::for_each;
use super::error::PublishError;
use super::html::direction;
use super::package::{Package, Properties, xml_text};
use super::screenshot::Screenshot;
use super::step::Step;
use super::text::{Piece, pieces};
use crate::picture::draw_marks;
use crate::tutorial::alt;
use crate::tutorial::manifest::{Manifest, Viewport};
use crate::tutorial::narration::{Block, blocks};

/// Room for a screenshot: two steps with a short narration fit on a page of A4.
const ROOM: (f64, f64) = (148. * 36_000., 100. * 36_000.);
/// The list that has bullets; those with numbers follow.
const BULLETS: usize = 1;

#[derive(Template)]
#[template(path = "document/document.xml")]
struct Document<'a> {
    title: String,
    language: &'a str,
    is_right_to_left: bool,
    introduction: Vec<ParagraphInDocument>,
    steps: Vec<StepInDocument<'a>>,
}

struct StepInDocument<'a> {
    number: usize,
    heading: String,
    narration: Vec<ParagraphInDocument>,
    /// Name of the screenshot, by which it is found again.
    picture: &'a str,
    alt: String,
    width: i64,
    height: i64,
    /// What the numbers on the screenshot mean.
    legend: Vec<String>,
}

struct ParagraphInDocument {
    /// Which list it is an item of.
    list: Option<usize>,
    pieces: Vec<PieceInDocument>,
}

enum PieceInDocument {
    Words(String),
    Bold(String),
    Link { number: usize, address: String },
}

#[derive(Template)]
#[template(path = "document/numbering.xml")]
struct Numbering<'a> {
    /// The number at which each numbered list begins.
    lists: &'a [usize],
}

#[derive(Template)]
#[template(path = "document/document-relations.xml")]
struct Relations<'a> {
    pictures: usize,
    links: &'a [String],
}

/// The parts that are the same in every document.
const FIXED: [(&str, &str); 5] = [
    (
        "[Content_Types].xml",
        include_str!("../../../templates/document/content-types.xml"),
    ),
    ("_rels/.rels", include_str!("../../../templates/document/relations.xml")),
    (
        "word/styles.xml",
        include_str!("../../../templates/document/styles.xml"),
    ),
    (
        "word/settings.xml",
        include_str!("../../../templates/document/settings.xml"),
    ),
    (
        "word/footer1.xml",
        include_str!("../../../templates/document/footer.xml"),
    ),
];

/// The whole document.
pub(super) fn document(manifest: &Manifest, steps: &[Step<'_>], pictures: &Path) -> Result<Vec<u8>, PublishError> {
    let drawn = for_each(steps, |step| {
        let Screenshot { png, picture, marks } = Screenshot::read(step, manifest.viewport, pictures)?;
        let annotated = || draw_marks(&picture, manifest.viewport.scale, &marks).encode();
        Ok(if marks.is_empty() { png } else { annotated() })
    })?;
    let mut resources = Resources::default();
    let document = Document {
        title: xml_text(&manifest.title),
        language: &manifest.language,
        is_right_to_left: direction(&manifest.language) == "rtl",
        introduction: resources.paragraphs(&manifest.introduction),
        steps: steps
            .iter()
            .map(|step| in_document(step, manifest.viewport, &mut resources))
            .collect(),
    };
    let mut package = Package::new();
    let mut add = |name: &str, bytes: &[u8]| package.add(name, bytes).map_err(PublishError::Package);
    for (name, part) in FIXED {
        add(name, part.as_bytes())?;
    }
    let properties = Properties {
        title: &document.title,
        language: document.language,
    };
    let relations = Relations {
        pictures: steps.len(),
        links: &resources.links,
    };
    let lists = &resources.lists;
    add("docProps/core.xml", properties.render()?.as_bytes())?;
    add("word/document.xml", document.render()?.as_bytes())?;
    add("word/numbering.xml", Numbering { lists }.render()?.as_bytes())?;
    add("word/_rels/document.xml.rels", relations.render()?.as_bytes())?;
    for (step, png) in drawn {
        add(&format!("word/media/image{}.png", step.number), &png)?;
    }
    package.finish().map_err(PublishError::Package)
}

fn in_document<'a>(step: &Step<'a>, viewport: Viewport, resources: &mut Resources) -> StepInDocument<'a> {
    let targets = &step.scene.targets;
    let (width, height) = (f64::from(viewport.width.max(1)), f64::from(viewport.height.max(1)));
    let unit = (ROOM.0 / width).min(ROOM.1 / height);
    let legend = (1..)
        .zip(alt::legend(targets))
        .map(|(number, entry)| xml_text(&format!("{number}  {entry}")));
    StepInDocument {
        number: step.number,
        heading: xml_text(&format!("{}. {}", step.number, alt::summary(&step.scene.narration))),
        narration: resources.paragraphs(&step.scene.narration),
        picture: &step.scene.picture,
        alt: xml_text(&step.scene.alt),
        width: (width * unit).round() as i64,
        height: (height * unit).round() as i64,
        legend: if targets.len() > 1 {
            legend.collect()
        } else {
            Vec::new()
        },
    }
}

/// What stands outside of the text and is referred to by number.
#[derive(Default)]
struct Resources {
    links: Vec<String>,
    /// The number at which each numbered list begins.
    lists: Vec<usize>,
}

impl Resources {
    fn paragraphs(&mut self, text: &str) -> Vec<ParagraphInDocument> {
        blocks(text)
            .into_iter()
            .flat_map(|block| self.paragraphs_of(block))
            .collect()
    }

    fn paragraphs_of(&mut self, block: Block) -> Vec<ParagraphInDocument> {
        let (list, texts) = match block {
            Block::Paragraph(text) => (None, vec![text]),
            Block::List { first: None, items } => (Some(BULLETS), items),
            Block::List {
                first: Some(first),
                items,
            } => {
                self.lists.push(first);
                (Some(BULLETS + self.lists.len()), items)
            }
        };
        let paragraph = |text: String| ParagraphInDocument {
            list,
            pieces: pieces(&text).into_iter().map(|piece| self.piece(&piece)).collect(),
        };
        texts.into_iter().map(paragraph).collect()
    }

    fn piece(&mut self, piece: &Piece<'_>) -> PieceInDocument {
        match piece {
            Piece::Words(words) => PieceInDocument::Words(xml_text(words)),
            Piece::Bold(words) => PieceInDocument::Bold(xml_text(words)),
            Piece::Link(address) => {
                self.links.push(xml_text(address));
                PieceInDocument::Link {
                    number: self.links.len(),
                    address: xml_text(address),
                }
            }
        }
    }
}
