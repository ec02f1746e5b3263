//! Shards: a suite divided over several machines, and whether their runs together are the whole suite.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::scenario::PlannedScenario;

/// One of several equal parts of a suite, written `2/3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    index: usize,
    of: usize,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers = text.split_once('/').and_then(|(index, of)| {
            let (index, of): (NonZeroUsize, NonZeroUsize) = (index.parse().ok()?, of.parse().ok()?);
            (index <= of).then_some((index.get(), of.get()))
        });
        let (index, of) = numbers.ok_or("write, for instance, 2/3 for the second of three parts")?;
        Ok(Self { index, of })
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

/// How long scenarios took earlier, by their key.
pub type Timings = BTreeMap<String, Duration>;

impl Shard {
    /// This part of the scenarios, in their order, and what `docent merge` must know of it. Parts take equally long by earlier
    /// timings, a scenario without one counting as the mean of the others; without any timing they are equally many.
    #[must_use]
    pub(crate) fn choose(
        self,
        scenarios: Vec<PlannedScenario>,
        timings: &Timings,
    ) -> (Vec<PlannedScenario>, ShardRecord) {
        let record = ShardRecord {
            index: self.index,
            of: self.of,
            plan: digest(&scenarios),
            scenarios: scenarios.len(),
        };
        let keys: Vec<&str> = scenarios.iter().map(|scenario| scenario.key.as_str()).collect();
        let parts = self.parts(&keys, timings);
        let chosen = scenarios
            .into_iter()
            .zip(parts)
            .filter(|(_, part)| *part == self.index - 1);
        (chosen.map(|(scenario, _)| scenario).collect(), record)
    }

    /// To which part each scenario goes, counted from 0: the longest first, each to the part that has least to do. Parts are numbered alike
    /// whichever shard is asked.
    #[must_use]
    pub fn parts(self, keys: &[&str], timings: &Timings) -> Vec<usize> {
        let known: Vec<Duration> = keys.iter().filter_map(|key| timings.get(*key).copied()).collect();
        let number = u32::try_from(known.len()).unwrap_or(u32::MAX);
        let mean = known
            .iter()
            .sum::<Duration>()
            .checked_div(number)
            .unwrap_or(Duration::from_secs(1));
        let length = |index: &usize| timings.get(keys[*index]).copied().unwrap_or(mean);
        let mut longest_first: Vec<usize> = (0..keys.len()).collect();
        // Equal ones stay in order, so that every machine divides alike.
        longest_first.sort_by_key(|index| std::cmp::Reverse(length(index)));
        let mut load = vec![Duration::ZERO; self.of];
        let mut parts = vec![0; keys.len()];
        for index in longest_first {
            let least = (0..self.of).min_by_key(|part| load[*part]).unwrap_or_default();
            load[least] += length(&index);
            parts[index] = least;
        }
        parts
    }
}

/// What the run of a shard records of the whole plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShardRecord {
    /// From 1.
    pub(crate) index: usize,
    /// Number of shards.
    pub(crate) of: usize,
    /// Digest of all scenarios that were divided (SHA-256, hexadecimal): shards of one plan have the same.
    pub(crate) plan: String,
    /// How many these are.
    pub(crate) scenarios: usize,
}

fn digest(scenarios: &[PlannedScenario]) -> String {
    let mut digest = Sha256::new();
    for scenario in scenarios {
        digest.update(&scenario.key);
        for step in &scenario.steps {
            digest.update([0]);
            digest.update(step.wording.text.as_bytes());
        }
        digest.update([1]);
    }
    digest.finalize().iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Why runs are not all shards of one plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShardsError {
    /// One run is a shard, and another is a whole plan.
    #[error("the run in {} is not a shard, but others are\n  merge only the reports of --shard 1/N to N/N", .0.display())]
    NoShard(PathBuf),
    /// They divided something else, or into another number of parts.
    #[error(
        "{} and {} hold shards of different plans\n  run every shard with the same feature files, tags, names and number of shards",
        one.display(), other.display()
    )]
    OtherPlan {
        /// A folder.
        one: PathBuf,
        /// Another.
        other: PathBuf,
    },
    /// Some were not given.
    #[error("missing shards: {}\n  merge their reports, too, or run them first", .0.join(", "))]
    Missing(Vec<String>),
    /// All shards are there, but not all scenarios.
    #[error("{missing} of {all} scenarios were in no shard\n  give every shard the same --timings, or none")]
    Lost {
        /// How many.
        missing: usize,
        /// Of how many.
        all: usize,
    },
}

