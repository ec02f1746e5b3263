//! What GitHub Actions does with a workflow and a composite action, as far as the recipe needs it.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use regex::{Captures, Regex};
use serde_json::Value;

use super::{Outcome, Service, copy};
use crate::support::Ended;

/// What expressions can name, such as `inputs.shard` and `steps.run.outputs.exit-code`.
type Known = BTreeMap<String, String>;

/// `cargo install` and `rustup` of a machine without network: what is installed is what is tested.
const CARGO: &str = "#!/bin/sh
set -e
[ \"$1 $2 $3 $4\" = '+stable install --locked --path' ] && [ -e \"$5/Cargo.toml\" ] && [ \"$6\" = --root ]
mkdir -p \"$7/bin\"
ln -s DOCENT \"$7/bin/docent\"
echo built >>\"$HOME/built\"
";

/// The service, with its artifacts and caches.
pub struct Actions<'a> {
    service: &'a Service,
    recipes: &'a Value,
    /// How many workflows have run.
    runs: Cell<usize>,
}

/// A job on a machine of its own.
struct Job {
    workspace: PathBuf,
    path: Vec<String>,
    failed: bool,
    /// Of the last shell step.
    ended: Option<Ended>,
}

impl<'a> Actions<'a> {
    pub fn new(service: &'a Service, recipes: &'a Value) -> Self {
        service.program("cargo", &CARGO.replace("DOCENT", env!("CARGO_BIN_EXE_docent")));
        service.program("rustup", "#!/bin/sh\n");
        Self {
            service,
            recipes,
            runs: Cell::new(0),
        }
    }

    /// The program is built by the first job and then comes from the cache.
    pub fn must_have_built_once(&self) {
        assert_eq!(self.service.kit.read("home/built"), "built\n");
        assert!(self.service.path("caches/docent-browser-Linux-X64-1/chrome").exists());
    }

    /// Plays all jobs in their order.
    pub fn workflow(&self) -> Outcome {
        self.runs.set(self.runs.get() + 1);
        let _ = fs::remove_dir_all(self.service.path("artifacts"));
        let mut outcome = Outcome::default();
        let jobs = self.recipes["github"]["jobs"].as_object().unwrap();
        for name in ["timings", "shards", "merge"] {
            let matrix = jobs[name].pointer("/strategy/matrix/shard");
            let shards = matrix.map_or(vec![String::new()], |shards| {
                shards.as_array().unwrap().iter().map(text).collect()
            });
            for shard in shards {
                let ended = self.job(&jobs[name], shard);
                match name {
                    "shards" => outcome.shards.extend(ended),
                    "merge" => outcome.merge = ended,
                    _ => {}
                }
            }
        }
        outcome.reports = self.service.path("artifacts/docent");
        outcome.timings = self
            .service
            .path(&format!("caches/docent-timings-{}-1/timings.json", self.runs.get()));
        outcome
    }

    fn job(&self, job: &Value, shard: String) -> Option<Ended> {
        let mut machine = Job {
            workspace: self.service.workspace(),
            path: Vec::new(),
            failed: false,
            ended: None,
        };
        let _ = fs::remove_dir_all(self.service.path("runner"));
        self.service.kit.write("home/.cache/docent/chrome", "fetched");
        let mut known = Known::from([
            ("matrix.shard".to_owned(), shard),
            ("github.run_id".to_owned(), self.runs.get().to_string()),
            ("github.run_attempt".to_owned(), "1".to_owned()),
        ]);
        for step in job["steps"].as_array().unwrap() {
            self.step(&mut machine, step, &mut known);
        }
        machine.ended
    }

