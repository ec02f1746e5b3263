//! The `docent` command: parse, run, exit code.

use std::io::Write;
use std::process::ExitCode;

use docent::cli::Cli;

fn main() -> ExitCode {
    match Cli::from_surroundings().run() {
        Ok(code) => code,
        Err(error) => {
            // A reader that has gone leaves the exit code.
            let _ = writeln!(std::io::stderr(), "docent: {error}");
            error.exit_code()
        }
    }
}
