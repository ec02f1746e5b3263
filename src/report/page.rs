//! The report for people: one page that can be mailed, read from a disk and searched, what failed first.
//!
//! Nothing in it comes from elsewhere, and its policy lets only its own style and script in. Without script all of it can be
//! read; the script searches and filters.

mod album;
mod groups;
mod timeline;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use askama::Template;
use askama::filters::{Escaper, Html};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use self::album::{Album, Attached, Document, Picture};
use self::groups::{Group, Slow, by_cause, kinds, scenarios, slowest};
use self::timeline::{Timeline, timeline};
use super::reading::{self, Fact, StepStatus, Value, Written};
use crate::files::slug;
use crate::suite::record::event::Failure;
use crate::suite::record::{self, Record, ScenarioRecord, Verdict};
use crate::visible::visible;

/// The report, in the folder for reports.
pub const FILE: &str = "index.html";

const STYLE: &str = include_str!("../../templates/report.css");
const SCRIPT: &str = include_str!("../../templates/report.js");

/// So many failures are shown open; of more, the list comes first.
const FEW: usize = 3;

/// Makes text of texts, with what would act on those around it shown.
#[derive(Clone, Copy)]
pub(crate) struct Visible;

impl Escaper for Visible {
    fn write_escaped_str<W: fmt::Write>(&self, dest: W, string: &str) -> fmt::Result {
        Html.write_escaped_str(dest, &visible(string))
    }
}

#[derive(Template)]
#[template(path = "report.html", escape = "visible")]
struct Page<'a> {
    headline: String,
    bad: bool,
    policy: String,
    style: &'static str,
    /// The pictures, as classes.
    pictures: String,
    script: &'static str,
    facts: Vec<Fact>,
    outside: Vec<String>,
    tags: BTreeSet<&'a str>,
    groups: Vec<Group<'a>>,
    /// The scenarios that took longest.
    slowest: Vec<Slow<'a>>,
    /// How times are compared, where one is.
    rule: Option<&'static str>,
    timeline: Option<Timeline<'a>>,
}

struct Scenario<'a> {
    id: String,
    key: &'a str,
    name: &'a str,
    subject: String,
    place: String,
    tags: &'a [String],
    /// Of all attempts.
    time: Duration,
    took: String,
    /// Against the last time, where the difference matters.
    change: Option<String>,
    /// What is written of its feature and of itself.
    about: Vec<String>,
    /// The failure in one line.
    brief: String,
    reason: Option<String>,
    open: bool,
    attempts: Vec<Attempt<'a>>,
    /// Where it was not played, what would have been.
    unplayed: Vec<&'a str>,
}

struct Attempt<'a> {
    title: String,
    open: bool,
    spent: String,
    /// What went wrong before or beside the steps.
    failure: Option<Message<'a>>,
    steps: Vec<Step<'a>>,
    documents: Vec<Document>,
}

struct Message<'a> {
    text: String,
    code: Option<&'a str>,
    /// The page as it was at the end, where there is no step to show it with.
    picture: Option<Picture>,
}

struct Step<'a> {
    text: &'a str,
    line: usize,
    status: &'static str,
    class: &'static str,
    took: Option<String>,
    // Few steps have any of these.
    failure: Option<Box<Message<'a>>>,
    before: Option<Box<Picture>>,
    after: Option<Box<Picture>>,
    attached: Vec<Attached>,
}

/// Writes the page. `folder` is where the paths of evidence begin.
///
/// # Errors
/// What `out` says.
pub fn write(record: &Record, folder: &Path, out: &mut dyn Write) -> io::Result<()> {
    let mut album = Album::new(folder);
    let groups = groups(record, &mut album);
    let slowest = slowest(&groups);
    let ids: BTreeMap<_, _> = scenarios(&groups).map(|one| (one.key, one.id.clone())).collect();
    let rule = scenarios(&groups)
        .any(|one| one.change.is_some())
        .then_some(reading::RULE);
    let pictures = album.into_style();
    Page {
        headline: reading::headline(record),
        bad: !reading::succeeded(record),
        policy: policy(&[STYLE, &pictures]),
        style: STYLE,
        pictures,
        script: SCRIPT,
        facts: facts(record),
        outside: reading::outside(record),
        tags: record
            .scenarios
            .iter()
            .flat_map(|one| &one.tags)
            .map(String::as_str)
            .collect(),
        rule,
        timeline: timeline(record, &ids),
        groups,
        slowest,
    }
    .write_into(out)
}