    fn step(&self, job: &mut Job, step: &Value, known: &mut Known) {
        if !is_wanted(&step["if"], job.failed, known) {
            return;
        }
        let given: Known = step["with"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), filled(value, known)))
            .collect();
        let id = step["id"].as_str().unwrap_or("unnamed").to_owned();
        let action = step["uses"].as_str().unwrap_or("shell");
        match action.split('@').next().unwrap() {
            "shell" => self.shell(job, step, &id, known),
            "actions/checkout" => self.service.check_out(&job.workspace),
            "actions/cache/restore" => {
                let hit = self.restore(job, &given);
                known.insert(format!("steps.{id}.outputs.cache-hit"), hit.to_string());
            }
            "actions/cache/save" => {
                let cache = self.service.path(&format!("caches/{}", given["key"]));
                assert!(
                    copy(&job.workspace.join(&given["path"]), &kept(&cache, &given["path"])),
                    "{step}"
                );
            }
            "actions/upload-artifact" => self.upload(job, &given),
            "actions/download-artifact" => self.download(job, &given),
            "your-organization/docent" => self.composite(job, &given),
            other => panic!("{other} is not played"),
        }
    }

    /// The steps of action.yml, which see nothing of the workflow but what they are given.
    fn composite(&self, job: &mut Job, given: &Known) {
        let action = &self.recipes["action"];
        let inputs = action["inputs"].as_object().unwrap();
        let unknown: Vec<_> = given.keys().filter(|name| !inputs.contains_key(*name)).collect();
        assert!(unknown.is_empty(), "action.yml has no inputs {unknown:?}");
        let default = |(name, input): (&String, &Value)| {
            let value = given.get(name).cloned();
            (
                format!("inputs.{name}"),
                value.unwrap_or_else(|| text(&input["default"])),
            )
        };
        let mut known: Known = inputs.iter().map(default).collect();
        for (name, value) in [
            ("github.action_path", env!("CARGO_MANIFEST_DIR").to_owned()),
            ("runner.temp", self.service.path("runner").display().to_string()),
            ("runner.os", "Linux".to_owned()),
            ("runner.arch", "X64".to_owned()),
        ] {
            known.insert(name.to_owned(), value);
        }
        for step in action["runs"]["steps"].as_array().unwrap() {
            self.step(job, step, &mut known);
        }
    }

    fn shell(&self, job: &mut Job, step: &Value, id: &str, known: &mut Known) {
        assert!(step["shell"] == "bash", "a composite action needs a shell: {step}");
        let env = step["env"].as_object().into_iter().flatten();
        let mut variables: Vec<_> = env.map(|(name, value)| (name.clone(), filled(value, known))).collect();
        for file in ["GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"] {
            let name = format!("runner/{file}");
            self.service.kit.write(&name, "");
            variables.push((file.to_owned(), self.service.path(&name).display().to_string()));
        }
        variables.push((
            "RUNNER_TEMP".to_owned(),
            self.service.path("runner").display().to_string(),
        ));
        let path = job.path.iter().fold(String::new(), |all, one| format!("{one}:{all}"));
        let script = format!("PATH={path}$PATH\n{}", step["run"].as_str().unwrap());
        let folder = step["working-directory"]
            .as_str()
            .map_or(".".to_owned(), |_| filled(&step["working-directory"], known));
        let bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"];
        let ended = self
            .service
            .shell(&bash, &script, &job.workspace.join(folder), &variables);
        for line in self.service.kit.read("runner/GITHUB_OUTPUT").lines() {
            let (name, value) = line.split_once('=').unwrap();
            known.insert(format!("steps.{id}.outputs.{name}"), value.to_owned());
        }
        job.path
            .extend(self.service.kit.read("runner/GITHUB_PATH").lines().map(str::to_owned));
        let outcome = if ended.code == Some(0) { "success" } else { "failure" };
        known.insert(format!("steps.{id}.outcome"), outcome.to_owned());
        job.failed |= outcome == "failure";
        if id == "run" {
            let code = known.get("steps.run.outputs.exit-code").cloned();
            assert_eq!(code, ended.code.map(|code| code.to_string()), "{ended:#?}");
            let summary = self.service.kit.read("runner/GITHUB_STEP_SUMMARY");
            assert!(summary.contains("| time |"), "{summary}");
        } else {
            assert_eq!(ended.code, Some(0), "{step}: {ended:#?}");
        }
        job.ended = Some(ended);
    }

    /// Whether there is a cache of exactly this key. One that begins with a key for restoring is taken, too.
    fn restore(&self, job: &Job, given: &Known) -> bool {
        let caches = self.names("caches");
        let exact = caches.iter().find(|name| **name == given["key"]);
        let prefix = given.get("restore-keys");
        let newest = || {
            caches
                .iter()
                .rev()
                .find(|name| prefix.is_some_and(|prefix| name.starts_with(prefix)))
        };
        if let Some(name) = exact.or_else(newest) {
            let cache = self.service.path(&format!("caches/{name}"));
            copy(&kept(&cache, &given["path"]), &job.workspace.join(&given["path"]));
        }
        exact.is_some()
    }

    fn upload(&self, job: &Job, given: &Known) {
        let artifact = self.service.path(&format!("artifacts/{}", given["name"]));
        assert!(!given["name"].contains('/'), "no name of an artifact: {given:?}");
        let from = job.workspace.join(&given["path"]);
        let is_there = copy(&from, &kept(&artifact, &given["path"]));
        assert!(
            is_there || given.get("if-no-files-found").is_some_and(|word| word == "ignore"),
            "{given:?}"
        );
    }

    fn download(&self, job: &Job, given: &Known) {
        let pattern = Regex::new(&format!("^{}$", given["pattern"].replace('*', "[^/]*"))).unwrap();
        let names = self.names("artifacts");
        let chosen: Vec<_> = names.iter().filter(|name| pattern.is_match(name)).collect();
        let to = job.workspace.join(given.get("path").map_or(".", String::as_str));
        // One alone has no folder of its own.
        let is_flat = given.contains_key("merge-multiple") || chosen.len() == 1;
        for name in chosen {
            let to = if is_flat { to.clone() } else { to.join(name) };
            copy(&self.service.path(&format!("artifacts/{name}")), &to);
        }
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.service.path(folder)).into_iter().flatten();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

