//! What can go wrong between the kit and the page.

use std::path::PathBuf;
use std::time::Duration;

use fantoccini::error::CmdError;

use super::locator::Locator;
use crate::redact::Redacted;

/// The browser or its driver did not do its part.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// The driver's program could not be run.
    #[error("the driver {} could not be started: {source}\nRun `docent doctor` to see what is installed.", program.display())]
    DriverStart {
        /// The driver's program.
        program: PathBuf,
        /// The system's word on it.
        source: std::io::Error,
    },
    /// The driver ran but never said that it listens.
    #[error("the driver {} did not come up: {said}\nRun `docent doctor` to see whether it fits the browser.", program.display())]
    DriverMute {
        /// The driver's program.
        program: PathBuf,
        /// What it printed, or why nothing was read.
        said: String,
    },
    /// The driver could not start the browser.
    #[error("the browser {} could not be started: {reason}\nRun `docent doctor` to see whether browser and driver fit.", program.display())]
    BrowserStart {
        /// The browser's program.
        program: PathBuf,
        /// The driver's word on it.
        reason: String,
    },
    /// Where a driver is said to be is no address of one.
    #[error("{url:?} is no address of a WebDriver service: write, for instance, http://grid.example:4444")]
    DriverAddress {
        /// As it was given.
        url: String,
    },
    /// A WebDriver service elsewhere gives no browser.
    #[error(
        "the WebDriver service at {url} opened no session: {reason}\nIs it there, and does it have a Chromium or Chrome to give?"
    )]
    NoSession {
        /// Where it is.
        url: String,
        /// Its word on it, or why there is none.
        reason: String,
    },
    /// The page shows a dialog of the browser's and waits for an answer, so nothing else can be done on it.
    #[error(
        "a dialog of the page is open and waits for an answer: {text:?}\n  \
         answer it first: write `When I agree` or `When I refuse` (`Then I am asked {}` checks what it says)",
        as_text(text)
    )]
    DialogOpen {
        /// What the dialog says.
        text: String,
    },
    /// The driver's process ended in the middle of the work.
    #[error("the driver died ({status})")]
    DriverDied {
        /// How the process ended.
        status: String,
    },
    /// The browser's process ended in the middle of the work, or its page crashed.
    #[error("the browser died ({reason})")]
    BrowserDied {
        /// The driver's word on it.
        reason: String,
    },
    /// The driver runs but does not answer.
    #[error("the driver hangs: it did not answer within {:.0} s", after.as_secs_f32())]
    DriverHangs {
        /// How long it was waited for.
        after: Duration,
    },
    /// The driver answers but the browser does not.
    #[error("the browser hangs: it did not answer within {:.0} s", after.as_secs_f32())]
    BrowserHangs {
        /// How long it was waited for.
        after: Duration,
    },
    /// A command was refused.
    #[error("the browser refused to {what}: {reason}")]
    Refused {
        /// What it was asked to do.
        what: &'static str,
        /// The driver's word on it.
        reason: String,
    },
    /// An answer had another form than the kit's script gives.
    #[error("unexpected response from the browser, asked to {what}: {reason}")]
    UnexpectedResponse {
        /// What it was asked to do.
        what: &'static str,
        /// What did not fit.
        reason: String,
    },
}

/// As a step quotes a text, in one line: steps have no escape within it, but two kinds of quotation marks.
fn as_text(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mark = if line.contains('"') { '\'' } else { '"' };
    format!("{mark}{line}{mark}")
}

fn came_from(before: &str) -> String {
    if before.is_empty() {
        String::new()
    } else {
        format!("\n  the page before was {before}")
    }
}

/// What a refused command means for the one who sent it.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The page went away under the command; the next page may well answer it.
    PageLeft,
    /// Something lies over the element that was to be clicked.
    Intercepted,
    /// The page that comes does not come in time.
    PageLate,
    /// There is no way on.
    Final(BrowserError),
}

