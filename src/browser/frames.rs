//! Frames of other origins, into which no script of the page can look: the driver goes there.

use std::time::Instant;

use serde_json::{Value, json};

use super::error::{PageError, Trouble, refused};
use super::locate_response::{LocateResponse, Reason};
use super::locator::Locator;
use super::page::{Page, milliseconds};
use super::queries::{Purpose, element_of, mismatch};
use super::scripts::Call;

impl Page {
    /// Sees that there is no such element in these frames, as the page's script has answered them, nor in frames in them: each with what is
    /// asked there.
    ///
    /// # Errors
    /// [`PageError::Mismatch`] if it is still there when the waiting is over.
    pub(super) async fn see_none_in(&mut self, target: &Locator, frames: &[Value]) -> Result<(), PageError> {
        for frame in frames {
            let Some(element) = element_of(&frame["frame"], self.session.client()) else {
                continue;
            };
            match element.enter_frame().await {
                // An element that could hold a document, but holds a picture or a plug-in.
                Err(error) if error.is_no_such_frame() => continue,
                entered => entered.map_err(refused("look into a frame"))?,
            }
            let seen = Box::pin(self.see_none_here(target, &frame["ask"])).await;
            let left = self.session.client().enter_parent_frame().await;
            seen?;
            left.map_err(refused("leave a frame"))?;
        }
        Ok(())
    }

    async fn see_none_here(&mut self, target: &Locator, asked: &Value) -> Result<(), PageError> {
        let started = Instant::now();
        let wait = milliseconds(self.wait);
        let mut request = json!({ "purpose": Purpose::SeeNone.word(), "wait": wait, "lasting": wait });
        if let (Value::Object(request), Value::Object(asked)) = (&mut request, asked.clone()) {
            request.extend(asked);
        }
        let outcome: LocateResponse = self.call("look into a frame", Call::Locate, &request).await?;
        match outcome.failure {
            Some(failure) if matches!(failure.reason, Reason::Present) => {
                let page = outcome.page.unwrap_or_default();
                Err(mismatch(target.clone(), Trouble::Present, page, started.elapsed()).into())
            }
            _ => self.see_none_in(target, &outcome.frames).await,
        }
    }
}
