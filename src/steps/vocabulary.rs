//! The vocabulary: what can be listed, completed and suggested is what can be bound.

use super::definitions::Definitions;
use super::entry::Entry;

/// All steps that can be bound, those of other crates included.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    Definitions::collected().all().iter().map(|one| &one.entry)
}

/// Docent's own steps.
pub fn vocabulary() -> impl Iterator<Item = &'static Entry> {
    let own = Definitions::collected().all().iter().filter(|one| one.is_own);
    own.map(|one| &one.entry)
}
