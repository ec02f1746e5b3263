//! What a run says of one scene.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::quotes::StaleQuote;
use super::verdict::SceneVerdict;

/// What a run says of one scene.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SceneReport {
    /// File name of its baseline.
    pub picture: String,
    /// What became of it.
    #[serde(flatten)]
    pub verdict: SceneVerdict,
    /// What its narration quotes that is no longer on the screen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stale: Vec<StaleQuote>,
}

impl SceneReport {
    /// A verdict on a scene whose narration quotes nothing in vain.
    #[must_use]
    pub fn of(picture: &str, verdict: SceneVerdict) -> Self {
        Self {
            picture: picture.to_owned(),
            verdict,
            stale: Vec::new(),
        }
    }
}

impl fmt::Display for SceneReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.picture, self.verdict)?;
        self.stale.iter().try_for_each(|quote| write!(f, "\n{quote}"))
    }
}

impl fmt::Display for StaleQuote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            place,
            sentence,
            label,
            proposal,
        } = self;
        write!(f, "{place}: “{label}” is no longer on the screen: {sentence}")?;
        match proposal {
            Some(proposal) => write!(f, "\n  write: {proposal}"),
            None => Ok(()),
        }
    }
}
