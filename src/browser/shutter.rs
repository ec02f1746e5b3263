//! Takes pictures of proven pages only.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use super::error::{PageError, refused};
use super::locator::Locator;
use super::page::{Page, milliseconds};
use super::scripts;
use crate::area::Area;

/// A page proven fit for a picture.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Proof {
    /// Where the targets stand, in their order.
    #[serde(rename = "boxes")]
    pub areas: Vec<Area>,
    fingerprint: i64,
    outstanding: Vec<String>,
}

/// What a picture must show and must not show.
#[derive(Clone, Debug, Default)]
pub struct ShutterTerms {
    /// All of them wholly inside the picture, with nothing over them.
    pub targets: Vec<Locator>,
    /// Whether the scene is about an error that the page shows.
    pub may_alert: bool,
    /// Texts that must not be readable.
    pub secrets: Vec<String>,
}

impl Page {
    /// Takes a picture of a page that is proven to be as it should be, before and after the shot.
    ///
    /// # Errors
    /// [`PageError::Unproven`] with what is outstanding.
    pub async fn photograph(&mut self, terms: &ShutterTerms) -> Result<(Vec<u8>, Proof), PageError> {
        /// Frames in a row in which nothing may change.
        const STILL_FRAMES: u32 = 3;
        self.park_mouse().await?;
        let before = self.prove(terms, STILL_FRAMES, self.wait).await?;
        let picture = self.session.photograph().await?;
        let after = self.prove(terms, 1, Duration::ZERO).await?;
        if before != after {
            let outstanding = vec!["the page changed while the picture was taken".to_owned()];
            return Err(PageError::Unproven { outstanding });
        }
        Ok((picture, before))
    }

    async fn prove(&self, terms: &ShutterTerms, frames: u32, wait: Duration) -> Result<Proof, PageError> {
        let targets: Vec<_> = terms
            .targets
            .iter()
            .map(|target| json!({ "locator": target, "phrase": target.to_string() }))
            .collect();
        let request = json!({
            "address": self.address, "targets": targets, "mayAlert": terms.may_alert, "secrets": terms.secrets,
            "frames": frames, "wait": milliseconds(wait),
        });
        let proof: Proof = self.run("prove the page", scripts::PROVE, &request).await?;
        if proof.outstanding.is_empty() {
            Ok(proof)
        } else {
            Err(PageError::Unproven {
                outstanding: proof.outstanding,
            })
        }
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
