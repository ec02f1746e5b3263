//! Scenarios, attempts and steps as the page shows them.

use std::time::Duration;

use super::embedded::{AttachmentView, EmbeddedArtifacts, EmbeddedPicture, EmbeddedText};
use crate::report::view::{self, StepStatus};
use crate::suite::record::event::AttemptFailure;
use crate::suite::record::{self, Record, ScenarioRecord};

/// A scenario on the page.
pub(crate) struct ScenarioView<'a> {
    pub(crate) id: String,
    pub(crate) key: &'a str,
    pub(crate) name: &'a str,
    pub(crate) subject: String,
    pub(crate) place: String,
    pub(crate) tags: &'a [String],
    /// Of all attempts.
    pub(crate) time: Duration,
    pub(crate) took: String,
    /// Against the last time, where the difference matters.
    pub(crate) change: Option<String>,
    /// What is written of its feature and of itself.
    pub(crate) about: Vec<String>,
    /// The failure in one line.
    pub(crate) brief: String,
    pub(crate) reason: Option<String>,
    pub(crate) open: bool,
    pub(crate) attempts: Vec<AttemptView<'a>>,
    /// Where it was not played, what would have been.
    pub(crate) unplayed: Vec<&'a str>,
}

pub(crate) struct AttemptView<'a> {
    pub(crate) title: String,
    pub(crate) open: bool,
    pub(crate) durations: String,
    /// What went wrong before or beside the steps.
    pub(crate) failure: Option<MessageView<'a>>,
    pub(crate) steps: Vec<StepView<'a>>,
    pub(crate) documents: Vec<EmbeddedText>,
}

pub(crate) struct MessageView<'a> {
    pub(crate) text: String,
    pub(crate) code: Option<&'a str>,
    /// The page as it was at the end, where there is no step to show it with.
    pub(crate) picture: Option<EmbeddedPicture>,
}

pub(crate) struct StepView<'a> {
    pub(crate) text: &'a str,
    pub(crate) line: usize,
    pub(crate) status: &'static str,
    pub(crate) class: &'static str,
    pub(crate) took: Option<String>,
    // Few steps have any of these.
    pub(crate) failure: Option<Box<MessageView<'a>>>,
    pub(crate) before: Option<Box<EmbeddedPicture>>,
    pub(crate) after: Option<Box<EmbeddedPicture>>,
    pub(crate) attached: Vec<AttachmentView>,
}

/// What the page shows of a scenario.
pub(crate) fn scenario<'a>(
    record: &Record,
    scenario: &'a ScenarioRecord,
    id: String,
    embedded: &mut EmbeddedArtifacts<'_>,
) -> ScenarioView<'a> {
    let played = !scenario.attempts.is_empty();
    let last_failed = scenario.attempts.iter().rposition(|one| view::failure(one).is_some());
    let shown = last_failed.or(scenario.attempts.len().checked_sub(1));
    let attempts = scenario.attempts.iter().enumerate();
    let attempts = attempts.map(|(index, one)| attempt(scenario, one, shown == Some(index), embedded));
    let brief = view::last_failure(scenario).map(view::message).unwrap_or_default();
    ScenarioView {
        id,
        key: &scenario.key,
        name: &scenario.name,
        subject: view::feature_and_rule(scenario),
        place: scenario.place(),
        tags: &scenario.tags,
        time: view::took(scenario),
        about: Vec::new(),
        change: view::change(scenario),
        took: if played {
            view::duration(view::took(scenario))
        } else {
            String::new()
        },
        brief: brief.lines().next().unwrap_or_default().to_owned(),
        reason: view::reason(record, scenario),
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
    embedded: &mut EmbeddedArtifacts<'_>,
) -> AttemptView<'a> {
    let failure = view::failure(attempt);
    let word = view::outcome_word(&attempt.outcome);
    let steps = 0..scenario.steps.len();
    let beside = failure.filter(|failure| failure.step.is_none());
    AttemptView {
        title: format!(
            "Attempt {}: {word}, {}",
            attempt.number,
            view::duration(attempt.durations.total())
        ),
        open,
        durations: durations(attempt),
        failure: beside.map(|failure| message(failure, embedded)),
        steps: steps.map(|index| step(scenario, attempt, index, embedded)).collect(),
        documents: failure
            .map(|failure| embedded.documents(&failure.evidence))
            .unwrap_or_default(),
    }
}

fn durations(attempt: &record::Attempt) -> String {
    let durations = &attempt.durations;
    let parts = [
        ("starting", durations.starting),
        ("steps", durations.steps),
        ("pictures", durations.pictures),
        ("ending", durations.ending),
    ];
    let message = parts.into_iter().filter(|(_, time)| !time.is_zero());
    let message: Vec<_> = message
        .map(|(what, time)| format!("{what} {}", view::duration(time)))
        .collect();
    let worker = format!("worker {}", attempt.worker + 1);
    std::iter::once(worker).chain(message).collect::<Vec<_>>().join(", ")
}

fn message<'a>(failure: &'a AttemptFailure, embedded: &mut EmbeddedArtifacts<'_>) -> MessageView<'a> {
    MessageView {
        text: view::message(failure),
        code: failure.code.as_deref(),
        picture: match failure.step {
            Some(_) => None,
            None => embedded.picture(&failure.evidence, None, "At the end"),
        },
    }
}

/// With the page after it; where it failed, also with the page before it, which elsewhere stands at the step above.
fn step<'a>(
    scenario: &'a ScenarioRecord,
    attempt: &'a record::Attempt,
    index: usize,
    embedded: &mut EmbeddedArtifacts<'_>,
) -> StepView<'a> {
    let recorded = &scenario.steps[index];
    let status = view::status(attempt, index);
    let evidence = view::failure(attempt).map_or(&[][..], |failure| &failure.evidence);
    let failure = view::failure(attempt).filter(|_| status == StepStatus::Failed);
    let after = if failure.is_some() { None } else { Some(index) };
    let before = failure.and(index.checked_sub(1));
    let mut before =
        before.and_then(|step| embedded.picture(evidence, Some(step), &format!("Before step {}", index + 1)));
    let mut after = embedded.picture(evidence, after, &format!("After step {}", index + 1));
    if let (Some(one), Some(other)) = (&before, &mut after)
        && one.number.is_some()
        && one.number == other.number
    {
        other.caption = format!("Before and after step {}: the page looks the same", index + 1);
        before = None;
    }
    let attached = attempt.attachments.iter().filter(|one| one.step == index);
    StepView {
        attached: attached.filter_map(|one| embedded.attached(one)).collect(),
        text: &recorded.text,
        line: recorded.line,
        status: status.word(),
        class: class(status),
        took: attempt.steps.get(index).map(|time| view::duration(time.took)),
        failure: failure.map(|failure| message(failure, embedded).into()),
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
