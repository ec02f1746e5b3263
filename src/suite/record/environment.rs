//! Under what a run was played: commit, CI job, browsers and system. Every report shows it.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

/// A CI service that reads more of some reports than others do.
pub(crate) const GITLAB: &str = "GitLab";

/// Under what the scenarios of one run were played. Shards, and reruns, each have their own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Environment {
    /// Operating system and processor: `Debian GNU/Linux 13 (trixie), x86_64`.
    pub(crate) system: String,
    /// Name of the machine.
    pub(crate) host: Option<String>,
    /// Name and version of every browser that was started: `chrome 138.0.7204.49`.
    pub browsers: BTreeSet<String>,
    /// What was checked out in the folder where the run was started.
    pub(crate) commit: Option<Commit>,
    /// The CI job that ran it.
    pub(crate) ci: Option<CiJob>,
}

/// A commit of a Git repository.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Commit {
    /// Its hash.
    pub(crate) revision: String,
    /// The branch it was built for.
    pub(crate) branch: Option<String>,
    /// The tag it was built for.
    pub(crate) tag: Option<String>,
    /// Address of the repository, without user name and password.
    pub(crate) remote: Option<String>,
}

/// A job of a CI service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct CiJob {
    /// The service: `GitHub Actions`.
    pub(crate) service: String,
    /// What the job, workflow or project is called there.
    pub(crate) name: Option<String>,
    /// Number or id of the build.
    pub(crate) build: Option<String>,
    /// Number or id of what all shards of a run are jobs of: GitHub's workflow run, GitLab's pipeline, Jenkins' build.
    pub(crate) pipeline: Option<String>,
    /// Where people see it.
    pub(crate) url: Option<String>,
}

impl Environment {
    /// That of this process, as far as it is known before a browser is started.
    #[must_use]
    pub(crate) fn here() -> Self {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let (ci, commit) = ci(&variable).unzip();
        Self {
            system: system(fs::read_to_string("/etc/os-release").ok().as_deref()),
            host: nix::unistd::gethostname().ok().and_then(|host| host.into_string().ok()),
            browsers: BTreeSet::new(),
            commit: commit.flatten().or_else(|| checked_out(&git)),
            ci,
        }
    }
}

/// Adds environments that are not known yet.
pub(crate) fn merge_environments(known: &mut Vec<Environment>, more: Vec<Environment>) {
    for environment in more {
        if !known.contains(&environment) {
            known.push(environment);
        }
    }
}

/// The CI job and its commit, from the variables that the service's documentation names.
fn ci(variable: &dyn Fn(&str) -> Option<String>) -> Option<(CiJob, Option<Commit>)> {
    let is_true = |name| variable(name).is_some_and(|value| value == "true");
    if is_true("GITHUB_ACTIONS") {
        Some(github(variable))
    } else if is_true("GITLAB_CI") {
        Some(gitlab(variable))
    } else {
        variable("JENKINS_URL").map(|_| jenkins(variable))
    }
}

fn github(variable: &dyn Fn(&str) -> Option<String>) -> (CiJob, Option<Commit>) {
    let repository = variable("GITHUB_SERVER_URL")
        .zip(variable("GITHUB_REPOSITORY"))
        .map(|(server, repository)| format!("{server}/{repository}"));
    let build = variable("GITHUB_RUN_ID");
    let url = repository.as_ref().zip(build.as_ref());
    let job = CiJob {
        service: "GitHub Actions".to_owned(),
        name: variable("GITHUB_WORKFLOW"),
        url: url.and_then(|(repository, run)| public(&format!("{repository}/actions/runs/{run}"))),
        pipeline: build.clone(),
        build,
    };
    let reference = variable("GITHUB_REF").unwrap_or_default();
    let named = |kind: &str| reference.strip_prefix(kind).map(str::to_owned);
    // A pull request is built from a merge commit that no branch has.
    let head = variable("GITHUB_EVENT_PATH").and_then(|path| head_of_pull_request(&path));
    let commit = head.or_else(|| variable("GITHUB_SHA")).map(|revision| Commit {
        revision,
        branch: variable("GITHUB_HEAD_REF").or_else(|| named("refs/heads/")),
        tag: named("refs/tags/"),
        remote: repository.and_then(|repository| public(&format!("{repository}.git"))),
    });
    (job, commit)
}

fn head_of_pull_request(event: &str) -> Option<String> {
    let event: Value = serde_json::from_slice(&fs::read(event).ok()?).ok()?;
    event["pull_request"]["head"]["sha"].as_str().map(str::to_owned)
}

fn gitlab(variable: &dyn Fn(&str) -> Option<String>) -> (CiJob, Option<Commit>) {
    let job = CiJob {
        service: GITLAB.to_owned(),
        name: variable("CI_JOB_NAME"),
        build: variable("CI_JOB_ID"),
        pipeline: variable("CI_PIPELINE_ID"),
        url: variable("CI_JOB_URL").and_then(|url| public(&url)),
    };
    let commit = variable("CI_COMMIT_SHA").map(|revision| Commit {
        revision,
        branch: variable("CI_COMMIT_BRANCH").or_else(|| variable("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME")),
        tag: variable("CI_COMMIT_TAG"),
        remote: variable("CI_REPOSITORY_URL").and_then(|url| public(&url)),
    });
    (job, commit)
}

