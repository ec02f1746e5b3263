//! What GitLab does with a `.gitlab-ci.yml`, as far as the recipe needs it.

use std::path::Path;

use serde_json::Value;

use super::{Outcome, Service, copy};

/// Plays all jobs, stage by stage.
pub fn pipeline(service: &Service, file: &Value) -> Outcome {
    let mut outcome = Outcome::default();
    let mut failed = false;
    for stage in texts(&file["stages"]) {
        let jobs = file.as_object().unwrap().iter();
        for (name, job) in jobs.filter(|(_, job)| job["stage"] == stage) {
            if failed && job["when"] != "always" {
                continue;
            }
            for variables in matrix(job) {
                failed |= !play(service, name, job, &variables, &mut outcome);
            }
        }
    }
    outcome
}

/// The variables of each of the jobs that this one stands for.
fn matrix(job: &Value) -> Vec<Vec<(String, String)>> {
    let Some(variables) = job.pointer("/parallel/matrix/0") else {
        return vec![Vec::new()];
    };
    let [(name, values)] = &variables.as_object().unwrap().iter().collect::<Vec<_>>()[..] else {
        panic!("one variable: {variables}");
    };
    let one = |value| vec![((*name).clone(), value)];
    texts(values).into_iter().map(one).collect()
}

fn play(service: &Service, name: &str, job: &Value, variables: &[(String, String)], outcome: &mut Outcome) -> bool {
    let workspace = service.workspace();
    service.check_out(&workspace);
    let cache = service.path(&format!("cache/{}", job["cache"]["key"]));
    let cached = texts(&job["cache"]["paths"]);
    if job["cache"]["policy"] != "push" {
        each(&cached, &cache, &workspace);
    }
    for needed in texts(&job["needs"]) {
        copy(&service.path(&format!("artifacts/{needed}")), &workspace);
    }
    let script = texts(&job["script"]).join("\n");
    let ended = service.shell(&["bash", "-eo", "pipefail", "-c"], &script, &workspace, variables);
    if job["cache"]["policy"] != "pull" {
        each(&cached, &workspace, &cache);
    }
    let passed = ended.code == Some(0);
    if passed || job["artifacts"]["when"] == "always" {
        let artifacts = service.path(&format!("artifacts/{name}"));
        let mut paths = texts(&job["artifacts"]["paths"]);
        for (variable, value) in variables {
            for path in &mut paths {
                *path = path.replace(&format!("${variable}"), value);
            }
        }
        each(&paths, &workspace, &artifacts);
    }
    match name {
        "shards" => outcome.shards.push(ended),
        "merge" => {
            outcome.merge = Some(ended);
            outcome.reports = service.path("artifacts/merge/reports");
            outcome.timings = cache.join("reports/timings.json");
            let junit = job.pointer("/artifacts/reports/junit").unwrap();
            assert!(workspace.join(junit.as_str().unwrap()).exists(), "{junit}");
        }
        _ => assert!(passed, "{name}: {ended:#?}"),
    }
    passed
}

fn each(paths: &[String], from: &Path, to: &Path) {
    for path in paths {
        copy(&from.join(path), &to.join(path));
    }
}

fn texts(value: &Value) -> Vec<String> {
    let all = value.as_array().into_iter().flatten();
    all.map(|one| one.as_str().unwrap().to_owned()).collect()
}
