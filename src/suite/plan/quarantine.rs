//! Quarantine, the tag `@quarantine:OWNER:2027-01-31`: a known failure does not fail the run until that day is over, in
//! UTC: every machine of a run has the same day.
//!
//! **An expired quarantine fails the run**, whatever the scenario does: nobody forgets a tag that turns a pipeline red. `is_expired` knows
//! the day, and `ScenarioRecord::final_verdict` (`record/scenario.rs`) makes it a failure.

use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Who is to fix a scenario that is known to fail, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarantine {
    /// As the tag says.
    pub(crate) owner: String,
    /// The last day on which a failure does not fail the run.
    pub(crate) until: Date,
}

impl Quarantine {
    /// Whether its last day is over.
    #[must_use]
    pub(crate) fn is_expired(&self, today: Date) -> bool {
        today > self.until
    }

    /// What a scenario fails with whose quarantine has expired.
    #[must_use]
    pub(crate) fn expired_message(&self) -> String {
        format!(
            "quarantine expired on {} (UTC; owner: {}): fix the scenario and remove the tag, or extend the date",
            self.until, self.owner
        )
    }
}

impl FromStr for Quarantine {
    type Err = ();

    /// `OWNER:2027-01-31`.
    fn from_str(value: &str) -> Result<Self, ()> {
        let (owner, until) = value.rsplit_once(':').ok_or(())?;
        let until = until.parse().map_err(drop)?;
        let owner = owner.to_owned();
        if owner.is_empty() {
            Err(())
        } else {
            Ok(Self { owner, until })
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_quarantine_expires_when_its_last_day_is_over() {
        let quarantine: Quarantine = "team:qa:2027-01-31".parse().unwrap();
        assert_eq!(quarantine.owner, "team:qa");
        assert!(!quarantine.is_expired(date(2027, 1, 31)));
        assert!(quarantine.is_expired(date(2027, 2, 1)));
        let message = quarantine.expired_message();
        assert!(
            message.contains("2027-01-31") && message.contains("team:qa"),
            "{message}"
        );
    }
}
