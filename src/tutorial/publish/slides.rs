//! `slides.pptx`: a slide for each scene, with the clean screenshot, annotations that can be edited, and the narration as notes.
//!
//! Office Open XML, Part 1 (ECMA-376). Lengths are in English Metric Units: 914,400 to the inch.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "lengths are rounded to units of which an inch has 914,400"
)]

use std::path::Path;

use askama::Template;

use super::each::for_each;
use super::error::PublishError;
use super::html::direction;
use super::package::{Package, Properties, xml_text};
use super::screenshot::Screenshot;
use super::step::Step;
use crate::picture::marks::{ARROW, BADGE_RADIUS, Outline, Placed, Pointer, STROKE};
use crate::tutorial::alt;
use crate::tutorial::manifest::{Manifest, Viewport};
use crate::tutorial::narration::plain;

/// Slides are 13⅓ by 7½ inches: 16 to 9.
const SLIDE: (i64, i64) = (12_192_000, 6_858_000);
/// What a slide keeps free at its left, its right and its bottom.
const MARGIN: i64 = 457_200;
/// Below the title.
const PICTURE_TOP: i64 = 1_143_000;
const LEGEND_HEIGHT: i64 = 411_480;
/// Units of a point, in which text is measured.
const POINT: f64 = 12_700.;

#[derive(Template)]
#[template(path = "slides/content-types.xml")]
struct ContentTypes {
    slides: usize,
}

#[derive(Template)]
#[template(path = "slides/presentation.xml")]
struct Presentation {
    slides: usize,
    width: i64,
    height: i64,
}

#[derive(Template)]
#[template(path = "slides/presentation-relations.xml")]
struct PresentationRelations {
    slides: usize,
}

#[derive(Template)]
#[template(path = "slides/title-slide.xml")]
struct TitleSlide<'a> {
    title: String,
    introduction: Vec<String>,
    language: &'a str,
    is_right_to_left: bool,
}

#[derive(Template)]
#[template(path = "slides/slide.xml")]
struct Slide<'a> {
    title: String,
    language: &'a str,
    is_right_to_left: bool,
    /// Name of the screenshot, by which it is found again.
    picture: &'a str,
    alt: String,
    place: Place,
    outlines: Vec<Shape>,
    badges: Vec<Badge>,
    pointers: Vec<Arrow>,
    legend: Option<(Place, String)>,
}

#[derive(Template)]
#[template(path = "slides/slide-relations.xml")]
struct SlideRelations {
    number: usize,
    picture: Option<usize>,
}

#[derive(Template)]
#[template(path = "slides/notes.xml")]
struct Notes<'a> {
    paragraphs: Vec<String>,
    language: &'a str,
    is_right_to_left: bool,
}

#[derive(Template)]
#[template(path = "slides/notes-relations.xml")]
struct NotesRelations {
    number: usize,
}

/// A rectangle on a slide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    x: i64,
    y: i64,
    width: i64,
    height: i64,
}

struct Shape {
    place: Place,
    /// Of its corners, in 100,000ths of its shorter side.
    rounding: i64,
    stroke: i64,
}

struct Badge {
    place: Place,
    number: u32,
    /// In hundredths of a point.
    text: i64,
}

struct Arrow {
    place: Place,
    /// Corners, from the upper left of its place.
    corners: Vec<(i64, i64)>,
    stroke: i64,
}

/// The parts that are the same in every presentation.
const FIXED: [(&str, &str); 9] = [
    ("_rels/.rels", include_str!("../../../templates/slides/relations.xml")),
    (
        "docProps/app.xml",
        include_str!("../../../templates/slides/application.xml"),
    ),
    (
        "ppt/theme/theme1.xml",
        include_str!("../../../templates/slides/theme.xml"),
    ),
    (
        "ppt/theme/theme2.xml",
        include_str!("../../../templates/slides/theme.xml"),
    ),
    (
        "ppt/slideMasters/slideMaster1.xml",
        include_str!("../../../templates/slides/master.xml"),
    ),
    (
        "ppt/slideMasters/_rels/slideMaster1.xml.rels",
        include_str!("../../../templates/slides/master-relations.xml"),
    ),
    (
        "ppt/slideLayouts/slideLayout1.xml",
        include_str!("../../../templates/slides/layout-title.xml"),
    ),
    (
        "ppt/slideLayouts/slideLayout2.xml",
        include_str!("../../../templates/slides/layout-step.xml"),
    ),
    (
        "ppt/notesMasters/notesMaster1.xml",
        include_str!("../../../templates/slides/notes-master.xml"),
    ),
];
const LAYOUT_RELATIONS: &str = include_str!("../../../templates/slides/layout-relations.xml");
const NOTES_MASTER_RELATIONS: &str = include_str!("../../../templates/slides/notes-master-relations.xml");

