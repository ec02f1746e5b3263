//! Tells a waiting person what is being got.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::Duration;

use indicatif::{HumanBytes, ProgressBar, ProgressStyle};

/// Recorded while a browser is being got.
pub trait Progress: Send + Sync {
    /// Something to know; stays on the screen.
    fn say(&self, text: &str);
    /// What is going on at this moment, such as a line of apt's; soon replaced by the next.
    fn detail(&self, line: &str);
    /// Bytes of the current download received so far, of how many if that is known. The first call for each is for 0.
    fn bytes(&self, received: u64, total: Option<u64>);
}

/// The right one for standard error: a moving bar on a terminal, plain lines elsewhere.
#[must_use]
pub fn for_stderr() -> Box<dyn Progress> {
    if io::stderr().is_terminal() {
        Box::new(Live::new())
    } else {
        Box::new(Plain::new(io::stderr()))
    }
}

/// Lines for logs: what is said, and a download's size at its end.
pub struct Plain<W>(Mutex<W>);

impl<W: Write> Plain<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        Self(Mutex::new(out))
    }
}

impl<W: Write + Send> Progress for Plain<W> {
    fn say(&self, text: &str) {
        if let Ok(mut out) = self.0.lock() {
            // Progress is a courtesy: that nobody can read it is no reason to stop.
            let _ = writeln!(out, "{text}");
        }
    }

    fn detail(&self, _: &str) {}

    fn bytes(&self, received: u64, total: Option<u64>) {
        if Some(received) == total {
            self.say(&format!("    {} received", HumanBytes(received)));
        }
    }
}

/// A spinner with the current detail, or a bar while bytes come in.
pub struct Live(ProgressBar);

impl Live {
    /// Draws on standard error.
    #[must_use]
    pub fn new() -> Self {
        Self(ProgressBar::new_spinner())
    }
}

impl Default for Live {
    fn default() -> Self {
        Self::new()
    }
}

impl Progress for Live {
    fn say(&self, text: &str) {
        self.0.println(text);
        // Not before: whoever finds a browser at once has nothing to wait for.
        self.0.enable_steady_tick(Duration::from_millis(100));
    }

    fn detail(&self, line: &str) {
        self.0.set_style(style("{spinner} {wide_msg}"));
        self.0.set_message(line.to_owned());
    }

    fn bytes(&self, received: u64, total: Option<u64>) {
        let Some(total) = total else {
            return self.detail(&format!("{} received", HumanBytes(received)));
        };
        if received == 0 {
            self.0
                .set_style(style("  {bar:40} {bytes} of {total_bytes}, {eta} left"));
            self.0.set_length(total);
            self.0.reset_eta();
        }
        self.0.set_position(received);
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Keeps every message.
    #[derive(Default)]
    pub struct Recorded(Mutex<Vec<String>>);

    impl Recorded {
        pub fn text(&self) -> String {
            self.0.lock().unwrap().join("\n")
        }
    }

    impl Progress for Recorded {
        fn say(&self, text: &str) {
            self.0.lock().unwrap().push(text.into());
        }

        fn detail(&self, line: &str) {
            self.0.lock().unwrap().push(format!("… {line}"));
        }

        fn bytes(&self, received: u64, total: Option<u64>) {
            self.0.lock().unwrap().push(format!("… {received} of {total:?} bytes"));
        }
    }

    #[test]
    fn a_log_gets_few_lines() {
        let progress = Plain::new(Vec::new());
        progress.say("Getting a browser");
        progress.detail("Unpacking libnss3");
        for received in 1..=3 {
            progress.bytes(received * 1024, Some(3072));
        }
        let log = String::from_utf8(progress.0.into_inner().unwrap()).unwrap();
        assert_eq!(log, "Getting a browser\n    3.00 KiB received\n");
    }
}
