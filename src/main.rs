//! The `docent` command: parse, run, exit code.

use std::process::ExitCode;

use clap::Parser;
use docent::cli::Cli;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("docent: {error}");
            error.exit_code()
        }
    }
}
