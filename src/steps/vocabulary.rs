//! The vocabulary: what can be listed, completed and suggested is what can be bound.

use std::sync::Arc;

use super::definitions::Definitions;
use super::vocabulary_entry::{StepDefinition, VocabularyEntry};

/// All steps that can be bound, those of other crates included.
pub fn entries() -> impl Iterator<Item = &'static VocabularyEntry> {
    Definitions::collected().all().iter().map(|one| &one.entry)
}

/// Docent's own steps.
pub fn vocabulary() -> impl Iterator<Item = &'static VocabularyEntry> {
    let own = Definitions::collected().all().iter().filter(|one| one.is_own);
    own.map(|one| &one.entry)
}

/// The same steps as records keep them.
pub(crate) fn recorded() -> Vec<Arc<StepDefinition>> {
    let all = Definitions::collected().all().iter();
    all.map(|one| Arc::clone(&one.recorded)).collect()
}
