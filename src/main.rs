//! The `docent` command: parse, run, exit code.

use std::alloc::System;
use std::process::ExitCode;

use docent::cli::Cli;
use zeroizing_alloc::ZeroAlloc;

/// What was typed into forms passes through buffers of other crates; all of them are wiped when they are freed.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    let command = match Cli::from_surroundings() {
        Ok(command) => command,
        Err(code) => return code,
    };
    command.run().unwrap_or_else(|error| {
        error.print();
        error.exit_code()
    })
}
