//! The recipes of docs/ci.md, and action.yml, are played: every shell step for each of three shards, twice, with artifacts and caches
//! passed on as the recipe says. What only the services themselves can do (checkouts, containers, plugins) is not.

mod github;
mod gitlab;
mod jenkins;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use axum::Router;
use axum::response::Html;
use docent::suite::record::Verdict;
use docent::suite::record::history;
use serde_json::Value;

use super::npm;
use super::support::{Ended, Kit, serve};

const FEATURE: &str = "Feature: A
  Scenario: One
    Given I open \"/\"
  Scenario: Two
    Given I open \"/\"
  Scenario: Three
    Given I open \"/\"
  Scenario: Four
    Given I open \"/\"
    Then I see the link \"Never\"
";

/// The recipes as values, once linters have nothing to say against them.
static RECIPES: LazyLock<Value> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (action, guide) = (root.join("action.yml"), root.join("docs/ci.md"));
    serde_json::from_str(&npm::node("ci_recipes.mjs", &[action.as_os_str(), guide.as_os_str()])).unwrap()
});

/// A CI service, with a repository of one feature, and programs on the `PATH` of its jobs.
struct Service {
    kit: Kit,
    /// Serves the pages as long as it lives.
    _site: mock_portal::Portal,
}

impl Service {
    fn new() -> Self {
        let page = async || Html("<!doctype html><html lang=en><title>Here</title><a href=/>Here</a></html>");
        let site = serve(Router::new().fallback(page));
        let kit = Kit::with_feature(FEATURE);
        kit.write("repository/features/test.feature", FEATURE);
        let settings = format!("base-url = {:?}\nwait = 0.2\nworkers = 1\n", site.url());
        kit.write("repository/docent.toml", &settings);
        fs::create_dir(kit.folder.path().join("bin")).unwrap();
        Self { kit, _site: site }
    }

    /// As where jobs run in an image that has Docent.
    fn with_docent() -> Self {
        let service = Self::new();
        symlink(env!("CARGO_BIN_EXE_docent"), service.path("bin/docent")).unwrap();
        service
    }

    /// A program that jobs can start.
    fn program(&self, name: &str, script: &str) {
        let name = format!("bin/{name}");
        self.kit.write(&name, script);
        fs::set_permissions(self.path(&name), fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.kit.folder.path().join(name)
    }

    /// An empty workspace.
    fn workspace(&self) -> PathBuf {
        let workspace = self.path("workspace");
        let _ = fs::remove_dir_all(&workspace);
        fs::create_dir(&workspace).unwrap();
        workspace
    }

    fn check_out(&self, workspace: &Path) {
        copy(&self.path("repository"), workspace);
    }

    /// Plays a shell step in a folder.
    fn shell(&self, shell: &[&str], script: &str, folder: &Path, variables: &[(String, String)]) -> Ended {
        let arguments = [&shell[1..], &[script]].concat();
        let mut command = self.kit.surrounded(Command::new(shell[0]), &arguments);
        command
            .current_dir(folder)
            .env("PATH", format!("{}:/usr/bin:/bin", self.path("bin").display()))
            .env("HOME", self.path("home"))
            .env_remove("XDG_CACHE_HOME")
            .envs(variables.iter().map(|(name, value)| (name, value)));
        Ended::from(command.output().unwrap())
    }
}

/// Copies a file, or what is in a folder, as far as it is there.
fn copy(from: &Path, to: &Path) -> bool {
    let source = if from.is_dir() { from.join(".") } else { from.to_owned() };
    let folder = if from.is_dir() { Some(to) } else { to.parent() };
    fs::create_dir_all(folder.unwrap()).unwrap();
    from.exists()
        && Command::new("cp")
            .arg("-a")
            .arg(source)
            .arg(to)
            .status()
            .unwrap()
            .success()
}

/// What came of a pipeline.
#[derive(Debug, Default)]
struct Outcome {
    /// Of each shard.
    shards: Vec<Ended>,
    merge: Option<Ended>,
    /// The merged reports, as people get them.
    reports: PathBuf,
    /// What the next pipeline divides by.
    timings: PathBuf,
}

impl Outcome {
    /// Fails the test unless every scenario was played once and the one that fails fails its shard and the merge, and nothing else does.
    #[track_caller]
    fn must_be_whole(&self, is_first: bool) {
        let mut codes: Vec<_> = self.shards.iter().map(|shard| shard.code).collect();
        codes.sort();
        assert_eq!(codes, [Some(0), Some(0), Some(1)], "{self:#?}");
        assert_eq!(self.merge.as_ref().unwrap().code, Some(1), "{self:#?}");
        let record = history::load(&self.reports).unwrap();
        let mut verdicts: Vec<_> = record
            .scenarios
            .iter()
            .map(|one| (one.name.as_str(), one.verdict))
            .collect();
        verdicts.sort_by_key(|(name, _)| *name);
        let passed = ["One", "Three", "Two"].map(|name| (name, Verdict::Passed));
        assert_eq!(verdicts, [&[("Four", Verdict::Failed)], &passed[..]].concat());
        assert!(self.reports.join("junit.xml").exists() && self.reports.join("index.html").exists());
        assert_eq!(history::load_timings(&self.timings).unwrap().unwrap().len(), 4);
        // The failing scenario takes longest, so that by timings it has a shard for itself.
        let failed = self.shards.iter().find(|shard| shard.code == Some(1)).unwrap();
        let divided = if is_first {
            "1 passed, 1 failed"
        } else {
            "0 passed, 1 failed"
        };
        failed.must_tell(&[divided]);
    }
}

#[test]
fn the_recipe_for_github_actions_plays_every_scenario_once_and_keeps_its_result() {
    let service = Service::new();
    let actions = github::Actions::new(&service, &RECIPES);
    actions.workflow().must_be_whole(true);
    actions.workflow().must_be_whole(false);
    actions.must_have_built_once();
}

#[test]
fn the_recipe_for_gitlab_plays_every_scenario_once_and_keeps_its_result() {
    let service = Service::with_docent();
    gitlab::pipeline(&service, &RECIPES["gitlab"]).must_be_whole(true);
    gitlab::pipeline(&service, &RECIPES["gitlab"]).must_be_whole(false);
}

#[test]
fn the_recipe_for_jenkins_plays_every_scenario_once_and_keeps_its_result() {
    let service = Service::with_docent();
    let file = RECIPES["jenkins"].as_str().unwrap();
    jenkins::build(&service, file).must_be_whole(true);
    jenkins::build(&service, file).must_be_whole(false);
}
