//! Which worker played what when: a lane for each worker, a bar for each attempt.
//!
//! Places are parts of the width, so that the picture fits any window and its texts stay as large as all others. Times in which
//! nothing ran, as between a run and its rerun, are left out.

use std::collections::BTreeMap;
use std::fmt::Display;

use crate::report::view::{self, after, duration};
use crate::suite::record::event::AttemptOutcome;
use crate::suite::record::{Attempt, Record, ScenarioRecord, Verdict};

/// Milliseconds without any attempt that are left out.
const PAUSE: i64 = 10_000;
/// A bar is no narrower than this part of the width, in percent: a pixel on a phone.
const NARROWEST: f64 = 0.3;
/// No more lines than this across the lanes.
const TICKS: i64 = 5;

/// The picture, if anything was played.
pub(crate) struct Timeline<'a> {
    pub(crate) lanes: Vec<Lane<'a>>,
    pub(crate) ticks: Vec<Tick>,
    /// Where time is left out.
    pub(crate) pauses: Vec<Tick>,
}

/// What one worker played.
pub(crate) struct Lane<'a> {
    /// From 1.
    pub(crate) worker: usize,
    pub(crate) bars: Vec<Bar<'a>>,
}

/// An attempt, or several that are too short to be seen and ended alike.
pub(crate) struct Bar<'a> {
    /// How it ended, as the style knows it.
    pub(crate) class: &'static str,
    /// Whether it stands out from those that passed.
    pub(crate) tall: bool,
    x: f64,
    width: f64,
    attempts: usize,
    pub(crate) title: String,
    /// The scenario on the page.
    pub(crate) id: &'a str,
}

/// A place on the axis.
pub(crate) struct Tick {
    pub(crate) x: String,
    pub(crate) label: String,
}

impl Bar<'_> {
    pub(crate) fn x(&self) -> String {
        percent(self.x)
    }

    pub(crate) fn width(&self) -> String {
        percent(self.width.max(NARROWEST))
    }
}

fn percent(part: f64) -> String {
    format!("{part:.2}%")
}

/// Draws the attempts of a record. `ids` has the places of its scenarios on the page, by their keys.
pub(crate) fn timeline<'a>(record: &Record, ids: &'a BTreeMap<&str, String>) -> Option<Timeline<'a>> {
    let axis = Axis::new(record)?;
    let mut lanes: BTreeMap<usize, Vec<(i64, Bar)>> = BTreeMap::new();
    for scenario in &record.scenarios {
        let Some(id) = ids.get(scenario.key.as_str()) else {
            continue;
        };
        for attempt in &scenario.attempts {
            let (began, _) = times(attempt);
            let lane = lanes.entry(attempt.worker + 1).or_default();
            lane.push((began, bar(scenario, attempt, id, &axis)));
        }
    }
    let lanes = lanes.into_iter().map(|(worker, mut bars)| {
        bars.sort_by_key(|(began, _)| *began);
        Lane {
            worker,
            bars: joined(bars.into_iter().map(|(_, bar)| bar)),
        }
    });
    Some(Timeline {
        lanes: lanes.collect(),
        ticks: axis.ticks(),
        pauses: axis.pauses(),
    })
}

/// When an attempt began and ended, in milliseconds.
fn times(attempt: &Attempt) -> (i64, i64) {
    let ended = after(attempt.began, attempt.durations.total());
    (attempt.began.as_millisecond(), ended.as_millisecond())
}

fn bar<'a>(scenario: &ScenarioRecord, attempt: &Attempt, id: &'a str, axis: &Axis) -> Bar<'a> {
    let (began, ended) = times(attempt);
    let (x, end) = (axis.place(began), axis.place(ended));
    let number = if scenario.attempts.len() > 1 {
        format!(", attempt {}", attempt.number)
    } else {
        String::new()
    };
    let word = view::outcome_word(&attempt.outcome);
    let took = duration(attempt.durations.total());
    Bar {
        class: match (&attempt.outcome, scenario.verdict) {
            (AttemptOutcome::Failed(_), Verdict::Quarantined | Verdict::Flaky) => scenario.verdict.word(),
            _ => word,
        },
        tall: attempt.outcome != AttemptOutcome::Passed,
        x,
        width: end - x,
        attempts: 1,
        title: format!("{}{number}: {word}, {took}", scenario.name),
        id,
    }
}

