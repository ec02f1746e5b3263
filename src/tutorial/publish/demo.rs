//! `demo.html`: the learner clicks through the tutorial on its clean screenshots. One file that asks for nothing else.

use std::path::Path;

use askama::Template;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::each::for_each;
use super::error::PublishError;
use super::html::direction;
use super::screenshot::Screenshot;
use super::step::Step;
use super::text;
use crate::picture::marks::Badge;
use crate::tutorial::alt;
use crate::tutorial::manifest::{Manifest, Target, Viewport};
use crate::tutorial::narration::{Block, blocks};

#[derive(Template)]
#[template(path = "demo.html")]
struct Demo<'a> {
    title: &'a str,
    language: &'a str,
    direction: &'static str,
    /// Of screenshots, in CSS pixels.
    width: u32,
    height: u32,
    introduction: Vec<Block>,
    steps: Vec<StepInDemo<'a>>,
}

struct StepInDemo<'a> {
    number: usize,
    entry: String,
    narration: Vec<Block>,
    alt: &'a str,
    /// The screenshot's PNG in base64.
    picture: String,
    targets: Vec<TargetInDemo>,
    numbers: Vec<NumberInDemo>,
    /// Whether a click on a target leads on.
    is_clicked: bool,
}

/// The middle of a number, in percent of the screenshot.
struct NumberInDemo {
    number: u32,
    left: f64,
    top: f64,
}

/// A target by what it is called; its place is in percent of the screenshot.
struct TargetInDemo {
    label: String,
    clicked: bool,
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

/// The whole page.
pub(super) fn page(manifest: &Manifest, steps: &[Step<'_>], pictures: &Path) -> Result<String, PublishError> {
    let viewport = manifest.viewport;
    let drawn = for_each(steps, |step| {
        let screenshot = Screenshot::read(step, viewport, pictures)?;
        let encoded = BASE64_STANDARD.encode(screenshot.clean_png(step));
        Ok((encoded, numbers(&screenshot, viewport)))
    })?;
    let in_demo = |(step, (picture, numbers))| in_demo(step, picture, numbers, viewport);
    let steps = drawn.into_iter().map(in_demo);
    let demo = Demo {
        title: &manifest.title,
        language: &manifest.language,
        direction: direction(&manifest.language),
        width: manifest.viewport.width,
        height: manifest.viewport.height,
        introduction: blocks(&manifest.introduction),
        steps: steps.collect(),
    };
    Ok(demo.render()?)
}

fn numbers(screenshot: &Screenshot, viewport: Viewport) -> Vec<NumberInDemo> {
    let badges = screenshot.placed(viewport).badges.into_iter();
    let number = |badge: Badge| NumberInDemo {
        number: badge.number,
        left: percent(badge.x, viewport.width),
        top: percent(badge.y, viewport.height),
    };
    badges.map(number).collect()
}

fn in_demo<'a>(step: &Step<'a>, picture: String, numbers: Vec<NumberInDemo>, viewport: Viewport) -> StepInDemo<'a> {
    let targets = &step.scene.targets;
    let target = |(target, label): (&Target, String)| TargetInDemo {
        label,
        clicked: target.clicked,
        left: percent(target.area.x, viewport.width),
        top: percent(target.area.y, viewport.height),
        width: percent(target.area.width, viewport.width),
        height: percent(target.area.height, viewport.height),
    };
    StepInDemo {
        number: step.number,
        entry: alt::summary(&step.scene.narration),
        narration: blocks(&step.scene.narration),
        alt: &step.scene.alt,
        picture,
        targets: targets.iter().zip(alt::legend(targets)).map(target).collect(),
        numbers,
        is_clicked: targets.iter().any(|target| target.clicked),
    }
}

/// A length as a part of the whole, to a thousandth of a percent.
fn percent(length: f64, whole: u32) -> f64 {
    (length / f64::from(whole.max(1)) * 1e5).round() / 1e3
}
