//! Which scenarios of a file are those of an earlier run: what that left open is played again, or named if it can't be found.
//!
//! Keys hold names and numbers of rows, which change as people edit a file between two runs. A scenario is found by its steps first;
//! what was left open, and has other steps now, by what stands in its place (decision 0016).

use std::collections::BTreeSet;
use std::path::PathBuf;

/// A scenario of the run that is repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierScenario {
    /// Its file.
    pub path: PathBuf,
    /// Its key then.
    pub key: String,
    /// Digest of its tags and steps then; empty in records of earlier versions.
    pub content: String,
    /// Whether it is to be played again.
    pub is_open: bool,
}

/// What an earlier scenario is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundScenario {
    /// Its file was not chosen this time.
    NotChosen,
    /// It is this one, which may or may not be chosen.
    Here {
        /// Its key now.
        key: String,
        /// Its name now.
        name: String,
        /// Its line now.
        line: usize,
    },
    /// It is not there any more, and needs not be.
    Gone,
    /// It was left open, and nothing is there by its name or its steps.
    Lost,
}

/// Until its file is read.
pub(super) fn not_chosen(earlier: &EarlierScenario) -> FoundScenario {
    if !earlier.is_open || earlier.path.exists() {
        FoundScenario::NotChosen
    } else {
        FoundScenario::Lost
    }
}

/// A scenario as its file has it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PresentScenario {
    pub key: String,
    pub name: String,
    pub line: usize,
    pub content: String,
}

/// What became of the scenarios that a file had.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// The place of each earlier scenario among those that are there now.
    pub places: Vec<Option<usize>>,
    /// Places of those that are played again.
    pub again: BTreeSet<usize>,
}

/// Finds the scenarios that a file had among those that it has.
pub(super) fn find(earlier: &[&EarlierScenario], present: &[PresentScenario]) -> Findings {
    let mut search = Search {
        earlier,
        present,
        places: vec![None; earlier.len()],
        free: (0..present.len()).collect(),
    };
    let is_same = |one: &EarlierScenario, now: &PresentScenario| !one.content.is_empty() && one.content == now.content;
    let is_outline = |one: &EarlierScenario, now: &PresentScenario| written_name(&one.key) == written_name(&now.key);
    search.all(|one, now| one.key == now.key && is_same(one, now));
    search.all(|one, now| is_outline(one, now) && is_same(one, now));
    // Open ones with other steps. It is unknown which new row of an outline is the edited one: all new rows are selected.
    let edited: Vec<_> = search.open_and_lost().collect();
    search.open(|one, now| one.key == now.key);
    search.open(is_outline);
    let mut again: BTreeSet<usize> = search.free.iter().copied().collect();
    again.retain(|place| {
        edited
            .iter()
            .any(|index| search.places[*index].is_some() && is_outline(earlier[*index], &present[*place]))
    });
    search.free.retain(|place| !again.contains(place));
    // Renamed ones.
    search.open(is_same);
    search.settled(|one, now| one.key == now.key);
    search.settled(is_same);
    // What passed with other steps or tags says nothing of what is there now: a name may be that of another scenario, and a quarantine
    // may be over.
    let is_edited =
        |one: &EarlierScenario, place: usize| !one.content.is_empty() && one.content != present[place].content;
    let placed = earlier
        .iter()
        .zip(&search.places)
        .filter_map(|(one, place)| Some((one, (*place)?)));
    again.extend(
        placed
            .filter(|(one, place)| one.is_open || is_edited(one, *place))
            .map(|(_, place)| place),
    );
    Findings {
        places: search.places,
        again,
    }
}

struct Search<'a> {
    earlier: &'a [&'a EarlierScenario],
    present: &'a [PresentScenario],
    places: Vec<Option<usize>>,
    /// Places of those that are no earlier one yet.
    free: BTreeSet<usize>,
}

impl<'a> Search<'a> {
    fn open_and_lost(&self) -> impl Iterator<Item = usize> + use<'a> {
        let all = self.earlier.iter().zip(self.places.clone()).enumerate();
        all.filter_map(|(index, (one, place))| (one.is_open && place.is_none()).then_some(index))
    }

    /// What was left open chooses first.
    fn all(&mut self, fits: impl Fn(&EarlierScenario, &PresentScenario) -> bool) {
        self.open(&fits);
        self.settled(fits);
    }

    fn open(&mut self, fits: impl Fn(&EarlierScenario, &PresentScenario) -> bool) {
        self.take(true, fits);
    }

    fn settled(&mut self, fits: impl Fn(&EarlierScenario, &PresentScenario) -> bool) {
        self.take(false, fits);
    }

    fn take(&mut self, is_open: bool, fits: impl Fn(&EarlierScenario, &PresentScenario) -> bool) {
        for (one, place) in self.earlier.iter().zip(&mut self.places) {
            if one.is_open == is_open && place.is_none() {
                *place = self.free.iter().copied().find(|free| fits(one, &self.present[*free]));
                place.map(|place| self.free.remove(&place));
            }
        }
    }
}