impl Refusal {
    /// Reads the driver's answer to a command.
    pub fn of(what: &'static str, error: &CmdError) -> Self {
        let reason = first_line(&error.to_string());
        if is_page_left(error, &reason) {
            Self::PageLeft
        } else if matches!(error, CmdError::Standard(answer) if answer.error() == "element click intercepted") {
            Self::Intercepted
        } else if matches!(error, CmdError::Standard(answer) if answer.error() == "timeout") {
            Self::PageLate
        } else if matches!(error, CmdError::Standard(answer) if answer.error() == "unexpected alert open") {
            let text = dialog_text(&reason);
            Self::Final(BrowserError::DialogOpen { text })
        } else if is_browser_gone(error, &reason) {
            Self::Final(BrowserError::BrowserDied { reason })
        } else if matches!(error, CmdError::Lost(_) | CmdError::Failed(_) | CmdError::FailedC(_)) {
            Self::Final(BrowserError::DriverDied { status: reason })
        } else {
            Self::Final(BrowserError::Refused { what, reason })
        }
    }
}

/// The driver says `… {Alert text : Really?}`.
fn dialog_text(reason: &str) -> String {
    let text = reason.split_once("{Alert text : ").map_or(reason, |(_, text)| text);
    text.rsplit_once('}').map_or(text, |(text, _)| text).to_owned()
}

/// For commands that a changing page does not excuse.
pub(super) fn refused(what: &'static str) -> impl Fn(CmdError) -> BrowserError {
    move |error| match Refusal::of(what, &error) {
        Refusal::Final(error) => error,
        Refusal::PageLeft | Refusal::Intercepted | Refusal::PageLate => BrowserError::Refused {
            what,
            reason: first_line(&error.to_string()),
        },
    }
}

/// Navigation under a running command, in the words of chromedriver and of the W3C standard.
fn is_page_left(error: &CmdError, reason: &str) -> bool {
    const SIGNS: [&str; 6] = [
        "aborted by navigation",
        "does not belong to the document",
        "document unloaded",
        "execution context was destroyed",
        "Cannot find context with specified id",
        "uniqueContextId not found",
    ];
    error.is_stale_element_reference() || SIGNS.iter().any(|sign| reason.contains(sign))
}

fn is_browser_gone(error: &CmdError, reason: &str) -> bool {
    const SIGNS: [&str; 4] = [
        "tab crashed",
        "disconnected",
        "chrome not reachable",
        "target window already closed",
    ];
    error.is_invalid_session_id() || error.is_no_such_window() || SIGNS.iter().any(|sign| reason.contains(sign))
}

/// chromedriver appends a stack trace of itself to what it says.
fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim().to_owned()
}

/// The page was not as the step says.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// Browser or driver failed.
    #[error(transparent)]
    Browser(#[from] BrowserError),
    /// The thing is not there, or not in the state it should be in.
    #[error("{0}")]
    Mismatch(Box<Mismatch>),
    /// The page that was gone to answers with a server error.
    #[error("the page {address} answered with the error status {status}\n  it shows: {shown}")]
    ServerError {
        /// Where it is.
        address: String,
        /// HTTP status.
        status: u16,
        /// Its title and heading.
        shown: String,
    },
    /// The browser could not get the page, and shows one of its own.
    #[error("the browser could not get the page: {reason}{}", came_from(before))]
    NotGot {
        /// The browser's word on it, such as `ERR_CONNECTION_REFUSED`.
        reason: String,
        /// Address of the page that led there.
        before: String,
    },
    /// The page that should come, after a click for instance, does not.
    #[error(
        "the next page did not arrive within {:.1} s; if it needs longer, give its step longer: --step-timeout, or the tag @timeout:30s\n  \
         the page shown is still: {shown}",
        after.as_secs_f32()
    )]
    NeverArrived {
        /// How long it was waited for.
        after: Duration,
        /// Title, heading and address of what is shown.
        shown: String,
    },
    /// There is no page before this one, or none after it.
    #[error("the browser can't {what}: its history has no page there")]
    NoHistory {
        /// What it was asked to do: `go back` or `go forward`.
        what: &'static str,
    },
    /// A dialog should be refused that has no button for it.
    #[error("the dialog can't be refused: it only informs, with OK as its one button\n  write: I agree")]
    Irrefusable,
    /// A file that should be uploaded is not there.
    #[error("there is no file {}\n  a relative path counts from the folder of the feature file", path.display())]
    NoFile {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A picture could not be taken.
    #[error("the picture could not be taken, because {}", outstanding.join("; and "))]
    Unproven {
        /// What stood in the way.
        outstanding: Vec<String>,
    },
}

