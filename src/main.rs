//! The `docent` command: parse, run, exit code.

use std::process::ExitCode;

use docent::cli::Cli;

fn main() -> ExitCode {
    match Cli::from_surroundings().run() {
        Ok(code) => code,
        Err(error) => {
            error.print();
            error.exit_code()
        }
    }
}
