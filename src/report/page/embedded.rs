//! Evidence as the page holds it, as far as there is room; the rest is linked to where it lies beside the page.
//!
//! Attempts of one scenario mostly look the same, and so do a page before and after a step that only looks: every picture
//! is in the page once, as a class of a style, however often it is shown.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use indicatif::HumanBytes;
use sha2::{Digest, Sha256};

use crate::attachments::LOG;
use crate::report::view;
use crate::suite::record::event::{Attachment, Evidence, EvidenceKind};

/// Bytes of pictures of failures that go into the page, and as many again of pictures of single steps. Base64 makes 13 MiB of
/// both; with the rest of a page of 1,000 scenarios that is 17 MB, and in a mail, which does it once more, 23 MB: under the
/// 25 MB that mail servers commonly take.
const ROOM: usize = 5 << 20;
/// Bytes of all texts that go into the page.
const ROOM_FOR_TEXTS: usize = 2 << 20;
/// Bytes of one text that go into the page.
const EXCERPT: usize = 200_000;

/// Formats of pictures that every browser shows and that can hold no script.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// Takes pictures and texts from the folder for reports while there is room.
pub(crate) struct EmbeddedArtifacts<'a> {
    folder: &'a Path,
    /// Left for pictures of failures.
    ends: usize,
    /// Left for pictures of single steps, so that they never take the place of a failure's own.
    steps: usize,
    texts: usize,
    /// Number of each picture that is in the page, by the hash of its bytes.
    known: BTreeMap<[u8; 32], usize>,
    style: String,
}

/// A picture in the page.
pub(crate) struct EmbeddedPicture {
    /// What it shows: `After step 3`.
    pub(crate) caption: String,
    /// Number of its class; None where there was no room for it.
    pub(crate) number: Option<usize>,
    /// The file beside the page.
    pub(crate) link: String,
}

/// A text in the page.
pub(crate) struct EmbeddedText {
    /// What it is.
    pub(crate) title: String,
    /// Its text, or the beginning of it.
    pub(crate) text: String,
    /// Whether there is more in the file.
    pub(crate) cut: bool,
    /// The file beside the page.
    pub(crate) link: String,
}

/// A file that a step attached, as far as the page shows it.
pub(crate) enum AttachmentView {
    Picture(EmbeddedPicture),
    Text(EmbeddedText),
    /// What the step logged.
    Log(EmbeddedText),
    /// Only a link leads to it.
    File {
        title: String,
        /// Media type and size.
        about: String,
        link: String,
    },
}

impl<'a> EmbeddedArtifacts<'a> {
    /// An album with all of its room.
    pub(crate) fn new(folder: &'a Path) -> Self {
        Self {
            folder,
            ends: ROOM,
            steps: ROOM,
            texts: ROOM_FOR_TEXTS,
            known: BTreeMap::new(),
            style: String::new(),
        }
    }

    /// A class for every picture: `.picture-3`.
    pub(crate) fn into_style(self) -> String {
        self.style
    }

    /// The picture that was taken after this step (None: at the end), if there is one.
    pub(crate) fn picture(
        &mut self,
        evidence: &[Evidence],
        step: Option<usize>,
        caption: &str,
    ) -> Option<EmbeddedPicture> {
        let mut pictures = evidence.iter().filter(|one| one.kind == EvidenceKind::Picture);
        let found = pictures.find(|one| one.step == step)?;
        let bytes = view::bytes(&found.path, self.folder)?;
        Some(EmbeddedPicture {
            caption: caption.to_owned(),
            number: self.number(&bytes, "image/png", step.is_none()),
            link: link(&found.path),
        })
    }

    fn number(&mut self, bytes: &[u8], media_type: &str, of_failure: bool) -> Option<usize> {
        let hash = Sha256::digest(bytes).into();
        if let Some(number) = self.known.get(&hash) {
            return Some(*number);
        }
        let room = if of_failure { &mut self.ends } else { &mut self.steps };
        *room = room.checked_sub(bytes.len())?;
        let number = self.known.len() + 1;
        self.known.insert(hash, number);
        // Of other formats than PNG the style shows all in this room.
        let (width, height) = size(bytes).unwrap_or((16, 10));
        let data = BASE64_STANDARD.encode(bytes);
        // Writing to a string does not fail.
        let _ = writeln!(
            self.style,
            ".picture-{number}{{aspect-ratio:{width}/{height};background-image:url(data:{media_type};base64,{data})}}"
        );
        Some(number)
    }

    /// All texts, in the order in which they help.
    pub(crate) fn documents(&mut self, evidence: &[Evidence]) -> Vec<EmbeddedText> {
        let kinds = [
            EvidenceKind::Console,
            EvidenceKind::Network,
            EvidenceKind::RequestLog,
            EvidenceKind::Source,
        ];
        let found = kinds
            .into_iter()
            .flat_map(|kind| evidence.iter().filter(move |one| one.kind == kind));
        found.filter_map(|one| self.document(one)).collect()
    }

    fn document(&mut self, evidence: &Evidence) -> Option<EmbeddedText> {
        let bytes = view::bytes(&evidence.path, self.folder)?;
        Some(self.excerpt(view::title(evidence), &evidence.path, &bytes))
    }

