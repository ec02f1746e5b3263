//! `docent tutorial`: runs tutorials, compares their screenshots with the baselines, publishes their pages.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;

use super::CliError;
use super::exit_status::ExitStatus;
use super::run::exit_status;
use super::run_plan::{PlanRun, RunOptions, run_plan};
use crate::config::{Allowed, Flags, Settings};
use crate::counted::counted;
use crate::files::batch::Recovery;
use crate::output::{say, say_err};
use crate::picture::Tolerance;
use crate::report;
use crate::suite::plan::order::Order;
use crate::suite::plan::select::Selection;
use crate::suite::plan::{Plan, PlannedScenario, TUTORIAL_TAG, check_for, plan};
use crate::suite::record::Record;
use crate::tutorial::baselines::{Acceptance, Report};
use crate::tutorial::folders::{self, Folders, LANGUAGE};
use crate::tutorial::manifest::Viewport;
use crate::tutorial::production::{keep_drafts, produce, recover};
use crate::tutorial::scene_report::SceneReport;
use crate::tutorial::verdict::SceneVerdict;

/// What `docent tutorial` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
docent tutorial                                     all tutorials in features/tutorials\n  \
docent tutorial features/tutorials/pair.feature     one of them\n  \
docent tutorial --check                             in CI: fail if a baseline is stale\n  \
docent tutorial --accept                            make the new screenshots the baselines\n\n\
A scenario with the tag @tutorial is a tutorial: a step with a doc string is a scene, the doc string is its narration. \
Screenshots that differ from the baselines in screenshots/ are written beside them as candidates, with a diff, for you to review.")]
pub(crate) struct TutorialArguments {
    /// Feature files, or folders of them
    #[arg(default_value = "features/tutorials")]
    paths: Vec<PathBuf>,
    /// Where pages and annotated screenshots are published
    #[arg(long, help_heading = "Files", value_name = "DIR", default_value = "tutorials")]
    out: PathBuf,
    /// Where the baselines are
    #[arg(long, help_heading = "Files", value_name = "DIR", default_value = "screenshots")]
    screenshots: PathBuf,
    /// Language of the tutorial
    #[arg(long, help_heading = "Baselines", value_name = "TAG", default_value = LANGUAGE, value_parser = [LANGUAGE])]
    lang: String,
    /// Accept the screenshots that differ as the new baselines
    #[arg(long, help_heading = "Baselines", conflicts_with = "check")]
    accept: bool,
    /// Change nothing in screenshots/; exit 1 if a baseline or the manifest is stale
    #[arg(long, help_heading = "Baselines")]
    check: bool,
    #[command(flatten)]
    flags: Flags,
}

impl TutorialArguments {
    fn acceptance(&self) -> Acceptance {
        match (self.accept, self.check) {
            (true, _) => Acceptance::Accept,
            (_, true) => Acceptance::Check,
            _ => Acceptance::Ask,
        }
    }

    fn folders(&self, plan: &Plan, scenario: &PlannedScenario, settings: &Settings) -> Folders {
        Folders::of(
            folder_of(plan, scenario),
            &self.screenshots,
            &self.out,
            &settings.reports,
        )
    }

    /// What an interrupted run left half done is put in order whether or not this one gets through its scenes.
    fn recover(&self, plan: &Plan, settings: &Settings) -> Result<(), CliError> {
        for scenario in &plan.scenarios {
            let folder = self.folders(plan, scenario, settings).screenshots;
            match recover(&folder)? {
                Recovery::Unneeded => {}
                Recovery::Completed => say!(
                    "completed in {}: the changes that an interrupted run had accepted",
                    folder.display()
                ),
                Recovery::Undone => say!(
                    "removed from {}: the changes that an interrupted run had not accepted yet",
                    folder.display()
                ),
            }
        }
        Ok(())
    }