/// The whole presentation.
pub(super) fn presentation(manifest: &Manifest, steps: &[Step<'_>], pictures: &Path) -> Result<Vec<u8>, PublishError> {
    let mut package = Package::new();
    let mut add = |name: &str, bytes: &[u8]| package.add(name, bytes).map_err(PublishError::Package);
    let slides = steps.len() + 1;
    let (width, height) = SLIDE;
    let language = manifest.language.as_str();
    add("[Content_Types].xml", ContentTypes { slides }.render()?.as_bytes())?;
    for (name, part) in FIXED {
        add(name, part.as_bytes())?;
    }
    for layout in ["1", "2"] {
        add(
            &format!("ppt/slideLayouts/_rels/slideLayout{layout}.xml.rels"),
            LAYOUT_RELATIONS.as_bytes(),
        )?;
    }
    add(
        "ppt/notesMasters/_rels/notesMaster1.xml.rels",
        NOTES_MASTER_RELATIONS.as_bytes(),
    )?;
    let title = xml_text(&manifest.title);
    add(
        "docProps/core.xml",
        Properties {
            title: &title,
            language,
        }
        .render()?
        .as_bytes(),
    )?;
    add(
        "ppt/presentation.xml",
        Presentation { slides, width, height }.render()?.as_bytes(),
    )?;
    add(
        "ppt/_rels/presentation.xml.rels",
        PresentationRelations { slides }.render()?.as_bytes(),
    )?;
    let is_right_to_left = direction(language) == "rtl";
    let introduction = paragraphs(&manifest.introduction);
    let first = TitleSlide {
        title,
        introduction: introduction.clone(),
        language,
        is_right_to_left,
    };
    let mut parts = vec![(first.render()?, None, introduction)];
    let drawn = for_each(steps, |step| {
        let screenshot = Screenshot::read(step, manifest.viewport, pictures)?;
        let slide = slide(step, &screenshot, manifest, is_right_to_left);
        Ok((slide.render()?, screenshot.clean_png(step)))
    })?;
    for (step, (slide, png)) in drawn {
        add(&format!("ppt/media/image{}.png", step.number), &png)?;
        parts.push((slide, Some(step.number), notes(step)));
    }
    for (number, (slide, picture, paragraphs)) in (1..).zip(parts) {
        let notes = Notes {
            paragraphs,
            language,
            is_right_to_left,
        };
        add(&format!("ppt/slides/slide{number}.xml"), slide.as_bytes())?;
        let relations = SlideRelations { number, picture }.render()?;
        add(
            &format!("ppt/slides/_rels/slide{number}.xml.rels"),
            relations.as_bytes(),
        )?;
        add(
            &format!("ppt/notesSlides/notesSlide{number}.xml"),
            notes.render()?.as_bytes(),
        )?;
        let relations = NotesRelations { number }.render()?;
        add(
            &format!("ppt/notesSlides/_rels/notesSlide{number}.xml.rels"),
            relations.as_bytes(),
        )?;
    }
    package.finish().map_err(PublishError::Package)
}

/// Plain paragraphs, one for each line.
fn paragraphs(text: &str) -> Vec<String> {
    let lines = plain(text);
    lines.lines().filter(|line| !line.is_empty()).map(xml_text).collect()
}

/// The narration, then what the numbers mean.
fn notes(step: &Step<'_>) -> Vec<String> {
    let mut paragraphs = paragraphs(&step.scene.narration);
    paragraphs.extend(legend(step).map(|legend| xml_text(&legend)));
    paragraphs
}

/// What the numbers on the screenshot mean, in a line; none where there are no numbers.
fn legend(step: &Step<'_>) -> Option<String> {
    let targets = &step.scene.targets;
    let entries = (1..)
        .zip(alt::legend(targets))
        .map(|(number, entry)| format!("{number}  {entry}"));
    (targets.len() > 1).then(|| entries.collect::<Vec<_>>().join("     "))
}

fn slide<'a>(step: &Step<'a>, screenshot: &Screenshot, manifest: &'a Manifest, is_right_to_left: bool) -> Slide<'a> {
    let legend = legend(step);
    let place = picture_place(manifest.viewport, legend.is_some());
    let Placed {
        outlines,
        badges,
        pointers,
    } = screenshot.placed(manifest.viewport);
    let to_slide = ToSlide {
        place,
        unit: place.width as f64 / f64::from(manifest.viewport.width.max(1)),
    };
    Slide {
        title: xml_text(&format!("{}. {}", step.number, alt::summary(&step.scene.narration))),
        language: &manifest.language,
        is_right_to_left,
        picture: &step.scene.picture,
        alt: xml_text(&step.scene.alt),
        place,
        outlines: outlines.iter().map(|outline| to_slide.outline(outline)).collect(),
        badges: badges
            .iter()
            .map(|badge| to_slide.badge(badge.number, badge.x, badge.y))
            .collect(),
        pointers: pointers.iter().map(|pointer| to_slide.pointer(pointer)).collect(),
        legend: legend.map(|text| {
            let below = Place {
                x: MARGIN,
                y: place.y + place.height + 45_720,
                width: SLIDE.0 - 2 * MARGIN,
                height: LEGEND_HEIGHT,
            };
            (below, xml_text(&text))
        }),
    }
}

/// As large as it goes, in the middle.
fn picture_place(viewport: Viewport, has_legend: bool) -> Place {
    let bottom = if has_legend { LEGEND_HEIGHT + 91_440 } else { MARGIN / 2 };
    let (room_x, room_y) = (SLIDE.0 - 2 * MARGIN, SLIDE.1 - PICTURE_TOP - bottom);
    let (width, height) = (f64::from(viewport.width.max(1)), f64::from(viewport.height.max(1)));
    let unit = (room_x as f64 / width).min(room_y as f64 / height);
    let (width, height) = ((width * unit).round() as i64, (height * unit).round() as i64);
    Place {
        x: (SLIDE.0 - width) / 2,
        y: PICTURE_TOP,
        width,
        height,
    }
}

/// From CSS pixels of the screenshot to the slide.
struct ToSlide {
    place: Place,
    /// Of a CSS pixel.
    unit: f64,
}

impl ToSlide {
    fn length(&self, pixels: f64) -> i64 {
        (pixels * self.unit).round() as i64
    }

    fn place(&self, x: f64, y: f64, width: f64, height: f64) -> Place {
        Place {
            x: self.place.x + self.length(x),
            y: self.place.y + self.length(y),
            width: self.length(width),
            height: self.length(height),
        }
    }

    fn outline(&self, Outline { area, radius }: &Outline) -> Shape {
        let shorter = area.width.min(area.height).max(1.);
        Shape {
            place: self.place(area.x, area.y, area.width, area.height),
            rounding: ((radius / shorter).clamp(0., 0.5) * 1e5).round() as i64,
            stroke: self.length(STROKE),
        }
    }

    fn badge(&self, number: u32, x: f64, y: f64) -> Badge {
        let side = 2. * BADGE_RADIUS;
        // Three digits and more need smaller ones.
        let digits = number.to_string().len().max(2) as f64;
        let text = self.length(BADGE_RADIUS * 2.4 / digits) as f64 / POINT * 100.;
        Badge {
            place: self.place(x - BADGE_RADIUS, y - BADGE_RADIUS, side, side),
            number,
            text: (text.round() as i64).max(100),
        }
    }

    fn pointer(&self, pointer: &Pointer) -> Arrow {
        let [width, height] = ARROW.iter().fold([0_f64, 0.], |[width, height], (x, y)| {
            [width.max(f64::from(*x)), height.max(f64::from(*y))]
        });
        let left = if pointer.mirrored { pointer.x - width } else { pointer.x };
        let across = |x: f32| {
            if pointer.mirrored {
                width - f64::from(x)
            } else {
                f64::from(x)
            }
        };
        Arrow {
            place: self.place(left, pointer.y, width, height),
            corners: ARROW
                .iter()
                .map(|(x, y)| (self.length(across(*x)), self.length(f64::from(*y))))
                .collect(),
            stroke: self.length(1.5),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEWPORT: Viewport = Viewport {
        width: 1280,
        height: 800,
        scale: 2.,
    };

    #[test]
    fn a_screenshot_fills_the_slide_and_keeps_its_proportions() {
        for (has_legend, tall) in [(false, 800), (true, 800), (true, 4000)] {
            let viewport = Viewport {
                height: tall,
                ..VIEWPORT
            };
            let place = picture_place(viewport, has_legend);
            let proportion = place.width as f64 / place.height as f64;
            assert!((proportion - 1280. / f64::from(tall)).abs() < 1e-4, "{place:?}");
            assert!(place.x >= MARGIN && place.y + place.height <= SLIDE.1, "{place:?}");
        }
    }

    #[test]
    fn a_mirrored_pointer_keeps_its_tip_at_the_target() {
        let to_slide = ToSlide {
            place: Place {
                x: 100,
                y: 200,
                width: 12_800,
                height: 8_000,
            },
            unit: 10.,
        };
        for mirrored in [false, true] {
            let arrow = to_slide.pointer(&Pointer {
                x: 50.,
                y: 60.,
                mirrored,
            });
            let tip = (arrow.place.x + arrow.corners[0].0, arrow.place.y + arrow.corners[0].1);
            assert_eq!(tip, (600, 800));
        }
    }
}
