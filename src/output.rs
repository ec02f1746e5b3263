//! Lines for people and programs that read the command's output. A reader that has gone (`docent steps | head -1`) or a full disk behind it
//! is no fault of the run: the exit code and the reports have its result. What would act on a terminal is shown escaped, and secrets
//! are redacted.

use crate::{redact, visible::visible};

/// What may go to a terminal of a text.
pub(crate) fn printable(text: &str) -> String {
    visible(&redact::text(text)).into_owned()
}

/// A line on standard output.
macro_rules! say {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        // The reader may be gone.
        let _ = writeln!(std::io::stdout(), "{}", $crate::output::printable(&format!($($text)*)));
    }};
}

/// A line of JSON on standard output. Its texts are redacted where they enter it: of the line as a whole, a secret of digits would take
/// numbers and moments away.
macro_rules! say_json {
    ($line:expr) => {{
        use std::io::Write as _;
        // The reader may be gone.
        let _ = writeln!(
            std::io::stdout(),
            "{}",
            $crate::visible::visible_json(&$line.to_string())
        );
    }};
}

/// Whole lines on standard output.
macro_rules! say_all {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        // The reader may be gone.
        let _ = write!(std::io::stdout(), "{}", $crate::output::printable(&format!($($text)*)));
    }};
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
