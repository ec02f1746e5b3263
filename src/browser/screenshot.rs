//! Takes pictures of proven pages only.

use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;

use super::error::{PageError, refused};
use super::finding::{self, Allowance, Finding, Shown};
use super::locator::Locator;
use super::page::{Page, milliseconds};
use super::queries::Property;
use super::scripts::Call;
use crate::area::Area;
use crate::aria::Part;
use crate::picture::Picture;
use crate::secrets::SecretValues;

/// A page proven fit for a picture.
#[derive(Clone, Debug, Deserialize)]
pub struct Proof {
    /// Where the targets stand, in their order.
    #[serde(rename = "boxes")]
    pub areas: Vec<Area>,
    /// What of each target, or beside it, must be shown for a person to know it, where that is not the target itself.
    #[serde(rename = "focus")]
    pub focuses: Vec<Option<Area>>,
    /// What has the keyboard's focus: the page may draw a ring round it.
    pub focused: Option<Area>,
    /// The part of the page that the window shows.
    window: Area,
    fingerprint: i64,
    outstanding: Vec<Finding>,
    /// What changed since the page was proven before.
    changes: Vec<Finding>,
    /// What scripts do again and again.
    recurrences: Vec<Recurrence>,
    /// The accessible tree of what the picture shows.
    #[serde(rename = "twin")]
    pub parts: Vec<Part>,
}

/// Something that a page's script does again and again: a clock, or a spinner that turns slowly.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Recurrence {
    /// Which script it is: a hash of its source.
    what: i64,
    /// From one time to the next, in milliseconds.
    delay: f64,
}

/// What a picture must show and must not show.
#[derive(Clone, Debug, Default)]
pub struct ScreenshotTerms {
    /// All of them wholly inside the picture, with nothing over them.
    pub targets: Vec<Locator>,
    /// What the scene's steps have typed, ticked or chosen, and must still be so.
    pub settings: Vec<Setting>,
    /// What the scene names: if that says that something is loading, the picture may show it.
    pub named: Vec<Locator>,
    /// Whether the scene is about an error that the page shows.
    pub may_alert: bool,
    /// What the scenario's tags let pass.
    pub allowed: Vec<Allowance>,
    /// Texts that must not be readable.
    pub secrets: SecretValues,
}

/// What a step has set a field to.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The field.
    pub target: Locator,
    /// What of it was set.
    pub property: Property,
    /// To what.
    pub value: SecretString,
}

impl ScreenshotTerms {
    fn allow(&self, allowance: Allowance) -> bool {
        self.allowed.contains(&allowance)
    }
}

/// What came of pressing the shutter.
enum Shot {
    Taken(Vec<u8>, Box<Proof>),
    /// The page changed meanwhile, in these ways.
    Changed(Vec<Finding>),
}

/// Targets in whose place the picture has nothing but one colour: whatever the reason, from white letters on white ground to what lies
/// over them without taking clicks, nobody sees them. A little of what is around them belongs to it, for a surface has an edge.
fn blank(terms: &ScreenshotTerms, picture: &[u8], proof: &Proof) -> Vec<Finding> {
    const AROUND: f64 = 2.;
    if terms.allow(Allowance::OneColour) {
        return Vec::new();
    }
    // One that can't be read is reported where it is encoded.
    let Ok(picture) = Picture::decode(picture) else {
        return Vec::new();
    };
    let scale = f64::from(picture.width()) / proof.window.width;
    let targets = terms.targets.iter().zip(&proof.areas);
    let blank = targets.filter(|(_, area)| picture.cut(area.grown(AROUND), scale).is_even());
    blank
        .map(|(target, _)| Finding::of_target("blank", target.to_string()))
        .collect()
}