/// Makes sure that runs are all shards of one plan: the folder of each, its shard record, and how many scenarios it has.
/// Runs none of which is a shard pass.
///
/// # Errors
/// [`ShardsError`].
pub(crate) fn check_whole(runs: &[(&Path, Option<&ShardRecord>, usize)]) -> Result<(), ShardsError> {
    let Some((one, first)) = runs.iter().find_map(|(folder, shard, _)| Some((*folder, (*shard)?))) else {
        return Ok(());
    };
    let mut there = BTreeSet::new();
    for (folder, shard, _) in runs {
        let shard = shard.ok_or_else(|| ShardsError::NoShard(folder.to_path_buf()))?;
        if (shard.of, &shard.plan) != (first.of, &first.plan) {
            return Err(ShardsError::OtherPlan {
                one: one.to_owned(),
                other: folder.to_path_buf(),
            });
        }
        there.insert(shard.index);
    }
    let missing: Vec<_> = (1..=first.of).filter(|index| !there.contains(index)).collect();
    if !missing.is_empty() {
        let fraction = |index: &usize| format!("{index}/{}", first.of);
        return Err(ShardsError::Missing(missing.iter().map(fraction).collect()));
    }
    let played: usize = runs.iter().map(|(.., scenarios)| scenarios).sum();
    if played < first.scenarios {
        return Err(ShardsError::Lost {
            missing: first.scenarios - played,
            all: first.scenarios,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];

    fn seconds(timings: &[(&str, u64)]) -> Timings {
        let timing = |(key, seconds): &(&str, u64)| ((*key).to_owned(), Duration::from_secs(*seconds));
        timings.iter().map(timing).collect()
    }

    #[test]
    fn shards_are_written_as_fractions() {
        assert_eq!("2/3".parse(), Ok(Shard { index: 2, of: 3 }));
        for text in ["0/3", "4/3", "1", "a/b", "1/0", "-1/2"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }

    #[test]
    fn without_timings_parts_are_equally_many_and_every_scenario_is_in_one() {
        let parts = Shard { index: 1, of: 3 }.parts(&KEYS, &Timings::new());
        let sizes: Vec<_> = (0..3)
            .map(|part| parts.iter().filter(|one| **one == part).count())
            .collect();
        assert_eq!(sizes, [3, 2, 2]);
    }

    #[test]
    fn with_timings_parts_take_equally_long() {
        let timings = seconds(&[("a", 10), ("b", 1), ("c", 2), ("d", 3), ("e", 4), ("f", 5), ("g", 5)]);
        let parts = Shard { index: 1, of: 2 }.parts(&KEYS, &timings);
        let load = |part: usize| -> u64 {
            let own = KEYS.iter().zip(&parts).filter(|(_, one)| **one == part);
            own.map(|(key, _)| timings[*key].as_secs()).sum()
        };
        assert_eq!([load(0), load(1)], [15, 15]);
    }

    #[test]
    fn a_scenario_without_a_timing_counts_as_the_mean() {
        let timings = seconds(&[("a", 9), ("b", 3)]);
        let parts = Shard { index: 1, of: 2 }.parts(&["a", "b", "new"], &timings);
        assert_eq!(parts, [0, 1, 1]);
    }

    #[test]
    fn shards_are_whole_only_if_each_of_one_plan_is_there_with_all_scenarios() {
        let shard = |index: usize, plan: &str| ShardRecord {
            index,
            of: 2,
            plan: plan.to_owned(),
            scenarios: 5,
        };
        let (one, two, other) = (shard(1, "a"), shard(2, "a"), shard(2, "b"));
        let check = |runs: &[(&ShardRecord, usize)]| {
            let runs: Vec<_> = runs
                .iter()
                .map(|(shard, played)| (Path::new("x"), Some(*shard), *played))
                .collect();
            check_whole(&runs)
        };
        assert_eq!(check(&[(&one, 3), (&two, 2)]), Ok(()));
        assert_eq!(check(&[(&one, 3)]), Err(ShardsError::Missing(vec!["2/2".to_owned()])));
        assert_eq!(
            check(&[(&one, 3), (&two, 1)]),
            Err(ShardsError::Lost { missing: 1, all: 5 })
        );
        assert!(matches!(
            check(&[(&one, 3), (&other, 2)]),
            Err(ShardsError::OtherPlan { .. })
        ));
        let mixed = [(Path::new("x"), Some(&one), 3), (Path::new("y"), None, 2)];
        assert_eq!(check_whole(&mixed), Err(ShardsError::NoShard(PathBuf::from("y"))));
        assert_eq!(check_whole(&[(Path::new("x"), None, 3)]), Ok(()));
    }
}