/// Where a cache or an artifact keeps a path: a file by its name, a folder as itself.
fn kept(folder: &Path, path: &str) -> PathBuf {
    match Path::new(path).extension() {
        Some(_) => folder.join(Path::new(path).file_name().unwrap()),
        None => folder.to_owned(),
    }
}

/// Terms that are joined by `&&`; without a word on it, a step is played only if none before it failed.
fn is_wanted(condition: &Value, failed: bool, known: &Known) -> bool {
    let condition = text(condition);
    let inner = condition.trim().trim_start_matches("${{").trim_end_matches("}}");
    let mut regardless = false;
    let holds = inner
        .split("&&")
        .map(str::trim)
        .filter(|term| !term.is_empty())
        .all(|term| {
            regardless |= ["always()", "!cancelled()"].contains(&term);
            regardless && term.ends_with("()") || term_holds(term, known)
        });
    holds && (regardless || !failed)
}

fn term_holds(term: &str, known: &Known) -> bool {
    if let Some((name, word)) = term.split_once(" == ") {
        return value(name, known) == word.trim_matches('\'');
    }
    if let Some((name, word)) = term.split_once(" != ") {
        return value(name, known) != word.trim_matches('\'');
    }
    match term.strip_prefix('!') {
        Some(name) => value(name.trim(), known).is_empty(),
        None => !value(term, known).is_empty(),
    }
}

fn filled(text_of: &Value, known: &Known) -> String {
    let expression = Regex::new(r"\$\{\{ (\S+) \}\}").unwrap();
    let filled = expression
        .replace_all(&text(text_of), |found: &Captures| value(&found[1], known))
        .into_owned();
    assert!(!filled.contains("${{"), "{filled} is not understood");
    filled
}

/// What was not set is empty, as long as it can be set at all.
fn value(name: &str, known: &Known) -> String {
    let found = known.get(name).cloned();
    found.unwrap_or_else(|| {
        assert!(name.starts_with("steps."), "{name} is not known: {known:?}");
        String::new()
    })
}

/// A scalar of YAML as text; what is absent is empty.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
