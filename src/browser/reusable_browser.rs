//! A browser that is kept from scenario to scenario: each gets a window in a fresh user context, which shares nothing with the one
//! before and costs a fraction of a new browser.

use std::ffi::OsString;
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::capabilities::Options;
use super::devtools::{Address, Context};
use super::driver::Driver;
use super::error::BrowserError;
use super::session::Session;

/// A browser that runs on behind its windows, as long as its driver.
#[derive(Debug)]
pub struct ReusableBrowser {
    /// The driver's name for its session.
    session: String,
    devtools: Address,
    /// What is said of languages to servers is said once, when the browser starts.
    locale: String,
    /// So is what kind of pointer it has.
    touch: bool,
}

impl ReusableBrowser {
    /// Starts a browser, and its first window.
    ///
    /// A browser that can't be kept, because somebody else runs its driver or because it has no socket of its own, is the window's
    /// alone and ends with it.
    ///
    /// # Errors
    /// As [`Session::open`].
    pub async fn start(driver: &Driver, options: &Options) -> Result<(Option<Self>, Session), BrowserError> {
        let (Some(program), Some(folder)) = (&options.browser, driver.folder()) else {
            return Ok((None, Session::open(driver, options).await?));
        };
        let starter = with_socket(program, folder).map_err(|error| BrowserError::BrowserStart {
            program: program.clone(),
            reason: error.to_string(),
        })?;
        let first = Session::start(driver, options, Some(&starter)).await?;
        let announced = match first.profile() {
            Some(profile) => Address::of(&profile).await,
            None => None,
        };
        let Some(devtools) = announced else {
            first.prepare(options).await?;
            return Ok((None, first));
        };
        let browser = Self {
            session: first.id().to_owned(),
            devtools,
            locale: options.locale.clone(),
            touch: options.touch,
        };
        // The first scenario's page, too, is to end with the scenario.
        let window = browser.window_of(first, options).await?;
        Ok((Some(browser), window))
    }

    /// Whether a window with these options can be had of it.
    #[must_use]
    pub fn is_compatible_with(&self, options: &Options) -> bool {
        self.locale == options.locale && self.touch == options.touch
    }

    /// A window in a fresh user context.
    ///
    /// # Errors
    /// [`BrowserError::BrowserDied`] if the browser is not what it was, [`BrowserError::Refused`].
    pub async fn window(&self, driver: &Driver, options: &Options) -> Result<Session, BrowserError> {
        let session = Session::attach(driver, &self.session).await?;
        self.window_of(session, options).await
    }

    async fn window_of(&self, session: Session, options: &Options) -> Result<Session, BrowserError> {
        let died = |reason| BrowserError::BrowserDied { reason };
        let mut context = Context::create(&self.devtools).await.map_err(died)?;
        let window = context.open_window(options.window).await.map_err(died)?;
        session.move_to(window, context, options).await
    }
}

/// A command that starts the browser with a socket beside the driver's pipe: a driver that is given a port gives up the pipe, and
/// with it the browser's end at its own.
fn with_socket(program: &Path, folder: &Path) -> io::Result<PathBuf> {
    let starter = folder.join("browser");
    // Written by another process: a file can't be run while a thread that starts something still has it open for writing.
    let written = Command::new("/bin/sh")
        .args([
            "-c",
            r#"printf '#!/bin/sh\nexec %s --remote-debugging-port=0 "$@"\n' "$2" > "$1" && chmod 700 "$1""#,
            "sh",
        ])
        .args([starter.as_os_str(), &quoted(program)])
        .status()?;
    if written.success() {
        Ok(starter)
    } else {
        Err(io::Error::other(format!(
            "{} could not be written ({written})",
            starter.display()
        )))
    }
}

/// One word of a shell.
fn quoted(path: &Path) -> OsString {
    let mut word = vec![b'\''];
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'\'' => word.extend(br"'\''"),
            other => word.push(*other),
        }
    }
    word.push(b'\'');
    OsString::from_vec(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provision::test_programs::Folder;

    #[test]
    fn a_browser_is_started_wherever_it_is_with_a_socket_and_what_the_driver_says() {
        let folder = Folder::new();
        let program = folder.program("it's a \"$HOME\" browser", "printf '%s\\n' \"$@\"");
        let starter = with_socket(&program, folder.root()).unwrap();
        let said = Command::new(starter).args(["--a", "b c"]).output().unwrap();
        assert_eq!(
            String::from_utf8_lossy(&said.stdout),
            "--remote-debugging-port=0\n--a\nb c\n"
        );
    }
}
