//! Takes one picture per scene, of the moment a learner needs.

use std::time::{Duration, Instant};

use crate::area::Area;
use crate::aria::Twin;
use crate::browser::{Allowance, Locator, Page, PageError, ScreenshotTerms, Seen, Setting};
use crate::secrets::SecretValues;

/// Takes a tutorial's pictures while its scenario is played.
#[derive(Debug, Default)]
pub struct Camera {
    /// The scene that is being played, until its picture is taken.
    take: Option<Take>,
    /// Whether the step that is being played is shown.
    on: bool,
    /// What must not be readable on any picture.
    secrets: SecretValues,
    /// What may be on a picture all the same.
    allowed: Vec<Allowance>,
    shots: Vec<Shot>,
    /// How long proving and taking pictures took.
    spent: Duration,
}

#[derive(Debug, Clone)]
struct Take {
    scene: usize,
    marks: Vec<Mark>,
    /// What the scene's steps name as something that shows.
    named: Vec<Locator>,
    may_alert: bool,
    settings: Vec<Setting>,
}

#[derive(Debug, Clone)]
struct Mark {
    locator: Locator,
    seen: Seen,
    clicked: bool,
}

impl Mark {
    /// A text has neither role nor name: it is known by what it says.
    fn at(self, area: Area, focus: Option<Area>) -> Marked {
        let is_nameless_text = self.locator.is_text() && self.seen.name.is_empty();
        let (role, name) = if is_nameless_text {
            ("text".to_owned(), self.locator.name().to_owned())
        } else {
            (self.seen.role, self.seen.name)
        };
        Marked {
            role,
            name,
            area,
            focus,
            clicked: self.clicked,
        }
    }
}

/// A picture with what it shows.
#[derive(Debug, Clone)]
pub struct Shot {
    /// Index of the scene in its scenario.
    pub scene: usize,
    /// PNG, as the browser encodes it.
    pub png: Vec<u8>,
    /// What it says, proven in the same moment.
    pub twin: Twin,
    /// What is to be marked, in the order in which the steps named it.
    pub marked: Vec<Marked>,
    /// What has the keyboard's focus.
    pub focused: Option<Area>,
}

/// Something to be marked on a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Marked {
    /// ARIA role.
    pub role: String,
    /// Accessible name.
    pub name: String,
    /// Where it stood when the picture was taken.
    pub area: Area,
    /// What of it, or beside it, must be shown for a person to know it, where that is not the area itself.
    pub focus: Option<Area>,
    /// Whether it is what is clicked next.
    pub clicked: bool,
}

impl Camera {
    /// A camera that takes no picture in which one of these texts is readable, and lets pass what the scenario's tags allow.
    #[must_use]
    pub fn new(secrets: SecretValues, allowed: Vec<Allowance>) -> Self {
        Self {
            secrets,
            allowed,
            ..Self::default()
        }
    }

    /// A new scene begins.
    pub fn open_scene(&mut self, scene: usize) {
        self.take = Some(Take {
            scene,
            marks: Vec::new(),
            named: Vec::new(),
            may_alert: false,
            settings: Vec::new(),
        });
    }

    /// Whether the step that comes now is shown to the learner.
    pub fn turn(&mut self, on: bool) {
        self.on = on;
    }

    /// Whether what happens now belongs on a picture.
    #[must_use]
    pub fn rolls(&self) -> bool {
        self.on && self.take.is_some()
    }

    /// Whether the scene has begun and has no picture yet.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.take.is_some()
    }

    /// The scene is about an error that the page shows.
    pub fn expect_alert(&mut self) {
        if let Some(take) = &mut self.take {
            take.may_alert = true;
        }
    }

    /// The scene names this: if it says that something is loading, the picture may show that.
    pub fn expect(&mut self, locator: &Locator) {
        if let Some(take) = &mut self.take {
            take.named.push(locator.clone());
        }
    }

    /// Marks something on the scene's picture; what is marked twice gets one mark.
    pub fn mark(&mut self, locator: Locator, seen: Seen, clicked: bool) {
        let Some(take) = self.take.as_mut().filter(|_| self.on) else {
            return;
        };
        match take.marks.iter_mut().find(|mark| mark.locator == locator) {
            Some(mark) => mark.clicked |= clicked,
            None => take.marks.push(Mark { locator, seen, clicked }),
        }
    }

    /// The scene's picture must show the field as a step has set it.
    pub fn expect_setting(&mut self, setting: Setting) {
        let Some(take) = self.take.as_mut().filter(|_| self.on) else {
            return;
        };
        take.settings.retain(|other| other.target != setting.target);
        take.settings.push(setting);
    }

    /// What was set may be set otherwise by what is done next, as a key sends a message and empties its field.
    pub fn forget_settings(&mut self) {
        if let Some(take) = &mut self.take {
            take.settings.clear();
        }
    }

    /// Takes the scene's picture.
    ///
    /// # Errors
    /// [`PageError::Unproven`] with what is outstanding; the scene then has no picture.
    pub async fn shoot(&mut self, page: &mut Page) -> Result<(), PageError> {
        let Some(take) = self.take.take() else {
            return Ok(());
        };
        let terms = ScreenshotTerms {
            targets: take.marks.iter().map(|mark| mark.locator.clone()).collect(),
            named: take.named,
            may_alert: take.may_alert,
            allowed: self.allowed.clone(),
            secrets: self.secrets.clone(),
            settings: take.settings,
        };
        let started = Instant::now();
        let (png, proof) = page.take_screenshot(&terms).await?;
        self.spent += started.elapsed();
        let marked = take
            .marks
            .into_iter()
            .zip(proof.areas.into_iter().zip(proof.focuses))
            .map(|(mark, (area, focus))| mark.at(area, focus))
            .collect();
        self.shots.push(Shot {
            scene: take.scene,
            png,
            twin: Twin::of(proof.parts),
            marked,
            focused: proof.focused,
        });
        Ok(())
    }

    /// Takes the scene's picture in case the step that comes leaves the page; the scene goes on.
    ///
    /// # Errors
    /// As [`Camera::shoot`]; the scene goes on all the same.
    pub async fn shoot_ahead(&mut self, page: &mut Page) -> Result<Option<Shot>, PageError> {
        let (take, before) = (self.take.clone(), self.shots.len());
        let shot = self.shoot(page).await;
        self.take = take;
        shot.map(|()| self.shots.drain(before..).next())
    }

    /// Ends the scene with a picture that was taken ahead.
    pub fn use_ahead(&mut self, shot: Option<Shot>) {
        self.take = None;
        self.shots.extend(shot);
    }

    /// How long proving and taking pictures took so far.
    #[must_use]
    pub fn spent(&self) -> Duration {
        self.spent
    }

    /// All pictures, in the order of the scenes.
    #[must_use]
    pub fn into_shots(self) -> Vec<Shot> {
        self.shots
    }
}
