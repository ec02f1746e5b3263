//! Lines for people and programs that read the command's output. A reader that has gone (`docent steps | head -1`) or a full disk behind it
//! is no fault of the run: the exit code and the reports have its result. What would act on a terminal is shown escaped, and secrets
//! are redacted.

use std::io::{self, ErrorKind, Write};
use std::sync::OnceLock;

use crate::{redact, visible::visible};

/// The first reason why standard output did not take something, but for a reader that has gone.
static TROUBLE: OnceLock<String> = OnceLock::new();

/// Writes to standard output, and notes where that is refused.
pub(crate) fn write_out(text: &str) {
    let mut out = io::stdout().lock();
    note(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}

fn note(written: io::Result<()>) {
    if let Err(error) = written
        && error.kind() != ErrorKind::BrokenPipe
    {
        // One reason is enough.
        let _ = TROUBLE.set(error.to_string());
    }
}

/// Why standard output has not all that was to be said there, such as a full disk; None, too, for a reader that has gone.
pub(crate) fn trouble() -> Option<&'static str> {
    TROUBLE.get().map(String::as_str)
}

/// What may go to a terminal of a text.
pub(crate) fn printable(text: &str) -> String {
    visible(&redact::text(text)).into_owned()
}

/// A line on standard output.
macro_rules! say {
    ($($text:tt)*) => {
        $crate::output::write_out(&format!("{}\n", $crate::output::printable(&format!($($text)*))))
    };
}

/// A line of JSON on standard output. Its texts are redacted where they enter it: of the line as a whole, a secret of digits would take
/// numbers and moments away.
macro_rules! say_json {
    ($line:expr) => {
        $crate::output::write_out(&format!("{}\n", $crate::visible::visible_json(&$line.to_string())))
    };
}

/// Whole lines on standard output.
macro_rules! say_all {
    ($($text:tt)*) => {
        $crate::output::write_out(&$crate::output::printable(&format!($($text)*)))
    };
}

/// A line on standard error.
macro_rules! say_err {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        // The reader may be gone.
        let _ = writeln!(std::io::stderr(), "{}", $crate::output::printable(&format!($($text)*)));
    }};
}

pub(crate) use {say, say_all, say_err, say_json};
