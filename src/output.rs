//! Lines for people and programs that read the command's output. A reader that has gone (`docent steps | head -1`) or a full disk behind it
//! is no fault of the run: the exit code and the reports say what came of it. What would act on a terminal is shown escaped.

/// A line on standard output.
macro_rules! say {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        // There is nobody to say it to.
        let _ = writeln!(std::io::stdout(), "{}", $crate::visible::visible(&format!($($text)*)));
    }};
}

/// Whole lines on standard output.
macro_rules! say_all {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        // There is nobody to say it to.
        let _ = write!(std::io::stdout(), "{}", $crate::visible::visible(&format!($($text)*)));
    }};
}

/// A line on standard error.
macro_rules! say_err {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        // There is nobody to say it to.
        let _ = writeln!(std::io::stderr(), "{}", $crate::visible::visible(&format!($($text)*)));
    }};
}

pub(crate) use {say, say_all, say_err};