/// What was looked for, and what was there instead.
#[derive(Debug)]
pub struct Mismatch {
    /// What the step names.
    pub locator: Locator,
    /// What is the matter with it.
    pub trouble: Trouble,
    /// Title, heading and address of the page that was looked at.
    pub shown: String,
    /// Errors that the page itself shows.
    pub alerts: Vec<String>,
    /// How long it was waited for.
    pub waited: Duration,
    /// Sentences about other tabs, where no step looks.
    pub tabs: Vec<String>,
}

/// What is the matter with the thing a step names.
#[derive(Debug)]
pub enum Trouble {
    /// There is none; these are the most similar things on the page.
    Missing {
        /// Phrases such as `the button "Link"`, the most similar first.
        nearest: Vec<String>,
        /// Where it may be that was not looked into: sentences about frames.
        elsewhere: Vec<String>,
    },
    /// There are several; each phrase says where.
    Several(Vec<String>),
    /// It is in the page but not shown.
    Hidden,
    /// It is drawn, but assistive technology is kept from it.
    Concealed,
    /// It should not be there, but is.
    Present,
    /// It is not there, but may be in another tab, where no step looks.
    Elsewhere,
    /// Something lies over it.
    Covered(String),
    /// It can't be used.
    Disabled,
    /// It can't be typed into.
    ReadOnly,
    /// It lets clicks pass through to what lies below.
    Unclickable,
    /// It is in a frame that is drawn in a way that no matrix describes.
    Distorted,
    /// It does not come to rest.
    Moving,
    /// It is none of the things that are typed into, but this.
    NotAField(String),
    /// It is no file field, and a click on it opens none.
    NoFileField,
    /// A text is no value for a field of its kind.
    NotAValue {
        /// What was to be typed.
        text: Redacted,
        /// The field's type in HTML.
        field: String,
        /// A value of the kind.
        example: String,
    },
    /// A file field is for other files.
    NotAccepted {
        /// Name of the file.
        file: String,
        /// What it accepts, as its HTML says: endings and media types.
        accept: String,
    },
    /// It can't have the state that is asked about.
    Inapplicable {
        /// What was looked at, such as `checked`.
        property: String,
        /// The word for what it is.
        role: String,
    },
    /// It has no such option; these are the ones it has.
    NoOption {
        /// The label that was looked for.
        wanted: String,
        /// The labels there are.
        options: Vec<String>,
    },
    /// A property of it is not as expected.
    Unexpected {
        /// What was looked at, such as `value`.
        property: String,
        /// What it should be.
        expected: Redacted,
        /// What it is.
        actual: Redacted,
    },
}

impl Mismatch {
    pub(super) fn with_tabs(self, tabs: Vec<String>) -> Self {
        Self { tabs, ..self }
    }
}