fn jenkins(variable: &dyn Fn(&str) -> Option<String>) -> (CiJob, Option<Commit>) {
    let job = CiJob {
        service: "Jenkins".to_owned(),
        name: variable("JOB_NAME"),
        build: variable("BUILD_NUMBER"),
        pipeline: variable("BUILD_NUMBER"),
        url: variable("BUILD_URL").and_then(|url| public(&url)),
    };
    let commit = variable("GIT_COMMIT").map(|revision| Commit {
        revision,
        branch: variable("GIT_LOCAL_BRANCH").or_else(|| variable("GIT_BRANCH")),
        tag: variable("GIT_TAG_NAME"),
        remote: variable("GIT_URL").and_then(|url| public(&url)),
    });
    (job, commit)
}

/// What Git says of the folder that it is asked in.
fn checked_out(git: &dyn Fn(&[&str]) -> Option<String>) -> Option<Commit> {
    Some(Commit {
        revision: git(&["rev-parse", "HEAD"])?,
        branch: git(&["symbolic-ref", "--quiet", "--short", "HEAD"]),
        tag: None,
        remote: git(&["config", "--get", "remote.origin.url"]).and_then(|url| public(&url)),
    })
}

/// None where there is no Git or no repository, which is no reason not to play.
fn git(arguments: &[&str]) -> Option<String> {
    let asked = Command::new("git")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .ok()
        .filter(|asked| asked.status.success())?;
    let said = String::from_utf8(asked.stdout).ok()?.trim().to_owned();
    (!said.is_empty()).then_some(said)
}

/// An address that may be shown; None if it is none of the web or of SSH.
fn public(address: &str) -> Option<String> {
    match Url::parse(address) {
        Ok(url) if ["http", "https", "ssh", "git"].contains(&url.scheme()) => Some(without_password(address)),
        Ok(_) => None,
        // `git@host:owner/name.git`
        Err(_) => address.contains('@').then(|| address.to_owned()),
    }
}

/// An address without the password in it, and on the web without the user name, which may be a token.
pub(crate) fn without_password(address: &str) -> String {
    let stripped = Url::parse(address).ok().and_then(|mut url| {
        if url.password().is_none() && (url.username().is_empty() || url.scheme() == "ssh") {
            return None;
        }
        // Neither can fail where there is one.
        url.set_password(None).ok()?;
        if url.scheme() != "ssh" {
            url.set_username("").ok()?;
        }
        Some(url.to_string())
    });
    stripped.unwrap_or_else(|| address.to_owned())
}

/// Named as `/etc/os-release` does where there is one (its manual calls the field `PRETTY_NAME`).
fn system(os_release: Option<&str>) -> String {
    let named = os_release
        .into_iter()
        .flat_map(str::lines)
        .find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let named = named.map_or(std::env::consts::OS, |name| name.trim_matches(['"', '\'']));
    format!("{named}, {}", std::env::consts::ARCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known<'a>(variables: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        move |asked| {
            let found = variables.iter().find(|(name, _)| *name == asked);
            found.map(|(_, value)| (*value).to_owned())
        }
    }

    #[test]
    fn the_password_of_a_repository_is_in_no_report() {
        let gitlab = [
            ("GITLAB_CI", "true"),
            ("CI_COMMIT_SHA", "abc"),
            (
                "CI_REPOSITORY_URL",
                "https://gitlab-ci-token:s3cret@gitlab.example/qa/portal.git",
            ),
        ];
        let (_, commit) = ci(&known(&gitlab)).unwrap();
        let remote = commit.unwrap().remote;
        assert_eq!(remote.as_deref(), Some("https://gitlab.example/qa/portal.git"));
        let git = |arguments: &[&str]| match arguments {
            ["config", ..] => Some("https://me:s3cret@git.example/portal.git".to_owned()),
            _ => Some("abc".to_owned()),
        };
        let remote = checked_out(&git).unwrap().remote;
        assert_eq!(remote.as_deref(), Some("https://git.example/portal.git"));
        assert_eq!(
            public("git@git.example:qa/portal.git").as_deref(),
            Some("git@git.example:qa/portal.git")
        );
        assert_eq!(
            public("ssh://git:s3cret@git.example/x").as_deref(),
            Some("ssh://git@git.example/x")
        );
        assert_eq!(
            without_password("https://me:s3cret@portal.example/a"),
            "https://portal.example/a"
        );
        assert_eq!(without_password("http://127.0.0.1:8080"), "http://127.0.0.1:8080");
        assert_eq!(public("javascript:alert(1)"), None);
        assert_eq!(public("/home/me/portal.git"), None);
    }

    #[test]
    fn a_pull_request_is_that_of_its_own_commit_and_branch() {
        let folder = tempfile::tempdir().unwrap();
        let event = folder.path().join("event.json");
        fs::write(&event, r#"{"pull_request": {"head": {"sha": "head"}}}"#).unwrap();
        let variables = [
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_SHA", "merged"),
            ("GITHUB_REF", "refs/pull/7/merge"),
            ("GITHUB_HEAD_REF", "fix"),
            ("GITHUB_EVENT_PATH", event.to_str().unwrap()),
        ];
        let (_, commit) = ci(&known(&variables)).unwrap();
        let commit = commit.unwrap();
        assert_eq!(
            (commit.revision.as_str(), commit.branch.as_deref()),
            ("head", Some("fix"))
        );
    }

    #[test]
    fn what_is_no_ci_service_is_none() {
        for variables in [&[][..], &[("CI", "true")], &[("GITHUB_ACTIONS", "false")]] {
            assert_eq!(ci(&known(variables)), None);
        }
    }

    #[test]
    fn without_a_repository_there_is_no_commit() {
        assert_eq!(checked_out(&|_| None), None);
    }

    #[test]
    fn the_system_is_called_what_it_calls_itself() {
        let debian = system(Some("ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\n"));
        assert!(debian.starts_with("Debian GNU/Linux 13 (trixie), "), "{debian}");
        assert!(system(None).starts_with(std::env::consts::OS));
    }
}
