//! Labels that a narration quotes, and whether they are on the screen.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::verdict::SceneVerdict;
use crate::aria::{Change, Twin, difference};
use crate::redact::Redacted;

/// How text is quoted, and marked as bold.
const QUOTES: [(&str, &str); 5] = [("\"", "\""), ("“", "”"), ("„", "“"), ("«", "»"), ("**", "**")];

/// A sentence that quotes a label which is no longer on the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaleQuote {
    /// `features/x.feature:12`.
    pub place: String,
    /// As it is written.
    pub sentence: Redacted,
    /// What it quotes.
    pub label: Redacted,
    /// The sentence with the new label, where one stands in the old one's place.
    pub proposal: Option<Redacted>,
}

/// What a text quotes, in order.
pub(super) fn quoted(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((at, (open, close))) = next_quote(rest) {
        let inner = &rest[at + open.len()..];
        let Some(end) = inner.find(close) else { break };
        let label = inner[..end].trim();
        // What goes over a line is no label.
        if !label.is_empty() && !label.contains("\n\n") {
            found.push(label);
        }
        rest = &inner[end + close.len()..];
    }
    found
}

fn next_quote(text: &str) -> Option<(usize, (&'static str, &'static str))> {
    let all = QUOTES
        .into_iter()
        .filter_map(|quote| Some((text.find(quote.0)?, quote)));
    all.min_by_key(|(at, _)| *at)
}

/// Whether some line of it says this, whole or as a part.
pub(super) fn says(twin: &Twin, label: &str) -> bool {
    let mut lines = twin.lines().iter();
    lines.any(|line| line.name.contains(label) || line.text.contains(label))
}

/// What a narration quotes that the picture said before and says no more.
#[must_use]
pub fn stale(narration: &str, place: &str, before: &Twin, now: &Twin, verdict: &SceneVerdict) -> Vec<StaleQuote> {
    let is_stale = |label: &&str| says(before, label) && !says(now, label);
    let changes = difference(before, now).changes;
    let stale = |label: &str| {
        let sentence = sentence_of(narration, label);
        let renamed = renamed(label, &changes, verdict);
        StaleQuote {
            place: place_of(place, label),
            proposal: renamed.map(|new| sentence.replace(label, &new).into()),
            sentence: sentence.into(),
            label: label.into(),
        }
    };
    quoted(narration).into_iter().filter(is_stale).map(stale).collect()
}

fn renamed(label: &str, changes: &[Change], verdict: &SceneVerdict) -> Option<String> {
    if let SceneVerdict::Relabelled { from, to, .. } = verdict
        && *from == label
    {
        return Some(to.to_string());
    }
    changes.iter().find_map(|change| match change {
        Change::Replaced(from, to) if from == label => Some(to.clone()),
        Change::Replaced(..) | Change::Added(_) | Change::Removed(_) => None,
    })
}

/// The sentence in which the label stands.
pub(super) fn sentence_of<'a>(text: &'a str, label: &str) -> &'a str {
    let at = text.find(label).unwrap_or_default();
    let ends = |text: &str| {
        text.match_indices(['.', '!', '?', '\n'])
            .map(|(at, _)| at)
            .collect::<Vec<_>>()
    };
    let is_end = |index: usize| {
        text[index + 1..].chars().next().is_none_or(char::is_whitespace) || text[index..].starts_with('\n')
    };
    let all: Vec<usize> = ends(text).into_iter().filter(|index| is_end(*index)).collect();
    let start = all.iter().rfind(|index| **index < at).map_or(0, |index| index + 1);
    let end = all
        .iter()
        .find(|index| **index >= at + label.len())
        .map_or(text.len(), |index| index + 1);
    text[start..end].trim()
}

/// The line at or below a step in which the label is written; the step's own where that can't be read.
pub(super) fn place_of(step: &str, label: &str) -> String {
    let found = step.rsplit_once(':').and_then(|(path, line)| {
        let first: usize = line.parse().ok()?;
        let text = fs::read_to_string(Path::new(path)).ok()?;
        // The step may quote the label, too.
        let below = text.lines().enumerate().skip(first);
        let (index, _) = below
            .take_while(|(index, _)| index - first < 60)
            .find(|(_, line)| line.contains(label))?;
        Some(format!("{path}:{}", index + 1))
    });
    found.unwrap_or_else(|| step.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_labels_are_found_in_any_quotes_and_in_bold() {
        let text = "Click \"Save\", then “Send now”. **OK** «ja» 3\" wide";
        assert_eq!(quoted(text), ["Save", "Send now", "OK", "ja"]);
    }

    #[test]
    fn the_sentence_is_named_and_a_new_one_proposed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.feature");
        fs::write(
            &path,
            "Feature: A\n  When I click \"Submit\"\n    \"\"\"\n    First. Then click\n    \"Submit\". See \"Gone\".\n",
        )
        .unwrap();
        let twin = |text: &str| Twin::parse(text.as_bytes()).unwrap();
        let before = twin("- button \"Submit\"\n- text: x\n- link \"Gone\"\n");
        let now = twin("- button \"File\"\n- text: x\n");
        let narration = "First. Then click \"Submit\". See \"Gone\". Never \"Else\".";
        let place = format!("{}:2", path.display());
        let stale = stale(narration, &place, &before, &now, &SceneVerdict::OtherScreen);
        let found: Vec<_> = stale
            .iter()
            .map(|one| (&*one.sentence, one.proposal.as_deref()))
            .collect();
        assert_eq!(
            found,
            [
                ("Then click \"Submit\".", Some("Then click \"File\".")),
                ("See \"Gone\".", None)
            ]
        );
        assert_eq!(stale[0].place, format!("{}:5", path.display()));
    }
}
