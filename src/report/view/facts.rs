//! Under what a run was played, as every report says it.

use crate::suite::record::Record;
use crate::suite::record::environment::{CiJob, Environment};

/// One thing to know of a run, with every value that it had: shards and reruns may differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fact {
    /// What it is.
    pub(crate) name: &'static str,
    /// At least one.
    pub(crate) values: Vec<Value>,
}

/// A value, and the page that shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    /// As people read it.
    pub(crate) text: String,
    /// An address of the web.
    pub(crate) link: Option<String>,
}

impl Fact {
    /// All values in one line.
    pub(crate) fn text(&self) -> String {
        let texts: Vec<_> = self.values.iter().map(|value| value.text.as_str()).collect();
        texts.join("; ")
    }
}

/// Commit, CI job, browser, system and the version of the kit, as far as they are known.
pub(crate) fn facts(record: &Record) -> Vec<Fact> {
    let each = |of: &dyn Fn(&Environment) -> Vec<Value>| record.environments.iter().flat_map(of).collect::<Vec<_>>();
    let commit = |of: fn(&Environment) -> Option<&str>| each(&|one| of(one).map(plain).into_iter().collect());
    let all = [
        ("Commit", commit(|one| Some(one.commit.as_ref()?.revision.as_str()))),
        ("Branch", commit(|one| one.commit.as_ref()?.branch.as_deref())),
        ("Tag", commit(|one| one.commit.as_ref()?.tag.as_deref())),
        ("CI job", each(&|one| one.ci.iter().map(job).collect())),
        (
            "Browser",
            each(&|one| one.browsers.iter().map(|name| plain(name)).collect()),
        ),
        ("System", each(&|one| vec![plain(&one.system)])),
        ("Docent", vec![plain(&record.version)]),
    ];
    let fact = |(name, values): (_, Vec<Value>)| Fact {
        name,
        values: distinct(values),
    };
    all.into_iter()
        .map(fact)
        .filter(|fact| !fact.values.is_empty())
        .collect()
}

fn plain(text: &str) -> Value {
    Value {
        text: text.to_owned(),
        link: None,
    }
}

/// `GitHub Actions: Acceptance, 1234`
fn job(ci: &CiJob) -> Value {
    let name = ci.name.as_ref().map(|name| format!(": {name}")).unwrap_or_default();
    let build = ci.build.as_ref().map(|build| format!(", {build}")).unwrap_or_default();
    Value {
        text: format!("{}{name}{build}", ci.service),
        link: ci.url.clone().filter(|url| is_web(url)),
    }
}

/// Whether it is safe to follow: a record may come from elsewhere.
pub(crate) fn is_web(address: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme))
}

fn distinct(values: Vec<Value>) -> Vec<Value> {
    let mut known = Vec::new();
    for value in values {
        if !known.contains(&value) {
            known.push(value);
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::super::samples::{environment, record};
    use super::*;

    #[test]
    fn what_shards_share_is_said_once_and_what_differs_each() {
        let mut record = record(Vec::new());
        let mut other = environment();
        other.browsers = ["chrome 139.0".to_owned()].into();
        record.environments = vec![environment(), other];
        let message: Vec<_> = facts(&record).iter().map(|fact| (fact.name, fact.text())).collect();
        let expected = [
            ("Commit", "0123456789abcdef0123456789abcdef01234567"),
            ("Branch", "main"),
            ("CI job", "GitHub Actions: Acceptance, 4711"),
            ("Browser", "chrome 138.0; chrome 139.0"),
            ("System", "Debian GNU/Linux 13 (trixie), x86_64"),
            ("Docent", "0.1.0"),
        ];
        assert_eq!(message, expected.map(|(name, text)| (name, text.to_owned())));
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        let mut record = record(Vec::new());
        let mut here = environment();
        if let Some(ci) = &mut here.ci {
            ci.url = Some("javascript:alert(1)".to_owned());
        }
        record.environments = vec![here, environment()];
        let facts = facts(&record);
        let job = facts.iter().find(|fact| fact.name == "CI job").unwrap();
        let links: Vec<_> = job.values.iter().map(|value| value.link.as_deref()).collect();
        assert_eq!(
            links,
            [None, Some("https://github.example/qa/portal/actions/runs/4711")]
        );
    }
}
