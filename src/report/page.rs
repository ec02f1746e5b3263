//! The report for people: one page that can be mailed, read from a disk and searched, what failed first.
//!
//! Nothing in it comes from elsewhere, and its policy lets only its own style and script in. Without script all of it can be
//! read; the script searches and filters.

mod embedded;
mod groups;
mod scenarios;
mod timeline;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use askama::Template;
use askama::filters::{Escaper, Html};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use self::embedded::{AttachmentView, EmbeddedArtifacts};
use self::groups::{Slow, VerdictGroup, by_cause, kinds, scenarios, slowest};
use self::scenarios::{ScenarioView, scenario};
use self::timeline::{Timeline, timeline};
use super::view::{self, Descriptions, Fact, Value};
use crate::files::slug;
use crate::suite::record::{Record, ScenarioRecord, Verdict};
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
struct ReportPage<'a> {
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
    groups: Vec<VerdictGroup<'a>>,
    /// The scenarios that took longest.
    slowest: Vec<Slow<'a>>,
    /// How times are compared, where one is.
    rule: Option<&'static str>,
    timeline: Option<Timeline<'a>>,
}

/// Writes the page. `folder` is where the paths of evidence begin.
///
/// # Errors
/// What `out` says.
pub fn write(record: &Record, folder: &Path, out: &mut dyn Write) -> io::Result<()> {
    let mut embedded = EmbeddedArtifacts::new(folder);
    let groups = groups(record, &mut embedded);
    let slowest = slowest(&groups);
    let ids: BTreeMap<_, _> = scenarios(&groups).map(|one| (one.key, one.id.clone())).collect();
    let rule = scenarios(&groups).any(|one| one.change.is_some()).then_some(view::RULE);
    let pictures = embedded.into_style();
    ReportPage {
        headline: view::headline(record),
        bad: !view::succeeded(record),
        policy: policy(&[STYLE, &pictures]),
        style: STYLE,
        pictures,
        script: SCRIPT,
        facts: facts(record),
        outside: view::run_errors(record),
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
        ("Took", view::duration(record.took)),
        ("Portal", portal),
        ("Order", record.order.clone()),
    ];
    let own = own.into_iter().chain(reruns).map(|(name, text)| Fact {
        name,
        values: vec![Value { text, link: None }],
    });
    own.chain(view::facts(record)).collect()
}

fn groups<'a>(record: &'a Record, embedded: &mut EmbeddedArtifacts<'_>) -> Vec<VerdictGroup<'a>> {
    let descriptions = Descriptions::read(record);
    let kinds = kinds(record);
    let mut ids: BTreeSet<String> = kinds.iter().map(|(word, _)| slug(word)).collect();
    let mut group = |(word, records): (&'static str, Vec<&'a ScenarioRecord>)| {
        let count = records.len();
        let open = word == Verdict::Failed.word() && count <= FEW;
        let scenarios = records.into_iter().map(|one| ScenarioView {
            open,
            about: about(&descriptions, one),
            ..scenario(record, one, unused(&mut ids, &one.key), embedded)
        });
        let causes = by_cause(scenarios.collect());
        let id = slug(word);
        VerdictGroup {
            word,
            id,
            count,
            causes,
        }
    };
    kinds.into_iter().map(&mut group).collect()
}

fn about(descriptions: &Descriptions, scenario: &ScenarioRecord) -> Vec<String> {
    let about = descriptions.about(scenario);
    let texts = about.into_iter().flat_map(|about| [&*about.feature, &about.scenario]);
    let scenes = scenario.scenes.iter().map(ToString::to_string);
    texts
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .chain(scenes)
        .collect()
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

#[cfg(test)]
mod tests;