impl Page {
    /// Takes a picture of a page that is proven to be as it should be, before and after the shot. If the page changes meanwhile, the
    /// picture is taken again for as long as a target is waited for.
    ///
    /// # Errors
    /// [`PageError::Unproven`] with what is outstanding, or what changed.
    pub async fn take_screenshot(&mut self, terms: &ScreenshotTerms) -> Result<(Vec<u8>, Proof), PageError> {
        self.park_mouse().await?;
        let deadline = Instant::now() + self.wait;
        let mut watch = Duration::ZERO;
        let mut last_changes = Vec::new();
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.capture_proven(terms, left, watch).await {
                Ok(Shot::Taken(picture, proof)) => {
                    self.watched.extend(proof.recurrences.iter().map(|each| each.what));
                    let blank = blank(terms, &picture, &proof);
                    return if blank.is_empty() {
                        Ok((picture, *proof))
                    } else {
                        Err(self.unproven(&blank))
                    };
                }
                Ok(Shot::Changed(changes)) if Instant::now() >= deadline => {
                    let restless = Finding::of("changes");
                    return Err(self.unproven(&[vec![restless], changes].concat()));
                }
                Ok(Shot::Changed(changes)) => {
                    // What turns or blinks looks now and then as it did before.
                    watch = Duration::from_secs(1).min(self.wait / 4);
                    last_changes = changes;
                }
                // With no time left to look again, it says only that the page does not come to rest: what was seen to change says why.
                Err(PageError::Unproven { mut outstanding }) => {
                    outstanding.extend(finding::sentences_of(&last_changes, &self.address));
                    return Err(PageError::Unproven { outstanding });
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Two small pictures are taken round the large one: what no text or box tells of, such as a drawing, differs between them.
    /// A page that was seen to change is watched for a while longer.
    async fn capture_proven(
        &self,
        terms: &ScreenshotTerms,
        wait: Duration,
        watch: Duration,
    ) -> Result<Shot, PageError> {
        /// Frames in a row in which nothing may change.
        const STILL_FRAMES: u32 = 3;
        let may_move = terms.allow(Allowance::Moving);
        let before = self.prove(terms, if may_move { 1 } else { STILL_FRAMES }, wait).await?;
        if may_move {
            return Ok(Shot::Taken(self.session.capture_screenshot().await?, Box::new(before)));
        }
        let glance = self.session.capture_thumbnail(before.window).await?;
        let picture = self.session.capture_screenshot().await?;
        let after = match self.prove(terms, 1, Duration::ZERO).await {
            Ok(proof) => proof,
            Err(PageError::Unproven { outstanding }) => {
                return Ok(Shot::Changed(vec![Finding::with("spoilt", outstanding.join("; "))]));
            }
            Err(error) => return Err(error),
        };
        if before.fingerprint != after.fingerprint || before.parts != after.parts {
            return Ok(Shot::Changed(after.changes));
        }
        let watched = Instant::now() + watch.max(self.until_seen(&before.recurrences));
        loop {
            let second = self.session.capture_thumbnail(before.window).await?;
            if glance != second
                && let Some(changes) = self.drawn_anew(&glance, &second, before.window).await?
            {
                return Ok(Shot::Changed(changes));
            }
            if Instant::now() >= watched {
                return Ok(Shot::Taken(picture, Box::new(before)));
            }
            self.call::<()>("let time pass", Call::PassTime, &json!(null)).await?;
        }
    }

    /// How long it takes until everything has happened once that scripts do again and again, but for what has never shown before.
    fn until_seen(&self, recurrences: &[Recurrence]) -> Duration {
        const MARGIN: Duration = Duration::from_millis(100);
        let unknown = recurrences.iter().filter(|each| !self.watched.contains(&each.what));
        let longest = unknown.map(|each| each.delay).fold(0., f64::max);
        if longest > 0. {
            Duration::from_secs_f64(longest / 1000.) + MARGIN
        } else {
            Duration::ZERO
        }
    }

    async fn prove(&self, terms: &ScreenshotTerms, frames: u32, wait: Duration) -> Result<Proof, PageError> {
        let targets: Vec<_> = terms
            .targets
            .iter()
            .map(|target| json!({ "locator": target, "phrase": target.to_string() }))
            .collect();
        let settings: Vec<_> = terms
            .settings
            .iter()
            .map(|Setting { target, property, value }| {
                json!({ "locator": target, "phrase": target.to_string(), "expect": { "property": property.word(), "value": value.expose_secret() } })
            })
            .collect();
        let request = json!({
            "address": self.address, "targets": targets, "settings": settings, "named": terms.named, "mayAlert": terms.may_alert,
            "allow": terms.allowed, "secrets": terms.secrets.exposed().collect::<Vec<_>>(), "frames": frames, "wait": milliseconds(wait),
            "unreachable": self.session.unreachable().await,
            // What scripts have asked for may be drawn at once, or never: longer than half of what a step waits is too long.
            "patience": milliseconds(self.wait.mul_f64(0.6)),
        });
        let proof: Proof = self.call("prove the page", Call::Prove, &request).await?;
        if proof.outstanding.is_empty() {
            Ok(proof)
        } else {
            Err(self.unproven(&proof.outstanding))
        }
    }

    fn unproven(&self, findings: &[Finding]) -> PageError {
        PageError::Unproven {
            outstanding: finding::sentences_of(findings, &self.address),
        }
    }

    /// What it is that looks different on two small pictures; None where nothing does.
    async fn drawn_anew(&self, before: &[u8], after: &[u8], window: Area) -> Result<Option<Vec<Finding>>, PageError> {
        let changed = match (Picture::decode(before), Picture::decode(after)) {
            (Ok(before), Ok(after)) => before.changed_area(&after, window.width),
            // Then all that is known is that they differ.
            _ => return Ok(Some(Vec::new())),
        };
        let Some(area) = changed else {
            return Ok(None);
        };
        let request = json!({ "x": area.x, "y": area.y, "width": area.width, "height": area.height });
        let thing: Option<Shown> = self.call("name what moves", Call::NameAt, &request).await?;
        Ok(Some(vec![Finding::about_thing("drawn", thing)]))
    }

    /// A pointer left where the last click was would colour whatever comes to lie under it.
    async fn park_mouse(&self) -> Result<(), PageError> {
        use fantoccini::actions::{InputSource, MouseActions, PointerAction};
        let to_corner = PointerAction::MoveTo {
            duration: None,
            x: 0.,
            y: 0.,
        };
        let actions = MouseActions::new("mouse".to_owned()).then(to_corner);
        self.session
            .client()
            .perform_actions(actions)
            .await
            .map_err(|error| refused("move the mouse away")(error).into())
    }
}