    /// What an earlier run left to look at is not this run's.
    fn clear_candidates(&self, plan: &Plan, settings: &Settings) {
        for scenario in &plan.scenarios {
            // There is none most of the time; and what can't be removed is no reason not to play.
            let _ = fs::remove_dir_all(self.folders(plan, scenario, settings).candidates);
        }
    }
}

/// The tutorials in these paths, each with a folder of its own for its screenshots.
pub(super) fn plan_tutorials(paths: &[PathBuf], screenshots: &Path, allowed: Allowed) -> Result<Plan, CliError> {
    let plan = plan(&Selection {
        paths: paths.to_vec(),
        tags: Some(format!("@{TUTORIAL_TAG}")),
        allowed,
        ..Selection::default()
    })?;
    folders::check(&plan.tutorials, screenshots)?;
    Ok(plan)
}

/// The name of a tutorial's folder.
pub(super) fn folder_of<'a>(plan: &'a Plan, scenario: &PlannedScenario) -> &'a str {
    let mut entries = plan.tutorials.iter();
    let entry = entries.find(|entry| (&entry.path, entry.line) == (&scenario.path, scenario.line));
    entry.map_or("", |entry| &entry.folder)
}

/// Pictures stay crisp on slides.
const SCALE: f64 = 2.;

pub(crate) fn tutorial(arguments: &TutorialArguments) -> Result<ExitStatus, CliError> {
    let acceptance = arguments.acceptance();
    let settings = arguments.flags.clone().settings()?;
    let plan = plan_tutorials(&arguments.paths, &arguments.screenshots, settings.allowed)?;
    settings
        .base_url
        .iter()
        .try_for_each(|portal| check_for(portal, &plan))?;
    arguments.recover(&plan, &settings)?;
    arguments.clear_candidates(&plan, &settings);
    let scale = settings.scale.unwrap_or(SCALE);
    let record = Record::begin(&plan, Order::Defined.to_string(), settings.base_url.as_deref());
    let (plan, mut played) = run_plan(plan, record, &settings, &RunOptions::once(scale), &mut |_, _| ())?;
    if let Some(trouble) = played.trouble.take() {
        return Err(trouble.into());
    }
    let started = Instant::now();
    for (id, shots) in &played.drafts {
        let scenario = &plan.scenarios[*id];
        let folders = arguments.folders(&plan, scenario, &settings);
        for path in keep_drafts(&scenario.script(), shots, &folders)? {
            say!("draft, of a tutorial that failed: {}", path.display());
        }
    }
    let mut any_stale = false;
    for (id, shots) in &played.shots {
        let scenario = &plan.scenarios[*id];
        let folders = arguments.folders(&plan, scenario, &settings);
        let viewport = viewport(scenario, &settings, scale);
        let report = produce(&scenario.script(), shots, viewport, &folders, acceptance)?;
        tell(&report, &folders, viewport, acceptance);
        any_stale |= report.is_stale();
        if let Some(scenario) = played.record.scenarios.get_mut(*id) {
            scenario.scenes = report.scenes;
        }
    }
    match report::write_tutorials(&played.record, &settings.reports) {
        // That something differs is what a check is asked for.
        Err(error) if acceptance == Acceptance::Check => say_err!("{error}"),
        written => written?,
    }
    tell_time(&plan, &played, started.elapsed());
    Ok(match exit_status(&played.record) {
        ExitStatus::Success if any_stale && acceptance == Acceptance::Check => ExitStatus::Failed,
        ending => ending,
    })
}

/// As the settings say, and before them the scenario's tags.
fn viewport(scenario: &PlannedScenario, settings: &Settings, scale: f64) -> Viewport {
    let window = scenario.options.window.unwrap_or(settings.window);
    Viewport {
        width: window.width,
        height: window.height,
        scale: scenario.options.scale.unwrap_or(scale),
    }
}

