//! What Jenkins does with a `Jenkinsfile`, as far as the recipe needs it: the steps of its stages, in one workspace that is never empty.

use std::fs;
use std::path::Path;

use regex::Regex;

use super::{Outcome, Service, copy};

/// Plays all stages.
pub fn build(service: &Service, file: &str) -> Outcome {
    let workspace = service.path("workspace");
    service.check_out(&workspace);
    // What an earlier build of more shards has left.
    service.kit.write("workspace/shards/9/left.txt", "");
    let values = Regex::new(r"values (.*)").unwrap();
    let values = quoted(&values.captures(file).unwrap()[1]);
    let mut outcome = Outcome::default();
    let mut failed = false;
    for stage in file.split("stage('").skip(1) {
        let is_matrix = stage.contains("SHARD") && stage.contains("steps {");
        let runs = if is_matrix { &values[..] } else { &[String::new()] };
        for shard in runs {
            failed |= steps(service, &workspace, stage, shard, failed, &mut outcome);
        }
    }
    let archived = service.path("archive/reports");
    outcome.timings = archived.join("timings.json");
    outcome.reports = archived;
    outcome
}

/// Plays the steps of a stage; true if the stages after it are not to be played.
fn steps(service: &Service, workspace: &Path, stage: &str, shard: &str, failed: bool, outcome: &mut Outcome) -> bool {
    let mut stopped = failed;
    let mut is_caught = false;
    let mut is_after = false;
    for line in stage.lines().map(str::trim) {
        let words = quoted(&line.replace("${SHARD}", shard));
        let step = line.split(' ').next().unwrap();
        is_after |= line == "always {";
        if stopped && !is_after {
            continue;
        }
        match step {
            "sh" => {
                let variables = [("SHARD".to_owned(), shard.to_owned())];
                let ended = service.shell(&["sh", "-xe", "-c"], &words[0], workspace, &variables);
                stopped |= ended.code != Some(0) && !is_caught;
                match words[0].get(..10).unwrap() {
                    "docent run" => outcome.shards.push(ended),
                    "docent mer" => outcome.merge = Some(ended),
                    _ => assert_eq!(ended.code, Some(0), "{line}: {ended:#?}"),
                }
            }
            "stash" => keep(workspace, &words[1], &service.path(&format!("stash/{}", words[0]))),
            "unstash" => assert!(copy(&service.path(&format!("stash/{}", words[0])), workspace), "{line}"),
            "copyArtifacts" => {
                let file = Path::new(&words[0]);
                copy(
                    &service.path("archive").join(file),
                    &workspace.join(file.file_name().unwrap()),
                );
            }
            "junit" => assert!(workspace.join(&words[0]).exists(), "{line}"),
            "archiveArtifacts" => keep(workspace, &words[0], &service.path("archive")),
            _ => {}
        }
        is_caught = step.starts_with("catchError");
    }
    stopped
}

/// Keeps what a pattern such as `reports/**` names.
fn keep(workspace: &Path, pattern: &str, to: &Path) {
    let path = pattern.trim_end_matches("/**");
    let _ = fs::remove_dir_all(to);
    assert!(copy(&workspace.join(path), &to.join(path)), "{pattern}");
}

/// What stands in the quotes of a line; in single ones there may be double ones.
fn quoted(line: &str) -> Vec<String> {
    let quotes = Regex::new(r#"'([^']*)'|"([^"]*)""#).unwrap();
    let inner = |found: regex::Captures| found.get(1).or(found.get(2)).unwrap().as_str().to_owned();
    quotes.captures_iter(line).map(inner).collect()
}
