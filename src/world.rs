//! What one scenario owns: a page in a browser of its own, a portal of its own, and, in tutorials, a camera.

use std::error::Error;

use secrecy::SecretString;

use crate::attachments::{AttachError, Attachments};
use crate::browser::{Locator, Page, PageError, Property, Seen, Setting};
use crate::portal::Control;
use crate::secrets::{Secrets, UnknownSecret};
use crate::tutorial::camera::Camera;

/// What one scenario owns.
#[derive(Debug, cucumber::World)]
#[world(init = Self::unmade)]
pub struct World {
    /// What the person sees.
    pub(crate) page: Page,
    /// Where the portal is, such as `http://127.0.0.1:41413`, without a slash at its end.
    pub(crate) base_url: String,
    /// Sets the scenario's own portal; nothing sets a portal elsewhere.
    #[cfg_attr(
        not(feature = "mock-portal"),
        expect(dead_code, reason = "only steps of the mock portal set it")
    )]
    pub(crate) control: Option<Control>,
    /// Secrets: typed, and redacted everywhere else.
    pub(crate) secrets: Secrets,
    /// Takes the pictures, in tutorials.
    pub(crate) camera: Option<Camera>,
    /// What steps have attached to the report.
    pub(crate) attachments: Attachments,
}

/// Why a step failed.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// The page was not as the step says.
    #[error(transparent)]
    Page(#[from] PageError),
    /// The step names an undeclared secret.
    #[error(transparent)]
    Secret(#[from] UnknownSecret),
    /// The control of the mock portal refuses.
    #[error("{0}")]
    Control(Box<dyn Error + Send + Sync>),
    /// The portal is not the mock portal.
    #[error("this step controls the mock portal, but the scenario runs on {0}\n  leave out --base-url")]
    NotMockPortal(String),
    /// What the step attaches can't be attached.
    #[error(transparent)]
    Attach(#[from] AttachError),
    /// The step is invalid as it is written.
    #[error("{0}")]
    Invalid(String),
    /// What is on the page differs from a list in the step.
    #[error("the page shows other things than expected\n  expected: {}\n  shown:    {}", expected.join(", "), actual.join(", "))]
    UnexpectedItems {
        /// As the step says.
        expected: Vec<String>,
        /// As the page says.
        actual: Vec<String>,
    },
}

impl World {
    /// Worlds are made by the suite, which gives each its browser and portal; cucumber's own way of making them is unused.
    #[allow(clippy::unused_async)]
    async fn unmade() -> Result<Self, StepError> {
        Err(StepError::Invalid(
            "a scenario needs a browser to be played in".to_owned(),
        ))
    }

    /// The whole address of a path of the portal; other addresses are left as they are.
    #[must_use]
    pub(crate) fn address_of(&self, path: &str) -> String {
        if path.starts_with('/') {
            format!("{}{path}", self.base_url)
        } else {
            path.to_owned()
        }
    }

    /// What sets the scenario's own portal, of the type that its steps know.
    ///
    /// # Errors
    /// [`StepError::NotMockPortal`] if the scenario is played on a portal elsewhere.
    #[cfg(feature = "mock-portal")]
    pub(crate) fn control<T: 'static>(&self) -> Result<&T, StepError> {
        let control = self.control.as_ref().and_then(|control| control.downcast_ref());
        control.ok_or_else(|| StepError::NotMockPortal(self.base_url.clone()))
    }

    /// Attaches a file to the step, for every report: `world.attach("invoice.pdf", "application/pdf", bytes)?`. Reports show pictures
    /// and texts, and lead to the rest.
    ///
    /// Secrets in a text are redacted. A picture is attached as it is: one that [`crate::browser::Page::snapshot`] has taken says
    /// where secrets stand on it.
    ///
    /// # Errors
    /// [`AttachError`]: it is larger than [`crate::attachments::LIMIT`], its media type is none, or it shows a secret.
    pub fn attach(&mut self, name: &str, media_type: &str, bytes: impl Into<Vec<u8>>) -> Result<(), AttachError> {
        self.attachments.add(name, media_type, bytes.into())
    }

    /// Attaches a line of text to the step, without any secret.
    ///
    /// # Errors
    /// [`AttachError`]: there is too much of it.
    pub fn log(&mut self, text: &str) -> Result<(), AttachError> {
        self.attachments.log(text)
    }

    /// Points out something to the learner: it is marked on the scene's picture.
    ///
    /// # Errors
    /// [`PageError`] if it is not there to be looked at.
    pub(crate) async fn point_out(&mut self, target: &Locator) -> Result<(), PageError> {
        let seen = self.page.look_at(target).await?;
        self.mark(target, seen);
        Ok(())
    }

    /// Marks something that was just seen on the scene's picture.
    pub(crate) fn mark(&mut self, target: &Locator, seen: Seen) {
        if let Some(camera) = &mut self.camera {
            camera.mark(target.clone(), seen, false);
        }
    }

    /// As [`World::mark`], of a field that a step has set: the picture must show it so.
    pub(crate) fn mark_setting(
        &mut self,
        target: &Locator,
        seen: Seen,
        property: Property,
        value: impl Into<SecretString>,
    ) {
        self.mark(target, seen);
        if let Some(camera) = &mut self.camera {
            camera.expect_setting(Setting {
                target: target.clone(),
                property,
                value: value.into(),
            });
        }
    }

    /// Clicks, keys and dragging may change what steps before have set.
    pub(crate) fn forget_settings(&mut self) {
        if let Some(camera) = &mut self.camera {
            camera.forget_settings();
        }
    }

    /// Clicks; in a scene, the picture is taken at the last moment before.
    ///
    /// # Errors
    /// [`PageError`] if it can't be clicked, or the picture can't be taken.
    pub(crate) async fn click(&mut self, target: &Locator) -> Result<(), PageError> {
        self.shoot_before(target).await?;
        self.page.click(target).await
    }

    /// Takes the picture of a scene whose learner is about to click this.
    ///
    /// # Errors
    /// [`PageError`] if it can't be seen, or the picture can't be taken.
    pub(crate) async fn shoot_before(&mut self, target: &Locator) -> Result<(), PageError> {
        if let Some(camera) = self.camera.as_mut().filter(|camera| camera.rolls()) {
            let seen = self.page.look_at(target).await?;
            camera.mark(target.clone(), seen, true);
            camera.shoot(&mut self.page).await?;
        }
        self.forget_settings();
        Ok(())
    }

    /// Takes the scene's picture if no click has done so.
    ///
    /// # Errors
    /// [`PageError::Unproven`].
    pub(crate) async fn close_scene(&mut self) -> Result<(), PageError> {
        match self.camera.as_mut().filter(|camera| camera.rolls()) {
            Some(camera) => camera.shoot(&mut self.page).await,
            None => Ok(()),
        }
    }
}
