//! `docent doctor`: what the kit finds on this machine, and what to do about what it does not.

use std::fmt;
use std::time::Duration;

use super::fetch;
use super::find::{FindError, Installed, Wanted, find_on};
use super::fonts::Fonts;
use super::surroundings::Surroundings;
use super::system::{Family, System};

/// A look at this machine. Printed, it is what the person reads: plain text, the same for the same machine.
#[derive(Debug)]
pub struct Report {
    /// Which machine.
    pub system: System,
    /// The pair that would be used, or why there is none.
    pub browser: Result<Installed, FindError>,
    /// What a browser needs beside its programs.
    pub surroundings: Surroundings,
    /// A page that was opened: how long it took, or what went wrong. None if it was not tried.
    pub trial: Option<Result<Duration, String>>,
    /// What other pages' text can be drawn with.
    pub fonts: Fonts,
    /// Whether the kit would get a browser by itself.
    pub gets_one: bool,
}

impl Report {
    /// Examines this machine with the settings as they are. Installs nothing, starts nothing and uses no network.
    #[must_use]
    pub fn on_this_machine(wanted: &Wanted) -> Self {
        let system = System::this();
        let gets_one = wanted.names_nothing() && fetch::can_fetch(&system);
        Self {
            browser: find_on(&system, wanted),
            surroundings: Surroundings::of_this_process(),
            trial: None,
            fonts: Fonts::of_this_machine(),
            system,
            gets_one,
        }
    }

    /// Whether the kit can play here; where not, the command ends with the exit code for the environment.
    #[must_use]
    pub fn ok(&self) -> bool {
        self.browser.is_ok() && self.surroundings.missing().is_none() && !matches!(self.trial, Some(Err(_)))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "System   {}", self.system.name())?;
        match &self.browser {
            Ok(installed) => programs(f, installed)?,
            Err(_) if self.gets_one => writeln!(
                f,
                "Browser  NOT READY; Docent gets one when it first plays, given a way to the internet"
            )?,
            Err(_) => writeln!(f, "Browser  NOT READY, see below")?,
        }
        fonts(f, &self.fonts, self.system.family())?;
        for finding in self.surroundings.findings() {
            writeln!(f, "{finding}")?;
        }
        match &self.trial {
            Some(Ok(took)) => writeln!(f, "Page     opened within {:.1} s", took.as_secs_f32())?,
            Some(Err(error)) => writeln!(f, "Page     NOT OPENED: {error}")?,
            None => {}
        }
        match &self.browser {
            Ok(_) if self.ok() => writeln!(f, "\nAll is there: Docent can play."),
            Ok(_) => writeln!(f, "\nDocent can't play as long as something is not ready."),
            Err(error) => writeln!(f, "\n{error}"),
        }
    }
}

fn programs(f: &mut fmt::Formatter<'_>, installed: &Installed) -> fmt::Result {
    let kind = if installed.headless_shell {
        "headless shell"
    } else {
        "full browser"
    };
    writeln!(
        f,
        "Browser  {} ({kind}), {}",
        installed.browser_version, installed.browser_found_in
    )?;
    writeln!(f, "         {}", installed.browser.display())?;
    writeln!(
        f,
        "Driver   {}, {}",
        installed.driver_version, installed.driver_found_in
    )?;
    writeln!(f, "         {}", installed.driver.display())?;
    writeln!(
        f,
        "Fit      yes, both are of version {}",
        installed.browser_version.major()
    )
}

fn fonts(f: &mut fmt::Formatter<'_>, fonts: &Fonts, family: Family) -> fmt::Result {
    let present: Vec<_> = fonts
        .present()
        .map(|(script, name)| format!("{script}: {name}"))
        .collect();
    let present = if present.is_empty() {
        "none found".into()
    } else {
        present.join("; ")
    };
    writeln!(f, "Fonts    {present}")?;
    let absent: Vec<_> = fonts.absent().collect();
    if absent.is_empty() {
        return Ok(());
    }
    writeln!(
        f,
        "         No font for {}: the built-in portal brings its own, other pages may show boxes.",
        absent.join(", ")
    )?;
    match family {
        Family::Debian | Family::Ubuntu => {
            writeln!(f, "         apt-get install {}", packages(&absent))
        }
        _ => Ok(()),
    }
}

/// Debian's packages for scripts without a font.
fn packages(absent: &[&str]) -> String {
    let western = absent
        .iter()
        .any(|script| *script != "Chinese")
        .then_some("fonts-noto-core");
    let chinese = absent.contains(&"Chinese").then_some("fonts-noto-cjk");
    western.into_iter().chain(chinese).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provision::surroundings::tests::well;
    use crate::provision::system::tests::linux;
    use crate::provision::test_programs::{Folder, versioned};

    fn report(folder: &Folder) -> String {
        let system = linux("debian", &folder.path("bin"));
        let wanted = Wanted {
            browser: None,
            driver: None,
            with_window: false,
            cache: folder.path("cache"),
        };
        let browser = find_on(&system, &wanted);
        let report = Report {
            system,
            browser,
            surroundings: well(),
            trial: Some(Ok(Duration::from_millis(420))),
            fonts: Fonts::without(&["Chinese"]),
            gets_one: true,
        };
        assert_eq!(report.ok(), report.browser.is_ok());
        report.to_string().replace(&folder.root().display().to_string(), "")
    }

    #[test]
    fn tells_what_is_there() {
        let folder = Folder::new();
        folder.program("bin/chromium-headless-shell", &versioned("Chromium 156.0.8078.79"));
        folder.program("bin/chromedriver", &versioned("ChromeDriver 156.0.8078.73 (a21ce9)"));
        assert_eq!(
            report(&folder),
            "System   linux, x86_64\n\
             Browser  156.0.8078.79 (headless shell), found on PATH\n         /bin/chromium-headless-shell\n\
             Driver   156.0.8078.73, found on PATH\n         /bin/chromedriver\n\
             Fit      yes, both are of version 156\n\
             Fonts    Latin: Some Sans; Cyrillic: Some Sans; Arabic: Some Sans\n         \
             No font for Chinese: the built-in portal brings its own, other pages may show boxes.\n         \
             apt-get install fonts-noto-cjk\n\
             Loopback IPv4 and IPv6\nSpace    60 GB free in /tmp\nFiles    1024 may be open at once\n\
             Memory   8 GB free\nSandbox  on\nProxy    none\nPage     opened within 0.4 s\n\nAll is there: Docent can play.\n"
        );
    }

    #[test]
    fn tells_what_to_do_about_what_is_not_there() {
        let report = report(&Folder::new());
        let (overview, message) = report.split_once("\n\n").unwrap();
        assert!(
            overview.starts_with("System   linux, x86_64\nBrowser  NOT READY; Docent gets one when it first plays, "),
            "{report}"
        );
        assert!(
            message.starts_with("There is no browser and no driver (looked on PATH and in /cache).\n"),
            "{report}"
        );
        assert!(message.contains("\n    sudo apt-get install "), "{report}");
    }

    #[test]
    fn names_packages_for_missing_scripts() {
        assert_eq!(packages(&["Arabic", "Chinese"]), "fonts-noto-core fonts-noto-cjk");
    }
}
