//! Files that reports attach to an attempt: evidence of its failure, and what its steps attached.

use std::fs;
use std::path::{Path, PathBuf};

use crate::suite::record::Attempt;
use crate::suite::record::event::{Attachment, Evidence, EvidenceKind, artifact_path};

/// A file beside the reports.
#[derive(Debug, Clone)]
pub(crate) struct Artifact<'a> {
    /// What it shows, as people read it.
    pub(crate) title: String,
    /// What it is, as mail and the web name it.
    pub(crate) media_type: &'a str,
    /// Index of the step that it belongs to; None for the end of the attempt.
    pub(crate) step: Option<usize>,
    /// Below the folder for reports.
    pub(crate) path: &'a Path,
    /// What readers call the file.
    pub(crate) file_name: String,
}

impl Artifact<'_> {
    /// The file in this folder for reports; None for one that would lie outside of it.
    pub(crate) fn file(&self, reports: &Path) -> Option<PathBuf> {
        artifact_path(reports, self.path)
    }
}

/// A file's bytes; None if it was removed, which is no reason to lose the rest.
pub(crate) fn bytes(path: &Path, reports: &Path) -> Option<Vec<u8>> {
    fs::read(artifact_path(reports, path)?).ok()
}

/// All files of an attempt: evidence first, then what its steps attached.
pub(crate) fn artifacts(attempt: &Attempt) -> Vec<Artifact<'_>> {
    let evidence = attempt.evidence().iter().map(of_evidence);
    evidence.chain(attempt.attachments.iter().map(of_attachment)).collect()
}

fn of_evidence(evidence: &Evidence) -> Artifact<'_> {
    let file_name = evidence.path.file_name().unwrap_or_default();
    Artifact {
        title: title(evidence),
        media_type: media_type(evidence.kind),
        step: evidence.step,
        path: &evidence.path,
        file_name: file_name.to_string_lossy().into_owned(),
    }
}

fn of_attachment(attachment: &Attachment) -> Artifact<'_> {
    Artifact {
        title: attachment.name.to_string(),
        media_type: &attachment.media_type,
        step: Some(attachment.step),
        path: &attachment.path,
        file_name: attachment.name.to_string(),
    }
}

fn media_type(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Picture => "image/png",
        EvidenceKind::Source => "text/html",
        EvidenceKind::Console | EvidenceKind::Network | EvidenceKind::RequestLog => "text/plain",
    }
}

/// What a file of evidence shows, as people read it.
pub(crate) fn title(evidence: &Evidence) -> String {
    match (evidence.kind, evidence.step) {
        (EvidenceKind::Picture, Some(step)) => format!("After step {}", step + 1),
        (EvidenceKind::Picture, None) => "At the end".to_owned(),
        (EvidenceKind::Source, _) => "Page source".to_owned(),
        (EvidenceKind::Console, _) => "Console".to_owned(),
        (EvidenceKind::Network, _) => "Network".to_owned(),
        (EvidenceKind::RequestLog, _) => "What the portal was asked".to_owned(),
    }
}
