//! `docent tutorial`: plays tutorials, keeps their pictures current, publishes their pages.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;

use super::play::{Played, Playing, play};
use super::run::ending;
use super::{CliError, Ending};
use crate::config::{Flags, Window};
use crate::picture::Tolerance;
use crate::suite::plan::{Plan, TUTORIAL_TAG, plan};
use crate::suite::select::Selection;
use crate::tutorial::manifest::Viewport;
use crate::tutorial::production::{Acceptance, Folders, LANGUAGE, Report, produce};

/// What `docent tutorial` takes.
#[derive(Args, Debug)]
#[command(
    after_help = "A scenario with the tag @tutorial is a tutorial: a step with a doc string is a scene, the doc string is \
what the learner is told. Pictures that differ from the accepted ones in screenshots/ are laid beside them for you to judge."
)]
pub struct Arguments {
    /// Feature files, or folders that hold some
    #[arg(default_value = "features/tutorials")]
    paths: Vec<PathBuf>,
    /// Where pages and marked pictures go
    #[arg(long, value_name = "DIR", default_value = "tutorials")]
    out: PathBuf,
    /// Where the accepted clean pictures are
    #[arg(long, value_name = "DIR", default_value = "screenshots")]
    screenshots: PathBuf,
    /// Language of the tutorial
    #[arg(long, value_name = "TAG", default_value = LANGUAGE, value_parser = [LANGUAGE])]
    lang: String,
    /// Take the pictures that differ as accepted
    #[arg(long, conflicts_with = "check")]
    accept: bool,
    /// Write nothing that is committed; exit 1 if a picture or the manifest is stale
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    flags: Flags,
}

impl Arguments {
    fn acceptance(&self) -> Acceptance {
        match (self.accept, self.check) {
            (true, _) => Acceptance::Accept,
            (_, true) => Acceptance::Check,
            _ => Acceptance::Ask,
        }
    }
}

/// Pictures stay crisp on slides.
const SCALE: f64 = 2.;

pub fn tutorial(arguments: &Arguments) -> Result<Ending, CliError> {
    let acceptance = arguments.acceptance();
    let settings = arguments.flags.clone().settings()?;
    let plan = plan(&Selection {
        paths: arguments.paths.clone(),
        tags: Some(format!("@{TUTORIAL_TAG}")),
        ..Selection::default()
    })?;
    let scale = settings.scale.unwrap_or(SCALE);
    let (plan, mut played) = play(plan, &settings, Playing::once(scale))?;
    if let Some(trouble) = played.trouble.take() {
        return Err(trouble.into());
    }
    let started = Instant::now();
    let mut any_stale = false;
    for (id, shots) in &played.shots {
        let scenario = &plan.scenarios[*id];
        let folders = Folders::of(&scenario.path, &arguments.screenshots, &arguments.out);
        let report = produce(
            &scenario.script(),
            shots,
            viewport(settings.window, scale),
            &folders,
            acceptance,
        )?;
        tell(&report, &folders, acceptance);
        any_stale |= report.is_stale();
    }
    tell_time(&plan, &played, started.elapsed());
    Ok(match ending(&played.record, false) {
        Ending::Well if any_stale && acceptance == Acceptance::Check => Ending::Failed,
        ending => ending,
    })
}

fn viewport(window: Window, scale: f64) -> Viewport {
    Viewport {
        width: window.width,
        height: window.height,
        scale,
    }
}

fn tell(report: &Report, folders: &Folders, acceptance: Acceptance) {
    let verb = match acceptance {
        Acceptance::Accept => "accepted",
        Acceptance::Ask | Acceptance::Check => "differs from the accepted picture",
    };
    for (name, files) in &report.changed {
        println!("{verb}: {}", folders.screenshots.join(name).display());
        for file in files {
            println!("  look at {}", file.display());
        }
    }
    for name in &report.new {
        let path = folders.screenshots.join(name);
        match acceptance {
            Acceptance::Check => println!("not there yet: {}", path.display()),
            _ => println!("new: {}", path.display()),
        }
    }
    for name in &report.obsolete {
        let verb = if acceptance == Acceptance::Accept {
            "removed"
        } else {
            "no scene takes this picture any more"
        };
        println!("{verb}: {}", folders.screenshots.join(name).display());
    }
    if !report.changed.is_empty() && acceptance != Acceptance::Accept {
        println!("{}", Tolerance::explain());
        println!("The pages show the accepted pictures. To take the new ones: docent tutorial --accept");
    }
    match (acceptance, report.is_stale()) {
        (Acceptance::Check, true) => {
            println!("stale: {} is not what was played", folders.screenshots.display());
        }
        (Acceptance::Check, false) => println!("current: {}", folders.screenshots.display()),
        _ => {}
    }
    if let Some(page) = &report.page {
        println!("The tutorial is in {}", page.display());
    }
}

/// Where the time went, so that a slow tutorial can be helped.
fn tell_time(plan: &Plan, played: &Played, producing: Duration) {
    let seconds = |part: Duration| part.as_secs_f32();
    let spent = played.spent;
    println!(
        "Played {} in {:.1} s: starting {:.1} s, steps {:.1} s, pictures {:.1} s, ending {:.1} s",
        counted(plan.scenarios.len(), "tutorial"),
        seconds(played.record.took),
        seconds(spent.starting),
        seconds(spent.steps),
        seconds(spent.pictures),
        seconds(spent.ending),
    );
    println!("Compared and published in {:.1} s", seconds(producing));
}

fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