/// Bars that could not be distinguished become one.
fn joined<'a>(bars: impl Iterator<Item = Bar<'a>>) -> Vec<Bar<'a>> {
    let mut all: Vec<Bar> = Vec::new();
    for bar in bars {
        match all.last_mut() {
            Some(last) if last.class == bar.class && bar.x + bar.width - last.x < NARROWEST => {
                last.width = bar.x + bar.width - last.x;
                last.attempts += 1;
                last.title = format!("{} attempts {}", last.attempts, bar.class);
            }
            _ => all.push(bar),
        }
    }
    all
}

/// The periods in which scenarios ran, one behind the other.
struct Axis {
    /// Beginning and end of each, in milliseconds, in their order.
    played: Vec<(i64, i64)>,
}

impl Axis {
    fn new(record: &Record) -> Option<Self> {
        let attempts = record.scenarios.iter().flat_map(|scenario| &scenario.attempts);
        let mut times: Vec<_> = attempts.map(times).collect();
        times.sort_unstable();
        let mut played: Vec<(i64, i64)> = Vec::new();
        for (began, ended) in times {
            match played.last_mut() {
                Some((_, last)) if began - *last < PAUSE => *last = ended.max(*last),
                _ => played.push((began, ended)),
            }
        }
        (!played.is_empty()).then_some(Self { played })
    }

    /// Milliseconds.
    fn length(&self) -> i64 {
        let all = self.played.iter().map(|(began, ended)| ended - began);
        all.sum::<i64>().max(1)
    }

    /// Milliseconds from the beginning of the axis to a moment in it.
    fn offset(&self, at: i64) -> i64 {
        let before = self
            .played
            .iter()
            .map(|(began, ended)| at.clamp(*began, *ended) - began);
        before.sum()
    }

    /// Percent of the width.
    fn place(&self, at: i64) -> f64 {
        part(self.offset(at), self.length())
    }

    fn ticks(&self) -> Vec<Tick> {
        let step = step(self.length());
        let offsets = (0..).map(|number| number * step);
        let places = offsets.map(|offset| (offset, part(offset, self.length())));
        // A label needs room to the right of its line.
        let shown = places.take_while(|(_, place)| *place <= 88.);
        shown.map(|(offset, place)| tick(place, label(offset, step))).collect()
    }

    fn pauses(&self) -> Vec<Tick> {
        let pairs = self.played.windows(2);
        pairs
            .map(|pair| {
                let (ended, began) = (pair[0].1, pair[1].0);
                let long = std::time::Duration::from_millis((began - ended).unsigned_abs());
                tick(self.place(began), format!("Nobody played for {}", duration(long)))
            })
            .collect()
    }
}

fn tick(place: f64, label: impl Display) -> Tick {
    Tick {
        x: percent(place),
        label: label.to_string(),
    }
}

#[allow(clippy::cast_precision_loss, reason = "a place on a screen")]
fn part(offset: i64, length: i64) -> f64 {
    offset as f64 * 100. / length as f64
}

/// Milliseconds between two ticks: 1, 2 or 5 of a power of ten up to seconds, then what clocks have.
fn step(length: i64) -> i64 {
    const STEPS: [i64; 19] = [
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000,
        1_800_000,
    ];
    let fits = STEPS.into_iter().find(|step| length / step <= TICKS);
    // Whole hours.
    fits.unwrap_or_else(|| (length / TICKS / 3_600_000 + 1) * 3_600_000)
}

