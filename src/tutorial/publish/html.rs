//! `index.html`: the tutorial as one page that needs nothing but the pictures beside it.

use askama::Template;

use crate::tutorial::manifest::Manifest;
use crate::tutorial::narration::{Block, blocks};

use super::close_up;
use super::step::Step;
use super::text::{self, address};
use crate::tutorial::alt;

#[derive(Template)]
#[template(path = "tutorial.html")]
struct Page<'a> {
    title: &'a str,
    language: &'a str,
    direction: &'static str,
    /// Of pictures on the page, in CSS pixels.
    width: u32,
    height: u32,
    introduction: Vec<Block>,
    steps: Vec<StepOnPage<'a>>,
}

struct StepOnPage<'a> {
    number: usize,
    entry: String,
    narration: Vec<Block>,
    picture: String,
    alt: &'a str,
    /// Address, width and height (in CSS pixels) of the picture for narrow screens.
    close_up: Option<(String, f64, f64)>,
    /// What the numbers on the picture mean; empty where there are none.
    legend: Vec<String>,
}

/// The whole page.
pub fn page(manifest: &Manifest, steps: &[Step<'_>]) -> Result<String, askama::Error> {
    Page {
        title: &manifest.title,
        language: &manifest.language,
        direction: direction(&manifest.language),
        width: manifest.viewport.width,
        height: manifest.viewport.height,
        introduction: blocks(&manifest.introduction),
        steps: steps.iter().map(on_page).collect(),
    }
    .render()
}

fn on_page<'a>(step: &Step<'a>) -> StepOnPage<'a> {
    let targets = &step.scene.targets;
    StepOnPage {
        number: step.number,
        entry: alt::summary(&step.scene.narration),
        narration: blocks(&step.scene.narration),
        picture: address(&step.picture),
        alt: &step.scene.alt,
        close_up: step.close_up.as_ref().map(|close_up| {
            let (width, height) = close_up::size(&close_up.panels);
            (address(&close_up.picture), width.round(), height.round())
        }),
        legend: if targets.len() > 1 {
            alt::legend(targets)
        } else {
            Vec::new()
        },
    }
}

/// Which way a language is written.
pub(super) fn direction(language: &str) -> &'static str {
    match language.split('-').next() {
        Some("ar" | "fa" | "he" | "ur") => "rtl",
        _ => "ltr",
    }
}
