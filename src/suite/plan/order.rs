//! In which order scenarios are taken up.

use std::fmt;
use std::str::FromStr;

/// In which order scenarios are taken up, written `defined`, `random` or `random:SEED`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Order {
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
                .map_err(|_| format!("{seed:?} is not a seed\n  write a whole number, such as random:42")),
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
    pub(crate) fn arrange<T>(self, scenarios: &mut [T]) {
        if let Self::Random(seed) = self {
            fastrand::Rng::with_seed(seed).shuffle(scenarios);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];

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