/// A key without what tells apart rows, and scenarios of one name.
fn written_name(key: &str) -> &str {
    let end = key.rsplit_once(" #");
    match end {
        Some((before, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            written_name(before)
        }
        _ => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `+` marks what was left open: `+A #1=bad`.
    fn earlier(text: &str) -> Vec<EarlierScenario> {
        let scenario = |text: &str| {
            let (key, content) = text.trim_start_matches('+').split_once('=').unwrap();
            EarlierScenario {
                path: "a.feature".into(),
                key: key.to_owned(),
                content: content.to_owned(),
                is_open: text.starts_with('+'),
            }
        };
        text.split(", ").map(scenario).collect()
    }

    fn present(text: &str) -> Vec<PresentScenario> {
        let scenarios = earlier(text).into_iter().enumerate();
        let scenario = |(line, one): (usize, EarlierScenario)| PresentScenario {
            name: one.key.clone(),
            key: one.key,
            line,
            content: one.content,
        };
        scenarios.map(scenario).collect()
    }

    #[test]
    fn what_was_left_open_is_played_wherever_it_is_or_lost() {
        for (before, now, again, lost) in [
            // Nothing was edited.
            ("+A=bad, B=good", "A=bad, B=good", "A", ""),
            // A row was added before those that were there; and one was mended at the same time.
            ("+A #1=bad, A #2=good", "A #1=new, A #2=bad, A #3=good", "A #2", ""),
            (
                "+A #1=bad, A #2=good",
                "A #1=new, A #2=mended, A #3=good",
                "A #1, A #2",
                "",
            ),
            // A row was removed.
            (
                "+A #1=bad, A #2=good, +A #3=worse",
                "A #1=good, A #2=worse",
                "A #2",
                "A #1",
            ),
            ("+A #1=bad, A #2=good", "A #1=good", "", "A #1"),
            // The background was edited.
            (
                "+A #1=bad, A #2=good, B=x",
                "A #1=bad2, A #2=good2, B=x2",
                "A #1, A #2, B",
                "",
            ),
            // One was renamed, and another one was mended.
            ("+One=bad, +Two=worse", "One=mended, Zwei=worse", "One, Zwei", ""),
            ("+One=bad, +Two=worse", "One=mended, Zwei=other", "One", "Two"),
            // One of several with one name was removed, with other steps or the same.
            ("+A=bad, A #2=good, +A #3=worse", "A=good, A #2=worse", "A #2", "A"),
            ("+A=x, A #2=x, +A #3=x", "A=x, A #2=x", "A", "A #3"),
            // A record of an earlier version knows no steps.
            ("+A #1=, A #2=", "A #1=good, A #2=bad", "A #1, A #2", ""),
        ] {
            let (before, now) = (earlier(before), present(now));
            let found = find(&before.iter().collect::<Vec<_>>(), &now);
            let keys: Vec<_> = found.again.iter().map(|place| now[*place].key.as_str()).collect();
            let missing = before.iter().zip(&found.places);
            let missing = missing.filter(|(one, place)| one.is_open && place.is_none());
            let missing: Vec<_> = missing.map(|(one, _)| one.key.as_str()).collect();
            assert_eq!(
                (keys.join(", "), missing.join(", ")),
                (again.to_owned(), lost.to_owned()),
                "{before:?} {now:?}"
            );
        }
    }

    #[test]
    fn what_passed_is_kept_where_it_is_now() {
        let before = earlier("+A #1=bad, A #2=good, B=x, C=y, D=z");
        let now = present("A #1=good, B=edited, Renamed=y");
        let found = find(&before.iter().collect::<Vec<_>>(), &now);
        assert_eq!(found.places, [None, Some(0), Some(1), Some(2), None]);
    }

    #[test]
    fn what_passed_is_played_again_if_it_is_another_scenario_now() {
        for (before, now, again) in [
            ("+One=bad, Two=good", "One=good, Two=bad", "One, Two"),
            (
                "Quarantined=with the tag, +B=bad",
                "Quarantined=without, B=mended",
                "Quarantined, B",
            ),
            ("A=good, +B=bad", "A=good, B=bad", "B"),
            // A record of an earlier version knows no steps.
            ("A=, +B=", "A=good, B=bad", "B"),
        ] {
            let (before, now) = (earlier(before), present(now));
            let found = find(&before.iter().collect::<Vec<_>>(), &now);
            let keys: Vec<_> = found.again.iter().map(|place| now[*place].key.as_str()).collect();
            assert_eq!(keys.join(", "), again);
        }
    }
}
