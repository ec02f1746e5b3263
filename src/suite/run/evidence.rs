//! Artifacts of a failure: screenshot, page source, console, network and the portal's request log, all redacted.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::watchdog::EventSender;
use crate::attachments::PendingAttachment;
use crate::browser::Snapshot;
use crate::files::{self, FileError, shortened, slug};
use crate::picture::Picture;
use crate::redact::Redacted;
use crate::suite::plan::PlannedScenario;
use crate::suite::record::Record;
use crate::suite::record::event::{Attachment, EventKind, Evidence, EvidenceKind};
use crate::world::World;

/// A page that does not answer is not waited for longer than this.
const LIMIT: Duration = Duration::from_secs(5);
/// Below the folder for reports.
const FOLDER: &str = "evidence";
/// Bytes of what is readable in a name. File systems take names of 255 bytes.
const NAME: usize = 150;

/// Where one attempt's evidence goes.
#[derive(Debug, Clone)]
pub(super) struct ArtifactFolder {
    reports: PathBuf,
    /// Below the folder for reports.
    own: PathBuf,
    /// Why something could not be kept.
    lost: Arc<OnceLock<String>>,
}

impl ArtifactFolder {
    pub(crate) fn for_attempt(reports: &Path, scenario: &PlannedScenario, attempt: usize) -> Self {
        let PlannedScenario {
            path,
            line,
            name,
            key,
            content,
            ..
        } = scenario;
        let scenario = folder_name(path, *line, name, &format!("{key} {content}"));
        Self {
            reports: reports.to_owned(),
            own: Path::new(FOLDER).join(scenario).join(format!("attempt-{attempt}")),
            lost: Arc::default(),
        }
    }

    /// Why evidence is missing, if some could not be kept.
    pub(crate) fn lost(&self) -> Option<&str> {
        self.lost.get().map(String::as_str)
    }

    /// Keeps a text; None if the folder can't be written, which is no reason to lose the failure itself.
    pub(crate) fn keep_text(&self, kind: EvidenceKind, text: &Redacted) -> Option<Evidence> {
        self.keep(kind, None, text.as_bytes())
    }

    /// Keeps the picture of a step, or of the page at the end; None as in [`Self::keep_text`].
    pub(crate) fn keep_picture(&self, step: Option<usize>, picture: &RedactedScreenshot) -> Option<Evidence> {
        self.keep(EvidenceKind::Picture, step, &picture.0)
    }

    fn keep(&self, kind: EvidenceKind, step: Option<usize>, bytes: &[u8]) -> Option<Evidence> {
        let path = self.own.join(match (kind, step) {
            (EvidenceKind::Picture, Some(step)) => format!("step-{:02}.png", step + 1),
            (EvidenceKind::Picture, None) => "page.png".to_owned(),
            (EvidenceKind::Source, _) => "page.html".to_owned(),
            (EvidenceKind::Console, _) => "console.txt".to_owned(),
            (EvidenceKind::Network, _) => "network.txt".to_owned(),
            (EvidenceKind::RequestLog, _) => "portal.txt".to_owned(),
        });
        match files::write_if_changed(&self.reports.join(&path), bytes) {
            Ok(()) => Some(Evidence { kind, step, path }),
            Err(error) => {
                // One reason is enough.
                let _ = self.lost.set(error.to_string());
                None
            }
        }
    }

    /// Keeps a file that a step attached.
    fn attach(&self, step: usize, attached: PendingAttachment) -> Result<Attachment, FileError> {
        let name = file_name(&attached.name, &attached.media_type);
        let path = self.own.join(format!("attached-{:02}-{name}", attached.number + 1));
        files::write_if_changed(&self.reports.join(&path), &attached.bytes)?;
        Ok(Attachment {
            step,
            name: attached.name,
            media_type: attached.media_type,
            path,
        })
    }
}

/// A name that no other scenario of the plan has, whatever folders the files are in, and that file systems take.
///
/// A rerun keeps folders of other scenarios, which may have stood in this line before the file was edited: hence `identity`, key and
/// content of the scenario.
fn folder_name(path: &Path, line: usize, name: &str, identity: &str) -> String {
    let file = path.file_stem().unwrap_or_default().to_string_lossy();
    let readable = slug(&format!("{file} {line} {name}"));
    let digest = Sha256::digest(format!("{}:{line}:{identity}", path.display()));
    let digest = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
    format!("{}-{digest:08x}", shortened(&readable, NAME))
}

