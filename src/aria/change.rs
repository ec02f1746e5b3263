//! How two twins differ, line by line.

use super::line::Line;
use super::twin::Twin;
use super::yaml;

/// What one twin says and another does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Something else in the same place: what it was, what it is.
    Replaced(String, String),
    /// What there was not.
    Added(String),
    /// What there is no more.
    Removed(String),
}

/// The difference of two twins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// In the order of the newer one; each once.
    pub changes: Vec<Change>,
    /// How much of both is the same, from 0 to 1.
    pub shared: f64,
    /// Whether one only ends earlier than the other, as what moves out of the window does.
    pub is_cut: bool,
    /// Whether they say the same in another order.
    pub is_reordered: bool,
}

/// Compares what two twins say, however it is nested.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "a page has far fewer lines than 2^52")]
pub fn difference(old: &Twin, new: &Twin) -> Difference {
    let [old, new] = [old, new].map(|twin| twin.lines().iter().map(flat).collect::<Vec<_>>());
    let hunks = hunks(&old, &new);
    let gone: usize = hunks.iter().map(|(removed, _)| removed.len()).sum();
    let all = old.len() + new.len();
    let mut changes = Vec::new();
    for change in hunks.iter().flat_map(|(removed, added)| changes_in(removed, added)) {
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
    let sorted = |lines: &[Line]| {
        let mut written: Vec<_> = lines.iter().map(written).collect();
        written.sort_unstable();
        written
    };
    let is_end = |(removed, added): &(&[Line], &[Line])| {
        (removed.is_empty() && new.ends_with(added)) || (added.is_empty() && old.ends_with(removed))
    };
    Difference {
        changes,
        shared: if all == 0 {
            1.
        } else {
            2. * (old.len() - gone) as f64 / all as f64
        },
        is_cut: matches!(hunks.as_slice(), [only] if is_end(only)),
        is_reordered: !hunks.is_empty() && sorted(&old) == sorted(&new),
    }
}

fn flat(line: &Line) -> Line {
    Line {
        depth: 0,
        ..line.clone()
    }
}

fn written(line: &Line) -> String {
    let mut text = String::new();
    yaml::write(line, false, &mut text);
    text.trim().trim_start_matches("- ").to_owned()
}

/// Lines that were removed and those that stand in their place.
type Hunk<'a> = (&'a [Line], &'a [Line]);

fn hunks<'a>(old: &'a [Line], new: &'a [Line]) -> Vec<Hunk<'a>> {
    let lengths = common_lengths(old, new);
    let (mut at, mut to, mut hunks) = (0, 0, Vec::new());
    while at < old.len() || to < new.len() {
        let (first, second) = (at, to);
        while at < old.len() || to < new.len() {
            if at < old.len() && to < new.len() && old[at] == new[to] {
                break;
            }
            if to == new.len() || (at < old.len() && lengths[at + 1][to] >= lengths[at][to + 1]) {
                at += 1;
            } else {
                to += 1;
            }
        }
        if (first, second) != (at, to) {
            hunks.push((&old[first..at], &new[second..to]));
        }
        while at < old.len() && to < new.len() && old[at] == new[to] {
            (at, to) = (at + 1, to + 1);
        }
    }
    hunks
}

/// Of the longest sequence of lines that both have, from each pair of lines on.
fn common_lengths(old: &[Line], new: &[Line]) -> Vec<Vec<u32>> {
    let mut lengths = vec![vec![0; new.len() + 1]; old.len() + 1];
    for (at, one) in old.iter().enumerate().rev() {
        for (to, other) in new.iter().enumerate().rev() {
            lengths[at][to] = if one == other {
                lengths[at + 1][to + 1] + 1
            } else {
                lengths[at + 1][to].max(lengths[at][to + 1])
            };
        }
    }
    lengths
}

/// What stands in the place of something of the same role replaces it.
fn changes_in(removed: &[Line], added: &[Line]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut left: Vec<&Line> = added.iter().collect();
    for old in removed {
        let same_name = left
            .iter()
            .position(|new| new.role == old.role && new.name == old.name && !new.name.is_empty());
        let same_role = || left.iter().position(|new| new.role == old.role);
        match same_name.or_else(same_role) {
            Some(index) => changes.push(replaced(old, left.remove(index))),
            None => changes.extend(says(old).map(Change::Removed)),
        }
    }
    changes.extend(left.into_iter().filter_map(|line| says(line).map(Change::Added)));
    changes
}

fn replaced(old: &Line, new: &Line) -> Change {
    if old.label() == new.label() {
        Change::Replaced(written(old), written(new))
    } else {
        Change::Replaced(old.label().to_owned(), new.label().to_owned())
    }
}

/// A list says nothing itself.
fn says(line: &Line) -> Option<String> {
    (!line.label().is_empty()).then(|| line.label().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "- heading \"Pair\" [level=1]\n- list:\n  - listitem: one\n  - listitem: two\n- button \"Submit\"\n- link \"Help\"\n";

    fn to(new: &str) -> Difference {
        let [old, new] = [OLD, new].map(|text| Twin::parse(text.as_bytes()).unwrap());
        difference(&old, &new)
    }

    fn replaced(from: &str, to: &str) -> Vec<Change> {
        vec![Change::Replaced(from.into(), to.into())]
    }

    #[test]
    fn what_stands_in_the_place_of_something_replaces_it() {
        let file = to(&OLD.replace("Submit", "File"));
        assert_eq!(
            (file.changes, file.is_cut, file.is_reordered),
            (replaced("Submit", "File"), false, false)
        );
        assert!(file.shared > 0.8 && file.shared < 0.9, "{}", file.shared);
        let disabled = to(&OLD.replace("\"Submit\"", "\"Submit\" [disabled]"));
        assert_eq!(
            disabled.changes,
            replaced("button \"Submit\"", "button \"Submit\" [disabled]")
        );
        let more = to(&OLD.replace("- link", "- link \"About\"\n- link"));
        assert_eq!(more.changes, [Change::Added("About".into())]);
        assert_eq!(
            to(&OLD.replace("  - listitem: two\n", "")).changes,
            [Change::Removed("two".into())]
        );
    }

    #[test]
    fn other_nesting_is_no_change_and_another_order_is_none_of_the_words() {
        assert_eq!(to(&OLD.replace("  - listitem: two", "- listitem: two")), to(OLD));
        assert_eq!((to(OLD).changes, to(OLD).shared), (vec![], 1.));
        assert!(to(&OLD.replace("one", "x").replace("two", "one").replace('x', "two")).is_reordered);
    }

    #[test]
    fn what_moves_out_of_the_window_cuts_the_end_off() {
        assert!(to(&OLD.replace("- link \"Help\"\n", "")).is_cut);
        assert!(to(&format!("{OLD}- text: more\n")).is_cut);
        assert!(!to(&OLD.replace("- button \"Submit\"\n", "")).is_cut);
    }
}
