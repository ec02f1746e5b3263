//! Which scenarios this run takes, and in which order.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroUsize;
use std::str::FromStr;
use std::time::Duration;

use super::plan::PlannedScenario;

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
    /// This part of the scenarios, in their order. Parts take equally long by earlier timings, a scenario without one
    /// counting as the mean of the others; without any timing they are equally many.
    #[must_use]
    pub fn of(self, scenarios: Vec<PlannedScenario>, timings: &Timings) -> Vec<PlannedScenario> {
        let keys: Vec<&str> = scenarios.iter().map(|scenario| scenario.key.as_str()).collect();
        let parts = self.parts(&keys, timings);
        let chosen = scenarios
            .into_iter()
            .zip(parts)
            .filter(|(_, part)| *part == self.index - 1);
        chosen.map(|(scenario, _)| scenario).collect()
    }

    /// To which part each scenario goes, counted from 0: the longest first, each to the part that has least to do.
    fn parts(self, keys: &[&str], timings: &Timings) -> Vec<usize> {
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

/// In which order scenarios are taken up, written `defined`, `random` or `random:SEED`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// As they stand in the files.
    #[default]
    Defined,
    /// Shuffled; the same seed gives the same order of the same scenarios.
    Random(u64),
}

impl FromStr for Order {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            None if text == "defined" => Ok(Self::Defined),
            None if text == "random" => Ok(Self::Random(fastrand::u64(..1_000_000))),
            Some(("random", seed)) => seed
                .parse()
                .map(Self::Random)
                .map_err(|_| format!("{seed:?} is no seed: write a whole number, such as random:42")),
            _ => Err("write defined, random or random:SEED".to_owned()),
        }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Defined => f.write_str("defined"),
            Self::Random(seed) => write!(f, "random:{seed}"),
        }
    }
}

impl Order {
    /// Puts scenarios in this order.
    pub fn arrange<T>(self, scenarios: &mut [T]) {
        if let Self::Random(seed) = self {
            fastrand::Rng::with_seed(seed).shuffle(scenarios);
        }
    }
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
    fn a_seed_gives_the_same_order_again_and_another_another() {
        let shuffled = |order: &str| {
            let mut keys = KEYS;
            order.parse::<Order>().unwrap().arrange(&mut keys);
            keys
        };
        assert_eq!(shuffled("random:7"), shuffled("random:7"));
        assert_ne!(shuffled("random:7"), shuffled("random:8"));
        assert_eq!(shuffled("defined"), KEYS);
    }

    #[test]
    fn the_seed_that_was_drawn_can_be_given_back() {
        let drawn: Order = "random".parse().unwrap();
        assert_eq!(drawn.to_string().parse::<Order>().unwrap(), drawn);
        assert!("shuffled".parse::<Order>().is_err() && "random:x".parse::<Order>().is_err());
    }
}
