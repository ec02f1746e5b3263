//! Verdicts of scenarios.

use serde::{Deserialize, Serialize};

/// The result of a scenario, all its attempts taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It failed, at the last attempt, too; or its quarantine has expired.
    Failed,
    /// It failed in one attempt and passed in another.
    Flaky,
    /// It failed, and its quarantine has not expired.
    Quarantined,
    /// The run ended before it was over, or before it was repeated as often as was asked for.
    Interrupted,
    /// The run ended, by a signal or after enough failures, before it started.
    NotPlayed,
    /// It is tagged `@skip`.
    Skipped,
    /// Every step did what it says.
    Passed,
}

impl Verdict {
    /// As people read it.
    #[must_use]
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Flaky => "flaky",
            Self::Quarantined => "quarantined",
            Self::Interrupted => "interrupted",
            Self::NotPlayed => "not played",
            Self::Skipped => "skipped",
            Self::Passed => "passed",
        }
    }

    /// Whether `--rerun` runs it again.
    #[must_use]
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::Failed | Self::Interrupted | Self::NotPlayed)
    }

    /// All of them, the worst first.
    pub(crate) const ALL: [Self; 7] = [
        Self::Failed,
        Self::Flaky,
        Self::Quarantined,
        Self::Interrupted,
        Self::NotPlayed,
        Self::Skipped,
        Self::Passed,
    ];
}
