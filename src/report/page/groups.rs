//! Which scenarios stand together on the page, and which are named apart.

use std::cmp::Reverse;

use super::scenarios::ScenarioView;
use crate::counted::counted;
use crate::suite::record::{Record, ScenarioRecord, Verdict};

/// So many of the slowest scenarios are named.
const SLOWEST: usize = 5;

/// The scenarios that came to the same.
pub(crate) struct VerdictGroup<'a> {
    pub(crate) word: &'static str,
    /// Names the group in links and in the style.
    pub(crate) id: String,
    pub(crate) count: usize,
    pub(crate) causes: Vec<Cause<'a>>,
}

/// Scenarios that failed alike, or one alone.
pub(crate) struct Cause<'a> {
    pub(crate) scenarios: Vec<ScenarioView<'a>>,
}

impl Cause<'_> {
    /// What they have in common, if they are several.
    pub(crate) fn shared(&self) -> Option<String> {
        let (count, first) = (self.scenarios.len(), self.scenarios.first()?);
        (count > 1).then(|| format!("{} failed alike: {}", counted(count, "scenario"), first.brief))
    }
}

/// Scenarios by verdict, the worst first; those that pass though they are in quarantine apart, since their tag can be removed.
pub(crate) fn kinds(record: &Record) -> Vec<(&'static str, Vec<&ScenarioRecord>)> {
    let of = |verdict| record.scenarios.iter().filter(move |one| one.verdict == verdict);
    let mut kinds = Vec::new();
    for verdict in Verdict::ALL {
        let quarantined = |one: &&ScenarioRecord| verdict == Verdict::Passed && one.quarantine.is_some();
        let (apart, others) = of(verdict).partition::<Vec<_>, _>(quarantined);
        kinds.push(("passed in quarantine", apart));
        kinds.push((verdict.word(), others));
    }
    kinds.retain(|(_, scenarios)| !scenarios.is_empty());
    kinds
}

/// What failed alike most often comes first; else the order stays.
pub(crate) fn by_cause(scenarios: Vec<ScenarioView<'_>>) -> Vec<Cause<'_>> {
    let mut causes: Vec<(String, Cause)> = Vec::new();
    for scenario in scenarios {
        let cause = cause(&scenario.brief);
        match causes
            .iter_mut()
            .find(|(known, _)| !cause.is_empty() && *known == cause)
        {
            Some((_, known)) => known.scenarios.push(scenario),
            None => causes.push((
                cause,
                Cause {
                    scenarios: vec![scenario],
                },
            )),
        }
    }
    causes.sort_by_key(|(_, cause)| Reverse(cause.scenarios.len()));
    causes.into_iter().map(|(_, cause)| cause).collect()
}

/// A message without its numbers, which are times and ports; those in quotes are names, and stay.
fn cause(message: &str) -> String {
    let parts = message.split('"').enumerate();
    let parts = parts.map(|(index, part)| match index % 2 {
        0 => part.replace(|letter: char| letter.is_ascii_digit(), ""),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("\"")
}

/// All scenarios, in the order of the page.
pub(crate) fn scenarios<'a, 'b>(groups: &'b [VerdictGroup<'a>]) -> impl Iterator<Item = &'b ScenarioView<'a>> {
    let causes = groups.iter().flat_map(|group| &group.causes);
    causes.flat_map(|cause| &cause.scenarios)
}

/// A scenario that took longer than most.
pub(crate) struct Slow<'a> {
    pub(crate) id: String,
    pub(crate) name: &'a str,
    pub(crate) took: String,
    /// Against the last time, where the difference matters.
    pub(crate) change: Option<String>,
}

/// Of two scenarios one need not be looked for.
pub(crate) fn slowest<'a>(groups: &[VerdictGroup<'a>]) -> Vec<Slow<'a>> {
    let mut slowest: Vec<_> = scenarios(groups).filter(|one| !one.took.is_empty()).collect();
    slowest.sort_by_key(|one| Reverse(one.time));
    slowest.truncate(if slowest.len() > 2 { SLOWEST } else { 0 });
    let message = slowest.into_iter().map(|one| Slow {
        id: one.id.clone(),
        name: one.name,
        took: one.took.clone(),
        change: one.change.clone(),
    });
    message.collect()
}