fn tell(report: &Report, folders: &Folders, viewport: Viewport, acceptance: Acceptance) {
    let path = |name: &String| folders.screenshots.join(name).display().to_string();
    let folder = folders.screenshots.display();
    if let Some(accepted) = report.other_viewport {
        tell_other_viewport(accepted, viewport, folders);
    }
    tell_screenshots(report, path, acceptance);
    match (acceptance, report.is_stale()) {
        (Acceptance::Check, true) => say!("stale: {folder} differs from this run"),
        (Acceptance::Check, false) => say!("current: {folder}"),
        _ => {}
    }
    if let Some(page) = &report.page {
        say!("The tutorial is in {}", page.display());
    }
}

fn tell_screenshots(report: &Report, path: impl Fn(&String) -> String, acceptance: Acceptance) {
    let accepts = acceptance == Acceptance::Accept;
    let verb = if accepts {
        "accepted"
    } else {
        "differs from the baseline"
    };
    for (name, files) in &report.changed {
        say!("{verb}: {}", path(name));
        for file in files {
            say!("  look at {}", file.display());
        }
    }
    tell_twins(report, acceptance);
    tell_verdicts(report, &path);
    for (name, reason) in &report.unreadable {
        say!("unreadable: {} is {reason}", path(name));
    }
    let verb = if acceptance == Acceptance::Check {
        "not there yet"
    } else {
        "new"
    };
    report.new.iter().for_each(|name| say!("{verb}: {}", path(name)));
    let verb = if accepts {
        "removed"
    } else {
        "no scene has this screenshot any more"
    };
    report.obsolete.iter().for_each(|name| say!("{verb}: {}", path(name)));
    for name in &report.foreign {
        say!("left alone, because it is in no manifest: {}", path(name));
    }
    if !report.changed.is_empty() && !accepts {
        say!("{}", Tolerance::explain());
        say!("The pages show the baselines. To accept the new screenshots: docent tutorial --accept");
    }
}

/// One line for each scene that is not as it was, then what its narration quotes in vain.
fn tell_verdicts(report: &Report, path: impl Fn(&String) -> String) {
    let is_unchanged = |scene: &&SceneReport| scene.verdict == SceneVerdict::Unchanged;
    for scene in report.scenes.iter().filter(|scene| !is_unchanged(scene)) {
        say!("{}: {}", path(&scene.picture), scene.verdict);
        scene.stale.iter().for_each(|quote| say!("{quote}"));
    }
    let unchanged = report.scenes.iter().filter(is_unchanged).count();
    if unchanged > 0 {
        say!("unchanged: {}", counted(unchanged, "scene"));
    }
}

fn tell_twins(report: &Report, acceptance: Acceptance) {
    let twins = counted(report.added_twins, "text twin");
    match (report.added_twins, acceptance) {
        (0, _) => {}
        (_, Acceptance::Check) => {
            say!("without a text twin: {twins} to be added beside the baselines by: docent tutorial");
        }
        _ => say!("added: {twins} beside the baselines that were taken without (NAME.aria.yml: what each says)"),
    }
}

fn tell_other_viewport(accepted: Viewport, played: Viewport, folders: &Folders) {
    say!(
        "not compared: the screenshots in {} were accepted at {accepted}, but this run was played at {played}; nothing there is changed\n  \
         to compare them: --window {}x{} --scale {}\n  to accept the new size: add --accept",
        folders.screenshots.display(),
        accepted.width,
        accepted.height,
        accepted.scale,
    );
}

/// Where the time went, so that a slow tutorial can be helped.
fn tell_time(plan: &Plan, played: &PlanRun, producing: Duration) {
    let seconds = |part: Duration| part.as_secs_f32();
    let durations = played.durations;
    say!(
        "Played {} in {:.1} s: starting {:.1} s, steps {:.1} s, pictures {:.1} s, ending {:.1} s",
        counted(plan.scenarios.len(), "tutorial"),
        seconds(played.record.took),
        seconds(durations.starting),
        seconds(durations.steps),
        seconds(durations.pictures),
        seconds(durations.ending),
    );
    say!("Compared and published in {:.1} s", seconds(producing));
}