impl From<Mismatch> for PageError {
    fn from(mismatch: Mismatch) -> Self {
        Self::Mismatch(Box::new(mismatch))
    }
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let it = &self.locator;
        match &self.trouble {
            Trouble::Missing { .. } => write!(f, "{it} is not on the page")?,
            Trouble::Several(_) => write!(f, "{it} is on the page more than once")?,
            Trouble::Hidden => write!(f, "{it} is in the page but not shown")?,
            Trouble::Concealed => write!(
                f,
                "{it} is drawn, but kept from assistive technology: it, or what it is in, is aria-hidden or inert"
            )?,
            Trouble::Present => write!(f, "{it} is on the page, but should not be")?,
            Trouble::Elsewhere => write!(f, "{it} is not on this page, but a person may see it in another tab")?,
            Trouble::Covered(by) => write!(f, "{it} is hidden behind {by}")?,
            Trouble::Disabled => write!(f, "{it} is disabled")?,
            Trouble::ReadOnly => write!(f, "{it} can't be typed into: it is read-only")?,
            Trouble::Distorted => write!(
                f,
                "{it} can't be pointed at: its frame is drawn in perspective or along a path, so where it is drawn is not known"
            )?,
            Trouble::Unclickable => write!(
                f,
                "{it} can't be clicked: it lets clicks pass through (pointer-events: none)"
            )?,
            Trouble::Moving => write!(f, "{it} does not come to rest")?,
            Trouble::NotAField(word) => write!(f, "{it} can't be typed into: it is a {word}")?,
            Trouble::NoFileField => write!(
                f,
                "{it} takes no file: it is no file field, and a click on it opens none"
            )?,
            Trouble::NotAValue { text, field, example } => {
                write!(
                    f,
                    "{it} takes no {text:?}: it is a field of the type {field}; write, for instance, {example:?}"
                )?;
            }
            Trouble::NotAccepted { file, accept } => write!(f, "{it} does not accept {file:?}: it is for {accept}")?,
            Trouble::Inapplicable { property, role } => write!(f, "{it} {}: it is a {role}", cannot(property))?,
            Trouble::NoOption { wanted, options } => {
                write!(f, "{it} has no option {wanted:?}; it has: {}", options.join(", "))?;
            }
            Trouble::Unexpected {
                property,
                expected,
                actual,
            } => {
                write!(f, "{it}: {property} should be {expected:?}, but is {actual:?}")?;
            }
        }
        write!(f, " (waited {:.1} s)", self.waited.as_secs_f32())?;
        match &self.trouble {
            Trouble::Missing { nearest, elsewhere } => {
                if !nearest.is_empty() {
                    write!(f, "\n  there is instead: {}", nearest.join("; "))?;
                }
                elsewhere.iter().try_for_each(|place| write!(f, "\n  {place}"))?;
            }
            Trouble::Several(places) => {
                write!(f, "\n  namely: {}", places.join("; "))?;
                write!(f, "\n  say which with: {it} in \"…\"")?;
            }
            _ => {}
        }
        self.tabs.iter().try_for_each(|tab| write!(f, "\n  {tab}"))?;
        write!(f, "\n  the page shown: {}", self.shown)?;
        if !self.alerts.is_empty() {
            write!(f, "\n  the page says: {}", self.alerts.join("; "))?;
        }
        Ok(())
    }
}

/// Why a step about this property makes no sense.
fn cannot(property: &str) -> &'static str {
    match property {
        "checked" => "can't be ticked or not ticked",
        "enabled" => "is nothing that is used",
        "expanded" => "neither opens nor closes",
        "pressed" => "is no button that stays pressed",
        "selected" => "can't be selected or not selected",
        _ => "can't hold a value or be empty",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::plan::tests::planned;

    #[test]
    fn the_steps_that_errors_advise_can_be_written() {
        let text = "Remove \"hive 7\"\nfor good?".to_owned();
        let error = BrowserError::DialogOpen { text }.to_string();
        let irrefusable = PageError::Irrefusable.to_string();
        let steps: Vec<_> = error.split('`').skip(1).step_by(2).collect();
        let (_, agree) = irrefusable.split_once("write: ").unwrap();
        assert_eq!(steps[2], "Then I am asked 'Remove \"hive 7\" for good?'");
        let feature = format!(
            "Feature: A\n  Scenario: B\n    {}\n    When {agree}\n",
            steps.join("\n    ")
        );
        planned(&feature, None).unwrap_or_else(|error| panic!("{error}"));
    }
}
