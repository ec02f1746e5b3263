//! Evidence as the page holds it: pictures as `data:` addresses and texts as text, as far as there is room; the rest as links to the
//! files beside the page.

use std::fs;
use std::path::{Component, Path};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::suite::event::{Evidence, EvidenceKind};

/// Bytes of pictures of failures that go into the page, and as many again of pictures of single steps. Base64 makes 16 MiB of
/// both, and a mail, which does it once more, 22 MiB: under the 25 MB that mail servers commonly take.
const ROOM: usize = 6 << 20;
/// Characters of one text that go into the page.
const EXCERPT: usize = 200_000;

/// Takes pictures and texts from the folder for reports while there is room.
pub struct Album<'a> {
    folder: &'a Path,
    /// Left for pictures of failures.
    ends: usize,
    /// Left for pictures of single steps, so that they never take the place of a failure's own.
    steps: usize,
}

/// A picture in the page.
pub struct Picture {
    /// What it shows: `After step 3`.
    pub caption: String,
    /// PNG in base64; None where there was no room for it.
    pub data: Option<String>,
    /// The file beside the page.
    pub link: String,
}

/// A text in the page.
pub struct Document {
    /// What it is.
    pub title: &'static str,
    /// Its text, or the beginning of it.
    pub text: String,
    /// Whether there is more in the file.
    pub cut: bool,
    /// The file beside the page.
    pub link: String,
}

impl<'a> Album<'a> {
    /// An album with all of its room.
    pub fn new(folder: &'a Path) -> Self {
        Self {
            folder,
            ends: ROOM,
            steps: ROOM,
        }
    }

    /// The picture that was taken after this step (None: at the end), if there is one.
    pub fn picture(&mut self, evidence: &[Evidence], step: Option<usize>, caption: &str) -> Option<Picture> {
        let mut pictures = evidence.iter().filter(|one| one.kind == EvidenceKind::Picture);
        let found = pictures.find(|one| one.step == step)?;
        let bytes = self.read(&found.path)?;
        let room = if step.is_none() {
            &mut self.ends
        } else {
            &mut self.steps
        };
        let left = room.checked_sub(bytes.len());
        *room = left.unwrap_or(*room);
        Some(Picture {
            caption: caption.to_owned(),
            data: left.map(|_| BASE64_STANDARD.encode(&bytes)),
            link: link(&found.path),
        })
    }

    /// All texts, in the order in which they help.
    pub fn documents(&self, evidence: &[Evidence]) -> Vec<Document> {
        let kinds = [
            (EvidenceKind::Console, "Console"),
            (EvidenceKind::Network, "Network"),
            (EvidenceKind::Journal, "What the portal was asked"),
            (EvidenceKind::Source, "Page source"),
        ];
        let found = kinds.into_iter().flat_map(|(kind, title)| {
            let of_kind = evidence.iter().filter(move |one| one.kind == kind);
            of_kind.map(move |one| (title, one))
        });
        found
            .filter_map(|(title, one)| self.document(title, &one.path))
            .collect()
    }

    fn document(&self, title: &'static str, path: &Path) -> Option<Document> {
        let bytes = self.read(path)?;
        let whole = String::from_utf8_lossy(&bytes);
        let end = whole.char_indices().nth(EXCERPT).map(|(end, _)| end);
        Some(Document {
            title,
            text: whole[..end.unwrap_or(whole.len())].to_owned(),
            cut: end.is_some(),
            link: link(path),
        })
    }

    /// What somebody has removed is left out. A record that was joined may come from elsewhere: it names no file outside.
    fn read(&self, path: &Path) -> Option<Vec<u8>> {
        let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
        inside.then(|| fs::read(self.folder.join(path)).ok())?
    }
}

/// An address beside the page, whatever letters its names have.
fn link(path: &Path) -> String {
    let parts = path.iter().map(|part| {
        let bytes = part.to_string_lossy().into_owned().into_bytes().into_iter();
        let escaped = bytes.map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        });
        escaped.collect::<String>()
    });
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(kind: EvidenceKind, step: Option<usize>, path: &str) -> Evidence {
        Evidence {
            kind,
            step,
            path: path.into(),
        }
    }

    #[test]
    fn a_picture_without_room_is_a_link_and_a_failures_own_has_room_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a b.png"), vec![0; ROOM / 2 + 1]).unwrap();
        let all = [
            evidence(EvidenceKind::Picture, Some(0), "a b.png"),
            evidence(EvidenceKind::Picture, None, "a b.png"),
        ];
        let mut album = Album::new(folder.path());
        let mut embedded = |step| album.picture(&all, step, "").unwrap().data.is_some();
        assert!(embedded(Some(0)));
        assert!(!embedded(Some(0)));
        assert!(embedded(None));
        assert_eq!(album.picture(&all, None, "").unwrap().link, "a%20b.png");
    }

    #[test]
    fn nothing_outside_of_the_folder_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("reports");
        fs::create_dir(&inside).unwrap();
        let outside = folder.path().join("secret.txt");
        fs::write(&outside, "secret").unwrap();
        let album = Album::new(&inside);
        for path in ["../secret.txt", outside.to_str().unwrap()] {
            assert!(
                album
                    .documents(&[evidence(EvidenceKind::Console, None, path)])
                    .is_empty(),
                "{path}"
            );
        }
    }

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("page.html"), "é".repeat(EXCERPT + 1)).unwrap();
        let album = Album::new(folder.path());
        let document = &album.documents(&[evidence(EvidenceKind::Source, None, "page.html")])[0];
        assert!(document.cut);
        assert_eq!(document.text.chars().count(), EXCERPT);
    }
}
