//! Evidence as reports attach it.

use std::fs;
use std::path::Path;

use crate::suite::event::{Evidence, EvidenceKind};

/// A file's bytes; None if somebody has removed it, which is no reason to lose the rest.
pub fn bytes(evidence: &Evidence, folder: &Path) -> Option<Vec<u8>> {
    fs::read(evidence.file(folder)?).ok()
}

/// What a file is, as mail and the web name it.
pub fn media_type(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Picture => "image/png",
        EvidenceKind::Source => "text/html",
        EvidenceKind::Console | EvidenceKind::Network | EvidenceKind::Journal => "text/plain",
    }
}

/// What a file shows, as people read it.
pub fn title(evidence: &Evidence) -> String {
    match (evidence.kind, evidence.step) {
        (EvidenceKind::Picture, Some(step)) => format!("After step {}", step + 1),
        (EvidenceKind::Picture, None) => "At the end".to_owned(),
        (EvidenceKind::Source, _) => "Page source".to_owned(),
        (EvidenceKind::Console, _) => "Console".to_owned(),
        (EvidenceKind::Network, _) => "Network".to_owned(),
        (EvidenceKind::Journal, _) => "What the portal was asked".to_owned(),
    }
}