/// Lets in what is named, by its hash, and pictures that are in the page itself.
fn policy(styles: &[&str]) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())));
    let styles: Vec<_> = styles.iter().map(|style| hash(style)).collect();
    let (styles, script) = (styles.join(" "), hash(SCRIPT));
    format!(
        "default-src 'none'; img-src data:; style-src {styles}; script-src {script}; base-uri 'none'; form-action 'none'"
    )
}

fn facts(record: &Record) -> Vec<Fact> {
    let portal = record.base_url.clone();
    let portal = portal.unwrap_or_else(|| "a mock portal for each scenario".to_owned());
    let reruns = (record.reruns > 0).then(|| ("Reruns", record.reruns.to_string()));
    let own = [
        ("Began", record.began.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()),
        ("Took", reading::duration(record.took)),
        ("Portal", portal),
        ("Order", record.order.clone()),
    ];
    let own = own.into_iter().chain(reruns).map(|(name, text)| Fact {
        name,
        values: vec![Value { text, link: None }],
    });
    own.chain(reading::facts(record)).collect()
}

fn groups<'a>(record: &'a Record, album: &mut Album<'_>) -> Vec<Group<'a>> {
    let written = Written::of(record);
    let kinds = kinds(record);
    let mut ids: BTreeSet<String> = kinds.iter().map(|(word, _)| slug(word)).collect();
    let mut group = |(word, records): (&'static str, Vec<&'a ScenarioRecord>)| {
        let count = records.len();
        let open = word == Verdict::Failed.word() && count <= FEW;
        let scenarios = records.into_iter().map(|one| Scenario {
            open,
            about: about(&written, one),
            ..scenario(record, one, unused(&mut ids, &one.key), album)
        });
        let causes = by_cause(scenarios.collect());
        let id = slug(word);
        Group {
            word,
            id,
            count,
            causes,
        }
    };
    kinds.into_iter().map(&mut group).collect()
}

fn about(written: &Written, scenario: &ScenarioRecord) -> Vec<String> {
    let about = written.about(scenario);
    let texts = about.into_iter().flat_map(|about| [&*about.feature, &about.scenario]);
    texts.filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

/// Two keys may differ in nothing but punctuation.
fn unused(ids: &mut BTreeSet<String>, key: &str) -> String {
    let plain = slug(key);
    let mut id = plain.clone();
    let mut number = 2;
    while !ids.insert(id.clone()) {
        id = format!("{plain}-{number}");
        number += 1;
    }
    id
}

fn scenario<'a>(record: &Record, scenario: &'a ScenarioRecord, id: String, album: &mut Album<'_>) -> Scenario<'a> {
    let played = !scenario.attempts.is_empty();
    let last_failed = scenario
        .attempts
        .iter()
        .rposition(|one| reading::failure(one).is_some());
    let shown = last_failed.or(scenario.attempts.len().checked_sub(1));
    let attempts = scenario.attempts.iter().enumerate();
    let attempts = attempts.map(|(index, one)| attempt(scenario, one, shown == Some(index), album));
    let brief = reading::last_failure(scenario)
        .map(reading::message)
        .unwrap_or_default();
    Scenario {
        id,
        key: &scenario.key,
        name: &scenario.name,
        subject: reading::feature_and_rule(scenario),
        place: scenario.place(),
        tags: &scenario.tags,
        time: reading::took(scenario),
        about: Vec::new(),
        change: reading::change(scenario),
        took: if played {
            reading::duration(reading::took(scenario))
        } else {
            String::new()
        },
        brief: brief.lines().next().unwrap_or_default().to_owned(),
        reason: reading::reason(record, scenario),
        open: false,
        attempts: attempts.collect(),
        unplayed: scenario
            .steps
            .iter()
            .filter(|_| !played)
            .map(|step| &*step.text)
            .collect(),
    }
}

fn attempt<'a>(
    scenario: &'a ScenarioRecord,
    attempt: &'a record::Attempt,
    open: bool,
    album: &mut Album<'_>,
) -> Attempt<'a> {
    let failure = reading::failure(attempt);
    let word = reading::ended(&attempt.outcome);
    let steps = 0..scenario.steps.len();
    let beside = failure.filter(|failure| failure.step.is_none());
    Attempt {
        title: format!(
            "Attempt {}: {word}, {}",
            attempt.number,
            reading::duration(attempt.spent.total())
        ),
        open,
        spent: spent(attempt),
        failure: beside.map(|failure| message(failure, album)),
        steps: steps.map(|index| step(scenario, attempt, index, album)).collect(),
        documents: failure
            .map(|failure| album.documents(&failure.evidence))
            .unwrap_or_default(),
    }
}

