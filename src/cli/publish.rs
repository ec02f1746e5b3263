//! `docent publish`: training material from the accepted screenshots, without a browser.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Instant;

use clap::{Args, ValueEnum};

use super::CliError;
use super::exit_status::ExitStatus;
use crate::counted::counted;
use crate::files;
use crate::output::say;
use crate::tutorial::TutorialError;
use crate::tutorial::folders::{Folders, LANGUAGE};
use crate::tutorial::manifest::{FILE_NAME, Manifest};
use crate::tutorial::publish::{self, Format};

/// What `docent publish` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
docent publish                                  pages and demo of every tutorial\n  \
docent publish --format all                     everything there is\n  \
docent publish pairing --format pptx,docx       slides and a handout of one tutorial\n\n\
Everything is made of the screenshots and the manifest.json in screenshots/, as they were accepted: nothing is played, and no \
browser is needed. The same screenshots give the same bytes.")]
pub(crate) struct PublishArguments {
    /// Tutorials by the names of their folders in screenshots/ [default: all]
    tutorials: Vec<String>,
    /// What to make, separated by commas
    #[arg(long, help_heading = "Files", value_enum, value_delimiter = ',', value_name = "FORMAT", default_values_t = Choice::DEFAULT)]
    format: Vec<Choice>,
    /// Where it is published
    #[arg(long, help_heading = "Files", value_name = "DIR", default_value = "tutorials")]
    out: PathBuf,
    /// Where the accepted screenshots are
    #[arg(long, help_heading = "Files", value_name = "DIR", default_value = "screenshots")]
    screenshots: PathBuf,
}

/// A format, or all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    One(Format),
    All,
}

impl Choice {
    const DEFAULT: [Self; Format::DEFAULT.len()] = [
        Self::One(Format::DEFAULT[0]),
        Self::One(Format::DEFAULT[1]),
        Self::One(Format::DEFAULT[2]),
    ];

    fn formats(self) -> Vec<Format> {
        match self {
            Self::One(format) => vec![format],
            Self::All => Format::value_variants().to_vec(),
        }
    }
}

impl ValueEnum for Choice {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<Choice>> = LazyLock::new(|| {
            let formats = Format::value_variants().iter().copied();
            formats.map(Choice::One).chain([Choice::All]).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        match self {
            Self::One(format) => format.to_possible_value(),
            Self::All => Some(clap::builder::PossibleValue::new("all").help("All of these")),
        }
    }
}

impl std::fmt::Display for Choice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let value = self.to_possible_value();
        f.write_str(value.as_ref().map_or("", |value| value.get_name()))
    }
}

pub(crate) fn publish(arguments: &PublishArguments) -> Result<ExitStatus, CliError> {
    let tutorials = arguments.chosen()?;
    let mut formats = Vec::new();
    for format in arguments.format.iter().flat_map(|choice| choice.formats()) {
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    let started = Instant::now();
    for tutorial in &tutorials {
        let folders = Folders::of(tutorial, &arguments.screenshots, &arguments.out, Path::new(""));
        let manifest = Manifest::load(&folders.screenshots).map_err(TutorialError::from)?;
        let written = &mut |path: &Path| say!("published: {}", path.display());
        publish::publish(&manifest, &folders.screenshots, &folders.pages, &formats, written)?;
    }
    say!(
        "Published {} in {:.1} s",
        counted(tutorials.len(), "tutorial"),
        started.elapsed().as_secs_f32()
    );
    Ok(ExitStatus::Success)
}

impl PublishArguments {
    /// Tutorials that are there and asked for.
    fn chosen(&self) -> Result<Vec<String>, CliError> {
        let there = self.there()?;
        if there.is_empty() {
            return Err(CliError::Usage(format!(
                "no tutorial has accepted screenshots in {}\n  play and accept one first: docent tutorial",
                self.screenshots.display()
            )));
        }
        if let Some(unknown) = self.tutorials.iter().find(|name| !there.contains(name)) {
            return Err(CliError::Usage(format!(
                "no tutorial {unknown:?} has accepted screenshots in {}\n  there are: {}",
                self.screenshots.display(),
                there.join(", ")
            )));
        }
        Ok(if self.tutorials.is_empty() {
            there
        } else {
            self.tutorials.clone()
        })
    }

    fn there(&self) -> Result<Vec<String>, CliError> {
        let names = files::names_in(&self.screenshots).map_err(TutorialError::from)?;
        let has_manifest = |name: &String| self.screenshots.join(name).join(LANGUAGE).join(FILE_NAME).is_file();
        Ok(names.into_iter().filter(has_manifest).collect())
    }
}
