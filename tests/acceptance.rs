//! The acceptance scenarios in a real browser, then the tutorials against their accepted pictures.

use std::process::ExitCode;

use clap::Parser;
use docent::cli::Cli;

fn main() -> ExitCode {
    let commands = [
        ["docent", "run", "features/acceptance"].as_slice(),
        ["docent", "tutorial", "--check"].as_slice(),
    ];
    for command in commands {
        println!("\n{}", command.join(" "));
        let ended = Cli::parse_from(command).run();
        if let Err(error) = &ended {
            eprintln!("docent: {error}");
        }
        match ended.unwrap_or_else(|error| error.exit_code()) {
            ExitCode::SUCCESS => {}
            failed => return failed,
        }
    }
    ExitCode::SUCCESS
}
