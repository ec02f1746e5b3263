//! What everything looked like when a scenario failed, without any secret.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::event::{Evidence, EvidenceKind};
use super::journal::Journal;
use super::plan::PlannedScenario;
use super::record::Record;
use crate::browser::Snapshot;
use crate::files::slug;
use crate::picture::Picture;
use crate::world::World;

/// A page that does not answer is not waited for longer than this.
const LIMIT: Duration = Duration::from_secs(5);
/// Below the folder for reports.
const FOLDER: &str = "evidence";

/// Where one attempt's evidence goes.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    reports: PathBuf,
    /// Below the folder for reports.
    own: PathBuf,
}

impl Folder {
    pub fn of(reports: &Path, scenario: &PlannedScenario, attempt: usize) -> Self {
        let file = scenario.path.file_stem().unwrap_or_default().to_string_lossy();
        let scenario = slug(&format!("{file} {} {}", scenario.line, scenario.name));
        Self {
            reports: reports.to_owned(),
            own: Path::new(FOLDER).join(scenario).join(format!("attempt-{attempt}")),
        }
    }

    /// Keeps a file; None if the folder can't be written, which is no reason to lose the failure itself.
    pub fn keep(&self, kind: EvidenceKind, step: Option<usize>, bytes: &[u8]) -> Option<Evidence> {
        let path = self.own.join(match (kind, step) {
            (EvidenceKind::Picture, Some(step)) => format!("step-{:02}.png", step + 1),
            (EvidenceKind::Picture, None) => "page.png".to_owned(),
            (EvidenceKind::Source, _) => "page.html".to_owned(),
            (EvidenceKind::Console, _) => "console.txt".to_owned(),
            (EvidenceKind::Network, _) => "network.txt".to_owned(),
            (EvidenceKind::Journal, _) => "portal.txt".to_owned(),
        });
        let whole = self.reports.join(&path);
        fs::create_dir_all(whole.parent()?).ok()?;
        fs::write(&whole, bytes).ok()?;
        Some(Evidence { kind, step, path })
    }
}

/// Takes away what an earlier run left, but for what this record shows.
///
/// # Errors
/// As the system says.
pub fn clear(reports: &Path, record: &Record) -> std::io::Result<()> {
    let all = reports.join(FOLDER);
    let entries = match fs::read_dir(&all) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    let shown: BTreeSet<PathBuf> = record.evidence().map(|one| reports.join(&one.path)).collect();
    for entry in entries {
        let entry = entry?.path();
        if shown.iter().any(|path| path.starts_with(&entry)) {
            continue;
        }
        if entry.is_dir() {
            fs::remove_dir_all(entry)?;
        } else {
            fs::remove_file(entry)?;
        }
    }
    Ok(())
}

/// Keeps what the mock portal was asked: it is known even if the browser is gone.
pub(super) fn journal(folder: &Folder, journal: &Journal, world: &World) -> Option<Evidence> {
    let text = journal.text();
    let kept = || folder.keep(EvidenceKind::Journal, None, world.secrets.scrub(&text).as_bytes());
    if text.is_empty() { None } else { kept() }
}

/// A picture without what must be concealed; None if it can't be covered.
pub(super) fn fit_to_be_seen(snapshot: Snapshot) -> Option<Vec<u8>> {
    let Snapshot { png, width, concealed } = snapshot;
    if concealed.is_empty() {
        return Some(png);
    }
    let mut picture = Picture::decode(&png).ok().filter(|_| width > 0.)?;
    picture.cover(&concealed, width);
    Some(picture.encode())
}

/// Asks the browser for all that shows the state it is in; what does not come in time is left out.
pub(super) async fn gather(folder: &Folder, world: &World) -> Vec<Evidence> {
    let mut found = Vec::new();
    let mut keep = |kind, bytes: Option<Vec<u8>>| {
        found.extend(bytes.and_then(|bytes| folder.keep(kind, None, &bytes)));
    };
    let page = &world.page;
    let scrubbed = |text: String| (!text.is_empty()).then(|| world.secrets.scrub(&text).into_bytes());
    let gathering = async {
        keep(EvidenceKind::Console, page.console().await.ok().and_then(scrubbed));
        keep(EvidenceKind::Network, page.network().await.ok().and_then(scrubbed));
        page.dismiss_dialog().await;
        keep(EvidenceKind::Source, page.source().await.ok().and_then(scrubbed));
        let snapshot = page.snapshot(&world.secrets.values()).await.ok();
        keep(EvidenceKind::Picture, snapshot.and_then(fit_to_be_seen));
    };
    // What was found until then is kept.
    let _ = tokio::time::timeout(LIMIT, gathering).await;
    found
}