    /// What a step has attached.
    pub(crate) fn attached(&mut self, attachment: &Attachment) -> Option<AttachmentView> {
        let bytes = view::bytes(&attachment.path, self.folder)?;
        let (caption, link) = (attachment.name.to_string(), link(&attachment.path));
        let essence = attachment.media_type.split(';').next().unwrap_or_default().trim_end();
        if let Some(media_type) = PICTURES.into_iter().find(|known| *known == essence) {
            let number = self.number(&bytes, media_type, false);
            return Some(AttachmentView::Picture(EmbeddedPicture { caption, number, link }));
        }
        if is_text(essence) {
            let document = self.excerpt(caption, &attachment.path, &bytes);
            return Some(match essence {
                LOG => AttachmentView::Log(document),
                _ => AttachmentView::Text(document),
            });
        }
        let about = format!("{}, {}", attachment.media_type, HumanBytes(bytes.len() as u64));
        let title = caption;
        Some(AttachmentView::File { title, about, link })
    }

    fn excerpt(&mut self, title: String, path: &Path, bytes: &[u8]) -> EmbeddedText {
        let whole = String::from_utf8_lossy(bytes);
        let end = whole.floor_char_boundary(EXCERPT.min(self.texts));
        self.texts -= end;
        EmbeddedText {
            title,
            text: whole[..end].to_owned(),
            cut: end < whole.len(),
            link: link(path),
        }
    }
}

/// What people can read as it is.
fn is_text(essence: &str) -> bool {
    let is_written = essence.starts_with("text/") || ["application/json", "application/xml"].contains(&essence);
    let is_built_on = essence.starts_with("application/") && (essence.ends_with("+json") || essence.ends_with("+xml"));
    is_written || is_built_on
}

/// Width and height, which stand at the beginning of every PNG (PNG specification, 11.2.1).
fn size(png: &[u8]) -> Option<(u32, u32)> {
    let at = |from: usize| Some(u32::from_be_bytes(png.get(from..from + 4)?.try_into().ok()?));
    at(16).zip(at(20))
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
    use std::fs;

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
        let large = |letter| vec![letter; ROOM / 2 + 1];
        for (name, letter) in [("a b.png", 1), ("b.png", 2), ("c.png", 3)] {
            fs::write(folder.path().join(name), large(letter)).unwrap();
        }
        let all = [
            evidence(EvidenceKind::Picture, Some(0), "a b.png"),
            evidence(EvidenceKind::Picture, Some(1), "b.png"),
            evidence(EvidenceKind::Picture, None, "c.png"),
        ];
        let mut embedded = EmbeddedArtifacts::new(folder.path());
        let mut number = |step| embedded.picture(&all, step, "").unwrap().number;
        assert_eq!(
            [number(Some(0)), number(Some(1)), number(None)],
            [Some(1), None, Some(2)]
        );
        assert_eq!(embedded.picture(&all, Some(0), "").unwrap().link, "a%20b.png");
    }

    #[test]
    fn a_picture_that_is_shown_twice_is_there_once() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.png", "b.png"] {
            fs::write(folder.path().join(name), "the same").unwrap();
        }
        let all = [
            evidence(EvidenceKind::Picture, Some(0), "a.png"),
            evidence(EvidenceKind::Picture, None, "b.png"),
        ];
        let mut embedded = EmbeddedArtifacts::new(folder.path());
        let mut number = |step| embedded.picture(&all, step, "").unwrap().number;
        assert_eq!([number(Some(0)), number(None)], [Some(1), Some(1)]);
        assert_eq!(embedded.into_style().matches("data:").count(), 1);
    }

    #[test]
    fn nothing_outside_of_the_folder_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("reports");
        fs::create_dir(&inside).unwrap();
        let outside = folder.path().join("secret.txt");
        fs::write(&outside, "secret").unwrap();
        let mut embedded = EmbeddedArtifacts::new(&inside);
        for path in ["../secret.txt", outside.to_str().unwrap()] {
            assert!(
                embedded
                    .documents(&[evidence(EvidenceKind::Console, None, path)])
                    .is_empty(),
                "{path}"
            );
        }
    }

    #[test]
    fn what_a_step_attached_is_shown_as_far_as_a_page_can() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "some bytes").unwrap();
        let mut embedded = EmbeddedArtifacts::new(folder.path());
        let mut shown = |media_type: &str| {
            let attachment = Attachment {
                step: 0,
                name: "a".into(),
                media_type: media_type.to_owned(),
                path: "a".into(),
            };
            match embedded.attached(&attachment).unwrap() {
                AttachmentView::Picture(_) => "picture".to_owned(),
                AttachmentView::Text(_) => "text".to_owned(),
                AttachmentView::Log(_) => "log".to_owned(),
                AttachmentView::File { about, .. } => about,
            }
        };
        for (media_type, expected) in [
            ("image/png", "picture"),
            ("image/jpeg", "picture"),
            ("image/svg+xml", "image/svg+xml, 10 B"),
            ("text/html; charset=utf-8", "text"),
            ("application/problem+json", "text"),
            (LOG, "log"),
            ("application/pdf", "application/pdf, 10 B"),
        ] {
            assert_eq!(shown(media_type), expected, "{media_type}");
        }
    }

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("page.html"), "€".repeat(EXCERPT)).unwrap();
        let all = [evidence(EvidenceKind::Source, None, "page.html")];
        let mut embedded = EmbeddedArtifacts::new(folder.path());
        let mut length = || embedded.documents(&all).remove(0).text.len();
        assert_eq!(length(), EXCERPT / 3 * 3);
        let together: usize = (0..20).map(|_| length()).sum();
        assert!(
            together < ROOM_FOR_TEXTS && embedded.documents(&all)[0].cut,
            "{together}"
        );
    }
}