fn label(offset: i64, step: i64) -> String {
    match step {
        ..1_000 => format!("{offset} ms"),
        1_000..60_000 => format!("{} s", offset / 1_000),
        60_000..3_600_000 => format!("{} min", offset / 60_000),
        _ => format!("{} h", offset / 3_600_000),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::Timestamp;

    use super::super::super::view::samples::{attempt, failed, record, scenario};
    use super::*;

    /// An attempt of this worker that began and ended after so many milliseconds.
    fn at(worker: usize, began: i64, ended: i64, mut attempt: Attempt) -> Attempt {
        attempt.worker = worker;
        attempt.began = Timestamp::from_millisecond(began).unwrap();
        attempt.durations.steps = Duration::from_millis((ended - began).unsigned_abs());
        attempt
    }

    fn passed(worker: usize, began: i64, ended: i64) -> Attempt {
        at(worker, began, ended, attempt(1, AttemptOutcome::Passed))
    }

    fn drawn(scenarios: Vec<ScenarioRecord>) -> String {
        let record = record(scenarios);
        let ids = record
            .scenarios
            .iter()
            .map(|one| (one.key.as_str(), one.name.to_lowercase()));
        let ids = ids.collect();
        let Some(timeline) = timeline(&record, &ids) else {
            return String::new();
        };
        let mut lines = Vec::new();
        for lane in &timeline.lanes {
            lines.push(format!("worker {}", lane.worker));
            lines.extend(lane.bars.iter().map(|bar| {
                let tall = if bar.tall { ", tall" } else { "" };
                format!(
                    "  {} {} {}{tall} #{}: {}",
                    bar.x(),
                    bar.width(),
                    bar.class,
                    bar.id,
                    bar.title
                )
            }));
        }
        let places = |name: &str, ticks: &[Tick]| {
            let all: Vec<_> = ticks.iter().map(|tick| format!("{} {}", tick.x, tick.label)).collect();
            format!("{name}: {}", all.join(", ")).trim_end().to_owned()
        };
        lines.push(places("ticks", &timeline.ticks));
        lines.push(places("pauses", &timeline.pauses));
        lines.join("\n")
    }

    #[test]
    fn each_worker_has_a_lane_with_its_attempts_in_their_order() {
        let retried = vec![
            at(1, 1_000, 2_000, failed(1)),
            at(0, 6_000, 10_000, attempt(2, AttemptOutcome::Passed)),
        ];
        let picture = drawn(vec![
            scenario("B", Verdict::Flaky, retried),
            scenario("A", Verdict::Passed, vec![passed(0, 0, 5_000)]),
            scenario("C", Verdict::Failed, vec![at(1, 2_000, 4_000, failed(1))]),
            scenario("D", Verdict::NotPlayed, Vec::new()),
        ]);
        insta::assert_snapshot!(picture, @"
        worker 1
          0.00% 50.00% passed #a: A: passed, 5.0 s
          60.00% 40.00% passed #b: B, attempt 2: passed, 4.0 s
        worker 2
          10.00% 10.00% flaky, tall #b: B, attempt 1: failed, 1.0 s
          20.00% 20.00% failed, tall #c: C: failed, 2.0 s
        ticks: 0.00% 0 s, 20.00% 2 s, 40.00% 4 s, 60.00% 6 s, 80.00% 8 s
        pauses:
        ");
    }

    #[test]
    fn a_time_in_which_nobody_played_is_left_out() {
        let hour = 3_600_000;
        let picture = drawn(vec![
            scenario("A", Verdict::Passed, vec![passed(0, 0, 3_000)]),
            scenario("B", Verdict::Passed, vec![passed(0, hour, hour + 1_000)]),
        ]);
        insta::assert_snapshot!(picture, @"
        worker 1
          0.00% 75.00% passed #a: A: passed, 3.0 s
          75.00% 25.00% passed #b: B: passed, 1.0 s
        ticks: 0.00% 0 s, 25.00% 1 s, 50.00% 2 s, 75.00% 3 s
        pauses: 75.00% Nobody played for 59 min 57 s
        ");
    }

    #[test]
    fn what_is_too_short_to_be_seen_is_one_bar_where_it_ended_alike() {
        let many = (0..10_000).map(|index| {
            let one = passed(0, index * 10, index * 10 + 10);
            scenario(&format!("S{index}"), Verdict::Passed, vec![one])
        });
        let mut all: Vec<_> = many.collect();
        all[5_000].attempts = vec![at(0, 50_000, 50_010, failed(1))];
        let record = record(all);
        let ids = record
            .scenarios
            .iter()
            .map(|one| (one.key.as_str(), one.name.clone()))
            .collect();
        let timeline = timeline(&record, &ids).unwrap();
        let bars = &timeline.lanes[0].bars;
        assert!((300..400).contains(&bars.len()), "{}", bars.len());
        assert_eq!(
            bars.iter().filter(|bar| bar.tall).count(),
            1,
            "a failure is never hidden"
        );
        assert_eq!(bars.iter().map(|bar| bar.attempts).sum::<usize>(), 10_000);
        assert_eq!(bars[0].title, "29 attempts passed");
    }

    #[test]
    fn there_is_no_picture_of_nothing_and_one_of_an_attempt_without_length() {
        assert_eq!(drawn(vec![scenario("A", Verdict::NotPlayed, Vec::new())]), "");
        let picture = drawn(vec![scenario("A", Verdict::Passed, vec![passed(0, 0, 0)])]);
        insta::assert_snapshot!(picture, @"
        worker 1
          0.00% 0.30% passed #a: A: passed, 0 ms
        ticks: 0.00% 0 ms
        pauses:
        ");
    }

    #[test]
    fn ticks_are_at_times_as_clocks_have_them() {
        let steps = [1, 900, 5_000, 59_000, 61_000, 600_000, 7_200_000, 36_000_000].map(step);
        assert_eq!(steps, [1, 200, 1_000, 10_000, 30_000, 120_000, 1_800_000, 10_800_000]);
    }
}