fn spent(attempt: &record::Attempt) -> String {
    let spent = &attempt.spent;
    let parts = [
        ("starting", spent.starting),
        ("steps", spent.steps),
        ("pictures", spent.pictures),
        ("ending", spent.ending),
    ];
    let told = parts.into_iter().filter(|(_, time)| !time.is_zero());
    let told: Vec<_> = told
        .map(|(what, time)| format!("{what} {}", reading::duration(time)))
        .collect();
    let worker = format!("worker {}", attempt.worker + 1);
    std::iter::once(worker).chain(told).collect::<Vec<_>>().join(", ")
}

fn message<'a>(failure: &'a Failure, album: &mut Album<'_>) -> Message<'a> {
    Message {
        text: reading::message(failure),
        code: failure.code.as_deref(),
        picture: match failure.step {
            Some(_) => None,
            None => album.picture(&failure.evidence, None, "At the end"),
        },
    }
}

/// With the page after it; where it failed, also with the page before it, which elsewhere stands at the step above.
fn step<'a>(
    scenario: &'a ScenarioRecord,
    attempt: &'a record::Attempt,
    index: usize,
    album: &mut Album<'_>,
) -> Step<'a> {
    let written = &scenario.steps[index];
    let status = reading::status(attempt, index);
    let evidence = reading::failure(attempt).map_or(&[][..], |failure| &failure.evidence);
    let failure = reading::failure(attempt).filter(|_| status == StepStatus::Failed);
    let after = if failure.is_some() { None } else { Some(index) };
    let before = failure.and(index.checked_sub(1));
    let mut before = before.and_then(|step| album.picture(evidence, Some(step), &format!("Before step {}", index + 1)));
    let mut after = album.picture(evidence, after, &format!("After step {}", index + 1));
    if let (Some(one), Some(other)) = (&before, &mut after)
        && one.number.is_some()
        && one.number == other.number
    {
        other.caption = format!("Before and after step {}: the page looks the same", index + 1);
        before = None;
    }
    let attached = attempt.attachments.iter().filter(|one| one.step == index);
    Step {
        attached: attached.filter_map(|one| album.attached(one)).collect(),
        text: &written.text,
        line: written.line,
        status: status.word(),
        class: class(status),
        took: attempt.steps.get(index).map(|time| reading::duration(time.took)),
        failure: failure.map(|failure| message(failure, album).into()),
        before: before.map(Box::new),
        after: after.map(Box::new),
    }
}

/// As the style knows it.
fn class(status: StepStatus) -> &'static str {
    match status {
        StepStatus::NotReached => "not-reached",
        StepStatus::Passed | StepStatus::Failed | StepStatus::Interrupted => status.word(),
    }
}

#[cfg(test)]
mod tests;
