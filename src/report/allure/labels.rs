//! How Allure groups, finds and links scenarios.

use super::protocol::{Label, Link};
use crate::report::view;
use crate::suite::record::{Attempt, Record, ScenarioRecord};

/// Tags whose value is one of Allure's own labels: `@severity:critical`.
const LABELS: [&str; 3] = ["epic", "owner", "severity"];
/// Tags whose value is an address: `@issue:https://…`.
const LINKS: [&str; 3] = ["issue", "link", "tms"];

/// The labels of an attempt, or of a scenario that was not played.
pub(crate) fn labels(record: &Record, scenario: &ScenarioRecord, attempt: Option<&Attempt>) -> Vec<Label> {
    let package = scenario.path.with_extension("");
    let package = view::path_parts(&package).join(".");
    let own = [
        ("framework", "docent".to_owned()),
        ("language", "gherkin".to_owned()),
        ("package", package),
        ("feature", scenario.feature.clone()),
        ("suite", scenario.feature.clone()),
    ];
    let rule = scenario
        .rule
        .iter()
        .flat_map(|rule| [("story", rule.clone()), ("subSuite", rule.clone())]);
    let owner = scenario.quarantine.iter().map(|one| ("owner", one.owner.clone()));
    let thread = attempt.map(|attempt| ("thread", format!("worker {}", attempt.worker + 1)));
    let tags = scenario.tags.iter().map(|tag| ("tag", tag.clone()));
    let valued = scenario.tags.iter().filter_map(|tag| {
        let (name, value) = tag.split_once(':')?;
        let label = LABELS.into_iter().find(|label| *label == name)?;
        Some((label, value.to_owned()))
    });
    let all = own
        .into_iter()
        .chain(rule)
        .chain(owner)
        .chain(thread)
        .chain(host(record));
    all.chain(tags)
        .chain(valued)
        .map(|(name, value)| Label {
            name: name.to_owned(),
            value,
        })
        .collect()
}

/// Of several machines, a record does not say which one played what.
fn host(record: &Record) -> Option<(&'static str, String)> {
    match &record.environments[..] {
        [one] => one.host.clone().map(|host| ("host", host)),
        _ => None,
    }
}

/// The addresses that a scenario's tags name. What is no address of the web can't be followed, and stays a tag.
pub(crate) fn links(scenario: &ScenarioRecord) -> Vec<Link> {
    let links = scenario.tags.iter().filter_map(|tag| {
        let (name, url) = tag.split_once(':')?;
        let kind = LINKS.into_iter().find(|kind| *kind == name)?;
        view::is_web(url).then(|| Link {
            kind: kind.to_owned(),
            name: url.trim_end_matches('/').rsplit('/').next().unwrap_or(url).to_owned(),
            url: url.to_owned(),
        })
    });
    links.collect()
}
