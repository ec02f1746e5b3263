//! The mock portal's clock, settings and Finance service, set directly. No picture shows how.
#![allow(
    clippy::needless_pass_by_value,
    reason = "steps are handed what their expressions capture by value"
)]

use std::convert::Infallible;
use std::str::FromStr;

use cucumber::Parameter;
use mock_portal::{
    Control, PairingScope,
    control::{ControlError, Seed, SeedAccount},
    finance::Fault,
};

use crate::world::{StepError, World};
use crate::{apply, step};

fn control(world: &World) -> Result<&Control, StepError> {
    world.control()
}

impl From<ControlError> for StepError {
    fn from(error: ControlError) -> Self {
        Self::Control(Box::new(error))
    }
}

/// A fault of the Finance service, in the words of steps.
#[derive(Debug, Clone, Copy, Parameter)]
#[param(
    name = "fault",
    regex = "well|down|slow|talking nonsense|answering for another Office|flapping"
)]
pub(super) struct FinanceFault(Fault);

impl FromStr for FinanceFault {
    type Err = Infallible;

    fn from_str(words: &str) -> Result<Self, Infallible> {
        Ok(Self(match words {
            "down" => Fault::Down,
            "slow" => Fault::Slow,
            "talking nonsense" => Fault::MalformedResponse,
            "answering for another Office" => Fault::WrongOffice,
            "flapping" => Fault::Flapping,
            _ => Fault::None,
        }))
    }
}

/// A length of time, as people say it.
#[derive(Debug, Clone, Parameter)]
#[param(name = "time", regex = r"an hour|a minute|a day|\d+ (?:second|minute|hour|day)s?")]
pub(super) struct TimeSpan(String);

impl FromStr for TimeSpan {
    type Err = Infallible;

    fn from_str(words: &str) -> Result<Self, Infallible> {
        let (count, unit) = words.split_once(' ').unwrap_or(("1", words));
        let count = if count.starts_with('a') { "1" } else { count };
        Ok(Self(format!("{count} {unit}")))
    }
}

/// Injects a fault into the mock's Finance service: down (refuses at once), slow (responds too late), talking nonsense (malformed
/// responses), answering for another Office, flapping (refuses every other pairing, the first one first); "well" ends the fault.
/// Example: `Given the Finance service is down`.
#[apply(step)]
#[given(expr = "the Finance service is {fault}")]
#[effect(Steers)]
fn finance_is(world: &mut World, fault: FinanceFault) -> Result<(), StepError> {
    control(world)?.set_fault(fault.0);
    Ok(())
}

/// Sees how many pairings the Finance service was asked for since its fault was last set.
/// Example: `Then the Finance service was asked for 1 pairing`.
#[apply(step)]
#[then(expr = "the Finance service was asked for {int} pairing(s)")]
#[effect(Steers)]
fn asked_for_pairings(world: &mut World, expected: usize) -> Result<(), StepError> {
    let asked = control(world)?.state().pairings_asked;
    if asked == expected {
        return Ok(());
    }
    let message = |count: usize| vec![format!("{count} pairings asked for")];
    Err(StepError::UnexpectedItems {
        expected: message(expected),
        actual: message(asked),
    })
}

/// Moves the portal's clock on. Example: `When 15 minutes pass`.
#[apply(step)]
#[when(expr = "{time} pass(es)")]
#[effect(Steers)]
fn time_passes(world: &mut World, length: TimeSpan) -> Result<(), StepError> {
    Ok(control(world)?.advance_clock(&length.0)?)
}

/// Sets the portal's clock to a moment. Example: `Given it is "2024-12-31T23:59[Europe/Zurich]"`.
#[apply(step)]
#[given(expr = "it is {string}")]
#[effect(Steers)]
fn it_is(world: &mut World, moment: String) -> Result<(), StepError> {
    Ok(control(world)?.set_clock(&moment)?)
}

/// The setting `pairing = "account"`: what one successful pairing opens. Example: `Given one pairing opens every widget`.
#[apply(step)]
#[given(expr = "one pairing opens every widget")]
#[effect(Steers)]
fn one_pairing_for_all(world: &mut World) -> Result<(), StepError> {
    control(world)?.set_pairing(PairingScope::Account);
    Ok(())
}

/// The setting `pairing = "per-widget"`, which is the default. Example: `Given each widget is paired on its own`.
#[apply(step)]
#[given(expr = "each widget is paired on its own")]
#[effect(Steers)]
fn each_on_its_own(world: &mut World) -> Result<(), StepError> {
    control(world)?.set_pairing(PairingScope::PerWidget);
    Ok(())
}

/// Pairs a person's widget with an Office by its Customer ID, without the form, and puts it on the dashboard.
/// Example: `Given "amara" has paired "Distribution Reports" with the Office "41207"`.
#[apply(step)]
#[given(expr = "{string} has paired {string} with the Office {string}")]
#[effect(Steers)]
fn has_paired(world: &mut World, username: String, widget: String, office: String) -> Result<(), StepError> {
    let account = SeedAccount {
        username,
        pairings: [(widget, office)].into(),
        ..SeedAccount::default()
    };
    let accounts = vec![account];
    Ok(control(world)?.seed(&Seed { accounts })?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_what_the_clock_reads() {
        for (words, read) in [("an hour", "1 hour"), ("a day", "1 day"), ("15 minutes", "15 minutes")] {
            assert_eq!(words.parse::<TimeSpan>().unwrap().0, read);
        }
    }
}