/// Letters and digits of what a step calls a file, with its ending or that of its media type.
fn file_name(name: &str, media_type: &str) -> String {
    let (stem, ending) = name
        .rsplit_once('.')
        .filter(|(_, ending)| {
            (1..=8).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
        .unwrap_or((name, ending_of(media_type)));
    format!("{}.{ending}", shortened(&slug(stem), NAME))
}

fn ending_of(media_type: &str) -> &'static str {
    match media_type.split(';').next().unwrap_or_default().trim_end() {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "application/json" => "json",
        text if text.starts_with("text/") => "txt",
        _ => "bin",
    }
}

/// Writes what a step has attached, and sends an event for each file.
///
/// # Errors
/// [`FileError`] of the first file that can't be written; the others are kept.
pub(super) fn keep_attachments(
    step: usize,
    attached: Vec<PendingAttachment>,
    folder: &ArtifactFolder,
    sender: &EventSender,
) -> Result<(), FileError> {
    let mut result = Ok(());
    for one in attached {
        match folder.attach(step, one) {
            Ok(attachment) => sender.send(EventKind::FileAttached(attachment)),
            Err(error) => result = result.and(Err(error)),
        }
    }
    result
}

/// Takes away what an earlier run left, but for what this record shows.
///
/// # Errors
/// [`FileError`].
pub(crate) fn clear(reports: &Path, record: &Record) -> Result<(), FileError> {
    let shown: BTreeSet<PathBuf> = record.artifacts().map(|path| reports.join(path)).collect();
    files::remove_all_but(&reports.join(FOLDER), &shown)
}

/// Keeps what the scenario's own portal was asked: it is known even if the browser is gone.
pub(super) fn request_log(folder: &ArtifactFolder, requests: String) -> Option<Evidence> {
    if requests.is_empty() {
        return None;
    }
    folder.keep_text(EvidenceKind::RequestLog, &requests.into())
}

/// A picture on which every secret is covered, as PNG.
pub(super) struct RedactedScreenshot(Vec<u8>);

impl RedactedScreenshot {
    /// None if a secret can't be covered.
    pub(crate) fn from(snapshot: Snapshot) -> Option<Self> {
        let Snapshot { png, width, concealed } = snapshot;
        if concealed.is_empty() {
            return Some(Self(png));
        }
        let mut picture = Picture::decode(&png).ok().filter(|_| width > 0.)?;
        picture.cover(&concealed, width);
        Some(Self(picture.encode()))
    }
}

/// Asks the browser for all that shows the state it is in; what does not come in time is left out.
pub(super) async fn gather(folder: &ArtifactFolder, world: &World) -> Vec<Evidence> {
    let mut found = Vec::new();
    let keep = |kind, text: Option<String>| {
        let text = text.filter(|text| !text.is_empty()).map(Redacted::from);
        text.and_then(|text| folder.keep_text(kind, &text))
    };
    let page = &world.page;
    let gathering = async {
        found.extend(keep(EvidenceKind::Console, page.console().await.ok()));
        found.extend(keep(EvidenceKind::Network, page.network().await.ok()));
        page.dismiss_dialog().await;
        found.extend(keep(EvidenceKind::Source, page.source().await.ok()));
        let snapshot = page.snapshot(&world.secrets.values()).await.ok();
        let covered = snapshot.and_then(RedactedScreenshot::from);
        found.extend(covered.and_then(|picture| folder.keep_picture(None, &picture)));
    };
    // What was found until then is kept.
    let _ = tokio::time::timeout(LIMIT, gathering).await;
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_attached_has_a_name_that_every_system_takes() {
        for (name, media_type, expected) in [
            ("Invoice 7.pdf", "application/pdf", "invoice-7.pdf"),
            ("Log", "text/x.cucumber.log+plain", "log.txt"),
            ("../../etc/passwd", "application/x-a", "etc-passwd.bin"),
            ("order", "application/json; charset=utf-8", "order.json"),
            ("page.", "image/png", "page.png"),
            ("", "image/jpeg", ".jpg"),
        ] {
            assert_eq!(file_name(name, media_type), expected, "{name:?}");
        }
        let long = file_name(&"東".repeat(200), "text/plain");
        assert_eq!(long, format!("{}.txt", "東".repeat(NAME / 3)));
    }

    #[test]
    fn every_scenario_has_a_folder_of_its_own_that_can_be_made() {
        let long = "a name of many words ".repeat(30);
        let all = [
            ("de/login.feature", 3, "Log in"),
            ("en/login.feature", 3, "Log in"),
            ("en-login.feature", 3, "Log in"),
            ("en/login.feature", 4, "Log in"),
            ("en/login.feature", 5, long.as_str()),
            ("en/login.feature", 6, &"東".repeat(200)),
        ];
        let names: BTreeSet<_> = all
            .map(|(path, line, name)| folder_name(Path::new(path), line, name, name))
            .into();
        assert_eq!(names.len(), all.len(), "{names:?}");
        // Signs are in no folder's name, and a rerun may find another scenario in the same line.
        let [less, more] = ["Price < 5", "Price > 5"].map(|name| folder_name(Path::new("a.feature"), 7, name, name));
        assert_ne!(less, more);
        let reports = tempfile::tempdir().unwrap();
        for name in &names {
            std::fs::create_dir(reports.path().join(name)).unwrap();
        }
        assert!(
            names.iter().any(|name| name.starts_with("login-3-log-in-")),
            "{names:?}"
        );
    }

    /// A file stands where the folder for reports should be.
    fn blocked(reports: &tempfile::NamedTempFile) -> ArtifactFolder {
        ArtifactFolder {
            reports: reports.path().to_owned(),
            own: "evidence".into(),
            lost: Arc::default(),
        }
    }

    #[test]
    fn evidence_that_can_not_be_kept_is_known_to_be_lost() {
        let reports = tempfile::NamedTempFile::new().unwrap();
        let folder = blocked(&reports);
        assert_eq!(folder.lost(), None);
        assert_eq!(folder.keep_text(EvidenceKind::Console, &"said".into()), None);
        assert!(folder.lost().unwrap().contains("evidence"), "{:?}", folder.lost());
    }

    #[test]
    fn what_can_not_be_kept_of_what_a_step_attached_is_an_error() {
        let reports = tempfile::NamedTempFile::new().unwrap();
        let folder = blocked(&reports);
        let attached = PendingAttachment {
            number: 0,
            name: "order.json".into(),
            media_type: "application/json".to_owned(),
            bytes: b"{}".to_vec(),
        };
        let (events, _heard) = std::sync::mpsc::channel();
        let sender = EventSender {
            id: 0,
            watchdog: super::super::watchdog::Watchdog::new(events),
            step_limit: Duration::ZERO,
        };
        let refused = keep_attachments(0, vec![attached], &folder, &sender).unwrap_err();
        assert!(refused.to_string().contains("order.json"), "{refused}");
    }
}
