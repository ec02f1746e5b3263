//! `docent steps`: what features can say.

use crate::steps::vocabulary;

/// Prints every step with what it does and an example.
pub fn steps() {
    println!("Begin each with Given, When, Then, And or But: the keyword takes no part in matching.");
    println!("Write \"off camera, \" before a step of a tutorial to play it without showing it.");
    println!("Write \"secret:NAME\" for a value that must not be told, such as \"secret:password of amara\".");
    for entry in vocabulary() {
        println!(
            "\n{}\n    {}\n    Example: {}",
            entry.expression, entry.what, entry.example
        );
    }
}
