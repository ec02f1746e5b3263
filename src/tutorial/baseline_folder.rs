//! The folder of a tutorial's baselines: its clean screenshots that a person has accepted.
//!
//! A screenshot that differs from its baseline is laid beside it, or in another folder, as `NAME.new.png`, with
//! `NAME.difference.png` for the eye and `NAME.new.aria.yml` for what it says; all are git-ignored.

use std::path::{Path, PathBuf};

use crate::files::{self, FileError};

use crate::picture::{Changes, Comparison, Picture, compare};

const PICTURE: &str = ".png";
const NEW: &str = ".new.png";
const DIFFERENCE: &str = ".difference.png";
const TWIN: &str = ".aria.yml";
const NEW_TWIN: &str = ".new.aria.yml";

/// File name of the text twin beside a picture.
#[must_use]
pub fn twin_name(picture: &str) -> String {
    format!("{}{TWIN}", picture.strip_suffix(PICTURE).unwrap_or(picture))
}

/// What is laid beside an accepted picture for a person to judge.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The picture just taken, as PNG.
    pub png: &'a [u8],
    /// The two for the eye, as PNG, where the eye sees a difference.
    pub difference: Option<&'a [u8]>,
    /// What the picture says, where that differs.
    pub twin: Option<&'a [u8]>,
}

/// A folder of accepted pictures, each by its file name, such as `01-login.png`.
#[derive(Clone, Debug)]
pub struct BaselineFolder {
    folder: PathBuf,
}

/// What a picture just taken is, measured by the accepted one.
#[derive(Clone, Debug, PartialEq)]
pub enum BaselineMatch {
    /// None was accepted yet.
    New,
    /// Byte by byte or pixel by pixel the accepted one.
    Same,
    /// Painted otherwise, but the same to the eye: the accepted one stays.
    WithinTolerance,
    /// Stale: what was accepted no longer shows what is.
    Different {
        /// What was accepted, for [`crate::picture::difference`].
        accepted: Picture,
        /// Where it differs.
        changes: Changes,
    },
    /// The accepted picture is damaged, or no PNG.
    Unreadable(String),
}

impl BaselineFolder {
    /// The gallery in a folder, which need not exist until something is accepted.
    #[must_use]
    pub fn open(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Where an accepted picture is kept.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Holds a picture just taken (and its encoding) against the accepted one of that name.
    pub fn compare(&self, name: &str, encoded: &[u8], taken: &Picture, scale: f64) -> Result<BaselineMatch, FileError> {
        let Some(bytes) = files::read(&self.path(name))? else {
            return Ok(BaselineMatch::New);
        };
        if bytes == encoded {
            return Ok(BaselineMatch::Same);
        }
        let accepted = match Picture::decode(&bytes) {
            Ok(accepted) => accepted,
            Err(error) => return Ok(BaselineMatch::Unreadable(error.to_string())),
        };
        Ok(match compare(&accepted, taken, scale) {
            Comparison::Same => BaselineMatch::Same,
            Comparison::WithinTolerance => BaselineMatch::WithinTolerance,
            Comparison::Different(changes) => BaselineMatch::Different { accepted, changes },
        })
    }

    /// Lays a picture that differs into the folder, with what shows how; gives the paths.
    pub fn keep_beside(&self, name: &str, candidate: Candidate<'_>) -> Result<Vec<PathBuf>, FileError> {
        let files = [Some(candidate.png), candidate.difference, candidate.twin];
        let mut kept = Vec::new();
        for (path, bytes) in self.beside(name).into_iter().zip(files) {
            match bytes {
                Some(bytes) => {
                    files::write_if_changed(&path, bytes)?;
                    kept.push(path);
                }
                // An earlier run may have left one.
                None => files::remove(&path)?,
            }
        }
        Ok(kept)
    }

    /// Removes what an earlier run laid beside a picture that no longer differs.
    pub fn clear(&self, name: &str) -> Result<(), FileError> {
        self.beside(name).iter().try_for_each(|path| files::remove(path))
    }

    /// All pictures in the folder but those that were laid beside another, in order of name.
    pub fn pictures(&self) -> Result<Vec<String>, FileError> {
        let mut names = files::names_in(&self.folder)?;
        names.retain(|name| name.ends_with(PICTURE) && !name.ends_with(NEW) && !name.ends_with(DIFFERENCE));
        Ok(names)
    }

    fn beside(&self, name: &str) -> [PathBuf; 3] {
        let stem = name.strip_suffix(PICTURE).unwrap_or(name);
        [NEW, DIFFERENCE, NEW_TWIN].map(|ending| self.folder.join(format!("{stem}{ending}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHITE: [u8; 3] = [255; 3];

    fn gallery() -> (tempfile::TempDir, BaselineFolder) {
        let folder = tempfile::tempdir().unwrap();
        let gallery = BaselineFolder::open(&folder.path().join("pairing/en"));
        (folder, gallery)
    }

    fn judge(gallery: &BaselineFolder, picture: &Picture) -> BaselineMatch {
        gallery.compare("login.png", &picture.encode(), picture, 1.0).unwrap()
    }

    fn accept(gallery: &BaselineFolder, bytes: &[u8]) {
        files::write_if_changed(&gallery.path("login.png"), bytes).unwrap();
    }

    #[test]
    fn a_picture_is_new_then_the_same_then_different() {
        let (_folder, gallery) = gallery();
        let white = Picture::blank(40, 30, WHITE);
        assert_eq!(judge(&gallery, &white), BaselineMatch::New);
        accept(&gallery, &white.encode());
        assert_eq!(judge(&gallery, &white), BaselineMatch::Same);
        let navy = Picture::blank(40, 30, [0, 0, 128]);
        let BaselineMatch::Different { accepted, changes } = judge(&gallery, &navy) else {
            panic!("not different")
        };
        assert_eq!((accepted, changes.share), (white, 1.0));
    }

    #[test]
    fn a_slightly_other_white_is_alike() {
        let (_folder, gallery) = gallery();
        accept(&gallery, &Picture::blank(40, 30, WHITE).encode());
        assert_eq!(
            judge(&gallery, &Picture::blank(40, 30, [254; 3])),
            BaselineMatch::WithinTolerance
        );
    }

    #[test]
    fn a_damaged_picture_is_unreadable() {
        let (_folder, gallery) = gallery();
        accept(&gallery, b"no picture");
        let judgement = judge(&gallery, &Picture::blank(4, 3, WHITE));
        assert!(matches!(judgement, BaselineMatch::Unreadable(_)), "{judgement:?}");
    }

    #[test]
    fn what_lies_beside_a_picture_is_none_of_the_folder_s_and_can_be_cleared_away() {
        let (_folder, gallery) = gallery();
        assert!(gallery.pictures().unwrap().is_empty(), "no folder, no pictures");
        accept(&gallery, b"old");
        let candidate = Candidate {
            png: b"new",
            difference: Some(b"difference"),
            twin: Some(b"twin"),
        };
        let kept = gallery.keep_beside("login.png", candidate).unwrap();
        assert!(kept.len() == 3 && kept.iter().all(|path| path.exists()), "{kept:?}");
        let without = Candidate {
            difference: None,
            ..candidate
        };
        assert_eq!(gallery.keep_beside("login.png", without).unwrap().len(), 2);
        assert!(!kept[1].exists(), "what an earlier run left is not this one's");
        assert_eq!(gallery.pictures().unwrap(), ["login.png"]);
        gallery.clear("login.png").unwrap();
        assert_eq!(files::names_in(gallery.path("").as_path()).unwrap(), ["login.png"]);
    }
}
