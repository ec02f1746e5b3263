//! The `docent` command.

fn main() {}
